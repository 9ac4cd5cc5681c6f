//! From the bytes of a file to a [`Letter`].
//!
//! Letters arrive as text, PDF or DOCX, and file names lie: so the kind is taken from the content first and from
//! the name only where the content does not tell. Whatever the container, the outcome is one text with the
//! layout that a reader would see, since later stages read headings, labels and paragraphs from layout; all
//! spans refer to that text.
//!
//! Everything here is pure: no files, no clock, no processes. It bounds its own work by [`Limits`]; a hostile PDF may
//! still tire the libraries below, so a program that reads files it does not trust runs [`read_bytes`] for
//! [`Kind::Pdf`] and [`Kind::Docx`] in a process of its own.

mod docx;
mod error;
mod limits;
mod pdf;
mod text;

pub use error::{Reason, SourceError};
pub use limits::Limits;

use crate::letter::Letter;

/// Why a file has no text, with a detail.
type Fault = (Reason, String);

/// Files that people put among letters, by their first bytes, and what to say about them.
const FOREIGN: [(&[u8], &str); 8] = [
    (b"\xD0\xCF\x11\xE0", "an old or password-protected Office file; save it as DOCX"),
    (b"{\\rtf", "rich text; save it as DOCX or plain text"),
    (b"\xFF\xD8\xFF", "a picture; run text recognition (OCR) on it first"),
    (b"\x89PNG", "a picture; run text recognition (OCR) on it first"),
    (b"II*\0", "a picture; run text recognition (OCR) on it first"),
    (b"MM\0*", "a picture; run text recognition (OCR) on it first"),
    (b"\x1F\x8B", "packed; unpack it first"),
    (b"7z\xBC\xAF", "packed; unpack it first"),
];

/// The kinds of file that letters come in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// Plain text.
    Text,
    /// PDF.
    Pdf,
    /// Office Open XML text.
    Docx,
}

/// Where a PDF header may start at the latest; mail gateways and fax servers put lines before it.
const HEADER_WITHIN: usize = 1024;

impl Kind {
    /// The kind of a file, by its content first, then by the extension of its name.
    pub fn of(name: &str, bytes: &[u8]) -> Self {
        let head = bytes.get(..HEADER_WITHIN).unwrap_or(bytes);
        if head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06") {
            return Self::Docx;
        }
        if head.windows(5).any(|window| window == b"%PDF-") {
            return Self::Pdf;
        }
        match name.rsplit_once('.').map(|(_, extension)| extension.to_ascii_lowercase()).as_deref()
        {
            Some("pdf") => Self::Pdf,
            Some("docx") => Self::Docx,
            _ => Self::Text,
        }
    }
}

/// The letter in the file `name` with the content `bytes`.
///
/// # Errors
///
/// A [`SourceError`] that names the file, when it is empty, damaged, encrypted, without text, larger than `limits`
/// allow, or no text at all.
pub fn read_bytes(name: &str, bytes: &[u8], limits: &Limits) -> Result<Letter, SourceError> {
    let fail = |(reason, detail): Fault| SourceError::new(name, reason).with_detail(detail);
    if bytes.is_empty() {
        return Err(SourceError::new(name, Reason::Empty));
    }
    if bytes.len() > limits.file_bytes {
        let detail = format!("{} bytes, the limit is {}", bytes.len(), limits.file_bytes);
        return Err(SourceError::new(name, Reason::TooLarge).with_detail(detail));
    }
    if let Some((_, what)) = FOREIGN.iter().find(|(start, _)| bytes.starts_with(start)) {
        return Err(SourceError::new(name, Reason::NotALetter).with_detail(what));
    }
    let (text, problems) = match Kind::of(name, bytes) {
        Kind::Text => return read_text(name, bytes, limits),
        Kind::Pdf => pdf::read(bytes, limits).map_err(fail)?,
        Kind::Docx => (docx::read(bytes, limits).map_err(fail)?, Vec::new()),
    };
    Ok(Letter { name: name.to_owned(), text, problems })
}

/// The letter `name` whose text is `bytes`, whatever they look like: a value of a table.
///
/// # Errors
///
/// A [`SourceError`] with that name, when it is empty, larger than `limits` allow, or no text at all.
pub fn read_text(name: &str, bytes: &[u8], limits: &Limits) -> Result<Letter, SourceError> {
    if bytes.len() > limits.file_bytes {
        let detail = format!("more than {} bytes", limits.file_bytes);
        return Err(SourceError::new(name, Reason::TooLarge).with_detail(detail));
    }
    let text = text::decode(bytes).map_err(|reason| SourceError::new(name, reason))?;
    Ok(Letter { name: name.to_owned(), text, problems: Vec::new() })
}
