//! A table of weighed words: whole numbers by feature and column.
//!
//! The features of all columns stand in one row, sorted by their numbers, and the weights of each in a row beside it. The numbers
//! are spread evenly ([`Key`]), so their first bits tell where in the row a feature stands, give or take one or two. A row
//! is stored and read back as it is, which a hash table is not: a start reads a quarter of a million weights.

use std::ops::Range;

use imr_letter::fixed::{self, Fixed};
use serde::{Deserialize, Serialize};

use super::key::{Key, Keys};

/// Features with a weight for each column that they argue for or against.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Table {
    /// What every column starts with.
    starts: Vec<i32>,
    /// The features, sorted.
    #[serde(with = "fixed")]
    keys: Vec<Key>,
    /// Where the features of each first bits begin, and behind the last where they end.
    #[serde(with = "fixed")]
    buckets: Vec<u32>,
    /// Where the weights of each feature begin, and behind the last where they end.
    #[serde(with = "fixed")]
    places: Vec<u32>,
    #[serde(with = "fixed")]
    weights: Vec<Weight>,
}

/// A feature's weight for one column.
type Cell = (Key, u16, i32);

/// What a feature weighs for one column, in tenths of a log-odd.
#[derive(Clone, Copy, Debug, Default)]
struct Weight {
    column: u16,
    tenths: i32,
}

impl Fixed for Weight {
    const SIZE: usize = u16::SIZE + i32::SIZE;

    fn put(&self, out: &mut Vec<u8>) {
        self.column.put(out);
        self.tenths.put(out);
    }

    fn take(bytes: &mut &[u8]) -> Option<Self> {
        Some(Self { column: u16::take(bytes)?, tenths: i32::take(bytes)? })
    }
}

impl Table {
    /// Whether it has no column.
    pub(crate) fn is_empty(&self) -> bool {
        self.starts.is_empty()
    }

    /// The table of these columns' starts and weights.
    pub(crate) fn new(starts: Vec<i32>, cells: &[Cell]) -> Self {
        let cells = sorted(cells);
        let mut table = Self { starts, ..Self::default() };
        for group in cells.chunk_by(|one, next| one.0 == next.0) {
            table.keys.extend(group.first().map(|(key, ..)| *key));
            table.places.push(number(table.weights.len()));
            table.weights.extend(
                group.iter().map(|(_, column, tenths)| Weight { column: *column, tenths: *tenths }),
            );
        }
        table.places.push(number(table.weights.len()));
        table.fill();
        table
    }

    /// Puts about one feature into each bucket.
    fn fill(&mut self) {
        let count = self.keys.len().next_power_of_two();
        let mut keys = self.keys.iter().peekable();
        let mut at = 0;
        for bucket in 0..count {
            self.buckets.push(at);
            while keys.next_if(|key| key.bucket(count) == bucket).is_some() {
                at += 1;
            }
        }
        self.buckets.push(at);
    }

    /// Which of the features it is.
    fn place(&self, key: Key) -> Option<usize> {
        let bucket = key.bucket(self.buckets.len().saturating_sub(1));
        let bucket = between(&self.buckets, bucket);
        let own = self.keys.get(bucket.clone()).unwrap_or_default();
        own.iter().position(|known| *known == key).map(|at| bucket.start + at)
    }

    /// The sums of a set of features, one a column.
    pub(crate) fn sums(&self, features: &Keys) -> Vec<i32> {
        let mut sums = Vec::new();
        self.sum_up(features, &mut sums);
        sums
    }

    /// The same in place of what `sums` holds.
    pub(super) fn sum_up(&self, features: &Keys, sums: &mut Vec<i32>) {
        sums.clone_from(&self.starts);
        // Most features have no weight: those that have are told apart by where it stands.
        let mut known = Vec::with_capacity(features.all().len());
        known.extend(features.all().iter().filter_map(|key| self.place(*key)));
        known.sort_unstable();
        known.dedup();
        for place in known {
            for weight in self.weights.get(between(&self.places, place)).unwrap_or_default() {
                if let Some(sum) = sums.get_mut(usize::from(weight.column)) {
                    *sum += weight.tenths;
                }
            }
        }
    }
}

/// The cells in order. Their keys are spread evenly, so that dealing them out by their first bits leaves next to nothing to sort.
fn sorted(cells: &[Cell]) -> Vec<Cell> {
    let count = cells.len().next_power_of_two();
    let mut ends = vec![0; count];
    for (key, ..) in cells {
        if let Some(end) = ends.get_mut(key.bucket(count)) {
            *end += 1;
        }
    }
    let mut all = 0;
    for end in &mut ends {
        all += *end;
        *end = all;
    }
    let mut dealt = vec![Cell::default(); cells.len()];
    for cell in cells {
        if let Some(end) = ends.get_mut(cell.0.bucket(count)) {
            *end -= 1;
            if let Some(place) = dealt.get_mut(*end) {
                *place = *cell;
            }
        }
    }
    let same = |one: &Cell, next: &Cell| one.0.bucket(count) == next.0.bucket(count);
    dealt.chunk_by_mut(same).for_each(<[Cell]>::sort_unstable);
    dealt
}

/// From a place to the next.
fn between(places: &[u32], at: usize) -> Range<usize> {
    match places.get(at..).and_then(<[u32]>::first_chunk) {
        Some(&[start, end]) => start as usize..end as usize,
        None => 0..0,
    }
}

/// A place as it is stored. A rulebook has far fewer than four thousand million weights.
fn number(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(name: &str) -> Key {
        Key::of(&[name])
    }

    #[test]
    fn every_feature_weighs_for_its_columns_alone() {
        let names: Vec<String> = (0..1000).map(|number| format!("word {number}")).collect();
        let cell = |(number, name): (i32, &String)| (key(name), 0, number);
        let mut cells: Vec<_> = (0..).zip(&names).map(cell).collect();
        cells.extend([(key("word 7"), 1, -3), (key("word 7"), 0, 10)]);
        let table = Table::new(vec![5, 50], &cells);
        for (number, name) in (0..).zip(&names).filter(|(number, _)| *number != 7) {
            assert_eq!(table.sums(&vec![key(name)].into()), [5 + number, 50], "{name}");
        }
        assert_eq!(
            table.sums(&vec![key("word 7")].into()),
            [5 + 7 + 10, 47],
            "weights of one column add up"
        );
        assert_eq!(table.sums(&vec![key("unknown")].into()), [5, 50]);
    }

    #[test]
    fn a_table_without_features_has_its_starts() {
        assert_eq!(Table::new(vec![3], &[]).sums(&vec![key("word")].into()), [3]);
        assert!(Table::default().sums(&vec![key("word")].into()).is_empty());
    }
}
