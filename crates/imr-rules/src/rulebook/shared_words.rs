//! The test whether rationale and case summary speak about the same fact, by the words they use.
//!
//! A criterion is wider than a fact: "no spasm on examination" and "tenderness was noted" are both about examination
//! findings and do not contradict each other. Asking for a word in common keeps a contradiction to one fact; the price
//! is that one told in wholly different words is missed, which an auditor minds less than a false alarm.

use super::condition::{Subject, status};
use crate::criterion::CriterionStatus;
use crate::yaml::{Diagnostics, Fields, Node, decode};

/// Whether words that give a criterion one of these statuses in the rationale share a word with words that give it one
/// of those in the case summary.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SharedWords {
    /// Which criterion.
    pub subject: Subject,
    /// The statuses in the rationale.
    pub rationale: Vec<CriterionStatus>,
    /// The statuses in the case summary.
    pub summary: Vec<CriterionStatus>,
    /// Words that tell nothing when shared, in lower case.
    pub ignoring: Vec<String>,
}

/// Lowers the test.
pub(super) fn shared_words(
    subject: impl Fn(&Node, &mut Diagnostics) -> Option<Subject>,
    node: &Node,
    diagnostics: &mut Diagnostics,
) -> Option<SharedWords> {
    let mut fields = Fields::of(node, diagnostics)?;
    let subject = fields.required("shared_words", subject);
    let rationale = fields.required("rationale", decode::list(status));
    let summary = fields.required("summary", decode::list(status));
    let ignoring = fields.or_default("ignoring", decode::list(decode::text));
    fields.finish();
    let ignoring = ignoring.iter().map(|word| word.to_lowercase()).collect();
    Some(SharedWords { subject: subject?, rationale: rationale?, summary: summary?, ignoring })
}
