//! What the arguments of a run held: letters, bytes and one hash for each argument.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::content::{Digest, hex};

/// The inputs of a run while its letters come in.
#[derive(Debug)]
pub(crate) struct Seen(Vec<(String, u64, u64, Sha256)>);

/// One argument with what it held.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Held {
    /// The argument as written.
    pub(crate) argument: String,
    /// Letters that could be read.
    pub(crate) letters: u64,
    /// Their bytes.
    pub(crate) bytes: u64,
    /// SHA-256 over the names and contents of its letters, in order.
    pub(crate) sha256: String,
}

impl Seen {
    pub(super) fn new(arguments: &[PathBuf]) -> Self {
        let name = |argument: &PathBuf| argument.display().to_string();
        Self(arguments.iter().map(|argument| (name(argument), 0, 0, Sha256::new())).collect())
    }

    pub(super) fn add(&mut self, argument: usize, name: &str, digest: &Digest, size: usize) {
        if let Some((_, letters, bytes, hash)) = self.0.get_mut(argument) {
            *letters += 1;
            *bytes += u64::try_from(size).unwrap_or_default();
            hash.update(name.as_bytes());
            hash.update([0]);
            hash.update(digest);
        }
    }

    /// What each argument held.
    pub(crate) fn held(self) -> Vec<Held> {
        let held = self.0.into_iter().map(|(argument, letters, bytes, hash)| Held {
            argument,
            letters,
            bytes,
            sha256: hex(&hash.finalize()),
        });
        held.collect()
    }
}
