//! Finding the words: one trie over all of them.
//!
//! Texts and words are folded the same way before they are compared: ASCII letters in lower case, hyphen and
//! slash as a space, each byte staying where it is, so that a match needs no map back. "post-operative",
//! "Post Operative" and "post/operative" are one word; the price is that a word cannot be told apart by its
//! hyphen. At every place where a word may begin all words are tried; those that do not end on a word boundary are
//! dropped before the longest is chosen, because a long word that fails its boundary must not hide a short one.

use serde::{Deserialize, Serialize};

use crate::first_words::FirstWords;
use crate::prefixes::Prefixes;
use crate::span::Slice;

/// Folded words and what each means.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Scanner<T> {
    words: Prefixes,
    /// Their first runs of letters.
    first: FirstWords,
    /// The meanings of all words, those of each in a row.
    meanings: Vec<T>,
    /// Where the meanings of each word end; those of the next begin there.
    ends: Vec<usize>,
}

impl<T> Default for Scanner<T> {
    fn default() -> Self {
        let (words, first, meanings, ends) = Default::default();
        Self { words, first, meanings, ends }
    }
}

/// Every word of a part of a text that stands alone, whatever its kind: what each reader then picks from.
#[derive(Clone, Debug, Default)]
pub struct Terms {
    part: Slice,
    /// In the order of the text, the shorter of two that begin at one place first.
    hits: Vec<Hit>,
}

/// A word of a text: its place and its number.
#[derive(Clone, Copy, Debug)]
struct Hit {
    slice: Slice,
    word: usize,
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
        let first = FirstWords::of(&words, u8::is_ascii_alphabetic);
        Self { words: Prefixes::new(&words, folded), first, meanings, ends }
    }

    /// What a word means, by its number.
    fn meanings(&self, word: usize) -> &[T] {
        let start = word.checked_sub(1).map_or(Some(0), |before| self.ends.get(before).copied());
        let range = start.zip(self.ends.get(word).copied());
        range.and_then(|(start, end)| self.meanings.get(start..end)).unwrap_or_default()
    }

    /// Every word that begins in a part of a text.
    pub(crate) fn terms(&self, text: &str, part: Slice) -> Terms {
        let bytes = text.as_bytes();
        let mut hits = Vec::with_capacity(part.len() / USUAL_TERM);
        let mut at = part.start;
        while let Some(first) = bytes.get(at).filter(|_| at < part.end) {
            let rest = bytes.get(at..).unwrap_or_default();
            let same = |wordy: fn(&u8) -> bool| rest.iter().take_while(|byte| wordy(byte)).count();
            let length = match first {
                b'0'..=b'9' => same(u8::is_ascii_digit),
                b'a'..=b'z' | b'A'..=b'Z' => same(u8::is_ascii_alphabetic),
                _ => 1,
            };
            if !first.is_ascii_alphabetic() || self.begins(rest, length) {
                self.words.of(rest, |length, word| {
                    let end = word_end(bytes, at + length);
                    hits.extend(end.map(|end| Hit { slice: Slice::new(at, end), word }));
                });
            }
            // What follows in the same word or number begins no other.
            at += length;
        }
        Terms { part, hits }
    }

    /// Whether the run of letters at the start of a text, or what it is the plural of, may begin a word.
    fn begins(&self, text: &[u8], length: usize) -> bool {
        let plural = || match length.checked_sub(1).map(|one| (one, text.get(one))) {
            Some((one, Some(b's' | b'S'))) => self.first.may_have(text, one),
            _ => false,
        };
        self.first.may_have(text, length) || plural()
    }

    /// The longest words of the kind that `wanted` accepts, from left to right, without overlaps. `base` is added
    /// to every position.
    pub(crate) fn scan(
        &self,
        text: &str,
        base: usize,
        wanted: impl Fn(&T) -> bool,
    ) -> Vec<Found<T>> {
        let mut found =
            self.pick(&self.terms(text, Slice::new(0, text.len())).hits, text.len(), wanted);
        for one in &mut found {
            one.slice = Slice::new(base + one.slice.start, base + one.slice.end);
        }
        found
    }

    /// The same in a part of a text whose words are known.
    pub(crate) fn scan_known(
        &self,
        text: &str,
        terms: &Terms,
        part: Slice,
        wanted: impl Fn(&T) -> bool,
    ) -> Vec<Found<T>> {
        // What is left of a word that the part cuts in two may be another word.
        let cut = cuts_word(text, part.start) || cuts_word(text, part.end);
        if cut || !terms.part.contains(part) {
            let words = text.get(part.start..part.end).unwrap_or_default();
            return self.scan(words, part.start, wanted);
        }
        let from = terms.hits.partition_point(|hit| hit.slice.start < part.start);
        self.pick(terms.hits.get(from..).unwrap_or_default(), part.end, wanted)
    }

    /// The longest words of a kind up to an end, from left to right, without overlaps.
    fn pick(&self, hits: &[Hit], end: usize, wanted: impl Fn(&T) -> bool) -> Vec<Found<T>> {
        let mut found = Vec::new();
        let mut best: Option<(Slice, &[T])> = None;
        let mut take = |best: &mut Option<(Slice, &[T])>| {
            let Some((slice, meanings)) = best.take() else { return 0 };
            let of_kind = meanings.iter().filter(|meaning| wanted(meaning));
            found.extend(of_kind.map(|meaning| Found { slice, meaning: *meaning }));
            slice.end
        };
        let mut free = 0;
        for hit in hits.iter().take_while(|hit| hit.slice.start < end) {
            if best.is_some_and(|(known, _)| known.start != hit.slice.start) {
                free = take(&mut best);
            }
            let longer = best.is_none_or(|(known, _)| hit.slice.end > known.end);
            if longer && hit.slice.start >= free && hit.slice.end <= end {
                let meanings = self.meanings(hit.word);
                if meanings.iter().any(&wanted) {
                    best = Some((hit.slice, meanings));
                }
            }
        }
        take(&mut best);
        found
    }
}

/// Whether a place lies inside of what may be one word.
fn cuts_word(text: &str, at: usize) -> bool {
    let bytes = text.as_bytes();
    let wordy = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_alphanumeric);
    wordy(at) && at.checked_sub(1).is_some_and(wordy)
}

/// Of so many bytes one begins a word of the vocabulary.
const USUAL_TERM: usize = 16;

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
    fn a_part_of_a_known_text_is_read_like_a_text_of_its_own() {
        let scanner = Scanner::new([
            ("back".into(), 1),
            ("low back".into(), 2),
            ("low".into(), 3),
            ("mg".into(), 4),
            ("back pain".into(), 5),
        ]);
        let text = "low back pain, backs2 10mgs low";
        let terms = scanner.terms(text, Slice::new(4, text.len() - 4));
        for start in 0..=text.len() {
            for end in start..=text.len() {
                let seen = |found: Vec<Found<u8>>| -> Vec<(Slice, u8)> {
                    found.into_iter().map(|one| (one.slice, one.meaning)).collect()
                };
                for kind in [1_u8, 3, 5] {
                    let wanted = |meaning: &u8| *meaning >= kind;
                    let known = scanner.scan_known(text, &terms, Slice::new(start, end), wanted);
                    let own = scanner.scan(text.get(start..end).unwrap(), start, wanted);
                    assert_eq!(seen(known), seen(own), "{start}..{end} {kind}");
                }
            }
        }
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
