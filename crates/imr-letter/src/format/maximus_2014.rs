//! Format E, 2014 to 2016: the reviewer's credentials stand on labelled lines; citations name pages.

use super::issues::{LICENSURE, PAGES, WithIssues};
use super::{Landmarks, Score};

/// The layout of 2014 to 2016.
pub(super) static FORMAT: WithIssues = WithIssues { id: "maximus-2014", tell };

fn tell(score: Score, marks: &Landmarks) -> Score {
    score.with(2, marks.has(LICENSURE), "states the reviewer's credentials on labelled lines").with(
        1,
        marks.has(PAGES),
        "cites guidelines by page",
    )
}
