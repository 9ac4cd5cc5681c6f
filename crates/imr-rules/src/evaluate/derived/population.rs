//! A recited standard that is for patients with complaints of another part of the body.
//!
//! The chapters of a guideline say the same thing for each part ("in patients with low back symptoms"), and the wrong one is
//! easily copied. Only a part that stands right before a word for complaints says whom a standard is for. A test of nerves
//! belongs to the limb and to the part of the spine that its nerves come from.

use imr_letter::Slice;
use imr_letter::span::Located;

use super::super::world::World;
use super::{passages, record};
use crate::rulebook::check_words::WordList;

/// How far behind a body part the word for complaints may begin, in bytes.
const REACH: usize = 2;

/// Body parts of the patients that the recited standard is for, when none is the item's.
pub(super) fn foreign_populations(world: &World<'_>) -> Vec<Slice> {
    let Some(rationale) = world.case.decision.rationale else { return Vec::new() };
    let complaints = passages::listed(world, rationale, WordList::Population);
    if complaints.is_empty() {
        return Vec::new();
    }
    let of_item = parts_of_item(world);
    if of_item.is_empty() {
        return Vec::new();
    }
    let own = |part: &Located<String>| world.case.own.iter().any(|own| own.contains(part.slice));
    let before_complaint = |part: &Located<String>| {
        let next = complaints.partition_point(|word| word.start < part.slice.end);
        complaints.get(next).is_some_and(|word| word.start - part.slice.end <= REACH)
    };
    let named = passages::wording(world).body_parts_in(rationale);
    let populations: Vec<&Located<String>> =
        named.iter().filter(|part| before_complaint(part) && !own(part)).collect();
    if populations.iter().any(|part| record::is_vague(world, part.slice)) {
        return Vec::new();
    }
    let fits =
        |part: &&Located<String>| of_item.iter().any(|own| same_frame(world, own, &part.value));
    if populations.iter().any(fits) {
        return Vec::new();
    }
    populations.into_iter().map(|part| part.slice).collect()
}

/// The parts of the heading, else those of the letter.
pub(super) fn parts_of_item(world: &World<'_>) -> Vec<String> {
    let item = &world.case.decision.item;
    let levels = item.levels.iter().filter_map(|level| record::part_of_level(&level.value));
    let parts = item.body_parts.iter().map(|part| part.value.clone());
    let own: Vec<String> = parts.chain(levels.map(str::to_owned)).collect();
    if !own.is_empty() {
        return own;
    }
    record::parts(world).into_iter().flatten().cloned().collect()
}

/// Whether two body parts are near each other, or are a limb and the part of the spine that its nerves come from.
pub(super) fn same_frame(world: &World<'_>, one: &str, other: &str) -> bool {
    if record::near(world, one, other) {
        return true;
    }
    if world.case.decision.item.class != "emg_ncs" {
        return false;
    }
    let region = |id: &str| {
        let entry = world.case.rulebook.vocabulary.body_part(id);
        entry.and_then(|entry| entry.region.clone()).unwrap_or_default()
    };
    let supplied = |spine: &str, limb: &str| match spine {
        "cervical_spine" => region(limb) == "upper_extremity" || limb == "upper_extremity",
        "lumbar_spine" => region(limb) == "lower_extremity" || limb == "lower_extremity",
        "thoracic_spine" | "spine" => true,
        _ => false,
    };
    supplied(one, other)
        || supplied(other, one)
        || (region(one) == region(other) && region(one).ends_with("extremity"))
}
