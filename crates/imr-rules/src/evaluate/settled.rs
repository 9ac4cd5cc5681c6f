//! Evaluating a condition without its proof: what cannot change its status is not asked.
//!
//! Most conditions fail at a part that costs nothing, such as a criterion's status, and have another that reads the letter. The
//! status is that of the proof, which asks every part because a reader wants to see them all.

use super::facts;
use super::proof::{at_least, every, leaf_status, opposite};
use super::world::World;
use crate::criterion::CriterionStatus;
use crate::rulebook::Condition;
use crate::rulebook::condition::FactTest;

/// The status of a condition.
pub(super) fn settle(condition: &Condition, world: &World<'_>) -> CriterionStatus {
    let settled = |part| settle(part, world);
    match condition {
        Condition::All(parts) => every(cheap_first(parts).map(settled)),
        Condition::AtLeast { count, of } => {
            at_least(*count, cheap_first(of).map(|part| (part, settled(part))))
        }
        Condition::Not(part) => opposite(settled(part)),
        leaf => leaf_status(leaf, world),
    }
}

/// The parts in an order in which those that read the letter come last.
fn cheap_first(parts: &[Condition]) -> impl Iterator<Item = &Condition> {
    let of_kind = move |costly| parts.iter().filter(move |part| is_costly(part) == costly);
    of_kind(false).chain(of_kind(true))
}

/// Whether any part of a condition may have to read the letter.
fn is_costly(condition: &Condition) -> bool {
    match condition {
        Condition::All(parts) | Condition::AtLeast { of: parts, .. } => parts.iter().any(is_costly),
        Condition::Not(part) => is_costly(part),
        Condition::Criterion(_) | Condition::StatusOf(_) => false,
        Condition::Fact(FactTest { fact, .. }) => facts::is_costly(*fact),
    }
}
