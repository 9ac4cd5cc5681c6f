//! Finding the words: one trie over all of them.
//!
//! Texts and words are folded the same way before they are compared: ASCII letters in lower case, hyphen and
//! slash as a space, each byte staying where it is, so that a match needs no map back. "post-operative",
//! "Post Operative" and "post/operative" are one word; the price is that a word cannot be told apart by its
//! hyphen. At every place where a word may begin all words are tried; those that do not end on a word boundary are
//! dropped before the longest is chosen, because a long word that fails its boundary must not hide a short one.

use serde::{Deserialize, Serialize};

use crate::prefixes::Prefixes;
use crate::span::Slice;

/// Folded words and what each means.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Scanner<T> {
    words: Prefixes,
    /// The meanings of all words, those of each in a row.
    meanings: Vec<T>,
    /// Where the meanings of each word end; those of the next begin there.
    ends: Vec<usize>,
}

impl<T> Default for Scanner<T> {
    fn default() -> Self {
        Self { words: Prefixes::default(), meanings: Vec::new(), ends: Vec::new() }
    }
}

/// A word found in a text, with what it means.
#[derive(Clone, Debug)]
pub(crate) struct Found<T> {
    /// Where it stands.
    pub(crate) slice: Slice,
    /// What it means; a word with several meanings is found several times at one place.
    pub(crate) meaning: T,
}

impl<T: Copy + PartialEq> Scanner<T> {
    /// A scanner for the words; empty words are ignored.
    pub(crate) fn new(words: impl IntoIterator<Item = (String, T)>) -> Self {
        let spelled = words.into_iter().flat_map(|(word, meaning)| {
            spellings(&word).into_iter().map(move |spelling| (spelling, meaning))
        });
        let mut all: Vec<(String, T)> = spelled.collect();
        all.sort_by(|(one, _), (other, _)| one.cmp(other));
        let (mut words, mut meanings, mut ends) = (Vec::new(), Vec::new(), Vec::new());
        for group in all.chunk_by(|(one, _), (next, _)| one == next) {
            words.extend(group.first().map(|(word, _)| word.as_str()));
            let before = meanings.len();
            for (_, meaning) in group {
                // "mid-back" and "mid back" fold to one word.
                if !meanings.get(before..).unwrap_or_default().contains(meaning) {
                    meanings.push(*meaning);
                }
            }
            ends.push(meanings.len());
        }
        Self { words: Prefixes::new(&words), meanings, ends }
    }

    /// What a word means, by its number.
    fn meanings(&self, word: usize) -> &[T] {
        let start = word.checked_sub(1).map_or(Some(0), |before| self.ends.get(before).copied());
        let range = start.zip(self.ends.get(word).copied());
        range.and_then(|(start, end)| self.meanings.get(start..end)).unwrap_or_default()
    }

    /// The longest words of the kind that `wanted` accepts, from left to right, without overlaps. `base` is added
    /// to every position.
    pub(crate) fn scan(
        &self,
        text: &str,
        base: usize,
        wanted: impl Fn(&T) -> bool,
    ) -> Vec<Found<T>> {
        let bytes = text.as_bytes();
        let mut found = Vec::new();
        let mut at = 0;
        while let Some(rest) = bytes.get(at..).filter(|rest| !rest.is_empty()) {
            let mut best: Option<(usize, &[T])> = None;
            if begins_word(bytes, at) {
                self.words.of(rest, folded, |length, word| {
                    let meanings = self.meanings(word);
                    let longer = |end: &usize| best.is_none_or(|(known, _)| *end > known);
                    if meanings.iter().any(&wanted)
                        && let Some(end) = word_end(bytes, at + length).filter(longer)
                    {
                        best = Some((end, meanings));
                    }
                });
            }
            let Some((end, meanings)) = best else {
                at += 1;
                continue;
            };
            let slice = Slice::new(base + at, base + end);
            let of_kind = meanings.iter().filter(|meaning| wanted(meaning));
            found.extend(of_kind.map(|meaning| Found { slice, meaning: *meaning }));
            at = end;
        }
        found
    }
}

