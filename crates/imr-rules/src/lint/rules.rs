//! Lints of one rule: what never fires, what every letter meets, what no exception can reach.

use std::collections::BTreeSet;

use super::View;
use super::conditions::Written;
use super::problem::{ANY, FAILS};
use super::solve::{Goal, does_not_hold, fails, holds};
use crate::rulebook::standard::Requirement;
use crate::rulebook::{Check, Standard, side_by_side};
use crate::yaml::{Diagnostic, Diagnostics, Node};

/// Lints of every standard and check. Returns the ids of the rules that have one: what is said about them together with
/// others would follow from it.
pub(super) fn lint<'r>(view: &View<'r>, found: &mut Diagnostics) -> BTreeSet<&'r str> {
    let standards = || {
        each(&view.rulebook.standards, |standard, found| {
            if let Some(node) = view.rule(&standard.place) {
                view.standard(standard, node, found);
            }
            standard.id.as_str()
        })
    };
    let checks = || {
        each(&view.rulebook.checks, |check, found| {
            if let Some(node) = view.rule(&check.place) {
                view.check(check, node, found);
            }
            check.id.as_str()
        })
    };
    // Side by side, because an author waits for them after each keystroke.
    let (standards, checks) = side_by_side(standards, checks);
    let (faulty, told): (Vec<_>, Vec<_>) = [standards, checks].into_iter().unzip();
    found.extend(told.into_iter().flatten());
    faulty.into_iter().flatten().collect()
}

/// The lints of each rule, with the ids of those that have one.
fn each<'r, R>(
    rules: &'r [R],
    lint: impl Fn(&'r R, &mut Diagnostics) -> &'r str,
) -> (BTreeSet<&'r str>, Vec<Diagnostic>) {
    let (mut faulty, mut found) = (BTreeSet::new(), Diagnostics::default());
    for rule in rules {
        let before = found.len();
        let id = lint(rule, &mut found);
        faulty.extend((found.len() > before).then_some(id));
    }
    (faulty, found.into_sorted())
}

