//! What was read once for a decision or a letter and is asked for again.
//!
//! Dozens of checks and standards ask for the same derived facts, for a verdict, for its proof and for every counterfactual. A
//! fact that is the same in every world is therefore found once a decision, and one that is the same for every decision
//! once a letter. The price: such facts must not depend on a world, which `derived` keeps apart.

use std::cell::{OnceCell, RefCell};
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use imr_letter::span::Located;
use imr_letter::vocabulary::{Terms, Wording};
use imr_letter::{Document, Slice};

use super::derived::{DateMention, Naming};
use super::world::Case;
use crate::criterion::Part;
use crate::evidence::{self, Scratch, Trace};
use crate::rulebook::Rulebook;
use crate::rulebook::check_words::{FoundWords, WordList};
use crate::rulebook::fact::Fact;

/// Values by key, each found when it is asked for the first time.
#[derive(Clone, Debug)]
struct Found<K, T>(RefCell<BTreeMap<K, Rc<[T]>>>);

impl<K, T> Default for Found<K, T> {
    fn default() -> Self {
        Self(RefCell::default())
    }
}

impl<K: Ord, T> Found<K, T> {
    fn of(&self, key: K, find: impl FnOnce() -> Vec<T>) -> Rc<[T]> {
        if let Some(known) = self.0.borrow().get(&key) {
            return known.clone();
        }
        // One value may be found by way of another: nothing is borrowed meanwhile.
        let found: Rc<[T]> = find().into();
        self.0.borrow_mut().insert(key, found.clone());
        found
    }
}

/// What is remembered of a letter.
#[derive(Clone, Debug, Default)]
pub(crate) struct LetterMemo {
    places: Found<Fact, Slice>,
    sentences: Found<Slice, Slice>,
    dates: Found<Slice, DateMention>,
    terms: OnceCell<Terms>,
    words: OnceCell<FoundWords>,
    ages: Found<Slice, Located<u16>>,
    fingerprints: Found<Slice, u64>,
    summary_drugs: OnceCell<Vec<Located<String>>>,
    record_parts: OnceCell<BTreeSet<String>>,
}

impl LetterMemo {
    /// With the words of the vocabulary in the letter, where they are known.
    pub(crate) fn of(terms: Option<Terms>) -> Self {
        Self { terms: terms.map(OnceCell::from).unwrap_or_default(), ..Self::default() }
    }

    /// The letter with the words of the vocabulary in it.
    pub(crate) fn wording<'w>(
        &'w self,
        document: &'w Document,
        rulebook: &'w Rulebook,
    ) -> Wording<'w> {
        let (view, vocabulary) = (&document.view, &rulebook.vocabulary);
        let terms = self.terms.get_or_init(|| vocabulary.terms(view.text(), document.body()));
        Wording::new(view, vocabulary, terms)
    }

    /// Where the words of a check list stand in a part of the letter, as in a text of its own; sorted.
    pub(crate) fn listed(
        &self,
        document: &Document,
        rulebook: &Rulebook,
        part: Slice,
        list: WordList,
    ) -> Vec<Slice> {
        let (text, words) = (document.view.text(), &rulebook.check_words);
        words.places(list, text, self.words(document, rulebook), part)
    }

    /// Whether any word of a check list stands in a part of the letter.
    pub(crate) fn has_listed(
        &self,
        document: &Document,
        rulebook: &Rulebook,
        part: Slice,
        list: WordList,
    ) -> bool {
        let (text, words) = (document.view.text(), &rulebook.check_words);
        words.any(list, text, self.words(document, rulebook), part)
    }

    fn words(&self, document: &Document, rulebook: &Rulebook) -> &FoundWords {
        self.words.get_or_init(|| rulebook.check_words.found(document.view.text(), document.body()))
    }
}

/// What is remembered of one decision.
#[derive(Clone, Debug, Default)]
pub(crate) struct Memo {
    letter: Rc<LetterMemo>,
    rationale: OnceCell<Trace>,
    places: Found<Fact, Slice>,
    namings: OnceCell<Vec<Naming>>,
    rationale_drugs: OnceCell<Vec<Located<String>>>,
}

impl Memo {
    /// With the rationale as it was read for the evidence, and what is remembered of its letter.
    pub(crate) fn of(letter: Rc<LetterMemo>, rationale: Trace) -> Self {
        Self { letter, rationale: OnceCell::from(rationale), ..Self::default() }
    }

    /// The rationale of the case, matched.
    pub(crate) fn rationale(&self, case: &Case<'_>) -> &Trace {
        let read = || {
            let (lexicon, mut scratch) = (&case.rulebook.lexicon, Scratch::default());
            evidence::trace(case.document, case.index, Part::Rationale, lexicon, &mut scratch)
        };
        self.rationale.get_or_init(read)
    }

    /// The places of a fact.
    pub(super) fn places(&self, fact: Fact, find: impl FnOnce() -> Vec<Slice>) -> Rc<[Slice]> {
        self.places.of(fact, find)
    }

    /// The places of a fact that is the same for every decision of the letter.
    pub(super) fn in_letter(&self, fact: Fact, find: impl FnOnce() -> Vec<Slice>) -> Rc<[Slice]> {
        self.letter.places.of(fact, find)
    }

    /// The sentences of a passage.
    pub(super) fn sentences(
        &self,
        passage: Slice,
        find: impl FnOnce() -> Vec<Slice>,
    ) -> Rc<[Slice]> {
        self.letter.sentences.of(passage, find)
    }

    /// What is remembered of the letter.
    pub(super) fn letter(&self) -> &LetterMemo {
        &self.letter
    }

    /// The ages that a passage states.
    pub(super) fn ages(
        &self,
        passage: Slice,
        find: impl FnOnce() -> Vec<Located<u16>>,
    ) -> Rc<[Located<u16>]> {
        self.letter.ages.of(passage, find)
    }

    /// The fingerprints of the sentences of a rationale.
    pub(super) fn fingerprints(
        &self,
        rationale: Slice,
        find: impl FnOnce() -> Vec<u64>,
    ) -> Rc<[u64]> {
        self.letter.fingerprints.of(rationale, find)
    }

    /// The drugs that the case summary names.
    pub(super) fn summary_drugs(
        &self,
        find: impl FnOnce() -> Vec<Located<String>>,
    ) -> &[Located<String>] {
        self.letter.summary_drugs.get_or_init(find)
    }

    /// The body parts that headings and case summary name.
    pub(super) fn record_parts(
        &self,
        find: impl FnOnce() -> BTreeSet<String>,
    ) -> &BTreeSet<String> {
        self.letter.record_parts.get_or_init(find)
    }

    /// The drugs that the rationale names.
    pub(super) fn rationale_drugs(
        &self,
        find: impl FnOnce() -> Vec<Located<String>>,
    ) -> &[Located<String>] {
        self.rationale_drugs.get_or_init(find)
    }

    /// The dates of a passage.
    pub(super) fn dates(
        &self,
        passage: Slice,
        find: impl FnOnce() -> Vec<DateMention>,
    ) -> Rc<[DateMention]> {
        self.letter.dates.of(passage, find)
    }

    /// The places that name the requested item.
    pub(super) fn namings(&self, find: impl FnOnce() -> Vec<Naming>) -> &[Naming] {
        self.namings.get_or_init(find)
    }
}
