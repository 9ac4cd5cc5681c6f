//! Citations that belong to another body part or another treatment than the disputed item.
//!
//! The guideline map says what a document and a section cover. What it leaves open covers everything, and one citation
//! that fits is enough: reviewers add general chapters for good reasons.

use imr_letter::document::Citation;
use imr_letter::vocabulary::{ClassEntry, GuidelineEntry};
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
            !parts.iter().any(|part| covers_or_joins(world, document, part))
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
            || goes_with(world, None, covered, part)
    };
    !known.is_empty() && !known.iter().any(tied)
}

/// Whether a document covers a body part, or the part goes with those that it covers.
fn covers_or_joins(world: &World<'_>, document: &GuidelineEntry, part: &str) -> bool {
    covers(world, &document.body_parts, part)
        || goes_with(world, Some(&document.source), &document.body_parts, part)
}

/// Whether a document on these body parts covers another: it is one of them or a wider or narrower one.
fn covers(world: &World<'_>, known: &[String], part: &str) -> bool {
    let vocabulary = &world.case.rulebook.vocabulary;
    let region = |id: &str| vocabulary.body_part(id).and_then(|entry| entry.region.as_deref());
    known
        .iter()
        .any(|known| known == part || region(known) == Some(part) || region(part) == Some(known))
}

/// Whether the guideline map gives a body part a document whose main part is the same as that of these (the tailbone goes with
/// the low back). Where the source of the cited document has one on the part, only those of that source tell.
fn goes_with(world: &World<'_>, source: Option<&str>, known: &[String], part: &str) -> bool {
    let vocabulary = &world.case.rulebook.vocabulary;
    let own = vocabulary.body_part(part).map(|entry| entry.guidelines.as_slice());
    let own: Vec<&GuidelineEntry> =
        own.unwrap_or_default().iter().filter_map(|id| vocabulary.guideline(id)).collect();
    let of_source = |entry: &&&GuidelineEntry| source.is_some_and(|source| entry.source == source);
    let same_source = own.iter().any(|entry| of_source(&entry));
    own.iter()
        .filter(|entry| !same_source || of_source(entry))
        .any(|entry| entry.body_parts.first() == known.first())
}

/// Whether every named section, or else the document, is for other classes of treatment.
fn other_treatment(world: &World<'_>, citation: &Citation, id: &str, covered: &[String]) -> bool {
    let class = world.case.decision.item.class.as_str();
    // What stands in a mixture decides its guideline, a test belongs to the treatment it is for, "other" may be anything.
    if [item::OTHER, "other_diagnostic", "compounded_drug", "surgical_ancillary"].contains(&class) {
        return false;
    }
    let vocabulary = &world.case.rulebook.vocabulary;
    // A heading may ask for two services; the citation may be for either. An evaluation is a visit, whoever evaluates.
    let place = world.case.decision.heading.slice;
    let heading = world.case.document.words(place);
    let evaluation = passages::has_listed(world, place, WordList::EvaluationWord);
    let visits: &[&str] = if evaluation { &["office_visit", "consultation"] } else { &[] };
    let joined = heading.contains(" and ") || heading.contains('/');
    let named = Some(&world.case.decision.item.procedures).filter(|_| joined);
    let holds = |known: &&ClassEntry| {
        known
            .procedures
            .iter()
            .any(|known| named.into_iter().flatten().any(|name| name.value == known.name))
    };
    let classes = vocabulary.entries().classes.iter().filter(holds);
    let classes: Vec<&str> = classes
        .map(|known| known.id.as_str())
        .chain([class])
        .chain(visits.iter().copied())
        .collect();
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
