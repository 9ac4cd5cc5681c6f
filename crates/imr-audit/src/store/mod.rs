//! Audited letters that are kept: between runs in a cache, and within a run for the day that it is cut short.
//!
//! A letter is kept whole, with its document and everything that the rules said ([`audited`]), not as it was written: so
//! filters, waivers, formats and comparisons may change from run to run, and a resumed run gives the same bytes as one
//! that was never cut. It is found by the hash of its content, in a *generation*: this very program (the hash of its
//! file) with this very rulebook. Anything else would have to know which changes of either do not matter.
//!
//! Files are logs ([`log`]): appended to, never changed. A process that is killed leaves at most one torn entry at the
//! end, which is not read. The price: what is no longer wanted stays until the folder is deleted, which is always safe.

mod audited;
mod log;

use std::collections::HashMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError, RwLock};

use imr_report::Audited;
use sha2::{Digest as _, Sha256};

use crate::content::{Fetched, hex};
use crate::engine::Engine;
use crate::exit::{Failure, complain};
use log::Log;

/// What names an entry: the beginning of a SHA-256.
type Key = [u8; 16];

/// What names a generation.
pub(crate) type Generation = [u8; 32];

/// Audited letters by their content.
pub(crate) struct Store {
    logs: Vec<Mutex<Log>>,
    places: RwLock<HashMap<Key, Place>>,
    /// The log that this run appends to, made when there is something to keep.
    new: Mutex<New>,
    /// Letters that did not have to be audited again.
    recalled: AtomicU64,
}

/// Where an entry is.
#[derive(Clone, Copy)]
struct Place {
    log: usize,
    at: log::At,
}

enum New {
    /// To be made in this folder.
    In(PathBuf, Generation),
    /// Appended to.
    Log(Log),
    /// Given up after an error, which has had its line.
    None,
}

impl Store {
    /// The cache in a folder, which is made when it is not there.
    ///
    /// # Errors
    ///
    /// When the folder cannot be used.
    pub(crate) fn cache(folder: &Path, generation: Generation) -> Result<Self, Failure> {
        let refuse = |error: io::Error| {
            Failure::Usage(format!(
                "--cache {}: cannot be used: {error}; name a folder that you may write to",
                folder.display()
            ))
        };
        let own = folder.join(hex(generation.get(..8).unwrap_or_default()));
        fs::create_dir_all(&own).map_err(refuse)?;
        let mut paths: Vec<PathBuf> =
            fs::read_dir(&own).map_err(refuse)?.flatten().map(|entry| entry.path()).collect();
        paths.sort();
        let logs = paths.iter().filter_map(|path| Log::open(path, &generation, false).ok());
        Ok(Self::of(logs.collect(), New::In(own, generation)))
    }

    /// What an unfinished run into the output at `path` has done; without `resume` nothing of it is used.
    ///
    /// # Errors
    ///
    /// When no file can be made beside the output.
    pub(crate) fn of_run(
        path: &Path,
        generation: Generation,
        resume: bool,
    ) -> Result<Self, Failure> {
        let refuse = |error: io::Error| {
            Failure::Usage(format!(
                "{}: cannot be written: {error}; name another --output",
                path.display()
            ))
        };
        if resume && path.exists() {
            let log = Log::open(path, &generation, true).ok();
            if let Some(log) = log {
                return Ok(Self::of(Vec::new(), New::Log(log)));
            }
            complain(format_args!(
                "{}: was left by another version or rulebook and cannot be resumed; starting anew",
                path.display()
            ));
        }
        let _ = fs::remove_file(path);
        let log = Log::create(path, &generation).map_err(refuse)?;
        Ok(Self::of(Vec::new(), New::Log(log)))
    }

    fn of(mut logs: Vec<Log>, mut new: New) -> Self {
        let mut places = HashMap::new();
        for (number, log) in logs.iter_mut().enumerate() {
            places.extend(
                log.entries().into_iter().map(|(key, at)| (key, Place { log: number, at })),
            );
        }
        if let New::Log(log) = &mut new {
            let own = log.entries().into_iter();
            places.extend(own.map(|(key, at)| (key, Place { log: OWN, at })));
        }
        Self {
            logs: logs.into_iter().map(Mutex::new).collect(),
            places: RwLock::new(places),
            new: Mutex::new(new),
            recalled: AtomicU64::new(0),
        }
    }

    /// The audited letter with this content, if it is kept and sound.
    pub(crate) fn recall(&self, fetched: &Fetched, engine: &Engine) -> Option<Audited> {
        let known = |key: Key| {
            let place = *self.places.read().unwrap_or_else(PoisonError::into_inner).get(&key)?;
            audited::read(&self.bytes(place)?)
        };
        let kept = known(by_content(fetched)).or_else(|| known(by_name(fetched)))?;
        self.recalled.fetch_add(1, Ordering::Relaxed);
        let (mut letter, document, audit) = kept;
        letter.name.clone_from(&fetched.name);
        Some(engine.audited(letter, document, audit))
    }

    fn bytes(&self, place: Place) -> Option<Vec<u8>> {
        if place.log == OWN {
            let mut new = self.new.lock().unwrap_or_else(PoisonError::into_inner);
            return if let New::Log(log) = &mut *new { log.read(place.at) } else { None };
        }
        self.logs.get(place.log)?.lock().unwrap_or_else(PoisonError::into_inner).read(place.at)
    }

    /// Keeps an audited letter. An error costs the cache and not the run.
    ///
    /// A letter without a case number is known by its name in fingerprints, so it is kept for this name alone.
    pub(crate) fn keep(&self, fetched: &Fetched, audited: &Audited) {
        let numbered = audited.document.header.case_number.is_some();
        let key = if numbered { by_content(fetched) } else { by_name(fetched) };
        let Some(bytes) = audited::write(audited) else { return };
        let mut new = self.new.lock().unwrap_or_else(PoisonError::into_inner);
        if let Err(error) = new.append(&key, &bytes) {
            complain(format_args!("what is done cannot be kept: {error}; going on without"));
            *new = New::None;
        }
    }

    /// Letters that did not have to be audited again.
    pub(crate) fn recalled(&self) -> u64 {
        self.recalled.load(Ordering::Relaxed)
    }
}

/// The number of the log that a run appends to, in [`Place`].
const OWN: usize = usize::MAX;

impl New {
    fn append(&mut self, key: &Key, bytes: &[u8]) -> io::Result<()> {
        if let Self::In(folder, generation) = self {
            *self = Self::Log(Log::create_in(folder, generation)?);
        }
        match self {
            Self::Log(log) => log.append(key, bytes),
            _ => Ok(()),
        }
    }
}

fn by_content(fetched: &Fetched) -> Key {
    fetched.digest.first_chunk().copied().unwrap_or_default()
}

fn by_name(fetched: &Fetched) -> Key {
    let hash = Sha256::new().chain_update(fetched.digest).chain_update(&fetched.name).finalize();
    hash.first_chunk().copied().unwrap_or_default()
}
