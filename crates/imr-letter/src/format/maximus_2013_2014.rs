//! Format D, 2013 to 2014: the reviewer's credentials stand in a sentence ("The physician reviewer is Board Certified
//! in ...").

use super::issues::{self, BOARD_CERTIFIED, ISSUES, LICENSURE};
use super::landmarks::Landmarks;
use super::{Format, Score};
use crate::outline::Outline;

/// The layout of 2013 to 2014.
pub(super) struct Maximus2013To2014;

impl Format for Maximus2013To2014 {
    fn id(&self) -> &'static str {
        "maximus-2013-2014"
    }

    fn landmarks(&self) -> &'static [&'static [&'static str]] {
        &[issues::LANDMARKS]
    }

    fn recognise(&self, marks: &Landmarks) -> Score {
        Score::none()
            .with(4, marks.has(ISSUES), "has the section IMR ISSUES, DECISIONS AND RATIONALES")
            .with(
                3,
                marks.has(BOARD_CERTIFIED) && !marks.has(LICENSURE),
                "states the reviewer's credentials in a sentence",
            )
    }

    fn outline(&self, marks: &Landmarks) -> Outline {
        issues::outline(marks)
    }
}
