//! From mentions to one status a criterion.
//!
//! The mention with the greatest weight decides; among equals the one that argues for the rationale's conclusion, because
//! a denial rests on what is lacking and an approval on what is there; then the later one, because these rationales
//! state the rule first and the deciding fact last. A mention without a status (recited, conditional, another
//! reviewer's) never decides, and bare words never decide against the same words with a cue.

use std::collections::BTreeMap;

use imr_letter::document::Necessity;

use super::axes::Assertion;
use super::discourse::Source;
use super::lexicon::{Concept, CueKind, Entry, Lexicon};
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

/// What decides between mentions: the weight, then whether the mention argues for the conclusion.
type Rank = (i32, bool);

/// The reading of every criterion that a part speaks of.
pub(super) fn readings(
    passage: &Passage,
    mentions: &[Mention],
    lexicon: &Lexicon,
    part: Part,
    conclusion: Necessity,
) -> BTreeMap<CriterionId, PartReading> {
    let mut best: BTreeMap<CriterionId, (Rank, PartReading)> = BTreeMap::new();
    let direct = mentions.iter().filter_map(|mention| {
        let concept = concept(mention, lexicon)?;
        let status = mention.status.filter(|_| !outdone(mention, concept, mentions, lexicon))?;
        Some((concept.criterion, mention.weight, ground(mention, status, part)))
    });
    for (criterion, weight, ground) in direct.chain(referred(passage, mentions, lexicon, part)) {
        let rank = (weight, argues_for(ground.status, conclusion));
        let (top, reading) = best.entry(criterion).or_default();
        if rank >= *top || reading.grounds.is_empty() {
            *top = rank;
            reading.status = ground.status;
        }
        reading.grounds.push(ground);
    }
    best.into_iter().map(|(criterion, (_, reading))| (criterion, reading)).collect()
}

fn concept<'l>(mention: &Mention, lexicon: &'l Lexicon) -> Option<&'l Concept> {
    match lexicon.entries.get(mention.entry) {
        Some(Entry::Concept(concept)) => Some(concept),
        _ => None,
    }
}

/// Whether bare words share tokens with a mention of the same criterion that a cue governs: "side effects were not
/// addressed" is one statement, however many of its words name the criterion.
fn outdone(mention: &Mention, own: &Concept, mentions: &[Mention], lexicon: &Lexicon) -> bool {
    mention.axes.assertion == Assertion::Asserted
        && own.asserted == Some(CriterionStatus::Met)
        && near(mention, mentions).any(|other| {
            other.cue.is_some()
                && other.status.is_some()
                && other.range.overlaps(mention.range)
                && concept(other, lexicon).is_some_and(|it| it.criterion == own.criterion)
        })
}

/// The mentions of the same clause; mentions stand in the order of the text.
fn near<'m>(mention: &Mention, mentions: &'m [Mention]) -> impl Iterator<Item = &'m Mention> {
    let clause = mention.clause;
    let from = mentions.partition_point(|other| other.clause < clause);
    mentions.get(from..).unwrap_or_default().iter().take_while(move |other| other.clause == clause)
}

fn argues_for(status: CriterionStatus, conclusion: Necessity) -> bool {
    let lacking = matches!(status, CriterionStatus::NotMet | CriterionStatus::Undocumented);
    match conclusion {
        Necessity::NotNecessary => lacking,
        Necessity::Necessary => status == CriterionStatus::Met,
        Necessity::Absent => false,
    }
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
            .filter(move |m| m.axes.source == Source::Guideline && m.range.end <= cue.range.start);
        recited.filter_map(move |mention| {
            let concept = concept(mention, lexicon)?;
            let status = concept.absent?;
            Some((
                concept.criterion,
                0,
                Ground { slice: mention.slice, part, status, cue: Some(slice) },
            ))
        })
    })
}
