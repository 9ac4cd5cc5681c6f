//! Facts that are no more than listed words in one part of the letter.

use imr_letter::Slice;

use super::super::world::World;
use super::passages;
use crate::rulebook::check_words::WordList;
use crate::rulebook::fact::Fact;

/// Where the words of the fact stand.
pub(super) fn places(fact: Fact, world: &World<'_>) -> Vec<Slice> {
    let document = world.case.document;
    let decision = world.case.decision;
    let (list, part) = match fact {
        Fact::InitiationStandard => (WordList::InitiationStandard, decision.reviewer.slice),
        Fact::NotForWeaning => (WordList::NotForWeaning, decision.rationale),
        Fact::RadicularSign => (WordList::Radicular, document.summary),
        _ => (WordList::Radicular, decision.rationale),
    };
    part.map(|part| passages::listed(world, part, part, list)).unwrap_or_default()
}
