//! Lints between two rules: what one says already, and what no decision can satisfy together.

use std::collections::BTreeSet;

use super::View;
use super::problem::{ANY, FAILS};
use super::solve::{Goal, does_not_hold, holds};
use crate::rulebook::condition::{Comparison, FactTest};
use crate::rulebook::fact::Fact;
use crate::rulebook::{Check, Condition, Standard, side_by_side};
use crate::yaml::{Diagnostic, Diagnostics};

/// Lints of every pair of standards and of checks, those apart that are `faulty` by themselves.
pub(super) fn lint(view: &View<'_>, faulty: &BTreeSet<&str>, found: &mut Diagnostics) {
    let sound = |id: &str| !faulty.contains(id);
    let of_standards = || {
        let all = view.rulebook.standards.iter();
        standards(view, &all.filter(|standard| sound(&standard.id)).collect::<Vec<_>>())
    };
    let of_checks = || {
        let all = view.rulebook.checks.iter();
        checks(view, &all.filter(|check| sound(&check.id)).collect::<Vec<_>>())
    };
    let (of_standards, of_checks) = side_by_side(of_standards, of_checks);
    found.extend(of_standards.into_iter().chain(of_checks));
}

fn standards(view: &View<'_>, standards: &[&Standard]) -> Vec<Diagnostic> {
    let classes: Vec<_> = standards.iter().map(|standard| classes(&standard.applies_to)).collect();
    let mut found = Diagnostics::default();
    for (at, second) in standards.iter().enumerate() {
        for (other, first) in standards.iter().enumerate().take(at) {
            let apart =
                match (classes.get(other).copied().flatten(), classes.get(at).copied().flatten()) {
                    (Some(first), Some(second)) => {
                        !first.iter().any(|class| second.contains(class))
                    }
                    _ => false,
                };
            if !apart && !view.impossible(&[holds(&first.applies_to), holds(&second.applies_to)]) {
                view.standards_together(first, second, &mut found);
            }
        }
    }
    found.into_sorted()
}

fn checks(view: &View<'_>, checks: &[&Check]) -> Vec<Diagnostic> {
    let mut found = Diagnostics::default();
    for (at, second) in checks.iter().enumerate() {
        for first in checks.iter().take(at) {
            view.checks_together(first, second, &mut found);
        }
    }
    found.into_sorted()
}

/// The item classes that a condition asks for in the first place.
pub(super) fn classes(condition: &Condition) -> Option<&[String]> {
    match condition {
        Condition::Fact(FactTest {
            fact: Fact::ItemClass,
            comparison: Comparison::Is(classes),
        }) => Some(classes),
        Condition::All(parts) => parts.iter().find_map(classes),
        _ => None,
    }
}

/// What an approval must satisfy: requirements met, limits not broken.
fn demands(standard: &Standard) -> Vec<Goal<'_>> {
    let requires = standard.requires.iter().map(|one| holds(&one.condition));
    let limits = standard.limits.iter();
    let limits = limits.map(|one| Goal { condition: &one.condition, wanted: ANY & !FAILS });
    requires.chain(limits).collect()
}

/// The same not satisfied, one by one.
fn broken(standard: &Standard) -> Vec<Goal<'_>> {
    demands(standard)
        .into_iter()
        .map(|goal| Goal { condition: goal.condition, wanted: ANY & !goal.wanted })
        .collect()
}

impl View<'_> {
    fn standards_together(&self, first: &Standard, second: &Standard, found: &mut Diagnostics) {
        let both = [holds(&first.applies_to), holds(&second.applies_to)];
        let mut all = both.to_vec();
        all.extend(demands(first));
        let alone = !self.impossible(&all);
        all.extend(demands(second));
        if alone
            && self.impossible(&all)
            && first.exceptions.is_empty()
            && second.exceptions.is_empty()
        {
            let letter = self.letter(&both).unwrap_or_default();
            let message =
                format!("no approval can satisfy both `{}` and `{}`", second.id, first.id);
            let help = format!("both apply to {letter}; narrow `applies_to` of one of them");
            let (at, other) = self.told(&second.place, &first.place);
            found.report(
                Diagnostic::new("contradicts", at, message)
                    .help(help)
                    .related(other, "the other standard"),
            );
            return;
        }
        for (narrow, wide) in [(second, first), (first, second)] {
            if self.asks_nothing_more(narrow, wide) {
                let message = format!(
                    "`{}` asks for nothing that `{}` does not ask for already",
                    narrow.id, wide.id
                );
                let (at, other) = self.told(&narrow.place, &wide.place);
                found.report(Diagnostic::new("subsumed", at, message)
                        .help("leave this standard out, make it ask for more, or narrow the other one")
                        .related(other, "the other standard"),
                );
                return;
            }
        }
    }

    /// Whether a standard applies only where another one does, and is satisfied whenever that one is.
    fn asks_nothing_more(&self, narrow: &Standard, wide: &Standard) -> bool {
        if !wide.exceptions.is_empty()
            || !self.impossible(&[holds(&narrow.applies_to), does_not_hold(&wide.applies_to)])
        {
            return false;
        }
        let mut goals = vec![holds(&narrow.applies_to)];
        goals.extend(demands(wide));
        broken(narrow).into_iter().all(|broken| {
            let mut goals = goals.clone();
            goals.push(broken);
            self.impossible(&goals)
        })
    }

    fn checks_together(&self, first: &Check, second: &Check, found: &mut Diagnostics) {
        if first.scope != second.scope || first.for_each != second.for_each {
            return;
        }
        let applied = |check: &'_ Check| check.applies_to.clone();
        let both: Vec<Condition> = [first, second].into_iter().filter_map(applied).collect();
        let mut goals: Vec<Goal<'_>> = both.iter().map(holds).collect();
        let sound = goals.clone();
        goals.extend([does_not_hold(&first.flag_when), does_not_hold(&second.flag_when)]);
        if !self.impossible(&sound) && self.impossible(&goals) {
            let letter = self.letter(&sound).unwrap_or_default();
            let message =
                format!("every decision is flagged by `{}` or by `{}`", second.id, first.id);
            let help = format!("both apply to {letter}, and one of them flags whatever it says");
            let (at, other) = self.told(&second.place, &first.place);
            found.report(
                Diagnostic::new("contradicts", at, message)
                    .help(help)
                    .related(other, "the other check"),
            );
            return;
        }
        if first.finding.kind != second.finding.kind {
            return;
        }
        for (narrow, wide) in [(second, first), (first, second)] {
            if self.flags_nothing_more(narrow, wide) {
                let message = format!("whatever `{}` flags, `{}` flags too", narrow.id, wide.id);
                let (at, other) = self.told(&narrow.place, &wide.place);
                found.report(
                    Diagnostic::new("subsumed", at, message)
                        .help("leave this check out, or make the other one narrower")
                        .related(other, "the other check"),
                );
                return;
            }
        }
    }

    fn flags_nothing_more(&self, narrow: &Check, wide: &Check) -> bool {
        let mut flags = vec![holds(&narrow.flag_when)];
        flags.extend(narrow.applies_to.as_ref().map(holds));
        let without = |goal: Goal<'_>| {
            let mut goals: Vec<Goal<'_>> = flags.clone();
            goals.push(Goal { condition: goal.condition, wanted: goal.wanted });
            self.impossible(&goals)
        };
        wide.applies_to.as_ref().is_none_or(|applies| without(does_not_hold(applies)))
            && without(does_not_hold(&wide.flag_when))
    }
}
