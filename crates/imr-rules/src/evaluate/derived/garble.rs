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
    passages::listed(world, rationale, WordList::LeftoverTemplate)
}

/// Words of the rationale that make no sense in a row, and words after which no new sentence begins, with one that does.
pub(super) fn broken_wording(world: &World<'_>) -> Vec<Slice> {
    let document = world.case.document;
    let Some(rationale) = world.case.decision.rationale else { return Vec::new() };
    let listed = |list: WordList| passages::listed(world, rationale, list);
    let mut found = listed(WordList::BrokenWording);
    // Where the next sentence begins is told by its capital letter, so letter case counts.
    let words = document.words(rationale);
    let openings = listed(WordList::NewSentence);
    let begins = |word: &Slice| {
        let next = word.end - rationale.start + 1;
        let at = word.end + 1;
        let opening = openings.binary_search_by_key(&at, |opening| opening.start).is_ok();
        let mut letters = words.get(next..).unwrap_or_default().chars();
        let named = |first: Option<char>, second: Option<char>| {
            first.is_some_and(char::is_uppercase) && second.is_some_and(char::is_lowercase)
        };
        opening && named(letters.next(), letters.next())
    };
    let before = listed(WordList::BrokenBefore);
    found.extend(before.into_iter().filter(begins));
    // "The doctor must Naproxen is not medically necessary": the item's name begins the conclusion.
    let heading = passages::lower(document, world.case.decision.heading.slice);
    let first = heading.split(|char: char| !char.is_alphanumeric()).next().unwrap_or_default();
    let named = |word: &Slice| {
        let next = word.end - rationale.start + 1;
        let capital = words.get(next..).is_some_and(|rest| rest.starts_with(char::is_uppercase));
        let is_item = words
            .as_bytes()
            .get(next..next + first.len())
            .is_some_and(|rest| rest.eq_ignore_ascii_case(first.as_bytes()));
        capital && is_item && first.len() >= SHORTEST
    };
    let verbs = listed(WordList::Modal);
    found.extend(verbs.into_iter().filter(named));
    found
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
        is_long(text) && list.iter().any(ends)
    };
    let sentences = passages::sentences(world, rationale);
    let broken_off = sentences.last().filter(|last| breaks_off(world, **last)).copied();
    let mut found: Vec<Slice> = sentences.iter().copied().filter(unfinished).collect();
    found.extend(broken_off.filter(|last| !found.contains(last)));
    found
}

/// Whether a sentence has enough words; those behind them are not looked at.
fn is_long(sentence: &str) -> bool {
    sentence.split_whitespace().nth(SHORTEST - 1).is_some()
}

/// Whether the last sentence of a rationale has no mark at its end and is not the conclusion, after which writers forget it.
fn breaks_off(world: &World<'_>, last: Slice) -> bool {
    let text = world.case.document.words(last);
    let concludes = world.case.decision.conclusion.slice.is_some_and(|one| one.end >= last.end);
    text.ends_with(char::is_alphanumeric) && is_long(text) && !concludes
}
