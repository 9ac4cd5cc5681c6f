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
//! one bucket. Nine in ten alike meet almost surely, half alike two times in three. A bucket holds a count and a few
//! who stand for it. All buckets together have a bounded number; beyond that they are sampled by hash, so that large
//! clusters are still met and the answer is the same for any order of the input.

mod cluster;
mod sketch;

use std::collections::BTreeSet;
use std::sync::Arc;

pub(super) use sketch::{Wording, read};

use super::BatchAudit;
use super::bounded::Bounded;
use super::representatives::Representatives;
use crate::rulebook::{Correlation, Criteria};

/// Minima in a sketch: 256 bytes, and a standard error of at most six percent.
const SKETCH: usize = 64;
/// Minima in a band.
const ROWS: usize = 4;
/// Bands of a sketch.
const BANDS: usize = SKETCH / ROWS;
/// Buckets that are followed at most: the bands of 32,768 different rationales. With 16 buckets of about 80 bytes, a sketch,
/// two sentences and the decision, a rationale takes about four kilobytes: 130 megabytes when full.
const ROOM: usize = 1 << 19;

/// The counts of a rule so far.
#[derive(Debug)]
pub(super) struct Reuse {
    rule: Correlation,
    buckets: Bounded<Bucket>,
}

/// Rationales that agree in one band.
#[derive(Debug)]
struct Bucket {
    /// Letters with such a rationale.
    letters: u64,
    kept: Representatives<Wording>,
}

impl Reuse {
    pub(super) fn new(rule: Correlation) -> Self {
        Self { rule, buckets: Bounded::new(ROOM) }
    }

    /// Takes the rationales of one letter. A letter counts once a bucket: what stands twice in one letter is not reused
    /// across letters.
    pub(super) fn add<'w>(&mut self, letter: impl Iterator<Item = &'w Arc<Wording>>) {
        let least = self.rule.count("least_words");
        let mut met: BTreeSet<u64> = BTreeSet::new();
        for wording in letter.filter(|wording| wording.words >= least) {
            for band in wording.bands() {
                let first = met.insert(band);
                let new = || Bucket { letters: 0, kept: Representatives::new() };
                let Some(bucket) = self.buckets.group(band, new) else { continue };
                if first {
                    bucket.letters += 1;
                    bucket.kept.offer(wording.order, wording);
                }
            }
        }
    }

    pub(super) fn finish(self, criteria: &Criteria, audit: &mut BatchAudit) {
        let Self { rule, buckets } = self;
        let followed = buckets.followed();
        let buckets = buckets.into_groups().map(|(_, bucket)| bucket);
        let mut clusters = cluster::Clusters::default();
        for bucket in buckets.filter(|bucket| bucket.letters > 1) {
            clusters.join(bucket.letters, bucket.kept.readable());
        }
        let findings = cluster::findings(&rule, &clusters.into_clusters(), criteria);
        audit.take(&rule, followed, findings);
    }
}
