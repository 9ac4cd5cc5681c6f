//! Which criteria the standards that apply to a decision require.
//!
//! A verdict names its requirements and their statuses; which criteria stand in a requirement is known from the rule.
//! The lists are made once a rulebook, not once a letter.

use std::collections::{BTreeMap, BTreeSet};

use crate::audit::DecisionAudit;
use crate::criterion::{CriterionId, CriterionStatus};
use crate::rulebook::condition::{Condition, CriterionTest};
use crate::rulebook::{Rulebook, Standard};
use crate::verdict::{RuleVerdict, Verdict};

/// The criteria of every requirement, by standard and by the requirement's name.
#[derive(Clone, Debug, Default)]
pub(super) struct Asked {
    standards: BTreeMap<String, BTreeMap<String, Vec<CriterionId>>>,
}

impl Asked {
    pub(super) fn new(rulebook: &Rulebook) -> Self {
        let standards = rulebook.standards.iter();
        Self { standards: standards.map(|one| (one.id.clone(), requirements(one))).collect() }
    }

    /// The criteria that standards require of a decision, each with whether one of them is broken because the letter
    /// says nothing about what it requires.
    pub(super) fn of(&self, audit: &DecisionAudit) -> BTreeMap<CriterionId, bool> {
        let mut found = BTreeMap::new();
        let applies = |verdict: &&RuleVerdict| verdict.verdict != Verdict::NotApplicable;
        for verdict in audit.verdicts.iter().filter(applies) {
            let Some(requirements) = self.standards.get(&verdict.rule) else { continue };
            for (name, status) in &verdict.requirements {
                let silent = *status == CriterionStatus::Silent;
                let broken = silent && verdict.verdict == Verdict::Inconsistent;
                for criterion in requirements.get(name).into_iter().flatten() {
                    *found.entry(*criterion).or_insert(false) |= broken;
                }
            }
        }
        found
    }
}

fn requirements(standard: &Standard) -> BTreeMap<String, Vec<CriterionId>> {
    let of = |condition: &Condition| {
        let mut found = BTreeSet::new();
        criteria(condition, &mut found);
        found.into_iter().collect()
    };
    standard.requires.iter().map(|one| (one.name.clone(), of(&one.condition))).collect()
}

/// The criteria that a condition asks to be met. What stands under a `not` is not asked for, and a test that an absent
/// fact passes asks for nothing.
fn criteria(condition: &Condition, found: &mut BTreeSet<CriterionId>) {
    match condition {
        Condition::All(parts) | Condition::AtLeast { of: parts, .. } => {
            parts.iter().for_each(|part| criteria(part, found));
        }
        Condition::Criterion(test) if wants_it_met(test) => found.extend(test.named()),
        _ => {}
    }
}

fn wants_it_met(test: &CriterionTest) -> bool {
    test.holds.contains(&CriterionStatus::Met)
}
