//! Two runs compared: decisions that came out otherwise, findings that are new and findings that are gone.
//!
//! Letters are paired by whoever reads the runs (by name, else by case number); here two records of one letter are
//! compared, and the sums of a comparison are kept. Findings are paired by fingerprint, which survives edits elsewhere, so
//! a finding whose words moved is the same finding.

mod compare;
mod write;

use std::cmp::Reverse;
use std::collections::BTreeMap;

use imr_rules::finding::Severity;
use serde::Serialize;

use crate::run::Finding;
use crate::summary::Kinds;

pub use compare::{LetterDiff, compare};

/// Names that are counted by at most; those of a rulebook are far fewer.
const ROOM: usize = 4096;

/// The sums of a comparison, and the changes that a report for people shows.
#[derive(Debug, Serialize)]
pub struct Diff {
    /// Letters in both runs, in the first only, in the second only.
    letters: Letters,
    decisions: Decisions,
    /// Changes of outcome, "upheld -> overturned".
    outcomes: BTreeMap<String, usize>,
    /// Changes of a criterion's status, by criterion.
    criteria: BTreeMap<String, usize>,
    /// Changes of verdict, by rule.
    verdicts: BTreeMap<String, usize>,
    new_findings: Kinds,
    gone_findings: Kinds,
    #[serde(skip)]
    shown: usize,
    #[serde(skip)]
    kept: BTreeMap<Rank, LetterDiff>,
    /// Findings across letters that only one run has.
    across: Across,
}

/// The letters with the gravest new or gone findings come first, then those with most changes, then the run's order.
type Rank = (Reverse<Option<Severity>>, Reverse<usize>, usize);

/// Findings across letters, as many as a run's batch reports.
#[derive(Debug, Default, Serialize)]
struct Across {
    new: Vec<Finding>,
    gone: Vec<Finding>,
}

#[derive(Clone, Copy, Debug, Default, Serialize)]
struct Letters {
    both: usize,
    changed: usize,
    only_first: usize,
    only_second: usize,
}

#[derive(Clone, Copy, Debug, Default, Serialize)]
struct Decisions {
    both: usize,
    changed: usize,
    only_first: usize,
    only_second: usize,
}

impl Diff {
    /// An empty comparison that shows so many letters to people.
    pub fn new(shown: usize) -> Self {
        Self {
            letters: Letters::default(),
            decisions: Decisions::default(),
            outcomes: BTreeMap::new(),
            criteria: BTreeMap::new(),
            verdicts: BTreeMap::new(),
            new_findings: Kinds::new(),
            gone_findings: Kinds::new(),
            shown,
            kept: BTreeMap::new(),
            across: Across::default(),
        }
    }

    /// Counts what changed in a letter.
    pub fn add(&mut self, letter: LetterDiff) {
        self.letters.both += usize::from(letter.is_in_both());
        self.letters.only_first += usize::from(letter.only == Some("first"));
        self.letters.only_second += usize::from(letter.only == Some("second"));
        self.decisions.both += letter.paired;
        if !letter.is_changed() {
            return;
        }
        self.letters.changed += usize::from(letter.is_in_both());
        for decision in &letter.decisions {
            match decision.only {
                Some("first") => self.decisions.only_first += 1,
                Some(_) => self.decisions.only_second += 1,
                None => self.decisions.changed += 1,
            }
            if let Some(change) = &decision.outcome {
                bump(&mut self.outcomes, &change.arrow());
            }
            for criterion in &decision.criteria {
                bump(&mut self.criteria, &criterion.criterion);
            }
            for verdict in &decision.verdicts {
                bump(&mut self.verdicts, &verdict.rule);
            }
        }
        for verdict in &letter.verdicts {
            bump(&mut self.verdicts, &verdict.rule);
        }
        letter
            .new_findings()
            .for_each(|finding| count(&mut self.new_findings, &finding.kind, finding.severity()));
        letter
            .gone_findings()
            .for_each(|finding| count(&mut self.gone_findings, &finding.kind, finding.severity()));
        self.keep(letter);
    }

    /// Counts a finding across letters that only one of the runs has.
    pub fn add_across(&mut self, finding: Finding, is_new: bool) {
        let (kinds, kept) = if is_new {
            (&mut self.new_findings, &mut self.across.new)
        } else {
            (&mut self.gone_findings, &mut self.across.gone)
        };
        count(kinds, &finding.kind, finding.severity());
        if kept.len() < ROOM {
            kept.push(finding);
        }
    }

    /// The gravest new finding.
    pub fn gravest_new(&self) -> Option<Severity> {
        let has = |severity: &Severity| {
            self.new_findings.values().any(|counts| counts.contains_key(severity.name()))
        };
        crate::summary::SEVERITIES.into_iter().find(|severity| has(severity))
    }

    fn keep(&mut self, letter: LetterDiff) {
        let gravest =
            letter.new_findings().chain(letter.gone_findings()).map(Finding::severity).max();
        let order = self.letters.both + self.letters.only_first + self.letters.only_second;
        let rank = (Reverse(gravest), Reverse(letter.decisions.len()), order);
        self.kept.insert(rank, letter);
        if self.kept.len() > self.shown {
            self.kept.pop_last();
        }
    }
}

fn bump(counts: &mut BTreeMap<String, usize>, name: &str) {
    if counts.len() < ROOM || counts.contains_key(name) {
        *counts.entry(name.to_owned()).or_default() += 1;
    }
}

fn count(kinds: &mut Kinds, kind: &str, severity: Severity) {
    if kinds.len() < ROOM || kinds.contains_key(kind) {
        *kinds.entry(kind.to_owned()).or_default().entry(severity.name()).or_default() += 1;
    }
}
