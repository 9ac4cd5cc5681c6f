//! Conditions that a rationale recites and then does not show.
//!
//! An approval that recites "who would consider surgery an option" and says nothing of surgery rests on a standard that it did
//! not apply. A condition is a mention in a guideline's clause; it is shown when the rationale is read as meeting the criterion.
//! The counterpart of a standard of the rulebook: here the reviewer named the standard.

use imr_letter::Slice;

use super::super::world::World;
use crate::criterion::{CriterionStatus, Part};
use crate::evidence::{Assertion, Entry, Source};

/// The recited conditions about the criterion that is looked at, when the rationale is silent about it.
pub(super) fn unmet(world: &World<'_>) -> Vec<Slice> {
    let Some(criterion) = world.each else { return Vec::new() };
    if world.status(criterion, Part::Rationale) != CriterionStatus::Silent {
        return Vec::new();
    }
    let lexicon = &world.case.rulebook.lexicon;
    let trace = world.case.memo.rationale(&world.case);
    let of_criterion = |entry: usize| match lexicon.entry(entry) {
        Some(Entry::Concept(concept)) => concept.criterion == criterion,
        _ => false,
    };
    let spoken = |source: Source| {
        let mentions = trace.mentions.iter();
        mentions.filter(move |one| one.axes.source == source && of_criterion(one.entry))
    };
    if spoken(Source::Patient).next().is_some() {
        return Vec::new();
    }
    let wanted = spoken(Source::Guideline).filter(|one| one.axes.assertion != Assertion::Denied);
    wanted.map(|one| one.slice).collect()
}
