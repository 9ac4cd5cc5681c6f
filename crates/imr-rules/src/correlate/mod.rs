//! Across letters: what only many determinations together can show.
//!
//! ```text
//! Letter, Document, Audit -> remember (any thread) -> Remembered -> add (in any order) -> Batch -> finish -> BatchAudit
//! ```
//!
//! A batch streams: every letter is shrunk to what may be compared ([`remembered`]), counted in groups, and forgotten
//! unless it stands for one of them. Three things make the result the same bytes for any order of the input: groups are
//! kept by the smallest hash ([`bounded`]), those who stand for them likewise ([`representatives`]), and everything else
//! is a sum. Counts never stand alone: each has its interval, each comparison its exact test, adjusted for how many
//! comparisons were made ([`statistics`]).
//!
//! Memory is bounded whatever the batch: groups by the `ROOM` of each comparison, [`REPRESENTATIVES`] decisions of about 2.5
//! kilobytes for each side of a group, and by `KEPT` what all groups keep together. A batch with more than there is room
//! for is sampled, and the result says which share was followed.

mod asked;
pub mod bounded;
mod criteria;
mod differences;
mod dimension;
mod examples;
mod finding;
mod outcomes;
mod rates;
mod remembered;
mod representatives;
pub mod statistics;
mod wording;

use std::cmp::Reverse;
use std::sync::Arc;

use imr_letter::{Document, Letter};

use crate::audit::Audit;
use crate::rulebook::correlation::Method;
use crate::rulebook::{Correlation, Criteria, Rulebook};
pub use dimension::Dimension;
pub(crate) use examples::{
    PreparedBatch, differences as example_differences, findings as example_findings,
    prepare as prepare_example, run as run_example,
};
pub use finding::{BatchFinding, Share, Shown, Split, Test, probability};
pub use rates::{Gap, Rate, Rates};
pub use remembered::{Case, Fact, Place, Quote, Subject};
pub use representatives::REPRESENTATIVES;

pub use asked::required;

use asked::Asked;
use remembered::Lines;
use wording::Wording;

/// What is remembered of one letter.
#[derive(Clone, Debug, Default)]
pub struct Remembered {
    decisions: Vec<(Arc<Case>, Option<Arc<Wording>>)>,
}

/// A batch while its letters come in.
#[derive(Debug)]
pub struct Batch {
    rules: Vec<Running>,
    asked: Asked,
    criteria: Criteria,
    reads_wording: bool,
    letters: u64,
    decisions: u64,
}

/// One rule with what it has counted so far.
#[derive(Debug)]
enum Running {
    Outcomes(outcomes::Outcomes),
    Criteria(criteria::Use),
    Wording(wording::Reuse),
    Rates(rates::Counting),
}

/// What was found across the letters of a batch.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct BatchAudit {
    /// Letters in the batch.
    pub letters: u64,
    /// Decisions in them.
    pub decisions: u64,
    /// The findings, gravest first, then the surest.
    pub findings: Vec<BatchFinding>,
    /// Findings that somebody has accepted, once they are parted from the others.
    pub waived: Vec<BatchFinding>,
    /// One table a rule that counts rates.
    pub rates: Vec<Rates>,
    /// Rules that had more groups than room, with the share of the groups that was followed.
    pub sampled: Vec<(String, f64)>,
    /// Rules that found more than they may report, with how many findings were left out.
    pub left_out: Vec<(String, usize)>,
}

impl Batch {
    /// An empty batch for the correlations of a rulebook.
    pub fn new(rulebook: &Rulebook) -> Self {
        Self::of(rulebook, rulebook.correlations.iter())
    }

