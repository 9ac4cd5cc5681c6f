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
    let (list, parts) = match fact {
        Fact::InitiationStandard => (WordList::InitiationStandard, vec![decision.reviewer.slice]),
        Fact::NotForWeaning => (WordList::NotForWeaning, vec![decision.rationale]),
        Fact::RadicularSign => (WordList::Radicular, vec![document.summary]),
        _ => (WordList::Radicular, vec![decision.rationale]),
    };
    let list = world.case.rulebook.check_words.list(list);
    let found = |part: Slice| passages::phrases(&passages::lower(document, part), part.start, list);
    parts.into_iter().flatten().flat_map(found).collect()
}
