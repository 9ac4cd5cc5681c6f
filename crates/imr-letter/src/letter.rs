//! One determination letter as text.

use crate::problem::Problem;
use serde::{Deserialize, Serialize};

/// The text of one letter as extracted from its source. All [`crate::Span`]s refer to `text`.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Letter {
    /// Where it came from: a path, or the name of an entry in a container. Shown in output.
    pub name: String,
    /// The text. Line breaks, form feeds (page breaks) and spacing as extracted.
    pub text: String,
    /// What went wrong while the text was extracted.
    pub problems: Vec<Problem>,
}

impl Letter {
    /// A letter from text that is already at hand.
    pub fn from_text(name: impl Into<String>, text: impl Into<String>) -> Self {
        Self { name: name.into(), text: text.into(), problems: Vec::new() }
    }
}
