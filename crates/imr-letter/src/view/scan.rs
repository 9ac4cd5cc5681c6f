//! The scan that writes a view: one pass over the bytes of the text.
//!
//! Runs of ordinary characters are copied whole; white space is gathered and written as one space, or as nothing
//! inside a word that a line end has split; every other character goes through `plain`.

use super::furniture::furniture;
use super::plain::{Plain, plain};
use super::{Line, Run, View};
use crate::span::{Slice, Span};

/// The view of a text.
pub(super) fn scan(text: &str) -> View {
    let mut scan = Scan::new(text);
    let furniture = furniture(text);
    let mut furniture = furniture.iter().peekable();
    let mut at = 0;
    while let Some(&byte) = text.as_bytes().get(at) {
        if let Some(line) = furniture.next_if(|line| line.start <= at) {
            scan.white(at, line.end.max(at));
            at = line.end.max(at);
            continue;
        }
        at = match byte {
            0..=b' ' | 0x7f => scan.white_byte(at, byte),
            0x80.. => scan.beyond_ascii(at),
            _ => scan.word(at),
        };
    }
    scan.finish()
}

/// White space that was read and not yet written.
#[derive(Clone, Copy, Debug, Default)]
struct White {
    start: usize,
    end: usize,
    newlines: usize,
    columns: usize,
    page_break: bool,
    soft_hyphen: bool,
}

struct Scan<'t> {
    source: &'t str,
    view: View,
    line: Line,
    white: White,
}

impl<'t> Scan<'t> {
    fn new(source: &'t str) -> Self {
        let view = View { text: String::with_capacity(source.len()), ..View::default() };
        Self { source, view, line: Line::default(), white: White::default() }
    }

    /// Gathers white space without a line end.
    fn white(&mut self, start: usize, end: usize) {
        if self.white.end != start || self.white.start == self.white.end {
            self.white.start = start;
        }
        self.white.end = end;
    }

    fn white_byte(&mut self, at: usize, byte: u8) -> usize {
        self.white(at, at + 1);
        match byte {
            b'\n' => self.new_line(),
            b'\r' if self.source.as_bytes().get(at + 1) != Some(&b'\n') => self.new_line(),
            b'\x0c' => self.white.page_break = true,
            b'\t' => self.white.columns = (self.white.columns / 8 + 1) * 8,
            _ => self.white.columns += 1,
        }
        at + 1
    }

    fn new_line(&mut self) {
        self.white.newlines += 1;
        self.white.columns = 0;
    }

    /// Copies printable ASCII with single spaces between words up to the next byte that is something else, or up to a glued
    /// sentence. Furniture begins behind a line end, so that none is passed over.
    fn word(&mut self, start: usize) -> usize {
        self.settle(start);
        let bytes = self.source.as_bytes();
        let mut end = start + 1;
        while let Some(&byte) = bytes.get(end) {
            if !byte.is_ascii_graphic() {
                let single = bytes.get(end + 1).is_some_and(u8::is_ascii_graphic);
                if byte == b' ' && single {
                    end += 2;
                    continue;
                }
                break;
            }
            if byte.is_ascii_uppercase() && is_glued(self.source, end) {
                self.copy(start, end);
                self.insert_space(end);
                return end;
            }
            end += 1;
        }
        self.copy(start, end);
        end
    }

    fn beyond_ascii(&mut self, at: usize) -> usize {
        let rest = self.source.get(at..).unwrap_or_default();
        let Some(first) = rest.chars().next() else { return at + 1 };
        let (plain, length) = plain(first, rest);
        let end = at + length;
        match plain {
            Plain::Keep => {
                self.settle(at);
                self.copy(at, end);
            }
            Plain::Text(text) => {
                self.settle(at);
                self.replace(at, end, text);
            }
            Plain::Char(char) => {
                self.settle(at);
                self.replace(at, end, char.encode_utf8(&mut [0; 4]));
            }
            Plain::Space => {
                self.white(at, end);
                self.white.columns += 1;
            }
            Plain::Damaged => {
                self.view.damaged.push(Span::new(at, end));
                self.white(at, end);
            }
            Plain::Nothing => {}
            Plain::SoftHyphen => self.white.soft_hyphen = true,
        }
        end
    }

