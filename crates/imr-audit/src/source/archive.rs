//! Members of archives: what all archives share, and tar.
//!
//! Nothing is written to disk, so a member with an absolute path or `..` could do no harm; it is refused all the same,
//! since an archive that holds one was made to do some, and its names cannot be trusted to tell letters apart. Links
//! point outside of what was handed in. Tables and archives inside of an archive are left alone: an archive of letters
//! often holds a table about them.

use std::cell::Cell;
use std::io::{self, Read};
use std::path::Path;
use std::rc::Rc;

use super::{Content, Flow, Sink, is_archive, is_letter, letter, small, unreadable};

/// What an archive has given so far.
#[derive(Default)]
pub(super) struct Count {
    /// Members that were letters, readable or not.
    letters: usize,
    /// Members that were none, the first by name.
    left_out: Vec<String>,
    others: usize,
}

/// Members named when an archive's other members are counted.
const NAMED: usize = 3;

impl Count {
    fn leave_out(&mut self, member: &str) {
        self.others += 1;
        if self.left_out.len() < NAMED {
            self.left_out.push(member.to_owned());
        }
    }

    /// Says what was left out, and whether there was any letter at all.
    pub(super) fn close(&self, archive: &str, sink: &mut Sink<'_>) -> Flow {
        let more = if self.others > self.left_out.len() { ", ..." } else { "" };
        let others = format!("{}{more}", self.left_out.join(", "));
        if self.letters == 0 {
            let reason = match self.others {
                0 => "no letter found in this archive: it is empty".to_owned(),
                _ => format!(
                    "no letter found in this archive (.txt, .pdf or .docx), only: {others}; name tables outright"
                ),
            };
            return sink(unreadable(archive, reason));
        }
        if self.others == 0 {
            return Flow::Continue(());
        }
        let note =
            format!("{archive}: {} members are no letters and left out: {others}", self.others);
        sink(super::Fed::Note(super::printable(note)))
    }
}

/// What kind of member it is, as its archive says.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Entry {
    File,
    Folder,
    Link,
    Device,
}

/// Whether a member is to be read: a letter with an honest name. Refusals are pushed.
pub(super) fn admit(
    archive: &str,
    member: &str,
    entry: Entry,
    count: &mut Count,
    sink: &mut Sink<'_>,
) -> Result<bool, Flow> {
    let refuse = |reason: &str, sink: &mut Sink<'_>| {
        Err(sink(unreadable(format!("{archive}!{member}"), reason.to_owned())))
    };
    match entry {
        Entry::Folder => return Ok(false),
        Entry::Link => {
            count.letters += 1;
            return refuse("refused: it is a link; put the letter itself into the archive", sink);
        }
        Entry::Device => {
            count.letters += 1;
            return refuse("refused: it is no file; an archive of letters holds files", sink);
        }
        Entry::File => {}
    }
    if !inside(member) {
        count.letters += 1;
        return refuse(
            "refused: its path leaves the archive; use relative paths without `..`",
            sink,
        );
    }
    let path = Path::new(member);
    let hidden = path.iter().any(|part| {
        let part = part.to_string_lossy();
        part.starts_with('.') && part != "." || part == "__MACOSX"
    });
    if is_letter(path) && !hidden {
        count.letters += 1;
        return Ok(true);
    }
    if is_archive(path) {
        count.letters += 1;
        return refuse("refused: an archive inside of an archive; take it out and name it", sink);
    }
    count.leave_out(member);
    Ok(false)
}

/// Whether a member's path stays below the archive, on any system.
fn inside(member: &str) -> bool {
    let absolute = member.starts_with(['/', '\\']) || member.get(1..2) == Some(":");
    !absolute && !member.contains('\0') && member.split(['/', '\\']).all(|part| part != "..")
}

/// Pushes one member.
pub(super) fn push(
    archive: &str,
    member: &str,
    stream: &mut dyn Read,
    sink: &mut Sink<'_>,
) -> io::Result<Flow> {
    let bytes = small(stream)?;
    Ok(sink(letter(format!("{archive}!{member}"), Content::Bytes(bytes))))
}

/// Bytes of headers that may stand between two members: long names and what newer writers add.
const HEADERS: u64 = 1 << 20;

/// Pushes the letters of a tar archive.
pub(super) fn feed(stream: impl Read, name: &str, sink: &mut Sink<'_>) -> Flow {
    let left = Rc::new(Cell::new(HEADERS));
    let mut archive = tar::Archive::new(Allowed { stream, left: left.clone() });
    let mut count = Count::default();
    let mut last = String::new();
    let broken = |error: &io::Error, last: &str, sink: &mut Sink<'_>| {
        let after = if last.is_empty() { String::new() } else { format!(" behind {last}") };
        sink(unreadable(
            name,
            format!("cannot be read any further{after} ({error}); get a fresh copy"),
        ))
    };
    let entries = match archive.entries() {
        Ok(entries) => entries,
        Err(error) => return broken(&error, "", sink),
    };
    for entry in entries {
        let mut entry = match entry {
            Ok(entry) => entry,
            Err(error) => return broken(&error, &last, sink),
        };
        let member = String::from_utf8_lossy(&entry.path_bytes()).into_owned();
        left.set(entry.size().saturating_add(HEADERS));
        match admit(name, &member, entry_kind(entry.header().entry_type()), &mut count, sink) {
            Ok(false) => {}
            Ok(true) => match push(name, &member, &mut entry, sink) {
                Ok(flow) => flow?,
                Err(error) => return broken(&error, &last, sink),
            },
            Err(flow) => flow?,
        }
        last = member;
    }
    // The checksum of a packed archive stands behind its last member.
    left.set(u64::MAX);
    let mut stream = archive.into_inner();
    if let Err(error) = io::copy(&mut stream, &mut io::sink()) {
        let reason = format!("is damaged ({error}), and so may be its letters; get a fresh copy");
        return sink(unreadable(name, reason));
    }
    count.close(name, sink)
}

fn entry_kind(kind: tar::EntryType) -> Entry {
    if kind.is_symlink() || kind.is_hard_link() {
        Entry::Link
    } else if kind.is_dir() || kind.is_pax_global_extensions() {
        Entry::Folder
    } else if kind.is_file() || kind.is_contiguous() || kind.is_gnu_sparse() {
        Entry::File
    } else {
        Entry::Device
    }
}

/// A stream that gives no more than it is allowed to until the next member: headers are held in memory.
struct Allowed<R> {
    stream: R,
    left: Rc<Cell<u64>>,
}

impl<R: Read> Read for Allowed<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = self.stream.read(into)?;
        let left = self.left.get().checked_sub(u64::try_from(read).unwrap_or(u64::MAX));
        let left = left.ok_or_else(|| io::Error::other("its headers are longer than 1 MiB"))?;
        self.left.set(left);
        Ok(read)
    }
}

#[cfg(test)]
mod tests {
    use super::inside;

    #[test]
    fn paths_that_leave_the_archive_are_told_on_any_system() {
        for path in [
            "/etc/a.txt",
            "../a.txt",
            "a/../../b.txt",
            "C:\\a.txt",
            "\\\\host\\a.txt",
            "a\\..\\b.txt",
        ] {
            assert!(!inside(path), "{path}");
        }
        for path in ["a.txt", "2017/a..b.txt", "./a.txt"] {
            assert!(inside(path), "{path}");
        }
    }
}