/// A text with ASCII letters in lower case and its hyphens and slashes as spaces, byte for byte.
pub(crate) fn fold(text: &str) -> String {
    // Only ASCII changes, to ASCII: it stays valid.
    String::from_utf8(text.bytes().map(folded).collect()).unwrap_or_default()
}

fn folded(byte: u8) -> u8 {
    match byte {
        b'-' | b'/' | b'_' => b' ',
        byte => byte.to_ascii_lowercase(),
    }
}

/// The folded spellings of one word: with "&" also as "and".
fn spellings(word: &str) -> Vec<String> {
    let folded = fold(word.trim());
    if folded.is_empty() {
        return Vec::new();
    }
    if folded.contains(" & ") {
        return vec![folded.replace(" & ", " and "), folded];
    }
    vec![folded]
}

/// Whether a word may begin at a place: what stands before is no part of the same word.
fn begins_word(text: &[u8], at: usize) -> bool {
    let before = at.checked_sub(1).and_then(|before| text.get(before)).copied();
    text.get(at).is_some_and(|first| !glued(before, *first))
}

/// The end of the word that matched up to `end` (a plural "s" belongs to it), or `None` when the match is a part of
/// another word.
fn word_end(text: &[u8], end: usize) -> Option<usize> {
    let last = end.checked_sub(1).and_then(|at| text.get(at)).copied()?;
    let after = text.get(end).copied();
    if !glued(after, last) {
        return Some(end);
    }
    let plural = after.is_some_and(|byte| byte.eq_ignore_ascii_case(&b's'))
        && !text.get(end + 1).is_some_and(u8::is_ascii_alphanumeric);
    plural.then_some(end + 1)
}

/// Whether a neighbouring byte belongs to the same word or number as a byte at the edge of a match.
fn glued(neighbour: Option<u8>, edge: u8) -> bool {
    neighbour.is_some_and(|byte| {
        (edge.is_ascii_alphabetic() && byte.is_ascii_alphabetic())
            || (edge.is_ascii_digit() && byte.is_ascii_digit())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(scanner: &Scanner<u8>, text: &str) -> Vec<(usize, usize, u8)> {
        scanner
            .scan(text, 0, |_| true)
            .into_iter()
            .map(|f| (f.slice.start, f.slice.end, f.meaning))
            .collect()
    }

    #[test]
    fn the_longest_word_on_a_boundary_wins_and_case_and_hyphens_do_not_matter() {
        let scanner =
            Scanner::new([("back".into(), 1), ("low back".into(), 2), ("post-op".into(), 3)]);
        assert_eq!(
            words(&scanner, "Low-Back, backs, Post op, feedback"),
            [(0, 8, 2), (10, 15, 1), (17, 24, 3)]
        );
    }

    #[test]
    fn a_long_word_that_fails_its_boundary_does_not_hide_a_short_one() {
        let scanner = Scanner::new([("chiro".into(), 1), ("chiro care".into(), 2)]);
        assert_eq!(words(&scanner, "chiro careful"), [(0, 5, 1)]);
    }

    #[test]
    fn a_number_may_be_glued_to_a_word() {
        let scanner = Scanner::new([("mg".into(), 1)]);
        assert_eq!(words(&scanner, "10mg 10mgs mgx"), [(2, 4, 1), (7, 10, 1)]);
    }

    #[test]
    fn an_empty_vocabulary_finds_nothing() {
        assert!(words(&Scanner::default(), "anything").is_empty());
        assert!(words(&Scanner::new([(String::new(), 1)]), "anything").is_empty());
    }

    #[test]
    fn an_ampersand_is_also_read_as_and() {
        let scanner = Scanner::new([("neck & back".into(), 1)]);
        assert_eq!(words(&scanner, "neck and back; neck & back").len(), 2);
    }
}
