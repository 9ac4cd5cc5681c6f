//! What speaks for a request: a rationale that says that the whole standard is met, an operation of the same letter that is
//! approved.

use imr_letter::Slice;
use imr_letter::document::Outcome;

use super::super::world::World;
use super::passages;
use crate::rulebook::check_words::WordList;

/// The class of operations, on which other items of a letter depend.
const SURGERY: &str = "surgery";

/// Where the rationale says without reservation that the standard is met.
pub(super) fn stated(world: &World<'_>) -> Vec<Slice> {
    let Some(rationale) = world.case.decision.rationale else { return Vec::new() };
    let sentences = passages::sentences(world, rationale);
    let stating = |sentence: Slice| {
        let listed = |list: WordList| passages::listed(world, sentence, list);
        let reserved = !listed(WordList::Reservation).is_empty();
        if reserved { Vec::new() } else { listed(WordList::StatedSupport) }
    };
    sentences.iter().copied().flat_map(stating).collect()
}

/// The outcomes of the approved operations of the letter, when none was denied.
pub(super) fn approved_primary(world: &World<'_>) -> Vec<Slice> {
    let decisions = world.case.document.decisions.iter();
    let operations: Vec<_> = decisions.filter(|other| other.item.class == SURGERY).collect();
    if operations.iter().any(|other| other.outcome != Outcome::Overturned) {
        return Vec::new();
    }
    operations.iter().map(|other| other.outcome_slice.unwrap_or(other.heading.slice)).collect()
}
