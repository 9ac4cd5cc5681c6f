//! The two sides of what the table of contradictions found, for the criterion that is looked at.
//!
//! In a world in which the rationale says otherwise about a criterion, its claim is gone and nothing contradicts it.

use imr_letter::Slice;

use super::super::world::World;
use crate::contradiction::Contradiction;
use crate::criterion::Part;
use crate::rulebook::fact::Fact;

/// The claims, or the records against them.
pub(super) fn places(fact: Fact, world: &World<'_>) -> Vec<Slice> {
    let against = match fact {
        Fact::ClaimAgainstSummary | Fact::RecordInSummary => Part::Summary,
        _ => Part::Rationale,
    };
    let claims = matches!(fact, Fact::ClaimAgainstSummary | Fact::ClaimAgainstItself);
    let place = |found: &Contradiction| if claims { found.claim } else { found.record };
    let mut places: Vec<Slice> =
        world.contradictions().filter(|found| found.against == against).map(place).collect();
    places.dedup();
    places
}
