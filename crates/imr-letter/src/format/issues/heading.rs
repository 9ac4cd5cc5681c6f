//! Where a decision's heading begins: the one place in these letters that no label marks.
//!
//! Text above the outcome word is either still the heading or already the end of the rationale before. Blank lines tell
//! it where the text has any that mean something: more of them before the form's labels than between ordinary lines.
//! Across a page break, and where every blank line is gone, the end of a sentence at a line's end tells it, or a line
//! that ended although the next word would still have fitted. The price: a heading that itself ends a line with a
//! full stop is cut there when blank lines are gone; the form's own sentences of that kind ("was the original
//! request.") are known and kept.

use std::collections::BTreeSet;

use crate::span::Slice;
use crate::view::{Line, View};

/// How the lines of the decisions section are set.
pub(super) struct Layout<'v> {
    view: &'v View,
    /// Empty lines between two lines of one paragraph.
    line_gap: usize,
    /// Whether paragraphs stand apart by more than that.
    gapped: bool,
    /// Length of a full line in bytes.
    width: usize,
}

/// The words with which a partly authorized request names what was requested.
const ORIGINAL: &str = "was the original request";

impl<'v> Layout<'v> {
    /// The layout of a region; `labels` are places that surely begin a paragraph.
    pub(super) fn of(view: &'v View, region: Slice, labels: impl Iterator<Item = Slice>) -> Self {
        let first = view.line_at(region.start);
        let lines = view.lines().get(first..).unwrap_or_default();
        let labelled: BTreeSet<usize> = labels.map(|label| view.line_at(label.start)).collect();
        // Lines that surely begin a paragraph say nothing of the gap inside of one; where lines are long they are most.
        let inside = (first..).zip(lines).filter(|(at, _)| !labelled.contains(at));
        let line_gap = median(inside.map(|(_, line)| line.gap));
        let label_lines = labelled.iter().filter_map(|&at| view.lines().get(at));
        let apart = label_lines.filter(|line| line.gap > line_gap).count();
        let width = nearly_longest(lines.iter().map(|line| line.slice.len()));
        Self { view, line_gap, gapped: apart * 2 > labelled.len(), width }
    }

    /// The first byte of the heading that ends at `end`, in the text that begins at `floor`.
    pub(super) fn heading_start(&self, floor: usize, end: usize) -> usize {
        let start = self.paragraph_start(floor, end);
        let heading = self.view.slice(Slice::new(start, end));
        if !heading.contains("original request") || heading.contains(ORIGINAL) {
            return start;
        }
        match self.view.slice(Slice::new(floor, start)).rfind(ORIGINAL) {
            Some(at) => self.paragraph_start(floor, floor + at),
            None => start,
        }
    }

    /// Whether the line that ends at `end` is the last of its paragraph.
    pub(super) fn ends_paragraph(&self, end: usize) -> bool {
        let at = self.view.line_at(end.saturating_sub(1));
        let ends_line = self.line(at).is_some_and(|line| line.slice.end == end);
        ends_line
            && self
                .line(at + 1)
                .is_none_or(|next| !self.gapped || next.gap > self.line_gap || next.page_break)
    }

    fn line(&self, at: usize) -> Option<Line> {
        self.view.lines().get(at).copied()
    }

    fn paragraph_start(&self, floor: usize, end: usize) -> usize {
        let first = self.view.line_at(floor);
        let last = self.view.line_at(end.saturating_sub(1));
        let lines = || (first + 1..=last).rev();
        let by_gap = || lines().find(|&at| self.stands_apart(at));
        let by_sentence = || lines().find(|&at| self.follows_sentence(at));
        let found = if self.gapped { by_gap().or_else(by_sentence) } else { by_sentence() };
        match found.and_then(|at| self.line(at)) {
            Some(line) => line.slice.start,
            None => self.sentence_start(floor, end),
        }
    }

    /// Whether blank lines, or across a page break the words, say that a paragraph begins at this line.
    fn stands_apart(&self, at: usize) -> bool {
        self.line(at).is_some_and(|line| {
            if line.page_break { self.follows_sentence(at) } else { line.gap > self.line_gap }
        })
    }

    /// Whether the line before ended a sentence, or ended although there was room.
    fn follows_sentence(&self, at: usize) -> bool {
        let (Some(before), Some(line)) =
            (at.checked_sub(1).and_then(|at| self.line(at)), self.line(at))
        else {
            return true;
        };
        let first_word = self.view.slice(line.slice).split(' ').next().unwrap_or_default();
        let room = (before.slice.len() + 1 + first_word.len()) * 4 < self.width * 3;
        room || ends_sentence(self.view.slice(before.slice))
    }

    /// Without line ends: behind the last sentence before `end`.
    fn sentence_start(&self, floor: usize, end: usize) -> usize {
        let text = self.view.slice(Slice::new(floor, end));
        let places = text.rmatch_indices(' ').map(|(at, _)| at);
        let found = places.into_iter().find(|&at| text.get(..at).is_some_and(ends_sentence));
        found.map_or(floor, |at| floor + at + 1)
    }
}

fn ends_sentence(words: &str) -> bool {
    words.trim_end_matches(['"', ')', '\'', ']']).ends_with(['.', '?', '!'])
}

fn median(values: impl Iterator<Item = usize>) -> usize {
    let mut values: Vec<usize> = values.collect();
    values.sort_unstable();
    values.get(values.len() / 2).copied().unwrap_or_default()
}

/// The length that nine of ten lines do not exceed.
fn nearly_longest(lengths: impl Iterator<Item = usize>) -> usize {
    let mut lengths: Vec<usize> = lengths.collect();
    lengths.sort_unstable();
    lengths.get(lengths.len() * 9 / 10).copied().unwrap_or_default()
}
