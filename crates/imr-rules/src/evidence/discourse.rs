//! Who speaks of what in each clause: the guideline in general, this patient, another reviewer, or the conclusion.
//!
//! Every discourse cue votes with its weight, and so do the words of the clause; the larger side wins and a clause without a vote goes on as the clause
//! before it. A recitation ("opioids should be discontinued if there is no improvement") is the commonest source of
//! false evidence, so the state is decided for each clause and shown in every trace.

use serde::{Deserialize, Serialize};

use super::lexicon::CueKind;
use super::passage::{CueHit, Passage};
use crate::criterion::Part;

/// What the stance of the clause before is worth, in votes; `carry` in the rulebook's cue file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Carry {
    /// Inside the same sentence.
    pub clause: i32,
    /// From a sentence about the guideline to the next: a recitation goes on longer than a statement about the patient.
    pub guideline: i32,
    /// The same after a sentence about the patient.
    pub patient: i32,
    /// What every clause of a case summary has for the patient: only a guideline that speaks is recited there.
    pub summary: i32,
}

impl Default for Carry {
    /// What holds where a rulebook says nothing: the stance before breaks ties and no more.
    fn default() -> Self {
        Self { clause: 1, guideline: 1, patient: 1, summary: 0 }
    }
}

/// Whose statement a clause is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Source {
    /// What a guideline says in general.
    Guideline,
    /// What the reviewer says about this patient.
    Patient,
    /// What the utilization review or another reviewer said.
    OtherReviewer,
}

impl Source {
    /// The name in traces.
    pub fn name(self) -> &'static str {
        match self {
            Self::Guideline => "guideline",
            Self::Patient => "patient",
            Self::OtherReviewer => "other_reviewer",
        }
    }
}

/// What kind of text a passage is, which tells whose voice it opens in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Opening {
    /// A decision rationale: it recites first.
    Rationale,
    /// A case summary: it tells of the patient.
    Summary,
    /// Any other clinical text: it tells of the patient until a guideline speaks.
    #[default]
    Note,
}

impl From<Part> for Opening {
    fn from(part: Part) -> Self {
        match part {
            Part::Rationale => Self::Rationale,
            Part::Summary => Self::Summary,
        }
    }
}

/// The discourse state of one clause.
#[derive(Clone, Copy, Debug)]
pub struct Stance {
    /// Who speaks.
    pub source: Source,
    /// Votes for the guideline.
    pub guideline: i32,
    /// Votes for the patient.
    pub patient: i32,
    /// Whether the clause concludes on necessity.
    pub concludes: bool,
}

/// The stance of every clause, in order; `voices` are the votes of each clause's words ([`super::weights::voices`]).
pub(super) fn stances(
    passage: &Passage,
    opening: Opening,
    carry: Carry,
    voices: &[i32],
) -> Vec<Stance> {
    let mut cues = passage.cues.iter().peekable();
    let (mut last, patient) = match opening {
        Opening::Rationale => (Source::Guideline, 0),
        Opening::Summary => (Source::Patient, carry.summary),
        Opening::Note => (Source::Patient, 0),
    };
    let mut sentence_of_other = None;
    let mut last_sentence = None;
    let mut out = Vec::with_capacity(passage.clauses.len());
    for (number, clause) in passage.clauses.iter().enumerate() {
        let mut votes = Votes { patient, ..Votes::default() };
        votes.voice(voices.get(number).copied().unwrap_or_default());
        while let Some(cue) = cues.next_if(|cue| cue.range.start < clause.range.end) {
            votes.add(cue);
        }
        if votes.other {
            sentence_of_other = Some(clause.sentence);
        }
        let other = sentence_of_other == Some(clause.sentence) && !votes.concludes;
        let same_sentence = last_sentence == Some(clause.sentence);
        let carried = match (same_sentence, last) {
            (true, _) => carry.clause,
            (false, Source::Guideline) => carry.guideline,
            (false, Source::Patient | Source::OtherReviewer) => carry.patient,
        };
        let stance = votes.stance(last, carried, other);
        last_sentence = Some(clause.sentence);
        if stance.source != Source::OtherReviewer {
            last = stance.source;
        }
        out.push(stance);
    }
    out
}

#[derive(Default)]
struct Votes {
    guideline: i32,
    patient: i32,
    other: bool,
    concludes: bool,
}

impl Votes {
    fn voice(&mut self, votes: i32) {
        self.guideline += votes.max(0);
        self.patient += votes.min(0).saturating_neg();
    }

    fn add(&mut self, cue: &CueHit) {
        match cue.kind {
            CueKind::Guideline => self.guideline += cue.weight,
            CueKind::OtherReviewer => self.other = true,
            CueKind::Conclusion | CueKind::Refusal => {
                self.concludes = true;
                self.patient += cue.weight;
            }
            // Only cues that the lexicon gives a weight vote for the patient; an absence cue is one of them.
            _ => self.patient += cue.weight,
        }
    }

    fn stance(&self, last: Source, carry: i32, other: bool) -> Stance {
        let (mut guideline, mut patient) = (self.guideline, self.patient);
        match last {
            Source::Guideline => guideline += carry,
            Source::Patient | Source::OtherReviewer => patient += carry,
        }
        let source = if other {
            Source::OtherReviewer
        } else if guideline == patient {
            if last == Source::Guideline { last } else { Source::Patient }
        } else if guideline > patient {
            Source::Guideline
        } else {
            Source::Patient
        };
        Stance { source, guideline, patient, concludes: self.concludes }
    }
}
