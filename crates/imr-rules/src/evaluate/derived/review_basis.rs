//! What the case summary says that the utilization review cited, against the decision's own line.
//!
//! A case summary retells the review. When it names one body of guidance for the item and the line above the rationale another,
//! one of the two is about another review. Only a sentence that names the item's drug or service is compared, and only
//! when both name bodies of guidance.

use std::cell::LazyCell;

use imr_letter::Slice;
use imr_letter::span::Located;

use super::super::world::World;
use super::passages;
use crate::rulebook::check_words::WordList;

/// The sentences of the case summary, when none of the bodies that they name is one of the line's.
pub(super) fn other_review_basis(world: &World<'_>) -> Vec<Slice> {
    let Some(summary) = passages::separate_summary(world) else { return Vec::new() };
    let line = &world.case.decision.claims_administrator;
    let cited: Vec<&str> = line.citations.iter().filter_map(|one| one.source.as_deref()).collect();
    if cited.is_empty() {
        return Vec::new();
    }
    let told = LazyCell::new(|| sources_in(world, line.slice));
    let other = |sentence: &Slice| {
        let retells = passages::has_listed(world, *sentence, WordList::ReviewCites);
        if !retells || !names_item(world, *sentence) {
            return false;
        }
        let named = sources_in(world, Some(*sentence));
        let shared = |id: &&str| cited.contains(id) || told.contains(id);
        !named.is_empty() && !named.iter().any(shared)
    };
    passages::sentences(world, summary).iter().copied().filter(other).collect()
}

fn names_item(world: &World<'_>, sentence: Slice) -> bool {
    let item = &world.case.decision.item;
    let wording = passages::wording(world);
    let shares = |named: Vec<Located<String>>, own: &[Located<String>]| {
        named.iter().any(|name| own.iter().any(|other| other.value == name.value))
    };
    shares(wording.drugs_in(sentence), &item.drugs)
        || shares(wording.procedures_in(sentence), &item.procedures)
}

/// The bodies of guidance that a passage names.
fn sources_in<'c>(world: &World<'c>, passage: Option<Slice>) -> Vec<&'c str> {
    let Some(passage) = passage else { return Vec::new() };
    let text = passages::lower(world.case.document, passage);
    let sources = world.case.rulebook.vocabulary.entries().sources.iter();
    let names = &world.case.rulebook.source_names;
    let said = sources.zip(names).filter(|(_, names)| passages::has_phrase(&text, names));
    said.map(|(source, _)| source.id.as_str()).collect()
}
