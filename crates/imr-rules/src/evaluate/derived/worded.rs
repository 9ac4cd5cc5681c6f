//! Facts that are no more than listed words in one part of the letter.

use imr_letter::Slice;

use super::super::world::World;
use super::{bare_denial, clauses};
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
        Fact::SpineStandard => (WordList::SpineStandard, decision.rationale),
        Fact::SurgeryStandard => (WordList::SurgeryStandard, decision.rationale),
        Fact::ShortUse => (WordList::ShortUse, decision.rationale),
        _ => (WordList::Radicular, decision.rationale),
    };
    clauses::listed_in(world, part, list)
}

/// Words about proton pump inhibitors, when the rationale has none about H2 blockers.
pub(super) fn acid_pump_standard(world: &World<'_>) -> Vec<Slice> {
    let rationale = world.case.decision.rationale;
    let other = clauses::listed_in(world, rationale, WordList::AcidReceptor);
    let found = clauses::listed_in(world, rationale, WordList::AcidPump);
    if other.is_empty() { found } else { Vec::new() }
}

/// Words for an operation in what the letter says of the patient's case.
pub(super) fn operation_record(world: &World<'_>) -> Vec<Slice> {
    let document = world.case.document;
    let headings = document.decisions.iter().map(|decision| decision.heading.slice);
    let parts = headings.chain(document.summary);
    parts.flat_map(|part| clauses::listed_in(world, Some(part), WordList::OperationWord)).collect()
}

/// Words of the rationale, its conclusion apart, by which a guideline bars or limits the treatment.
pub(super) fn guideline_bars(world: &World<'_>) -> Vec<Slice> {
    let decision = world.case.decision;
    let concludes = |word: &Slice| decision.conclusion.slice.is_some_and(|one| one.contains(*word));
    let mut found = clauses::listed_in(world, decision.rationale, WordList::GuidelineBar);
    let bare = bare_denial::bare_denials(world);
    found.retain(|word| !concludes(word) && !bare.iter().any(|clause| clause.contains(*word)));
    found
}

/// Recited words, when the reviewer's own words have none of them.
pub(super) fn unshown(fact: Fact, world: &World<'_>) -> Vec<Slice> {
    let list = match fact {
        Fact::UnshownRisk => WordList::RiskWord,
        Fact::UnshownReduction => WordList::LessMedication,
        _ => WordList::NerveStudy,
    };
    let shown = clauses::listed(world, &clauses::unrecited(world), list);
    let recited = clauses::listed(world, &clauses::recited(world), list);
    if shown.is_empty() { recited } else { Vec::new() }
}
