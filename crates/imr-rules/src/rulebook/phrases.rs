//! Phrases that are looked for together, as whole words.
//!
//! All phrases of a list are tried at once wherever a word begins, so that a longer list costs no more. What is found is what
//! looking for one phrase after the other would find: a phrase that overlaps itself is found once.

use std::collections::BTreeMap;
use std::ops::Deref;

use imr_letter::Slice;
use imr_letter::first_words::FirstWords;
use imr_letter::prefixes::Prefixes;
use serde::{Deserialize, Serialize};

/// A list of phrases in lower case. Two are the same when their phrases are.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Phrases {
    list: Vec<String>,
    /// The distinct phrases, sorted, with how often each is listed.
    counts: Vec<usize>,
    sought: Prefixes,
    /// Whether a phrase can overlap itself from one word to another ("no no"). Then it counts also where it stands inside of a
    /// word, because it takes its place from the next.
    overlapping: bool,
}

/// A phrase by number, its first byte and the one past the last.
type Hit = (usize, usize, usize);

impl Phrases {
    /// Phrases in lower case; an empty one is never found.
    pub fn new(list: Vec<String>) -> Self {
        let mut sorted: Vec<&str> =
            list.iter().map(String::as_str).filter(|it| !it.is_empty()).collect();
        sorted.sort_unstable();
        let groups = || sorted.chunk_by(|one, next| one == next);
        let distinct: Vec<&str> = groups().filter_map(|group| group.first().copied()).collect();
        let sought = Prefixes::new(&distinct, |byte| byte.to_ascii_lowercase());
        let counts = groups().map(<[&str]>::len).collect();
        let overlapping = distinct.iter().any(|phrase| overlaps_itself(phrase));
        Self { list, counts, sought, overlapping }
    }

    /// Where the phrases stand in a text in lower case as whole words: first byte and the one past the last, sorted.
    pub(crate) fn places(&self, text: &str) -> Vec<(usize, usize)> {
        let mut found =
            hits(&self.sought, text, Slice::new(0, text.len()), self.overlapping, |_, _| true);
        if self.overlapping {
            found.sort_unstable();
            let mut free = (usize::MAX, 0);
            found.retain(|&(phrase, start, end)| {
                let again = free.0 == phrase && start < free.1;
                if !again {
                    free = (phrase, end);
                }
                !again
            });
        }
        found.retain(|(_, start, end)| stands_alone(text, *start, *end));
        let count = |phrase: usize| self.counts.get(phrase).copied().unwrap_or_default();
        let places = found
            .into_iter()
            .flat_map(|(phrase, start, end)| std::iter::repeat_n((start, end), count(phrase)));
        let mut places: Vec<(usize, usize)> = places.collect();
        places.sort_unstable();
        places
    }

    /// Whether any of the phrases stands in a text in lower case as whole words.
    pub(crate) fn any(&self, text: &str) -> bool {
        !self.places(text).is_empty()
    }

    /// Whether a phrase can take its place from another occurrence of itself.
    pub(crate) fn overlapping(&self) -> bool {
        self.overlapping
    }
}

/// Every match that begins in a part, from left to right, letter case aside; those inside of words only when they are `wanted`.
/// Of words that no phrase begins with, which `first` tells, none does.
fn hits(
    sought: &Prefixes,
    text: &str,
    part: Slice,
    wanted: bool,
    first: impl Fn(&[u8], usize) -> bool,
) -> Vec<Hit> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    let mut start = part.start;
    while let Some(byte) = bytes.get(start).filter(|_| start < part.end) {
        let rest = bytes.get(start..).unwrap_or_default();
        let mut length = 1;
        let whole = byte.is_ascii_alphanumeric() && !wanted;
        if whole {
            length = rest.iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
        }
        if !whole || first(rest, length) {
            sought.of(rest, |length, phrase| found.push((phrase, start, start + length)));
        }
        start += length;
    }
    found
}

/// Several lists that are looked for in one pass, each under its number. Of a list with a phrase that can overlap itself, every
/// place of a phrase is found, also those that take it from one another.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Together {
    sought: Prefixes,
    first: FirstWords,
    /// The lists that have each phrase, as often as they list it.
    lists: Vec<Vec<usize>>,
}

/// A phrase of a list: the list's number, the first byte and the one past the last.
pub(crate) type Listed = (usize, usize, usize);

