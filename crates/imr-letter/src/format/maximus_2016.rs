//! Format F, 2016 to 2017: a full head, credentials on labelled lines, citations by chapter, year and section.

use jiff::civil::{Date, date};

use super::issues::{self, LICENSURE, PAGES, PORTION, SECTIONS, WithIssues};
use super::{Landmarks, Score};

/// Letters decided from this day on are more likely of this format than of the one before; the exact day of the change
/// is not known, the earliest known letter of this format is of December 2016.
const FROM: Date = date(2016, 7, 1);

/// The layout of 2016 to 2017.
pub(super) static FORMAT: WithIssues = WithIssues { id: "maximus-2016", tell };

fn tell(score: Score, marks: &Landmarks) -> Score {
    score
        .with(2, marks.has(LICENSURE), "states the reviewer's credentials on labelled lines")
        .with(1, marks.has(SECTIONS) && !marks.has(PAGES), "cites guidelines by section")
        .with(1, marks.has(PORTION), "names the remaining portion of a partly authorized request")
        .with(
            1,
            issues::decided(marks).is_some_and(|decided| decided >= FROM),
            "was decided in July 2016 or later",
        )
}
