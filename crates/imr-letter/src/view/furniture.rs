//! Running heads and feet: lines that a page carries and that are no part of the letter.
//!
//! They stand inside sentences wherever a page ends, so they have to go before anything is read. A line goes when it
//! says nothing but "Page N of M", or when it stands at the same edge of more than half of the pages with no
//! difference but its digits. A line that ends like a sentence never goes: "medically necessary." may well end two
//! pages.

use std::collections::BTreeMap;

use crate::span::Span;

/// The lines of the text that are running heads or feet, in ascending order.
pub(super) fn furniture(text: &str) -> Vec<Span> {
    let mut found: Vec<Span> = numbered_pages(text).collect();
    if text.contains('\x0c') {
        found.extend(repeated_edges(text));
    }
    found.sort_unstable();
    found.dedup();
    found
}

/// Lines that say "Page 3 of 5".
fn numbered_pages(text: &str) -> impl Iterator<Item = Span> + '_ {
    lines(text, 0).filter(|(_, line)| is_page_number(line)).map(|(span, _)| span)
}

fn is_page_number(line: &str) -> bool {
    let mut words = line.split_ascii_whitespace();
    let mut is = |test: fn(&str) -> bool| words.next().is_some_and(test);
    is(|word| word.eq_ignore_ascii_case("page"))
        && is(is_number)
        && is(|word| word == "of")
        && is(is_number)
        && words.next().is_none()
}

fn is_number(word: &str) -> bool {
    word.bytes().all(|byte| byte.is_ascii_digit())
}

/// Running heads are looked for on this many pages; a letter has fewer than thirty.
const MOST_PAGES: usize = 1000;

/// First and last lines that more than half of the pages share.
fn repeated_edges(text: &str) -> Vec<Span> {
    let pages: Vec<(usize, &str)> =
        pages(text).filter(|(_, page)| !page.trim().is_empty()).take(MOST_PAGES).collect();
    let mut found = Vec::new();
    for edge in [first_line, last_line] {
        let mut seen: BTreeMap<String, Vec<Span>> = BTreeMap::new();
        for &(start, page) in &pages {
            if let Some((span, line)) = edge(page, start).filter(|(_, line)| may_be_running(line)) {
                seen.entry(without_digits(line)).or_default().push(span);
            }
        }
        let shared =
            seen.into_values().filter(|spans| spans.len() > 1 && spans.len() * 2 > pages.len());
        found.extend(shared.flatten());
    }
    found
}

/// The longest running head that is believed, in bytes.
const LONGEST: usize = 120;

fn may_be_running(line: &str) -> bool {
    line.len() <= LONGEST
        && line.bytes().any(|byte| byte.is_ascii_digit())
        && !line.ends_with(['.', '?', '!', ':', ',', ';'])
}

fn without_digits(line: &str) -> String {
    line.chars().map(|char| if char.is_ascii_digit() { '#' } else { char }).collect()
}

fn first_line(page: &str, start: usize) -> Option<(Span, &str)> {
    lines(page, start).find(|(_, line)| !line.is_empty())
}

fn last_line(page: &str, start: usize) -> Option<(Span, &str)> {
    let trimmed = page.trim_end();
    let at = trimmed.rfind('\n').map_or(0, |newline| newline + 1);
    lines(trimmed.get(at..)?, start + at).next()
}

fn pages(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut start = 0;
    text.split('\x0c').map(move |page| {
        let at = start;
        start += page.len() + 1;
        (at, page)
    })
}

/// Lines without white space at either end, with their spans.
fn lines(text: &str, offset: usize) -> impl Iterator<Item = (Span, &str)> {
    let (mut rest, mut start) = (Some(text), offset);
    std::iter::from_fn(move || {
        let text = rest?;
        let end = text.bytes().position(|byte| matches!(byte, b'\n' | b'\x0c'));
        let line = end.map_or(text, |end| text.get(..end).unwrap_or_default());
        rest = end.and_then(|end| text.get(end + 1..));
        let words = line.trim_start();
        let at = start + (line.len() - words.len());
        start += line.len() + 1;
        let words = words.trim_end();
        Some((Span::new(at, at + words.len()), words))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn removed(text: &str) -> Vec<&str> {
        furniture(text).into_iter().map(|span| text.get(span.start..span.end).unwrap()).collect()
    }

    #[test]
    fn a_page_number_line_goes_anywhere() {
        assert_eq!(removed("one\n  Page 2 of 4 \ntwo"), ["Page 2 of 4"]);
        assert!(removed("Page 78 of the guideline\nPage(s) 78").is_empty());
    }

    #[test]
    fn a_foot_that_most_pages_share_goes() {
        let text =
            "one\nFinal letter for case 77 1\n\x0ctwo\nFinal letter for case 77 2\n\x0cthree\n";
        assert_eq!(removed(text), ["Final letter for case 77 1", "Final letter for case 77 2"]);
    }

    #[test]
    fn a_sentence_that_ends_two_pages_stays() {
        assert!(
            removed("a\n#90 is not medically necessary.\n\x0cb\n#60 is not medically necessary.\n")
                .is_empty()
        );
    }
}
