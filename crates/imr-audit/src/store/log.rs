//! A file that entries are appended to.
//!
//! ```text
//! magic, generation, then entries: key, length, checksum of these, checksum of the bytes, bytes
//! ```
//!
//! An entry is written at once. The head of an entry has a checksum of its own, so that a torn or foreign file is read up
//! to the damage and no further; damaged bytes are found when they are asked for.

use std::fs::{File, OpenOptions};
use std::io::{self, BufReader, Read, Seek, SeekFrom, Write};
use std::path::Path;

use super::{Generation, Key};

const MAGIC: [u8; 8] = *b"imrkept1";

/// Bytes of an entry's head: key, length and two checksums.
const HEAD: usize = 16 + 4 + 4 + 4;

/// Where the bytes of an entry are.
#[derive(Clone, Copy)]
pub(super) struct At {
    start: u64,
    length: u32,
    checksum: u32,
}

/// An open log.
pub(super) struct Log {
    file: File,
    /// Where the next entry goes.
    end: u64,
    entries: Vec<(Key, At)>,
}

impl Log {
    /// Opens a log of this generation and finds its entries; to append to it, what is torn at its end is cut off.
    pub(super) fn open(path: &Path, generation: &Generation, append: bool) -> io::Result<Self> {
        let file = OpenOptions::new().read(true).write(append).open(path)?;
        let size = file.metadata()?.len();
        let mut reader = BufReader::new(&file);
        let mut start = [0; MAGIC.len() + 32];
        reader.read_exact(&mut start)?;
        if start != beginning(generation) {
            return Err(io::Error::other("it is of another generation"));
        }
        let mut end = u64::try_from(start.len()).unwrap_or_default();
        let mut entries = Vec::new();
        while let Some((key, at)) = entry(&mut reader, end, size) {
            end = at.start + u64::from(at.length);
            entries.push((key, at));
        }
        drop(reader);
        if append {
            file.set_len(end)?;
        }
        Ok(Self { file, end, entries })
    }

    /// Makes a new log at a path where there is none.
    pub(super) fn create(path: &Path, generation: &Generation) -> io::Result<Self> {
        let mut file = OpenOptions::new().read(true).write(true).create_new(true).open(path)?;
        let beginning = beginning(generation);
        file.write_all(&beginning)?;
        let end = u64::try_from(beginning.len()).unwrap_or_default();
        Ok(Self { file, end, entries: Vec::new() })
    }

    /// Makes a new log under a name that no other run has.
    pub(super) fn create_in(folder: &Path, generation: &Generation) -> io::Result<Self> {
        let mut number = 0_u32;
        loop {
            let path = folder.join(format!("{}-{number}.kept", std::process::id()));
            match Self::create(&path, generation) {
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => number += 1,
                made => return made,
            }
        }
    }

    /// The entries that were found when the log was opened, given once.
    pub(super) fn entries(&mut self) -> Vec<(Key, At)> {
        std::mem::take(&mut self.entries)
    }

    /// The bytes of an entry; `None` when they are damaged.
    pub(super) fn read(&mut self, at: At) -> Option<Vec<u8>> {
        self.file.seek(SeekFrom::Start(at.start)).ok()?;
        let mut bytes = Vec::new();
        (&mut self.file).take(u64::from(at.length)).read_to_end(&mut bytes).ok()?;
        (checksum(&bytes) == at.checksum).then_some(bytes)
    }

    /// Appends an entry.
    pub(super) fn append(&mut self, key: &Key, bytes: &[u8]) -> io::Result<()> {
        let length = u32::try_from(bytes.len()).map_err(io::Error::other)?;
        let named = [key.as_slice(), &length.to_le_bytes()].concat();
        let sums = [checksum(&named).to_le_bytes(), checksum(bytes).to_le_bytes()].concat();
        let entry = [named.as_slice(), &sums, bytes].concat();
        self.file.seek(SeekFrom::Start(self.end))?;
        self.file.write_all(&entry)?;
        self.end += u64::try_from(entry.len()).unwrap_or_default();
        Ok(())
    }
}

