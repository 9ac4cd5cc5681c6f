//! Reasons that belong to another item of the letter.
//!
//! Reviewers write one rationale and adapt it for the next item. Where the reasons stand word for word in the rationale of an
//! item of another class, name that item and nowhere their own, nobody has judged the item of the heading. A sentence that
//! names neither ("the request failed to specify a body part") may serve both and tells nothing. A word or two may differ.

use std::hash::BuildHasher;
use std::rc::Rc;

use imr_letter::Slice;
use imr_letter::document::Decision;
use rustc_hash::FxBuildHasher;

use super::super::world::World;
use super::passages;

/// Other decisions that are looked at, at most.
const COMPARED: usize = 24;

/// Shorter sentences are the same by chance.
const FEWEST_WORDS: usize = 6;

/// The reasons of the rationale that are those of another item.
pub(super) fn borrowed_reasons(world: &World<'_>) -> Vec<Slice> {
    let decision = world.case.decision;
    let others = others(world, decision);
    if others.is_empty() {
        return Vec::new();
    }
    let reasons = reasons(world, decision);
    if reasons.is_empty() || names(world, &reasons, decision) {
        return Vec::new();
    }
    let prints = reasons.into_iter().map(|one| (one, fingerprint(world, one)));
    let reasons: Vec<(Slice, Option<u64>)> = prints.collect();
    let mut shared = others.into_iter().map(|other| shared(world, &reasons, other));
    shared.find(|shared| !shared.is_empty()).unwrap_or_default()
}

/// The rationales of the first items of other classes that are not this one's, each with its item.
fn others<'c>(world: &World<'c>, decision: &Decision) -> Vec<(&'c Decision, Slice)> {
    let siblings = world.case.document.decisions.iter();
    let others = siblings.filter(|other| other.item.class != decision.item.class).take(COMPARED);
    let apart = others.filter_map(|other| Some((other, other.rationale?)));
    apart.filter(|(_, rationale)| Some(*rationale) != decision.rationale).collect()
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
fn shared(
    world: &World<'_>,
    reasons: &[(Slice, Option<u64>)],
    (other, rationale): (&Decision, Slice),
) -> Vec<Slice> {
    let known = fingerprints(world, rationale);
    let stands_there = |(_, print): &&(Slice, Option<u64>)| {
        print.is_some_and(|print| known.binary_search(&print).is_ok())
    };
    let shared: Vec<Slice> = reasons.iter().filter(stands_there).map(|(one, _)| *one).collect();
    if shared.len() * 2 > reasons.len() && names(world, &shared, other) {
        shared
    } else {
        Vec::new()
    }
}

/// The numbers of the sentences of a rationale, sorted.
fn fingerprints(world: &World<'_>, rationale: Slice) -> Rc<[u64]> {
    world.case.memo.fingerprints(rationale, || {
        let sentences = passages::sentences(world, rationale);
        let all = sentences.iter().filter_map(|sentence| fingerprint(world, *sentence));
        let mut all: Vec<u64> = all.collect();
        all.sort_unstable();
        all
    })
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
        let wording = passages::wording(world);
        let drugs = wording.drugs_in(*sentence).into_iter();
        let named = drugs.chain(wording.procedures_in(*sentence));
        named.into_iter().any(|name| own(&name.value) || of_class(&name.value))
    })
}
