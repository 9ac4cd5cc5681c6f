//! Which criteria the standards that apply to a decision require.
//!
//! A verdict names its requirements and their statuses; which criteria stand in a requirement is known from the rule.
//! The lists are made once a rulebook, not once a letter.

use std::collections::BTreeMap;

use crate::audit::DecisionAudit;
use crate::criterion::{CriterionId, CriterionStatus};
use crate::rulebook::condition::{Condition, CriterionTest};
use crate::rulebook::{Rulebook, Standard};
use crate::verdict::{RuleVerdict, Verdict};

/// The criteria of every requirement, by standard and by the requirement's name.
#[derive(Clone, Debug, Default)]
pub(super) struct Asked {
    standards: BTreeMap<String, BTreeMap<String, BTreeMap<CriterionId, bool>>>,
}

/// How a criterion is required of a decision.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Requirement<'a> {
    /// Whether it is required by itself and not as one of several that would do.
    pub(super) alone: bool,
    /// The first standard that is broken because the letter says nothing about what it requires.
    pub(super) broken: Option<&'a str>,
}

impl Asked {
    pub(super) fn new(rulebook: &Rulebook) -> Self {
        let standards = rulebook.standards.iter();
        Self { standards: standards.map(|one| (one.id.to_string(), requirements(one))).collect() }
    }

    /// The criteria that standards require of a decision.
    pub(super) fn of<'a>(
        &self,
        audit: &'a DecisionAudit,
    ) -> BTreeMap<CriterionId, Requirement<'a>> {
        let mut found: BTreeMap<CriterionId, Requirement<'a>> = BTreeMap::new();
        let applies = |verdict: &&RuleVerdict| verdict.verdict != Verdict::NotApplicable;
        for verdict in audit.verdicts.iter().filter(applies) {
            let Some(requirements) = self.standards.get(verdict.rule.as_str()) else { continue };
            for (name, status) in &verdict.requirements {
                let silent = *status == CriterionStatus::Silent;
                let broken = silent && verdict.verdict == Verdict::Inconsistent;
                for (criterion, alone) in requirements.get(name).into_iter().flatten() {
                    let required = found.entry(*criterion).or_default();
                    required.alone |= alone;
                    let standard = broken.then_some(verdict.rule.as_str());
                    required.broken = required.broken.or(standard);
                }
            }
        }
        found
    }
}

/// The criteria that a standard's requirement demands by themselves, by standard and by the requirement's name.
pub fn required(rulebook: &Rulebook) -> BTreeMap<String, BTreeMap<String, Vec<CriterionId>>> {
    let alone = |criteria: BTreeMap<CriterionId, bool>| -> Vec<CriterionId> {
        criteria.into_iter().filter(|(_, alone)| *alone).map(|(criterion, _)| criterion).collect()
    };
    let of_standard = |requirements: BTreeMap<String, BTreeMap<CriterionId, bool>>| {
        requirements.into_iter().map(|(name, criteria)| (name, alone(criteria))).collect()
    };
    let standards = Asked::new(rulebook).standards.into_iter();
    standards.map(|(standard, requirements)| (standard, of_standard(requirements))).collect()
}

fn requirements(standard: &Standard) -> BTreeMap<String, BTreeMap<CriterionId, bool>> {
    let of = |condition: &Condition| {
        let mut found = BTreeMap::new();
        criteria(condition, true, &mut found);
        found
    };
    standard.requires.iter().map(|one| (one.name.clone(), of(&one.condition))).collect()
}

/// The criteria that a condition asks to be met, each with whether it must be met by itself. What stands under a `not` is
/// not asked for, and a test that an absent fact passes asks for nothing.
fn criteria(condition: &Condition, alone: bool, found: &mut BTreeMap<CriterionId, bool>) {
    match condition {
        Condition::All(parts) => {
            for part in parts {
                criteria(part, alone, found);
            }
        }
        Condition::AtLeast { count, of } => {
            let alone = alone && *count >= of.len();
            for part in of {
                criteria(part, alone, found);
            }
        }
        Condition::Criterion(test) if wants_it_met(test) => {
            if let Some(criterion) = test.named() {
                *found.entry(criterion).or_default() |= alone;
            }
        }
        _ => {}
    }
}

fn wants_it_met(test: &CriterionTest) -> bool {
    let holds = |status| test.holds.contains(&status);
    holds(CriterionStatus::Met) && !holds(CriterionStatus::Silent)
}
