//! The letters of a run that could not be read: how many, and the first of them with the reason.
//!
//! Each has had its line on standard error; a report that is read later must not look as if they had never been there.

/// Reasons that are kept.
const KEPT: usize = 50;

/// Letters that could not be read.
#[derive(Clone, Debug, Default)]
pub(crate) struct Unreadable {
    /// How many.
    pub(crate) count: usize,
    /// The first of them: place and reason.
    pub(crate) first: Vec<String>,
}

impl Unreadable {
    /// Takes the next.
    pub(crate) fn add(&mut self, message: &str) {
        self.count += 1;
        if self.first.len() < KEPT {
            self.first.push(message.to_owned());
        }
    }
}
