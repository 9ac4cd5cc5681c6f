//! Cited pages that the cited document does not have.
//!
//! The guideline map gives the first and the last page of most documents; some pages beside are a matter of editions.

use imr_letter::Slice;
use imr_letter::document::Citation;

use super::super::world::World;

/// Pages beside the bounds that count as another edition.
const BESIDE: u16 = 30;

/// The reviewer's citations with a page that lies outside of the document.
pub(super) fn impossible_pages(world: &World<'_>) -> Vec<Slice> {
    let citations = world.case.decision.reviewer.citations.iter();
    citations
        .filter(|citation| is_outside(world, citation))
        .map(|citation| citation.slice)
        .collect()
}

fn is_outside(world: &World<'_>, citation: &Citation) -> bool {
    let vocabulary = &world.case.rulebook.vocabulary;
    let document = citation.document.as_deref().and_then(|id| vocabulary.guideline(id));
    let Some(document) = document else { return false };
    let Some((first, last)) = document.pages else { return false };
    let outside = |(from, to): &(u16, u16)| {
        *from > last.saturating_add(BESIDE) || to.saturating_add(BESIDE) < first
    };
    !citation.pages.is_empty() && citation.pages.iter().all(outside)
}
