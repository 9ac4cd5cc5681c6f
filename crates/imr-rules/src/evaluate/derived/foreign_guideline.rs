//! Citations that belong to another body part or another treatment than the disputed item.
//!
//! The guideline map says what a document and a section cover. What it leaves open covers everything, and one citation
//! that fits is enough: reviewers add general chapters for good reasons.

use imr_letter::document::Citation;
use imr_letter::vocabulary::ClassEntry;
use imr_letter::{Slice, item};

use super::super::world::World;
use super::{passages, population, record};
use crate::rulebook::check_words::WordList;

/// The citations of the reviewer's line when none of them fits the item.
pub(super) fn foreign_guidelines(world: &World<'_>) -> Vec<Slice> {
    let citations = &world.case.decision.reviewer.citations;
    let foreign: Vec<Slice> = citations
        .iter()
        .filter(|citation| is_foreign(world, citation))
        .map(|citation| citation.slice)
        .collect();
    if foreign.len() == citations.len() { foreign } else { Vec::new() }
}

fn is_foreign(world: &World<'_>, citation: &Citation) -> bool {
    let vocabulary = &world.case.rulebook.vocabulary;
    let disputed = &world.case.decision.item;
    let Some(document) = citation.document.as_deref().and_then(|id| vocabulary.guideline(id))
    else {
        return false;
    };
    let parts: Vec<&str> = disputed.body_parts.iter().map(|part| part.value.as_str()).collect();
    let general = world.case.rulebook.check_words.list(WordList::GeneralSection);
    let is_general = passages::has_phrase(&citation.written.to_ascii_lowercase(), general)
        || citation
            .sections
            .iter()
            .any(|section| passages::has_phrase(&section.value.to_ascii_lowercase(), general));
    let tied = is_tied_to_another_part(world);
    let named = !parts.is_empty() && !tied;
    let other_part = !is_general
        && !document.body_parts.is_empty()
        && if named {
            !parts.iter().any(|part| covers(world, &document.body_parts, part))
        } else {
            is_unknown(world, &document.body_parts)
        };
    other_part || other_treatment(world, citation, &document.id, &document.covers)
}

/// Whether the item belongs to a body part that its heading need not name: a test of the limbs to the spine that may
/// press on their nerves, a service around an operation to the place of the operation.
fn is_tied_to_another_part(world: &World<'_>) -> bool {
    matches!(world.case.decision.item.class.as_str(), "emg_ncs" | "surgical_ancillary")
}

/// Whether the letter speaks of none of these body parts nor of one that is tied to them: the item's where it names some, else
/// every part of the headings and the case summary.
fn is_unknown(world: &World<'_>, covered: &[String]) -> bool {
    let known = population::parts_of_item(world);
    if !covered.iter().all(|part| record::is_of_frame(world, part)) {
        return false;
    }
    let tied = |part: &String| {
        covered.iter().any(|covered| population::same_frame(world, covered, part))
            || covers(world, covered, part)
    };
    !known.is_empty() && !known.iter().any(tied)
}

/// Whether a document on these body parts covers another: it is one of them or a wider or narrower one, or the guideline
/// map gives it a document whose main part is the same (the tailbone goes with the low back).
fn covers(world: &World<'_>, known: &[String], part: &str) -> bool {
    let vocabulary = &world.case.rulebook.vocabulary;
    let region = |id: &str| vocabulary.body_part(id).and_then(|entry| entry.region.as_deref());
    let is_near = |known: &String| {
        known == part || region(known) == Some(part) || region(part) == Some(known)
    };
    let own = vocabulary.body_part(part).map(|entry| entry.guidelines.as_slice());
    let goes_with = own.unwrap_or_default().iter().any(|id| {
        vocabulary.guideline(id).is_some_and(|own| own.body_parts.first() == known.first())
    });
    known.iter().any(is_near) || goes_with
}

/// Whether every named section, or else the document, is for other classes of treatment.
fn other_treatment(world: &World<'_>, citation: &Citation, id: &str, covered: &[String]) -> bool {
    let class = world.case.decision.item.class.as_str();
    // What stands in a mixture decides its guideline, a test belongs to the treatment it is for, "other" may be anything.
    if [item::OTHER, "other_diagnostic", "compounded_drug", "surgical_ancillary"].contains(&class) {
        return false;
    }
    let vocabulary = &world.case.rulebook.vocabulary;
    // A heading may ask for two services; the citation may be for either.
    let heading = world.case.document.words(world.case.decision.heading.slice);
    let joined = heading.contains(" and ") || heading.contains('/');
    let named = Some(&world.case.decision.item.procedures).filter(|_| joined);
    let holds = |known: &&ClassEntry| {
        known
            .procedures
            .iter()
            .any(|known| named.into_iter().flatten().any(|name| name.value == known.name))
    };
    let classes = vocabulary.entries().classes.iter().filter(holds);
    let classes: Vec<&str> = classes.map(|known| known.id.as_str()).chain([class]).collect();
    let sections: Vec<&[String]> = citation
        .sections
        .iter()
        .map(|section| {
            let entry = vocabulary.section(id, &section.value);
            entry.map(|entry| entry.covers.as_slice()).unwrap_or_default()
        })
        .collect();
    let other = |covered: &[String]| {
        !covered.is_empty() && !covered.iter().any(|known| classes.contains(&known.as_str()))
    };
    if sections.is_empty() { other(covered) } else { sections.into_iter().all(other) }
}
