//! Who speaks, by the words of a sentence: a guideline that is recited, or the reviewer about this patient.
//!
//! Cues vote on it with what a person can list ("in this case", "the MTUS recommends"), but most recitations of unknown reviewers
//! have none of them. What was learnt from labelled rationales is their tone: the tense, the bare plural, "should", "is
//! useful", and what the sentence before was. It votes with the cues and does not replace them, because a clause turns on
//! "in this patient" whatever its tone.

use super::features::tell_voice;
use super::key::Keys;
use super::table::Sums;
use super::{Stems, Weights};
use crate::evidence::passage::{Passage, Range};

/// A sentence and the one before it, as tokens.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Sentence {
    pub(crate) range: Range,
    pub(crate) before: Option<Range>,
}

impl Sentence {
    /// The names of the features that tell who speaks, sorted and distinct.
    pub(crate) fn features(self, stems: &Stems) -> Vec<String> {
        let mut features = std::collections::BTreeSet::new();
        tell_voice(stems, self.range, self.before, &mut features);
        features.into_iter().collect()
    }
}

/// For each clause the votes of its words: above zero for a guideline, below for the patient; none without a table.
pub(crate) fn voices(passage: &Passage, stems: &Stems, weights: &Weights) -> Vec<i32> {
    if weights.voice.is_empty() || weights.vote == 0 {
        return Vec::new();
    }
    let (mut keys, mut sums) = (Keys::default(), Sums::default());
    let mut sum = |range: Range, before: Option<Range>| {
        keys.clear();
        tell_voice(stems, range, before, &mut keys);
        weights.voice.sum_up(&keys, &mut sums);
        sums.of_columns.first().copied().unwrap_or_default()
    };
    let mut votes = Vec::with_capacity(passage.clauses.len());
    let mut before = None;
    for clauses in passage.clauses.chunk_by(|a, b| a.sentence == b.sentence) {
        let (Some(first), Some(last)) = (clauses.first(), clauses.last()) else { continue };
        let sentence = Range { start: first.range.start, end: last.range.end };
        let whole = sum(sentence, before);
        for clause in clauses {
            // A sentence can turn from the guideline to the patient: its own words count as much as the whole.
            let own = if clauses.len() == 1 { whole } else { sum(clause.range, before) };
            let tenths = whole.saturating_add(own) / 2;
            votes.push((tenths / weights.vote).clamp(-weights.most_votes, weights.most_votes));
        }
        before = Some(sentence);
    }
    votes
}
