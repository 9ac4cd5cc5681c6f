//! From sums to one status for each criterion that no phrase spoke of.

use std::collections::BTreeMap;

use super::features::{Clauses, Unit};
use super::{STATUSES, Weights};
use crate::criterion::{CriterionId, CriterionStatus, Ground, Part};
use crate::evidence::aggregate::PartReading;

/// The criteria that the clauses of a part speak of by their words, each by the clause that speaks of it most.
pub(in crate::evidence) fn readings(
    clauses: Clauses<'_>,
    weights: &Weights,
    names: &[String],
    part: Part,
) -> BTreeMap<CriterionId, PartReading> {
    let mut best: BTreeMap<CriterionId, (i32, Unit)> = BTreeMap::new();
    for at in 0..clauses.passage.clauses.len() {
        let Some(unit) = clauses.unit(at) else { continue };
        let features = clauses.of_criterion(unit, &weights.passed_over);
        for (sum, criterion) in weights.criteria.sums(&features).into_iter().zip(&weights.columns) {
            let enough = sum >= weights.threshold;
            if enough && best.get(criterion).is_none_or(|(top, _)| sum >= *top) {
                best.insert(*criterion, (sum, unit));
            }
        }
    }
    let reading = |(criterion, (_, unit)): (CriterionId, (i32, Unit))| {
        let name = names.get(usize::from(criterion.0)).map(String::as_str).unwrap_or_default();
        let status = status(clauses, unit, weights, name);
        let slice = clauses.passage.slice_of(unit.range);
        let ground = Ground { slice, part, status, cue: None };
        (criterion, PartReading { status, grounds: vec![ground] })
    };
    best.into_iter().map(reading).collect()
}

/// The status with the greatest sum; among equals the first of [`STATUSES`].
fn status(clauses: Clauses<'_>, unit: Unit, weights: &Weights, criterion: &str) -> CriterionStatus {
    let sums = weights.status.sums(&clauses.of_status(unit, criterion));
    let best = sums.iter().zip(STATUSES).rev().max_by_key(|(sum, _)| **sum);
    best.map_or(CriterionStatus::Silent, |(_, status)| status)
}
