//! The guideline lines: what each side says it based its decision on.
//!
//! A line is one or more statements. Each either says that nothing was cited, or opens a list of citations; a
//! citation begins where a body of guidance or a document of the guideline map is named and runs to the next. What
//! stands after the name are its year, its sections and its pages. A name that the map does not know is kept as
//! written, with no document: a journal article is a citation too. The price of reading without a grammar is that
//! an unknown name which contains a known one is read as the known one.

mod pages;
mod parts;
mod sections;

use crate::document::{Citation, CitationLine, StatedAbsence};
use crate::span::Slice;
use crate::vocabulary::{CitationWord, Found, Term, Vocabulary, Wording};

/// The longest line that is read, in bytes; the rest of a longer one is left unread. The longest known has 700.
const LONGEST_LINE: usize = 4096;

/// The line at `line`, structured.
pub fn read(wording: Wording<'_>, line: Option<Slice>) -> CitationLine {
    line.map(|line| read_line(wording, line)).unwrap_or_default()
}

fn read_line(wording: Wording<'_>, slice: Slice) -> CitationLine {
    let text = wording.view().slice(slice);
    let (text, rest) = text.split_at(text.floor_char_boundary(LONGEST_LINE));
    let line = Line { wording, text, base: slice.start, vocabulary: wording.vocabulary() };
    let mut read = CitationLine { slice: Some(slice), ..CitationLine::default() };
    if !rest.is_empty() {
        read.unread.push(Slice::new(slice.end - rest.len(), slice.end));
    }
    for statement in line.statements() {
        match statement.kind {
            Statement::None => read.absence = read.absence.or(Some(StatedAbsence::NoneCited)),
            Statement::Outside => read.absence = read.absence.or(Some(StatedAbsence::OutsideMtus)),
            Statement::Body(context) => parts::read(&line, statement.slice, context, &mut read),
        }
    }
    read
}

/// A guideline line while it is read.
#[derive(Clone, Copy)]
pub(crate) struct Line<'v> {
    wording: Wording<'v>,
    pub(crate) text: &'v str,
    pub(crate) base: usize,
    pub(crate) vocabulary: &'v Vocabulary,
}

/// What a list of citations may name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Context {
    /// Documents of the MTUS.
    Mtus,
    /// Anything else.
    Other,
    /// Not said.
    Open,
}

enum Statement {
    None,
    Outside,
    Body(Context),
}

struct Placed {
    kind: Statement,
    slice: Slice,
}

impl<'v> Line<'v> {
    /// The words at a slice.
    pub(crate) fn words(&self, slice: Slice) -> &'v str {
        let start = slice.start.saturating_sub(self.base);
        self.text.get(start..slice.end.saturating_sub(self.base)).unwrap_or_default()
    }

    /// The words of the wanted kinds inside a slice.
    pub(crate) fn scan(&self, slice: Slice, wanted: impl Fn(&Term) -> bool) -> Vec<Found<Term>> {
        // A slice that leaves the line holds no words.
        if self.words(slice).is_empty() { Vec::new() } else { self.wording.scan(slice, wanted) }
    }

    /// The slice without white space and punctuation at its edges.
    pub(crate) fn trim(&self, slice: Slice) -> Slice {
        let words = self.words(slice);
        let edge = |c: char| c.is_whitespace() || matches!(c, ',' | ';' | ':' | '.' | '-' | '/');
        let start = slice.start + (words.len() - words.trim_start_matches(edge).len());
        let end = slice.end - (words.len() - words.trim_end_matches(edge).len());
        Slice::new(start, end.max(start))
    }

    /// Whether the slice holds nothing but fillers and punctuation.
    pub(crate) fn is_filler(&self, slice: Slice) -> bool {
        let mut at = slice.start;
        for filler in self.scan(slice, |term| *term == Term::Citation(CitationWord::Filler)) {
            if filler.slice.start < at {
                continue;
            }
            if has_letters(self.words(Slice::new(at, filler.slice.start))) {
                return false;
            }
            at = self.close_bracket(filler.slice).min(slice.end);
        }
        !has_letters(self.words(Slice::new(at, slice.end)))
    }

    /// The end of a filler; one that opens a bracket, such as "(updated", takes all that the bracket holds.
    pub(crate) fn close_bracket(&self, filler: Slice) -> usize {
        let words = self.words(filler);
        if !words.starts_with('(') || words.ends_with(')') {
            return filler.end;
        }
        let rest = self.text.get(filler.end.saturating_sub(self.base)..).unwrap_or_default();
        rest.find(')').map_or(filler.end, |at| filler.end + at + 1)
    }

    /// The name with the bracket that closes one it opens: "Official Disability Guidelines (ODG)".
    pub(crate) fn close_name(&self, name: Slice) -> Slice {
        let words = self.words(name);
        let open = words.matches('(').count() > words.matches(')').count();
        let next = self.words(Slice::new(name.end, name.end + 1));
        if open && next == ")" { Slice::new(name.start, name.end + 1) } else { name }
    }

    fn statements(&self) -> Vec<Placed> {
        use CitationWord::{NoneCited, Opener, OtherOpener, OutsideMtus};
        let whole = Slice::new(self.base, self.base + self.text.len());
        let opens = |term: &Term| {
            matches!(term, Term::Citation(NoneCited | OutsideMtus | Opener | OtherOpener))
        };
        let mut placed = Vec::new();
        let mut body: (Context, usize) = (Context::Open, whole.start);
        for found in self.scan(whole, opens) {
            self.push_body(&mut placed, body.0, Slice::new(body.1, found.slice.start));
            let next = match found.meaning {
                Term::Citation(NoneCited) => {
                    placed.push(Placed { kind: Statement::None, slice: found.slice });
                    Context::Open
                }
                Term::Citation(OutsideMtus) => {
                    placed.push(Placed { kind: Statement::Outside, slice: found.slice });
                    Context::Open
                }
                Term::Citation(Opener) => Context::Mtus,
                _ => Context::Other,
            };
            body = (next, found.slice.end);
        }
        self.push_body(&mut placed, body.0, Slice::new(body.1, whole.end));
        placed
    }

    /// Adds a list of citations, unless nothing was opened and nothing but fillers stands there.
    fn push_body(&self, placed: &mut Vec<Placed>, context: Context, slice: Slice) {
        if context == Context::Mtus || !self.is_filler(slice) {
            placed.push(Placed { kind: Statement::Body(context), slice });
        }
    }
}

/// Whether a text has a letter or digit.
pub(crate) fn has_letters(text: &str) -> bool {
    text.chars().any(char::is_alphanumeric)
}

/// A citation with nothing but its place and name.
pub(crate) fn named(slice: Slice, source: Option<String>, written: &str) -> Citation {
    Citation {
        slice,
        source,
        document: None,
        written: written.to_string(),
        year: None,
        sections: Vec::new(),
        pages: Vec::new(),
        misspelt: false,
    }
}
