//! The letter formats and how one is recognised.

use crate::outline::Outline;
use crate::view::View;

/// A layout that determination letters come in. One file per format; one line in [`FORMATS`] registers it.
pub trait Format: Sync {
    /// The stable id used in output, such as `maximus-2016`.
    fn id(&self) -> &'static str;
    /// How well the view fits this format, with the reasons.
    fn recognise(&self, view: &View) -> Score;
    /// Marks the parts. Never fails: what is not found is missing from the outline.
    fn outline(&self, view: &View) -> Outline;
}

/// Every format, in the order of their years. On a tie the earlier entry wins.
pub static FORMATS: &[&dyn Format] = &[];

/// How well a letter fits one format.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Score {
    /// The sum of the weights of the marks that were found; 0 means "not this format".
    pub points: u32,
    /// The marks that were found, in plain words.
    pub reasons: Vec<&'static str>,
}

/// The chosen format and every candidate's score.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Recognition {
    /// The id of the chosen format; `None` when no format fits.
    pub format: Option<&'static str>,
    /// Every format's score, in the order of [`FORMATS`].
    pub scores: Vec<(&'static str, Score)>,
}
