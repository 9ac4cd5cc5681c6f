//! Facts that compare several places of one letter: other dates than those of the head, another side of the body than
//! that of the heading, a passage that stands twice.
//!
//! Each is a list of places, empty when there is nothing to show, so that a check needs no more than "is it there", and
//! its labels come for free. What counts as different is decided here, what the words are is data
//! (`check-words.yaml`, the vocabulary). The price is that a comparison cannot be changed without programming; all of
//! them lean to silence, because a false alarm costs an auditor more than a miss.

mod chronology;
mod citation_pages;
mod cited_section;
mod contradicted;
mod date_mentions;
mod duration;
mod foreign_guideline;
mod garble;
mod other_item;
pub(super) mod passages;
mod patient_detail;
mod persons;
mod recited;
mod repetition;
mod review_basis;
mod support;
mod worded;

use std::borrow::Cow;

use imr_letter::Slice;

use super::facts::Value;
use super::world::World;
use crate::rulebook::fact::Fact;

/// The values of a fact of this group; none for every other fact.
pub(super) fn values<'c>(fact: Fact, world: &World<'c>) -> Vec<Value<'c>> {
    match fact {
        Fact::SeparateSummary => {
            said(world, passages::separate_summary(world).into_iter().collect())
        }
        Fact::RepeatedText => said(world, repetition::repeated_text(world)),
        Fact::LeftoverTemplate => said(world, garble::leftover_template(world)),
        Fact::UnfinishedSentence => said(world, garble::unfinished_sentences(world)),
        Fact::OtherInjuryDate => said(world, chronology::other_injury_dates(world)),
        Fact::OtherReviewDate => said(world, chronology::other_review_dates(world)),
        Fact::RequestAfterDenial => said(world, chronology::requests_after_denial(world)),
        Fact::ExaminationBeforeInjury => said(world, chronology::examinations_before_injury(world)),
        Fact::ImpossibleDate => said(world, chronology::impossible_dates(world)),
        Fact::OtherAge => said(world, persons::other_ages(world)),
        Fact::OtherSex => said(world, persons::other_sex(world)),
        Fact::OtherDrug => said(world, other_item::other_drugs(world)),
        Fact::OtherSide => said(world, other_item::other_sides(world)),
        Fact::OtherBodyPart => said(world, other_item::other_body_parts(world)),
        Fact::OtherLevel => said(world, other_item::other_levels(world)),
        Fact::OtherQuantity => said(world, other_item::other_quantities(world)),
        Fact::OtherService => said(world, other_item::other_services(world)),
        Fact::ForeignGuideline => said(world, foreign_guideline::foreign_guidelines(world)),
        Fact::ClaimAgainstSummary
        | Fact::RecordInSummary
        | Fact::ClaimAgainstItself
        | Fact::RecordInRationale
        | Fact::ClaimAgainstSibling
        | Fact::RecordInSibling => said(world, contradicted::places(fact, world)),
        Fact::ImpossiblePage => said(world, citation_pages::impossible_pages(world)),
        Fact::StatedSupport => said(world, support::stated(world)),
        Fact::ApprovedPrimary => said(world, support::approved_primary(world)),
        Fact::LongerThanInjury => said(world, duration::longer_than_injury(world)),
        Fact::DisorderedHead => said(world, chronology::disordered_head(world)),
        Fact::EvidenceAfterReview => said(world, chronology::evidence_after_review(world)),
        Fact::OtherReviewBasis => said(world, review_basis::other_review_basis(world)),
        Fact::PageOutsideSection => said(world, cited_section::pages_outside(world)),
        Fact::TitleAgainstPages => said(world, cited_section::title_against_pages(world)),
        Fact::OwnSection => said(world, cited_section::own_sections(world)),
        Fact::InitiationStandard
        | Fact::NotForWeaning
        | Fact::RadicularSign
        | Fact::RadicularWord => said(world, worded::places(fact, world)),
        Fact::RecitedUnmet => said(world, recited::unmet(world)),
        Fact::OwnWords => said(world, patient_detail::own_words(world)),
        Fact::WeaningWord => said(world, patient_detail::weaning_words(world)),
        Fact::PatientDetail => said(world, patient_detail::patient_details(world)),
        _ => Vec::new(),
    }
}

/// The words at these places as values.
fn said<'c>(world: &World<'c>, places: Vec<Slice>) -> Vec<Value<'c>> {
    let value =
        |place: Slice| Value::said(Cow::Borrowed(world.case.document.words(place)), Some(place));
    places.into_iter().map(value).collect()
}
