//! What a rationale and a case summary say about this patient.

use imr_letter::Document;

use crate::criterion::CriterionReading;

/// The words and weights that evidence is read with, built by the rulebook loader from `rules/evidence/*.yaml`.
#[derive(Clone, Debug, Default)]
pub struct Lexicon {}

/// What was read for one decision.
#[derive(Clone, Debug, Default)]
pub struct Evidence {
    /// Initial, continuation or retrospective.
    pub request: Request,
    /// One reading for each criterion that is not silent in both parts, in the order of the rulebook's criteria.
    pub criteria: Vec<CriterionReading>,
}

/// The phase of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Request {
    /// A first request, partly authorized first requests included.
    Initial,
    /// A repeat, an extension, or any request after earlier courses of the same service.
    Continuation,
    /// For a service already given.
    Retrospective,
    /// The letter does not tell.
    #[default]
    Unclear,
}

impl Request {
    /// The stable name used in rules and output.
    pub fn name(self) -> &'static str {
        match self {
            Self::Initial => "initial",
            Self::Continuation => "continuation",
            Self::Retrospective => "retrospective",
            Self::Unclear => "unclear",
        }
    }
}

/// Reads the evidence for the decision with this index (from 0).
pub fn read(document: &Document, decision: usize, lexicon: &Lexicon) -> Evidence {
    let _ = (document, decision, lexicon);
    Evidence::default()
}