impl Together {
    /// These lists with their numbers.
    pub(crate) fn new<'l>(lists: impl Iterator<Item = (usize, &'l Phrases)>) -> Self {
        let mut having: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (number, list) in lists {
            for phrase in list.iter().filter(|phrase| !phrase.is_empty()) {
                having.entry(phrase).or_default().push(number);
            }
        }
        let (phrases, lists): (Vec<&str>, Vec<_>) = having.into_iter().unzip();
        let first = FirstWords::of(&phrases, u8::is_ascii_alphanumeric);
        Self { sought: Prefixes::new(&phrases, |byte| byte.to_ascii_lowercase()), first, lists }
    }

    /// Where the phrases of all lists stand as whole words that begin in a part of a text, ASCII letter case aside; sorted.
    pub(crate) fn places(&self, text: &str, part: Slice) -> Vec<Listed> {
        let mut hits =
            hits(&self.sought, text, part, false, |text, length| self.first.may_have(text, length));
        hits.retain(|(_, start, end)| stands_alone(text, *start, *end));
        let lists = |phrase: usize| self.lists.get(phrase).map(Vec::as_slice).unwrap_or_default();
        // Hits are sorted by place: each list takes its own in turn, which is faster than sorting.
        let mut free: Vec<usize> = Vec::new();
        for list in hits.iter().flat_map(|(phrase, ..)| lists(*phrase)) {
            if free.len() <= *list {
                free.resize(list + 1, 0);
            }
            if let Some(count) = free.get_mut(*list) {
                *count += 1;
            }
        }
        let mut all = 0;
        for free in &mut free {
            all += std::mem::replace(free, all);
        }
        let mut found = vec![(0, 0, 0); all];
        for (phrase, start, end) in hits {
            for list in lists(phrase) {
                let Some(at) = free.get_mut(*list) else { continue };
                if let Some(place) = found.get_mut(*at) {
                    *place = (*list, start, end);
                }
                *at += 1;
            }
        }
        found
    }
}

/// Whether a phrase ends as it begins, from the beginning of a word on.
fn overlaps_itself(phrase: &str) -> bool {
    let ends = phrase.char_indices().skip(1).map(|(at, _)| phrase.split_at(at));
    let mut borders = ends.filter(|(_, end)| phrase.starts_with(end));
    borders.any(|(before, end)| {
        let wordy = |char: Option<char>| char.is_some_and(char::is_alphanumeric);
        !(wordy(before.chars().next_back()) && wordy(end.chars().next()))
    })
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
fn stands_alone(text: &str, start: usize, end: usize) -> bool {
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
        assert_eq!(places(&["back", "back"], "back"), [(0, 4), (0, 4)]);
    }

    #[test]
    fn a_phrase_that_overlaps_itself_is_found_from_left_to_right() {
        let text = "no no no";
        assert_eq!(places(&["no no"], text), [(0, 5)]);
        assert!(
            places(&["no no"], "xno no no").is_empty(),
            "the first takes the place of the other"
        );
        assert_eq!(places(&["sas"], "sasas sas"), [(6, 9)]);
        let one_by_one: Vec<_> = text.match_indices("no no").map(|(at, _)| (at, at + 5)).collect();
        assert_eq!(one_by_one, [(0, 5)]);
    }

    #[test]
    fn lists_that_are_looked_for_together_are_found_as_each_by_itself() {
        let of = |words: &[&str]| Phrases::new(words.iter().map(|&word| word.to_owned()).collect());
        let lists = [of(&["back", "low back"]), of(&["back", "back", ""]), of(&["no no"])];
        let text = "Low Back; backs, no no";
        let found = Together::new(lists.iter().enumerate()).places(text, Slice::new(0, text.len()));
        let single = lists.iter().enumerate().flat_map(|(number, list)| {
            let places = list.places(&text.to_lowercase()).into_iter();
            places.map(move |(start, end)| (number, start, end))
        });
        assert_eq!(found, single.collect::<Vec<_>>());
        assert_eq!(found.len(), 5);
        let again = Together::new(lists.iter().enumerate()).places("no no no", Slice::new(0, 8));
        assert_eq!(again, [(2, 0, 5), (2, 3, 8)], "both places, although they overlap");
    }

    #[test]
    fn any_says_whether_there_are_places() {
        let list = Phrases::new(vec!["mri".to_owned(), "no no".to_owned()]);
        assert!(list.any("an mri"));
        assert!(!list.any("mrix"));
        assert!(!Phrases::default().any("mri"));
    }
}
