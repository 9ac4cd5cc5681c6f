//! What a rationale itself concludes, and the sentence that concludes it.
//!
//! A conclusion is a clause in which a word of necessity or approval is said of the request, with or without a
//! negator. It is found by putting those words together, not by listing sentences: of all such clauses that are
//! neither a condition ("is medically necessary when ...") nor somebody else's decision, the last of the strongest
//! kind counts, so that a stock paragraph after the conclusion and a recited guideline before it change nothing.
//! The price is that a rationale which decides two requests in turn is read by its last.

use crate::document::{Conclusion, Necessity};
use crate::span::Slice;
use crate::vocabulary::{ConclusionWord, Found, Term, Wording};

/// How far before a word of necessity a negator still belongs to it, in bytes, when no subject stands between.
const REACH: usize = 60;

/// How far back a clause may begin, in bytes. A sentence may be as long as the letter; looking back all of it for every
/// word would not be linear.
const LONGEST_CLAUSE: usize = 600;

/// How many words of the vocabulary are looked back over, for the same reason.
const LOOK_BACK: usize = 64;

/// What the rationale at `rationale` concludes.
pub fn read(wording: Wording<'_>, rationale: Option<Slice>) -> Conclusion {
    let absent = Conclusion { value: Necessity::Absent, slice: None };
    rationale.map_or(absent, |slice| read_part(wording, slice))
}

fn read_part(wording: Wording<'_>, rationale: Slice) -> Conclusion {
    let (text, base) = (wording.view().slice(rationale), rationale.start);
    let mut words = wording.scan(rationale, |term| matches!(term, Term::Conclusion(_)));
    for word in &mut words {
        word.slice = Slice::new(word.slice.start - base, word.slice.end - base);
    }
    let mut best: Option<(Weight, Necessity, Slice)> = None;
    let mut rest = words.as_slice();
    for sentence in sentences(text) {
        let inside = rest.iter().take_while(|word| word.slice.start < sentence.end).count();
        let (own, later) = rest.split_at_checked(inside).unwrap_or((rest, &[]));
        rest = later;
        let last = text.get(sentence.end..).is_none_or(|after| after.trim().is_empty());
        for (weight, value) in (Sentence { text, slice: sentence, words: own, last }).conclusions()
        {
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
    /// A word of approval or refusal in the last sentence, of whatever is spoken of ("Denied.").
    Last,
    /// A word of approval or refusal said of the request, or something said of its necessity.
    Approved,
    /// A name of being necessary or not, of whatever is spoken of.
    Bare,
    /// The same, said of the request or announced as a conclusion.
    Said,
}

/// One sentence with its words.
struct Sentence<'t> {
    text: &'t str,
    slice: Slice,
    words: &'t [Found<Term>],
    last: bool,
}

impl Sentence<'_> {
    /// The conclusions that the sentence draws, in order.
    fn conclusions(&self) -> Vec<(Weight, Necessity)> {
        let question = self.text.get(..self.slice.end).is_some_and(|text| text.ends_with('?'));
        if question {
            return Vec::new();
        }
        (0..self.words.len()).filter_map(|at| self.conclusion(at)).collect()
    }

    fn conclusion(&self, at: usize) -> Option<(Weight, Necessity)> {
        use ConclusionWord::{
            Announcer, Approval, Necessary, Necessity as Noun, Proof, Refusal, Reported, Subject,
            Unnecessary,
        };
        let word = self.words.get(at)?;
        let meaning = said(word)?;
        let clause = clause_start(self.text, self.slice, word.slice.start);
        if self.conditional(clause, at) || self.has(Reported, self.slice.start, at) {
            return None;
        }
        let turned = self.negated(at, clause);
        if !turned && self.condition_follows(at) {
            return None;
        }
        let tied = self.tied(at, clause);
        let subject = self.has(Subject, clause, at) || self.has(Noun, clause, at);
        let alone = |weight: Option<Weight>| weight.or(self.last.then_some(Weight::Last));
        let weight = match meaning {
            Necessary | Unnecessary if subject || self.has(Announcer, self.slice.start, at) => {
                Weight::Said
            }
            Necessary | Unnecessary => Weight::Bare,
            Approval | Refusal => alone((subject && (tied || turned)).then_some(Weight::Approved))?,
            Proof if self.has(Noun, clause, at) => Weight::Approved,
            Noun if turned || self.has(Proof, clause, at) => Weight::Approved,
            _ => return None,
        };
        // "Non-certification is recommended" refuses.
        let refusing = meaning == Approval && self.has(Refusal, clause, at);
        let against = refusing || matches!(meaning, Refusal | Unnecessary);
        let value = if against == turned { Necessity::Necessary } else { Necessity::NotNecessary };
        Some((weight, value))
    }

    /// Whether a condition stands between `from` and the word at `at`. In capitals, among small letters, it is a name (an "IF unit").
    fn conditional(&self, from: usize, at: usize) -> bool {
        let Some(condition) = self.last_of(ConclusionWord::Condition, from, at) else {
            return false;
        };
        let (all, word) =
            (self.text.get(self.slice.start..self.slice.end), self.text.get(condition..));
        let capitals = |text: &str| !text.contains(char::is_lowercase);
        let word = word.and_then(|rest| rest.split_whitespace().next());
        !word.is_some_and(capitals) || all.is_some_and(capitals)
    }

    /// Whether a word of this kind stands between `from` and the word at `at`.
    fn has(&self, kind: ConclusionWord, from: usize, at: usize) -> bool {
        self.last_of(kind, from, at).is_some()
    }

    /// Where the last word of this kind between `from` and the word at `at` begins.
    fn last_of(&self, kind: ConclusionWord, from: usize, at: usize) -> Option<usize> {
        let before = self.words.get(..at)?;
        let limit = self.words.get(at)?.slice.start;
        let own = before.iter().rev().take(LOOK_BACK).filter(|word| word.slice.end <= limit);
        let own = own.filter(|word| word.slice.start >= from).find(|word| said(word) == Some(kind));
        own.map(|word| word.slice.start)
    }

    /// Whether a form of "to be" ties the word at `at` to the subject before it.
    fn tied(&self, at: usize, clause: usize) -> bool {
        let subject = self.last_of(ConclusionWord::Subject, clause, at);
        let from =
            subject.max(self.last_of(ConclusionWord::Necessity, clause, at)).unwrap_or(clause);
        self.has(ConclusionWord::Copula, from, at)
    }

    /// Whether a negator turns the word at `at`: one after the clause's last subject, or one close before the word with
    /// no verb of its own between ("the scan without dye is necessary" is not turned).
    fn negated(&self, at: usize, clause: usize) -> bool {
        let Some(word) = self.words.get(at) else { return false };
        let Some(negator) = self.last_of(ConclusionWord::Negator, clause, at) else { return false };
        match self.last_of(ConclusionWord::Subject, clause, at) {
            Some(subject) if negator > subject => true,
            _ if self.negates_subject(negator, clause) => true,
            _ => word.slice.start - negator <= REACH && !self.parted(negator, at),
        }
    }

    /// Whether a negator belongs to the clause's subject ("none of the services are necessary", "no device is needed") and so
    /// reaches over its verb.
    fn negates_subject(&self, negator: usize, clause: usize) -> bool {
        let before = self.text.get(clause..negator);
        let opens = before.is_some_and(|before| before.split_whitespace().nth(1).is_none());
        let word = self.text.get(negator..).and_then(|rest| rest.split_whitespace().next());
        let word = word.unwrap_or_default().to_ascii_lowercase();
        opens && word == "no" || matches!(word.as_str(), "none" | "neither")
    }

    /// Whether a verb stands between a negator and the word at `at`, unless "that" puts it under the negator.
    fn parted(&self, negator: usize, at: usize) -> bool {
        let Some(verb) = self.last_of(ConclusionWord::Copula, negator, at) else { return false };
        !self
            .text
            .get(negator..verb)
            .is_some_and(|words| words.split_whitespace().any(|word| word == "that"))
    }

    /// Whether a condition follows at once: "medically necessary when".
    fn condition_follows(&self, at: usize) -> bool {
        let (Some(word), Some(next)) = (self.words.get(at), self.words.get(at + 1)) else {
            return false;
        };
        said(next) == Some(ConclusionWord::Condition) && next.slice.start <= word.slice.end + 2
    }
}

