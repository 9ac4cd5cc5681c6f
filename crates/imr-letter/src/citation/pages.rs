//! Page numbers: "44, 47, 75-79, 120", "9; 48; 101-102", "46 and 47".

use crate::span::Slice;

/// The page ranges that `text` begins with, and how many bytes they take.
pub(crate) fn read(text: &str) -> (Vec<(u16, u16)>, usize) {
    let mut pages = Vec::new();
    let mut end = 0;
    let mut at = separators(text, 0);
    while let Some((first, next)) = number(text, at) {
        let dash = text.get(next..).unwrap_or_default();
        let gap = dash.len() - dash.trim_start().len();
        let last = dash.trim_start().strip_prefix('-').and_then(|rest| {
            let space = rest.len() - rest.trim_start().len();
            number(text, next + gap + 1 + space)
        });
        let (last, next) = last.unwrap_or((first, next));
        // "101-2" is 101 to 102; a range that runs backwards is its first page.
        pages.push((first, if last < first { first } else { last }));
        end = next;
        at = separators(text, next);
    }
    (pages, end)
}

fn separators(text: &str, at: usize) -> usize {
    let rest = text.get(at..).unwrap_or_default();
    let mut kept = rest.trim_start_matches([' ', ',', ';', ':', '&', '.']);
    if let Some(after) = kept.strip_prefix("and ") {
        kept = after.trim_start();
    }
    at + (rest.len() - kept.len())
}

fn number(text: &str, at: usize) -> Option<(u16, usize)> {
    let rest = text.get(at..)?;
    let length = rest.bytes().take_while(u8::is_ascii_digit).count();
    let written = rest.get(..length)?;
    let follows = rest.get(length..).and_then(|r| r.chars().next());
    if follows.is_some_and(|c| c.is_alphabetic() || c == '/') {
        return None;
    }
    Some((written.parse().ok()?, at + length))
}

/// Moves a slice's start forward by `bytes`.
pub(crate) fn skip(slice: Slice, bytes: usize) -> Slice {
    Slice::new((slice.start + bytes).min(slice.end), slice.end)
}
