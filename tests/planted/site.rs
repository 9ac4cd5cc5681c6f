//! A decision of a letter as a place for a defect, and the ways to change its text.

use imr_letter::document::{Decision, Outcome};
use imr_letter::{Document, Letter, Slice, Span};

/// A decision of a letter.
pub(crate) struct Site<'l> {
    letter: &'l Letter,
    pub(crate) document: &'l Document,
    pub(crate) decision: &'l Decision,
}

impl<'l> Site<'l> {
    pub(crate) fn new(letter: &'l Letter, document: &'l Document, index: usize) -> Self {
        Self { letter, document, decision: &document.decisions[index] }
    }

    /// Whether the decision is of one of these item classes.
    pub(crate) fn is_of(&self, classes: &[&str]) -> bool {
        classes.contains(&self.decision.item.class.as_str())
    }

    pub(crate) fn denied(&self) -> bool {
        self.decision.outcome == Outcome::Upheld
    }

    /// The rationale, when it stands alone and holds more than a line.
    pub(crate) fn rationale(&self) -> Option<Slice> {
        let own = self.decision.rationale?;
        let shared = self.document.decisions.iter().filter(|other| other.rationale == Some(own));
        (shared.count() == 1 && own.len() > 120).then_some(own)
    }

    /// The case summary, when it stands apart.
    pub(crate) fn summary(&self) -> Option<Slice> {
        let rationale = self.decision.rationale?;
        self.document.summary.filter(|summary| summary.end <= rationale.start && summary.len() > 80)
    }

    pub(crate) fn words(&self, slice: Slice) -> &str {
        self.document.words(slice)
    }

    fn span(&self, slice: Slice) -> Span {
        self.document.span(slice)
    }

    /// The letter with other words at a place.
    pub(crate) fn with(&self, slice: Slice, words: &str) -> String {
        self.edited(&[(slice, words)])
    }

    /// The letter with other words at several places.
    pub(crate) fn edited(&self, edits: &[(Slice, &str)]) -> String {
        let mut edits = edits.to_vec();
        edits.sort_by_key(|(slice, _)| *slice);
        let mut text = self.letter.text.clone();
        for (slice, words) in edits.iter().rev() {
            let span = self.span(*slice);
            text.replace_range(span.start..span.end, words);
        }
        text
    }

    /// The letter with a sentence before the rationale.
    pub(crate) fn opened(&self, sentence: &str) -> Option<String> {
        let rationale = self.rationale()?;
        Some(self.with(rationale, &format!("{sentence} {}", self.words(rationale))))
    }

    /// The letter with a sentence before the conclusion.
    pub(crate) fn argued(&self, sentence: &str) -> Option<String> {
        let (rationale, conclusion) = (self.rationale()?, self.decision.conclusion.slice?);
        rationale.contains(conclusion).then_some(())?;
        Some(self.with(conclusion, &format!("{sentence} {}", self.words(conclusion))))
    }

    /// The letter with one sentence before the conclusion and another at the end of the case summary.
    pub(crate) fn contradicted(&self, claim: &str, record: &str) -> Option<String> {
        let (rationale, conclusion) = (self.rationale()?, self.decision.conclusion.slice?);
        rationale.contains(conclusion).then_some(())?;
        let summary = self.summary()?;
        let claim = format!("{claim} {}", self.words(conclusion));
        let record = format!("{} {record}", self.words(summary).trim_end());
        Some(self.edited(&[(conclusion, &claim), (summary, &record)]))
    }

    /// The letter with words swapped for others wherever they stand alone in the rationale.
    pub(crate) fn swapped(&self, swaps: &[(&str, &str)]) -> Option<String> {
        let rationale = self.rationale()?;
        let text = self.words(rationale);
        let mut changed = String::new();
        let mut hits = 0;
        let mut rest = text;
        while let Some(char) = rest.chars().next() {
            let before = changed.chars().next_back();
            let swap = swaps.iter().find(|(from, _)| starts_alone(before, rest, from));
            if let Some((from, to)) = swap {
                changed.push_str(to);
                rest = &rest[from.len()..];
                hits += 1;
            } else {
                changed.push(char);
                rest = &rest[char.len_utf8()..];
            }
        }
        (hits > 0).then(|| self.with(rationale, &changed))
    }
}

/// Whether a text begins with a word that stands alone, letter case aside.
fn starts_alone(before: Option<char>, text: &str, word: &str) -> bool {
    let head = text.get(..word.len()).is_some_and(|head| head.eq_ignore_ascii_case(word));
    let after = text.get(word.len()..).and_then(|rest| rest.chars().next());
    let joined = |char: Option<char>| char.is_some_and(char::is_alphanumeric);
    head && !joined(before) && !joined(after)
}

/// The sentences of a text.
pub(crate) fn sentences(text: &str) -> Vec<&str> {
    text.split_inclusive(". ").map(str::trim).filter(|sentence| !sentence.is_empty()).collect()
}
