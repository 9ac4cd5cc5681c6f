//! What a rule says about a decision.

use std::borrow::Borrow;
use std::fmt;
use std::ops::Deref;
use std::sync::Arc;

use crate::criterion::{CriterionId, CriterionStatus};
use serde::{Deserialize, Serialize};

/// The verdict of one rule on one decision. All six are counted; none passes silently. Of rules that do not apply an audit keeps
/// the number and no verdicts, unless it explains them.
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

/// Of which rules an audit says why their verdict came out. Findings and verdicts are the same whatever it says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Reasoned {
    /// Of none: what no reader asks for is not found out.
    Nothing,
    /// Of those that apply.
    #[default]
    Applying,
    /// Of all, also of those that do not apply, which are most of a large rulebook.
    All,
}

impl Reasoned {
    /// Whether the reasons of a rule that applies or does not are wanted.
    pub(crate) fn wants(self, applies: bool) -> bool {
        match self {
            Self::Nothing => false,
            Self::Applying => applies,
            Self::All => true,
        }
    }
}

/// A rule's id, which every verdict of the rule shares.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct RuleId(Arc<str>);

impl RuleId {
    /// As a text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Deref for RuleId {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl From<String> for RuleId {
    fn from(id: String) -> Self {
        Self(id.into())
    }
}

impl Borrow<str> for RuleId {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for RuleId {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(out)
    }
}

impl fmt::Display for RuleId {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

impl PartialEq<str> for RuleId {
    fn eq(&self, other: &str) -> bool {
        *self.0 == *other
    }
}

impl PartialEq<&str> for RuleId {
    fn eq(&self, other: &&str) -> bool {
        *self.0 == **other
    }
}

impl PartialEq<String> for RuleId {
    fn eq(&self, other: &String) -> bool {
        *self.0 == **other
    }
}

impl PartialEq<RuleId> for String {
    fn eq(&self, other: &RuleId) -> bool {
        **self == *other.0
    }
}

/// One rule's verdict on one decision, with the statuses it rests on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RuleVerdict {
    /// The rule's id.
    pub rule: RuleId,
    /// The verdict.
    pub verdict: Verdict,
    /// The named requirements of the standard, each with its status.
    pub requirements: Vec<(String, CriterionStatus)>,
    /// The criteria it looked at, each with the status that counted.
    pub criteria: Vec<(CriterionId, CriterionStatus)>,
    /// Why, in plain words; one line a step of the proof. Of a rule that does not apply only where the letter was explained.
    pub reasons: Reasons,
}

/// The steps of a proof in words, a line each. All stand in one text: a letter has hundreds of them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reasons {
    text: String,
    /// Where each line ends; the next begins there.
    ends: Vec<u32>,
}

/// Lines that most verdicts have room for.
const USUAL_LINES: usize = 8;

/// Bytes that most lines have room in.
const USUAL_LINE: usize = 80;

impl Reasons {
    /// Adds a line.
    pub(crate) fn push(&mut self, line: &str) {
        self.write(|text| text.push_str(line));
    }

    /// Adds a line that is written behind what is there.
    pub(crate) fn write(&mut self, line: impl FnOnce(&mut String)) {
        if self.is_empty() {
            self.text.reserve(USUAL_LINES * USUAL_LINE);
            self.ends.reserve(USUAL_LINES);
        }
        line(&mut self.text);
        self.ends.push(u32::try_from(self.text.len()).unwrap_or(u32::MAX));
    }

    /// Whether nothing is said.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// The lines.
    pub fn iter(&self) -> impl Iterator<Item = &str> + Clone {
        let starts = std::iter::once(&0).chain(&self.ends);
        let lines = starts.zip(&self.ends);
        lines.map(|(start, end)| self.text.get(*start as usize..*end as usize).unwrap_or_default())
    }
}
