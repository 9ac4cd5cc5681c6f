//! The few statistics that a batch needs, each with its source, none of them an approximation that fails on small groups.
//!
//! A group may hold two decisions or a hundred thousand, so tests are exact and intervals are Wilson's. Sums run from
//! the most likely value outwards with ratios of neighbouring terms: no factorial is ever computed, nothing overflows,
//! and what is too unlikely for a number becomes zero. The price is time in proportion to the smallest margin of a
//! table, which is far less than reading the letters took.

mod binomial;
mod discovery;
mod fisher;
mod wilson;

pub use binomial::at_least;
pub use discovery::adjusted;
pub use fisher::{Table, two_sided};
pub use wilson::{Confidence, Interval, interval};

/// A count as a number to compute with.
#[expect(clippy::cast_precision_loss, reason = "no batch has 2^52 decisions")]
fn number(count: u64) -> f64 {
    count as f64
}

/// `part` of `whole`; 0 of nothing is 0.
pub fn share(part: u64, whole: u64) -> f64 {
    if whole == 0 { 0.0 } else { number(part) / number(whole) }
}

/// The terms from `from` to `to` of a distribution with one summit, relative to the highest, given the ratio of each term
/// to the one below it. Terms too small for a number are left out.
fn terms(from: u64, to: u64, summit: u64, ratio: impl Fn(u64) -> f64) -> Vec<(u64, f64)> {
    let summit = summit.clamp(from, to);
    let mut found = vec![(summit, 1.0)];
    let mut term = 1.0;
    for at in summit + 1..=to {
        term *= ratio(at);
        if term <= 0.0 {
            break;
        }
        found.push((at, term));
    }
    term = 1.0;
    for at in (from + 1..=summit).rev() {
        term /= ratio(at);
        if term <= 0.0 {
            break;
        }
        found.push((at - 1, term));
    }
    found
}
