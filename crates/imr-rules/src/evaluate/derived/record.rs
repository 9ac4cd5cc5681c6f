//! Body parts and sides of which the letter's record knows nothing.
//!
//! A knee in the reasons of a letter whose headings and case summary speak of a shoulder alone comes from another letter. The
//! record counts as known only where there is a case summary. Parts that one chapter of a guideline covers are near each other;
//! names of whole limbs are near each of their parts.

use std::collections::BTreeSet;

use imr_letter::item::Side;
use imr_letter::span::Located;
use imr_letter::{Slice, item};

use super::super::world::World;
use super::passages;
use crate::evidence::Source;
use crate::rulebook::check_words::WordList;

/// A shorter case summary leaves too much unsaid, in bytes.
const FEWEST_BYTES: usize = 160;

/// A conclusion names no more body parts that the letter does not know.
const MOST_PARTS: usize = 2;

/// How far behind its side a body part may stand, in bytes ("left-sided hip").
const SIDE_REACH: usize = 8;

/// Body parts of all headings and of the case summary; none without a case summary of some length.
pub(super) fn parts<'w>(world: &'w World<'_>) -> Option<&'w BTreeSet<String>> {
    let summary = passages::separate_summary(world).filter(|one| one.len() >= FEWEST_BYTES)?;
    Some(world.case.memo.record_parts(|| found_parts(world, summary)))
}

fn found_parts(world: &World<'_>, summary: Slice) -> BTreeSet<String> {
    let document = world.case.document;
    let wording = passages::wording(world);
    let told = wording.body_parts_in(summary);
    let levels = item::levels(wording, summary);
    let of_levels =
        levels.iter().filter_map(|level| part_of_level(&level.value)).map(str::to_owned);
    let headings = document.decisions.iter().flat_map(|decision| {
        let levels = decision.item.levels.iter().filter_map(|level| part_of_level(&level.value));
        let parts = decision.item.body_parts.iter().map(|part| part.value.clone());
        parts.chain(levels.map(str::to_owned)).collect::<Vec<_>>()
    });
    told.into_iter().map(|part| part.value).chain(of_levels).chain(headings).collect()
}

/// The part of the spine that a level such as "L4-L5" belongs to.
pub(super) fn part_of_level(level: &str) -> Option<&'static str> {
    match level.bytes().next()? {
        b'C' => Some("cervical_spine"),
        b'T' => Some("thoracic_spine"),
        b'L' | b'S' => Some("lumbar_spine"),
        _ => None,
    }
}

/// Whether two body parts are the same, one is a part of the other, or a guideline covers both.
pub(super) fn near(world: &World<'_>, one: &str, other: &str) -> bool {
    let vocabulary = &world.case.rulebook.vocabulary;
    let (Some(a), Some(b)) = (vocabulary.body_part(one), vocabulary.body_part(other)) else {
        return true;
    };
    let whole = |a: &str, region: Option<&str>| region == Some(a);
    let shared = a.guidelines.iter().any(|guideline| b.guidelines.contains(guideline));
    one == other
        || whole(one, b.region.as_deref())
        || whole(other, a.region.as_deref())
        || shared
        || (a.guidelines.is_empty() || b.guidelines.is_empty()) && a.region == b.region
}

/// Whether a part is written with a word that also means something else ("went back") or the end of a pain ("down the leg").
pub(super) fn is_vague(world: &World<'_>, part: Slice) -> bool {
    let written = passages::lower(world.case.document, part);
    world.case.rulebook.check_words.list(WordList::VaguePart).contains(&written)
}

/// Body parts in the reviewer's own words of which the letter's headings and case summary know nothing.
pub(super) fn parts_of_no_record(world: &World<'_>) -> Vec<Slice> {
    let Some(known) = parts(world).filter(|known| !known.is_empty()) else { return Vec::new() };
    let foreign = |part: &&Located<String>| {
        is_of_frame(world, &part.value)
            && !is_vague(world, part.slice)
            && !known.iter().any(|known| near(world, known, &part.value))
    };
    // Elsewhere another part may be named for comparison, or from a record that the summary does not tell whole.
    let found: Vec<Slice> = named(world).iter().filter(foreign).map(|part| part.slice).collect();
    // More of them are a guideline's list.
    if found.len() > MOST_PARTS { Vec::new() } else { found }
}

