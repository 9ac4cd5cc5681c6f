//! What a clause is weighed by: its words, pairs of words, the item class, the votes on who speaks, and the cues.
//!
//! | feature | stands for |
//! | --- | --- |
//! | `functio` | a word; longer ones are cut after seven letters, so that "functional" and "function" are one |
//! | `{n}` `{d}` `{ratio}` `{percent}` | a number, a date, a score, a percentage |
//! | `work status` | two words in a row, small words between them passed over |
//! | `mri/` and `mri/therapy` | the item's class, and a word in a decision on it |
//! | `guideline:2` `patient:3` | the votes on who speaks, in twos, four at most |
//! | `concludes:` | the clause concludes on necessity |
//! | `cue:no-x-documented` | a cue by its id |
//! | `phrase:pain_relief` | phrases found the criterion here |
//!
//! Who speaks is told by the words of a sentence alone, before there are votes: words, every pair of words, the word or two that it
//! begins with (`^the guideli`), and the words of the sentence before (`<mtus`, or `first:` where there is none).
//!
//! The status table has words, cues, cues by kind (`kind:absent_forward`), what the rationale concludes (`conclusion:necessary`:
//! a denial rests on what is lacking, an approval on what is there), and each of these again for the criterion alone:
//! `pain_relief/kind:absent_forward`. Pairs of words were tried there and told nothing more.

use std::collections::BTreeSet;

use imr_letter::Slice;
use imr_letter::document::Necessity;

use super::super::discourse::Stance;
use super::super::lexicon::{Entry, Lexicon};
use super::super::mention::Mention;
use super::super::passage::{Clause, CueHit, Passage, Range};
use super::key::{Keys, Word};
use super::stems::Stems;

/// Takes features, each in parts that make its name when they are put together.
pub(crate) trait Features {
    /// Adds a feature.
    fn add(&mut self, parts: &[&str]);

    /// The same of words whose letters are known.
    fn join(&mut self, parts: &[Word<'_>]);
}

impl Features for BTreeSet<String> {
    fn add(&mut self, parts: &[&str]) {
        self.insert(parts.concat());
    }

    fn join(&mut self, parts: &[Word<'_>]) {
        self.insert(parts.iter().map(|part| part.text).collect());
    }
}

const SPACE: Word<'_> = Word::new(" ");
const SLASH: Word<'_> = Word::new("/");
const OPENING: Word<'_> = Word::new("^");
const BEFORE: Word<'_> = Word::new("<");
const NOTHING: Word<'_> = Word::new("");

/// The features that tell who speaks in a range of tokens; `before` is the sentence before.
pub(super) fn tell_voice(
    stems: &Stems,
    range: Range,
    before: Option<Range>,
    features: &mut impl Features,
) {
    let mut last: Option<Word<'_>> = None;
    for (place, word) in stems.words(range).enumerate() {
        features.join(&[word]);
        if let Some(last) = last {
            features.join(&[last, SPACE, word]);
        }
        match (place, last) {
            (0, _) => features.join(&[OPENING, word]),
            (1, Some(last)) => features.join(&[OPENING, last, SPACE, word]),
            _ => {}
        }
        last = Some(word);
    }
    match before {
        Some(before) => stems.words(before).for_each(|word| features.join(&[BEFORE, word])),
        None => features.add(&["first:"]),
    }
}

/// The clauses of a passage, ready to be weighed.
#[derive(Clone, Copy)]
pub(crate) struct Clauses<'p> {
    pub(crate) passage: &'p Passage,
    pub(crate) stems: &'p Stems,
    pub(crate) stances: &'p [Stance],
    pub(crate) lexicon: &'p Lexicon,
    pub(crate) class: &'p str,
    pub(crate) mentions: &'p [Mention],
    /// What the rationale concludes; `Absent` where only a sentence is known.
    pub(crate) conclusion: Necessity,
}

/// What is weighed at once: a clause at runtime, a whole sentence where only that was labelled.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Unit {
    /// Its tokens.
    pub(crate) range: Range,
    /// Votes for the guideline.
    pub(crate) guideline: i32,
    /// Votes for the patient.
    pub(crate) patient: i32,
    /// Whether it concludes on necessity.
    pub(crate) concludes: bool,
}

impl<'p> Clauses<'p> {
    /// The clause at a place as a unit.
    pub(crate) fn unit(self, at: usize) -> Option<Unit> {
        let (clause, stance) = (self.passage.clauses.get(at)?, self.stances.get(at)?);
        Some(Unit {
            range: clause.range,
            guideline: stance.guideline,
            patient: stance.patient,
            concludes: stance.concludes,
        })
    }

    /// The clause in which some words of the view begin, as a unit.
    pub(crate) fn unit_at(self, words: Slice) -> Option<Unit> {
        let offset = self.passage.slice.start;
        let tokens = &self.passage.tokens;
        let token = tokens.partition_point(|token| offset + token.end <= words.start);
        self.unit(self.passage.clauses.partition_point(|clause| clause.range.end <= token))
    }

    /// Whether a cue of denial or absence stands inside some words of the view.
    pub(crate) fn negates_inside(self, words: Slice) -> bool {
        let Some(unit) = self.unit_at(words) else { return false };
        self.cues(unit).any(|cue| {
            let place = self.passage.slice_of(cue.range);
            cue.kind.negates() && words.start <= place.start && place.end <= words.end
        })
    }

