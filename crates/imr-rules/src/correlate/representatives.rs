//! The few decisions that stand for a group, chosen by a hash of who they are and never by when they came.

use std::sync::Arc;

use super::remembered::Case;

/// How many stand for one side of a group.
pub const REPRESENTATIVES: usize = 4;

/// At most so many decisions of a group, [`REPRESENTATIVES`] if not said: those with the smallest order.
#[derive(Clone, Debug, Default)]
pub(super) struct Representatives<C = Case, const MOST: usize = REPRESENTATIVES> {
    kept: Vec<(u64, Arc<C>)>,
}

/// What can stand for a group.
pub(super) trait Ordered {
    /// What tells it from every other, the name of its letter and its number.
    fn identity(&self) -> (&str, usize);
}

impl<C: Ordered, const MOST: usize> Representatives<C, MOST> {
    /// Nobody yet.
    pub(super) const fn new() -> Self {
        Self { kept: Vec::new() }
    }

    /// Takes a decision as long as its order is among the smallest; equal orders fall back on who it is. Returns how many
    /// more are kept now: one or none.
    pub(super) fn offer(&mut self, order: u64, decision: &Arc<C>) -> usize {
        let before = self.kept.len();
        let place = self.kept.partition_point(|(known, kept)| {
            (*known, kept.identity()) < (order, decision.identity())
        });
        if self.kept.is_empty() {
            // Most groups hold one decision, and there may be half a million of them.
            self.kept.reserve_exact(1);
        }
        if place < MOST {
            self.kept.insert(place, (order, decision.clone()));
            self.kept.truncate(MOST);
        }
        self.kept.len() - before
    }

    /// Those that stand for the group, by letter and number, as a reader expects them.
    pub(super) fn readable(&self) -> Vec<Arc<C>> {
        let mut kept: Vec<Arc<C>> =
            self.kept.iter().map(|(_, decision)| decision.clone()).collect();
        kept.sort_by(|a, b| a.identity().cmp(&b.identity()));
        kept
    }
}
