//! The clauses of a rationale by whose words they are: the guideline's, or the reviewer's about this patient.

use imr_letter::Slice;

use super::super::world::World;
use super::passages;
use crate::evidence::Source;
use crate::rulebook::check_words::WordList;

/// The clauses of the rationale that recite a guideline, in order.
pub(super) fn recited(world: &World<'_>) -> Vec<Slice> {
    let trace = world.case.memo.rationale(&world.case);
    let clauses = trace.passage.clauses.iter().zip(&*trace.stances);
    let recited = clauses.filter(|(_, stance)| stance.source == Source::Guideline);
    recited.map(|(clause, _)| trace.passage.slice_of(clause.range)).collect()
}

/// The clauses of the rationale that may be the reviewer's own: every one that is not recited, conclusions included.
pub(super) fn unrecited(world: &World<'_>) -> Vec<Slice> {
    let trace = world.case.memo.rationale(&world.case);
    let clauses = trace.passage.clauses.iter().zip(&*trace.stances);
    let others = clauses.filter(|(_, stance)| stance.source != Source::Guideline);
    others.map(|(clause, _)| trace.passage.slice_of(clause.range)).collect()
}

/// Where listed words stand in some clauses.
pub(super) fn listed(world: &World<'_>, clauses: &[Slice], list: WordList) -> Vec<Slice> {
    clauses.iter().flat_map(|clause| passages::listed(world, *clause, list)).collect()
}

/// Where listed words stand in a whole part of the letter.
pub(super) fn listed_in(world: &World<'_>, part: Option<Slice>, list: WordList) -> Vec<Slice> {
    part.map(|part| passages::listed(world, part, list)).unwrap_or_default()
}
