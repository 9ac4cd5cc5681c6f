//! The result of auditing one letter: what every command and renderer works on.

use crate::criterion::CriterionReading;
use crate::evidence::Request;
use crate::finding::Finding;
use crate::verdict::RuleVerdict;

/// One audited letter.
#[derive(Clone, Debug, Default)]
pub struct Audit {
    /// One entry a decision, in the letter's order.
    pub decisions: Vec<DecisionAudit>,
    /// Findings about the letter as a whole.
    pub findings: Vec<Finding>,
}

/// One audited decision.
#[derive(Clone, Debug, Default)]
pub struct DecisionAudit {
    /// The phase of the request.
    pub request: Request,
    /// What rationale and summary say, criterion by criterion.
    pub criteria: Vec<CriterionReading>,
    /// What each rule says.
    pub verdicts: Vec<RuleVerdict>,
    /// What was flagged, gravest first.
    pub findings: Vec<Finding>,
}
