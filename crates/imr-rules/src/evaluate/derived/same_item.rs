//! Whether the words about a criterion stand in a sentence that names the disputed item.
//!
//! "Pain fell from 8 to 4 with Norco" speaks of the drug in dispute; "pain fell with therapy" does not. A contradiction
//! about the effect of a treatment needs the same treatment on both sides.

use imr_letter::Slice;
use imr_letter::span::Located;

use super::super::world::World;
use super::passages;
use crate::criterion::{CriterionId, Part};
use crate::rulebook::condition::CriterionTest;

/// Whether a sentence that gives the criterion one of the test's statuses names a drug or service of the heading.
pub(in super::super) fn names_item(
    test: &CriterionTest,
    criterion: CriterionId,
    world: &World<'_>,
) -> bool {
    let grounds = test.parts.iter().flat_map(|part| {
        let statuses = test.holds.iter();
        statuses.flat_map(move |status| world.case.grounds(criterion, *part, *status))
    });
    let mut grounds = grounds.peekable();
    if grounds.peek().is_none() {
        return false;
    }
    let sentences: Vec<Slice> = test
        .parts
        .iter()
        .filter_map(|part| passage(world, *part))
        .flat_map(|passage| passages::sentences(world.case.document, passage))
        .collect();
    grounds.any(|ground| {
        passages::around(&sentences, ground.slice).any(|sentence| names(world, *sentence))
    })
}

fn passage(world: &World<'_>, part: Part) -> Option<Slice> {
    match part {
        Part::Rationale => world.case.decision.rationale,
        Part::Summary => world.case.document.summary,
    }
}

/// Whether a sentence names a drug or a service of the heading.
fn names(world: &World<'_>, sentence: Slice) -> bool {
    let item = &world.case.decision.item;
    let vocabulary = &world.case.rulebook.vocabulary;
    let text = world.case.document.words(sentence);
    let shares = |named: Vec<Located<String>>, own: &[Located<String>]| {
        named.iter().any(|name| own.iter().any(|other| other.value == name.value))
    };
    shares(vocabulary.drugs_in(text, 0), &item.drugs)
        || shares(vocabulary.procedures_in(text, 0), &item.procedures)
}
