//! What a rationale itself concludes, and the sentence that concludes it.
//!
//! A conclusion is a clause in which a word of necessity or approval is said of the request, with or without a
//! negator. It is found by putting those words together, not by listing sentences: of all such clauses that are
//! neither a condition ("is medically necessary when ...") nor somebody else's decision, the last of the strongest
//! kind counts, so that a stock paragraph after the conclusion and a recited guideline before it change nothing.
//! The price is that a rationale which decides two requests in turn is read by its last.

use crate::document::{Conclusion, Necessity};
use crate::span::Slice;
use crate::view::View;
use crate::vocabulary::{ConclusionWord, Found, Term, Vocabulary};

/// How far before a word of necessity a negator still belongs to it, in bytes, when no subject stands between.
const REACH: usize = 60;

/// What the rationale at `rationale` concludes.
pub fn read(
    view: &View,
    heading: Slice,
    rationale: Option<Slice>,
    vocabulary: &Vocabulary,
) -> Conclusion {
    let absent = Conclusion { value: Necessity::Absent, slice: None };
    let _ = heading;
    rationale.map_or(absent, |slice| read_text(view.slice(slice), slice.start, vocabulary))
}

/// What the rationale `text`, whose first byte stands at `base`, concludes.
pub fn read_text(text: &str, base: usize, vocabulary: &Vocabulary) -> Conclusion {
    let words = vocabulary.scan(text, 0, |term| matches!(term, Term::Conclusion(_)));
    let mut best: Option<(Weight, Necessity, Slice)> = None;
    let mut rest = words.as_slice();
    for sentence in sentences(text) {
        let inside = rest.iter().take_while(|word| word.slice.start < sentence.end).count();
        let (own, later) = rest.split_at_checked(inside).unwrap_or((rest, &[]));
        rest = later;
        for (weight, value) in conclusions(text, sentence, own) {
            if best.as_ref().is_none_or(|(known, ..)| weight >= *known) {
                best =
                    Some((weight, value, Slice::new(base + sentence.start, base + sentence.end)));
            }
        }
    }
    match best {
        Some((_, value, slice)) => Conclusion { value, slice: Some(slice) },
        None => Conclusion { value: Necessity::Absent, slice: None },
    }
}

/// How surely a clause is a conclusion about the request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Weight {
    /// A word of approval or refusal said of the request.
    Approved,
    /// A word of necessity, of whatever is spoken of.
    Bare,
    /// A word of necessity said of the request, or announced as a conclusion.
    Said,
}

/// The conclusions that one sentence draws, in order.
fn conclusions(text: &str, sentence: Slice, words: &[Found<Term>]) -> Vec<(Weight, Necessity)> {
    words.iter().enumerate().filter_map(|(at, _)| conclusion(text, sentence, words, at)).collect()
}

fn conclusion(
    text: &str,
    sentence: Slice,
    words: &[Found<Term>],
    at: usize,
) -> Option<(Weight, Necessity)> {
    use ConclusionWord::{
        Announcer, Approval, Condition, Necessity as Needed, Refusal, Reported, Subject,
    };
    let word = words.get(at)?;
    let meaning = said(word)?;
    if !matches!(meaning, Needed | Approval | Refusal) {
        return None;
    }
    let before = words.get(..at)?;
    let clause = clause_start(text, sentence, word.slice.start);
    let has = |kind: ConclusionWord, from: usize| {
        before.iter().any(|w| said(w) == Some(kind) && w.slice.start >= from)
    };
    if has(Condition, clause) || has(Reported, sentence.start) {
        return None;
    }
    let turned = negated(before, clause, word.slice.start);
    let condition_follows = words.get(at + 1).is_some_and(|next| {
        said(next) == Some(Condition) && next.slice.start <= word.slice.end + 2
    });
    if condition_follows && !turned {
        return None;
    }
    let subject = has(Subject, clause);
    let weight = match meaning {
        Needed if subject || has(Announcer, sentence.start) => Weight::Said,
        Needed => Weight::Bare,
        _ if subject => Weight::Approved,
        _ => return None,
    };
    let needed = (meaning != Refusal) != turned;
    Some((weight, if needed { Necessity::Necessary } else { Necessity::NotNecessary }))
}

fn said(word: &Found<Term>) -> Option<ConclusionWord> {
    match word.meaning {
        Term::Conclusion(meaning) => Some(meaning),
        _ => None,
    }
}

/// Whether a negator turns the word at `end`: one after the clause's last subject, or one close before the word.
fn negated(before: &[Found<Term>], clause: usize, end: usize) -> bool {
    let own = before.iter().filter(|w| w.slice.start >= clause);
    let last = |kind: ConclusionWord| {
        own.clone().filter(|w| said(w) == Some(kind)).map(|w| w.slice.start).next_back()
    };
    let Some(negator) = last(ConclusionWord::Negator) else { return false };
    match last(ConclusionWord::Subject) {
        Some(subject) => negator > subject,
        None => end - negator <= REACH,
    }
}

/// Where the clause that holds `at` begins: after the last comma or semicolon before it, or at the sentence's start.
fn clause_start(text: &str, sentence: Slice, at: usize) -> usize {
    let before = text.get(sentence.start..at).unwrap_or_default();
    before.rfind([',', ';']).map_or(sentence.start, |comma| sentence.start + comma + 1)
}

/// The sentences of a text: a full stop, then white space, then no small letter.
fn sentences(text: &str) -> impl Iterator<Item = Slice> {
    let mut start = 0;
    std::iter::from_fn(move || {
        let rest = text.get(start..).filter(|rest| !rest.is_empty())?;
        let end = start + sentence_end(rest);
        let slice = Slice::new(start + (rest.len() - rest.trim_start().len()), end);
        start = end;
        Some(slice)
    })
}

fn sentence_end(text: &str) -> usize {
    for (at, c) in text.char_indices() {
        if !matches!(c, '.' | '?' | '!') {
            continue;
        }
        let after = text.get(at + 1..).unwrap_or_default();
        let next = after.trim_start();
        let spaced = next.len() < after.len() || next.is_empty();
        if spaced && !next.starts_with(|c: char| c.is_lowercase()) {
            return at + 1;
        }
    }
    text.len()
}
