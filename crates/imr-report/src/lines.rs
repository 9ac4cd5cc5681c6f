//! Lines and columns of byte offsets, for the formats that count them: SARIF, annotations, tables.
//!
//! Lines are found by their starts. A column counts characters, so finding it means reading the line up to the place; a
//! letter with one endless line and many findings would cost their product. So every [`STRIDE`] bytes the number of
//! characters before is remembered, and a column costs at most that many bytes to read.

/// Bytes between remembered counts.
const STRIDE: usize = 1024;

/// A text's line starts and character counts.
#[derive(Clone, Debug)]
pub(crate) struct Lines {
    /// Where each line starts.
    starts: Vec<usize>,
    /// Characters that begin before each multiple of [`STRIDE`].
    counts: Vec<usize>,
}

/// A place as people and viewers count it: both from 1, the column in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Position {
    pub(crate) line: usize,
    pub(crate) column: usize,
}

impl Lines {
    pub(crate) fn of(text: &str) -> Self {
        let newlines = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        let starts = std::iter::once(0).chain(newlines.map(|(offset, _)| offset + 1)).collect();
        let mut counts = Vec::with_capacity(text.len() / STRIDE + 1);
        let mut characters = 0;
        for stretch in text.as_bytes().chunks(STRIDE) {
            counts.push(characters);
            characters += begun(stretch);
        }
        Self { starts, counts }
    }

    /// How many lines there are; the empty text has one.
    pub(crate) fn count(&self) -> usize {
        self.starts.len()
    }

    /// The line of a byte offset, from 0.
    pub(crate) fn line(&self, offset: usize) -> usize {
        self.starts.partition_point(|start| *start <= offset).saturating_sub(1)
    }

    /// Where a line starts; `None` behind the last.
    pub(crate) fn start(&self, line: usize) -> Option<usize> {
        self.starts.get(line).copied()
    }

    /// Line and column of a byte offset into `text`, the text that the lines are of.
    pub(crate) fn position(&self, text: &str, offset: usize) -> Position {
        let line = self.line(offset);
        let before = self.characters(text, self.start(line).unwrap_or_default());
        Position { line: line + 1, column: self.characters(text, offset) - before + 1 }
    }

    /// How many characters begin before an offset.
    fn characters(&self, text: &str, offset: usize) -> usize {
        let offset = offset.min(text.len());
        let stretch = offset / STRIDE;
        let known = self.counts.get(stretch).copied().unwrap_or_default();
        known + text.as_bytes().get(stretch * STRIDE..offset).map_or(0, begun)
    }
}

/// How many characters begin in these bytes of a text.
fn begun(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| (**byte & 0xc0) != 0x80).count()
}

#[cfg(test)]
mod tests {
    use super::{Lines, Position};

    #[test]
    fn columns_count_characters_and_lines_line_feeds() {
        let text = "né\r\nzwölf\n\nx";
        let lines = Lines::of(text);
        let at = |words: &str| lines.position(text, text.find(words).unwrap());
        assert_eq!(at("é"), Position { line: 1, column: 2 });
        assert_eq!(at("lf"), Position { line: 2, column: 4 });
        assert_eq!(at("x"), Position { line: 4, column: 1 });
        assert_eq!(lines.position(text, text.len()), Position { line: 4, column: 2 });
        assert_eq!(lines.count(), 4);
    }

    #[test]
    fn far_into_an_endless_line_the_column_is_the_one_that_counting_gives() {
        let text = format!("a\n{}", "é".repeat(5000));
        let lines = Lines::of(&text);
        for offset in [2, 1022, 1024, 1026, 2048, 9002, text.len()] {
            let counted = text.get(2..offset).unwrap().chars().count() + 1;
            assert_eq!(lines.position(&text, offset), Position { line: 2, column: counted });
        }
    }

    #[test]
    fn the_empty_text_has_one_place() {
        assert_eq!(Lines::of("").position("", 0), Position { line: 1, column: 1 });
    }
}
