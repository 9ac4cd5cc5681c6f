//! Whether rationale and case summary use a word in common about a criterion.

use imr_letter::Slice;

use super::world::World;
use crate::criterion::{CriterionId, CriterionStatus, Part};
use crate::rulebook::shared_words::SharedWords;

/// Shorter words tell nothing; "MRI" and "UDS" have three letters.
const MIN_WORD: usize = 3;

/// Words that agree in so many first letters count as one ("radicular", "radiculopathy").
const STEM: usize = 6;

/// Whether a word is shared.
pub(super) fn shared(test: &SharedWords, criterion: CriterionId, world: &World<'_>) -> bool {
    let rationale = words(test, &test.rationale, criterion, Part::Rationale, world);
    let summary = words(test, &test.summary, criterion, Part::Summary, world);
    rationale.iter().any(|word| summary.contains(word))
}

/// The stems of the words that give a criterion one of these statuses in a part.
fn words(
    test: &SharedWords,
    statuses: &[CriterionStatus],
    criterion: CriterionId,
    part: Part,
    world: &World<'_>,
) -> Vec<String> {
    let grounds = statuses.iter().flat_map(|status| world.case.grounds(criterion, part, *status));
    grounds.flat_map(|ground| stems(test, ground.slice, world)).collect()
}

fn stems(test: &SharedWords, slice: Slice, world: &World<'_>) -> Vec<String> {
    let said = world.case.document.words(slice).to_lowercase();
    let words = said.split(|char: char| !char.is_alphanumeric());
    let telling = words.filter(|word| {
        word.chars().count() >= MIN_WORD && !test.ignoring.iter().any(|other| other == word)
    });
    telling.map(|word| word.chars().take(STEM).collect()).collect()
}
