//! Mentions: a concept in a clause, with its six axes; the status is derived from them, last.

use imr_letter::Slice;

use super::axes::{Assertion, Axes, axes};
use super::discourse::{Source, Stance};
use super::lexicon::{Concept, Entry, Lexicon};
use super::passage::{ConceptHit, Passage, Range};
use crate::criterion::CriterionStatus;

/// One concept found in a passage, and how it is meant.
#[derive(Clone, Debug)]
pub struct Mention {
    /// The lexicon entry.
    pub entry: usize,
    /// The concept's words in the view.
    pub slice: Slice,
    /// Its tokens in the passage.
    pub range: Range,
    /// The clause's place in the passage.
    pub clause: usize,
    /// How it is meant.
    pub axes: Axes,
    /// The cue that decided the assertion, in the view.
    pub cue: Option<Slice>,
    /// The status it argues for; `None`: it says nothing about the criterion.
    pub status: Option<CriterionStatus>,
    /// The concept's weight.
    pub weight: i32,
}

/// What a mention's meaning depends on besides its clause.
#[derive(Clone, Copy, Debug)]
pub(super) struct Context<'c> {
    /// The disputed item's class.
    pub(super) class: &'c str,
    /// For each clause: whether it names the disputed item.
    pub(super) names_item: &'c [bool],
}

/// A concept in its clause, as it is meant whatever the decision.
#[derive(Clone, Copy, Debug)]
pub(super) struct Meant {
    hit: ConceptHit,
    clause: usize,
    stance: Stance,
    axes: Axes,
}

/// How every concept of a passage is meant, in the order of the text.
pub(super) fn meant(passage: &Passage, stances: &[Stance], lexicon: &Lexicon) -> Vec<Meant> {
    let mut at = 0;
    let mut out = Vec::with_capacity(passage.concepts.len());
    for hit in &passage.concepts {
        while passage.clauses.get(at).is_some_and(|clause| clause.range.end <= hit.range.start) {
            at += 1;
        }
        if let (Some(clause), Some(stance), Some(Entry::Concept(concept))) =
            (passage.clauses.get(at), stances.get(at), lexicon.entries.get(hit.entry))
        {
            let axes = axes(passage, clause, *stance, hit.range, concept.normal_denies);
            out.push(Meant { hit: *hit, clause: at, stance: *stance, axes });
        }
    }
    out
}

/// Every mention of a passage that counts for the class, in the order of the text.
pub(super) fn mentions(
    passage: &Passage,
    meant: &[Meant],
    lexicon: &Lexicon,
    context: Context<'_>,
) -> Vec<Mention> {
    let of_class = |meant: &Meant| match lexicon.entries.get(meant.hit.entry) {
        Some(Entry::Concept(concept)) if applies(concept, context.class) => {
            let names_item = context.names_item.get(meant.clause).copied().unwrap_or_default();
            Some(mention(passage, meant, concept, names_item))
        }
        _ => None,
    };
    meant.iter().filter_map(of_class).collect()
}

fn applies(concept: &Concept, class: &str) -> bool {
    let listed = |classes: &[String]| classes.iter().any(|known| known == class);
    (concept.classes.is_empty() || listed(&concept.classes)) && !listed(&concept.not_classes)
}

fn mention(passage: &Passage, meant: &Meant, concept: &Concept, names_item: bool) -> Mention {
    let Meant { hit, clause, stance, axes } = *meant;
    let counts = match stance.source {
        Source::Patient => !concept.names_item || names_item,
        Source::Guideline => {
            concept.recited_counts && (names_item || stance.concludes || !concept.names_item)
        }
        Source::OtherReviewer => false,
    };
    let status = concept.status(axes.assertion);
    Mention {
        entry: hit.entry,
        slice: passage.slice_of(hit.range),
        range: hit.range,
        clause,
        axes,
        cue: axes.cue.map(|cue| passage.slice_of(cue)),
        status: status.filter(|_| counts),
        weight: if axes.assertion == Assertion::Denied {
            concept.denied_weight
        } else {
            concept.weight
        },
    }
}
