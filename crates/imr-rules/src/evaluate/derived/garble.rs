//! Text that was not finished: what a template left over, and sentences that break off.

use imr_letter::Slice;

use super::super::world::World;
use super::passages;
use crate::rulebook::check_words::WordList;

/// A sentence of fewer words is an abbreviation or a list mark ("a.").
const SHORTEST: usize = 4;

/// What a template left over in the rationale.
pub(super) fn leftover_template(world: &World<'_>) -> Vec<Slice> {
    let Some(rationale) = world.case.decision.rationale else { return Vec::new() };
    passages::listed(world, rationale, rationale, WordList::LeftoverTemplate)
}

/// The sentences of the rationale that end in a word after which no sentence ends.
pub(super) fn unfinished_sentences(world: &World<'_>) -> Vec<Slice> {
    let document = world.case.document;
    let Some(rationale) = world.case.decision.rationale else { return Vec::new() };
    let list = world.case.rulebook.check_words.list(WordList::NoSentenceEnd);
    let unfinished = |sentence: &Slice| {
        // A capital letter as the last word is a name ("vitamin A."), so letter case counts here.
        let text = document.words(*sentence).trim_end_matches(['.', '?', '!', ' ']);
        let ends = |phrase: &String| {
            let before = text.strip_suffix(phrase.as_str());
            before.is_some_and(|before| before.ends_with(char::is_whitespace))
        };
        text.split_whitespace().count() >= SHORTEST && list.iter().any(ends)
    };
    passages::sentences(world, rationale).iter().copied().filter(unfinished).collect()
}
