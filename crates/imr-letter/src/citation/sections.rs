//! What stands after the name of a document: its year, its sections, its pages.

use super::{Line, has_letters, pages};
use crate::document::Citation;
use crate::span::{Located, Slice};
use crate::vocabulary::{CitationWord, Found, Term};

/// The year that `slice` begins with, in brackets or not, and the rest.
pub(crate) fn year(line: &Line<'_>, slice: Slice) -> (Option<u16>, Slice) {
    let words = line.words(slice);
    let start = words.len() - words.trim_start_matches([' ', ',', '(', ':']).len();
    let digits = words.get(start..start + 4).filter(|d| d.bytes().all(|b| b.is_ascii_digit()));
    let ends = !words
        .get(start + 4..)
        .is_some_and(|r| r.starts_with(|c: char| c.is_alphanumeric() || c == '/'));
    match digits.and_then(|d| d.parse::<u16>().ok()) {
        Some(year) if ends && (1990..=2049).contains(&year) => {
            (Some(year), pages::skip(slice, start + 4))
        }
        _ => (None, slice),
    }
}

/// Reads sections and pages from `slice` into the citation.
pub(crate) fn read(line: &Line<'_>, slice: Slice, document: Option<&str>, citation: &mut Citation) {
    let labels = line.scan(slice, |t| *t == Term::Citation(CitationWord::PageLabel));
    let mut start = slice.start;
    for label in labels {
        let after = Slice::new(label.slice.end, slice.end);
        let (found, taken) = pages::read(line.words(after));
        if found.is_empty() || label.slice.start < start {
            continue;
        }
        list(line, Slice::new(start, label.slice.start), document, citation);
        citation.pages.extend(found);
        start = after.start + taken;
    }
    list(line, Slice::new(start.min(slice.end), slice.end), document, citation);
}

/// Splits a list of section names: at known names, else at commas and semicolons outside of brackets.
fn list(line: &Line<'_>, slice: Slice, document: Option<&str>, citation: &mut Citation) {
    let known = known_sections(line, slice, document);
    let numbered = begins_with_number(line, slice);
    let mut at = slice.start;
    while at < slice.end {
        let rest = skip_fillers(line, Slice::new(at, slice.end));
        if rest.is_empty() {
            break;
        }
        let end = piece_end(line.words(rest), numbered).map_or(slice.end, |end| rest.start + end);
        let name = known
            .iter()
            .find(|f| f.slice.start == rest.start && closes(line, f.slice.end, slice.end));
        let piece = match name {
            Some(found) => found.slice,
            None => Slice::new(rest.start, end),
        };
        push(line, piece, citation);
        at = piece.end.max(at + 1);
    }
}

fn known_sections(line: &Line<'_>, slice: Slice, document: Option<&str>) -> Vec<Found<Term>> {
    let entries = &line.vocabulary.entries().guidelines;
    let own = |guideline: usize| entries.get(guideline).map(|entry| entry.id.as_str()) == document;
    line.scan(slice, |term| matches!(term, Term::Section { guideline, .. } if own(*guideline)))
}

/// Whether a known name that ends at `end` is whole: a separator, "and", fillers or nothing follows.
fn closes(line: &Line<'_>, end: usize, limit: usize) -> bool {
    let rest = skip_fillers(line, Slice::new(end, limit));
    let gap = line.words(Slice::new(end, rest.start.min(limit)));
    rest.is_empty()
        || gap.contains([',', ';', '.'])
        || gap.split_whitespace().any(|word| word == "and")
}

/// Moves past white space, punctuation, "and" and fillers.
fn skip_fillers(line: &Line<'_>, slice: Slice) -> Slice {
    let fillers = line.scan(slice, |term| {
        matches!(term, Term::Citation(CitationWord::Filler | CitationWord::SectionLabel))
    });
    let mut slice = slice;
    loop {
        let words = line.words(slice);
        let trimmed = words.trim_start_matches([' ', ',', ';', ':', '.', '-', '/']);
        let next = pages::skip(slice, words.len() - trimmed.len());
        let filler = fillers.iter().find(|f| f.slice.start == next.start);
        slice = match (filler, trimmed.strip_prefix("and ")) {
            (Some(filler), _) => {
                Slice::new(line.close_bracket(filler.slice).min(slice.end), slice.end)
            }
            (None, Some(_)) => pages::skip(next, 4),
            (None, None) => return next,
        };
    }
}

fn begins_with_number(line: &Line<'_>, slice: Slice) -> bool {
    let rest = skip_fillers(line, slice);
    line.words(rest).starts_with(|c: char| c.is_ascii_digit())
}

/// Where the first piece of a list ends. Numbered sections ("3.3.9 ...") hold commas, so only a comma before a
/// number ends one.
fn piece_end(words: &str, numbered: bool) -> Option<usize> {
    let mut depth = 0_i32;
    for (at, c) in words.char_indices() {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth -= 1,
            ',' if numbered && !before_digit(words, at + 1) => {}
            ',' | ';' if depth <= 0 || numbered => return Some(at),
            _ => {}
        }
    }
    None
}

fn before_digit(words: &str, at: usize) -> bool {
    words.get(at..).is_some_and(|rest| rest.trim_start().starts_with(|c: char| c.is_ascii_digit()))
}

/// The piece without fillers at its end: "Opioids section".
fn without_last_filler(line: &Line<'_>, piece: Slice) -> Slice {
    let fillers = line.scan(piece, |term| *term == Term::Citation(CitationWord::Filler));
    match fillers.last() {
        Some(last) if last.slice.end == piece.end && last.slice.start > piece.start => {
            line.trim(Slice::new(piece.start, last.slice.start))
        }
        _ => piece,
    }
}

/// Adds a piece without its brackets and edges.
fn push(line: &Line<'_>, piece: Slice, citation: &mut Citation) {
    let mut piece = line.trim(piece);
    let words = line.words(piece);
    if words.starts_with('(')
        && words.ends_with(')')
        && words.matches('(').count() == words.matches(')').count()
    {
        piece = line.trim(Slice::new(piece.start + 1, piece.end - 1));
    }
    let piece = without_last_filler(line, piece);
    if has_letters(line.words(piece)) && !line.is_filler(piece) {
        citation.sections.push(Located::new(line.words(piece).to_string(), piece));
    }
}
