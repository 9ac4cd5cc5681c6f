//! PDF: the text layer, laid out as on the page.
//!
//! `lopdf` reads the objects (cross-reference tables, packed streams, decryption with the empty password); what the
//! pages say is read here, because paragraph gaps and label columns carry meaning in a letter and no extractor on
//! hand keeps them: [`interpret`] runs the text operators of each page, [`font`] turns codes into characters,
//! [`layout`] turns places into lines. Pages are parted by form feeds.
//!
//! A page that cannot be read is left out with a problem in the letter; a file without any text says why.

mod annotation;
mod cmap;
mod content;
mod encoding;
mod font;
mod interpret;
mod layout;
mod lexer;
mod matrix;
mod metrics;

use lopdf::{DecompressError, Dictionary, Document, Error, LoadOptions, Object, ObjectId};

use self::interpret::{Exceeded, Glyph, Interpreter};
use super::Fault;
use super::error::Reason;
use super::limits::Limits;
use crate::problem::{Problem, ProblemKind};
use crate::span::Span;

/// The text of a PDF and what went wrong on the way.
pub(super) fn read(bytes: &[u8], limits: &Limits) -> Result<(String, Vec<Problem>), Fault> {
    let document = load(bytes, limits)?;
    let pages: Vec<ObjectId> = document.page_iter().take(limits.pages + 1).collect();
    if pages.len() > limits.pages {
        return Err(too_large(Exceeded("too many pages")));
    }
    if pages.is_empty() {
        return Err(damaged("it has no pages"));
    }
    let mut interpreter = Interpreter::new(&document, *limits);
    let mut text = String::new();
    let mut problems = Vec::new();
    for (number, page) in (1..).zip(pages) {
        if number > 1 {
            text.push('\u{c}');
        }
        let start = text.len();
        let (page, damaged) = page_text(&document, &mut interpreter, page, limits)?;
        text.push_str(&page);
        if damaged {
            problems.push(damaged_page(number, Span::new(start, text.len())));
        }
    }
    if text.trim().is_empty() {
        return Err(textless(interpreter.pictures, problems.len()));
    }
    problems.extend(damaged_text(&text));
    Ok((text, problems))
}

fn load(bytes: &[u8], limits: &Limits) -> Result<Document, Fault> {
    let options = LoadOptions::with_max_decompressed_size(limits.stream_bytes);
    let document =
        Document::load_mem_with_options(bytes, options).map_err(|error| match error {
            Error::InvalidPassword => (Reason::Encrypted, String::new()),
            Error::UnsupportedSecurityHandler(_) | Error::Decryption(_) => {
                (Reason::Encrypted, error.to_string())
            }
            Error::Decompress(DecompressError::MemoryLimitExceeded { .. }) => {
                too_large(Exceeded::UNPACKED)
            }
            error => match std::error::Error::source(&error) {
                Some(source) => damaged(&source.to_string()),
                None => damaged(&error.to_string()),
            },
        })?;
    if document.is_encrypted() {
        return Err((Reason::Encrypted, String::new()));
    }
    if document.objects.len() > limits.objects {
        return Err(too_large(Exceeded("too many objects")));
    }
    Ok(document)
}

/// The text of one page, and whether some of it may be missing.
fn page_text<'a>(
    document: &'a Document,
    interpreter: &mut Interpreter<'a>,
    page: ObjectId,
    limits: &Limits,
) -> Result<(String, bool), Fault> {
    let Ok(dictionary) = document.get_dictionary(page) else { return Ok((String::new(), true)) };
    let content = content::of_page(document, page, limits.stream_bytes).map_err(too_large)?;
    let resources = inherited_from(document, dictionary, b"Resources")
        .and_then(|node| node.get_deref(b"Resources", document).and_then(Object::as_dict).ok());
    interpreter.page(&content.bytes, resources).map_err(too_large)?;
    for (form, place) in annotation::drawn(document, dictionary) {
        interpreter.form(form, resources, place, 1).map_err(too_large)?;
    }
    let mut glyphs = interpreter.take_glyphs();
    keep_visible(&mut glyphs, sheet(document, dictionary));
    let damaged = content.damaged || std::mem::take(&mut interpreter.damaged);
    Ok((layout::page(&glyphs), damaged))
}

/// The visible part of a page: left, bottom, right, top.
fn sheet(document: &Document, page: &Dictionary) -> Option<[f64; 4]> {
    let edges = |key| annotation::numbers(document, inherited_from(document, page, key)?, key);
    let [x, y, across, up] = edges(b"CropBox").or_else(|| edges(b"MediaBox"))?;
    Some([x.min(across), y.min(up), x.max(across), y.max(up)])
}

/// Drops what is drawn beside the sheet, which no reader of the letter sees.
fn keep_visible(glyphs: &mut Vec<Glyph>, sheet: Option<[f64; 4]>) {
    let Some([left, bottom, right, top]) = sheet else { return };
    if right - left < 1.0 || top - bottom < 1.0 {
        return;
    }
    glyphs.retain(|glyph| {
        let margin = glyph.size;
        (left - margin..=right + margin).contains(&glyph.x)
            && (bottom - margin..=top + margin).contains(&glyph.y)
    });
}

/// The page or, when that has no such attribute, its nearest ancestor in the page tree that has it.
fn inherited_from<'a>(
    document: &'a Document,
    page: &'a Dictionary,
    key: &[u8],
) -> Option<&'a Dictionary> {
    const MAX_ANCESTORS: usize = 64;
    let mut node = page;
    for _ in 0..MAX_ANCESTORS {
        if node.get_deref(key, document).is_ok() {
            return Some(node);
        }
        node = node.get_deref(b"Parent", document).and_then(Object::as_dict).ok()?;
    }
    None
}

fn too_large(limit: Exceeded) -> Fault {
    (Reason::TooLarge, limit.0.to_owned())
}

fn damaged(detail: &str) -> Fault {
    (Reason::DamagedPdf, detail.to_owned())
}

fn textless(pictures: bool, unread: usize) -> Fault {
    match (unread, pictures) {
        (0, true) => (Reason::ImageOnly, String::new()),
        (0, false) => (Reason::NoText, String::new()),
        (unread, _) => damaged(&format!("{unread} of its pages cannot be read")),
    }
}

fn damaged_page(number: usize, span: Span) -> Problem {
    Problem {
        kind: ProblemKind::DamagedText,
        span,
        message: format!("page {number} of the PDF is damaged; some of its text may be missing"),
    }
}

/// The problem that characters without meaning are, if there are any.
fn damaged_text(text: &str) -> Option<Problem> {
    let first = text.find(char::REPLACEMENT_CHARACTER)?;
    let count = text.chars().filter(|character| *character == char::REPLACEMENT_CHARACTER).count();
    Some(Problem {
        kind: ProblemKind::DamagedText,
        span: Span::new(first, first + char::REPLACEMENT_CHARACTER.len_utf8()),
        message: format!("the PDF does not say which characters {count} of its glyphs are"),
    })
}
