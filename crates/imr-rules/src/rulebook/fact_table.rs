//! The facts that rules can ask for: a line or two each with its name in rules, what its values are and what it means.

use super::fact::{Fact, FactEntry, FactKind, entry};

const TEXT: FactKind = FactKind::Text;
const NUMBER: FactKind = FactKind::Number;
const DATE: FactKind = FactKind::Date;
const ITEM_CLASS: FactKind = FactKind::ItemClass;
const GUIDELINE: FactKind = FactKind::Guideline;
const OUTCOMES: FactKind = FactKind::Words(&["upheld", "overturned", "modified"]);
const CONCLUSIONS: FactKind = FactKind::Words(&["necessary", "not_necessary"]);
const CASE_OUTCOMES: FactKind = FactKind::Words(&["upheld", "overturned", "partially_overturned"]);
const SIDES: FactKind = FactKind::Words(&["left", "right", "bilateral"]);
const SEXES: FactKind = FactKind::Words(&["female", "male"]);
const ABSENCES: FactKind = FactKind::Words(&["none_cited", "outside_mtus", "not_stated"]);
const REQUESTS: FactKind =
    FactKind::Words(&["initial", "continuation", "retrospective", "unclear"]);

/// A table of facts: name of the fact, its name in rules, what its values are, what it means.
macro_rules! facts {
    ($($fact:ident $name:literal $kind:expr, $meaning:literal;)*) => {
        &[$(entry(Fact::$fact, $name, $kind, $meaning)),*]
    };
}