impl View<'_> {
    fn standard(&self, standard: &Standard, node: &Node, found: &mut Diagnostics) {
        let applies = &standard.applies_to;
        let written = node.get("applies_to").map(|node| Written { condition: applies, node });
        if written.is_some_and(|written| self.condition(written, found)) {
            return;
        }
        if let Some(findings) = node.get("findings")
            && [
                &standard.approval_unsupported,
                &standard.denial_unsupported,
                &standard.denial_despite_support,
            ]
            .iter()
            .all(|form| form.is_none())
        {
            let message = "the standard raises nothing, whatever a letter says";
            let help = "add `approval_unsupported:` or `denial_unsupported:`";
            found.report(Diagnostic::new("never-fires", &findings.place, message).help(help));
        }
        let told = self.named_conditions(standard, node, found);
        if !told {
            self.requirements(standard, found);
            self.exceptions(standard, node, found);
        }
    }

    /// The conditions of requirements, limits and exceptions by themselves.
    fn named_conditions(&self, standard: &Standard, node: &Node, found: &mut Diagnostics) -> bool {
        let mut told = false;
        for (key, list) in [("requires", &standard.requires), ("limits", &standard.limits)] {
            for requirement in list {
                let written = node.get(key).and_then(|map| map.get(&requirement.name));
                if let Some(node) = written {
                    let condition = &requirement.condition;
                    told |= self.condition(Written { condition, node }, found);
                }
            }
        }
        for exception in &standard.exceptions {
            let written = node.get("exceptions").and_then(|map| map.get(&exception.name));
            if let Some(node) = written.and_then(|node| node.get("when")) {
                told |= self.condition(Written { condition: &exception.when, node }, found);
            }
        }
        told
    }

    fn requirements(&self, standard: &Standard, found: &mut Diagnostics) {
        let applies = holds(&standard.applies_to);
        for (at, requirement) in standard.requires.iter().enumerate() {
            let (condition, place) = (&requirement.condition, &requirement.place);
            if self.impossible(&[applies, does_not_hold(condition)]) {
                let message = format!(
                    "every decision that the standard applies to meets `{}`",
                    requirement.name
                );
                let help = "`applies_to` says the same already; leave the requirement out";
                found.report(Diagnostic::new("always-true", place, message).help(help));
            } else if self.impossible(&[applies, holds(condition)]) {
                let message = format!(
                    "no decision that the standard applies to can meet `{}`",
                    requirement.name
                );
                let help = "`applies_to` excludes it; change one of the two";
                found.report(Diagnostic::new("never-true", place, message).help(help));
            } else {
                self.implied(standard, at, requirement, found);
            }
        }
        for limit in &standard.limits {
            if self.impossible(&[applies, fails(&limit.condition)]) {
                let message = format!(
                    "no decision that the standard applies to can break the limit `{}`",
                    limit.name
                );
                let help = "`applies_to` excludes it; leave the limit out or change its number";
                found.report(Diagnostic::new("always-true", &limit.place, message).help(help));
            }
        }
        self.together(standard, found);
    }

    /// A requirement that another one implies.
    fn implied(
        &self,
        standard: &Standard,
        at: usize,
        requirement: &Requirement,
        found: &mut Diagnostics,
    ) {
        let applies = holds(&standard.applies_to);
        let follows = |from: &Requirement, to: &Requirement| {
            self.impossible(&[applies, holds(&from.condition), does_not_hold(&to.condition)])
        };
        for (other_at, other) in
            standard.requires.iter().enumerate().filter(|(other, _)| *other != at)
        {
            if follows(other, requirement) && (other_at < at || !follows(requirement, other)) {
                let message =
                    format!("whenever `{}` is met, `{}` is met too", other.name, requirement.name);
                let diagnostic = Diagnostic::new("subsumed", &requirement.place, message)
                    .help("leave this requirement out, or make it ask for more")
                    .related(&other.place, "the requirement that implies it");
                found.report(diagnostic);
                return;
            }
        }
    }

    /// Requirements and limits that no approval can satisfy together.
    fn together(&self, standard: &Standard, found: &mut Diagnostics) {
        let mut goals = vec![holds(&standard.applies_to)];
        let limits = standard.limits.iter().map(|limit| (limit, ANY & !FAILS));
        let demands =
            standard.requires.iter().map(|one| (one, holds(&one.condition).wanted)).chain(limits);
        for (demand, wanted) in demands {
            let letter = self.letter(&goals);
            goals.push(Goal { condition: &demand.condition, wanted });
            if !self.impossible(&goals) {
                continue;
            }
            let Some(letter) = letter else { return };
            let message = format!(
                "no approval can meet `{}` together with the requirements before it",
                demand.name
            );
            let help = format!("{letter} meets all of those, and then this one fails");
            found.report(Diagnostic::new("contradicts", &demand.place, message).help(help));
            return;
        }
    }

    fn exceptions(&self, standard: &Standard, node: &Node, found: &mut Diagnostics) {
        let applies = holds(&standard.applies_to);
        for exception in &standard.exceptions {
            let Some(node) = node.get("exceptions").and_then(|map| map.get(&exception.name)) else {
                continue;
            };
            let when = holds(&exception.when);
            let waived = exception.waives.iter().filter_map(|at| standard.requires.get(*at));
            let changes = waived
                .map(|one| &one.condition)
                .any(|condition| !self.impossible(&[applies, when, does_not_hold(condition)]));
            if changes {
                continue;
            }
            let message = format!("the exception `{}` never changes a verdict", exception.name);
            let help = if exception.waives.is_empty() {
                "name the requirements that it waives"
            } else if self.impossible(&[applies, when]) {
                "its `when` cannot hold where the standard applies; change one of the two"
            } else {
                "whenever it holds, what it waives is met anyway; leave it out"
            };
            found.report(Diagnostic::new("unreachable-exception", &node.place, message).help(help));
        }
    }

    fn check(&self, check: &Check, node: &Node, found: &mut Diagnostics) {
        let applies = check.applies_to.as_ref();
        let pairs = [("applies_to", applies), ("flag_when", Some(&check.flag_when))];
        let mut told = false;
        for (key, condition) in pairs {
            if let (Some(condition), Some(node)) = (condition, node.get(key)) {
                told |= self.condition(Written { condition, node }, found);
            }
        }
        let (Some(flag), false) = (node.get("flag_when"), told) else { return };
        let applies: Vec<Goal<'_>> = applies.map(holds).into_iter().collect();
        let with = |goal| applies.iter().copied().chain([goal]).collect::<Vec<_>>();
        if self.impossible(&with(holds(&check.flag_when))) {
            let help = "`applies_to` excludes it; change one of the two";
            let message = "the check never flags a decision that it applies to";
            found.report(Diagnostic::new("never-fires", &flag.place, message).help(help));
        } else if self.impossible(&with(does_not_hold(&check.flag_when))) {
            let help =
                "what it flags is what it applies to; ask for something that a sound letter has";
            let message = "the check flags every decision that it applies to";
            found.report(Diagnostic::new("always-fires", &flag.place, message).help(help));
        }
    }
}
