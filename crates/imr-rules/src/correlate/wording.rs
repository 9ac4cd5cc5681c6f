//! Text reused across unlike cases: two patients, two requests, one rationale.
//!
//! Compared are the reviewer's own words about the patient: clauses in which a guideline speaks, another reviewer's, and
//! the conclusion are left out, numbers become one sign, and so do the words of the heading, because a template with
//! another drug in it is still the template. Five words in a row are a shingle; two rationales are as alike as the share
//! of shingles that they have in common (A. Broder, "On the resemblance and containment of documents", 1997). That share
//! is estimated from [`SKETCH`] minima of hashes, so it has an interval like every other share here, and the exact
//! binomial test says whether it lies above what the rule allows.
//!
//! Candidates come from bands: [`BANDS`] groups of [`ROWS`] minima each; rationales that agree in a whole band meet in
//! one bucket. Nine in ten alike meet almost surely, half alike two times in three.
//!
//! Buckets are filled at the end, from the rationales that were kept. Those are bounded in number, and beyond that
//! sampled by their least band: rationales that are alike have it in common as often as they are alike, so that what is
//! reused is kept or left out together, and the answer is the same for any order of the input.

mod buckets;
mod cluster;
mod sketch;

use std::collections::BTreeSet;
use std::sync::Arc;

pub(super) use sketch::{Wording, read};

use super::BatchAudit;
use super::bounded::{self, Bounded};
use super::representatives::Representatives;
use crate::rulebook::{Correlation, Criteria};

/// Minima in a sketch: 256 bytes, and a standard error of at most six percent.
const SKETCH: usize = 64;
/// Minima in a band.
const ROWS: usize = 4;
/// Bands of a sketch.
const BANDS: usize = SKETCH / ROWS;
/// Rationales that are kept at most. With its sketch, two sentences and its subject, one takes 1.7 kilobytes: 220
/// megabytes when full.
const KEPT: usize = 1 << 17;
/// Rationales with the same least band that are kept at most; more are counted.
const ALIKE: usize = 8;

/// The counts of a rule so far.
#[derive(Debug)]
pub(super) struct Reuse {
    rule: Correlation,
    /// By the least band.
    kept: Bounded<Alike>,
}

/// Rationales that agree in their least band.
#[derive(Debug)]
struct Alike {
    /// Letters with such a rationale.
    letters: u64,
    kept: Representatives<Wording, ALIKE>,
}

impl Reuse {
    pub(super) fn new(rule: Correlation) -> Self {
        Self { rule, kept: Bounded::keeping(KEPT, KEPT) }
    }

    /// Takes the rationales of one letter. A letter counts once a group: what stands twice in it is not reused across
    /// letters.
    pub(super) fn add<'w>(&mut self, letter: impl Iterator<Item = &'w Arc<Wording>>) {
        let least = self.rule.count("least_words");
        let (mut met, mut read) = (BTreeSet::new(), Vec::<&Wording>::new());
        for wording in letter.filter(|wording| wording.words >= least) {
            if read.iter().any(|known| known.minima == wording.minima) {
                continue;
            }
            read.push(wording);
            let least = wording.least_band();
            // A minimum is small by itself; mixed, it is a fair ticket.
            let key = bounded::mixed(least);
            let new = || Alike { letters: 0, kept: Representatives::new() };
            let Some(alike) = self.kept.group(key, new) else { continue };
            alike.letters += u64::from(met.insert(least));
            let more = alike.kept.offer(wording.order, wording);
            if more > 0 {
                self.kept.keep(key, more);
            }
        }
    }

    pub(super) fn finish(self, criteria: &Criteria, audit: &mut BatchAudit) {
        let Self { rule, kept } = self;
        let followed = kept.followed();
        let clusters = buckets::clusters(kept.into_groups().map(|(_, alike)| alike));
        let findings = cluster::findings(&rule, &clusters, criteria);
        audit.take(&rule, followed, findings);
    }
}

#[cfg(test)]
mod tests;
