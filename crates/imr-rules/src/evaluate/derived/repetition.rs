//! A passage that stands twice in one rationale.
//!
//! Twelve words in the same order are no accident, except where they name the requested item: a long heading is
//! rightly repeated. Two sentences in a row that end alike are shorter and still a slip of the pen, and so are two long
//! sentences that differ in a word or two.

use std::cell::OnceCell;
use std::collections::BTreeSet;
use std::hash::BuildHasher;

use imr_letter::{Document, Slice};
use rustc_hash::{FxBuildHasher, FxHashMap};

use super::super::world::World;
use super::passages;

/// How many equal words in a row make a repetition.
const RUN: usize = 12;

/// An odd number with bits all over it.
const FACTOR: u64 = 0x9e37_79b9_7f4a_7c15;

/// How many equal words are followed at most.
const LONGEST: usize = 400;

/// Equal words in a row must be this share of each of the sentences that they stand in, in percent. Less is a title or a
/// definition that is named twice.
const SHARE: usize = 80;

/// How many equal last words make a repetition of two sentences in a row.
const TAIL: usize = 6;

/// Both places of the first passage that stands twice in the rationale.
pub(super) fn repeated_text(world: &World<'_>) -> Vec<Slice> {
    let Some(rationale) = world.case.decision.rationale else { return Vec::new() };
    // A determination that is one narrative states its findings and its result in the same words by its form.
    if world.case.document.summary.is_none_or(|summary| rationale.contains(summary)) {
        return Vec::new();
    }
    let sentences = passages::sentences(world, rationale);
    let text = Text::new(world, rationale);
    text.repeated_run(&sentences)
        .or_else(|| text.repeated_tail(&sentences))
        .or_else(|| text.nearly_repeated(&sentences))
        .map(|(first, second)| vec![first, second])
        .unwrap_or_default()
}

/// A word by number: the same words have the same, letter case aside, and others hardly ever.
type Word = u64;

/// A passage as words.
struct Text<'c> {
    document: &'c Document,
    places: Vec<Slice>,
    words: Vec<Word>,
    /// Words with a digit.
    numbers: BTreeSet<Word>,
    /// Where the heading stands.
    heading: Slice,
    /// Its words, once something is repeated.
    heading_words: OnceCell<BTreeSet<Word>>,
}

/// The number of a word, with room to write it in lower case.
fn number_of(written: &str, lower: &mut String) -> Word {
    lower.clear();
    if written.is_ascii() {
        lower.push_str(written);
        lower.make_ascii_lowercase();
    } else {
        lower.extend(written.chars().flat_map(char::to_lowercase));
    }
    FxBuildHasher.hash_one(lower)
}

impl<'c> Text<'c> {
    fn new(world: &World<'c>, passage: Slice) -> Self {
        let document = world.case.document;
        let mut numbers = BTreeSet::new();
        let mut lower = String::new();
        let numbered = |slice: &Slice| {
            let written = document.words(*slice);
            let number = number_of(written, &mut lower);
            if written.bytes().any(|byte| byte.is_ascii_digit()) {
                numbers.insert(number);
            }
            number
        };
        let places = passages::words(document, passage);
        let words = places.iter().map(numbered).collect();
        let heading = world.case.decision.heading.slice;
        Self { document, places, words, numbers, heading, heading_words: OnceCell::new() }
    }

    fn in_heading(&self, word: Word) -> bool {
        let words = || {
            let mut lower = String::new();
            let places = passages::words(self.document, self.heading);
            let written = places.iter().map(|place| self.document.words(*place));
            written.map(|written| number_of(written, &mut lower)).collect()
        };
        self.heading_words.get_or_init(words).contains(&word)
    }

    fn repeated_run(&self, sentences: &[Slice]) -> Option<(Slice, Slice)> {
        let mut seen: FxHashMap<Word, usize> = FxHashMap::default();
        seen.reserve(self.words.len());
        for (at, run) in self.runs().enumerate() {
            match seen.get(&run) {
                Some(&first) if at >= first + RUN => {
                    let length = self.length(first, at);
                    if length < RUN {
                        continue;
                    }
                    let (one, other) = (self.place(first, length)?, self.place(at, length)?);
                    let whole = [one, other].into_iter().all(|run| fills(sentences, run));
                    if whole && self.tells(self.words.get(at..at + length).unwrap_or_default()) {
                        return Some((one, other));
                    }
                }
                Some(_) => {}
                None => {
                    seen.insert(run, at);
                }
            }
        }
        None
    }

