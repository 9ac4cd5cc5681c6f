//! What would have made a decision consistent, found by changing the world and judging again.
//!
//! Sets of criteria are tried from the smallest up to three, and all sets of the first size that works are named.
//! Requirements are few (at most eight criteria in the shipped standards), so the search is at most a hundred
//! judgements, and only for decisions with a finding.

use imr_letter::document::Outcome;

use super::check::flags;
use super::labels::in_part;
use super::standard::judge;
use super::world::World;
use crate::criterion::{CriterionId, CriterionStatus, Part};
use crate::rulebook::condition::Condition;
use crate::rulebook::{Check, Standard};
use crate::verdict::Verdict;

/// The largest set of changes that is tried.
const MAX_CHANGES: usize = 3;

/// The most alternatives that are named.
const MAX_ALTERNATIVES: usize = 4;

/// What would have made a decision consistent with a standard.
pub(super) fn for_standard(standard: &Standard, world: &World<'_>) -> Option<String> {
    match world.outcome {
        Outcome::Overturned => {
            let sets = repairs(standard, world);
            let said: Vec<String> =
                sets.iter().take(MAX_ALTERNATIVES).map(|set| listed(set, world)).collect();
            (!said.is_empty()).then(|| {
                format!("would be consistent if the rationale showed {}", said.join(", or "))
            })
        }
        Outcome::Upheld => for_denial(standard, world),
        Outcome::Modified | Outcome::Unknown => None,
    }
}

/// The smallest sets of criteria that would make the decision consistent if the rationale said that they hold (for
/// an approval) or that one is not documented (for a denial).
pub(super) fn repairs(standard: &Standard, world: &World<'_>) -> Vec<Vec<CriterionId>> {
    let status = match world.outcome {
        Outcome::Overturned => CriterionStatus::Met,
        Outcome::Upheld => CriterionStatus::Undocumented,
        Outcome::Modified | Outcome::Unknown => return Vec::new(),
    };
    let open: Vec<CriterionId> = criteria(standard)
        .into_iter()
        .filter(|criterion| world.status(*criterion, Part::Rationale) != status)
        .collect();
    for size in 1..=MAX_CHANGES.min(open.len()) {
        let works = |set: &Vec<CriterionId>| {
            let changed =
                set.iter().fold(world.clone(), |world, criterion| world.with(*criterion, status));
            judge(standard, &changed).verdict == Verdict::Consistent
        };
        let sets: Vec<Vec<CriterionId>> = subsets(&open, size).into_iter().filter(works).collect();
        if !sets.is_empty() {
            return sets;
        }
    }
    Vec::new()
}

fn for_denial(standard: &Standard, world: &World<'_>) -> Option<String> {
    let sets = repairs(standard, world);
    let one = sets.first()?;
    let named = listed(one, world);
    let approval = judge(standard, &world.rationale_alone().approved()).verdict;
    let overturned =
        if approval == Verdict::Consistent { ", or if it were overturned" } else { "" };
    Some(format!(
        "would be consistent if the rationale said that a requirement fails or is not documented, such as {named}{overturned}"
    ))
}

/// What would have made a decision consistent with a check over criteria: the rationale agreeing with the summary.
pub(super) fn for_check(check: &Check, world: &World<'_>) -> Option<String> {
    let criterion = world.each?;
    let of = |denies: bool| if denies { CriterionStatus::Met } else { CriterionStatus::NotMet };
    let recorded = world.contradictions().next().map(|found| of(found.denies));
    let recorded = recorded.unwrap_or_else(|| world.status(criterion, Part::Summary));
    let changed = world.with(criterion, recorded);
    let title = world.case.title(criterion);
    (!flags(check, &changed))
        .then(|| format!("would be consistent if {}", in_part(title, recorded, Part::Rationale)))
}

/// "a and b".
fn listed(set: &[CriterionId], world: &World<'_>) -> String {
    let titles: Vec<&str> = set.iter().map(|criterion| world.case.title(*criterion)).collect();
    titles.join(" and ")
}

/// The criteria that the requirements of a standard ask about, each once, in the order of the rule.
fn criteria(standard: &Standard) -> Vec<CriterionId> {
    let mut found = Vec::new();
    standard.requires.iter().for_each(|requirement| collect(&requirement.condition, &mut found));
    found
}

fn collect(condition: &Condition, found: &mut Vec<CriterionId>) {
    match condition {
        Condition::All(parts) | Condition::AtLeast { of: parts, .. } => {
            for part in parts {
                collect(part, found);
            }
        }
        Condition::Not(part) => collect(part, found),
        Condition::Criterion(test) | Condition::StatusOf(test) => {
            found.extend(test.named().filter(|criterion| !found.contains(criterion)));
        }
        Condition::Fact(_) => {}
    }
}

/// All subsets of a size, in order.
fn subsets(items: &[CriterionId], size: usize) -> Vec<Vec<CriterionId>> {
    if size == 0 {
        return vec![Vec::new()];
    }
    let Some((first, rest)) = items.split_first() else { return Vec::new() };
    let with = subsets(rest, size - 1).into_iter().map(|mut set| {
        set.insert(0, *first);
        set
    });
    with.chain(subsets(rest, size)).collect()
}
