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
mod load;
mod read;

use std::collections::HashMap;

use crate::criterion::{CriterionId, CriterionStatus};

pub(crate) use features::{Clauses, Unit};
pub(super) use load::RawTables;
pub(super) use read::weigh;

/// The statuses that are weighed, in the order of the status table.
pub(crate) const STATUSES: [CriterionStatus; 3] =
    [CriterionStatus::Met, CriterionStatus::NotMet, CriterionStatus::Undocumented];

/// All tables.
#[derive(Clone, Debug, Default)]
pub(crate) struct Weights {
    /// Words that pairs are made without ("the", "of"), lower case.
    pub(crate) passed_over: Vec<String>,
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
    /// One column for each of [`STATUSES`].
    pub(crate) status: Table,
}

/// Features with a weight for each column that they argue for or against.
#[derive(Clone, Debug, Default)]
pub(crate) struct Table {
    /// What every column starts with.
    pub(crate) starts: Vec<i32>,
    /// Column and weight by feature.
    pub(crate) rows: HashMap<Box<str>, Vec<(u16, i32)>>,
}

impl Table {
    /// The sums of a set of features, one a column. Features must be distinct.
    pub(crate) fn sums(&self, features: &[String]) -> Vec<i32> {
        let mut sums = self.starts.clone();
        for (column, weight) in
            features.iter().filter_map(|it| self.rows.get(it.as_str())).flatten()
        {
            if let Some(sum) = sums.get_mut(usize::from(*column)) {
                *sum += weight;
            }
        }
        sums
    }
}
