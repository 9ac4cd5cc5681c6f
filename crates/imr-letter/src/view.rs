//! The normalised view of a letter's text, with a byte map back.
//!
//! One pass over the text writes one string in which a hard line wrap is a space, a word split at a line end is
//! whole again, glued sentences ("motivation.The") are apart, mojibake and typographic marks are plain, and
//! page breaks are gone. All readers work on slices of it. What the layout says (blank lines, indentation, page
//! breaks) stays available line by line.

use crate::span::{Slice, Span};

/// The normalised text of one letter.
#[derive(Clone, Debug, Default)]
pub struct View {
    text: String,
    runs: Vec<Run>,
    lines: Vec<Line>,
}

/// A stretch of the view that maps to a stretch of the source.
#[derive(Clone, Copy, Debug)]
struct Run {
    view: usize,
    source: usize,
}

/// One line of the source that has text.
#[derive(Clone, Copy, Debug)]
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

    /// The byte span in the source.
    pub fn span(&self, slice: Slice) -> Span {
        let _ = (&self.runs, slice);
        Span::default()
    }
}

impl Run {
    #[expect(dead_code, reason = "replaced when the map is built")]
    fn end(self) -> usize {
        self.view + self.source
    }
}
