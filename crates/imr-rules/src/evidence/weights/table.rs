//! A table of weighed words: whole numbers by feature and column.
//!
//! A letter asks for thousands of features all over tables that are larger than the processor's fast memory, so what counts is how
//! many places each look-up touches: one for the feature, then its weights, which stand in a row. Features are numbers that are
//! spread evenly ([`Key`]), so their first bits tell where one stands, or how little before it. All is stored and
//! read back as it is: a start reads a quarter of a million weights.

use imr_letter::fixed::{self, Fixed};
use serde::{Deserialize, Serialize};

use super::key::{Key, Keys};

/// Features with a weight for each column that they argue for or against.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Table {
    /// What every column starts with.
    starts: Vec<i32>,
    /// The features, each at the place that its first bits tell or the first free one behind it; a power of two, half of it free.
    #[serde(with = "fixed")]
    slots: Vec<Slot>,
    /// The weights of all features, those of each in a row.
    #[serde(with = "fixed")]
    weights: Vec<Weight>,
}

/// A feature's weight for one column.
type Cell = (Key, u16, i32);

/// A feature: what its key has beside the place, and where its weights begin, one more than that. Empty is 0.
#[derive(Clone, Copy, Debug, Default)]
struct Slot(u64);

/// Bits of a slot for where weights begin: sixteen million of them.
const START: u32 = 24;

impl Slot {
    /// The slot of a feature.
    fn new(key: Key, start: usize) -> Self {
        let start = u64::try_from(start).unwrap_or_default() + 1;
        Self(key.bits() << START | start & ((1 << START) - 1))
    }

    fn start(self) -> usize {
        usize::try_from(self.0 & ((1 << START) - 1)).unwrap_or_default().saturating_sub(1)
    }
}

impl Fixed for Slot {
    const SIZE: usize = u64::SIZE;

    fn put(&self, out: &mut Vec<u8>) {
        self.0.put(out);
    }

    fn take(bytes: &mut &[u8]) -> Option<Self> {
        u64::take(bytes).map(Self)
    }
}

/// What a feature weighs for one column, in tenths of a log-odd.
#[derive(Clone, Copy, Debug, Default)]
struct Weight {
    /// The column; the highest bit is set of a feature's last weight.
    column: u16,
    tenths: i16,
}

/// The bit of a feature's last weight.
const LAST: u16 = 1 << 15;

impl Weight {
    /// The last weight of nothing.
    const NONE: Self = Self { column: LAST, tenths: 0 };

    /// A weight that is too great for its room, three thousand log-odds, says no more than the greatest.
    fn new(column: u16, tenths: i32) -> Self {
        let tenths = tenths.clamp(i32::from(i16::MIN), i32::from(i16::MAX));
        Self { column, tenths: i16::try_from(tenths).unwrap_or_default() }
    }
}

impl Fixed for Weight {
    const SIZE: usize = 2 * u16::SIZE;

    fn put(&self, out: &mut Vec<u8>) {
        self.column.put(out);
        self.tenths.cast_unsigned().put(out);
    }

    fn take(bytes: &mut &[u8]) -> Option<Self> {
        Some(Self { column: u16::take(bytes)?, tenths: u16::take(bytes)?.cast_signed() })
    }
}

/// Sums, with room to find them in, which is used again from one set of features to the next.
#[derive(Debug, Default)]
pub(crate) struct Sums {
    /// One a column.
    pub(super) of_columns: Vec<i32>,
    /// Where the weights of each feature begin.
    known: Vec<usize>,
    /// The slot that each feature most likely has.
    slots: Vec<Slot>,
    /// The first weight of each feature.
    firsts: Vec<Weight>,
}

impl Table {
    /// Whether it has no column.
    pub(crate) fn is_empty(&self) -> bool {
        self.starts.is_empty()
    }

