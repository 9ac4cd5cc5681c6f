//! Reasons that belong to another item of the letter.
//!
//! Reviewers write one rationale and adapt it for the next item. Where the reasons stand word for word in the rationale of an
//! item of another class, name that item and nowhere their own, nobody has judged the item of the heading. A sentence that
//! names neither ("the request failed to specify a body part") may serve both and tells nothing. A word or two may differ.

use std::hash::BuildHasher;

use imr_letter::Slice;
use imr_letter::document::Decision;
use rustc_hash::{FxBuildHasher, FxHashSet};

use super::super::world::World;
use super::passages;

/// Other decisions that are looked at, at most.
const COMPARED: usize = 24;

/// Shorter sentences are the same by chance.
const FEWEST_WORDS: usize = 6;

/// The reasons of the rationale that are those of another item.
pub(super) fn borrowed_reasons(world: &World<'_>) -> Vec<Slice> {
    let decision = world.case.decision;
    let reasons = reasons(world, decision);
    if reasons.is_empty() || names(world, &reasons, decision) {
        return Vec::new();
    }
    let siblings = world.case.document.decisions.iter();
    let others = siblings.filter(|other| other.item.class != decision.item.class);
    let shared = others.take(COMPARED).map(|other| shared(world, &reasons, other));
    shared.into_iter().find(|shared| !shared.is_empty()).unwrap_or_default()
}

/// The sentences of a rationale that are about this patient and no conclusion.
fn reasons(world: &World<'_>, decision: &Decision) -> Vec<Slice> {
    let Some(rationale) = decision.rationale else { return Vec::new() };
    let concludes =
        |sentence: &Slice| decision.conclusion.slice.is_some_and(|one| one.contains(*sentence));
    let own = |sentence: &Slice| world.case.own.iter().any(|own| sentence.contains(*own));
    let sentences = passages::sentences(world, rationale);
    sentences.iter().copied().filter(|one| own(one) && !concludes(one)).collect()
}

/// Most of the reasons, when they stand in another rationale and name its item.
fn shared(world: &World<'_>, reasons: &[Slice], other: &Decision) -> Vec<Slice> {
    let Some(rationale) = other.rationale.filter(|one| Some(*one) != world.case.decision.rationale)
    else {
        return Vec::new();
    };
    let sentences = passages::sentences(world, rationale);
    let known: FxHashSet<u64> =
        sentences.iter().filter_map(|sentence| fingerprint(world, *sentence)).collect();
    let stands_there = |reason: &&Slice| {
        fingerprint(world, **reason).is_some_and(|reason| known.contains(&reason))
    };
    let shared: Vec<Slice> = reasons.iter().filter(stands_there).copied().collect();
    if shared.len() * 2 > reasons.len() && names(world, &shared, other) {
        shared
    } else {
        Vec::new()
    }
}

/// A number for the words of a sentence, letter case aside; none for a short one.
fn fingerprint(world: &World<'_>, sentence: Slice) -> Option<u64> {
    let text = passages::lower(world.case.document, sentence);
    let words: Vec<&str> = text.split_whitespace().collect();
    (words.len() >= FEWEST_WORDS).then(|| FxBuildHasher.hash_one(words))
}

/// Whether sentences name a drug or service of a decision's heading, or one of its class.
fn names(world: &World<'_>, sentences: &[Slice], decision: &Decision) -> bool {
    let vocabulary = &world.case.rulebook.vocabulary;
    let item = &decision.item;
    let class = vocabulary.class(&item.class);
    let of_class = |name: &str| {
        class.is_some_and(|class| {
            class.drugs.iter().any(|drug| drug.generic == name)
                || class.procedures.iter().any(|procedure| procedure.name == name)
        })
    };
    let own = |name: &str| item.drugs.iter().chain(&item.procedures).any(|own| own.value == name);
    sentences.iter().any(|sentence| {
        let text = world.case.document.words(*sentence);
        let named =
            vocabulary.drugs_in(text, 0).into_iter().chain(vocabulary.procedures_in(text, 0));
        named.into_iter().any(|name| own(&name.value) || of_class(&name.value))
    })
}
