//! The one finding type, used by every command.

use imr_letter::Slice;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::criterion::CriterionId;

use crate::yaml::Place;

/// How grave a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Severity {
    /// Worth knowing.
    Info,
    /// A flaw that does not touch the outcome.
    Low,
    /// A flaw that may touch the outcome.
    Medium,
    /// The outcome or its reasoning is doubtful.
    High,
    /// The outcome is unsupported or unsafe.
    Critical,
}

impl Severity {
    /// Every severity, from the least.
    pub const ALL: [Self; 5] = [Self::Info, Self::Low, Self::Medium, Self::High, Self::Critical];

    /// The stable name used in rules and output.
    pub fn name(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
            Self::Critical => "critical",
        }
    }
}

/// Something that a rule flags about one decision or about a whole letter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// The rule's id.
    pub rule: String,
    /// The finding kind, such as `approved_without_support`.
    pub kind: String,
    /// How grave it is.
    pub severity: Severity,
    /// One sentence for people.
    pub message: String,
    /// The decision, from 1. A finding about the whole letter stands at its first decision.
    pub decision: Option<usize>,
    /// The criteria that it is about.
    pub criteria: Vec<CriterionId>,
    /// The words that show it. A finding about absence labels the part that was searched.
    pub labels: Vec<Label>,
    /// What would have made the decision consistent, verified by re-evaluation.
    pub counterfactual: Option<String>,
    /// The guideline behind the rule.
    pub cite: Option<Cite>,
    /// Case, decision, rule and criterion, hashed: survives edits elsewhere in letter and rule. 16 hex digits.
    pub fingerprint: String,
    /// Where the rule says so.
    pub rule_span: Option<RuleSpan>,
    /// Who has accepted it.
    pub waived: Option<Waived>,
}

/// That a finding has been accepted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Waived {
    /// Why.
    pub reason: String,
    /// By whom.
    pub approver: String,
    /// The last day on which that counts.
    pub expires: Date,
}

/// Words of the letter with a note.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Label {
    /// The words.
    pub slice: Slice,
    /// What they show.
    pub note: String,
}

/// The guideline behind a rule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cite {
    /// The guideline's id in the guideline map.
    pub guideline: String,
    /// The section.
    pub section: Option<String>,
    /// Pages as written in the rule.
    pub pages: Option<String>,
    /// Whether the fact was compared with the official text.
    pub verified: bool,
}

/// A place in a rule file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RuleSpan {
    /// The file's name as loaded.
    pub file: String,
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl From<&Place> for RuleSpan {
    fn from(place: &Place) -> Self {
        Self { file: place.file.to_string(), start: place.start, end: place.end }
    }
}
