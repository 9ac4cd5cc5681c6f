//! The closed set of facts about a letter that rules can ask for.
//!
//! One line each in [`FACTS`]; the values are computed in [`crate::evaluate`]. A fact has any number of values,
//! none when the letter does not state it, so "both drugs of the heading" and "no citation" need no special form.
//! Closed, so that a misspelt fact is a mistake with a suggestion and never a condition that silently fails.

use serde::{Deserialize, Serialize};
use std::sync::LazyLock;

use super::condition::{Comparison, FactTest};
pub use super::fact_table::FACTS;
use crate::yaml::{Diagnostic, Diagnostics, Node, Place, decode};

/// A fact that rules can ask for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
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
    ClaimAgainstSummary,
    RecordInSummary,
    ClaimAgainstItself,
    RecordInRationale,
    ClaimAgainstSibling,
    RecordInSibling,
    StatedSupport,
    ApprovedPrimary,
    ImpossiblePage,
    LongerThanInjury,
    DisorderedHead,
    EvidenceAfterReview,
    OtherReviewBasis,
    PageOutsideSection,
    TitleAgainstPages,
    OwnSection,
    InitiationStandard,
    NotForWeaning,
    RadicularSign,
    RadicularWord,
    RecitedUnmet,
    OwnWords,
    /// Clauses of the rationale about this patient that deny something or call it missing.
    LackingWords,
    BorrowedReasons,
    PartOfNoRecord,
    SideOfNoRecord,
    OtherForm,
    UnjudgedEvaluation,
    WholeRequest,
    ForeignPopulation,
    SpineStandard,
    SurgeryStandard,
    AcidPumpStandard,
    OperationRecord,
    GuidelineBar,
    ShortUse,
    UnshownRisk,
    UnshownReduction,
    UnshownNerveStudy,
    ExceededCourse,
    BrokenWording,
    BareDenial,
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

pub(super) const fn entry(
    fact: Fact,
    name: &'static str,
    kind: FactKind,
    meaning: &'static str,
) -> FactEntry {
    FactEntry { fact, name, kind, meaning }
}

impl Fact {
    /// The fact's line in [`FACTS`].
    pub fn entry(self) -> &'static FactEntry {
        static MISSING: FactEntry = entry(Fact::Outcome, "", FactKind::Text, "");
        let is_own = |entry: &&FactEntry| entry.fact == self;
        // Most stand at their own place.
        let own = FACTS.get(self as usize).filter(is_own);
        own.or_else(|| FACTS.iter().find(is_own)).unwrap_or(&MISSING)
    }

    /// Its name in rules.
    pub fn name(self) -> &'static str {
        self.entry().name
    }

    /// Its name in messages.
    pub fn title(self) -> &'static str {
        static TITLES: LazyLock<Vec<String>> =
            LazyLock::new(|| FACTS.iter().map(|entry| entry.name.replace('_', " ")).collect());
        let place = FACTS.get(self as usize).filter(|entry| entry.fact == self);
        let place = place.map(|_| self as usize);
        let place = place.or_else(|| FACTS.iter().position(|entry| entry.fact == self));
        place.and_then(|at| TITLES.get(at)).map_or("", String::as_str)
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

/// Refuses a comparison that the fact's values do not allow.
pub(super) fn comparable(
    test: &FactTest,
    place: &Place,
    diagnostics: &mut Diagnostics,
) -> Option<()> {
    let kind = test.fact.kind();
    let dates = |fact: Fact| fact.kind() == FactKind::Date;
    let fits = match &test.comparison {
        Comparison::Present(_) => true,
        Comparison::Is(_) => !matches!(kind, FactKind::Number | FactKind::Date),
        Comparison::AtLeast(_) | Comparison::AtMost(_) => kind == FactKind::Number,
        Comparison::BeforeDate(_) | Comparison::FromDate(_) => kind == FactKind::Date,
        Comparison::Before(other) => dates(test.fact) && dates(*other),
        Comparison::Shares(other) => {
            (kind == FactKind::Number) == (other.kind() == FactKind::Number)
        }
    };
    if fits {
        return Some(());
    }
    let what = match kind {
        FactKind::Number => "numbers",
        FactKind::Date => "dates",
        _ => "words",
    };
    let message =
        format!("the values of `{}` are {what} and cannot be compared like this", test.fact.name());
    decode::refuse(Diagnostic::new("wrong-comparison", place, message), diagnostics)
}
