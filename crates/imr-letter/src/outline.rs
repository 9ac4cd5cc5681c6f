//! What a format marks in a view: where each part begins and ends. The field readers do the rest, so that a
//! format file holds nothing but the layout it knows.

use crate::document::{CaseOutcome, Outcome, hull};
use crate::span::{Located, Slice};

/// The parts of a letter as a format has marked them.
#[derive(Clone, Debug, Default)]
pub struct Outline {
    /// The labelled values of the head, by field.
    pub header: Vec<(HeaderField, Slice)>,
    /// Where the reviewer's credentials stand.
    pub credentials: Option<Slice>,
    /// The clinical case summary without heading and form text.
    pub summary: Option<Slice>,
    /// The outcome of the whole case where the format states it.
    pub case_outcome: Option<Located<CaseOutcome>>,
    /// The decisions, in the letter's order.
    pub decisions: Vec<DecisionOutline>,
    /// Parts that the format always has and this letter lacks, by name, with the place where each was expected.
    pub missing: Vec<(&'static str, usize)>,
    /// Text that belongs to none of the parts.
    pub unplaced: Vec<Slice>,
}

impl Outline {
    /// From the first to the last of what is read for the vocabulary's words: as [`crate::Document::body`].
    pub(crate) fn body(&self) -> Slice {
        let of = |one: &DecisionOutline| {
            let lines = [one.claims_administrator, one.reviewer, one.rationale];
            [Some(one.heading)].into_iter().chain(lines)
        };
        hull(self.decisions.iter().flat_map(of).chain([self.summary]).flatten())
    }
}

/// A labelled value of the head.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum HeaderField {
    /// Case number, or the reference id of a health-plan determination.
    CaseNumber,
    /// Date assigned.
    Assigned,
    /// Date of injury.
    Injury,
    /// Decision date.
    Decision,
    /// UR denial date.
    UrDenial,
    /// Application received.
    Received,
    /// Priority.
    Priority,
    /// Stated age or age range of the patient.
    Age,
    /// Stated sex of the patient.
    Sex,
}

/// The parts of one decision.
#[derive(Clone, Debug, Default)]
pub struct DecisionOutline {
    /// The disputed item as written, without outcome word and colon.
    pub heading: Slice,
    /// The outcome and its word.
    pub outcome: Option<Located<Outcome>>,
    /// The claims administrator's citation line, without its label.
    pub claims_administrator: Option<Slice>,
    /// The reviewer's citation line, without its label.
    pub reviewer: Option<Slice>,
    /// The rationale, without its label.
    pub rationale: Option<Slice>,
}
