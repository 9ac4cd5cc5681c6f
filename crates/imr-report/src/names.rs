//! The stable names of the parser's values in output.
//!
//! They stand here and not on the types because they are part of the output contract, like field names.

use imr_letter::document::{CaseOutcome, Necessity, Outcome, Sex, StatedAbsence};
use imr_letter::item::Side;
use imr_rules::criterion::Part;

/// The name of a decision's outcome.
pub fn outcome(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Upheld => "upheld",
        Outcome::Overturned => "overturned",
        Outcome::Modified => "modified",
        Outcome::Unknown => "unknown",
    }
}

/// The name of the whole case's outcome.
pub fn case_outcome(outcome: CaseOutcome) -> &'static str {
    match outcome {
        CaseOutcome::Upheld => "upheld",
        CaseOutcome::Overturned => "overturned",
        CaseOutcome::PartiallyOverturned => "partially_overturned",
        CaseOutcome::Unknown => "unknown",
    }
}

/// The name of what a rationale concludes.
pub fn necessity(necessity: Necessity) -> &'static str {
    match necessity {
        Necessity::Necessary => "necessary",
        Necessity::NotNecessary => "not_necessary",
        Necessity::Absent => "absent",
    }
}

/// The name of a sex.
pub fn sex(sex: Sex) -> &'static str {
    match sex {
        Sex::Female => "female",
        Sex::Male => "male",
    }
}

/// The name of a side of the body.
pub fn side(side: Side) -> &'static str {
    match side {
        Side::Left => "left",
        Side::Right => "right",
        Side::Bilateral => "bilateral",
    }
}

/// The name of a stated absence of a citation.
pub fn absence(absence: StatedAbsence) -> &'static str {
    match absence {
        StatedAbsence::NoneCited => "none_cited",
        StatedAbsence::OutsideMtus => "outside_mtus",
    }
}

/// The name of a part of the letter in which evidence is read.
pub fn part(part: Part) -> &'static str {
    match part {
        Part::Rationale => "rationale",
        Part::Summary => "summary",
    }
}