    /// A range of tokens as one unit, with the votes of the clauses that begin in it together.
    pub(crate) fn over(self, range: Range) -> Unit {
        let before = |end: usize| {
            self.passage.clauses.partition_point(|clause: &Clause| clause.range.start < end)
        };
        let places = before(range.start)..before(range.end);
        let stances = self.stances.get(places).unwrap_or_default();
        let own = || stances.iter();
        Unit {
            range,
            guideline: own().map(|stance| stance.guideline).max().unwrap_or_default(),
            patient: own().map(|stance| stance.patient).max().unwrap_or_default(),
            concludes: own().any(|stance| stance.concludes),
        }
    }

    /// The names of the features that tell the criterion, sorted and distinct.
    pub(crate) fn of_criterion(self, unit: Unit) -> Vec<String> {
        let mut features = BTreeSet::new();
        self.tell_criterion(unit, &mut features);
        features.into_iter().collect()
    }

    /// The names of the features that tell the status of the criterion with this id, sorted and distinct.
    pub(crate) fn of_status(self, unit: Unit, criterion: &str) -> Vec<String> {
        let mut features = BTreeSet::new();
        self.tell_status(unit, criterion, &mut features);
        features.into_iter().collect()
    }

    /// The features that tell the criterion, by their keys.
    pub(super) fn criterion_keys(self, unit: Unit, keys: &mut Keys) {
        keys.clear();
        self.tell_criterion(unit, keys);
    }

    /// The features that tell the status of a criterion, by their keys.
    pub(super) fn status_keys(self, unit: Unit, criterion: &str, keys: &mut Keys) {
        keys.clear();
        self.tell_status(unit, criterion, keys);
    }

    /// The features that tell the criterion whatever the item class, by their keys.
    pub(super) fn classless_keys(self, unit: Unit, keys: &mut Keys) {
        keys.clear();
        self.tell_words(unit, keys);
    }

    /// The others that tell the criterion, by their keys.
    pub(super) fn class_keys(self, unit: Unit, keys: &mut Keys) {
        keys.clear();
        self.tell_class(unit, keys);
    }

    fn tell_criterion(self, unit: Unit, features: &mut impl Features) {
        self.tell_words(unit, features);
        self.tell_class(unit, features);
    }

    /// What the item class changes: its own words, and what its phrases found.
    fn tell_class(self, unit: Unit, features: &mut impl Features) {
        let passed_over = &self.lexicon.weights.passed_over;
        let class = Word::new(self.class);
        for word in self.stems.words(unit.range).filter(|word| !word.is_in(passed_over)) {
            features.join(&[class, SLASH, word]);
        }
        features.join(&[class, SLASH]);
        self.found(unit).for_each(|criterion| features.add(&["phrase:", criterion]));
    }

    fn tell_words(self, unit: Unit, features: &mut impl Features) {
        let passed_over = &self.lexicon.weights.passed_over;
        let mut last = None;
        for word in self.stems.words(unit.range) {
            features.join(&[word]);
            if word.is_in(passed_over) {
                continue;
            }
            if let Some(last) = last.replace(word) {
                features.join(&[last, SPACE, word]);
            }
        }
        features.add(&["guideline:", binned(unit.guideline)]);
        features.add(&["patient:", binned(unit.patient)]);
        if unit.concludes {
            features.add(&["concludes:"]);
        }
        self.cues(unit).for_each(|cue| features.add(&["cue:", self.cue_id(cue)]));
    }

    fn tell_status(self, unit: Unit, criterion: &str, features: &mut impl Features) {
        let criterion = Word::new(criterion);
        let mut both = |start: Word<'_>, rest: Word<'_>| {
            features.join(&[start, rest]);
            features.join(&[criterion, SLASH, start, rest]);
        };
        self.stems.words(unit.range).for_each(|word| both(NOTHING, word));
        for cue in self.cues(unit) {
            both(Word::new("kind:"), Word::new(cue.kind.name()));
            both(Word::new("cue:"), Word::new(self.cue_id(cue)));
        }
        if let Some(conclusion) = concluded(self.conclusion) {
            both(Word::new("conclusion:"), Word::new(conclusion));
        }
        features.join(&[criterion, SLASH]);
    }

    /// The criteria that phrases found in a unit.
    fn found(self, unit: Unit) -> impl Iterator<Item = &'p str> {
        let from = self.mentions.partition_point(|it| it.range.start < unit.range.start);
        let own = self.mentions.get(from..).unwrap_or_default().iter();
        let own = own.take_while(move |it| it.range.start < unit.range.end);
        own.filter(|it| it.status.is_some()).filter_map(move |it| {
            match self.lexicon.entry(it.entry) {
                Some(Entry::Concept(concept)) => self.lexicon.name(concept.criterion),
                _ => None,
            }
        })
    }

    fn cues(self, unit: Unit) -> impl Iterator<Item = &'p CueHit> {
        self.passage.cues_in(unit.range)
    }

    fn cue_id(self, cue: &CueHit) -> &'p str {
        match self.lexicon.entry(cue.entry) {
            Some(Entry::Cue(cue)) => &cue.id,
            _ => "",
        }
    }
}

/// The name of a conclusion, when there is one.
fn concluded(conclusion: Necessity) -> Option<&'static str> {
    match conclusion {
        Necessity::Necessary => Some("necessary"),
        Necessity::NotNecessary => Some("not_necessary"),
        Necessity::Absent => None,
    }
}

/// Votes in twos, four at most.
fn binned(votes: i32) -> &'static str {
    match votes / 2 {
        ..=0 => "0",
        1 => "1",
        2 => "2",
        3 => "3",
        4.. => "4",
    }
}
