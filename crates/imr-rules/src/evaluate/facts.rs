//! The values of facts, with the words of the letter that state them.

use std::borrow::Cow;

use imr_letter::document::{CaseOutcome, CitationLine, Necessity, Outcome, Sex, StatedAbsence};
use imr_letter::item::Side;
use imr_letter::span::Located;
use imr_letter::{Slice, document};
use jiff::civil::Date;

use super::derived;
use super::world::{Case, World};
use crate::rulebook::fact::Fact;

/// One value of a fact.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Value<'c> {
    content: Content<'c>,
    /// The words of the letter that state it.
    pub(super) slice: Option<Slice>,
}

#[derive(Clone, Debug, PartialEq)]
enum Content<'c> {
    Text(Cow<'c, str>),
    Number(f64),
    Date(Date),
}

impl<'c> Value<'c> {
    fn word(text: &'c str, slice: Option<Slice>) -> Self {
        Self { content: Content::Text(Cow::Borrowed(text)), slice }
    }

    /// Text as a value.
    pub(super) fn said(text: Cow<'c, str>, slice: Option<Slice>) -> Self {
        Self { content: Content::Text(text), slice }
    }

    /// The text, when it is one.
    pub(super) fn text(&self) -> Option<&str> {
        match &self.content {
            Content::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The number, when it is one.
    pub(super) fn number(&self) -> Option<f64> {
        match self.content {
            Content::Number(number) => Some(number),
            _ => None,
        }
    }

    /// The date, when it is one.
    pub(super) fn date(&self) -> Option<Date> {
        match self.content {
            Content::Date(date) => Some(date),
            _ => None,
        }
    }

    /// Whether two values are the same, letter case aside.
    pub(super) fn same(&self, other: &Self) -> bool {
        match (&self.content, &other.content) {
            (Content::Text(a), Content::Text(b)) => a.eq_ignore_ascii_case(b),
            (a, b) => a == b,
        }
    }

    /// The value in a message.
    pub(super) fn shown(&self) -> Cow<'_, str> {
        match &self.content {
            Content::Text(text) if text.contains('_') => text.replace('_', " ").into(),
            Content::Text(text) => text.as_ref().into(),
            Content::Number(number) => number.to_string().into(),
            Content::Date(date) => date.to_string().into(),
        }
    }
}

/// The values of a fact; none when the letter does not state it.
pub(super) fn values<'c>(fact: Fact, world: &World<'c>) -> Vec<Value<'c>> {
    let document = world.case.document;
    match fact {
        Fact::Rationale => part(world, world.case.decision.rationale),
        Fact::Summary => part(world, document.summary),
        Fact::Outcome => outcome(world),
        Fact::Conclusion => conclusion(world),
        Fact::Request => vec![Value::word(world.case.request.name(), None)],
        Fact::CaseOutcome => case_outcome(document.case_outcome),
        Fact::InjuryDate => date(document.header.injury.as_ref()),
        Fact::UrDenialDate => date(document.header.ur_denial.as_ref()),
        Fact::ReceivedDate => date(document.header.received.as_ref()),
        Fact::AssignedDate => date(document.header.assigned.as_ref()),
        Fact::DecisionDate => date(document.header.decision.as_ref()),
        Fact::PatientAge => number(document.patient.age.as_ref()),
        Fact::PatientSex => {
            let sex = document.patient.sex.as_ref();
            sex.map(|sex| Value::word(sex_name(sex.value), Some(sex.slice))).into_iter().collect()
        }
        Fact::RationaleDrug | Fact::RationaleBodyPart | Fact::RationaleSide | Fact::SummaryDrug => {
            named_in(fact, world)
        }
        Fact::ReviewerLine
        | Fact::ReviewerCitation
        | Fact::ReviewerSource
        | Fact::ReviewerGuideline
        | Fact::ReviewerAbsence
        | Fact::ReviewerUnread => cited(fact, world, &world.case.decision.reviewer),
        Fact::AdministratorLine
        | Fact::AdministratorSource
        | Fact::AdministratorGuideline
        | Fact::AdministratorAbsence => {
            cited(fact, world, &world.case.decision.claims_administrator)
        }
        Fact::ItemClass
        | Fact::ItemDrug
        | Fact::ItemProcedure
        | Fact::ItemBodyPart
        | Fact::ItemSide
        | Fact::ItemLevel
        | Fact::ItemStrength
        | Fact::ItemQuantity
        | Fact::ItemRefills
        | Fact::ItemDaysSupply
        | Fact::ItemVisits
        | Fact::ItemPerWeek
        | Fact::ItemWeeks
        | Fact::ItemSex
        | Fact::ServiceDate => item(fact, world),
        _ => derived::values(fact, world),
    }
}

fn part<'c>(world: &World<'c>, slice: Option<Slice>) -> Vec<Value<'c>> {
    let slice = slice.filter(|slice| !slice.is_empty());
    slice
        .map(|slice| Value::word(world.case.document.words(slice), Some(slice)))
        .into_iter()
        .collect()
}

fn outcome<'c>(world: &World<'c>) -> Vec<Value<'c>> {
    let name = match world.outcome {
        Outcome::Upheld => "upheld",
        Outcome::Overturned => "overturned",
        Outcome::Modified => "modified",
        Outcome::Unknown => return Vec::new(),
    };
    vec![Value::word(name, world.case.decision.outcome_slice)]
}

fn conclusion<'c>(world: &World<'c>) -> Vec<Value<'c>> {
    let name = match world.conclusion {
        Necessity::Necessary => "necessary",
        Necessity::NotNecessary => "not_necessary",
        Necessity::Absent => return Vec::new(),
    };
    vec![Value::word(name, world.case.decision.conclusion.slice)]
}