fn said(word: &Found<Term>) -> Option<ConclusionWord> {
    match word.meaning {
        Term::Conclusion(meaning) => Some(meaning),
        _ => None,
    }
}

/// Where the clause that holds `at` begins: after the last comma or semicolon before it, or at the sentence's start.
/// A word between two commas ("cannot, however, be") parts nothing, and neither do examples ("none, such as the brace, are").
fn clause_start(text: &str, sentence: Slice, at: usize) -> usize {
    let start = text.floor_char_boundary(at.saturating_sub(LONGEST_CLAUSE)).max(sentence.start);
    let mut end = at;
    loop {
        let before = text.get(start..end).unwrap_or_default();
        let Some(comma) = before.rfind([',', ';']) else { return start };
        let earlier = before.get(..comma).unwrap_or_default();
        let inserted = earlier.rfind(',').and_then(|first| earlier.get(first + 1..));
        let parts = |words: &str| {
            let examples = words.trim_start().starts_with("such as ");
            !examples && words.split_whitespace().nth(1).is_some()
        };
        if inserted.is_none_or(parts) {
            return start + comma + 1;
        }
        end = start + earlier.rfind(',').unwrap_or(0);
    }
}

/// The sentences of a text: a full stop, perhaps a quotation mark, then white space, then no small letter, which a text without
/// capitals cannot ask for.
fn sentences(text: &str) -> impl Iterator<Item = Slice> {
    let capitals = text.contains(char::is_uppercase);
    let mut start = 0;
    std::iter::from_fn(move || {
        let rest = text.get(start..).filter(|rest| !rest.is_empty())?;
        let end = start + sentence_end(rest, capitals);
        let slice = Slice::new(start + (rest.len() - rest.trim_start().len()), end);
        start = end;
        Some(slice)
    })
}

fn sentence_end(text: &str, capitals: bool) -> usize {
    for (at, c) in text.char_indices() {
        if !matches!(c, '.' | '?' | '!') {
            continue;
        }
        let after = text.get(at + 1..).unwrap_or_default();
        let closed = after.trim_start_matches(['"', '\'', '”', '’', ')']);
        let next = closed.trim_start();
        let spaced = next.len() < closed.len() || next.is_empty();
        if spaced && !(capitals && next.starts_with(char::is_lowercase)) {
            return text.len() - closed.len();
        }
    }
    text.len()
}
