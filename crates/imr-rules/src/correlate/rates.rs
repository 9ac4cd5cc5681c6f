//! How often requests are approved and decisions flagged, by class, specialty, guideline, month; and which criterion is
//! most often missing from the letters of which class.
//!
//! A table raises no finding: a specialty that approves more may be sent other cases. Each share has its interval, and
//! each line the exact probability that it differs so much from the rest of the batch by chance, adjusted for the number
//! of lines, so that a reader sees which differences are worth a question.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::bounded::{self, Bounded};
use super::dimension::Dimension;
use super::finding::Share;
use super::remembered::Case;
use super::statistics::{self, Confidence, Table};
use crate::criterion::{CriterionId, CriterionStatus};
use crate::rulebook::{Correlation, Criteria};

/// Lines that are counted at most; a line is about 100 bytes.
const ROOM: usize = 8192;

/// A table of rates.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Rates {
    /// The rule's id.
    pub rule: String,
    /// All decisions with a known outcome.
    pub all: Vec<Share>,
    /// One line a dimension and value.
    pub rates: Vec<Rate>,
    /// One line a class and criterion that a standard requires by itself, the widest gaps first.
    pub gaps: Vec<Gap>,
    /// Lines left out because fewer decisions stand behind them than the rule asks for.
    pub small: usize,
    /// Which share of the lines was followed.
    pub followed: f64,
}

/// A line of the table.
#[derive(Clone, Debug, PartialEq)]
pub struct Rate {
    /// The dimension.
    pub by: &'static str,
    /// Its value.
    pub value: String,
    /// Approved, and flagged, of all with this value.
    pub shares: Vec<Share>,
    /// How likely so different a share of approvals is by chance, against all others: exact and adjusted. Missing where
    /// the line is defined by the outcome.
    pub differs: Option<(f64, f64)>,
}

/// How often a criterion that a standard requires is missing.
#[derive(Clone, Debug, PartialEq)]
pub struct Gap {
    /// The class of the item.
    pub class: String,
    /// The criterion's id.
    pub criterion: String,
    /// Not mentioned, of the decisions for which a standard requires it.
    pub silent: Share,
    /// Said not to be documented.
    pub undocumented: Share,
    /// Either.
    pub missing: Share,
}

/// The counts of a rule so far.
#[derive(Debug)]
pub(super) struct Counting {
    rule: Correlation,
    all: Counts,
    lines: Bounded<(Dimension, String, Counts)>,
    gaps: BTreeMap<(String, CriterionId), Missing>,
}

#[derive(Clone, Copy, Debug, Default)]
struct Counts {
    decisions: u64,
    approved: u64,
    flagged: u64,
}

#[derive(Clone, Copy, Debug, Default)]
struct Missing {
    asked: u64,
    silent: u64,
    undocumented: u64,
}

impl Counts {
    fn add(&mut self, case: &Case, approved: bool) {
        self.decisions += 1;
        self.approved += u64::from(approved);
        self.flagged += u64::from(case.flagged);
    }

    fn shares(self, confidence: Confidence) -> Vec<Share> {
        vec![
            Share::new("approved", self.approved, self.decisions, confidence),
            Share::new("flagged high or critical", self.flagged, self.decisions, confidence),
        ]
    }
}

impl Counting {
    pub(super) fn new(rule: Correlation) -> Self {
        Self { rule, all: Counts::default(), lines: Bounded::new(ROOM), gaps: BTreeMap::new() }
    }

    pub(super) fn add(&mut self, case: &Arc<Case>) {
        self.count_gaps(case);
        let Some(approved) = case.approved() else { return };
        self.all.add(case, approved);
        for dimension in &self.rule.split_by {
            for value in dimension.values(case, 2.0) {
                let key = bounded::hash([dimension.name(), &value]);
                let new = || (*dimension, value.clone(), Counts::default());
                if let Some((.., counts)) = self.lines.group(key, new) {
                    counts.add(case, approved);
                }
            }
        }
    }

    /// Classes and criteria are those of the rulebook, so this table is as small as the rulebook.
    fn count_gaps(&mut self, case: &Case) {
        for (criterion, fact) in case.facts.iter().filter(|(_, fact)| fact.alone) {
            let missing = self.gaps.entry((case.class.clone(), *criterion)).or_default();
            missing.asked += 1;
            missing.silent += u64::from(fact.status() == CriterionStatus::Silent);
            missing.undocumented += u64::from(fact.status() == CriterionStatus::Undocumented);
        }
    }

    pub(super) fn finish(self, criteria: &Criteria) -> Rates {
        let confidence = self.rule.confidence();
        let least = self.rule.count("least_decisions") as u64;
        let followed = self.lines.followed();
        let (lines, small): (Vec<_>, Vec<_>) = self
            .lines
            .into_groups()
            .map(|(_, line)| line)
            .partition(|(.., counts)| counts.decisions >= least);
        Rates {
            rule: self.rule.id.clone(),
            all: self.all.shares(confidence),
            rates: rates(lines, self.all, confidence),
            gaps: gaps(self.gaps, criteria, confidence, least),
            small: small.len(),
            followed,
        }
    }
}

fn rates(
    mut lines: Vec<(Dimension, String, Counts)>,
    all: Counts,
    confidence: Confidence,
) -> Vec<Rate> {
    let size = |counts: &Counts| std::cmp::Reverse(counts.decisions);
    lines.sort_by(|a, b| (a.0, size(&a.2), &a.1).cmp(&(b.0, size(&b.2), &b.1)));
    let compared = |line: &&(Dimension, String, Counts)| line.0 != Dimension::Outcome;
    let values: Vec<f64> =
        lines.iter().filter(compared).map(|(.., counts)| differs(*counts, all)).collect();
    let mut tests = values.iter().copied().zip(statistics::adjusted(&values));
    let line = |(dimension, value, counts): (Dimension, String, Counts)| Rate {
        by: dimension.name(),
        value,
        shares: counts.shares(confidence),
        differs: if dimension == Dimension::Outcome { None } else { tests.next() },
    };
    lines.into_iter().map(line).collect()
}

/// Fisher's exact test of a line against all other decisions.
fn differs(counts: Counts, all: Counts) -> f64 {
    let denied = |counts: Counts| counts.decisions - counts.approved;
    statistics::two_sided(Table {
        first: (counts.approved, denied(counts)),
        second: (
            all.approved.saturating_sub(counts.approved),
            denied(all).saturating_sub(denied(counts)),
        ),
    })
}

/// The widest gaps first, by the lower end of the interval: two of two is no wider than ninety of a hundred.
fn gaps(
    found: BTreeMap<(String, CriterionId), Missing>,
    criteria: &Criteria,
    confidence: Confidence,
    least: u64,
) -> Vec<Gap> {
    let enough = |(_, missing): &(_, Missing)| missing.asked >= least;
    let gap = |((class, criterion), missing): ((String, CriterionId), Missing)| {
        let share = |what, count| Share::new(what, count, missing.asked, confidence);
        Gap {
            class,
            criterion: criteria.name(criterion).to_owned(),
            silent: share("not mentioned", missing.silent),
            undocumented: share("said not to be documented", missing.undocumented),
            missing: share("either", missing.silent + missing.undocumented),
        }
    };
    let mut gaps: Vec<Gap> = found.into_iter().filter(enough).map(gap).collect();
    gaps.sort_by(|a, b| {
        let wide = b.missing.interval.low.total_cmp(&a.missing.interval.low);
        wide.then_with(|| (&a.class, &a.criterion).cmp(&(&b.class, &b.criterion)))
    });
    gaps
}