fn case_outcome<'c>(outcome: CaseOutcome) -> Vec<Value<'c>> {
    let name = match outcome {
        CaseOutcome::Upheld => "upheld",
        CaseOutcome::Overturned => "overturned",
        CaseOutcome::PartiallyOverturned => "partially_overturned",
        CaseOutcome::Unknown => return Vec::new(),
    };
    vec![Value::word(name, None)]
}

fn item<'c>(fact: Fact, world: &World<'c>) -> Vec<Value<'c>> {
    let item = &world.case.decision.item;
    match fact {
        Fact::ItemClass if item.class.is_empty() => Vec::new(),
        Fact::ItemClass => vec![Value::word(&item.class, Some(world.case.decision.heading.slice))],
        Fact::ItemDrug => texts(&item.drugs),
        Fact::ItemProcedure => texts(&item.procedures),
        Fact::ItemBodyPart => texts(&item.body_parts),
        Fact::ItemLevel => texts(&item.levels),
        Fact::ItemStrength => texts(item.strength.as_slice()),
        Fact::ItemSide => sides(item.side.as_slice()),
        Fact::ItemQuantity => number(item.quantity.as_ref()),
        Fact::ItemRefills => number(item.refills.as_ref()),
        Fact::ItemDaysSupply => number(item.days_supply.as_ref()),
        Fact::ItemVisits => number(item.visits.as_ref()),
        Fact::ItemPerWeek => number(item.per_week.as_ref()),
        Fact::ItemWeeks => number(item.weeks.as_ref()),
        Fact::ItemSex => {
            item.implies_sex.map(|sex| Value::word(sex_name(sex), None)).into_iter().collect()
        }
        Fact::ServiceDate => item.service_dates.iter().flat_map(|day| date(Some(day))).collect(),
        _ => Vec::new(),
    }
}

fn cited<'c>(fact: Fact, world: &World<'c>, line: &'c CitationLine) -> Vec<Value<'c>> {
    match fact {
        Fact::ReviewerLine | Fact::AdministratorLine => part(world, line.slice),
        Fact::ReviewerUnread => {
            line.unread.iter().flat_map(|slice| part(world, Some(*slice))).collect()
        }
        Fact::ReviewerAbsence | Fact::AdministratorAbsence => {
            let name = match line.absence {
                Some(StatedAbsence::NoneCited) => "none_cited",
                Some(StatedAbsence::OutsideMtus) => "outside_mtus",
                None => "not_stated",
            };
            line.slice.map(|slice| Value::word(name, Some(slice))).into_iter().collect()
        }
        fact => {
            line.citations.iter().filter_map(|citation| citation_value(fact, citation)).collect()
        }
    }
}

fn citation_value(fact: Fact, citation: &document::Citation) -> Option<Value<'_>> {
    let text = match fact {
        Fact::ReviewerSource | Fact::AdministratorSource => citation.source.as_deref()?,
        Fact::ReviewerGuideline | Fact::AdministratorGuideline => citation.document.as_deref()?,
        _ => &citation.written,
    };
    Some(Value::word(text, Some(citation.slice)))
}

/// What the vocabulary names in the rationale or the case summary.
fn named_in<'c>(fact: Fact, world: &World<'c>) -> Vec<Value<'c>> {
    let Case { document, decision, rulebook, memo, .. } = world.case;
    let part = if fact == Fact::SummaryDrug { document.summary } else { decision.rationale };
    let Some(part) = part else { return Vec::new() };
    let wording = memo.letter().wording(document, rulebook);
    let named = |found: Vec<Located<String>>| -> Vec<Value<'c>> {
        let value = |name: Located<String>| Value {
            content: Content::Text(Cow::Owned(name.value)),
            slice: Some(name.slice),
        };
        found.into_iter().map(value).collect()
    };
    let drugs = || {
        let mut drugs = wording.drugs_in(part);
        drugs.retain(|drug| derived::is_substance(&drug.value));
        drugs
    };
    match fact {
        Fact::RationaleBodyPart => named(wording.body_parts_in(part)),
        Fact::RationaleSide => sides(&wording.sides_in(part)),
        Fact::SummaryDrug => texts(memo.summary_drugs(drugs)),
        _ => texts(memo.rationale_drugs(drugs)),
    }
}

fn texts(list: &[Located<String>]) -> Vec<Value<'_>> {
    list.iter().map(|text| Value::word(&text.value, Some(text.slice))).collect()
}

fn sides<'c>(list: &[Located<Side>]) -> Vec<Value<'c>> {
    let name = |side| match side {
        Side::Left => "left",
        Side::Right => "right",
        Side::Bilateral => "bilateral",
    };
    list.iter().map(|side| Value::word(name(side.value), Some(side.slice))).collect()
}

fn sex_name(sex: Sex) -> &'static str {
    match sex {
        Sex::Female => "female",
        Sex::Male => "male",
    }
}

fn number<'c, T: Copy + Into<u32>>(value: Option<&Located<T>>) -> Vec<Value<'c>> {
    let number = |value: &Located<T>| Value {
        content: Content::Number(f64::from(value.value.into())),
        slice: Some(value.slice),
    };
    value.map(number).into_iter().collect()
}

fn date<'c>(value: Option<&Located<Date>>) -> Vec<Value<'c>> {
    value
        .map(|day| Value { content: Content::Date(day.value), slice: Some(day.slice) })
        .into_iter()
        .collect()
}
