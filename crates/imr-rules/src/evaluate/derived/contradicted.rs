//! The two sides of what the table of contradictions found, for the criterion that is looked at.
//!
//! In a world in which the rationale says otherwise about a criterion, its claim is gone and nothing contradicts it.

use imr_letter::Slice;

use super::super::world::World;
use crate::contradiction::{Against, Contradiction};
use crate::rulebook::fact::Fact;

/// The claims, or the records against them.
pub(super) fn places(fact: Fact, world: &World<'_>) -> Vec<Slice> {
    let (against, claims) = match fact {
        Fact::ClaimAgainstSummary => (Against::Summary, true),
        Fact::RecordInSummary => (Against::Summary, false),
        Fact::ClaimAgainstItself => (Against::Itself, true),
        Fact::RecordInRationale => (Against::Itself, false),
        Fact::ClaimAgainstSibling => (Against::Sibling, true),
        _ => (Against::Sibling, false),
    };
    let place = |found: &Contradiction| if claims { found.claim } else { found.record };
    let mut places: Vec<Slice> =
        world.contradictions().filter(|found| found.against == against).map(place).collect();
    places.dedup();
    places
}
