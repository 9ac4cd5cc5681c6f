//! A format of this family: the parts are marked alike, so that its file says only what tells it from its neighbours.

use super::{ISSUES, LANDMARKS, outline};
use crate::format::{Format, Landmarks, Score};
use crate::outline::Outline;

/// A layout with a section "IMR ISSUES, DECISIONS AND RATIONALES".
pub(in super::super) struct WithIssues {
    /// Its id.
    pub(in super::super) id: &'static str,
    /// Adds to the score of a letter what speaks for this layout rather than another of the family.
    pub(in super::super) tell: fn(Score, &Landmarks) -> Score,
}

impl Format for WithIssues {
    fn id(&self) -> &'static str {
        self.id
    }

    fn landmarks(&self) -> &'static [&'static [&'static str]] {
        &[LANDMARKS]
    }

    fn recognise(&self, marks: &Landmarks) -> Score {
        let section = "has the section IMR ISSUES, DECISIONS AND RATIONALES";
        (self.tell)(Score::none().with(4, marks.has(ISSUES), section), marks)
    }

    fn outline(&self, marks: &Landmarks) -> Outline {
        outline(marks)
    }
}
