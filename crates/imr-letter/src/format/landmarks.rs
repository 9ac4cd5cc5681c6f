//! The form's own words in a view: section headings and labels, found for all formats in one pass.
//!
//! Recognition and outlines both ask where the form's words stand. One search for the words of every format keeps the
//! cost of a format at nearly nothing; the price is that a format must list its words before it may ask for them.

use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, AhoCorasickKind};

use super::FORMATS;
use crate::span::Slice;
use crate::view::View;

/// Where the words of the forms stand in one view.
#[derive(Clone, Debug)]
pub struct Landmarks<'v> {
    view: &'v View,
    /// The places of each of [`WORDS`], in its order.
    places: Vec<Vec<Slice>>,
}

static WORDS: LazyLock<Vec<&'static str>> = LazyLock::new(|| {
    let mut words: Vec<_> = FORMATS
        .iter()
        .flat_map(|format| format.landmarks())
        .flat_map(|list| list.iter().copied())
        .collect();
    words.sort_unstable();
    words.dedup();
    words
});

static SEARCH: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| {
    // A full table is a moment's work for a few dozen words and reads a letter in a quarter of the time.
    let builder = &mut AhoCorasick::builder();
    let builder = builder.kind(Some(AhoCorasickKind::DFA));
    builder.ascii_case_insensitive(true).build(WORDS.iter()).ok()
});

impl<'v> Landmarks<'v> {
    /// Finds the words of every registered format, in upper or lower case, in one pass.
    pub fn of(view: &'v View) -> Self {
        let mut places = vec![Vec::new(); WORDS.len()];
        for hit in SEARCH.iter().flat_map(|search| search.find_overlapping_iter(view.text())) {
            if let Some(places) = places.get_mut(hit.pattern().as_usize()) {
                places.push(Slice::new(hit.start(), hit.end()));
            }
        }
        Self { view, places }
    }

    /// The view that was searched.
    pub fn view(&self) -> &'v View {
        self.view
    }

    /// Every place of these words, in order. The words must be among those that a format lists.
    pub fn all(&self, words: &str) -> &[Slice] {
        let at = WORDS.binary_search(&words).ok();
        at.and_then(|at| self.places.get(at)).map_or(&[], Vec::as_slice)
    }

    /// The first place of these words.
    pub fn first(&self, words: &str) -> Option<Slice> {
        self.all(words).first().copied()
    }

    /// The first place of these words at or behind a byte of the view.
    pub fn first_from(&self, words: &str, at: usize) -> Option<Slice> {
        let places = self.all(words);
        places.get(places.partition_point(|place| place.start < at)).copied()
    }

    /// The first place where these words stand as a heading: in the case given, which form text inside a sentence
    /// ("the following clinical case summary") has not.
    pub fn heading(&self, words: &str) -> Option<Slice> {
        self.all(words).iter().copied().find(|&slice| self.view.slice(slice) == words)
    }

    /// Whether the words stand anywhere.
    pub fn has(&self, words: &str) -> bool {
        self.first(words).is_some()
    }
}
