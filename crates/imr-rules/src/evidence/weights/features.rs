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
//! The status table has words, cues, cues by kind (`kind:absent_forward`), what the rationale concludes (`conclusion:necessary`:
//! a denial rests on what is lacking, an approval on what is there), and each of these again for the criterion alone:
//! `pain_relief/kind:absent_forward`. Pairs of words were tried there and told nothing more.

use std::collections::BTreeSet;

use imr_letter::Slice;
use imr_letter::document::Necessity;

use super::super::discourse::Stance;
use super::super::lexicon::{Entry, Lexicon};
use super::super::mention::Mention;
use super::super::passage::{CueHit, Passage, Range};
use super::super::token::{Kind, Token};

/// Letters of a word that count.
const STEM: usize = 7;

/// The clauses of a passage, ready to be weighed.
#[derive(Clone, Copy)]
pub(crate) struct Clauses<'p> {
    pub(crate) text: &'p str,
    pub(crate) passage: &'p Passage,
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

    /// The whole passage as one unit, with the votes of its clauses together.
    pub(crate) fn whole(self) -> Unit {
        let range = Range { start: 0, end: self.passage.tokens.len() };
        Unit {
            range,
            guideline: self.stances.iter().map(|stance| stance.guideline).max().unwrap_or_default(),
            patient: self.stances.iter().map(|stance| stance.patient).max().unwrap_or_default(),
            concludes: self.stances.iter().any(|stance| stance.concludes),
        }
    }

    /// The features that tell the criterion, sorted and distinct.
    pub(crate) fn of_criterion(self, unit: Unit, passed_over: &[String]) -> Vec<String> {
        let mut features = BTreeSet::new();
        let words = self.words(unit.range);
        let telling: Vec<&String> =
            words.iter().filter(|word| !passed_over.contains(word)).collect();
        features.extend(telling.iter().map(|word| format!("{}/{word}", self.class)));
        features
            .extend(telling.iter().zip(telling.iter().skip(1)).map(|(a, b)| format!("{a} {b}")));
        features.extend(words);
        features.insert(format!("{}/", self.class));
        features.insert(format!("guideline:{}", binned(unit.guideline)));
        features.insert(format!("patient:{}", binned(unit.patient)));
        if unit.concludes {
            features.insert("concludes:".to_owned());
        }
        features.extend(self.cues(unit).map(|cue| format!("cue:{}", self.cue_id(cue))));
        features.extend(self.found(unit).map(|criterion| format!("phrase:{criterion}")));
        features.into_iter().collect()
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

    /// The features that tell the status of the criterion with this id, sorted and distinct.
    pub(crate) fn of_status(self, unit: Unit, criterion: &str) -> Vec<String> {
        let mut features = BTreeSet::new();
        let words = self.words(unit.range);
        features.extend(words);
        features.extend(self.cues(unit).map(|cue| format!("kind:{}", cue.kind.name())));
        features.extend(self.cues(unit).map(|cue| format!("cue:{}", self.cue_id(cue))));
        features.extend(concluded(self.conclusion).map(str::to_owned));
        let own: Vec<String> = features.iter().map(|it| format!("{criterion}/{it}")).collect();
        features.extend(own);
        features.insert(format!("{criterion}/"));
        features.into_iter().collect()
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

    fn words(self, range: Range) -> Vec<String> {
        words(self.text, self.passage, range)
    }
}

fn words(text: &str, passage: &Passage, range: Range) -> Vec<String> {
    let tokens = passage.tokens.get(range.start..range.end).unwrap_or_default();
    tokens.iter().filter_map(|token| word(text, *token)).collect()
}

fn word(text: &str, token: Token) -> Option<String> {
    let class = match token.kind {
        Kind::Number => "{n}",
        Kind::Date => "{d}",
        Kind::Ratio => "{ratio}",
        Kind::Percent => "{percent}",
        Kind::Mark => return None,
        Kind::Word => {
            let word = text.get(token.start..token.end)?;
            return Some(word.chars().take(STEM).flat_map(char::to_lowercase).collect());
        }
    };
    Some(class.to_owned())
}

/// The feature of a conclusion.
fn concluded(conclusion: Necessity) -> Option<&'static str> {
    match conclusion {
        Necessity::Necessary => Some("conclusion:necessary"),
        Necessity::NotNecessary => Some("conclusion:not_necessary"),
        Necessity::Absent => None,
    }
}

/// Votes in twos, four at most.
fn binned(votes: i32) -> i32 {
    (votes / 2).clamp(0, 4)
}