/// Whether a body part is one of the spine or a limb; others are named for much else ("an eye on the dose").
pub(super) fn is_of_frame(world: &World<'_>, part: &str) -> bool {
    let entry = world.case.rulebook.vocabulary.body_part(part);
    let region = entry.and_then(|entry| entry.region.as_deref()).unwrap_or_default();
    entry.is_some_and(|entry| !entry.guidelines.is_empty())
        && (region == "spine" || region.ends_with("extremity"))
}

/// The body parts that the clauses name which conclude.
fn named(world: &World<'_>) -> Vec<Located<String>> {
    let wording = passages::wording(world);
    let concluding = own(world).into_iter().filter(|(_, concludes)| *concludes);
    concluding.flat_map(|(clause, _)| wording.body_parts_in(clause)).collect()
}

/// The clauses that speak of this patient more than of a guideline, and those that conclude, with whether they do.
fn own(world: &World<'_>) -> Vec<(Slice, bool)> {
    let trace = world.case.memo.rationale(&world.case);
    let clauses = trace.passage.clauses.iter().zip(&*trace.stances);
    let own = clauses.filter(|(_, stance)| {
        stance.source != Source::Guideline
            && (stance.concludes || stance.patient > stance.guideline)
    });
    own.map(|(clause, stance)| (trace.passage.slice_of(clause.range), stance.concludes)).collect()
}

/// The other side of the item's body part in the reviewer's own words, where headings and case summary name only the right one.
pub(super) fn sides_of_no_record(world: &World<'_>) -> Vec<Slice> {
    let document = world.case.document;
    let (Some(of_record), Some(summary)) = (parts(world), document.summary) else {
        return Vec::new();
    };
    let wording = passages::wording(world);
    let mut items: Vec<&item::Item> = vec![&world.case.decision.item];
    if items.iter().all(|item| item.side.is_none()) {
        items = document.decisions.iter().map(|decision| &decision.item).collect();
        items.retain(|item| item.class == "surgery");
    }
    let told = wording.sides_in(summary).into_iter();
    let told: Vec<Side> = told.map(|side| side.value).collect();
    let headings = document.decisions.iter().filter_map(|one| one.item.side.as_ref());
    let known: Vec<Side> = told.iter().copied().chain(headings.map(|side| side.value)).collect();
    let disputed = items.iter().filter_map(|item| item.side.as_ref()).map(|side| side.value);
    let mut disputed: Vec<Side> = disputed.collect();
    let mut parts: BTreeSet<String> =
        items.iter().flat_map(|item| &item.body_parts).map(|part| part.value.clone()).collect();
    if disputed.is_empty() {
        disputed = told;
        parts.clone_from(of_record);
    }
    let other = match disputed.first() {
        Some(Side::Left) => Side::Right,
        Some(Side::Right) => Side::Left,
        _ => return Vec::new(),
    };
    if known.contains(&Side::Bilateral) || known.contains(&other) {
        return Vec::new();
    }
    let of_item = |named: &str| parts.iter().any(|part| near(world, part, named));
    let beside = |clause: Slice| {
        let named = wording.body_parts_in(clause);
        let sides = wording.sides_in(clause).into_iter();
        let wrong = sides.filter(|side| side.value == other).filter(|side| {
            let first = named.partition_point(|part| part.slice.start < side.slice.end);
            named.get(first).is_some_and(|part| {
                part.slice.start - side.slice.end <= SIDE_REACH && of_item(&part.value)
            })
        });
        wrong.map(|side| side.slice).collect::<Vec<_>>()
    };
    own(world).into_iter().flat_map(|(clause, _)| beside(clause)).collect()
}
