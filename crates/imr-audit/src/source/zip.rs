//! Zip archives: the directory at the end is read first, then member after member.

use std::io::{Read, Seek};

use zip::ZipArchive;
use zip::result::ZipError;

use super::archive::{Count, Entry, admit};
use super::{Content, Flow, Sink, letter, small, unreadable};

/// The member that every Office document has.
const OFFICE: &str = "[Content_Types].xml";

/// Pushes the letters of a zip archive; a DOCX under another name is one letter.
pub(super) fn feed(stream: impl Read + Seek, name: &str, sink: &mut Sink<'_>) -> Flow {
    let mut archive = match ZipArchive::new(stream) {
        Ok(archive) => archive,
        Err(error) => return sink(unreadable(name, damaged(&error))),
    };
    if archive.index_for_name(OFFICE).is_some() {
        return docx(archive, name, sink);
    }
    if archive.has_overlapping_files().unwrap_or(true) {
        let reason = "refused: its members share their bytes, as only bombs do".to_owned();
        return sink(unreadable(name, reason));
    }
    if archive.has_duplicate_names() {
        let reason = "several members have one name, and only the last of each can be read; \
                      pack it anew";
        sink(unreadable(name, reason.to_owned()))?;
    }
    let mut count = Count::default();
    for index in 0..archive.len() {
        member(&mut archive, index, name, &mut count, sink)?;
    }
    count.close(name, sink)
}

fn member<R: Read + Seek>(
    archive: &mut ZipArchive<R>,
    index: usize,
    name: &str,
    count: &mut Count,
    sink: &mut Sink<'_>,
) -> Flow {
    let called = archive.name_for_index(index).and_then(Result::ok);
    let called =
        called.map_or_else(|| format!("member {}", index + 1), std::borrow::Cow::into_owned);
    let place = format!("{name}!{called}");
    let mut file = match archive.by_index(index) {
        Ok(file) => file,
        Err(error) => return sink(unreadable(place, damaged(&error))),
    };
    let entry = match file.unix_mode().map(|mode| mode & 0o170_000) {
        _ if file.is_dir() => Entry::Folder,
        Some(0o120_000) => Entry::Link,
        None | Some(0 | 0o100_000) => Entry::File,
        Some(_) => Entry::Device,
    };
    match admit(name, &called, entry, count, sink) {
        Ok(false) => Flow::Continue(()),
        Ok(true) => match small(&mut file) {
            Ok(bytes) => sink(letter(place, Content::Bytes(bytes))),
            Err(error) => {
                sink(unreadable(place, format!("is damaged ({error}); get a fresh copy")))
            }
        },
        Err(flow) => flow,
    }
}

fn docx(archive: ZipArchive<impl Read + Seek>, name: &str, sink: &mut Sink<'_>) -> Flow {
    let mut stream = archive.into_inner();
    match stream.rewind().and_then(|()| small(&mut stream)) {
        Ok(bytes) => sink(letter(name.to_owned(), Content::Bytes(bytes))),
        Err(error) => sink(unreadable(name, super::cannot_be_read(&error))),
    }
}

fn damaged(error: &ZipError) -> String {
    match error {
        ZipError::UnsupportedArchive(what) if what.to_lowercase().contains("password") => {
            "asks for a password; save a copy without one and use that".to_owned()
        }
        ZipError::UnsupportedArchive(what) => {
            format!("packed in a way that is not read here ({what}); pack it with deflate")
        }
        error => format!("is damaged ({error}); get a fresh copy"),
    }
}
