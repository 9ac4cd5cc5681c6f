//! Lints of one condition by itself, each at the smallest part that shows it.

use super::problem::NOT_HOLDS;
use super::solve::{Answer, Goal, does_not_hold, holds, solve};
use super::{View, witness};
use crate::rulebook::Condition;
use crate::yaml::{Diagnostic, Diagnostics, Node, Value};

/// A condition with the node it was read from.
#[derive(Clone, Copy)]
pub(super) struct Written<'r> {
    pub(super) condition: &'r Condition,
    pub(super) node: &'r Node,
}

impl<'r> Written<'r> {
    /// The parts of an operator, each with its node.
    fn parts(self) -> Vec<Written<'r>> {
        let list = match self.condition {
            Condition::All(parts) => self.node.get("all").map(|node| (parts.as_slice(), node)),
            Condition::AtLeast { of, .. } => {
                let counted = self.node.get("at_least").and_then(|node| node.get("of"));
                self.node.get("any").or(counted).map(|node| (of.as_slice(), node))
            }
            Condition::Not(part) => {
                let node = self.node.get("not");
                return node.map(|node| Written { condition: part, node }).into_iter().collect();
            }
            _ => None,
        };
        let Some((parts, Node { value: Value::List(nodes), .. })) = list else { return Vec::new() };
        parts.iter().zip(nodes).map(|(condition, node)| Written { condition, node }).collect()
    }
}

impl View<'_> {
    /// Whether no letter meets all goals.
    pub(super) fn impossible(&self, goals: &[Goal<'_>]) -> bool {
        solve(goals, &self.classes).is_none()
    }

    /// A letter that meets all goals, in words.
    pub(super) fn letter(&self, goals: &[Goal<'_>]) -> Option<String> {
        match solve(goals, &self.classes) {
            Answer::Found(found) => Some(witness::letter(&found, self.rulebook)),
            _ => None,
        }
    }

    /// Lints of a condition and its parts. Returns whether there was any: what contains it need not say it again.
    pub(super) fn condition(&self, written: Written<'_>, found: &mut Diagnostics) -> bool {
        let parts = written.parts();
        let mut told = false;
        for part in &parts {
            told |= self.condition(*part, found);
        }
        told || self.conflicting(written, &parts, found)
            || self.constant(written, found)
            || self.redundant(written, &parts, found)
    }

    /// Two parts of `all` that cannot hold together.
    fn conflicting(
        &self,
        written: Written<'_>,
        parts: &[Written<'_>],
        found: &mut Diagnostics,
    ) -> bool {
        if !matches!(written.condition, Condition::All(_)) {
            return false;
        }
        for (at, second) in parts.iter().enumerate() {
            for first in parts.iter().take(at) {
                if self.impossible(&[holds(first.condition), holds(second.condition)]) {
                    let letter = self.letter(&[holds(first.condition)]).unwrap_or_default();
                    let message = "this can never hold beside the other part of `all`";
                    let help = format!(
                        "{letter} meets the other part and not this one; write `any:` if one of the two is meant"
                    );
                    found.report(
                        Diagnostic::new("contradicts", &second.node.place, message)
                            .help(help)
                            .related(&first.node.place, "the other part"),
                    );
                    return true;
                }
            }
        }
        false
    }

    /// A condition that is the same in every letter.
    fn constant(&self, written: Written<'_>, found: &mut Diagnostics) -> bool {
        let place = &written.node.place;
        if self.impossible(&[holds(written.condition)]) {
            let help = "no value that the letter can have meets it; compare the words and numbers with what the fact can be";
            found.report(Diagnostic::new("never-true", place, "this can never hold").help(help));
            return true;
        }
        if self.impossible(&[does_not_hold(written.condition)]) {
            let help = "every letter meets it; leave it out, or name fewer values";
            found.report(Diagnostic::new("always-true", place, "this always holds").help(help));
            return true;
        }
        false
    }

    /// A part that changes nothing beside another one.
    fn redundant(
        &self,
        written: Written<'_>,
        parts: &[Written<'_>],
        found: &mut Diagnostics,
    ) -> bool {
        let all = matches!(written.condition, Condition::All(_));
        if !all && !matches!(written.condition, Condition::AtLeast { count: 1, .. }) {
            return false;
        }
        let follows = |from: &Written<'_>, to: &Written<'_>| {
            let goals =
                [holds(from.condition), Goal { condition: to.condition, wanted: NOT_HOLDS }];
            self.impossible(&goals)
        };
        for (at, part) in parts.iter().enumerate() {
            let others = parts.iter().enumerate().filter(|(other, _)| *other != at);
            for (other_at, other) in others {
                let idle = if all { follows(other, part) } else { follows(part, other) };
                // Of two equal parts the second one is idle.
                let equal = idle && (if all { follows(part, other) } else { follows(other, part) });
                if idle && (!equal || other_at < at) {
                    let message = "this part changes nothing beside the other one";
                    let help = if all {
                        "whenever the other part holds, this one does too; leave it out"
                    } else {
                        "whenever this part holds, the other one does too; leave it out"
                    };
                    found.report(
                        Diagnostic::new("subsumed", &part.node.place, message)
                            .help(help)
                            .related(&other.node.place, "the other part"),
                    );
                    return true;
                }
            }
        }
        false
    }
}