/// Every fact.
pub static FACTS: &[FactEntry] = facts! {
    Outcome "outcome" OUTCOMES, "outcome in the heading";
    Conclusion "conclusion" CONCLUSIONS, "what the rationale concludes";
    Request "request" REQUESTS, "the phase of the request; `unclear` when the letter does not tell";
    ItemClass "item_class" ITEM_CLASS, "the class of the disputed item";
    ItemDrug "item_drug" TEXT, "generic names of the drugs in the heading";
    ItemProcedure "item_procedure" TEXT, "procedures, tests and devices in the heading";
    ItemBodyPart "item_body_part" TEXT, "body parts in the heading";
    ItemSide "item_side" SIDES, "side of the body in the heading";
    ItemLevel "item_level" TEXT, "spinal levels in the heading";
    ItemStrength "item_strength" TEXT, "strength in the heading";
    ItemQuantity "item_quantity" NUMBER, "units asked for in the heading";
    ItemRefills "item_refills" NUMBER, "refills in the heading";
    ItemDaysSupply "item_days_supply" NUMBER, "days' supply in the heading";
    ItemVisits "item_visits" NUMBER, "visits or sessions in all in the heading";
    ItemPerWeek "item_per_week" NUMBER, "visits a week in the heading";
    ItemWeeks "item_weeks" NUMBER, "weeks in the heading";
    ItemSex "item_sex" SEXES, "the sex that the item implies";
    ServiceDate "service_date" DATE, "service dates in the heading";
    Rationale "rationale" TEXT, "the decision's rationale; ask only whether it is present";
    Summary "summary" TEXT, "the letter's case summary; ask only whether it is present";
    ReviewerLine "reviewer_line" TEXT,
        "the reviewer's guideline line; ask only whether it is present";
    ReviewerCitation "reviewer_citation" TEXT, "what the reviewer cites, as written";
    ReviewerSource "reviewer_source" TEXT, "the bodies of guidance that the reviewer cites";
    ReviewerGuideline "reviewer_guideline" GUIDELINE, "the guidelines that the reviewer cites";
    ReviewerAbsence "reviewer_absence" ABSENCES,
        "how the reviewer's line says that it cites nothing";
    ReviewerUnread "reviewer_unread" TEXT, "words of the reviewer's line that were not understood";
    AdministratorLine "administrator_line" TEXT,
        "the claims administrator's guideline line; ask only whether it is present";
    AdministratorSource "administrator_source" TEXT,
        "the bodies of guidance that the claims administrator cites";
    AdministratorGuideline "administrator_guideline" GUIDELINE,
        "the guidelines that the claims administrator cites";
    AdministratorAbsence "administrator_absence" ABSENCES,
        "how the claims administrator's line says that it cites nothing";
    CaseOutcome "case_outcome" CASE_OUTCOMES, "outcome of the whole case";
    InjuryDate "injury_date" DATE, "date of injury in the head";
    UrDenialDate "ur_denial_date" DATE, "date of the utilization review denial";
    ReceivedDate "received_date" DATE, "date the application was received";
    AssignedDate "assigned_date" DATE, "date the review was assigned";
    DecisionDate "decision_date" DATE, "date of the determination";
    PatientAge "patient_age" NUMBER, "age in years";
    PatientSex "patient_sex" SEXES, "sex from a word of the letter or from pronouns";
    RationaleDrug "rationale_drug" TEXT, "generic names of the drugs in the rationale";
    RationaleBodyPart "rationale_body_part" TEXT, "body parts in the rationale";
    RationaleSide "rationale_side" SIDES, "sides of the body in the rationale";
    SummaryDrug "summary_drug" TEXT, "generic names of the drugs in the case summary";
    SeparateSummary "separate_summary" TEXT, "the case summary when it is no part of the rationale";
    RepeatedText "repeated_text" TEXT,
        "both places of a passage that stands twice in the rationale";
    LeftoverTemplate "leftover_template" TEXT, "text of the rationale that a template left over";
    UnfinishedSentence "unfinished_sentence" TEXT, "sentences of the rationale that break off";
    OtherInjuryDate "other_injury_date" TEXT,
        "the date of injury in the head and others in the text";
    OtherReviewDate "other_review_date" TEXT,
        "the date of the denial in the head and others in the case summary";
    RequestAfterDenial "request_after_denial" TEXT,
        "the date of the denial and a request dated after it";
    ExaminationBeforeInjury "examination_before_injury" TEXT,
        "the date of injury and examinations dated before it";
    ImpossibleDate "impossible_date" TEXT, "dates that do not exist or lie after the determination";
    OtherAge "other_age" TEXT, "the stated age and others said of the patient";
    OtherSex "other_sex" TEXT, "the stated sex and words that say the other";
    OtherDrug "other_drug" TEXT,
        "drugs that the rationale names as requested instead of the heading's";
    OtherSide "other_side" TEXT,
        "the other side of the heading's body part, where the rationale names only that";
    OtherBodyPart "other_body_part" TEXT,
        "body parts that the rationale names as the request's instead of the heading's";
    OtherLevel "other_level" TEXT,
        "spinal levels that the rationale names as requested instead of the heading's";
    OtherQuantity "other_quantity" TEXT,
        "quantities, strengths, visits or refills that the rationale names as requested instead of the heading's";
    OtherService "other_service" TEXT,
        "services that the rationale names as requested instead of the heading's";
    ForeignGuideline "foreign_guideline" TEXT,
        "the reviewer's citations when all are for another body part or treatment";
    PatientDetail "patient_detail" TEXT,
        "words of the rationale, its conclusion apart, that speak about a patient";
    WeaningWord "weaning_word" TEXT, "words of the rationale about tapering";
    ClaimAgainstSummary "claim_against_summary" TEXT,
        "statements of the rationale that the case summary contradicts (about `each` criterion, if there is one)";
    RecordInSummary "record_in_summary" TEXT,
        "words of the case summary that contradict the rationale";
    ClaimAgainstItself "claim_against_itself" TEXT,
        "statements of the rationale that the rationale itself contradicts";
    RecordInRationale "record_in_rationale" TEXT, "words of the rationale that contradict it";
    ClaimAgainstSibling "claim_against_sibling" TEXT,
        "statements of the rationale that the rationale of another decision contradicts";
    RecordInSibling "record_in_sibling" TEXT,
        "words of another decision's rationale that contradict it";
    StatedSupport "stated_support" TEXT,
        "words of the rationale that say without reservation that the standard is met";
    ApprovedPrimary "approved_primary" TEXT,
        "outcomes of the letter's operations when all of them are approved";
    ImpossiblePage "impossible_page" TEXT,
        "the reviewer's citations with pages that the document does not have";
    LongerThanInjury "longer_than_injury" TEXT,
        "the date of injury and spans of complaints or treatment longer than the time since then";
    DisorderedHead "disordered_head" TEXT, "dates of the head that are in an impossible order";
    EvidenceAfterReview "evidence_after_review" TEXT,
        "the date of the denial and later dates that the rationale rests on";
    OtherReviewBasis "other_review_basis" TEXT,
        "sentences of the case summary by which the review cited another body than the decision's line";
    PageOutsideSection "page_outside_section" TEXT,
        "the reviewer's citations with pages that none of the named sections has";
    TitleAgainstPages "title_against_pages" TEXT,
        "the reviewer's citations whose title is for other treatments, while the pages are for the item";
    OwnSection "own_section" TEXT,
        "the reviewer's citations that pass over the section that is named for the item's drug";
    InitiationStandard "initiation_standard" TEXT,
        "words of the reviewer's line for the standard of a first request";
    NotForWeaning "not_for_weaning" TEXT, "words by which a request is said not to be for weaning";
    RadicularSign "radicular_sign" TEXT, "words of the case summary for radicular complaints";
    RadicularWord "radicular_word" TEXT, "words of the rationale about radicular complaints";
    RecitedUnmet "recited_unmet" TEXT,
        "recited conditions (of `each` criterion) that the rationale does not show as met";
    OwnWords "own_words" TEXT,
        "clauses of the rationale that are about this patient and no conclusion";
    LackingWords "lacking_words" TEXT,
        "clauses of the rationale about this patient that deny something or call it missing";
    BorrowedReasons "borrowed_reasons" TEXT,
        "reasons that stand word for word in the rationale of an item of another class and name only that";
    PartOfNoRecord "part_of_no_record" TEXT,
        "body parts in the reviewer's own words that neither the headings nor the case summary know";
    SideOfNoRecord "side_of_no_record" TEXT,
        "the other side of the item's body part, which neither the headings nor the case summary know";
    OtherForm "other_form" TEXT,
        "the drug of the heading in a form that is given otherwise (a gel for a tablet)";
    UnjudgedEvaluation "unjudged_evaluation" TEXT,
        "the evaluation that is asked for and the treatments that are judged instead";
    WholeRequest "whole_request" TEXT,
        "the amount of the whole request where only the rest of it is in dispute";
    ForeignPopulation "foreign_population" TEXT,
        "body parts of the patients that the recited standard is for, when none is the item's";
    SpineStandard "spine_standard" TEXT,
        "words of the rationale from the standard for imaging of the spine";
    SurgeryStandard "surgery_standard" TEXT,
        "words of the rationale from the standard for a referral to a surgeon";
    AcidPumpStandard "acid_pump_standard" TEXT,
        "words of the rationale about proton pump inhibitors, when it has none about H2 blockers";
    OperationRecord "operation_record" TEXT,
        "words of the headings and the case summary for an operation";
    GuidelineBar "guideline_bar" TEXT,
        "words of the rationale by which a guideline bars or limits the treatment";
    ShortUse "short_use" TEXT,
        "words of the rationale for a drug that is not yet or only for a short time taken";
    UnshownRisk "unshown_risk" TEXT,
        "recited risks in an operation of which the rationale shows none in this patient";
    UnshownReduction "unshown_reduction" TEXT,
        "a recited smaller need of medication that the rationale does not show";
    UnshownNerveStudy "unshown_nerve_study" TEXT,
        "a recited test of nerves of which the rationale shows no result";
    ExceededCourse "exceeded_course" TEXT,
        "the visits of the heading and the sentence by which fewer are granted at first";
    BrokenWording "broken_wording" TEXT, "words of the rationale that make no sense in a row";
    BareDenial "bare_denial" TEXT,
        "clauses of the rationale, its conclusion apart, that only say that the standard is not met";
};
