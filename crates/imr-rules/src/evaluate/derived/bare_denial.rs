//! Clauses that deny and name nothing by which: "the guidelines have not been met", "the records do not support it".

use imr_letter::Slice;

use super::super::world::World;
use super::passages;
use crate::rulebook::check_words::WordList;

/// Whether a clause says no more than that the standard is met or not met, or that the request is denied.
pub(super) fn is_bare(world: &World<'_>, clause: Slice) -> bool {
    let lists = &world.case.rulebook.check_words;
    let text = passages::lower(world.case.document, clause);
    let says = |list: WordList| passages::has_phrase(&text, lists.list(list));
    says(WordList::BareDenial) || says(WordList::StandardWord) && says(WordList::StandardMet)
}

/// The clauses beside the conclusion that say no more than that the request is denied.
pub(super) fn bare_denials(world: &World<'_>) -> Vec<Slice> {
    let document = world.case.document;
    let conclusion = world.case.decision.conclusion.slice;
    let lists = &world.case.rulebook.check_words;
    let trace = world.case.memo.rationale(&world.case);
    let clauses = trace.passage.clauses.iter().map(|clause| trace.passage.slice_of(clause.range));
    let denies = |clause: Slice| {
        let text = passages::lower(document, clause);
        passages::has_phrase(&text, lists.list(WordList::BareDenial))
            || passages::has_phrase(&text, lists.list(WordList::Reservation))
    };
    let beside = clauses.filter(|one| !conclusion.is_some_and(|all| all.contains(*one)));
    beside.filter(|one| is_bare(world, *one) && denies(*one)).collect()
}
