//! Whether a rationale may name a ground or a reason that no criterion was read from.
//!
//! "Denied without a ground" is a grave thing to say of a reviewer, and a vocabulary never knows every way to write
//! that something is lacking. So a denial is left open rather than flagged when its rationale, outside of its
//! conclusion and of recited guidelines, negates something, makes it a condition, or speaks of a criterion in a way
//! that was not understood; and a denial that is silent about every criterion is "without a ground" only when it says
//! nothing about this patient either. In the same way an approval is not doubted for silence alone where a standard
//! asks for any fact of the patient and the rationale speaks of the patient. The price: words beside the point hide a
//! decision without a ground.

use imr_letter::Document;

use super::memo::LetterMemo;
use crate::evidence::{Clause, CueKind, Source, Stance, Trace};
use crate::rulebook::Rulebook;
use crate::rulebook::check_words::WordList;

/// The votes that a clause needs to count as recited: those of a guideline that speaks.
const RECITED: i32 = 5;
/// By how many votes a clause must be about this patient to be a detail of the case.
const DETAIL: i32 = 3;

/// What a rationale holds beside the criteria that were read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Unread {
    /// Words that say that something is lacking, or that speak of a criterion, and were not understood.
    pub(crate) lack: bool,
    /// A clause about this patient.
    pub(crate) detail: bool,
}

/// What a rationale, which was read as `trace`, holds beside its criteria.
pub(crate) fn unread(
    document: &Document,
    trace: &Trace,
    rulebook: &Rulebook,
    memo: &LetterMemo,
) -> Unread {
    let names = |clause: &Clause, list: WordList| {
        memo.has_listed(document, rulebook, trace.passage.slice_of(clause.range), list)
    };
    let bare = |clause: &Clause| {
        names(clause, WordList::StandardWord) && names(clause, WordList::StandardMet)
    };
    let limits = |clause: &Clause| names(clause, WordList::GuidelineBar);
    Unread {
        lack: lack(trace, bare) || not_understood(trace) || barred(trace, limits),
        detail: trace.stances.iter().any(is_detail),
    }
}

/// Whether a cue of lack stands in a clause about this patient without deciding any criterion. A `bare` clause says only
/// that the standard is not met, and not by what.
fn lack(trace: &Trace, bare: impl Fn(&Clause) -> bool) -> bool {
    let mut understood: Vec<_> = trace
        .mentions
        .iter()
        .filter(|mention| mention.status.is_some())
        .filter_map(|mention| mention.cue)
        .collect();
    understood.sort_unstable();
    let mut clauses = trace.passage.clauses.iter().zip(&*trace.stances).peekable();
    trace.passage.cues.iter().any(|cue| {
        while clauses.next_if(|(clause, _)| clause.range.end <= cue.range.start).is_some() {}
        names_lack(cue.kind)
            && clauses.peek().is_some_and(|(clause, stance)| of_patient(stance) && !bare(clause))
            && understood.binary_search(&trace.passage.slice_of(cue.range)).is_err()
    })
}

/// Whether a clause that does not conclude says that the guideline bars or limits the treatment.
fn barred(trace: &Trace, limits: impl Fn(&Clause) -> bool) -> bool {
    let clauses = trace.passage.clauses.iter().zip(&*trace.stances);
    clauses.filter(|(_, stance)| !stance.concludes).any(|(clause, _)| limits(clause))
}

fn not_understood(trace: &Trace) -> bool {
    trace.mentions.iter().any(|mention| {
        mention.status.is_none() && trace.stances.get(mention.clause).is_some_and(of_patient)
    })
}

/// Whether a clause may be about this patient. A clause that is told to be the guideline's by its place alone may be
/// the reviewer's own; only a guideline that speaks makes it a recitation.
fn of_patient(stance: &Stance) -> bool {
    let recited = stance.source == Source::Guideline && stance.guideline >= RECITED;
    !recited && !stance.concludes
}

fn is_detail(stance: &Stance) -> bool {
    stance.source == Source::Patient
        && !stance.concludes
        && stance.patient - stance.guideline >= DETAIL
}

fn names_lack(kind: CueKind) -> bool {
    matches!(
        kind,
        CueKind::AbsentForward
            | CueKind::AbsentBackward
            | CueKind::AbsentAround
            | CueKind::DeniedForward
            | CueKind::DeniedBackward
            | CueKind::Normal
            | CueKind::Conditional
            | CueKind::Anaphora
    )
}
