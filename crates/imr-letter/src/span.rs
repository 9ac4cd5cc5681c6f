//! Positions: [`Span`] in the user's text, [`Slice`] in the normalised view.
//!
//! The two are separate types because mixing them up compiles, runs and underlines the wrong words.

use serde::{Deserialize, Serialize};

/// A byte range in the text of the letter as extracted from its source.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

/// A byte range in the normalised text of a [`crate::view::View`].
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
pub struct Slice {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl Span {
    /// The range from `start` to `end`.
    pub fn new(start: usize, end: usize) -> Self {
        Self { start, end }
    }
}

impl Slice {
    /// The range from `start` to `end`.
    pub fn new(start: usize, end: usize) -> Self {
        Self { start, end }
    }

    /// Length in bytes.
    pub fn len(self) -> usize {
        self.end.saturating_sub(self.start)
    }

    /// Whether the range holds no byte.
    pub fn is_empty(self) -> bool {
        self.end <= self.start
    }

    /// Whether `other` lies wholly inside this range.
    pub fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// A range given relative to this one's start, in absolute bytes.
    #[must_use]
    pub fn within(self, start: usize, end: usize) -> Self {
        Self { start: self.start + start, end: self.start + end }
    }
}

/// A value with the place in the normalised view where it was read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Located<T> {
    /// The value.
    pub value: T,
    /// Where it was read.
    pub slice: Slice,
}

impl<T> Located<T> {
    /// `value`, read at `slice`.
    pub fn new(value: T, slice: Slice) -> Self {
        Self { value, slice }
    }
}
