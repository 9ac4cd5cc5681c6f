//! Evaluating a condition without its proof: what cannot change its status any more is not asked.
//!
//! The status is that of the proof, which asks every part because a reader wants to see them all.

use super::proof::{at_least, every, leaf_status, opposite};
use super::world::World;
use crate::criterion::CriterionStatus;
use crate::rulebook::Condition;

/// The status of a condition, whose parts are asked in the order in which the rule has them.
pub(super) fn settle(condition: &Condition, world: &World<'_>) -> CriterionStatus {
    let settled = |part| settle(part, world);
    match condition {
        Condition::All(parts) => every(parts.iter().map(settled)),
        Condition::AtLeast { count, of } => {
            at_least(*count, of.iter().map(|part| (part, settled(part))))
        }
        Condition::Not(part) => opposite(settled(part)),
        leaf => leaf_status(leaf, world),
    }
}
