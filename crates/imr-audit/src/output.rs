//! Where results go: standard output, or a file that appears whole or not at all.
//!
//! `--output` writes beside the target and renames at the end, so a reader never sees half a run and a failed run
//! leaves the old file. A target that is no regular file (`/dev/null`, a named pipe) is written to directly.

use std::fs::{self, File};
use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::{Path, PathBuf};

use crate::exit::Failure;

/// A destination for results.
pub(crate) struct Output {
    writer: BufWriter<Box<dyn Write + Send + Sync>>,
    pending: Option<Pending>,
    terminal: bool,
}

/// A file that still has its temporary name.
struct Pending {
    temporary: PathBuf,
    target: PathBuf,
    kept: bool,
}

impl Output {
    /// Opens the file, or standard output when none is named.
    pub(crate) fn open(path: Option<&Path>) -> Result<Self, Failure> {
        match path {
            None => Ok(Self {
                writer: BufWriter::new(Box::new(io::stdout())),
                pending: None,
                terminal: io::stdout().is_terminal(),
            }),
            Some(path) => Self::file(path).map_err(|error| {
                Failure::Usage(format!(
                    "{}: cannot be written: {error}; name another --output",
                    path.display()
                ))
            }),
        }
    }

    fn file(path: &Path) -> io::Result<Self> {
        if fs::metadata(path).is_ok_and(|known| !known.is_file()) {
            let direct = fs::OpenOptions::new().write(true).open(path)?;
            return Ok(Self {
                writer: BufWriter::new(Box::new(direct)),
                pending: None,
                terminal: false,
            });
        }
        let target = path.canonicalize().unwrap_or_else(|_| path.to_owned());
        let name = target.file_name().ok_or_else(|| io::Error::other("the path names no file"))?;
        let temporary =
            target.with_file_name(format!(".{}.{}.part", name.display(), std::process::id()));
        let file = File::create(&temporary)?;
        let pending = Some(Pending { temporary, target, kept: false });
        Ok(Self { writer: BufWriter::new(Box::new(file)), pending, terminal: false })
    }

    /// Whether a person reads along.
    pub(crate) fn is_terminal(&self) -> bool {
        self.terminal
    }

    /// Makes the results visible under their final name.
    pub(crate) fn finish(mut self) -> io::Result<()> {
        self.writer.flush()?;
        match &mut self.pending {
            Some(pending) => pending.keep(),
            None => Ok(()),
        }
    }
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.writer.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.writer.flush()
    }
}

impl Pending {
    fn keep(&mut self) -> io::Result<()> {
        fs::rename(&self.temporary, &self.target)?;
        self.kept = true;
        Ok(())
    }
}

impl Drop for Pending {
    fn drop(&mut self) {
        if !self.kept {
            let _ = fs::remove_file(&self.temporary);
        }
    }
}