    /// The table of these columns' starts and weights.
    pub(crate) fn new(starts: Vec<i32>, cells: &[Cell]) -> Self {
        let cells = sorted(cells);
        let features = || cells.chunk_by(|one, next| one.0 == next.0);
        let count = (2 * features().count()).next_power_of_two();
        let mut table = Self { starts, slots: vec![Slot::default(); count], ..Self::default() };
        for group in features() {
            let start = table.weights.len();
            table
                .weights
                .extend(group.iter().map(|(_, column, tenths)| Weight::new(*column, *tenths)));
            if let Some(last) = table.weights.last_mut() {
                last.column |= LAST;
            }
            if let Some((key, ..)) = group.first() {
                table.put(*key, start);
            }
        }
        table
    }

    fn put(&mut self, key: Key, start: usize) {
        let free = self.places(key).find(|at| self.slots.get(*at).is_some_and(|slot| slot.0 == 0));
        if let Some(slot) = free.and_then(|at| self.slots.get_mut(at)) {
            *slot = Slot::new(key, start);
        }
    }

    /// Where the weights of a feature begin.
    fn place(&self, key: Key, likeliest: Slot) -> Option<usize> {
        let wanted = Slot::new(key, 0).0 >> START;
        let others = self.places(key).skip(1).filter_map(|at| self.slots.get(at)).copied();
        let slots = std::iter::once(likeliest).chain(others);
        let mut taken = slots.take_while(|slot| slot.0 != 0);
        taken.find(|slot| slot.0 >> START == wanted).map(Slot::start)
    }

    /// The slots that a feature may have, the likeliest first.
    fn places(&self, key: Key) -> impl Iterator<Item = usize> + use<> {
        let count = self.slots.len();
        let home = key.bucket(count);
        (home..home + count).map(move |at| at & count.wrapping_sub(1))
    }

    /// The sums of a set of features, one a column.
    pub(crate) fn sums(&self, features: &Keys) -> Vec<i32> {
        let mut sums = Sums::default();
        self.sum_up(features, &mut sums);
        sums.of_columns
    }

    /// The sums of a set of features beyond those of others, in place of what `sums` holds.
    pub(super) fn sum_beyond(&self, others: &[i32], features: &Keys, sums: &mut Sums) {
        sums.of_columns.clear();
        sums.of_columns.extend_from_slice(others);
        self.add_up(features, sums);
    }

    /// The same in place of what `sums` holds.
    pub(super) fn sum_up(&self, features: &Keys, sums: &mut Sums) {
        sums.of_columns.clone_from(&self.starts);
        self.add_up(features, sums);
    }

    /// Each step asks for one place of every feature before any is looked at: memory answers many questions at once nearly as
    /// fast as one.
    fn add_up(&self, features: &Keys, sums: &mut Sums) {
        let Sums { of_columns: sums, known, slots, firsts } = sums;
        let count = self.slots.len();
        let likeliest = |key: &Key| self.slots.get(key.bucket(count)).copied().unwrap_or_default();
        slots.clear();
        slots.extend(features.all().iter().map(likeliest));
        known.clear();
        known.reserve(slots.len());
        let mut seen = Seen::default();
        for (key, slot) in features.all().iter().zip(&*slots) {
            let Some(place) = self.place(*key, *slot) else { continue };
            // What was added again counts once.
            if seen.is_new(place) || !known.contains(&place) {
                known.push(place);
            }
        }
        let first = |place: &usize| self.weights.get(*place).copied().unwrap_or(Weight::NONE);
        firsts.clear();
        firsts.extend(known.iter().map(first));
        for (place, first) in known.iter().zip(&*firsts) {
            let mut weight = *first;
            let mut rest = self.weights.get(place + 1..).unwrap_or_default().iter();
            loop {
                if let Some(sum) = sums.get_mut(usize::from(weight.column & !LAST)) {
                    *sum += i32::from(weight.tenths);
                }
                if weight.column & LAST != 0 {
                    break;
                }
                weight = rest.next().copied().unwrap_or(Weight::NONE);
            }
        }
    }
}

/// Which places were seen, a bit for several: a clear one is certain.
#[derive(Default)]
struct Seen([u64; 8]);

impl Seen {
    /// Whether the place was certainly not seen before; now it was.
    fn is_new(&mut self, place: usize) -> bool {
        let Some(bits) = self.0.get_mut(place / 64 % 8) else { return false };
        let bit = 1 << (place % 64);
        let new = *bits & bit == 0;
        *bits |= bit;
        new
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
