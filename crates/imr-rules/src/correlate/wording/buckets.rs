//! Rationales that were kept to buckets: who agrees in a whole band.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::Alike;
use super::cluster::{Cluster, Clusters};
use super::sketch::Wording;
use crate::correlate::representatives::{Ordered, Representatives};

/// A rationale in one of its bands.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Entry {
    band: u64,
    /// Its place among all rationales.
    place: u32,
}

/// A rationale that was kept.
struct Kept {
    wording: Arc<Wording>,
    least: u64,
    /// Letters of its group that were counted and not kept; told by the first of a group.
    more: u64,
}

/// The clusters of rationales that meet in some bucket.
pub(super) fn clusters(groups: impl Iterator<Item = Alike>) -> Vec<Cluster> {
    let kept: Vec<Kept> = groups.flat_map(|group| members(&group)).collect();
    let bands = |(wording, place): (&Arc<Wording>, u32)| -> Vec<Entry> {
        wording.bands().map(|band| Entry { band, place }).collect()
    };
    let mut entries: Vec<Entry> =
        kept.iter().map(|kept| &kept.wording).zip(0..).flat_map(bands).collect();
    entries.sort_unstable();
    let mut clusters = Clusters::default();
    for bucket in entries.chunk_by(|one, other| one.band == other.band) {
        let met = bucket.iter().filter_map(|entry| kept.get(usize::try_from(entry.place).ok()?));
        if let Some(band) = bucket.first().filter(|_| bucket.len() > 1).map(|entry| entry.band) {
            join(&mut clusters, band, met);
        }
    }
    clusters.into_clusters()
}

fn members(group: &Alike) -> Vec<Kept> {
    let members = group.kept.readable();
    let letters: BTreeSet<&str> = members.iter().map(|wording| wording.identity().0).collect();
    let more = group.letters.saturating_sub(u64::try_from(letters.len()).unwrap_or_default());
    let more = std::iter::once(more).chain(std::iter::repeat(0));
    let kept = members.iter().zip(more).map(|(wording, more)| Kept {
        wording: wording.clone(),
        least: wording.least_band(),
        more,
    });
    kept.collect()
}

/// Joins those who stand for a bucket. A letter counts once: what stands twice in it is not reused across letters.
fn join<'k>(clusters: &mut Clusters, band: u64, met: impl Iterator<Item = &'k Kept>) {
    let mut met: Vec<&Kept> = met.collect();
    let uncounted: u64 = met.iter().filter(|kept| kept.least == band).map(|kept| kept.more).sum();
    met.sort_unstable_by_key(|kept| kept.wording.identity());
    met.dedup_by_key(|kept| kept.wording.identity().0);
    let letters = u64::try_from(met.len()).unwrap_or_default() + uncounted;
    let mut standing: Representatives<Wording> = Representatives::new();
    for kept in met {
        standing.offer(kept.wording.order, &kept.wording);
    }
    if letters > 1 {
        clusters.join(letters, standing.readable());
    }
}
