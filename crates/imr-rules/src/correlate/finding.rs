//! What a correlation finds: words of several letters side by side, with the numbers that a reader needs to believe it.

use imr_letter::document::Outcome;

use super::remembered::{Place, Quote};
use super::statistics::{self, Confidence, Interval};
use crate::finding::{RuleSpan, Severity, Waived};

/// Something that a rule finds across letters.
#[derive(Clone, Debug, PartialEq)]
pub struct BatchFinding {
    /// The rule's id.
    pub rule: String,
    /// The finding kind, such as `like_cases_differ`.
    pub kind: String,
    /// How grave it is.
    pub severity: Severity,
    /// One sentence for people.
    pub message: String,
    /// What the decisions have in common, by name.
    pub group: Vec<(&'static str, String)>,
    /// The criterion that it is about, by id.
    pub criterion: Option<String>,
    /// The shares that it rests on.
    pub shares: Vec<Share>,
    /// The test behind it.
    pub test: Test,
    /// The decisions that show it, with their words.
    pub decisions: Vec<Shown>,
    /// What differs between the first two decisions, in words.
    pub differences: Vec<String>,
    /// The same shares for parts of the group.
    pub splits: Vec<Split>,
    /// Rule and group, hashed: survives more letters of the same kind.
    pub fingerprint: String,
    /// Where the rule says so.
    pub rule_span: RuleSpan,
    /// Who has accepted it.
    pub waived: Option<Waived>,
}

/// So many of so many, with the interval of the share.
#[derive(Clone, Debug, PartialEq)]
pub struct Share {
    /// What is counted, such as "denials that rest on it".
    pub what: &'static str,
    /// How many.
    pub count: u64,
    /// Of how many.
    pub of: u64,
    /// Wilson's interval.
    pub interval: Interval,
    /// How sure the interval is.
    pub confidence: Confidence,
}

impl Share {
    /// `count` of `of`.
    pub(super) fn new(what: &'static str, count: u64, of: u64, confidence: Confidence) -> Self {
        let interval = statistics::interval(count, of, confidence);
        Self { what, count, of, interval, confidence }
    }

    /// The share itself.
    pub fn value(&self) -> f64 {
        statistics::share(self.count, self.of)
    }

    /// "4 of 4 (100 %, 95 % interval 51 to 100 %)".
    pub fn in_words(&self) -> String {
        format!("{} of {} ({})", self.count, self.of, self.in_percent())
    }

    /// "4 of 4 denials (100 %, 95 % interval 51 to 100 %)".
    pub(super) fn of_what(&self, what: &str) -> String {
        format!("{} of {} {what} ({})", self.count, self.of, self.in_percent())
    }

    /// "100 %, 95 % interval 51 to 100 %".
    pub(super) fn in_percent(&self) -> String {
        let percent = |share: f64| format!("{:.0}", share * 100.0);
        format!(
            "{} %, {} % interval {} to {} %",
            percent(self.value()),
            percent(self.confidence.level),
            percent(self.interval.low),
            percent(self.interval.high)
        )
    }
}

/// An exact test.
#[derive(Clone, Debug, PartialEq)]
pub struct Test {
    /// Which one, such as `fisher_exact_two_sided`.
    pub name: &'static str,
    /// How likely what was seen, or something more extreme, is by chance.
    pub p_value: f64,
    /// The same, adjusted for all groups that the rule looked at (Benjamini and Hochberg).
    pub q_value: f64,
    /// How many groups that were.
    pub tests: usize,
    /// Whether chance is excluded at the level that the rule sets.
    pub established: bool,
}

/// A decision with the words that a finding shows of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    /// Which decision of which letter.
    pub place: Place,
    /// What was decided.
    pub outcome: Outcome,
    /// The words with their notes.
    pub labels: Vec<(Quote, String)>,
}

/// The shares of a finding for one value of one dimension.
#[derive(Clone, Debug, PartialEq)]
pub struct Split {
    /// The dimension.
    pub by: &'static str,
    /// Its value.
    pub value: String,
    /// The shares, as in the finding.
    pub shares: Vec<Share>,
}

/// A probability for people: two significant digits, and no more certainty than a number can hold.
pub fn probability(p: f64) -> String {
    if p < 1e-4 {
        "< 0.0001".to_owned()
    } else if p < 0.1 {
        format!("= {p:.4}")
    } else {
        format!("= {p:.2}")
    }
}
