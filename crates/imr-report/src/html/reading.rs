//! A letter's words set for reading: hard-wrapped lines flow again, parts begin on a line of their own.
//!
//! Letters come with hard wraps, and many with an empty line between all lines; on a page of another width that reads
//! badly. The words are those of the view and stay at their bytes: only the space between two lines may become a break,
//! so every slice still finds its words. The breaks are typography and decide nothing.

use std::collections::{BTreeMap, BTreeSet};

use imr_letter::Document;
use imr_letter::document::Decision;
use imr_letter::view::Line;

/// Stands for an empty line in the text while its length must not change; the view has no such character.
const PARAGRAPH: char = '\r';

/// The view's text with breaks, byte for byte as long as the view's.
pub(super) fn set(document: &Document) -> String {
    let view = &document.view;
    let lines = view.lines();
    let usual = usual_gap(lines);
    let full = full_line(lines);
    let parts: BTreeSet<usize> = parts(document).map(|start| view.line_at(start)).collect();
    let mut text = view.text().as_bytes().to_vec();
    for (number, pair) in lines.windows(2).enumerate() {
        let [before, line] = pair else { continue };
        let Some(space) = line.slice.start.checked_sub(1) else { continue };
        if space < before.slice.end || text.get(space) != Some(&b' ') {
            continue;
        }
        let words = |line: &Line| view.slice(line.slice);
        let runs_on = before.slice.len() >= full
            && !words(before).ends_with(['.', ':', '!', '?'])
            && words(line).starts_with(char::is_lowercase);
        let set = if parts.contains(&(number + 1)) {
            b'\r'
        } else if runs_on {
            b' '
        } else if line.gap > usual {
            b'\r'
        } else if before.slice.len() >= full {
            b' '
        } else {
            b'\n'
        };
        if let Some(byte) = text.get_mut(space) {
            *byte = set;
        }
    }
    String::from_utf8(text).unwrap_or_else(|_| view.text().to_owned())
}

/// A stretch of set text as it is shown.
pub(super) fn shown(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            PARAGRAPH => shown.push_str("\n\n"),
            c if super::escape::hidden(c) => shown.push('\u{fffd}'),
            c => shown.push(c),
        }
    }
    shown
}

/// The most frequent number of empty lines between two lines.
fn usual_gap(lines: &[Line]) -> usize {
    let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
    for line in lines {
        *counts.entry(line.gap).or_default() += 1;
    }
    counts
        .into_iter()
        .max_by_key(|(gap, count)| (*count, usize::MAX - gap))
        .map_or(0, |(gap, _)| gap)
}

/// The length from which a line ended because the page did: three quarters of the longest but a few.
fn full_line(lines: &[Line]) -> usize {
    let mut lengths: Vec<usize> = lines.iter().map(|line| line.slice.len()).collect();
    lengths.sort_unstable();
    let long = lengths.get(lengths.len().saturating_sub(1 + lengths.len() / 10));
    long.map_or(0, |long| long * 3 / 4)
}

/// Where the parts of a letter begin.
fn parts(document: &Document) -> impl Iterator<Item = usize> {
    let of = |decision: &Decision| {
        let lines =
            [decision.claims_administrator.slice, decision.reviewer.slice, decision.rationale];
        let starts = lines.into_iter().flatten().map(|slice| slice.start);
        std::iter::once(decision.heading.slice.start).chain(starts).collect::<Vec<_>>()
    };
    let decisions = document.decisions.iter().flat_map(of);
    document.summary.iter().map(|slice| slice.start).chain(decisions)
}

#[cfg(test)]
mod tests {
    use imr_letter::vocabulary::Vocabulary;
    use imr_letter::{Letter, parse};

    use super::{set, shown};

    fn read(text: &str) -> String {
        let document = parse(&Letter::from_text("a", text), &Vocabulary::default());
        let set = set(&document);
        assert_eq!(set.len(), document.view.text().len(), "no byte moves");
        shown(&set)
    }

    #[test]
    fn wrapped_lines_flow_and_short_lines_end() {
        let text = "A TITLE\nThe patient is a man of fifty years who has pain\nin the back and takes Norco for it every day, he\nsays. Last line.\nNext.";
        assert_eq!(
            read(text),
            "A TITLE\nThe patient is a man of fifty years who has pain in the back and takes Norco for it every day, he \
             says. Last line.\nNext."
        );
    }

    #[test]
    fn double_spaced_lines_flow_as_well() {
        let text = "The patient is a man of fifty years who has pain\n\nin the back and takes Norco for it every day, he\n\nsays so.\n\n\n\nA new part begins here.";
        assert_eq!(
            read(text),
            "The patient is a man of fifty years who has pain in the back and takes Norco for it every day, he says \
             so.\n\nA new part begins here."
        );
    }

    #[test]
    fn the_empty_letter_is_empty() {
        assert_eq!(read(""), "");
    }
}