    /// An empty batch for these correlations.
    pub(crate) fn of<'r>(
        rulebook: &Rulebook,
        rules: impl Iterator<Item = &'r Correlation>,
    ) -> Self {
        let rules: Vec<Running> = rules.cloned().map(Running::new).collect();
        Self {
            reads_wording: rules.iter().any(|rule| matches!(rule, Running::Wording(_))),
            rules,
            asked: Asked::new(rulebook),
            criteria: rulebook.criteria.clone(),
            letters: 0,
            decisions: 0,
        }
    }

    /// Shrinks a letter to what may be compared. Needs no other letter, so it may run on any thread.
    pub fn remember(&self, letter: &Letter, document: &Document, audit: &Audit) -> Remembered {
        let lines = Lines::of(letter, document);
        let decisions = audit.decisions.iter().enumerate().filter_map(|(index, decision)| {
            let case = remembered::case(&lines, &letter.name, index, decision, &self.asked)?;
            let wording =
                self.reads_wording.then(|| wording::read(&lines, &case.subject, &decision.own));
            Some((case, wording.flatten().map(Arc::new)))
        });
        Remembered { decisions: decisions.collect() }
    }

    /// Counts a letter.
    pub fn add(&mut self, letter: &Remembered) {
        self.letters += 1;
        self.decisions += u64::try_from(letter.decisions.len()).unwrap_or_default();
        for rule in &mut self.rules {
            rule.add(letter);
        }
    }

    /// What was found.
    pub fn finish(self) -> BatchAudit {
        let mut audit = BatchAudit {
            letters: self.letters,
            decisions: self.decisions,
            ..BatchAudit::default()
        };
        for rule in self.rules {
            rule.finish(&self.criteria, &mut audit);
        }
        audit.findings.sort_by(|a, b| {
            let grave = Reverse(a.severity).cmp(&Reverse(b.severity));
            let sure = a.test.q_value.total_cmp(&b.test.q_value);
            let kind = (&a.rule, &a.group, &a.criterion).cmp(&(&b.rule, &b.group, &b.criterion));
            grave.then(sure).then(kind).then_with(|| a.fingerprint.cmp(&b.fingerprint))
        });
        audit
    }
}

impl Running {
    fn new(rule: Correlation) -> Self {
        match rule.compares {
            Method::Outcomes => Self::Outcomes(outcomes::Outcomes::new(rule)),
            Method::Criteria => Self::Criteria(criteria::Use::new(rule)),
            Method::Wording => Self::Wording(wording::Reuse::new(rule)),
            Method::Rates => Self::Rates(rates::Counting::new(rule)),
        }
    }

    fn add(&mut self, letter: &Remembered) {
        let cases = letter.decisions.iter().map(|(case, _)| case);
        match self {
            Self::Outcomes(rule) => cases.for_each(|case| rule.add(case)),
            Self::Criteria(rule) => cases.for_each(|case| rule.add(case)),
            Self::Rates(rule) => cases.for_each(|case| rule.add(case)),
            Self::Wording(rule) => {
                rule.add(letter.decisions.iter().filter_map(|(_, wording)| wording.as_ref()));
            }
        }
    }

    fn finish(self, criteria: &Criteria, audit: &mut BatchAudit) {
        match self {
            Self::Outcomes(rule) => rule.finish(criteria, audit),
            Self::Criteria(rule) => rule.finish(criteria, audit),
            Self::Wording(rule) => rule.finish(criteria, audit),
            Self::Rates(rule) => audit.rates.push(rule.finish(criteria)),
        }
    }
}

impl BatchAudit {
    /// Parts the findings that somebody has accepted from those that count.
    pub fn part_waived(&mut self) {
        let waived = |finding: &BatchFinding| finding.waived.is_some();
        let (waived, counting) = std::mem::take(&mut self.findings).into_iter().partition(waived);
        self.findings = counting;
        self.waived = waived;
    }

    /// Takes the findings of a rule: the surest first, at most as many as the rule may report.
    fn take(&mut self, rule: &Correlation, followed: f64, mut findings: Vec<BatchFinding>) {
        findings.sort_by(|a, b| {
            let rank = |finding: &BatchFinding| {
                (Reverse(finding.test.established), Reverse(finding.severity))
            };
            let size = |finding: &BatchFinding| {
                Reverse(finding.shares.iter().map(|share| share.of).sum::<u64>())
            };
            rank(a)
                .cmp(&rank(b))
                .then(a.test.q_value.total_cmp(&b.test.q_value))
                .then(a.test.p_value.total_cmp(&b.test.p_value))
                .then(size(a).cmp(&size(b)))
                .then_with(|| a.fingerprint.cmp(&b.fingerprint))
        });
        let most = rule.count("most_findings");
        if findings.len() > most {
            self.left_out.push((rule.id.clone(), findings.len() - most));
            findings.truncate(most);
        }
        if followed < 1.0 {
            self.sampled.push((rule.id.clone(), followed));
        }
        self.findings.extend(findings);
    }
}

#[cfg(test)]
mod tests;
