//! Format E, 2014 to 2016: the reviewer's credentials stand on labelled lines; citations name pages.

use super::issues::{self, ISSUES, LICENSURE, PAGES};
use super::landmarks::Landmarks;
use super::{Format, Score};
use crate::outline::Outline;

/// The layout of 2014 to 2016.
pub(super) struct Maximus2014;

impl Format for Maximus2014 {
    fn id(&self) -> &'static str {
        "maximus-2014"
    }

    fn landmarks(&self) -> &'static [&'static [&'static str]] {
        &[issues::LANDMARKS]
    }

    fn recognise(&self, marks: &Landmarks) -> Score {
        Score::none()
            .with(4, marks.has(ISSUES), "has the section IMR ISSUES, DECISIONS AND RATIONALES")
            .with(2, marks.has(LICENSURE), "states the reviewer's credentials on labelled lines")
            .with(1, marks.has(PAGES), "cites guidelines by page")
    }

    fn outline(&self, marks: &Landmarks) -> Outline {
        issues::outline(marks)
    }
}
