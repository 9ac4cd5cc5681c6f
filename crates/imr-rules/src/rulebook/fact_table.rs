//! The facts that rules can ask for: one line each with its name in rules, what its values are and what it means.

use super::fact::{Fact, FactEntry, FactKind, entry, text};

const SIDES: FactKind = FactKind::Words(&["left", "right", "bilateral"]);
const SEXES: FactKind = FactKind::Words(&["female", "male"]);
const ABSENCES: FactKind = FactKind::Words(&["none_cited", "outside_mtus", "not_stated"]);
const REQUESTS: FactKind =
    FactKind::Words(&["initial", "continuation", "retrospective", "unclear"]);

/// Every fact.
pub static FACTS: &[FactEntry] = &[
    entry(
        Fact::Outcome,
        "outcome",
        FactKind::Words(&["upheld", "overturned", "modified"]),
        "outcome in the heading",
    ),
    entry(
        Fact::Conclusion,
        "conclusion",
        FactKind::Words(&["necessary", "not_necessary"]),
        "what the rationale concludes",
    ),
    entry(
        Fact::Request,
        "request",
        REQUESTS,
        "the phase of the request; `unclear` when the letter does not tell",
    ),
    entry(Fact::ItemClass, "item_class", FactKind::ItemClass, "the class of the disputed item"),
    entry(Fact::ItemDrug, "item_drug", FactKind::Text, "generic names of the drugs in the heading"),
    entry(
        Fact::ItemProcedure,
        "item_procedure",
        FactKind::Text,
        "procedures, tests and devices in the heading",
    ),
    entry(Fact::ItemBodyPart, "item_body_part", FactKind::Text, "body parts in the heading"),
    entry(Fact::ItemSide, "item_side", SIDES, "side of the body in the heading"),
    entry(Fact::ItemLevel, "item_level", FactKind::Text, "spinal levels in the heading"),
    entry(Fact::ItemStrength, "item_strength", FactKind::Text, "strength in the heading"),
    entry(Fact::ItemQuantity, "item_quantity", FactKind::Number, "units asked for in the heading"),
    entry(Fact::ItemRefills, "item_refills", FactKind::Number, "refills in the heading"),
    entry(
        Fact::ItemDaysSupply,
        "item_days_supply",
        FactKind::Number,
        "days' supply in the heading",
    ),
    entry(
        Fact::ItemVisits,
        "item_visits",
        FactKind::Number,
        "visits or sessions in all in the heading",
    ),
    entry(Fact::ItemPerWeek, "item_per_week", FactKind::Number, "visits a week in the heading"),
    entry(Fact::ItemWeeks, "item_weeks", FactKind::Number, "weeks in the heading"),
    entry(Fact::ItemSex, "item_sex", SEXES, "the sex that the item implies"),
    entry(Fact::ServiceDate, "service_date", FactKind::Date, "service dates in the heading"),
    entry(
        Fact::Rationale,
        "rationale",
        FactKind::Text,
        "the decision's rationale; ask only whether it is present",
    ),
    entry(
        Fact::Summary,
        "summary",
        FactKind::Text,
        "the letter's case summary; ask only whether it is present",
    ),
    entry(
        Fact::ReviewerLine,
        "reviewer_line",
        FactKind::Text,
        "the reviewer's guideline line; ask only whether it is present",
    ),
    entry(
        Fact::ReviewerCitation,
        "reviewer_citation",
        FactKind::Text,
        "what the reviewer cites, as written",
    ),
    entry(
        Fact::ReviewerSource,
        "reviewer_source",
        FactKind::Text,
        "the bodies of guidance that the reviewer cites",
    ),
    entry(
        Fact::ReviewerGuideline,
        "reviewer_guideline",
        FactKind::Guideline,
        "the guidelines that the reviewer cites",
    ),
    entry(
        Fact::ReviewerAbsence,
        "reviewer_absence",
        ABSENCES,
        "how the reviewer's line says that it cites nothing",
    ),
    entry(
        Fact::ReviewerUnread,
        "reviewer_unread",
        FactKind::Text,
        "words of the reviewer's line that were not understood",
    ),
    entry(
        Fact::AdministratorLine,
        "administrator_line",
        FactKind::Text,
        "the claims administrator's guideline line; ask only whether it is present",
    ),
    entry(
        Fact::AdministratorSource,
        "administrator_source",
        FactKind::Text,
        "the bodies of guidance that the claims administrator cites",
    ),
    entry(
        Fact::AdministratorGuideline,
        "administrator_guideline",
        FactKind::Guideline,
        "the guidelines that the claims administrator cites",
    ),
    entry(
        Fact::AdministratorAbsence,
        "administrator_absence",
        ABSENCES,
        "how the claims administrator's line says that it cites nothing",
    ),
    entry(
        Fact::CaseOutcome,
        "case_outcome",
        FactKind::Words(&["upheld", "overturned", "partially_overturned"]),
        "outcome of the whole case",
    ),
    entry(Fact::InjuryDate, "injury_date", FactKind::Date, "date of injury in the head"),
    entry(
        Fact::UrDenialDate,
        "ur_denial_date",
        FactKind::Date,
        "date of the utilization review denial",
    ),
    entry(Fact::ReceivedDate, "received_date", FactKind::Date, "date the application was received"),
    entry(Fact::AssignedDate, "assigned_date", FactKind::Date, "date the review was assigned"),
    entry(Fact::DecisionDate, "decision_date", FactKind::Date, "date of the determination"),
    entry(Fact::PatientAge, "patient_age", FactKind::Number, "age in years"),
    entry(Fact::PatientSex, "patient_sex", SEXES, "sex from a word of the letter or from pronouns"),
    entry(
        Fact::RationaleDrug,
        "rationale_drug",
        FactKind::Text,
        "generic names of the drugs in the rationale",
    ),
    entry(
        Fact::RationaleBodyPart,
        "rationale_body_part",
        FactKind::Text,
        "body parts in the rationale",
    ),
    entry(Fact::RationaleSide, "rationale_side", SIDES, "sides of the body in the rationale"),
    entry(
        Fact::SummaryDrug,
        "summary_drug",
        FactKind::Text,
        "generic names of the drugs in the case summary",
    ),
    text(
        Fact::SeparateSummary,
        "separate_summary",
        "the case summary when it is no part of the rationale",
    ),
    text(
        Fact::RepeatedText,
        "repeated_text",
        "both places of a passage that stands twice in the rationale",
    ),
    text(
        Fact::LeftoverTemplate,
        "leftover_template",
        "text of the rationale that a template left over",
    ),
    text(
        Fact::UnfinishedSentence,
        "unfinished_sentence",
        "sentences of the rationale that break off",
    ),
    text(
        Fact::OtherInjuryDate,
        "other_injury_date",
        "the date of injury in the head and others in the text",
    ),
    text(
        Fact::OtherReviewDate,
        "other_review_date",
        "the date of the denial in the head and others in the case summary",
    ),
    text(
        Fact::RequestAfterDenial,
        "request_after_denial",
        "the date of the denial and a request dated after it",
    ),
    text(
        Fact::ExaminationBeforeInjury,
        "examination_before_injury",
        "the date of injury and examinations dated before it",
    ),
    text(
        Fact::ImpossibleDate,
        "impossible_date",
        "dates that do not exist or lie after the determination",
    ),
    text(Fact::OtherAge, "other_age", "the stated age and others said of the patient"),
    text(Fact::OtherSex, "other_sex", "the stated sex and words that say the other"),
    text(
        Fact::OtherDrug,
        "other_drug",
        "drugs that the rationale names as requested instead of the heading's",
    ),
    text(
        Fact::OtherSide,
        "other_side",
        "the other side of the heading's body part, where the rationale names only that",
    ),
    text(
        Fact::OtherBodyPart,
        "other_body_part",
        "body parts that the rationale names as the request's instead of the heading's",
    ),
    text(
        Fact::OtherLevel,
        "other_level",
        "spinal levels that the rationale names as requested instead of the heading's",
    ),
    text(
        Fact::OtherQuantity,
        "other_quantity",
        "quantities, visits or refills that the rationale names as requested instead of the heading's",
    ),
    text(
        Fact::OtherService,
        "other_service",
        "services that the rationale names as requested instead of the heading's",
    ),
    text(
        Fact::ForeignGuideline,
        "foreign_guideline",
        "the reviewer's citations when all are for another body part or treatment",
    ),
    text(
        Fact::PatientDetail,
        "patient_detail",
        "words of the rationale, its conclusion apart, that speak about a patient",
    ),
    text(Fact::WeaningWord, "weaning_word", "words of the rationale about tapering"),
    text(
        Fact::ClaimAgainstSummary,
        "claim_against_summary",
        "statements of the rationale that the case summary contradicts (about `each` criterion, if there is one)",
    ),
    text(
        Fact::RecordInSummary,
        "record_in_summary",
        "words of the case summary that contradict the rationale",
    ),
    text(
        Fact::ClaimAgainstItself,
        "claim_against_itself",
        "statements of the rationale that the rationale itself contradicts",
    ),
    text(
        Fact::RecordInRationale,
        "record_in_rationale",
        "words of the rationale that contradict it",
    ),
    text(
        Fact::ClaimAgainstSibling,
        "claim_against_sibling",
        "statements of the rationale that the rationale of another decision contradicts",
    ),
    text(
        Fact::RecordInSibling,
        "record_in_sibling",
        "words of another decision's rationale that contradict it",
    ),
    text(
        Fact::StatedSupport,
        "stated_support",
        "words of the rationale that say without reservation that the standard is met",
    ),
    text(
        Fact::ApprovedPrimary,
        "approved_primary",
        "outcomes of the letter's operations when all of them are approved",
    ),
    text(
        Fact::ImpossiblePage,
        "impossible_page",
        "the reviewer's citations with pages that the document does not have",
    ),
    text(
        Fact::LongerThanInjury,
        "longer_than_injury",
        "the date of injury and spans of complaints or treatment longer than the time since then",
    ),
    text(
        Fact::DisorderedHead,
        "disordered_head",
        "dates of the head that are in an impossible order",
    ),
    text(
        Fact::EvidenceAfterReview,
        "evidence_after_review",
        "the date of the denial and later dates that the rationale rests on",
    ),
    text(
        Fact::OtherReviewBasis,
        "other_review_basis",
        "sentences of the case summary by which the review cited another body than the decision's line",
    ),
    text(
        Fact::PageOutsideSection,
        "page_outside_section",
        "the reviewer's citations with pages that none of the named sections has",
    ),
    text(
        Fact::TitleAgainstPages,
        "title_against_pages",
        "the reviewer's citations whose title is for other treatments, while the pages are for the item",
    ),
    text(
        Fact::OwnSection,
        "own_section",
        "the reviewer's citations that pass over the section that is named for the item's drug",
    ),
    text(
        Fact::InitiationStandard,
        "initiation_standard",
        "words of the reviewer's line for the standard of a first request",
    ),
    text(
        Fact::NotForWeaning,
        "not_for_weaning",
        "words by which a request is said not to be for weaning",
    ),
    text(
        Fact::RadicularSign,
        "radicular_sign",
        "words of the case summary for radicular complaints",
    ),
    text(
        Fact::RadicularWord,
        "radicular_word",
        "words of the rationale about radicular complaints",
    ),
    text(
        Fact::RecitedUnmet,
        "recited_unmet",
        "recited conditions (of `each` criterion) that the rationale does not show as met",
    ),
    text(
        Fact::OwnWords,
        "own_words",
        "clauses of the rationale that are about this patient and no conclusion",
    ),
    text(
        Fact::LackingWords,
        "lacking_words",
        "clauses of the rationale about this patient that deny something or call it missing",
    ),
];
