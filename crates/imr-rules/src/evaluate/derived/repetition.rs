//! A passage that stands twice in one rationale.
//!
//! Twelve words in the same order are no accident, except where they name the requested item: a long heading is
//! rightly repeated. Two sentences in a row that end alike are shorter and still a slip of the pen, and so are two long
//! sentences that differ in a word or two.

use std::collections::{BTreeSet, HashMap};

use imr_letter::Slice;

use super::super::world::World;
use super::passages;

/// How many equal words in a row make a repetition.
const RUN: usize = 12;

/// How many equal words are followed at most.
const LONGEST: usize = 400;

/// Equal words in a row must be this share of each of the sentences that they stand in, in percent. Less is a title or a
/// definition that is named twice.
const SHARE: usize = 80;

/// How many equal last words make a repetition of two sentences in a row.
const TAIL: usize = 7;

/// Both places of the first passage that stands twice in the rationale.
pub(super) fn repeated_text(world: &World<'_>) -> Vec<Slice> {
    let Some(rationale) = world.case.decision.rationale else { return Vec::new() };
    // A determination that is one narrative states its findings and its result in the same words by its form.
    if world.case.document.summary.is_none_or(|summary| rationale.contains(summary)) {
        return Vec::new();
    }
    let text = Text::new(world, rationale);
    text.repeated_run(&passages::sentences(world.case.document, rationale))
        .or_else(|| repeated_tail(world, rationale))
        .or_else(|| nearly_repeated(world, rationale))
        .map(|(first, second)| vec![first, second])
        .unwrap_or_default()
}

/// A passage as words.
struct Text {
    places: Vec<Slice>,
    words: Vec<String>,
    /// The words of the heading.
    heading: Vec<String>,
}

impl Text {
    fn new(world: &World<'_>, passage: Slice) -> Self {
        let document = world.case.document;
        let lower = |slices: &[Slice]| -> Vec<String> {
            slices.iter().map(|slice| document.words(*slice).to_lowercase()).collect()
        };
        let places = passages::words(document, passage);
        let words = lower(&places);
        let heading = lower(&passages::words(document, world.case.decision.heading.slice));
        Self { places, words, heading }
    }

    fn repeated_run(&self, sentences: &[Slice]) -> Option<(Slice, Slice)> {
        let mut seen: HashMap<&[String], usize> = HashMap::new();
        for (at, run) in self.words.windows(RUN).enumerate() {
            match seen.get(run) {
                Some(&first) if at >= first + RUN => {
                    let length = self.length(first, at);
                    let (one, other) = (self.place(first, length)?, self.place(at, length)?);
                    let whole = [one, other].into_iter().all(|run| fills(sentences, run));
                    if whole && self.tells(at, length) {
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

    /// How many words from both places on are equal.
    fn length(&self, first: usize, second: usize) -> usize {
        let pairs = self.words.iter().skip(first).zip(self.words.iter().skip(second));
        pairs.take((second - first).min(LONGEST)).take_while(|(a, b)| a == b).count()
    }

    /// Whether most words are others than those of the heading.
    fn tells(&self, at: usize, length: usize) -> bool {
        let run = self.words.get(at..at + length).unwrap_or_default();
        let named = run.iter().filter(|word| self.heading.contains(word)).count();
        named * 2 < run.len()
    }

    fn place(&self, at: usize, length: usize) -> Option<Slice> {
        let (first, last) = (self.places.get(at)?, self.places.get(at + length - 1)?);
        Some(Slice::new(first.start, last.end))
    }
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

/// Two long sentences of which nearly all words are the same.
fn nearly_repeated(world: &World<'_>, rationale: Slice) -> Option<(Slice, Slice)> {
    let sentences = passages::sentences(world.case.document, rationale);
    let texts =
        sentences.iter().take(COMPARED).map(|sentence| (*sentence, Text::new(world, *sentence)));
    let long: Vec<(Slice, Text)> = texts.filter(|(_, text)| text.words.len() >= LONG).collect();
    let alike = |one: &Text, other: &Text| {
        let (one, other): (BTreeSet<_>, BTreeSet<_>) =
            (one.words.iter().collect(), other.words.iter().collect());
        let shared = one.intersection(&other).count();
        // Numbers that differ make two facts of two sentences.
        let numbers = |words: &BTreeSet<&String>| -> Vec<String> {
            let digits = words.iter().filter(|word| word.bytes().any(|byte| byte.is_ascii_digit()));
            digits.map(|word| (*word).clone()).collect()
        };
        shared * 100 >= one.union(&other).count() * ALIKE && numbers(&one) == numbers(&other)
    };
    long.iter().enumerate().find_map(|(at, (place, text))| {
        let later = long.iter().skip(at + 1);
        let mut same =
            later.filter(|(_, other)| alike(text, other) && other.tells(0, other.words.len()));
        same.next().map(|(other, _)| (*place, *other))
    })
}

/// Words that nearly equal sentences have in common, in percent of all their words.
const ALIKE: usize = 85;

/// Two sentences in a row that end in the same words.
fn repeated_tail(world: &World<'_>, rationale: Slice) -> Option<(Slice, Slice)> {
    let sentences = passages::sentences(world.case.document, rationale);
    sentences.iter().zip(sentences.iter().skip(1)).find_map(|(first, second)| {
        let (one, other) = (Text::new(world, *first), Text::new(world, *second));
        let pairs = one.words.iter().rev().zip(other.words.iter().rev());
        let equal = pairs.take_while(|(a, b)| a == b).count();
        let half = equal * 2 >= one.words.len().min(other.words.len())
            && equal * 5 >= one.words.len().max(other.words.len()) * 2;
        let tells = equal >= TAIL && half && other.tells(other.words.len() - equal, equal);
        tells.then_some((*first, *second))
    })
}
