//! The axes of a stretch of words: who says it, whether it is asserted, denied, missing from the record or a condition,
//! whether it lies in the past, and whether the writer is sure.
//!
//! Cues of the words' own clause decide, the nearest of each kind first, and an outer "not documented" wins over an inner
//! denial. The same axes serve the concepts of the lexicon and any phrase that a user asks about.

use serde::{Deserialize, Serialize};

use super::discourse::{Source, Stance};
use super::lexicon::CueKind;
use super::passage::{Clause, CueHit, LONGEST, Passage, Range};

/// A cue farther than this from the words, in tokens, does not govern them.
const REACH: usize = 30;

/// What the text says about the concept's fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
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

/// How a stretch of words is meant.
#[derive(Clone, Copy, Debug)]
pub struct Axes {
    /// Whose statement it is.
    pub source: Source,
    /// What the text says about it.
    pub assertion: Assertion,
    /// The cue that decided the assertion, as a place among the passage's tokens.
    pub cue: Option<Range>,
    /// It is told as history: "prior", "in the past".
    pub past: bool,
    /// It is still to come: "the provider recommends".
    pub planned: bool,
    /// It is told as a guess: "possible", "appears to".
    pub hedged: bool,
}

/// The axes of the words at `range`, which lie in `clause`. `normal_denies`: a normal result in the clause denies them.
pub(crate) fn axes(
    passage: &Passage,
    clause: &Clause,
    stance: Stance,
    range: Range,
    normal_denies: bool,
) -> Axes {
    let words = Words::new(passage, clause, range);
    let (assertion, cue) = words.assertion(normal_denies);
    let governed = |kinds: &[CueKind]| kinds.iter().any(|kind| words.governing(*kind).is_some());
    Axes {
        source: stance.source,
        assertion,
        cue: cue.map(|cue| cue.range),
        past: governed(&[CueKind::PastForward, CueKind::PastBackward]),
        planned: governed(&[CueKind::PlannedForward]),
        hedged: governed(&[CueKind::Hedged]),
    }
}

/// Words in their clause.
#[derive(Clone, Copy)]
struct Words<'p> {
    passage: &'p Passage,
    clause: Range,
    /// The cues of the clause that are near enough to govern the words. However long a clause is, these are few, so that a
    /// clause full of cues and concepts takes no longer by the word.
    cues: &'p [CueHit],
    /// The kinds of these cues, a bit for each.
    kinds: u32,
    range: Range,
}

impl<'p> Words<'p> {
    fn new(passage: &'p Passage, clause: &Clause, range: Range) -> Self {
        let near = Range {
            start: clause.range.start.max(range.start.saturating_sub(REACH + LONGEST)),
            end: clause.range.end.min(range.end + REACH + 1),
        };
        let cues = passage.cues_between(near);
        let kinds = cues.iter().fold(0, |kinds, cue| kinds | bit(cue.kind));
        Self { passage, clause: clause.range, cues, kinds, range }
    }

    /// Whether a cue of the kind stands near the words. Most clauses have few kinds, and are asked for ten.
    fn has(self, kind: CueKind) -> bool {
        self.kinds & bit(kind) != 0
    }

    /// The cues that govern the words, and what they say together. A cue inside the words does not touch them.
    fn assertion(self, normal_denies: bool) -> (Assertion, Option<&'p CueHit>) {
        let absent = [CueKind::AbsentForward, CueKind::AbsentBackward, CueKind::AbsentAround]
            .into_iter()
            .find_map(|kind| self.governing(kind));
        if let Some(cue) = absent {
            let documented = self.examined_before(cue);
            return (if documented { Assertion::Denied } else { Assertion::Absent }, Some(cue));
        }
        if let Some(cue) = self.governing(CueKind::Conditional) {
            return (Assertion::Conditional, Some(cue));
        }
        let denied = self
            .governing(CueKind::DeniedForward)
            .or_else(|| self.governing(CueKind::DeniedBackward))
            .or_else(|| self.normal().filter(|_| normal_denies));
        (denied.map_or(Assertion::Asserted, |_| Assertion::Denied), denied)
    }

    /// An examination that finds "no evidence of" something has looked: that is a denial, not a gap in the record.
    fn examined_before(self, cue: &CueHit) -> bool {
        let subject = self.passage.exam_subject_in(self.clause);
        subject.is_some_and(|subject| subject.range.end <= cue.range.start)
    }

    fn normal(self) -> Option<&'p CueHit> {
        self.passage.normal_result_in(self.clause)
    }

    /// The nearest cue of a kind that reaches the words. A cue may run into them or past them ("no functional
    /// improvement was documented"), but one that lies inside them does not govern them.
    fn governing(self, kind: CueKind) -> Option<&'p CueHit> {
        if !self.has(kind) {
            return None;
        }
        let words = self.range;
        let backward = kind.reaches_back();
        let reaches = |cue: &&CueHit| {
            let beside = match kind {
                CueKind::AbsentAround => cue.range.start < words.start && cue.range.end > words.end,
                CueKind::AbsentForward => {
                    cue.range.start < words.start && cue.range.end <= words.end
                }
                _ if backward => cue.range.end > words.end,
                _ => cue.range.start < words.start,
            };
            cue.kind == kind && beside && !self.stopped(cue.range)
        };
        let mut found = self.cues.iter().filter(reaches);
        if backward { found.next() } else { found.next_back() }
    }

    /// Whether the distance is too great or the reach is stopped between cue and words.
    fn stopped(self, cue: Range) -> bool {
        let words = self.range;
        let (from, to) =
            if cue.start < words.start { (cue.end, words.start) } else { (words.end, cue.start) };
        let stops = |stop: &CueHit| {
            stop.kind == CueKind::ScopeStop && stop.range.start >= from && stop.range.end <= to
        };
        to > from + REACH || self.has(CueKind::ScopeStop) && self.cues.iter().any(stops)
    }
}

/// The bit of a kind; there are fewer than 32.
fn bit(kind: CueKind) -> u32 {
    1 << (kind as u32)
}
