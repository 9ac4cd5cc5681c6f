//! From sums to statuses: what phrases found is doubted or corrected, what they are silent about is added.

use std::collections::{BTreeMap, BTreeSet};

use imr_letter::document::Necessity;

use super::features::{Clauses, Unit};
use super::key::Keys;
use super::table::Sums;
use super::{STATUSES, Weights};
use crate::criterion::{CriterionId, CriterionStatus, Ground, Part};
use crate::evidence::aggregate::PartReading;

/// Room for the features of a unit and their sums, used again from unit to unit.
#[derive(Debug, Default)]
pub(crate) struct Room {
    keys: Keys,
    sums: Sums,
}

/// Weighs the clauses of a part against what its phrases gave.
pub(in crate::evidence) fn weigh(
    readings: &mut BTreeMap<CriterionId, PartReading>,
    clauses: Clauses<'_>,
    part: Part,
) {
    let weights = &clauses.lexicon.weights;
    // Without tables no features are needed.
    if weights.columns.is_empty() {
        return;
    }
    let room = &mut Room::default();
    let best = best(clauses, weights, room);
    // Phrases know when a recitation counts, so it does not make them doubtful.
    let doubtful =
        |(sum, unit): &(i32, Unit)| sum.saturating_add(recited(*unit, weights)) < weights.doubts;
    let of = |criterion: &CriterionId| {
        let column = weights.columns.binary_search(criterion).ok();
        column.and_then(|column| best.get(column).copied().flatten())
    };
    readings.retain(|criterion, _| !of(criterion).as_ref().is_some_and(doubtful));
    for (criterion, reading) in readings.iter_mut() {
        correct(*criterion, reading, clauses, weights, room);
    }
    for (criterion, best) in weights.columns.iter().zip(&best) {
        if let Some((sum, unit)) = *best
            && sum >= weights.threshold
        {
            readings
                .entry(*criterion)
                .or_insert_with(|| added(*criterion, (unit, part), clauses, weights, room));
        }
    }
}

/// For each column the clause that speaks of its criterion most, the later among equals.
fn best(
    clauses: Clauses<'_>,
    weights: &Weights,
    Room { keys, sums }: &mut Room,
) -> Vec<Option<(i32, Unit)>> {
    let mut best: Vec<Option<(i32, Unit)>> = vec![None; weights.columns.len()];
    for unit in (0..clauses.passage.clauses.len()).filter_map(|at| clauses.unit(at)) {
        clauses.criterion_keys(unit, keys);
        weights.criteria.sum_up(keys, sums);
        let recited = recited(unit, weights);
        for (sum, best) in sums.of_columns.iter().zip(&mut best) {
            let sum = sum.saturating_sub(recited);
            if best.is_none_or(|(top, _)| sum >= top) {
                *best = Some((sum, unit));
            }
        }
    }
    best
}

/// What a unit loses as a recitation: more than six votes for the guideline over those for the patient say no more.
fn recited(unit: Unit, weights: &Weights) -> i32 {
    let surplus = unit.guideline.saturating_sub(unit.patient).clamp(0, 6);
    weights.recites.saturating_mul(surplus)
}

fn added(
    criterion: CriterionId,
    (unit, part): (Unit, Part),
    clauses: Clauses<'_>,
    weights: &Weights,
    room: &mut Room,
) -> PartReading {
    let status = heaviest(statuses(criterion, unit, clauses, weights, room))
        .map_or(CriterionStatus::Silent, |(_, status)| status);
    let slice = clauses.passage.slice_of(unit.range);
    PartReading { status, grounds: vec![Ground { slice, part, status, cue: None }] }
}

/// Corrects the status that phrases gave where the words of the deciding clause speak clearly for another one.
fn correct(
    criterion: CriterionId,
    reading: &mut PartReading,
    clauses: Clauses<'_>,
    weights: &Weights,
    room: &mut Room,
) {
    let mut grounds = reading.grounds.iter().rev();
    let Some(deciding) = grounds.find(|ground| ground.status == reading.status) else { return };
    // "Unable to drive" is a phrase that knows its own negation; words alone do not.
    if clauses.negates_inside(deciding.slice) {
        return;
    }
    let Some(unit) = clauses.unit_at(deciding.slice) else { return };
    // What was read is not overruled by what was concluded: an audit asks whether the two agree.
    let words = Clauses { conclusion: Necessity::Absent, ..clauses };
    let sums = statuses(criterion, unit, words, weights, room);
    let given = sums.iter().zip(STATUSES).find(|(_, status)| *status == reading.status);
    let given = given.map_or(i32::MIN, |(sum, _)| *sum);
    if let Some((sum, status)) = heaviest(sums)
        && sum.saturating_sub(given) >= weights.outweighs
    {
        reading.status = status;
    }
}

/// What a unit says of each criterion whatever the item class, for [`said`].
#[derive(Clone, Debug)]
pub(crate) struct Classless {
    unit: Unit,
    sums: Vec<i32>,
    /// By how much its words say that a criterion is met rather than anything else, as far as it was asked.
    met: BTreeMap<CriterionId, i32>,
}

impl Classless {
    /// What a unit says; the class of the clauses does not count.
    pub(crate) fn of(clauses: Clauses<'_>, unit: Unit, weights: &Weights) -> Self {
        let mut keys = Keys::default();
        clauses.classless_keys(unit, &mut keys);
        Self { unit, sums: weights.criteria.sums(&keys), met: BTreeMap::new() }
    }
}

/// Those of the criteria `asked` for whose sum for a unit is at least `least`, each with the sum and with by how much its words say that it is
/// met rather than anything else.
pub(crate) fn said(
    clauses: Clauses<'_>,
    classless: &mut Classless,
    weights: &Weights,
    (least, asked): (i32, &BTreeSet<CriterionId>),
    room: &mut Room,
) -> Vec<(CriterionId, i32, i32)> {
    let Classless { unit, sums, met } = classless;
    clauses.class_keys(*unit, &mut room.keys);
    weights.criteria.sum_beyond(sums, &room.keys, &mut room.sums);
    let spoken = room.sums.of_columns.iter().copied().zip(&weights.columns);
    let spoken = spoken.filter(|(sum, one)| *sum >= least && asked.contains(one));
    let spoken: Vec<(i32, &CriterionId)> = spoken.collect();
    let mut met = |criterion: CriterionId| {
        *met.entry(criterion).or_insert_with(|| {
            let sums = statuses(criterion, *unit, clauses, weights, room);
            let (met, others) = sums.split_first().unwrap_or((&0, &[]));
            met.saturating_sub(others.iter().copied().max().unwrap_or_default())
        })
    };
    let each = |(sum, criterion): (i32, &CriterionId)| (*criterion, sum, met(*criterion));
    spoken.into_iter().map(each).collect()
}

fn statuses<'r>(
    criterion: CriterionId,
    unit: Unit,
    clauses: Clauses<'_>,
    weights: &Weights,
    Room { keys, sums }: &'r mut Room,
) -> &'r [i32] {
    let name = clauses.lexicon.name(criterion).unwrap_or_default();
    clauses.status_keys(unit, name, keys);
    weights.status.sum_up(keys, sums);
    &sums.of_columns
}

/// The status with the greatest sum; among equals the first of [`STATUSES`].
fn heaviest(sums: &[i32]) -> Option<(i32, CriterionStatus)> {
    let best = sums.iter().zip(STATUSES).rev().max_by_key(|(sum, _)| **sum);
    best.map(|(sum, status)| (*sum, status))
}
