//! Clauses that deny and name nothing by which: "the guidelines have not been met", "the records do not support it".

use imr_letter::Slice;

use super::super::world::World;
use super::passages;
use crate::rulebook::check_words::WordList;

/// Whether a clause says no more than that the standard is met or not met, or that the request is denied.
pub(super) fn is_bare(world: &World<'_>, clause: Slice) -> bool {
    let says = |list: WordList| passages::has_listed(world, clause, list);
    says(WordList::BareDenial) || says(WordList::StandardWord) && says(WordList::StandardMet)
}

/// The clauses beside the conclusion that say no more than that the request is denied.
pub(super) fn bare_denials(world: &World<'_>) -> Vec<Slice> {
    let conclusion = world.case.decision.conclusion.slice;
    let trace = world.case.memo.rationale(&world.case);
    let clauses = trace.passage.clauses.iter().map(|clause| trace.passage.slice_of(clause.range));
    let denies = |clause: Slice| {
        passages::has_listed(world, clause, WordList::BareDenial)
            || passages::has_listed(world, clause, WordList::Reservation)
    };
    let beside = clauses.filter(|one| !conclusion.is_some_and(|all| all.contains(*one)));
    beside.filter(|one| is_bare(world, *one) && denies(*one)).collect()
}
