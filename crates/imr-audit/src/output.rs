//! Where results go: standard output, or a file that appears whole or not at all.
//!
//! `--output` writes beside the target and renames at the end, so a reader never sees half a run and a failed run
//! leaves the old file. A target that is no regular file (`/dev/null`, a named pipe) is written to directly. What a run
//! that was asked to end has written stands under a name of its own, `*.partial`.

use std::fs::{self, File};
use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::{Path, PathBuf};

use sha2::{Digest as _, Sha256};

use crate::content::hex;
use crate::exit::Failure;

/// A destination for results.
pub(crate) struct Output {
    writer: BufWriter<Box<dyn Write + Send + Sync>>,
    pending: Option<Pending>,
    terminal: bool,
    /// The hash of what was written so far, when somebody asks for it.
    hash: Option<Sha256>,
}

/// A file that still has its temporary name.
struct Pending {
    file: File,
    temporary: PathBuf,
    target: PathBuf,
    kept: bool,
}

impl Output {
    /// Opens the file, or standard output when none is named.
    pub(crate) fn open(path: Option<&Path>) -> Result<Self, Failure> {
        match path {
            None => Ok(Self::to(Box::new(io::stdout()), None, io::stdout().is_terminal())),
            Some(path) => Self::file(path).map_err(|error| {
                Failure::Usage(format!(
                    "{}: cannot be written: {error}; name another place",
                    path.display()
                ))
            }),
        }
    }

    /// Results that go to this writer.
    pub(crate) fn into_writer(writer: Box<dyn Write + Send + Sync>) -> Self {
        Self::to(writer, None, false)
    }

    fn to(writer: Box<dyn Write + Send + Sync>, pending: Option<Pending>, terminal: bool) -> Self {
        Self { writer: BufWriter::new(writer), pending, terminal, hash: None }
    }

    fn file(path: &Path) -> io::Result<Self> {
        if !is_regular(path) {
            let direct = fs::OpenOptions::new().write(true).open(path)?;
            return Ok(Self::to(Box::new(direct), None, false));
        }
        let target = path.canonicalize().unwrap_or_else(|_| path.to_owned());
        let name = target.file_name().ok_or_else(|| io::Error::other("the path names no file"))?;
        sweep(&target);
        let temporary =
            target.with_file_name(format!(".{}.{}.part", name.display(), std::process::id()));
        let file = File::create(&temporary)?;
        let writer = Box::new(file.try_clone()?);
        Ok(Self::to(writer, Some(Pending { file, temporary, target, kept: false }), false))
    }

    /// The same, with [`Self::finish`] telling the SHA-256 of everything written from now on, when that is `wanted`.
    pub(crate) fn hashing(mut self, wanted: bool) -> Self {
        self.hash = wanted.then(Sha256::new);
        self
    }

    /// Whether a person reads along.
    pub(crate) fn is_terminal(&self) -> bool {
        self.terminal
    }

    /// Puts what has been written so far on the disk, under whatever name it has.
    pub(crate) fn settle(&mut self) -> io::Result<()> {
        self.writer.flush()?;
        self.pending.as_ref().map_or(Ok(()), |pending| pending.file.sync_all())
    }

    /// Makes the results visible under their final name; returns their SHA-256, if it was asked for.
    pub(crate) fn finish(mut self) -> io::Result<Option<String>> {
        self.writer.flush()?;
        if let Some(pending) = &mut self.pending {
            let target = pending.target.clone();
            pending.keep(&target)?;
        }
        Ok(self.hash.map(|hash| hex(&hash.finalize())))
    }

    /// Keeps what has been written so far under a name of its own, which is returned.
    pub(crate) fn keep_part(mut self) -> io::Result<Option<PathBuf>> {
        self.writer.flush()?;
        let Some(pending) = &mut self.pending else { return Ok(None) };
        let name = pending.target.file_name().unwrap_or_default().display().to_string();
        let partial = pending.target.with_file_name(format!("{name}.partial"));
        pending.keep(&partial)?;
        Ok(Some(partial))
    }
}

/// Whether a path is or would be a regular file.
pub(crate) fn is_regular(path: &Path) -> bool {
    fs::metadata(path).map_or(true, |known| known.is_file())
}

/// A hidden file beside an output.
pub(crate) fn beside(output: &Path, ending: &str) -> PathBuf {
    let name = output.file_name().unwrap_or_default().display().to_string();
    output.with_file_name(format!(".{name}.{ending}"))
}

/// Takes away what runs into this target have left that were killed.
fn sweep(target: &Path) {
    let Some(folder) = target.parent() else { return };
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let name = target.file_name().unwrap_or_default().display().to_string();
    let start = format!(".{name}.");
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let file = entry.file_name();
        let process = file
            .to_str()
            .and_then(|file| file.strip_prefix(&start)?.strip_suffix(".part")?.parse::<i32>().ok());
        if process.is_some_and(|process| !lives(process)) {
            let _ = fs::remove_file(entry.path());
        }
    }
}

/// Whether a process of this number may still be there.
fn lives(process: i32) -> bool {
    #[cfg(unix)]
    return rustix::process::Pid::from_raw(process)
        .is_some_and(|process| rustix::process::test_kill_process(process).is_ok());
    #[cfg(not(unix))]
    return process > 0;
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.writer.write(bytes)?;
        if let Some(hash) = &mut self.hash {
            hash.update(bytes.get(..written).unwrap_or_default());
        }
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.writer.flush()
    }
}

impl Pending {
    /// The bytes are on the disk before the name is: a machine that goes down leaves the old file or the new one.
    fn keep(&mut self, target: &Path) -> io::Result<()> {
        self.file.sync_all()?;
        fs::rename(&self.temporary, target)?;
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
