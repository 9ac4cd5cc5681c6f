//! Mentions: a concept in a clause, with its six axes; the status is derived from them, last.

use imr_letter::Slice;

use super::discourse::{Source, Stance};
use super::lexicon::{Concept, CueKind, Entry, Lexicon};
use super::passage::{Clause, ConceptHit, CueHit, Passage, Range};
use crate::criterion::CriterionStatus;

/// A cue farther than this from its concept, in tokens, does not govern it.
const REACH: usize = 30;

/// What the text says about the concept's fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Assertion {
    /// It is said to hold.
    Asserted,
    /// It is said not to hold.
    Denied,
    /// It is said to be missing from the record.
    Absent,
    /// It holds only on a condition.
    Conditional,
}

impl Assertion {
    /// The name in traces.
    pub fn name(self) -> &'static str {
        match self {
            Self::Asserted => "asserted",
            Self::Denied => "denied",
            Self::Absent => "absent",
            Self::Conditional => "conditional",
        }
    }
}

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
    /// Whose statement it is.
    pub source: Source,
    /// What the text says about it.
    pub assertion: Assertion,
    /// The cue that decided the assertion.
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

/// Every mention of a passage, in the order of the text.
pub(super) fn mentions(
    passage: &Passage,
    stances: &[Stance],
    lexicon: &Lexicon,
    context: Context<'_>,
) -> Vec<Mention> {
    let mut clause_at = 0;
    let mut out = Vec::new();
    for hit in &passage.concepts {
        while passage
            .clauses
            .get(clause_at)
            .is_some_and(|clause| clause.range.end <= hit.range.start)
        {
            clause_at += 1;
        }
        let (Some(clause), Some(stance)) = (passage.clauses.get(clause_at), stances.get(clause_at))
        else {
            continue;
        };
        let Some(Entry::Concept(concept)) = lexicon.entries.get(hit.entry) else { continue };
        if applies(concept, context.class) {
            let names_item = context.names_item.get(clause_at).copied().unwrap_or_default();
            out.push(mention(passage, clause, clause_at, *stance, hit, concept, names_item));
        }
    }
    out
}

fn applies(concept: &Concept, class: &str) -> bool {
    let listed = |classes: &[String]| classes.iter().any(|known| known == class);
    (concept.classes.is_empty() || listed(&concept.classes)) && !listed(&concept.not_classes)
}

fn mention(
    passage: &Passage,
    clause: &Clause,
    clause_at: usize,
    stance: Stance,
    hit: &ConceptHit,
    concept: &Concept,
    names_item: bool,
) -> Mention {
    let (assertion, cue) = assertion(passage, clause, hit, concept);
    let counts = match stance.source {
        Source::Patient => !concept.names_item || names_item,
        Source::Guideline => {
            concept.recited_counts && (names_item || stance.concludes || !concept.names_item)
        }
        Source::OtherReviewer => false,
    };
    let status = match assertion {
        Assertion::Asserted => concept.asserted,
        Assertion::Denied => concept.denied,
        Assertion::Absent => concept.absent,
        Assertion::Conditional => concept.conditional,
    };
    Mention {
        entry: hit.entry,
        slice: passage.slice_of(hit.range),
        range: hit.range,
        clause: clause_at,
        source: stance.source,
        assertion,
        cue: cue.map(|cue| passage.slice_of(cue.range)),
        status: status.filter(|_| counts),
        weight: if assertion == Assertion::Denied { concept.denied_weight } else { concept.weight },
    }
}

/// The cues that govern a hit, and what they say together. An outer "not documented" wins over an inner denial; a cue
/// inside the concept's own words does not touch it.
fn assertion<'p>(
    passage: &'p Passage,
    clause: &Clause,
    hit: &ConceptHit,
    concept: &Concept,
) -> (Assertion, Option<&'p CueHit>) {
    let governing = |kind| governing(passage, clause, hit, kind);
    let absent = [CueKind::AbsentForward, CueKind::AbsentBackward, CueKind::AbsentAround]
        .into_iter()
        .find_map(governing);
    let denied = governing(CueKind::DeniedForward).or_else(|| governing(CueKind::DeniedBackward));
    if let Some(cue) = absent {
        let examined = passage.cues_in(clause.range).any(|subject| {
            subject.kind == CueKind::ExamSubject && subject.range.end <= cue.range.start
        });
        return (if examined { Assertion::Denied } else { Assertion::Absent }, Some(cue));
    }
    if let Some(cue) = governing(CueKind::Conditional) {
        return (Assertion::Conditional, Some(cue));
    }
    if let Some(cue) = denied {
        return (Assertion::Denied, Some(cue));
    }
    if concept.normal_denies
        && let Some(cue) = passage.cues_in(clause.range).find(|cue| cue.kind == CueKind::Normal)
    {
        return (Assertion::Denied, Some(cue));
    }
    (Assertion::Asserted, None)
}

/// The nearest cue of a kind that reaches the hit inside its clause. A cue may run into the concept or past it ("no
/// functional improvement was documented"), but one that lies inside the concept does not govern it.
fn governing<'p>(
    passage: &'p Passage,
    clause: &Clause,
    hit: &ConceptHit,
    kind: CueKind,
) -> Option<&'p CueHit> {
    let backward = matches!(kind, CueKind::AbsentBackward | CueKind::DeniedBackward);
    let reaches = |cue: &&CueHit| {
        let (cue_range, hit_range) = (cue.range, hit.range);
        let beside = match kind {
            CueKind::AbsentAround => {
                cue_range.start < hit_range.start && cue_range.end > hit_range.end
            }
            CueKind::AbsentForward => {
                cue_range.start < hit_range.start && cue_range.end <= hit_range.end
            }
            _ if backward => cue_range.end > hit_range.end,
            _ => cue_range.start < hit_range.start,
        };
        cue.kind == kind && beside && !stopped(passage, clause, cue_range, hit_range)
    };
    let mut found = passage.cues_in(clause.range).filter(reaches);
    if backward { found.next() } else { found.last() }
}

/// Whether the distance is too great or the reach is stopped between cue and concept.
fn stopped(passage: &Passage, clause: &Clause, cue: Range, hit: Range) -> bool {
    let (from, to) =
        if cue.start < hit.start { (cue.end, hit.start) } else { (hit.end, cue.start) };
    to > from + REACH
        || passage.cues_in(clause.range).any(|stop| {
            stop.kind == CueKind::ScopeStop && stop.range.start >= from && stop.range.end <= to
        })
}
