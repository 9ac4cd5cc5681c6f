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
mod table;
mod voice;

use std::collections::BTreeSet;

use rustc_hash::FxHashSet;
use serde::{Deserialize, Serialize, Serializer};

use crate::criterion::{CriterionId, CriterionStatus};

pub(crate) use features::{Clauses, Features, Unit};
pub(crate) use key::{Key, Keys};
pub(crate) use load::{RawTables, RawWeights, column, table, whole};
pub(crate) use meaning::Stretch;
pub(super) use read::weigh;
pub(crate) use read::{Classless, Room, said};
pub(crate) use stems::Stems;
pub(crate) use table::Table;
pub(crate) use voice::{Sentence, voices};

/// The statuses that are weighed, in the order of the status table.
pub(crate) const STATUSES: [CriterionStatus; 3] =
    [CriterionStatus::Met, CriterionStatus::NotMet, CriterionStatus::Undocumented];

/// All tables.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Weights {
    /// Words that pairs are made without ("the", "of"), lower case.
    #[serde(serialize_with = "in_order")]
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

/// The words in alphabetical order, so that the same words are stored as the same bytes.
fn in_order<S: Serializer>(words: &FxHashSet<String>, to: S) -> Result<S::Ok, S::Error> {
    to.collect_seq(words.iter().collect::<BTreeSet<_>>())
}
