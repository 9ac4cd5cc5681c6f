//! Where the conditions of a rule stand in its file.
//!
//! A condition carries no place of its own: only a reader of the file needs one. Lowering turns a tree of YAML into a tree
//! of conditions one to one, so both are walked side by side.

use crate::rulebook::{Check, Condition, Standard};
use crate::yaml::{Node, Place, Value};

/// A part of a rule with conditions in it.
pub(crate) struct Section<'r> {
    /// The keys that lead to it in the file.
    pub(crate) keys: Vec<&'r str>,
    /// The condition; `None` for what is raised or not.
    pub(crate) condition: Option<&'r Condition>,
}

impl<'r> Section<'r> {
    fn new(keys: Vec<&'r str>, condition: &'r Condition) -> Self {
        Self { keys, condition: Some(condition) }
    }

    fn raised(keys: Vec<&'r str>) -> Self {
        Self { keys, condition: None }
    }
}

/// The sections of a standard, in the order in which a reader meets them.
pub(crate) fn of_standard(rule: &Standard) -> Vec<Section<'_>> {
    let mut sections = vec![Section::new(vec!["applies_to"], &rule.applies_to)];
    let named = |key, name, condition| Section::new(vec![key, name], condition);
    sections.extend(rule.requires.iter().map(|one| named("requires", &one.name, &one.condition)));
    sections.extend(rule.limits.iter().map(|one| named("limits", &one.name, &one.condition)));
    sections.extend(
        rule.exceptions
            .iter()
            .map(|one| Section::new(vec!["exceptions", &one.name, "when"], &one.when)),
    );
    let forms = [
        ("approval_unsupported", rule.approval_unsupported.is_some()),
        ("denial_unsupported", rule.denial_unsupported.is_some()),
        ("denial_despite_support", rule.denial_despite_support.is_some()),
    ];
    let raised = forms.into_iter().filter(|(_, written)| *written);
    sections.extend(raised.map(|(form, _)| Section::raised(vec!["findings", form])));
    sections
}

/// The sections of a check.
pub(crate) fn of_check(rule: &Check) -> Vec<Section<'_>> {
    let applies =
        rule.applies_to.iter().map(|condition| Section::new(vec!["applies_to"], condition));
    let mut sections: Vec<_> = applies.collect();
    sections.push(Section::new(vec!["flag_when"], &rule.flag_when));
    sections.push(Section::raised(vec!["finding"]));
    sections
}

/// The node that keys lead to.
pub(crate) fn follow<'n>(node: &'n Node, keys: &[&str]) -> Option<&'n Node> {
    keys.iter().try_fold(node, |node, key| node.get(key))
}

/// The places of a condition and of everything in it, a condition before its parts, each with its depth.
pub(crate) fn places(
    condition: &Condition,
    node: &Node,
    depth: usize,
    found: &mut Vec<(Place, usize)>,
) {
    found.push((node.place.clone(), depth));
    let parts = match condition {
        Condition::All(parts) => node.get("all").map(|list| (parts.as_slice(), list)),
        Condition::AtLeast { of, .. } => {
            let list = node.get("any").or_else(|| node.get("at_least")?.get("of"));
            list.map(|list| (of.as_slice(), list))
        }
        Condition::Not(part) => {
            if let Some(node) = node.get("not") {
                places(part, node, depth + 1, found);
            }
            return;
        }
        Condition::Criterion(_) | Condition::StatusOf(_) | Condition::Fact(_) => None,
    };
    let Some((parts, Node { value: Value::List(nodes), .. })) = parts else { return };
    for (part, node) in parts.iter().zip(nodes) {
        places(part, node, depth + 1, found);
    }
}
