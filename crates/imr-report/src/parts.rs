//! The view types that the audit record and the structure view share: item, citation, problem.

use imr_letter::document::Citation;
use imr_letter::item::Item;
use imr_letter::problem::Problem;
use imr_letter::span::Located;
use imr_rules::verdict::Reasons;
use serde::{Serialize, Serializer};

use crate::names;

/// The steps of a proof, as a list.
#[derive(Debug)]
pub(crate) struct Steps<'a>(pub(crate) &'a Reasons);

impl Serialize for Steps<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.iter())
    }
}

/// A disputed item.
#[derive(Debug, Serialize)]
pub(crate) struct ItemView<'a> {
    drug: Option<&'a str>,
    drugs: Vec<&'a str>,
    strength: Option<&'a str>,
    form: Option<&'a str>,
    quantity: Option<u32>,
    refills: Option<u32>,
    days_supply: Option<u32>,
    procedures: Vec<&'a str>,
    body_parts: Vec<&'a str>,
    side: Option<&'static str>,
    levels: Vec<&'a str>,
    visits: Option<u32>,
    per_week: Option<u32>,
    weeks: Option<u32>,
    retrospective: bool,
    service_dates: Vec<String>,
}

/// One citation.
#[derive(Debug, Serialize)]
pub(crate) struct CitationView<'a> {
    source: Option<&'a str>,
    document: &'a str,
    id: Option<&'a str>,
    year: Option<u16>,
    section: Option<String>,
    pages: Vec<(u16, u16)>,
    misspelt: bool,
}

/// A problem.
#[derive(Debug, Serialize)]
pub(crate) struct ProblemView<'a> {
    kind: &'static str,
    start: usize,
    end: usize,
    message: &'a str,
}

impl<'a> ItemView<'a> {
    pub(crate) fn of(item: &'a Item) -> Self {
        Self {
            drug: item.drugs.first().map(|drug| drug.value.as_str()),
            drugs: values(&item.drugs),
            strength: text(item.strength.as_ref()),
            form: text(item.form.as_ref()),
            quantity: number(item.quantity.as_ref()),
            refills: number(item.refills.as_ref()),
            days_supply: number(item.days_supply.as_ref()),
            procedures: values(&item.procedures),
            body_parts: values(&item.body_parts),
            side: item.side.as_ref().map(|side| names::side(side.value)),
            levels: values(&item.levels),
            visits: number(item.visits.as_ref()),
            per_week: number(item.per_week.as_ref()),
            weeks: number(item.weeks.as_ref()),
            retrospective: item.retrospective,
            service_dates: item.service_dates.iter().map(|date| date.value.to_string()).collect(),
        }
    }
}

impl<'a> CitationView<'a> {
    pub(crate) fn of(citation: &'a Citation) -> Self {
        let sections = values(&citation.sections);
        Self {
            source: citation.source.as_deref(),
            document: &citation.written,
            id: citation.document.as_deref(),
            year: citation.year,
            section: (!sections.is_empty()).then(|| sections.join("; ")),
            pages: citation.pages.clone(),
            misspelt: citation.misspelt,
        }
    }
}

impl<'a> ProblemView<'a> {
    pub(crate) fn of(problem: &'a Problem) -> Self {
        Self {
            kind: problem.kind.name(),
            start: problem.span.start,
            end: problem.span.end,
            message: &problem.message,
        }
    }
}

/// The values without their places.
pub(crate) fn values(located: &[Located<String>]) -> Vec<&str> {
    located.iter().map(|value| value.value.as_str()).collect()
}

fn text(located: Option<&Located<String>>) -> Option<&str> {
    located.map(|value| value.value.as_str())
}

fn number(located: Option<&Located<u32>>) -> Option<u32> {
    located.map(|value| value.value)
}
