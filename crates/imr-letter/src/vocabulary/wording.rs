//! A letter with the words of the vocabulary in it.
//!
//! A heading is read for drugs, procedures, body parts, forms and numbers, a rationale for its conclusion, and checks ask each
//! clause again. The words of a letter are therefore found once, and every reader picks its kinds among them. A reader of a
//! part finds what it would find in a text of its own; the price is a list of all words for each letter.

use super::{Found, Term, Terms, Vocabulary};
use crate::item::Side;
use crate::span::{Located, Slice};
use crate::view::View;

/// The text of a letter, the vocabulary, and the words of the one in the other.
#[derive(Clone, Copy, Debug)]
pub struct Wording<'w> {
    view: &'w View,
    vocabulary: &'w Vocabulary,
    terms: &'w Terms,
}

impl<'w> Wording<'w> {
    /// The words of a letter; `terms` are the vocabulary's in this view ([`Vocabulary::terms`]). Outside of their part words
    /// are looked for when they are asked for.
    pub fn new(view: &'w View, vocabulary: &'w Vocabulary, terms: &'w Terms) -> Self {
        Self { view, vocabulary, terms }
    }

    /// The letter's text.
    pub fn view(self) -> &'w View {
        self.view
    }

    /// The vocabulary.
    pub fn vocabulary(self) -> &'w Vocabulary {
        self.vocabulary
    }

    /// The drugs named in a part, by generic name.
    pub fn drugs_in(self, part: Slice) -> Vec<Located<String>> {
        self.vocabulary.drugs(self.scan(part, Term::is_drug))
    }

    /// The procedures, tests, devices and services named in a part, by name.
    pub fn procedures_in(self, part: Slice) -> Vec<Located<String>> {
        self.vocabulary.procedures(self.scan(part, Term::is_procedure))
    }

    /// The body parts named in a part of the letter, by id.
    pub fn body_parts_in(self, part: Slice) -> Vec<Located<String>> {
        let id = |f: Found<Term>| match f.meaning {
            Term::BodyPart(at) => {
                let entry = self.vocabulary.entries.body_parts.get(at)?;
                Some(Located::new(entry.id.clone(), f.slice))
            }
            _ => None,
        };
        let found = self.scan(part, |term| matches!(term, Term::BodyPart(_)));
        found.into_iter().filter_map(id).collect()
    }

    /// The sides of the body named in a part.
    pub fn sides_in(self, part: Slice) -> Vec<Located<Side>> {
        let side = |f: Found<Term>| match f.meaning {
            Term::Side(side) => Some(Located::new(side, f.slice)),
            _ => None,
        };
        let found = self.scan(part, |term| matches!(term, Term::Side(_)));
        found.into_iter().filter_map(side).collect()
    }

    /// Whether any dosage form is named in a part.
    pub fn has_form(self, part: Slice) -> bool {
        !self.scan(part, |term| matches!(term, Term::Form(_))).is_empty()
    }

    /// The longest words of the wanted kinds in a part.
    pub(crate) fn scan(self, part: Slice, wanted: impl Fn(&Term) -> bool) -> Vec<Found<Term>> {
        self.vocabulary.scanner.scan_known(self.view.text(), self.terms, part, wanted)
    }
}
