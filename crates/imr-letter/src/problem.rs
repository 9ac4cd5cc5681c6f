//! What a parser could not place, with its span. A problem is never fatal.

use crate::span::Span;
use serde::{Deserialize, Serialize};

/// Something in a letter that was not understood.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// What kind of problem it is.
    pub kind: ProblemKind,
    /// Where in the letter's text; an empty span at the place where something is missing.
    pub span: Span,
    /// What was expected, in a lower-case sentence fragment.
    pub message: String,
}

/// The kinds of problem; the stable name is [`ProblemKind::name`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum ProblemKind {
    /// No known format fits the letter.
    UnknownFormat,
    /// A part that the format always has is missing.
    MissingPart,
    /// A date that cannot be read or does not exist.
    BadDate,
    /// Text between the known parts that belongs to none of them.
    UnplacedText,
    /// A citation line that could not be read.
    UnreadCitation,
    /// The text layer of the source lost or damaged characters.
    DamagedText,
    /// The source was longer than the limit and was cut.
    Truncated,
}

impl ProblemKind {
    /// The stable name used in output.
    pub fn name(self) -> &'static str {
        match self {
            Self::UnknownFormat => "unknown_format",
            Self::MissingPart => "missing_part",
            Self::BadDate => "bad_date",
            Self::UnplacedText => "unplaced_text",
            Self::UnreadCitation => "unread_citation",
            Self::DamagedText => "damaged_text",
            Self::Truncated => "truncated",
        }
    }
}