/// The entry whose head starts at `at`; `None` at the end of what is sound.
fn entry(reader: &mut BufReader<&File>, at: u64, size: u64) -> Option<(Key, At)> {
    let mut head = [0; HEAD];
    reader.read_exact(&mut head).ok()?;
    let (named, sums) = head.split_at_checked(20)?;
    let (key, length) = named.split_first_chunk::<16>()?;
    let (of_head, of_bytes) = sums.split_first_chunk::<4>()?;
    if checksum(named) != u32::from_le_bytes(*of_head) {
        return None;
    }
    let length = u32::from_le_bytes(*length.first_chunk()?);
    let checksum = u32::from_le_bytes(*of_bytes.first_chunk()?);
    let start = at + u64::try_from(HEAD).ok()?;
    if start + u64::from(length) > size {
        return None;
    }
    reader.seek_relative(i64::from(length)).ok()?;
    Some((*key, At { start, length, checksum }))
}

fn beginning(generation: &Generation) -> [u8; MAGIC.len() + 32] {
    let mut beginning = [0; MAGIC.len() + 32];
    let bytes = MAGIC.iter().chain(generation);
    beginning.iter_mut().zip(bytes).for_each(|(to, from)| *to = *from);
    beginning
}

fn checksum(bytes: &[u8]) -> u32 {
    let mut sum = flate2::Crc::new();
    sum.update(bytes);
    sum.sum()
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn scratch(name: &str) -> std::path::PathBuf {
        let path = std::env::temp_dir().join(format!("imr-audit-{name}-{}", std::process::id()));
        let _ = fs::remove_file(&path);
        path
    }

    fn kept(log: &mut Log) -> Vec<Option<Vec<u8>>> {
        let entries = log.entries();
        entries.into_iter().map(|(_, at)| log.read(at)).collect()
    }

    #[test]
    fn a_log_cut_anywhere_gives_its_whole_entries_and_takes_new_ones() {
        let path = scratch("cut");
        let mut log = Log::create(&path, &[1; 32]).unwrap();
        for n in 0..3_u8 {
            log.append(&[n; 16], &vec![n; 10 * usize::from(n)]).unwrap();
        }
        let whole = fs::read(&path).unwrap();
        for cut in 40..whole.len() {
            fs::write(&path, &whole[..cut]).unwrap();
            let mut log = Log::open(&path, &[1; 32], true).unwrap();
            let before = kept(&mut log);
            assert!(before.len() < 3 && before.iter().all(Option::is_some), "cut at {cut}");
            log.append(&[9; 16], b"new").unwrap();
            let mut again = Log::open(&path, &[1; 32], false).unwrap();
            let after = kept(&mut again);
            assert_eq!(after.len(), before.len() + 1, "cut at {cut}");
            assert_eq!(after.last().unwrap().as_deref(), Some(b"new".as_slice()));
        }
        fs::remove_file(path).unwrap();
    }

    #[test]
    fn damaged_bytes_and_foreign_files_are_not_taken() {
        let path = scratch("damaged");
        let mut log = Log::create(&path, &[1; 32]).unwrap();
        log.append(&[1; 16], b"words").unwrap();
        let mut bytes = fs::read(&path).unwrap();
        *bytes.last_mut().unwrap() ^= 1;
        fs::write(&path, &bytes).unwrap();
        assert_eq!(kept(&mut Log::open(&path, &[1; 32], false).unwrap()), [None]);
        assert!(Log::open(&path, &[2; 32], false).is_err(), "another generation");
        fs::write(&path, b"something else altogether, and long enough to be read").unwrap();
        assert!(Log::open(&path, &[1; 32], false).is_err());
        fs::remove_file(path).unwrap();
    }
}
