//! The closed set of facts about a letter that rules can ask for.
//!
//! One line each in [`FACTS`]; the values are computed in [`crate::evaluate`]. A fact has any number of values,
//! none when the letter does not state it, so "both drugs of the heading" and "no citation" need no special form.
//! Closed, so that a misspelt fact is a mistake with a suggestion and never a condition that silently fails.

use crate::yaml::{Diagnostic, Diagnostics, Node, decode};

/// A fact that rules can ask for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(
    missing_docs,
    reason = "each fact is described in FACTS, from which the author's list is printed"
)]
pub enum Fact {
    Outcome,
    Conclusion,
    Request,
    ItemClass,
    ItemDrug,
    ItemProcedure,
    ItemBodyPart,
    ItemSide,
    ItemLevel,
    ItemStrength,
    ItemQuantity,
    ItemRefills,
    ItemDaysSupply,
    ItemVisits,
    ItemPerWeek,
    ItemWeeks,
    ItemSex,
    ServiceDate,
    Rationale,
    Summary,
    ReviewerLine,
    ReviewerCitation,
    ReviewerSource,
    ReviewerGuideline,
    ReviewerAbsence,
    ReviewerUnread,
    AdministratorLine,
    AdministratorSource,
    AdministratorGuideline,
    AdministratorAbsence,
    CaseOutcome,
    InjuryDate,
    UrDenialDate,
    ReceivedDate,
    AssignedDate,
    DecisionDate,
    PatientAge,
    PatientSex,
    RationaleDrug,
    RationaleBodyPart,
    RationaleSide,
    SummaryDrug,
    SeparateSummary,
    RepeatedText,
    LeftoverTemplate,
    UnfinishedSentence,
    OtherInjuryDate,
    OtherReviewDate,
    RequestAfterDenial,
    ExaminationBeforeInjury,
    ImpossibleDate,
    OtherAge,
    OtherSex,
    OtherDrug,
    OtherSide,
    OtherBodyPart,
    OtherLevel,
    OtherQuantity,
    OtherService,
    ForeignGuideline,
    PatientDetail,
    WeaningWord,
}

/// What the values of a fact are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FactKind {
    /// One of these words.
    Words(&'static [&'static str]),
    /// Item class ids.
    ItemClass,
    /// Guideline ids.
    Guideline,
    /// Any text, compared without regard to letter case.
    Text,
    /// Numbers.
    Number,
    /// Civil dates.
    Date,
}

/// One fact: its name in rules, what its values are, what it means.
#[derive(Clone, Copy, Debug)]
pub struct FactEntry {
    /// The fact.
    pub fact: Fact,
    /// Its name in rules.
    pub name: &'static str,
    /// What its values are.
    pub kind: FactKind,
    /// What it means.
    pub meaning: &'static str,
}

const fn entry(fact: Fact, name: &'static str, kind: FactKind, meaning: &'static str) -> FactEntry {
    FactEntry { fact, name, kind, meaning }
}

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
    entry(
        Fact::SeparateSummary,
        "separate_summary",
        FactKind::Text,
        "the case summary when it is no part of the rationale",
    ),
    entry(
        Fact::RepeatedText,
        "repeated_text",
        FactKind::Text,
        "both places of a passage that stands twice in the rationale",
    ),
    entry(
        Fact::LeftoverTemplate,
        "leftover_template",
        FactKind::Text,
        "text of the rationale that a template left over",
    ),
    entry(
        Fact::UnfinishedSentence,
        "unfinished_sentence",
        FactKind::Text,
        "sentences of the rationale that break off",
    ),
    entry(
        Fact::OtherInjuryDate,
        "other_injury_date",
        FactKind::Text,
        "the date of injury in the head and others in the text",
    ),
    entry(
        Fact::OtherReviewDate,
        "other_review_date",
        FactKind::Text,
        "the date of the denial in the head and others in the case summary",
    ),
    entry(
        Fact::RequestAfterDenial,
        "request_after_denial",
        FactKind::Text,
        "the date of the denial and a request dated after it",
    ),
    entry(
        Fact::ExaminationBeforeInjury,
        "examination_before_injury",
        FactKind::Text,
        "the date of injury and examinations dated before it",
    ),
    entry(
        Fact::ImpossibleDate,
        "impossible_date",
        FactKind::Text,
        "dates that do not exist or lie after the determination",
    ),
    entry(
        Fact::OtherAge,
        "other_age",
        FactKind::Text,
        "the stated age and others said of the patient",
    ),
    entry(
        Fact::OtherSex,
        "other_sex",
        FactKind::Text,
        "the stated sex and words that say the other",
    ),
    entry(
        Fact::OtherDrug,
        "other_drug",
        FactKind::Text,
        "drugs that the rationale names as requested instead of the heading's",
    ),
    entry(
        Fact::OtherSide,
        "other_side",
        FactKind::Text,
        "the other side of the heading's body part, where the rationale names only that",
    ),
    entry(
        Fact::OtherBodyPart,
        "other_body_part",
        FactKind::Text,
        "body parts that the rationale names as the request's instead of the heading's",
    ),
    entry(
        Fact::OtherLevel,
        "other_level",
        FactKind::Text,
        "spinal levels that the rationale names as requested instead of the heading's",
    ),
    entry(
        Fact::OtherQuantity,
        "other_quantity",
        FactKind::Text,
        "quantities, visits or refills that the rationale names as requested instead of the heading's",
    ),
    entry(
        Fact::OtherService,
        "other_service",
        FactKind::Text,
        "services that the rationale names as requested instead of the heading's",
    ),
    entry(
        Fact::ForeignGuideline,
        "foreign_guideline",
        FactKind::Text,
        "the reviewer's citations when all are for another body part or treatment",
    ),
    entry(
        Fact::PatientDetail,
        "patient_detail",
        FactKind::Text,
        "words of the rationale, its conclusion apart, that speak about a patient",
    ),
    entry(
        Fact::WeaningWord,
        "weaning_word",
        FactKind::Text,
        "words of the rationale about tapering",
    ),
];

impl Fact {
    /// The fact's line in [`FACTS`].
    pub fn entry(self) -> &'static FactEntry {
        static MISSING: FactEntry = entry(Fact::Outcome, "", FactKind::Text, "");
        FACTS.iter().find(|entry| entry.fact == self).unwrap_or(&MISSING)
    }

    /// Its name in rules.
    pub fn name(self) -> &'static str {
        self.entry().name
    }

    /// Its name in messages.
    pub fn title(self) -> String {
        self.name().replace('_', " ")
    }

    /// What its values are.
    pub fn kind(self) -> FactKind {
        self.entry().kind
    }
}

/// A fact by its name.
pub(super) fn fact(node: &Node, diagnostics: &mut Diagnostics) -> Option<Fact> {
    let name = decode::text(node, diagnostics)?;
    let found = FACTS.iter().find(|entry| entry.name == name).map(|entry| entry.fact);
    found.or_else(|| {
        let known = FACTS.iter().map(|entry| entry.name);
        decode::refuse(
            Diagnostic::unknown("unknown-fact", &node.place, "fact", &name, known),
            diagnostics,
        )
    })
}