    /// Writes the gathered white space: it ends a line, or joins two words, or vanishes.
    fn settle(&mut self, next: usize) {
        let white = std::mem::take(&mut self.white);
        if self.view.text.is_empty() {
            self.line = Line {
                indent: white.columns,
                gap: white.newlines,
                page_break: white.page_break,
                ..Line::default()
            };
            return;
        }
        if white.start == white.end {
            return;
        }
        let breaks = white.newlines > 0 || white.page_break;
        if breaks {
            self.end_line();
        }
        if !(breaks && (white.soft_hyphen || self.is_split_word(next))) {
            self.write_space(white, breaks);
        }
        if breaks {
            let start = self.view.text.len();
            let gap = white.newlines.saturating_sub(1);
            self.line = Line {
                slice: Slice::new(start, start),
                indent: white.columns,
                gap,
                page_break: white.page_break,
            };
        }
    }

    fn write_space(&mut self, white: White, breaks: bool) {
        let single =
            white.end - white.start == 1 && self.source.as_bytes().get(white.start) == Some(&b' ');
        if single {
            self.copy(white.start, white.end);
            return;
        }
        if !breaks && !self.view.text.ends_with(['.', '?', '!', ':', '"', ')']) {
            self.view.holes.push(self.view.text.len());
        }
        self.replace(white.start, white.end, " ");
    }

    /// Whether the line ends inside a hyphenated word that goes on at `next`: "non-" / "malignant", but not
    /// "pre-" / "and post-operative".
    fn is_split_word(&self, next: usize) -> bool {
        let Some(stem) = self.view.text.strip_suffix('-') else { return false };
        let rest = self.source.get(next..).unwrap_or_default();
        let word = rest.split(|char: char| !char.is_alphanumeric()).next().unwrap_or_default();
        stem.ends_with(char::is_alphanumeric)
            && !word.is_empty()
            && !["and", "or", "to"].contains(&word)
    }

    /// Writes source bytes as they are.
    fn copy(&mut self, start: usize, end: usize) {
        let Some(words) = self.source.get(start..end) else { return };
        match self.view.runs.last_mut() {
            Some(run) if run.verbatim && run.source.end == start => run.source.end = end,
            _ => self.view.runs.push(Run {
                view: self.view.text.len(),
                source: Span::new(start, end),
                verbatim: true,
            }),
        }
        self.view.text.push_str(words);
    }

    /// Writes `text` in place of source bytes.
    fn replace(&mut self, start: usize, end: usize, text: &str) {
        self.view.runs.push(Run {
            view: self.view.text.len(),
            source: Span::new(start, end),
            verbatim: false,
        });
        self.view.text.push_str(text);
    }

    fn insert_space(&mut self, at: usize) {
        self.replace(at, at, " ");
    }

    fn end_line(&mut self) {
        self.line.slice.end = self.view.text.len();
        if !self.line.slice.is_empty() {
            self.view.lines.push(self.line);
        }
    }

    fn finish(mut self) -> View {
        self.end_line();
        self.view
    }
}

/// Whether a sentence begins at `at` without a space after the one before: "motivation.The", "appropriate.)The".
/// Two lower-case letters, a digit or a bracket must stand before the stop, so that "Ph.D", "e.g.A" and initials
/// stay whole, and a letter must follow.
fn is_glued(source: &str, at: usize) -> bool {
    let bytes = source.as_bytes();
    let before =
        |back: usize| at.checked_sub(back).and_then(|at| bytes.get(at)).copied().unwrap_or(b' ');
    if !bytes.get(at + 1).is_some_and(u8::is_ascii_alphabetic) {
        return false;
    }
    let stop = match before(1) {
        b'.' | b'?' | b'!' => 1,
        b')' | b'"' | b']' | b'\'' if matches!(before(2), b'.' | b'?' | b'!') => 2,
        _ => return false,
    };
    let (last, last_but_one) = (before(stop + 1), before(stop + 2));
    last.is_ascii_digit()
        || matches!(last, b')' | b']' | b'"' | b'%')
        || last.is_ascii_lowercase() && last_but_one.is_ascii_lowercase()
}
