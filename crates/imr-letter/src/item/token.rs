//! The numbers and counting words of a heading, as tokens.
//!
//! Amounts are written in many ways ("#90", "qty 90", "2x6", "twice a week for three weeks"), but with few words.
//! A heading becomes a short row of tokens once, and each amount is a pattern over that row. Words that count
//! nothing stay in the row as [`Kind::Other`], so that a pattern sees what lies between.

use crate::span::Slice;
use crate::vocabulary::{Counter, HeadingWord, Term, Wording};

/// One token of a heading.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Token {
    pub(crate) kind: Kind,
    pub(crate) slice: Slice,
}

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Kind {
    /// A whole number, in digits or as a word.
    Number(u32),
    /// A number with a fraction.
    Fraction,
    /// A word of counting.
    Counter(Counter),
    /// A dosage form that is counted.
    Unit,
    /// A hyphen between numbers.
    Dash,
    /// A slash.
    Slash,
    /// A comma, colon, semicolon or bracket.
    Break,
    /// Any other word.
    Other,
}

/// The tokens of a place.
pub(crate) fn tokens(wording: Wording<'_>, place: Slice) -> Vec<Token> {
    let (text, base) = (wording.view().slice(place), place.start);
    let words = counting_words(wording, place);
    let mut words = words.into_iter().peekable();
    let mut row: Vec<Token> = Vec::new();
    let mut rest = text.char_indices().peekable();
    while let Some((at, c)) = rest.next() {
        if let Some(word) = words.next_if(|word| word.slice.start == base + at) {
            while rest.next_if(|(next, _)| base + next < word.slice.end).is_some() {}
            row.push(word);
            continue;
        }
        let mut end = at + c.len_utf8();
        let kind = if c.is_ascii_digit() {
            while let Some((next, c)) = rest.next_if(|(next, c)| in_number(text, *next, *c)) {
                end = next + c.len_utf8();
            }
            number(text.get(at..end).unwrap_or_default())
        } else if c.is_alphabetic() {
            let last = words.peek().map_or(usize::MAX, |word| word.slice.start - base);
            while let Some((next, c)) = rest.next_if(|(next, c)| c.is_alphabetic() && *next < last)
            {
                end = next + c.len_utf8();
            }
            Kind::Other
        } else {
            match symbol(c) {
                Some(kind) => kind,
                None => continue,
            }
        };
        row.push(Token { kind, slice: Slice::new(base + at, base + end) });
    }
    row
}

fn counting_words(wording: Wording<'_>, place: Slice) -> Vec<Token> {
    let forms = &wording.vocabulary().entries().forms;
    let is_counted = |at: usize| forms.get(at).is_some_and(|form| form.counted);
    let kind = |term: &Term| match *term {
        Term::Heading(HeadingWord::Number(value)) => Some(Kind::Number(value)),
        Term::Heading(HeadingWord::Counter(counter)) => Some(Kind::Counter(counter)),
        Term::Form(form) if is_counted(form) => Some(Kind::Unit),
        _ => None,
    };
    let found = wording.scan(place, |term| kind(term).is_some());
    let mut words: Vec<Token> = found
        .iter()
        .filter_map(|f| Some(Token { kind: kind(&f.meaning)?, slice: f.slice }))
        .collect();
    words.dedup_by_key(|token| token.slice);
    words
}

/// Whether the character goes on a number: a digit, or a point or comma between digits.
fn in_number(text: &str, at: usize, c: char) -> bool {
    let digit = |at: usize| text.as_bytes().get(at).is_some_and(u8::is_ascii_digit);
    c.is_ascii_digit() || (matches!(c, '.' | ',') && digit(at + 1) && at > 0 && digit(at - 1))
}

fn number(written: &str) -> Kind {
    let digits: String = written.chars().filter(|c| *c != ',').collect();
    digits.parse().map_or(Kind::Fraction, Kind::Number)
}

fn symbol(c: char) -> Option<Kind> {
    match c {
        '-' => Some(Kind::Dash),
        '/' => Some(Kind::Slash),
        ',' | ':' | ';' | '(' | ')' | '[' | ']' => Some(Kind::Break),
        _ => None,
    }
}
