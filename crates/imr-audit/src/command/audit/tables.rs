//! The two files of `--format parquet`.
//!
//! The renderer owns where it writes, and the files get their names when the run is complete, after the renderer is done:
//! so both hold the same handle.

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use imr_report::{Handbook, Parquet};

use crate::exit::Failure;
use crate::manifest::Named;
use crate::output::Output;

/// The names of the tables in the folder.
const NAMES: [&str; 2] = ["decisions.parquet", "findings.parquet"];

/// The tables of a run.
pub(crate) struct Tables {
    to: To,
    /// Files that still have their temporary names.
    files: Vec<(PathBuf, Handle)>,
}

/// Where they go.
enum To {
    /// Into a folder, if one is named.
    Folder(Option<PathBuf>),
    /// Nowhere: only their hashes are wanted.
    Hashes,
}

/// A file that two hold.
#[derive(Clone)]
pub(super) struct Handle(Arc<Mutex<Option<Output>>>);

impl Tables {
    /// Tables that will be files in this folder.
    pub(crate) fn into_folder(folder: Option<&Path>) -> Self {
        Self { to: To::Folder(folder.map(Path::to_owned)), files: Vec::new() }
    }

    /// Tables that are hashed and written nowhere.
    pub(crate) fn hashed() -> Self {
        Self { to: To::Hashes, files: Vec::new() }
    }

    /// The renderer, with its files in a folder that is made when it is missing.
    pub(super) fn open(&mut self, handbook: &Handbook) -> Result<Parquet<Handle>, Failure> {
        let folder = match &self.to {
            To::Folder(folder) => Some(made(folder.as_deref())?),
            To::Hashes => None,
        };
        let open = |name: &str| -> Result<(PathBuf, Handle), Failure> {
            let path = folder.unwrap_or(Path::new("")).join(name);
            let output = match folder {
                Some(_) => Output::open(Some(&path))?,
                None => Output::into_writer(Box::new(io::sink())),
            };
            // Large tables are hashed as they are written; reading them again for a manifest would take longer.
            Ok((path, Handle(Arc::new(Mutex::new(Some(output.hashing(true)))))))
        };
        let [decisions, findings] = NAMES.map(open);
        let (decisions, findings) = (decisions?, findings?);
        let writers = (decisions.1.clone(), findings.1.clone());
        self.files.extend([decisions, findings]);
        Ok(Parquet::new(handbook, writers.0, writers.1)?)
    }

    /// Makes the files visible under their names, which are returned with their SHA-256. Neither is, as long as one of them
    /// cannot be written to its end.
    pub(super) fn finish(self) -> io::Result<Vec<Named>> {
        self.files.iter().try_for_each(|(_, handle)| handle.with(Output::settle))?;
        let finish = |(path, handle): (PathBuf, Handle)| {
            let output = handle.take().ok_or_else(taken)?;
            Ok(Named {
                path: path.display().to_string(),
                sha256: output.finish()?.unwrap_or_default(),
            })
        };
        self.files.into_iter().map(finish).collect()
    }
}

/// The folder, made when it is missing.
fn made(folder: Option<&Path>) -> Result<&Path, Failure> {
    let folder = folder.ok_or_else(|| {
        let what = NAMES.join(" and ");
        Failure::Usage(format!(
            "--format parquet writes {what}: name their folder with --output DIR"
        ))
    })?;
    std::fs::create_dir_all(folder).map_err(|error| {
        let folder = folder.display();
        Failure::Usage(format!("--output {folder}: cannot be made a folder: {error}; name another"))
    })?;
    Ok(folder)
}

fn taken() -> io::Error {
    io::Error::other("the file has its final name already")
}

impl Handle {
    fn take(&self) -> Option<Output> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).take()
    }

    fn with<T>(&self, act: impl FnOnce(&mut Output) -> io::Result<T>) -> io::Result<T> {
        let mut held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        act(held.as_mut().ok_or_else(taken)?)
    }
}

impl Write for Handle {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.with(|output| output.write(bytes))
    }

    fn flush(&mut self) -> io::Result<()> {
        self.with(Output::flush)
    }
}
