//! The form's own words in a view: section headings and labels, found for all formats in one pass.
//!
//! Recognition and outlines both ask where the form's words stand. One search for the words of every format keeps the
//! cost of a format at nearly nothing; the price is that a format must list its words before it may ask for them.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::FORMATS;
use crate::prefixes::Prefixes;
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

/// All words, letter case aside.
struct Search {
    /// In lower case.
    words: Prefixes,
    /// Which of [`WORDS`] each is.
    numbers: Vec<Vec<usize>>,
    /// Whether a word begins with four bytes of this number; few places of a letter have more to look at.
    beginnings: Vec<bool>,
}

/// A general automaton reads a letter as fast, and takes as long to build as a letter takes to audit.
static SEARCH: LazyLock<Search> = LazyLock::new(|| {
    let mut spelled: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (number, word) in WORDS.iter().enumerate() {
        spelled.entry(word.to_ascii_lowercase()).or_default().push(number);
    }
    let (words, numbers): (Vec<_>, Vec<_>) = spelled.into_iter().unzip();
    Search {
        beginnings: beginnings(&words),
        words: Prefixes::new(&words, |byte| byte.to_ascii_lowercase()),
        numbers,
    }
});

/// What [`number`] gives is less.
const NUMBERS: usize = 1 << 13;

/// A number of four bytes, letter case aside. Others may share it.
fn number(four: [u8; 4]) -> usize {
    let lower = u32::from_le_bytes(four) | 0x2020_2020;
    (lower.wrapping_mul(0x9e37_79b1) >> (u32::BITS - NUMBERS.ilog2())) as usize
}

/// Which numbers words begin with.
fn beginnings(words: &[String]) -> Vec<bool> {
    let mut beginnings = vec![false; NUMBERS];
    for four in words.iter().filter_map(|word| word.as_bytes().first_chunk()) {
        if let Some(begins) = beginnings.get_mut(number(*four)) {
            *begins = true;
        }
    }
    beginnings
}

impl Search {
    /// Calls `found` with each of [`WORDS`] that stands in a text, by its number, and where.
    fn of(&self, text: &str, mut found: impl FnMut(usize, Slice)) {
        let bytes = text.as_bytes();
        for (start, four) in bytes.windows(4).enumerate() {
            let begins = |four: &[u8; 4]| self.beginnings.get(number(*four)) == Some(&true);
            if four.first_chunk().is_some_and(begins) {
                let each = |length: usize, word: usize| {
                    let numbers = self.numbers.get(word).into_iter().flatten();
                    numbers.for_each(|number| found(*number, Slice::new(start, start + length)));
                };
                self.words.of(bytes.get(start..).unwrap_or_default(), each);
            }
        }
    }
}

impl<'v> Landmarks<'v> {
    /// Finds the words of every registered format, in upper or lower case, in one pass.
    pub fn of(view: &'v View) -> Self {
        let mut places = vec![Vec::new(); WORDS.len()];
        SEARCH.of(view.text(), |number, place| {
            if let Some(places) = places.get_mut(number) {
                places.push(place);
            }
        });
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_wherever_they_stand_in_any_case() {
        let text = "x CLAIMS administrator, Administrator";
        let mut found = Vec::new();
        let words = ["administrator", "claims administrator"].map(str::to_owned);
        let numbers = vec![vec![3], vec![1, 2]];
        let words = Search {
            beginnings: beginnings(&words),
            words: Prefixes::new(&words, |byte| byte.to_ascii_lowercase()),
            numbers,
        };
        words.of(text, |number, place| found.push((number, place.start, place.end)));
        assert_eq!(found, [(1, 2, 22), (2, 2, 22), (3, 9, 22), (3, 24, 37)]);
    }

    #[test]
    fn every_word_has_four_bytes_by_which_it_is_found() {
        assert!(WORDS.iter().all(|word| word.len() >= 4));
    }
}
