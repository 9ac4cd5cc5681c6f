//! Words of a rationale that may name a ground which no criterion was read from.
//!
//! "Denied without a ground" is a grave thing to say of a reviewer, and a vocabulary never knows every way to write
//! that something is lacking. So a denial is left open rather than flagged when its rationale, outside of its
//! conclusion and of recited guidelines, negates something, makes it a condition, or speaks of a criterion in a way
//! that was not understood. The price: words beside the point hide a denial without a ground.

use imr_letter::{Document, Slice};

use crate::criterion::Part;
use crate::evidence::{self, CueKind, Lexicon, Scratch, Source, Stance, Trace};

/// The votes that a clause needs to count as recited: those of a guideline that speaks.
const RECITED: i32 = 5;

/// The first such words of the decision's rationale.
pub(crate) fn unread_ground(
    document: &Document,
    decision: usize,
    lexicon: &Lexicon,
) -> Option<Slice> {
    let mut scratch = Scratch::default();
    let trace = evidence::trace(document, decision, Part::Rationale, lexicon, &mut scratch);
    lack(&trace).or_else(|| not_understood(&trace))
}

fn lack(trace: &Trace) -> Option<Slice> {
    let mut clauses = trace.passage.clauses.iter().zip(&trace.stances).peekable();
    let lack = trace.passage.cues.iter().find(|cue| {
        while clauses.next_if(|(clause, _)| clause.range.end <= cue.range.start).is_some() {}
        names_lack(cue.kind) && clauses.peek().is_some_and(|(_, stance)| of_patient(stance))
    });
    lack.map(|cue| trace.passage.slice_of(cue.range))
}

fn not_understood(trace: &Trace) -> Option<Slice> {
    let open = trace.mentions.iter().find(|mention| {
        mention.status.is_none() && trace.stances.get(mention.clause).is_some_and(of_patient)
    });
    open.map(|mention| mention.slice)
}

/// Whether a clause may be about this patient. A clause that is told to be the guideline's by its place alone may be
/// the reviewer's own; only a guideline that speaks makes it a recitation.
fn of_patient(stance: &Stance) -> bool {
    let recited = stance.source == Source::Guideline && stance.guideline >= RECITED;
    !recited && !stance.concludes
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