    /// A number for every run of words: the same runs have the same, and others hardly ever. Each follows from the one before.
    fn runs(&self) -> impl Iterator<Item = Word> {
        let leaving = (1..RUN).fold(FACTOR, |power, _| power.wrapping_mul(FACTOR));
        let mut sum: Word = 0;
        let before = std::iter::repeat_n(0, RUN).chain(self.words.iter().copied());
        let sums = self.words.iter().zip(before).map(move |(word, gone)| {
            sum = sum.wrapping_mul(FACTOR).wrapping_add(*word);
            sum = sum.wrapping_sub(gone.wrapping_mul(leaving));
            sum
        });
        sums.skip(RUN - 1)
    }

    /// How many words from both places on are equal.
    fn length(&self, first: usize, second: usize) -> usize {
        let pairs = self.words.iter().skip(first).zip(self.words.iter().skip(second));
        pairs.take((second - first).min(LONGEST)).take_while(|(a, b)| a == b).count()
    }

    /// Whether most of these words are others than those of the heading.
    fn tells(&self, run: &[Word]) -> bool {
        let named = run.iter().filter(|word| self.in_heading(**word)).count();
        named * 2 < run.len()
    }

    fn place(&self, at: usize, length: usize) -> Option<Slice> {
        let (first, last) = (self.places.get(at)?, self.places.get(at + length - 1)?);
        Some(Slice::new(first.start, last.end))
    }

    /// The words of a sentence.
    fn within(&self, sentence: Slice) -> &[Word] {
        let from = self.places.partition_point(|place| place.start < sentence.start);
        let to = self.places.partition_point(|place| place.start < sentence.end);
        self.words.get(from..to).unwrap_or_default()
    }

    /// Two long sentences of which nearly all words are the same.
    fn nearly_repeated(&self, sentences: &[Slice]) -> Option<(Slice, Slice)> {
        let texts =
            sentences.iter().take(COMPARED).map(|sentence| (*sentence, self.within(*sentence)));
        let texts = texts.filter(|(_, words)| words.len() >= LONG);
        let long: Vec<(Slice, &[Word], Vec<Word>)> =
            texts.map(|(place, words)| (place, words, distinct(words))).collect();
        long.iter().enumerate().find_map(|(at, (place, _, words))| {
            let later = long.iter().skip(at + 1);
            let mut same =
                later.filter(|(_, all, other)| self.alike(words, other) && self.tells(all));
            same.next().map(|(other, _, _)| (*place, *other))
        })
    }

    /// Whether nearly all words of two sets are the same. Numbers that differ make two facts of two sentences.
    fn alike(&self, one: &[Word], other: &[Word]) -> bool {
        let (fewer, more) = (one.len().min(other.len()), one.len().max(other.len()));
        if fewer * 100 < more * ALIKE {
            return false;
        }
        let alone = |words: &[Word], others: &[Word]| -> Vec<Word> {
            let own = words.iter().filter(|word| others.binary_search(word).is_err());
            own.copied().collect()
        };
        let own = alone(one, other);
        let shared = one.len() - own.len();
        let all = one.len() + other.len() - shared;
        shared * 100 >= all * ALIKE
            && own.iter().chain(&alone(other, one)).all(|word| !self.numbers.contains(word))
    }

    /// Two sentences in a row that end in the same words.
    fn repeated_tail(&self, sentences: &[Slice]) -> Option<(Slice, Slice)> {
        sentences.iter().zip(sentences.iter().skip(1)).find_map(|(first, second)| {
            let (one, other) = (self.within(*first), self.within(*second));
            let pairs = one.iter().rev().zip(other.iter().rev());
            let equal = pairs.take_while(|(a, b)| a == b).count();
            let half = equal * 2 >= one.len().min(other.len())
                && equal * 5 >= one.len().max(other.len()) * 2;
            let tail = other.get(other.len() - equal..).unwrap_or_default();
            (equal >= TAIL && half && self.tells(tail)).then_some((*first, *second))
        })
    }
}

/// The words of a sentence, each once and sorted.
fn distinct(words: &[Word]) -> Vec<Word> {
    let mut distinct = words.to_vec();
    distinct.sort_unstable();
    distinct.dedup();
    distinct
}

/// Whether a run takes up most of the first sentence that it reaches far into.
fn fills(sentences: &[Slice], run: Slice) -> bool {
    passages::around(sentences, run).any(|sentence| {
        let shared = Slice::new(sentence.start.max(run.start), sentence.end.min(run.end));
        shared.len() * 100 >= sentence.len() * SHARE
    })
}

/// Sentences that are compared with each other at most.
const COMPARED: usize = 80;

/// Shorter sentences are alike by chance.
const LONG: usize = 14;

/// Words that nearly equal sentences have in common, in percent of all their words.
const ALIKE: usize = 85;
