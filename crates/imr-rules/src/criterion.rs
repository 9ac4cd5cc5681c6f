//! Criteria: the facts that an auditor looks for about this patient and this request.

use imr_letter::Slice;
use serde::{Deserialize, Serialize};

/// A criterion's place in the rulebook's list of criteria.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct CriterionId(pub u16);

/// What a text says about one criterion. Silence is a value; it is never turned into `NotMet`.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
pub enum CriterionStatus {
    /// The text says that the fact holds for this patient.
    Met,
    /// The text says that it does not hold.
    NotMet,
    /// The text says that it is not documented.
    Undocumented,
    /// The text says both, and neither reading is better.
    Conflicting,
    /// The text says nothing about it.
    #[default]
    Silent,
}

impl CriterionStatus {
    /// Every status.
    pub const ALL: [Self; 5] =
        [Self::Met, Self::NotMet, Self::Undocumented, Self::Conflicting, Self::Silent];

    /// The stable name used in rules and output.
    pub fn name(self) -> &'static str {
        match self {
            Self::Met => "met",
            Self::NotMet => "not_met",
            Self::Undocumented => "undocumented",
            Self::Conflicting => "conflicting",
            Self::Silent => "silent",
        }
    }
}

/// What one decision's rationale and the letter's case summary say about one criterion.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CriterionReading {
    /// Which criterion.
    pub criterion: CriterionId,
    /// Status in the rationale.
    pub rationale: CriterionStatus,
    /// Status in the case summary.
    pub summary: CriterionStatus,
    /// The mentions behind both, in the order of the text.
    pub grounds: Vec<Ground>,
}

/// One mention behind a criterion's status.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ground {
    /// The words that state the fact.
    pub slice: Slice,
    /// Which part of the letter they stand in.
    pub part: Part,
    /// The status this mention argues for.
    pub status: CriterionStatus,
    /// The cue that decided the status, where there was one.
    pub cue: Option<Slice>,
}

/// The parts of a letter in which evidence is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Part {
    /// The decision's rationale.
    Rationale,
    /// The letter's case summary.
    Summary,
}
