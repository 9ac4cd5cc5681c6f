//! Format G, December 2017 on: as the format before, with renamed and dated guideline chapters; the case may be
//! "Partially Overturned". How its head and its reviewer's lines look is taken from the format before.

use jiff::civil::{Date, date};

use super::issues::{self, LICENSURE, PORTION, SECTIONS, WithIssues};
use super::{Landmarks, Score};

/// The revised guideline chapters took effect on this day (8 CCR 9792.22 to 9792.24.4).
const FROM: Date = date(2017, 12, 1);

/// The layout of December 2017 on.
pub(super) static FORMAT: WithIssues = WithIssues { id: "maximus-2017", tell };

fn tell(score: Score, marks: &Landmarks) -> Score {
    score
        .with(2, marks.has(LICENSURE), "states the reviewer's credentials on labelled lines")
        .with(1, marks.has(SECTIONS), "cites guidelines by section")
        .with(1, marks.has(PORTION), "names the remaining portion of a partly authorized request")
        .with(
            3,
            issues::decided(marks).is_some_and(|decided| decided >= FROM),
            "was decided in December 2017 or later",
        )
}
