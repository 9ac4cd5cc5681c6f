//! From mentions to one status a criterion.
//!
//! The mention with the greatest weight decides; among equals the later one, because these rationales state the rule first
//! and the deciding fact last. A mention without a status (recited, conditional, another reviewer's) never decides.

use std::collections::BTreeMap;

use super::discourse::Source;
use super::lexicon::{CueKind, Entry, Lexicon};
use super::mention::Mention;
use super::passage::Passage;
use crate::criterion::{CriterionId, CriterionStatus, Ground, Part};

/// A criterion's status in one part, with the mentions behind it.
#[derive(Clone, Debug, Default)]
pub struct PartReading {
    /// The status.
    pub status: CriterionStatus,
    /// The mentions that argue for it or against it.
    pub grounds: Vec<Ground>,
}

/// The reading of every criterion that a part speaks of.
pub(super) fn readings(
    passage: &Passage,
    mentions: &[Mention],
    lexicon: &Lexicon,
    part: Part,
) -> BTreeMap<CriterionId, PartReading> {
    let mut best: BTreeMap<CriterionId, (i32, PartReading)> = BTreeMap::new();
    let direct = mentions.iter().filter_map(|mention| {
        let Some(Entry::Concept(concept)) = lexicon.entries.get(mention.entry) else { return None };
        mention
            .status
            .map(|status| (concept.criterion, mention.weight, ground(mention, status, part)))
    });
    for (criterion, weight, ground) in direct.chain(referred(passage, mentions, lexicon, part)) {
        let (top, reading) = best.entry(criterion).or_default();
        if weight >= *top {
            *top = weight;
            reading.status = ground.status;
        }
        reading.grounds.push(ground);
    }
    best.into_iter().map(|(criterion, (_, reading))| (criterion, reading)).collect()
}

fn ground(mention: &Mention, status: CriterionStatus, part: Part) -> Ground {
    Ground { slice: mention.slice, part, status, cue: mention.cue }
}

/// "None of the above criteria are documented" speaks of every criterion recited before it.
fn referred<'m>(
    passage: &'m Passage,
    mentions: &'m [Mention],
    lexicon: &'m Lexicon,
    part: Part,
) -> impl Iterator<Item = (CriterionId, i32, Ground)> + 'm {
    let reference = passage.cues.iter().rev().find(|cue| cue.kind == CueKind::Anaphora);
    reference.into_iter().flat_map(move |cue| {
        let slice = passage.slice_of(cue.range);
        let recited = mentions
            .iter()
            .filter(move |m| m.source == Source::Guideline && m.range.end <= cue.range.start);
        recited.filter_map(move |mention| {
            let Some(Entry::Concept(concept)) = lexicon.entries.get(mention.entry) else {
                return None;
            };
            let status = concept.absent?;
            Some((
                concept.criterion,
                0,
                Ground { slice: mention.slice, part, status, cue: Some(slice) },
            ))
        })
    })
}
