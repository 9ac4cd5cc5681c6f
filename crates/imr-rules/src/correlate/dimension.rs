//! What decisions can be grouped and split by.

use std::fmt::Write as _;

use serde::{Deserialize, Serialize};

use super::bounded;
use super::remembered::Case;
use crate::criterion::CriterionStatus;
use crate::evidence::Request;

/// One property of a decision.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Dimension {
    /// The class of the item.
    ItemClass,
    /// Drugs and procedures.
    Item,
    /// Body parts, whatever their side and level.
    BodyPart,
    /// The phase of the request.
    Request,
    /// Whether the request is a first one.
    FirstRequest,
    /// What the letter says about every criterion.
    Criteria,
    /// The numbers of the heading, in bands.
    Numbers,
    /// Denied or approved.
    Outcome,
    /// The reviewer's specialty.
    Specialty,
    /// The guideline that the reviewer cites.
    Guideline,
    /// The month of the determination.
    Month,
}

impl Dimension {
    /// Every dimension with its name in rules and output.
    pub const NAMES: &'static [(&'static str, Dimension)] = &[
        ("item_class", Dimension::ItemClass),
        ("item", Dimension::Item),
        ("body_part", Dimension::BodyPart),
        ("request", Dimension::Request),
        ("first_request", Dimension::FirstRequest),
        ("criteria", Dimension::Criteria),
        ("numbers", Dimension::Numbers),
        ("outcome", Dimension::Outcome),
        ("specialty", Dimension::Specialty),
        ("guideline", Dimension::Guideline),
        ("month", Dimension::Month),
    ];

    /// The stable name used in rules and output.
    pub fn name(self) -> &'static str {
        Self::NAMES.iter().find(|(_, known)| *known == self).map_or("", |(name, _)| name)
    }

    /// The values of a decision; none when the letter does not state it, several for several specialties.
    pub(super) fn values(self, case: &Case, band: f64) -> Vec<String> {
        let one = |text: &str| vec![text.to_owned()];
        match self {
            Self::ItemClass => one(&case.class),
            Self::Item => one(&case.item),
            Self::BodyPart => case.body_parts.clone(),
            Self::Request => one(case.request.name()),
            Self::FirstRequest => {
                one(if case.request == Request::Initial { "first" } else { "later" })
            }
            Self::Criteria => vec![vector(case)],
            Self::Numbers => vec![banded(case, band)],
            Self::Outcome => one(match case.approved() {
                Some(true) => "approved",
                Some(false) => "denied",
                None => "other",
            }),
            Self::Specialty => case.specialties.clone(),
            Self::Guideline => case.guidelines.clone(),
            Self::Month => case.month.iter().cloned().collect(),
        }
    }
}

/// The hash of a decision's values in these dimensions.
pub(super) fn key(dimensions: &[Dimension], case: &Case, band: f64) -> u64 {
    let values = dimensions.iter().map(|dimension| dimension.values(case, band).join("\u{1f}"));
    let values: Vec<String> = values.collect();
    bounded::hash(values.iter().map(String::as_str))
}

/// Every criterion that the letter speaks of, with its status, in the order of the rulebook.
fn vector(case: &Case) -> String {
    let mut written = String::new();
    for (criterion, fact) in &case.facts {
        let status = fact.status();
        if status != CriterionStatus::Silent {
            let _ = write!(written, "{}:{} ", criterion.0, status.name());
        }
    }
    written
}

/// The numbers, each as the power of `band` below it: numbers of one band differ by less than that factor. Two numbers
/// beside a border are taken for unlike; that misses a pair and never makes one.
fn banded(case: &Case, band: f64) -> String {
    let mut written = String::new();
    for (name, number) in &case.numbers {
        let exponent = (f64::from(*number).max(1.0).ln() / band.max(1.01).ln() + 1e-9).floor();
        let _ = write!(written, "{name}:{exponent} ");
    }
    written
}

/// A decision's values in these dimensions, by name; those that only tell cases apart are left out.
pub(super) fn named(dimensions: &[Dimension], case: &Case) -> Vec<(&'static str, String)> {
    let telling =
        |dimension: &&Dimension| !matches!(dimension, Dimension::Criteria | Dimension::Numbers);
    let value = |dimension: &Dimension| (dimension.name(), dimension.values(case, 2.0).join(", "));
    dimensions.iter().filter(telling).map(value).collect()
}
