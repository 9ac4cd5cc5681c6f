//! DOCX: the text of the main document.
//!
//! A DOCX is a ZIP archive whose relationships name the main document, an XML part. Only that part is read
//! ([`body`]); headers, footers, notes and comments are not part of a determination. Nothing is unpacked to more than
//! the limit, whatever size the archive declares, so that a small archive cannot fill the memory.

mod body;

use std::io::{Cursor, Read};

use quick_xml::Reader;
use quick_xml::events::Event;
use zip::ZipArchive;
use zip::result::ZipError;

use super::Fault;
use super::error::Reason;
use super::limits::Limits;
use super::text;

type Archive<'a> = ZipArchive<Cursor<&'a [u8]>>;

/// Where the main document stands unless the relationships say otherwise.
const USUAL_DOCUMENT: &str = "word/document.xml";

/// The text of a DOCX.
pub(super) fn read(bytes: &[u8], limits: &Limits) -> Result<String, Fault> {
    let mut archive =
        ZipArchive::new(Cursor::new(bytes)).map_err(|error| damaged(&error.to_string()))?;
    let Some(name) = document_name(&mut archive, limits)? else {
        return Err((Reason::NotALetter, "a ZIP archive without a Word document".to_owned()));
    };
    let xml = part(&mut archive, &name, limits)?;
    let text = body::text(&xml, limits)?;
    if text.trim().is_empty() { Err((Reason::Empty, String::new())) } else { Ok(text) }
}

/// The name of the main document, from the relationships of the package.
fn document_name(archive: &mut Archive<'_>, limits: &Limits) -> Result<Option<String>, Fault> {
    let target = match archive.index_for_name("_rels/.rels") {
        Some(_) => document_target(&part(archive, "_rels/.rels", limits)?),
        None => None,
    };
    let target = target.map(|target| target.trim_start_matches('/').to_owned());
    let name = target.unwrap_or_else(|| USUAL_DOCUMENT.to_owned());
    // A spreadsheet has a main document too; the name tells a text from it.
    Ok((name.starts_with("word/") && archive.index_for_name(&name).is_some()).then_some(name))
}

fn document_target(relationships: &str) -> Option<String> {
    let mut reader = Reader::from_str(relationships);
    loop {
        match reader.read_event().ok()? {
            Event::Start(element) | Event::Empty(element)
                if body::attribute(&element, "Type")
                    .is_some_and(|kind| kind.ends_with("/officeDocument")) =>
            {
                return body::attribute(&element, "Target");
            }
            Event::Eof => return None,
            _ => {}
        }
    }
}

/// The XML of one part.
fn part(archive: &mut Archive<'_>, name: &str, limits: &Limits) -> Result<String, Fault> {
    let most = u64::try_from(limits.stream_bytes).unwrap_or(u64::MAX);
    let entry = archive.by_name(name).map_err(|error| match error {
        ZipError::InvalidPassword | ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) => {
            damaged("it is packed with a password")
        }
        error => damaged(&error.to_string()),
    })?;
    if entry.size() > most {
        return Err(too_large(name, limits));
    }
    let mut bytes = Vec::new();
    entry
        .take(most.saturating_add(1))
        .read_to_end(&mut bytes)
        .map_err(|error| damaged(&format!("{name}: {error}")))?;
    if bytes.len() > limits.stream_bytes {
        return Err(too_large(name, limits));
    }
    text::decode(&bytes).map_err(|_| damaged(&format!("{name} holds no text")))
}

fn too_large(name: &str, limits: &Limits) -> Fault {
    (Reason::TooLarge, format!("{name} unpacks to more than {} bytes", limits.stream_bytes))
}

fn damaged(detail: &str) -> Fault {
    (Reason::DamagedDocx, detail.to_owned())
}
