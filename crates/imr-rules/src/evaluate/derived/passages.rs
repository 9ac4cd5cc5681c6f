//! Sentences, words and listed phrases of a passage, and which passages of a letter there are.

use std::rc::Rc;

use imr_letter::vocabulary::Wording;
use imr_letter::{Document, Slice};

use super::super::world::{Case, World};
use crate::rulebook::Phrases;
use crate::rulebook::check_words::WordList;

/// The case summary when it stands apart from the rationale. Where a determination is one narrative, its case summary
/// is a part of it and cannot contradict it from outside.
pub(super) fn separate_summary(world: &World<'_>) -> Option<Slice> {
    let summary = world.case.document.summary.filter(|summary| !summary.is_empty())?;
    let apart = |rationale: Slice| rationale.end <= summary.start || summary.end <= rationale.start;
    world.case.decision.rationale.is_none_or(apart).then_some(summary)
}

/// The case summary and every rationale of the letter, each part of the text once.
pub(super) fn narratives(document: &Document) -> Vec<Slice> {
    let rationales: Vec<Slice> =
        document.decisions.iter().filter_map(|decision| decision.rationale).collect();
    let mut found: Vec<Slice> = Vec::new();
    for slice in rationales.into_iter().chain(document.summary) {
        if !found.iter().any(|known| known.contains(slice)) {
            found.push(slice);
        }
    }
    found.sort_unstable();
    found
}

/// A longer sentence is cut, so that what looks at a sentence several times stays linear in the length of the letter.
const LONGEST_SENTENCE: usize = 2_000;

/// The sentences of a passage: up to a full stop, question or exclamation mark before white space and no small letter.
pub(super) fn sentences(world: &World<'_>, passage: Slice) -> Rc<[Slice]> {
    world.case.memo.sentences(passage, || cut(world.case.document, passage))
}

fn cut(document: &Document, passage: Slice) -> Vec<Slice> {
    let text = document.words(passage);
    let mut found = Vec::new();
    let mut start = 0;
    let mut chars = text.char_indices().peekable();
    while let Some((at, char)) = chars.next() {
        let end = at + char.len_utf8();
        if end - start >= LONGEST_SENTENCE && char.is_whitespace() {
            found.push(passage.within(start, end));
            start = end;
        }
        let stops = matches!(char, '.' | '?' | '!');
        if stops && chars.peek().is_none_or(|(_, next)| next.is_whitespace()) {
            let next = text.get(end..).and_then(|rest| rest.trim_start().chars().next());
            if next.is_none_or(|next| !next.is_lowercase()) {
                found.push(passage.within(start, end));
                start = end;
            }
        }
    }
    if start < text.len() {
        found.push(passage.within(start, text.len()));
    }
    found
        .into_iter()
        .map(|slice| trimmed(document, slice))
        .filter(|slice| !slice.is_empty())
        .collect()
}

/// The sentences, of those in order, that share a byte with a place.
pub(super) fn around(sentences: &[Slice], place: Slice) -> impl Iterator<Item = &Slice> {
    let first = sentences.partition_point(|sentence| sentence.end <= place.start);
    let rest = sentences.get(first..).unwrap_or_default();
    rest.iter().take_while(move |sentence| sentence.start < place.end)
}

/// At most `most` bytes of a passage before a place.
pub(super) fn just_before(document: &Document, passage: Slice, place: Slice, most: usize) -> Slice {
    let text = document.words(passage);
    let end = place.start.saturating_sub(passage.start);
    let from = end.saturating_sub(most);
    let start = (from..=end).find(|at| text.is_char_boundary(*at)).unwrap_or(end);
    passage.within(start, end)
}

/// At most `most` bytes of a passage behind a place.
pub(super) fn just_behind(document: &Document, passage: Slice, place: Slice, most: usize) -> Slice {
    let text = document.words(passage);
    let start = place.end.saturating_sub(passage.start).min(text.len());
    let most = (start + most).min(text.len());
    let end = (start..=most).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(start);
    passage.within(start, end)
}

/// The same without white space at both ends.
fn trimmed(document: &Document, slice: Slice) -> Slice {
    let text = document.words(slice);
    let start = slice.start + (text.len() - text.trim_start().len());
    Slice::new(start, start + text.trim().len())
}

/// Bytes that a word takes with the space behind it, or fewer.
const USUAL_WORD: usize = 5;

/// The words of a passage: runs of letters, digits and apostrophes.
pub(super) fn words(document: &Document, passage: Slice) -> Vec<Slice> {
    let text = document.words(passage);
    let mut found = Vec::with_capacity(text.len() / USUAL_WORD);
    let mut start = None;
    for (at, char) in text.char_indices() {
        let inside = char.is_alphanumeric() || char == '\'' || char == '’';
        if inside {
            start = start.or(Some(at));
        } else if let Some(from) = start.take() {
            found.push(passage.within(from, at));
        }
    }
    found.extend(start.map(|from| passage.within(from, text.len())));
    found
}

/// Where the words of a list stand at a place, as in a text of its own; sorted.
pub(super) fn listed(world: &World<'_>, place: Slice, list: WordList) -> Vec<Slice> {
    let Case { document, rulebook, memo, .. } = world.case;
    memo.letter().listed(document, rulebook, place, list)
}

/// Whether any of the words of a list stands at a place, as for [`listed`].
pub(super) fn has_listed(world: &World<'_>, place: Slice, list: WordList) -> bool {
    let Case { document, rulebook, memo, .. } = world.case;
    memo.letter().has_listed(document, rulebook, place, list)
}

/// The letter with the words of the vocabulary in it.
pub(super) fn wording<'c>(world: &World<'c>) -> Wording<'c> {
    let Case { document, rulebook, memo, .. } = world.case;
    memo.letter().wording(document, rulebook)
}

/// Whether any listed phrase stands in a text in lower case as whole words.
pub(super) fn has_phrase(text: &str, list: &Phrases) -> bool {
    list.any(text)
}

/// The words at a place in ASCII lower case, which keeps every byte offset.
pub(in super::super) fn lower(document: &Document, slice: Slice) -> String {
    document.words(slice).to_ascii_lowercase()
}
