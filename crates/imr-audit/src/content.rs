//! The content of a letter before it is understood, named by its hash.

use std::error::Error;
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;
use std::time::Duration;

use imr_letter::Letter;
use imr_letter::source::{Limits, Reason, SourceError};
use sha2::{Digest as _, Sha256};

use crate::extract;
use crate::source::{Content, Raw};

/// SHA-256 of a letter's content and of how it is to be read.
pub(crate) type Digest = [u8; 32];

/// A letter's bytes.
#[derive(Debug)]
pub(crate) struct Fetched {
    /// The name shown in output.
    pub(crate) name: String,
    bytes: Vec<u8>,
    /// Whether they are text whatever they look like.
    text: bool,
    /// What names this content.
    pub(crate) digest: Digest,
}

/// Why there are no bytes.
#[derive(Debug)]
pub(crate) enum Trouble {
    /// This letter cannot be read; others may be.
    Letter(SourceError),
    /// The system gives no more file handles, so that no letter can be read.
    Handles(io::Error),
}

impl Fetched {
    /// Reads the bytes of a letter, at most one more than a letter may have.
    pub(crate) fn of(raw: Raw) -> Result<Self, Trouble> {
        let Raw { name, content } = raw;
        let (bytes, text) = match content {
            Content::Bytes(bytes) => (bytes, false),
            Content::Text(bytes) => (bytes, true),
            Content::File(path) => match read(&path) {
                Ok(bytes) => (bytes, false),
                Err(error) if exhausted(&error) => return Err(Trouble::Handles(error)),
                Err(error) => {
                    let error = SourceError::new(name, Reason::Unreadable).with_detail(error);
                    return Err(Trouble::Letter(error));
                }
            },
        };
        // How bytes are read depends on the ending of their name where they do not tell themselves.
        let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
        let office = ending.filter(|ending| !text && (ending == "pdf" || ending == "docx"));
        let shape = if text { "row" } else { office.as_deref().unwrap_or("file") };
        let digest = Sha256::new()
            .chain_update(shape)
            .chain_update([0])
            .chain_update(&bytes)
            .finalize()
            .into();
        Ok(Self { name, bytes, text, digest })
    }

    /// Bytes of the letter.
    pub(crate) fn len(&self) -> usize {
        self.bytes.len()
    }

    /// The letter in the bytes.
    ///
    /// # Errors
    ///
    /// A [`SourceError`] with its name.
    pub(crate) fn letter(&self) -> Result<Letter, SourceError> {
        if self.text {
            extract::text(&self.name, &self.bytes)
        } else {
            extract::letter(&self.name, &self.bytes)
        }
    }
}

/// A hash as people write it.
pub(crate) fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

fn read(path: &Path) -> io::Result<Vec<u8>> {
    if path.is_dir() {
        return Err(io::Error::other("it is a folder"));
    }
    let most = u64::try_from(Limits::default().file_bytes).unwrap_or(u64::MAX).saturating_add(1);
    let mut bytes = Vec::new();
    open(path)?.take(most).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Times that a file is tried while no handle is free.
const TRIES: u32 = 100;

/// Between two of them.
const PAUSE: Duration = Duration::from_millis(20);

/// Opens a file; while other threads hold all handles, it waits for one.
fn open(path: &Path) -> io::Result<File> {
    patiently(|| File::open(path))
}

/// Tries again for some seconds while too many files are open.
pub(crate) fn patiently<T>(mut work: impl FnMut() -> io::Result<T>) -> io::Result<T> {
    for _ in 1..TRIES {
        match work() {
            Err(error) if exhausted(&error) => std::thread::sleep(PAUSE),
            done => return done,
        }
    }
    work()
}

/// Whether the system refused because too many files are open. A walk through a folder says so inside an error of its own.
pub(crate) fn exhausted(error: &io::Error) -> bool {
    let mut cause: Option<&(dyn Error + 'static)> = Some(error);
    while let Some(error) = cause {
        if error.downcast_ref().is_some_and(of_handles) {
            return true;
        }
        cause = error.source();
    }
    false
}

fn of_handles(error: &io::Error) -> bool {
    #[cfg(unix)]
    return matches!(
        error.raw_os_error().map(rustix::io::Errno::from_raw_os_error),
        Some(rustix::io::Errno::MFILE | rustix::io::Errno::NFILE)
    );
    #[cfg(not(unix))]
    return false;
}
