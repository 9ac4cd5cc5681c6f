//! Excerpts of a text with words underlined, drawn by miette.
//!
//! miette finds the lines of a span by reading the source from its first byte, for every span: slow on a long letter
//! with many findings. [`Source`] knows its line starts, so an excerpt costs the lines that it shows. It also takes
//! out what a hostile letter could do to a terminal (control and direction characters) and shows only the
//! neighbourhood of a span in an endless line; both keep every byte in its place.

use std::fmt;

use miette::{
    Diagnostic, LabeledSpan, MietteError, MietteSpanContents, Severity, SourceCode, SourceSpan,
    SpanContents,
};

use crate::lines::Lines;

/// Bytes shown before and after a span whose line does not end sooner.
const WINDOW: usize = 160;

/// Lines of a label that are underlined; of a longer one the first line is, with a note where it ends.
const LABEL_LINES: usize = 4;

/// A named text whose lines can be found quickly.
#[derive(Clone, Debug)]
pub(crate) struct Source {
    name: String,
    text: String,
    lines: Lines,
}

impl Source {
    /// A source that is safe to print.
    pub(crate) fn new(name: &str, text: &str) -> Self {
        let text = printable(text);
        let lines = Lines::of(&text);
        Self { name: name.to_owned(), text, lines }
    }

    /// The line of a byte offset, from 0.
    pub(crate) fn line(&self, offset: usize) -> usize {
        self.lines.line(offset)
    }

    fn start(&self, line: usize) -> usize {
        self.lines.start(line).unwrap_or(self.text.len())
    }

    /// Where a line's text ends, without its line break.
    fn end(&self, line: usize) -> usize {
        let next = self.start(line + 1);
        let body = self.text.get(self.start(line)..next).unwrap_or_default();
        next - (body.len() - body.trim_end_matches(['\n', '\r']).len())
    }

    /// The labels that underline `start..end` line by line, with the note at the last line.
    pub(crate) fn labels(&self, start: usize, end: usize, note: &str) -> Vec<LabeledSpan> {
        let (first, last) = (self.line(start), self.line(end.saturating_sub(1).max(start)));
        let mut words: Vec<(usize, usize)> = Vec::new();
        let mut cut = false;
        for line in first..=last {
            let from = self.start(line).max(start);
            let text = self.text.get(from..self.end(line).min(end)).unwrap_or_default();
            let from = from + (text.len() - text.trim_start().len());
            if text.trim().is_empty() {
                continue;
            }
            cut = words.len() == LABEL_LINES;
            if cut {
                break;
            }
            words.push((from, text.trim().len()));
        }
        if cut {
            // A whole section was searched: its first line stands for it.
            words.truncate(1);
        }
        let note =
            if cut { format!("{note} (through line {})", last + 1) } else { note.to_owned() };
        let Some((offset, length)) = words.pop() else {
            return vec![LabeledSpan::new(Some(note), start.min(self.text.len()), 0)];
        };
        let mut labels: Vec<LabeledSpan> = words
            .into_iter()
            .map(|(offset, length)| LabeledSpan::new(None, offset, length))
            .collect();
        labels.push(LabeledSpan::new(Some(note), offset, length));
        labels
    }
}

/// The text with spaces, as many as bytes, in the place of characters that would steer a terminal.
pub(crate) fn printable(text: &str) -> String {
    text.chars().flat_map(|character| {
        let direction =
            matches!(character, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
        let steers = direction || (character.is_control() && !matches!(character, '\n' | '\r' | '\t'));
        let (shown, times) = if steers { (' ', character.len_utf8()) } else { (character, 1) };
        std::iter::repeat_n(shown, times)
    }).collect()
}

impl SourceCode for Source {
    fn read_span<'a>(
        &'a self,
        span: &SourceSpan,
        before: usize,
        after: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let (start, end) = (span.offset(), span.offset() + span.len());
        if end > self.text.len() {
            return Err(MietteError::OutOfBounds);
        }
        let first = self.line(start).saturating_sub(before);
        let last = (self.line(end.saturating_sub(1).max(start)) + after)
            .min(self.lines.count().saturating_sub(1));
        // miette asks without context to learn the column of a span, with context to draw its lines.
        let near = if before == 0 { start } else { start.saturating_sub(WINDOW * (before + 1)) };
        let from = self.text.floor_char_boundary(self.start(first).max(near));
        let to = self.text.ceil_char_boundary(self.end(last).min(end + WINDOW * (after + 1)));
        let data = self.text.get(from..to).ok_or(MietteError::OutOfBounds)?;
        let line = self.line(from);
        let contents = MietteSpanContents::new_named(
            self.name.clone(),
            data.as_bytes(),
            (from, to - from).into(),
            line,
            from - self.start(line),
            last - line + 1,
        );
        Ok(Box::new(contents))
    }
}

