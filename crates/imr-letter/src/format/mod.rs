//! The letter formats and how one is recognised.
//!
//! A format is one file and one line in [`FORMATS`]. It lists the words of its form, says how well a letter fits, and
//! marks the parts; reading the marked parts is the same for all. Every format is scored on every letter and the
//! scores are kept with their reasons, so that a wrong choice can be seen; no format is tried because another failed.

mod dmhc;
mod head;
mod issues;
mod landmarks;
mod maximus_2013_2014;
mod maximus_2013_notice;
mod maximus_2013_professional_review;
mod maximus_2013_review;
mod maximus_2014;
mod maximus_2016;
mod maximus_2017;
mod numbered;

pub use landmarks::Landmarks;

use crate::outline::Outline;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A layout that determination letters come in. One file per format; one line in [`FORMATS`] registers it.
pub trait Format: Sync {
    /// The stable id used in output, such as `maximus-2016`.
    fn id(&self) -> &'static str;
    /// The words of the form that recognition and outline ask for, in lists.
    fn landmarks(&self) -> &'static [&'static [&'static str]];
    /// How well the letter fits this format, with the reasons.
    fn recognise(&self, marks: &Landmarks) -> Score;
    /// Marks the parts. Never fails: what is not found is missing from the outline.
    fn outline(&self, marks: &Landmarks) -> Outline;
}

/// Every format, in the order of their years. On a tie the earlier entry wins.
pub static FORMATS: &[&dyn Format] = &[
    &maximus_2013_professional_review::Maximus2013ProfessionalReview,
    &maximus_2013_notice::Maximus2013Notice,
    &maximus_2013_review::Maximus2013Review,
    &maximus_2013_2014::FORMAT,
    &maximus_2014::FORMAT,
    &maximus_2016::FORMAT,
    &maximus_2017::FORMAT,
    &dmhc::Dmhc,
];

/// How well a letter fits one format.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Score {
    /// The sum of the weights of the marks that were found; 0 means "not this format".
    pub points: u32,
    /// The marks that were found, in plain words.
    pub reasons: Vec<&'static str>,
}

impl Score {
    /// A score with nothing in favour yet.
    pub fn none() -> Self {
        Self::default()
    }

    /// Adds `points` for `reason` where `holds`.
    #[must_use]
    pub fn with(mut self, points: u32, holds: bool, reason: &'static str) -> Self {
        if holds {
            self.points += points;
            self.reasons.push(reason);
        }
        self
    }
}

/// The chosen format and every candidate's score.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Recognition {
    /// The id of the chosen format; `None` when no format fits.
    pub format: Option<&'static str>,
    /// Every format's score, in the order of [`FORMATS`]; not kept in a stored letter.
    pub scores: Vec<(&'static str, Score)>,
}

impl Serialize for Recognition {
    /// The format's id alone: scores only explain how it was chosen.
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        self.format.serialize(out)
    }
}

impl<'de> Deserialize<'de> for Recognition {
    fn deserialize<D: Deserializer<'de>>(stored: D) -> Result<Self, D::Error> {
        let Some(id) = Option::<String>::deserialize(stored)? else { return Ok(Self::default()) };
        let format = FORMATS.iter().map(|format| format.id()).find(|known| *known == id);
        let format = format.ok_or_else(|| D::Error::custom("no format of this id"))?;
        Ok(Self { format: Some(format), scores: Vec::new() })
    }
}

/// Fewer points than this are chance: a phrase of a form quoted in some other text.
const ENOUGH: u32 = 4;

/// Scores every format and chooses the best, with the format itself.
pub fn recognise(marks: &Landmarks) -> (Recognition, Option<&'static dyn Format>) {
    let mut recognition = Recognition::default();
    let mut best: Option<(u32, &'static dyn Format)> = None;
    for &format in FORMATS {
        let score = format.recognise(marks);
        if score.points >= ENOUGH && best.is_none_or(|(points, _)| score.points > points) {
            best = Some((score.points, format));
        }
        recognition.scores.push((format.id(), score));
    }
    recognition.format = best.map(|(_, format)| format.id());
    (recognition, best.map(|(_, format)| format))
}
