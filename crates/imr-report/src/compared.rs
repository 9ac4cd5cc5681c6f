//! What a run has that an earlier one had not, and the other way round.

use serde::Serialize;

/// A run compared with an earlier one, finding by finding.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Compared {
    /// The earlier run.
    pub run: String,
    /// Findings that the earlier run had too; they are left out of this one.
    pub known: u64,
    /// Findings that it had not.
    pub new: u64,
    /// Findings of the earlier run that are gone.
    pub fixed: u64,
    /// Findings of the earlier run in letters that this run did not see.
    pub unseen: u64,
    /// Those that are gone, the first of them in the order of the earlier run.
    pub gone: Vec<Gone>,
}

/// A finding of an earlier run that is gone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Gone {
    /// Its letter; empty for a finding across letters.
    pub source: String,
    /// Its decision, from 1.
    pub decision: Option<usize>,
    /// Its rule.
    pub rule: String,
    /// Its kind.
    pub kind: String,
    /// How grave it was.
    pub severity: String,
    /// What was said.
    pub message: String,
    /// Its fingerprint.
    pub fingerprint: String,
}

/// A comparison as a line of JSON lines: `{"schema", "baseline": {...}}`.
#[derive(Debug, Serialize)]
pub(crate) struct ComparedLine<'c> {
    pub(crate) schema: &'static str,
    pub(crate) baseline: &'c Compared,
}

impl Compared {
    /// The counts on one line.
    pub fn counts(&self) -> String {
        let Self { run, known, new, fixed, unseen, .. } = self;
        format!(
            "compared with {run}: {new} new, {known} known and left out, {fixed} fixed, \
             {unseen} in letters that were not looked at"
        )
    }
}