/// A message with underlined words: what miette draws.
#[derive(Debug)]
pub(crate) struct Excerpt<'a> {
    /// The line above the message.
    pub(crate) code: Option<String>,
    /// The message.
    pub(crate) message: String,
    /// What decides the colour.
    pub(crate) severity: Severity,
    /// What would help, below the excerpt.
    pub(crate) help: Option<String>,
    /// The text that the labels point into.
    pub(crate) source: Option<&'a Source>,
    /// The underlined words.
    pub(crate) labels: Vec<LabeledSpan>,
    /// Excerpts of other texts that belong to this one.
    pub(crate) beside: Vec<Excerpt<'a>>,
}

impl fmt::Display for Excerpt<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&printable(&self.message))
    }
}

impl std::error::Error for Excerpt<'_> {}

impl Diagnostic for Excerpt<'_> {
    fn code<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        self.code.as_ref().map(|code| Box::new(code) as Box<dyn fmt::Display>)
    }

    fn severity(&self) -> Option<Severity> {
        Some(self.severity)
    }

    fn help<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        self.help.as_ref().map(|help| Box::new(help) as Box<dyn fmt::Display>)
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        self.source.map(|source| source as &dyn SourceCode)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        Some(Box::new(self.labels.iter().cloned()))
    }

    fn related<'a>(&'a self) -> Option<Box<dyn Iterator<Item = &'a dyn Diagnostic> + 'a>> {
        if self.beside.is_empty() {
            return None;
        }
        Some(Box::new(self.beside.iter().map(|excerpt| excerpt as &dyn Diagnostic)))
    }
}

#[cfg(test)]
mod tests {
    use miette::SourceCode;

    use super::Source;

    fn shown(source: &Source, start: usize, end: usize, context: usize) -> (String, usize, usize) {
        let contents = source.read_span(&(start, end - start).into(), context, context).unwrap();
        (String::from_utf8(contents.data().to_vec()).unwrap(), contents.line(), contents.column())
    }

    #[test]
    fn an_excerpt_is_the_line_of_its_span_with_its_neighbours() {
        let source = Source::new("a", "zero\none\ntwo three\nfour\nfive\n");
        assert_eq!(shown(&source, 13, 18, 1), ("one\ntwo three\nfour".to_owned(), 1, 0));
    }

    #[test]
    fn without_context_the_place_of_the_span_itself_is_told() {
        let source = Source::new("a", "zero\none\ntwo three\nfour\n");
        assert_eq!(shown(&source, 13, 18, 0), ("three".to_owned(), 2, 4));
    }

    #[test]
    fn an_endless_line_is_shown_around_the_span_only() {
        let source = Source::new("a", &"é".repeat(1_000_000));
        let (text, line, _) = shown(&source, 1_000_000, 1_000_004, 1);
        assert!(text.len() < 1000, "{}", text.len());
        assert_eq!(line, 0);
    }

    #[test]
    fn characters_that_steer_a_terminal_become_spaces_and_no_byte_moves() {
        let source = Source::new("a", "a\u{1b}[31mb\u{202e}c");
        assert_eq!(source.text, "a [31mb   c");
    }

    #[test]
    fn words_over_a_line_break_are_underlined_line_by_line() {
        let source = Source::new("a", "no docu-\n\nmentation of gain");
        let labels = source.labels(0, 22, "here");
        assert_eq!(
            labels.iter().map(|label| (label.offset(), label.len())).collect::<Vec<_>>(),
            [(0, 8), (10, 12)]
        );
        assert_eq!(labels.last().unwrap().label(), Some("here"));
    }

    #[test]
    fn a_label_over_a_whole_section_is_cut_and_says_where_it_ends() {
        let source = Source::new("a", &"words\n".repeat(30));
        let labels = source.labels(0, 180, "searched");
        assert_eq!(labels.len(), 1);
        assert_eq!(labels.last().unwrap().label(), Some("searched (through line 30)"));
    }

    #[test]
    fn the_empty_text_has_one_line() {
        let source = Source::new("a", "");
        assert_eq!(shown(&source, 0, 0, 1), (String::new(), 0, 0));
        assert_eq!(source.labels(0, 0, "nothing").len(), 1);
    }
}
