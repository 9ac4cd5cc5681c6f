//! The wording of one rationale, shrunk to a sketch and the sentences that a finding would quote.

use std::sync::Arc;

use imr_letter::Slice;

use super::{BANDS, ROWS, SKETCH};
use crate::correlate::bounded::{self, mixed};
use crate::correlate::remembered::{Lines, Quote, Subject};
use crate::correlate::representatives::Ordered;

/// Words in a shingle.
const SHINGLE: usize = 5;
/// Words that a sentence needs to be quoted.
const TELLING: usize = 6;
/// Sentences that are kept to be quoted: those with the smallest hashes, so that like rationales keep like sentences.
const QUOTED: usize = 2;
/// Bytes between clauses that follow each other: a space, at most a mark and two.
const GAP: usize = 3;
/// Shingles that are read of one rationale at most.
const LONGEST: usize = 20_000;

/// What is remembered of a rationale's wording.
#[derive(Clone, Debug)]
pub(in crate::correlate) struct Wording {
    /// Which decision.
    pub(super) case: Arc<Subject>,
    /// Words of its own.
    pub(super) words: usize,
    /// The least hash of a shingle, for each of [`SKETCH`] ways of hashing.
    pub(super) minima: Box<[u32]>,
    /// Sentences by the hash of their words.
    pub(super) sentences: Box<[(u64, Quote)]>,
    /// What it is chosen by to stand for others.
    pub(super) order: u64,
}

impl Ordered for Wording {
    fn identity(&self) -> (&str, usize) {
        self.case.identity()
    }
}

impl Wording {
    /// The hash of every band.
    pub(super) fn bands(&self) -> impl Iterator<Item = u64> {
        self.minima.chunks(ROWS).zip(0_u64..).take(BANDS).map(|(band, number)| {
            band.iter().fold(mixed(number), |hash, minimum| mixed(hash ^ u64::from(*minimum)))
        })
    }

    /// The smallest hash of a band.
    pub(super) fn least_band(&self) -> u64 {
        self.bands().min().unwrap_or_default()
    }

    /// In how many of the minima two rationales agree.
    pub(super) fn agreeing(&self, other: &Self) -> u64 {
        let pairs = self.minima.iter().zip(&other.minima);
        pairs.map(|(one, other)| u64::from(one == other)).sum()
    }
}

/// The wording of a decision's rationale; `None` when it has no words of its own.
pub(in crate::correlate) fn read(
    lines: &Lines<'_>,
    case: &Arc<Subject>,
    own: &[Slice],
) -> Option<Wording> {
    let document = lines.document();
    let heading = case.place.heading.to_lowercase();
    let heading: Vec<&str> = words(&heading).collect();
    let signs = |slice: &Slice| -> Vec<u64> {
        let text = document.words(*slice).to_lowercase();
        words(&text).map(|word| sign(word, &heading)).collect()
    };
    let clauses: Vec<(Slice, Vec<u64>)> = own.iter().map(|slice| (*slice, signs(slice))).collect();
    Some(Wording {
        case: case.clone(),
        words: clauses.iter().map(|(_, signs)| signs.len()).sum(),
        minima: minima(&runs(&clauses))?,
        sentences: sentences(&clauses, lines),
        order: bounded::hash([case.place.source.as_str(), &case.place.number.to_string()]),
    })
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|char: char| !char.is_alphanumeric()).filter(|word| !word.is_empty())
}

/// The hash of a word: one for all numbers, one for all words of the heading.
fn sign(word: &str, heading: &[&str]) -> u64 {
    let number = word.starts_with(|first: char| first.is_ascii_digit());
    let sign = if number {
        "#"
    } else if heading.contains(&word) {
        "@"
    } else {
        word
    };
    bounded::hash([sign])
}

/// Clauses that follow each other are one run; what was left out between two others keeps them apart.
fn runs(clauses: &[(Slice, Vec<u64>)]) -> Vec<Vec<u64>> {
    let mut runs: Vec<Vec<u64>> = Vec::new();
    let mut end = None;
    for (slice, signs) in clauses {
        let follows = end.is_some_and(|end| slice.start <= end + GAP);
        end = Some(slice.end);
        match runs.last_mut().filter(|_| follows) {
            Some(run) => run.extend(signs),
            None => runs.push(signs.clone()),
        }
    }
    runs
}

/// For each way of hashing, the least hash of all shingles; `None` without a shingle.
fn minima(runs: &[Vec<u64>]) -> Option<Box<[u32]>> {
    let mut minima = vec![u32::MAX; SKETCH].into_boxed_slice();
    let mut any = false;
    for shingle in runs.iter().flat_map(|run| run.windows(SHINGLE)).take(LONGEST) {
        any = true;
        let base = shingle.iter().fold(0, |hash: u64, word| mixed(hash ^ word));
        for (minimum, way) in minima.iter_mut().zip(1_u64..) {
            let hash = mixed(base ^ way.wrapping_mul(0x9e37_79b9_7f4a_7c15));
            *minimum = (*minimum).min(u32::try_from(hash >> 32).unwrap_or(u32::MAX));
        }
    }
    any.then_some(minima)
}

/// The clauses that would be quoted.
fn sentences(clauses: &[(Slice, Vec<u64>)], lines: &Lines<'_>) -> Box<[(u64, Quote)]> {
    let telling = clauses.iter().filter(|(_, signs)| signs.len() >= TELLING);
    let hashed = telling
        .map(|(slice, signs)| (signs.iter().fold(1, |hash: u64, sign| mixed(hash ^ sign)), *slice));
    let mut found: Vec<(u64, Slice)> = hashed.collect();
    found.sort_unstable();
    found.dedup_by_key(|(hash, _)| *hash);
    found.truncate(QUOTED);
    found.into_iter().map(|(hash, slice)| (hash, lines.quote(slice))).collect()
}
