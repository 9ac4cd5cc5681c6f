//! Format D, 2013 to 2014: the reviewer's credentials stand in a sentence ("The physician reviewer is Board Certified
//! in ...").

use super::issues::{BOARD_CERTIFIED, LICENSURE, WithIssues};
use super::{Landmarks, Score};

/// The layout of 2013 to 2014.
pub(super) static FORMAT: WithIssues = WithIssues { id: "maximus-2013-2014", tell };

fn tell(score: Score, marks: &Landmarks) -> Score {
    score.with(
        3,
        marks.has(BOARD_CERTIFIED) && !marks.has(LICENSURE),
        "states the reviewer's credentials in a sentence",
    )
}
