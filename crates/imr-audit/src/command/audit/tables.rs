//! The two files of `--format parquet`.
//!
//! The renderer owns where it writes, and the files get their names when the run is complete, after the renderer is done:
//! so both hold the same handle.

use std::io::{self, Write};
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use imr_report::{Handbook, Parquet};

use crate::exit::Failure;
use crate::output::Output;

/// The names of the tables in the folder.
const NAMES: [&str; 2] = ["decisions.parquet", "findings.parquet"];

/// Files that still have their temporary names.
#[derive(Default)]
pub(super) struct Tables(Vec<Handle>);

/// A file that two hold.
#[derive(Clone)]
pub(super) struct Handle(Arc<Mutex<Option<Output>>>);

impl Tables {
    /// The renderer, with its files in a folder that is made when it is missing.
    pub(super) fn open(
        &mut self,
        folder: Option<&Path>,
        handbook: &Handbook,
    ) -> Result<Parquet<Handle>, Failure> {
        let folder = folder.ok_or_else(|| {
            let what = NAMES.join(" and ");
            Failure::Usage(format!(
                "--format parquet writes {what}: name their folder with --output DIR"
            ))
        })?;
        std::fs::create_dir_all(folder).map_err(|error| {
            let folder = folder.display();
            Failure::Usage(format!(
                "--output {folder}: cannot be made a folder: {error}; name another"
            ))
        })?;
        let [decisions, findings] =
            NAMES.map(|name| Output::open(Some(&folder.join(name))).map(Handle::new));
        let (decisions, findings) = (decisions?, findings?);
        self.0.extend([decisions.clone(), findings.clone()]);
        Ok(Parquet::new(handbook, decisions, findings)?)
    }

    /// Makes the files visible under their names.
    pub(super) fn finish(self) -> io::Result<()> {
        self.0.into_iter().try_for_each(|handle| match handle.take() {
            Some(output) => output.finish().map(|_| ()),
            None => Ok(()),
        })
    }
}

impl Handle {
    fn new(output: Output) -> Self {
        Self(Arc::new(Mutex::new(Some(output))))
    }

    fn take(&self) -> Option<Output> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).take()
    }

    fn with<T>(&self, act: impl FnOnce(&mut Output) -> io::Result<T>) -> io::Result<T> {
        let mut held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        act(held.as_mut().ok_or_else(|| io::Error::other("the file has its final name already"))?)
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
