//! The words that topics are written with, as the loader knows them; for tools that offer them to authors.

use super::agreement::{SIGNS, TRAITS};
use super::load::{ASSERTIONS, PLACES, SCORES};

fn words<T>(table: &[(&'static str, T)]) -> Vec<&'static str> {
    table.iter().map(|(word, _)| *word).collect()
}

/// How words can be meant.
pub(crate) fn assertions() -> Vec<&'static str> {
    words(&ASSERTIONS)
}

/// Where a record may stand.
pub(crate) fn places() -> Vec<&'static str> {
    words(&PLACES)
}

/// What scores must be like.
pub(crate) fn scores() -> Vec<&'static str> {
    words(&SCORES)
}

/// What words say of a statement.
pub(crate) fn signs() -> Vec<&'static str> {
    words(&SIGNS)
}

/// What speaks for or against a pair of statements.
pub(crate) fn traits() -> Vec<&'static str> {
    words(&TRAITS)
}
