//! The wording of one rationale, shrunk to a sketch and the sentences that a finding would quote.

use std::sync::Arc;

use imr_letter::Document;

use super::{BANDS, ROWS, SKETCH};
use crate::correlate::bounded::{self, mixed};
use crate::correlate::remembered::{Case, Lines, Quote};
use crate::correlate::representatives::Ordered;
use crate::criterion::Part;
use crate::evidence::{self, Scratch, Source, Trace};
use crate::rulebook::Rulebook;

/// Words in a shingle.
const SHINGLE: usize = 5;
/// Words that a sentence needs to be quoted.
const TELLING: usize = 6;
/// Sentences that are kept to be quoted: those with the smallest hashes, so that like rationales keep like sentences.
const QUOTED: usize = 3;
/// Shingles that are read of one rationale at most.
const LONGEST: usize = 20_000;

/// What is remembered of a rationale's wording.
#[derive(Clone, Debug)]
pub(in crate::correlate) struct Wording {
    /// Which decision.
    pub(super) case: Arc<Case>,
    /// Words of its own.
    pub(super) words: usize,
    /// The least hash of a shingle, for each of [`SKETCH`] ways of hashing.
    pub(super) minima: Vec<u32>,
    /// Sentences by the hash of their words.
    pub(super) sentences: Vec<(u64, Quote)>,
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

    /// In how many of the minima two rationales agree.
    pub(super) fn agreeing(&self, other: &Self) -> u64 {
        let pairs = self.minima.iter().zip(&other.minima);
        pairs.map(|(one, other)| u64::from(one == other)).sum()
    }
}

/// The wording of a decision's rationale; `None` when it has no words of its own.
pub(in crate::correlate) fn read(
    lines: &Lines<'_>,
    document: &Document,
    index: usize,
    case: &Arc<Case>,
    rulebook: &Rulebook,
) -> Option<Wording> {
    let mut scratch = Scratch::default();
    let trace =
        evidence::trace(document, index, Part::Rationale, &rulebook.lexicon, &mut scratch);
    let heading = document.words(document.decisions.get(index)?.heading.slice);
    let heading = words_of(heading);
    let text = document.words(trace.passage.slice);
    let own = own_words(&trace, text, &heading);
    let minima = minima(&own)?;
    let sentences = sentences(&trace, text, &heading, lines);
    let order = bounded::hash([case.place.source.as_str(), &case.place.number.to_string()]);
    let words = own.iter().map(Vec::len).sum();
    Some(Wording { case: case.clone(), words, minima, sentences, order })
}

fn words_of(text: &str) -> Vec<String> {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect()
}

/// Runs of the hashes of words that are the reviewer's own.
fn own_words(trace: &Trace, text: &str, heading: &[String]) -> Vec<Vec<u64>> {
    let mut runs: Vec<Vec<u64>> = Vec::new();
    let mut goes_on = false;
    for (clause, stance) in trace.passage.clauses.iter().zip(&trace.stances) {
        let own = stance.source == Source::Patient && !stance.concludes;
        if own {
            if !goes_on {
                runs.push(Vec::new());
            }
            let tokens = trace.passage.tokens.get(clause.range.start..clause.range.end);
            let words = tokens.unwrap_or_default().iter().filter_map(|token| {
                signed(text.get(token.start..token.end)?, heading)
            });
            if let Some(run) = runs.last_mut() {
                run.extend(words);
            }
        }
        goes_on = own;
    }
    runs
}

/// The hash of a word: one for all numbers, one for all words of the heading, none for marks.
fn signed(word: &str, heading: &[String]) -> Option<u64> {
    let first = word.chars().next()?;
    if first.is_ascii_digit() {
        return Some(bounded::hash(["#"]));
    }
    if !first.is_alphanumeric() {
        return None;
    }
    let word = word.to_lowercase();
    let named = heading.contains(&word);
    Some(bounded::hash([if named { "@" } else { word.as_str() }]))
}

/// For each way of hashing, the least hash of all shingles; `None` without a shingle.
fn minima(runs: &[Vec<u64>]) -> Option<Vec<u32>> {
    let mut minima = vec![u32::MAX; SKETCH];
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

/// The sentences of the reviewer's own that would be quoted.
fn sentences(
    trace: &Trace,
    text: &str,
    heading: &[String],
    lines: &Lines<'_>,
) -> Vec<(u64, Quote)> {
    let mut found: Vec<(u64, _)> = Vec::new();
    for (clause, stance) in trace.passage.clauses.iter().zip(&trace.stances) {
        let tokens = trace.passage.tokens.get(clause.range.start..clause.range.end);
        let words: Vec<u64> = tokens
            .unwrap_or_default()
            .iter()
            .filter_map(|token| signed(text.get(token.start..token.end)?, heading))
            .collect();
        if stance.source == Source::Patient && !stance.concludes && words.len() >= TELLING {
            let hash = words.iter().fold(1, |hash: u64, word| mixed(hash ^ word));
            found.push((hash, clause.range));
        }
    }
    found.sort_by_key(|(hash, range)| (*hash, range.start));
    found.dedup_by_key(|(hash, _)| *hash);
    found.truncate(QUOTED);
    found.into_iter().map(|(hash, range)| (hash, lines.quote(trace.passage.slice_of(range)))).collect()
}
