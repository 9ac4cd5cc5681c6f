//! How any stretch of words is meant, weighed by the words around it.
//!
//! The axes give a first answer, which is a feature among others. The words before and behind the stretch tell what a list of
//! cues cannot hold: "was treated with" makes history of a cast, "to consider" a plan of an operation.
//!
//! | feature | stands for |
//! | --- | --- |
//! | `is:recited` | what the axes say |
//! | `in:sessio` `last:sessio` | a word of the stretch, and its last one |
//! | `-:treated`, `-:treated with` | the word before it, and the two before it |
//! | `<:treated` `>:denied` | a word of the sentence before or behind it, `<<:` and `>>:` when it is over six words off |
//! | `^:was` | one of the first two words of the sentence |
//! | `<absent_forward` `>absent_backward` `@normal` | a cue of the clause, by kind and side; `<cue:...` by its id |
//! | `~absent_forward` | a cue elsewhere in the sentence |
//! | `votes:3` `before:guideline` | the votes on who speaks, and who spoke in the sentence before |
//! | `told:not_met` | what a concept says there |
//! | `section:case_summary` | the part of the letter; also with `is:` |

use std::collections::BTreeSet;

use super::super::discourse::{Opening, Source, Stance};
use super::super::lexicon::{Entry, Lexicon};
use super::super::passage::{CueHit, Passage, Range};
use super::super::phrase::PhraseStatus;
use super::features::Features;
use super::key::Keys;
use super::stems::Stems;

/// Words of the sentence that are near the stretch.
const NEAR: usize = 6;

/// A stretch of words with what surrounds it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Stretch<'p> {
    pub(crate) passage: &'p Passage,
    pub(crate) stems: &'p Stems,
    pub(crate) stances: &'p [Stance],
    pub(crate) lexicon: &'p Lexicon,
    pub(crate) opening: Opening,
    /// Its tokens.
    pub(crate) range: Range,
    /// The place of its clause.
    pub(crate) clause: usize,
    /// What the axes say, by name.
    pub(crate) is: &'p str,
    /// What a concept says there, by name.
    pub(crate) told: &'p str,
}

impl<'p> Stretch<'p> {
    /// The names of its features, sorted and distinct.
    pub(crate) fn features(self) -> Vec<String> {
        let mut features = BTreeSet::new();
        self.tell(&mut features);
        features.into_iter().collect()
    }

    /// What its words say, of [`PhraseStatus::ALL`]; among equals the first. `None` without a table.
    pub(crate) fn weigh(self) -> Option<PhraseStatus> {
        let table = &self.lexicon.weights.mention;
        if table.is_empty() {
            return None;
        }
        let mut keys = Keys::default();
        self.tell(&mut keys);
        let sums = table.sums(&keys);
        let best = sums.iter().zip(PhraseStatus::ALL).rev().max_by_key(|(sum, _)| **sum);
        best.map(|(_, status)| status)
    }

    fn tell(self, features: &mut impl Features) {
        let section = match self.opening {
            Opening::Rationale => "rationale",
            Opening::Summary => "case_summary",
            Opening::Note => "note",
        };
        features.add(&["is:", self.is]);
        features.add(&["section:", section]);
        features.add(&["is:", self.is, "/", section]);
        features.add(&["told:", self.told]);
        features.add(&["told:", self.told, "/", self.is]);
        self.tell_words(features);
        self.tell_cues(features);
        self.tell_voice(features);
    }

    fn tell_words(self, features: &mut impl Features) {
        let Some(sentence) = self.sentence() else { return };
        let own: Vec<&str> = self.stems.within(self.range).collect();
        for word in &own {
            features.add(&["in:", word]);
        }
        own.windows(2).for_each(|pair| features.add(&["in:", &pair.join(" ")]));
        if let Some(last) = own.last() {
            features.add(&["last:", last]);
            features.add(&["last:", last, "/", self.is]);
        }
        let within = |start, end| self.stems.within(Range { start, end }).collect::<Vec<_>>();
        let mut before = within(sentence.start, self.range.start.max(sentence.start));
        before.reverse();
        let behind = within(self.range.end.min(sentence.end), sentence.end);
        for (words, near, side, far) in [(&before, "-", "<", "<<"), (&behind, "+", ">", ">>")] {
            if let Some(first) = words.first() {
                features.add(&[near, ":", first]);
                features.add(&[near, ":", first, "/", self.is]);
            } else {
                features.add(&[near, ":"]);
            }
            if let [first, second, ..] = words.as_slice() {
                features.add(&[near, ":", first, " ", second]);
            }
            for (at, word) in words.iter().enumerate() {
                features.add(&[if at < NEAR { side } else { far }, ":", word]);
            }
        }
        for word in self.stems.within(sentence).take(2) {
            features.add(&["^:", word]);
        }
    }

    fn tell_cues(self, features: &mut impl Features) {
        let Some(own) = self.passage.clauses.get(self.clause) else { return };
        let Some(sentence) = self.sentence() else { return };
        for cue in self.passage.cues_in(sentence) {
            let inside = own.range.start <= cue.range.start && cue.range.start < own.range.end;
            let side = match () {
                () if !inside => "~",
                () if cue.range.end <= self.range.start => "<",
                () if cue.range.start >= self.range.end => ">",
                () => "@",
            };
            features.add(&[side, cue.kind.name()]);
            if inside {
                features.add(&[side, "cue:", self.cue_id(cue)]);
            }
        }
    }

    fn tell_voice(self, features: &mut impl Features) {
        let Some(stance) = self.stances.get(self.clause) else { return };
        let surplus = stance.guideline.saturating_sub(stance.patient).clamp(-6, 6);
        features.add(&["votes:", &surplus.to_string()]);
        if stance.concludes {
            features.add(&["concludes:"]);
        }
        let before = self.before().map_or("nobody", |stance| stance.source.name());
        features.add(&["before:", before]);
        features.add(&["before:", before, "/", self.is]);
        if stance.source == Source::OtherReviewer {
            features.add(&["other:"]);
        }
    }

    /// The stance of the last clause of the sentence before.
    fn before(self) -> Option<Stance> {
        let (first, _) = self.clauses()?;
        self.stances.get(first.checked_sub(1)?).copied()
    }

    /// The tokens of its sentence.
    fn sentence(self) -> Option<Range> {
        let (first, behind) = self.clauses()?;
        let clause = |at: usize| self.passage.clauses.get(at).map(|clause| clause.range);
        Some(Range { start: clause(first)?.start, end: clause(behind.checked_sub(1)?)?.end })
    }

    /// The first clause of its sentence and the one behind the last.
    fn clauses(self) -> Option<(usize, usize)> {
        let clauses = &self.passage.clauses;
        let sentence = clauses.get(self.clause)?.sentence;
        let first = clauses.partition_point(|clause| clause.sentence < sentence);
        Some((first, clauses.partition_point(|clause| clause.sentence <= sentence)))
    }

    fn cue_id(self, cue: &CueHit) -> &'p str {
        match self.lexicon.entry(cue.entry) {
            Some(Entry::Cue(cue)) => &cue.id,
            _ => "",
        }
    }
}
