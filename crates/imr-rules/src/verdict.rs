//! What a rule says about a decision.

use crate::criterion::{CriterionId, CriterionStatus};
use serde::{Deserialize, Serialize};

/// The verdict of one rule on one decision. All six are counted; none passes silently.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Verdict {
    /// The outcome agrees with what the rule demands.
    Consistent,
    /// It does not.
    Inconsistent,
    /// The letter does not say enough to tell.
    Undetermined,
    /// The rule does not apply to this decision.
    NotApplicable,
    /// Inconsistent, but waived.
    Waived,
    /// The rule could not be evaluated.
    Error,
}

impl Verdict {
    /// The stable name used in rules and output.
    pub fn name(self) -> &'static str {
        match self {
            Self::Consistent => "consistent",
            Self::Inconsistent => "inconsistent",
            Self::Undetermined => "undetermined",
            Self::NotApplicable => "not_applicable",
            Self::Waived => "waived",
            Self::Error => "error",
        }
    }
}

impl RuleVerdict {
    /// That a rule does not apply, without its reasons.
    pub(crate) fn not_applicable(rule: &str) -> Self {
        let (requirements, criteria, reasons) = (Vec::new(), Vec::new(), Vec::new());
        let (rule, verdict) = (rule.to_owned(), Verdict::NotApplicable);
        Self { rule, verdict, requirements, criteria, reasons }
    }
}

/// One rule's verdict on one decision, with the statuses it rests on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RuleVerdict {
    /// The rule's id.
    pub rule: String,
    /// The verdict.
    pub verdict: Verdict,
    /// The named requirements of the standard, each with its status.
    pub requirements: Vec<(String, CriterionStatus)>,
    /// The criteria it looked at, each with the status that counted.
    pub criteria: Vec<(CriterionId, CriterionStatus)>,
    /// Why, in plain words; one line a step of the proof. Of a rule that does not apply only where the letter was explained.
    pub reasons: Vec<String>,
}
