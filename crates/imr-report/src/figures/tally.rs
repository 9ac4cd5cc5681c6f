//! Counting: precision, recall and F1 from what was wanted and what was given, and shares of exact answers.

use std::collections::BTreeSet;
use std::ops::AddAssign;

use serde::Serialize;
use serde::ser::{SerializeStruct, Serializer};

/// Wanted and given answers, counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Wanted and given.
    pub right: usize,
    /// Given, not wanted.
    pub wrong: usize,
    /// Wanted, not given.
    pub missed: usize,
}

impl Tally {
    /// Adds what one decision wanted and what it was given.
    pub fn add<T: Ord>(&mut self, wanted: &BTreeSet<T>, given: &BTreeSet<T>) {
        self.right += wanted.intersection(given).count();
        self.wrong += given.difference(wanted).count();
        self.missed += wanted.difference(given).count();
    }

    /// The share of given answers that were wanted; 0 when none was given.
    pub fn precision(self) -> f64 {
        ratio(self.right, self.right + self.wrong)
    }

    /// The share of wanted answers that were given; 0 when none was wanted.
    pub fn recall(self) -> f64 {
        ratio(self.right, self.right + self.missed)
    }

    /// The harmonic mean of both; 0 when nothing was right.
    pub fn f1(self) -> f64 {
        ratio(2 * self.right, 2 * self.right + self.wrong + self.missed)
    }
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.right += other.right;
        self.wrong += other.wrong;
        self.missed += other.missed;
    }
}

impl Serialize for Tally {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut fields = serializer.serialize_struct("Tally", 6)?;
        fields.serialize_field("p", &rounded(self.precision()))?;
        fields.serialize_field("r", &rounded(self.recall()))?;
        fields.serialize_field("f1", &rounded(self.f1()))?;
        fields.serialize_field("tp", &self.right)?;
        fields.serialize_field("fp", &self.wrong)?;
        fields.serialize_field("fn", &self.missed)?;
        fields.end()
    }
}

/// How many of the labelled answers came out exactly.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Share {
    /// Exact answers.
    pub right: usize,
    /// Labelled answers.
    pub of: usize,
}

impl Share {
    /// Counts one labelled answer.
    pub fn add(&mut self, right: bool) {
        self.of += 1;
        self.right += usize::from(right);
    }

    /// The share, 0 to 1; 0 when nothing was labelled.
    pub fn share(self) -> f64 {
        ratio(self.right, self.of)
    }
}

impl Serialize for Share {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_f64(rounded(self.share()))
    }
}

/// To four digits, as figures are compared; by way of the decimal form, which rounds the number that is meant.
pub(super) fn rounded(value: f64) -> f64 {
    format!("{value:.4}").parse().unwrap_or(value)
}

fn ratio(part: usize, whole: usize) -> f64 {
    let count = |n: usize| u32::try_from(n).map_or(f64::MAX, f64::from);
    if whole == 0 { 0.0 } else { count(part) / count(whole) }
}

#[cfg(test)]
mod tests {
    use super::Tally;

    #[test]
    fn precision_and_recall_count_what_differs() {
        let mut tally = Tally::default();
        tally.add(&[1, 2, 3].into(), &[2, 3, 4].into());
        tally.add(&[5].into(), &[].into());
        assert_eq!(tally, Tally { right: 2, wrong: 1, missed: 2 });
        let near = |value: f64, wanted: f64| (value - wanted).abs() < 1e-9;
        assert!(near(tally.precision(), 2.0 / 3.0) && near(tally.recall(), 0.5));
        assert!(near(tally.f1(), 4.0 / 7.0));
        assert!(near(Tally::default().f1(), 0.0));
    }
}
