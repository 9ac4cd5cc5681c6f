//! The right drug or service, judged as something that was not asked for: in another form, as a treatment where an evaluation
//! was asked for, in the whole quantity where only a rest is in dispute.

use imr_letter::item::{self, Item};
use imr_letter::span::Located;
use imr_letter::{Slice, vocabulary::Vocabulary};

use super::super::world::World;
use super::other_item::same_substance;
use super::{clauses, foreign_guideline, passages};
use crate::rulebook::check_words::WordList;

/// How far behind a drug its form may stand, in bytes ("Voltaren 1% gel").
const FORM_REACH: usize = 12;

const ORAL: &str = "oral";
const TOPICAL: &str = "topical";

/// The class of drugs that are rubbed on.
const RUBBED_ON: &str = "topical_analgesic";

/// How the item of the heading is given: by its form, else by its strength.
fn route(item: &Item, vocabulary: &Vocabulary) -> Option<String> {
    let forms = &vocabulary.entries().forms;
    let of = |id: &str| forms.iter().find(|form| form.id == id)?.route.clone();
    let form = item.form.as_ref().and_then(|form| of(&form.value));
    form.or_else(|| {
        let strength = &item.strength.as_ref()?.value;
        if strength.contains('%') {
            return Some(TOPICAL.to_owned());
        }
        let counted = strength.ends_with("mg") && item.quantity.is_some();
        let swallowed = counted && item.class != RUBBED_ON;
        swallowed.then(|| ORAL.to_owned())
    })
}

/// Places where the item's drug is named in a form that is given otherwise than that of the heading, and the citations on
/// topical drugs where all are, for a drug that is swallowed.
pub(super) fn other_forms(world: &World<'_>) -> Vec<Slice> {
    let vocabulary = &world.case.rulebook.vocabulary;
    let item = &world.case.decision.item;
    let Some(route_of_item) = route(item, vocabulary) else { return Vec::new() };
    if ![ORAL, TOPICAL].contains(&route_of_item.as_str()) || item.drugs.is_empty() {
        return Vec::new();
    }
    let same = |named: &str| item.drugs.iter().any(|own| same_substance(&own.value, named));
    let named = |read: &Item| -> Vec<Slice> {
        let form = read.form.as_ref().filter(|_| {
            let route = route(read, vocabulary).unwrap_or_default();
            [ORAL, TOPICAL].contains(&route.as_str()) && route != route_of_item
        });
        let behind = |end: usize| {
            let form = form?;
            (form.slice.start >= end && form.slice.start - end <= FORM_REACH)
                .then_some(form.slice.end)
        };
        let place = |drug: &Located<String>| {
            // A name such as "Voltaren gel" is a drug of its own.
            let rubbed_on =
                vocabulary.drug(&drug.value).is_some_and(|(class, _)| class.id == RUBBED_ON);
            let end = if rubbed_on && route_of_item == ORAL {
                Some(drug.slice.end)
            } else {
                behind(drug.slice.end)
            };
            Some(Slice::new(drug.slice.start, end?))
        };
        read.drugs.iter().filter(|drug| same(&drug.value)).filter_map(place).collect()
    };
    let clauses = [clauses::recited(world), clauses::unrecited(world)].concat();
    // What names neither the drug nor a form tells nothing here.
    let wording = passages::wording(world);
    let telling = clauses.into_iter().filter(|clause| {
        wording.has_form(*clause) || wording.drugs_in(*clause).iter().any(|drug| same(&drug.value))
    });
    let clauses: Vec<Item> = telling.map(|clause| item::read(wording, clause)).collect();
    let found: Vec<Slice> = clauses.iter().flat_map(named).collect();
    let is_right = |read: &Item| {
        let of_form =
            read.form.is_some() && route(read, vocabulary).as_ref() == Some(&route_of_item);
        // The name alone, without a form, may be that of the heading.
        let bare = read.form.is_none()
            && read.drugs.iter().any(|drug| item.drugs.iter().any(|own| own.value == drug.value));
        of_form || bare
    };
    if clauses.iter().any(is_right) {
        return Vec::new();
    }
    if found.is_empty() && route_of_item == ORAL { topical_sections(world) } else { found }
}

/// The reviewer's citations, when all of them are sections on topical drugs alone.
fn topical_sections(world: &World<'_>) -> Vec<Slice> {
    let vocabulary = &world.case.rulebook.vocabulary;
    let citations = &world.case.decision.reviewer.citations;
    let topical = citations.iter().all(|citation| {
        let document = citation.document.as_deref().unwrap_or_default();
        let sections =
            citation.sections.iter().map(|name| vocabulary.section(document, &name.value));
        let covers = sections.map(|section| {
            section.is_some_and(|section| {
                section
                    .covers
                    .iter()
                    .all(|class| [RUBBED_ON, "compounded_drug"].contains(&class.as_str()))
                    && !section.covers.is_empty()
            })
        });
        let covers: Vec<bool> = covers.collect();
        !covers.is_empty() && covers.into_iter().all(|one| one)
    });
    if topical { foreign_guideline::foreign_guidelines(world) } else { Vec::new() }
}

/// The words of a heading that ask for an evaluation, when the rationale speaks of treatments alone.
pub(super) fn unjudged_evaluations(world: &World<'_>) -> Vec<Slice> {
    let decision = world.case.decision;
    let item = &decision.item;
    let vocabulary = &world.case.rulebook.vocabulary;
    let treated = vocabulary.group(&item.class) == "therapy";
    let counted = item.visits.is_some() || item.per_week.is_some() || item.weeks.is_some();
    let Some(rationale) = decision.rationale.filter(|_| treated && !counted) else {
        return Vec::new();
    };
    let words = |place: Slice, list: WordList| passages::listed(world, place, list);
    let asked = words(decision.heading.slice, WordList::EvaluationWord);
    let judged = !words(rationale, WordList::EvaluationWord).is_empty();
    let treatments = clauses::listed(world, world.case.own, WordList::TreatmentWord);
    let also_treated = !words(decision.heading.slice, WordList::TreatmentWord).is_empty();
    match (asked.first(), treatments.first()) {
        (Some(asked), Some(treatment)) if !judged && !also_treated => vec![*asked, *treatment],
        _ => Vec::new(),
    }
}

/// Places where the whole of a request is judged that was authorized in part and of which only the rest is in dispute.
pub(super) fn whole_requests(world: &World<'_>) -> Vec<Slice> {
    let decision = world.case.decision;
    let Some(parts) = &decision.partial else { return Vec::new() };
    let Some(disputed) = parts.disputed else { return Vec::new() };
    let wording = passages::wording(world);
    let visits = |place: Slice| item::read(wording, place).visits.map(|visits| visits.value);
    let (Some(whole), Some(rest)) = (visits(parts.original), visits(disputed)) else {
        return Vec::new();
    };
    let named = clauses::listed(world, &clauses::unrecited(world), WordList::FurtherRequest);
    let behind = |opening: Slice| {
        let rationale = decision.rationale?;
        let place = passages::just_behind(world.case.document, rationale, opening, AMOUNT_REACH);
        let read = item::read(wording, place).visits?;
        (whole != rest && read.value == whole).then_some(read.slice)
    };
    named.into_iter().filter_map(behind).collect()
}

/// How far behind the words for a further request its amount may stand, in bytes.
const AMOUNT_REACH: usize = 32;
