//! Weighed words: which criterion a clause speaks of, and what it says of it, where no phrase of the lexicon matches.
//!
//! Phrases are precise and never complete: on letters of unknown reviewers most facts that are missed stand in clauses in
//! which no concept was found. So every criterion also has a table of words with weights; a clause whose words add up to
//! the threshold speaks of the criterion. A second table weighs what it says: met, not met or undocumented. Both are plain
//! sums of whole numbers, so a trace can name the words that tipped the scale, and a person can change them.
//!
//! The tables (`rules/evidence/weights/`) are fitted on labelled letters and sentences by [`crate::fit`]; the phrases come first,
//! and a table only speaks of a criterion that they are silent about. The price: a number has no reason behind it but the
//! letters that it was fitted on.

mod features;
mod key;
mod load;
mod meaning;
mod read;
mod stems;
mod voice;

use std::collections::HashMap;

use rustc_hash::FxHashSet;

use crate::criterion::{CriterionId, CriterionStatus};

pub(crate) use features::{Clauses, Features, Unit};
use key::BuildMixed;
pub(crate) use key::{Key, Keys};
pub(crate) use load::{RawTables, RawWeights, column, table, whole};
pub(crate) use meaning::Stretch;
pub(crate) use read::said;
pub(super) use read::weigh;
pub(crate) use stems::Stems;
pub(crate) use voice::{Sentence, voices};

/// The statuses that are weighed, in the order of the status table.
pub(crate) const STATUSES: [CriterionStatus; 3] =
    [CriterionStatus::Met, CriterionStatus::NotMet, CriterionStatus::Undocumented];

/// All tables.
#[derive(Clone, Debug, Default)]
pub(crate) struct Weights {
    /// Words that pairs are made without ("the", "of"), lower case.
    pub(crate) passed_over: FxHashSet<String>,
    /// One column a criterion.
    pub(crate) criteria: Table,
    /// The criterion of each column of `criteria`.
    pub(crate) columns: Vec<CriterionId>,
    /// The sum from which a clause speaks of a criterion, in tenths of a log-odd.
    pub(crate) threshold: i32,
    /// The sum below which a criterion that phrases found is dropped.
    pub(crate) doubts: i32,
    /// By how much another status must outweigh the one that phrases gave, in tenths of a log-odd.
    pub(crate) outweighs: i32,
    /// What every vote for the guideline over those for the patient takes from a sum, in tenths of a log-odd.
    pub(crate) recites: i32,
    /// One column for each of [`STATUSES`].
    pub(crate) status: Table,
    /// One column: that a guideline speaks, and not the reviewer of this patient. Empty: nothing is weighed.
    pub(crate) voice: Table,
    /// One column for each of [`super::PhraseStatus::ALL`]: how a stretch of words is meant. Empty: the axes tell.
    pub(crate) mention: Table,
    /// So many tenths of a log-odd of `voice` are one vote on who speaks.
    pub(crate) vote: i32,
    /// More votes than these the words of a clause never have.
    pub(crate) most_votes: i32,
}

/// Features with a weight for each column that they argue for or against.
#[derive(Clone, Debug, Default)]
pub(crate) struct Table {
    /// What every column starts with.
    starts: Vec<i32>,
    /// The last weight of each feature, by its place in `weights`.
    last: HashMap<Key, u32, BuildMixed>,
    weights: Vec<Weight>,
}

/// What a feature weighs for one column, in tenths of a log-odd.
#[derive(Clone, Copy, Debug)]
struct Weight {
    column: u16,
    tenths: i32,
    /// The weight of the same feature for another column, or no place in the list.
    before: u32,
}

impl Table {
    /// Whether it has no column.
    pub(crate) fn is_empty(&self) -> bool {
        self.starts.is_empty()
    }

    /// The table of these columns' starts and weights.
    pub(crate) fn new(starts: Vec<i32>, cells: &[(Key, u16, i32)]) -> Self {
        let mut last = HashMap::with_capacity_and_hasher(cells.len(), BuildMixed::default());
        let weight = |(place, (key, column, weight)): (u32, &(Key, u16, i32))| {
            let before = last.insert(*key, place).unwrap_or(u32::MAX);
            Weight { column: *column, tenths: *weight, before }
        };
        let weights = (0..).zip(cells).map(weight).collect();
        Self { starts, last, weights }
    }

    /// The sums of a set of features, one a column. Features must be distinct.
    pub(crate) fn sums(&self, features: &[Key]) -> Vec<i32> {
        let mut sums = Vec::new();
        self.sum_up(features, &mut sums);
        sums
    }

    /// The same in place of what `sums` holds.
    fn sum_up(&self, features: &[Key], sums: &mut Vec<i32>) {
        sums.clone_from(&self.starts);
        for mut place in features.iter().filter_map(|key| self.last.get(key)) {
            while let Some(weight) = self.weights.get(*place as usize) {
                if let Some(sum) = sums.get_mut(usize::from(weight.column)) {
                    *sum += weight.tenths;
                }
                place = &weight.before;
            }
        }
    }
}
