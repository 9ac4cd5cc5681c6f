//! Facts that compare several places of one letter: other dates than those of the head, another side of the body than
//! that of the heading, a passage that stands twice.
//!
//! Each is a list of places, empty when there is nothing to show, so that a check needs no more than "is it there", and
//! its labels come for free. What counts as different is decided here, what the words are is data
//! (`check-words.yaml`, the vocabulary). The price is that a comparison cannot be changed without programming; all of
//! them lean to silence, because a false alarm costs an auditor more than a miss.

mod bare_denial;
mod borrowed;
mod chronology;
mod citation_pages;
mod cited_section;
mod clauses;
mod contradicted;
mod course;
mod date_mentions;
mod duration;
mod foreign_guideline;
mod garble;
mod judged_otherwise;
mod other_item;
pub(super) mod passages;
mod patient_detail;
mod persons;
mod population;
mod recited;
mod record;
mod repetition;
mod review_basis;
mod support;
mod worded;

use std::borrow::Cow;

use imr_letter::Slice;

use super::facts::Value;
use super::world::World;
use crate::rulebook::fact::Fact;
pub(super) use date_mentions::DateMention;
pub(super) use other_item::{Naming, is_substance};

/// The values of a fact of this group; none for every other fact.
pub(super) fn values<'c>(fact: Fact, world: &World<'c>) -> Vec<Value<'c>> {
    match fact {
        // These two depend on what the world says of criteria.
        Fact::ClaimAgainstSummary
        | Fact::RecordInSummary
        | Fact::ClaimAgainstItself
        | Fact::RecordInRationale
        | Fact::ClaimAgainstSibling
        | Fact::RecordInSibling => said(world, &contradicted::places(fact, world)),
        Fact::RecitedUnmet => said(world, &recited::unmet(world)),
        // These are about the letter, whatever the decision.
        Fact::OtherInjuryDate
        | Fact::OtherReviewDate
        | Fact::RequestAfterDenial
        | Fact::ExaminationBeforeInjury
        | Fact::ImpossibleDate
        | Fact::OtherAge
        | Fact::ApprovedPrimary
        | Fact::LongerThanInjury
        | Fact::DisorderedHead => {
            said(world, &world.case.memo.in_letter(fact, || places(fact, world)))
        }
        _ => said(world, &world.case.memo.places(fact, || places(fact, world))),
    }
}

/// Where the words of a fact stand that is the same in every world.
fn places(fact: Fact, world: &World<'_>) -> Vec<Slice> {
    match fact {
        Fact::SeparateSummary => passages::separate_summary(world).into_iter().collect(),
        Fact::RepeatedText => repetition::repeated_text(world),
        Fact::LeftoverTemplate => garble::leftover_template(world),
        Fact::UnfinishedSentence => garble::unfinished_sentences(world),
        Fact::OtherInjuryDate => chronology::other_injury_dates(world),
        Fact::OtherReviewDate => chronology::other_review_dates(world),
        Fact::RequestAfterDenial => chronology::requests_after_denial(world),
        Fact::ExaminationBeforeInjury => chronology::examinations_before_injury(world),
        Fact::ImpossibleDate => chronology::impossible_dates(world),
        Fact::OtherAge => persons::other_ages(world),
        Fact::OtherSex => persons::other_sex(world),
        Fact::OtherDrug => other_item::other_drugs(world),
        Fact::OtherSide => other_item::other_sides(world),
        Fact::OtherBodyPart => other_item::other_body_parts(world),
        Fact::OtherLevel => other_item::other_levels(world),
        Fact::OtherQuantity => other_item::other_quantities(world),
        Fact::OtherService => other_item::other_services(world),
        Fact::ForeignGuideline => foreign_guideline::foreign_guidelines(world),
        Fact::ImpossiblePage => citation_pages::impossible_pages(world),
        Fact::StatedSupport => support::stated(world),
        Fact::ApprovedPrimary => support::approved_primary(world),
        Fact::LongerThanInjury => duration::longer_than_injury(world),
        Fact::DisorderedHead => chronology::disordered_head(world),
        Fact::EvidenceAfterReview => chronology::evidence_after_review(world),
        Fact::OtherReviewBasis => review_basis::other_review_basis(world),
        Fact::PageOutsideSection => cited_section::pages_outside(world),
        Fact::TitleAgainstPages => cited_section::title_against_pages(world),
        Fact::OwnSection => cited_section::own_sections(world),
        Fact::InitiationStandard
        | Fact::NotForWeaning
        | Fact::RadicularSign
        | Fact::RadicularWord
        | Fact::SpineStandard
        | Fact::SurgeryStandard
        | Fact::ShortUse => worded::places(fact, world),
        Fact::AcidPumpStandard => worded::acid_pump_standard(world),
        Fact::OperationRecord => worded::operation_record(world),
        Fact::BareDenial => bare_denial::bare_denials(world),
        Fact::GuidelineBar => worded::guideline_bars(world),
        Fact::UnshownRisk | Fact::UnshownReduction | Fact::UnshownNerveStudy => {
            worded::unshown(fact, world)
        }
        Fact::BorrowedReasons => borrowed::borrowed_reasons(world),
        Fact::PartOfNoRecord => record::parts_of_no_record(world),
        Fact::SideOfNoRecord => record::sides_of_no_record(world),
        Fact::OtherForm => judged_otherwise::other_forms(world),
        Fact::UnjudgedEvaluation => judged_otherwise::unjudged_evaluations(world),
        Fact::WholeRequest => judged_otherwise::whole_requests(world),
        Fact::ForeignPopulation => population::foreign_populations(world),
        Fact::ExceededCourse => course::exceeded_courses(world),
        Fact::BrokenWording => garble::broken_wording(world),
        Fact::OwnWords => patient_detail::own_words(world),
        Fact::LackingWords => patient_detail::lacking_words(world),
        Fact::WeaningWord => patient_detail::weaning_words(world),
        Fact::PatientDetail => patient_detail::patient_details(world),
        _ => Vec::new(),
    }
}

/// The words at these places as values.
fn said<'c>(world: &World<'c>, places: &[Slice]) -> Vec<Value<'c>> {
    let value =
        |place: &Slice| Value::said(Cow::Borrowed(world.case.document.words(*place)), Some(*place));
    places.iter().map(value).collect()
}
