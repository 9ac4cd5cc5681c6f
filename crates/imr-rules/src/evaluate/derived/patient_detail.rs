//! What a rationale says about this patient beyond naming the request.
//!
//! Sentences that conclude are left out: every rationale has one. What is left speaks of a patient when it uses one of
//! the listed words or any criterion was read in it.

use imr_letter::Slice;

use super::super::world::World;
use super::{bare_denial, passages};
use crate::rulebook::check_words::WordList;

/// The words of the rationale that speak about a patient.
pub(super) fn patient_details(world: &World<'_>) -> Vec<Slice> {
    let decision = world.case.decision;
    let Some(rationale) = decision.rationale else { return Vec::new() };
    let concludes = |sentence: &Slice| {
        decision.conclusion.slice.is_some_and(|conclusion| conclusion.contains(*sentence))
    };
    let sentences = passages::sentences(world, rationale);
    let speaking = sentences.iter().copied().filter(|sentence| !concludes(sentence));
    speaking.flat_map(|sentence| passages::listed(world, sentence, WordList::PatientWord)).collect()
}

/// The words of the rationale about tapering.
pub(super) fn weaning_words(world: &World<'_>) -> Vec<Slice> {
    let Some(rationale) = world.case.decision.rationale else { return Vec::new() };
    passages::listed(world, rationale, WordList::WeaningWord)
}

/// The clauses of the rationale that are about this patient and do not conclude.
pub(super) fn own_words(world: &World<'_>) -> Vec<Slice> {
    world.case.own.to_vec()
}

/// Those of them that deny something or call it missing. "The criteria have not been met" misses nothing that could be shown.
pub(super) fn lacking_words(world: &World<'_>) -> Vec<Slice> {
    let lacking = world.case.lacking.iter().copied();
    lacking.filter(|clause| !bare_denial::is_bare(world, *clause)).collect()
}
