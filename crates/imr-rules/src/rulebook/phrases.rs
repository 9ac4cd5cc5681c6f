//! Phrases that are looked for together, as whole words.
//!
//! One automaton finds all phrases of a list in one pass over a text, so that a longer list costs no more. What it finds
//! is what looking for one phrase after the other would find: a phrase that overlaps itself is found once.

use std::ops::Deref;

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};

/// The bytes of a short list.
const SHORT: usize = 1000;

/// A list of phrases in lower case. Two are the same when their phrases are.
#[derive(Clone, Debug, Default)]
pub struct Phrases {
    list: Vec<String>,
    automaton: Option<AhoCorasick>,
}

impl Phrases {
    /// Phrases in lower case; an empty one is never found.
    pub fn new(list: Vec<String>) -> Self {
        let sought = list.iter().filter(|phrase| !phrase.is_empty());
        let bytes: usize = list.iter().map(String::len).sum();
        // The full table reads twice as fast, and of a short list it is built in no time.
        let kind = if bytes < SHORT { AhoCorasickKind::DFA } else { AhoCorasickKind::ContiguousNFA };
        let automaton = AhoCorasick::builder()
            .match_kind(MatchKind::Standard)
            .kind(Some(kind))
            .build(sought)
            .ok();
        Self { list, automaton }
    }

    /// Where the phrases stand in a text in lower case as whole words: first byte and the one past the last, sorted.
    pub(crate) fn places(&self, text: &str) -> Vec<(usize, usize)> {
        let mut found: Vec<(u32, usize, usize)> = self.hits(text).collect();
        found.sort_unstable();
        let mut free = (u32::MAX, 0);
        found.retain(|&(phrase, start, end)| {
            let again = free.0 == phrase && start < free.1;
            if !again {
                free = (phrase, end);
            }
            !again
        });
        let whole = found.into_iter().filter(|(_, start, end)| stands_alone(text, *start, *end));
        let mut places: Vec<(usize, usize)> = whole.map(|(_, start, end)| (start, end)).collect();
        places.sort_unstable();
        places
    }

    /// Whether any of the phrases stands in a text in lower case as whole words.
    pub(crate) fn any(&self, text: &str) -> bool {
        !self.places(text).is_empty()
    }

    /// Every match, by its end: the phrase's number, first byte and the one past the last.
    fn hits<'t>(&'t self, text: &'t str) -> impl Iterator<Item = (u32, usize, usize)> + 't {
        let automaton = self.automaton.iter();
        let hits = automaton.flat_map(move |automaton| automaton.find_overlapping_iter(text));
        hits.map(|hit| (hit.pattern().as_u32(), hit.start(), hit.end()))
    }
}

impl Deref for Phrases {
    type Target = [String];

    fn deref(&self) -> &[String] {
        &self.list
    }
}

impl PartialEq for Phrases {
    fn eq(&self, other: &Self) -> bool {
        self.list == other.list
    }
}

impl Eq for Phrases {}

/// Whether the bytes from `start` to `end` of a text are no part of a longer word.
pub(crate) fn stands_alone(text: &str, start: usize, end: usize) -> bool {
    let (before, inside) = text.split_at_checked(start).unwrap_or_default();
    let (inside, after) = inside.split_at_checked(end - start).unwrap_or_default();
    let wordy = |char: Option<char>| char.is_some_and(char::is_alphanumeric);
    let joined_before = wordy(before.chars().next_back()) && wordy(inside.chars().next());
    let joined_after = wordy(after.chars().next()) && wordy(inside.chars().next_back());
    !joined_before && !joined_after
}

#[cfg(test)]
mod tests {
    use super::*;

    fn places(phrases: &[&str], text: &str) -> Vec<(usize, usize)> {
        Phrases::new(phrases.iter().map(|phrase| (*phrase).to_owned()).collect()).places(text)
    }

    #[test]
    fn all_phrases_are_found_in_the_order_of_the_text() {
        assert_eq!(places(&["back", "low back", ""], "low back; backs"), [(0, 8), (4, 8)]);
    }

    #[test]
    fn a_phrase_that_overlaps_itself_is_found_from_left_to_right() {
        let text = "no no no";
        assert_eq!(places(&["no no"], text), [(0, 5)]);
        let one_by_one: Vec<_> = text.match_indices("no no").map(|(at, _)| (at, at + 5)).collect();
        assert_eq!(one_by_one, [(0, 5)]);
    }

    #[test]
    fn any_says_whether_there_are_places() {
        let list = Phrases::new(vec!["mri".to_owned(), "no no".to_owned()]);
        assert!(list.any("an mri"));
        assert!(!list.any("mrix"));
        assert!(!Phrases::default().any("mri"));
    }
}
