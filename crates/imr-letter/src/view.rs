//! The normalised view of a letter's text, with a byte map back.
//!
//! One pass over the text writes one string in which a hard line wrap is a space, a word split at a line end is
//! whole again, glued sentences ("motivation.The") are apart, mojibake and typographic marks are plain, and
//! page breaks and running heads are gone. All readers work on slices of it. What the layout says (blank lines,
//! indentation, page breaks, redaction holes) stays available beside the text.
//!
//! The decision: one string and one map, made before anything is recognised, so that no reader has to know about
//! wraps and no two readers can disagree about them. The map is a list of runs found by binary search; a letter of
//! ordinary text needs two or three runs a line. Its price: a repair that is wrong is wrong for every reader, hence
//! the repairs are few and each is plain to see in `scan` and `plain`.

mod furniture;
mod plain;
mod scan;

use crate::span::{Slice, Span};
use serde::{Deserialize, Serialize};

/// The normalised text of one letter.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct View {
    text: String,
    runs: Vec<Run>,
    lines: Vec<Line>,
    holes: Vec<usize>,
    damaged: Vec<Span>,
}

/// A stretch of the view that maps to a stretch of the source.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
struct Run {
    /// First byte in the view; the run ends where the next begins.
    view: usize,
    /// Its stretch of the source.
    source: Span,
    /// Whether the view holds the source's own bytes; else the whole run stands for the whole stretch.
    verbatim: bool,
}

/// One line of the source that has text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// The line's words in the view, without the joining space.
    pub slice: Slice,
    /// Columns of white space before its first word.
    pub indent: usize,
    /// Empty lines between it and the line before.
    pub gap: usize,
    /// Whether a page break lies between it and the line before.
    pub page_break: bool,
}

impl View {
    /// Normalises a text. Linear in its length; never fails.
    pub fn of(text: &str) -> Self {
        scan::scan(text)
    }

    /// The normalised text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The lines of the source that have text, in order.
    pub fn lines(&self) -> &[Line] {
        &self.lines
    }

    /// The normalised words at a slice; empty when the slice does not lie on character boundaries of the view.
    pub fn slice(&self, slice: Slice) -> &str {
        self.text.get(slice.start..slice.end).unwrap_or_default()
    }

    /// The whole text as a slice.
    pub fn whole(&self) -> Slice {
        Slice::new(0, self.text.len())
    }

    /// The byte span in the source. An empty slice gives an empty span at its place.
    pub fn span(&self, slice: Slice) -> Span {
        let start = self.source_start(slice.start);
        if slice.is_empty() {
            return Span::new(start, start);
        }
        Span::new(start, self.source_end(slice.end).max(start))
    }

    /// Places in the view where words were blacked out: the single space that stands for two or more inside a
    /// sentence ("On 7/15/2014,  noted"). In ascending order. Such a space is no boundary.
    pub fn holes(&self) -> &[usize] {
        &self.holes
    }

    /// Whether the space at this byte of the view is a redaction hole.
    pub fn is_hole(&self, at: usize) -> bool {
        self.holes.binary_search(&at).is_ok()
    }

    /// Stretches of the source whose characters the extraction lost or damaged beyond repair.
    pub fn damaged(&self) -> &[Span] {
        &self.damaged
    }

    /// The slice without white space at either end.
    pub fn trim(&self, slice: Slice) -> Slice {
        let words = self.slice(slice);
        let start = slice.start + (words.len() - words.trim_start().len());
        Slice::new(start, start + words.trim().len())
    }

    /// The index of the line that holds this byte of the view, or of the last line before it.
    pub fn line_at(&self, at: usize) -> usize {
        self.lines.partition_point(|line| line.slice.start <= at).saturating_sub(1)
    }

    fn run_at(&self, at: usize) -> Option<Run> {
        let next = self.runs.partition_point(|run| run.view <= at);
        self.runs.get(next.checked_sub(1)?).copied()
    }

    fn source_start(&self, at: usize) -> usize {
        self.run_at(at).map_or(0, |run| {
            let offset = if run.verbatim { at - run.view } else { 0 };
            (run.source.start + offset).min(run.source.end)
        })
    }

    fn source_end(&self, end: usize) -> usize {
        self.run_at(end.saturating_sub(1)).map_or(0, |run| {
            let offset = if run.verbatim { end - run.view } else { usize::MAX };
            run.source.start.saturating_add(offset).min(run.source.end)
        })
    }
}

#[cfg(test)]
mod tests;
