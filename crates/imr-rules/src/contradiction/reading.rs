//! What one part of a letter says about the topics, sentence by sentence.

use std::collections::BTreeSet;

use imr_letter::{Document, Slice, date};
use jiff::civil::Date;

use super::agreement::Sign;
use super::{Contradictions, Role, Statement};
use crate::criterion::Ground;
use crate::evidence::{
    Assertion, ConceptHit, LONGEST, Matched, Passage, Range, Source, Stance, Token, axes,
};

/// Words farther than this from a statement, in tokens, do not make it one about another fact.
const REACH: usize = 10;

/// One statement about a topic.
#[derive(Clone, Debug)]
pub(super) struct Said {
    pub(super) assertion: Assertion,
    /// The tokens of its words and their clause.
    place: Nearby,
    /// The words, with the cue that tells how they are meant.
    pub(super) slice: Slice,
    pub(super) sentence: usize,
    /// Whether it was found by the topic's own words.
    pub(super) worded: bool,
}

/// A sentence with what two statements are compared by.
#[derive(Clone, Debug, Default)]
pub(super) struct Sentence {
    pub(super) slice: Slice,
    /// Words for parts of the body.
    zones: Vec<(usize, Slice)>,
    pub(super) dates: Vec<Date>,
}

/// A range of tokens in a clause.
#[derive(Clone, Copy, Debug)]
struct Nearby {
    clause: usize,
    start: usize,
    end: usize,
}

impl Nearby {
    /// Whether two places of one clause lie within reach of each other.
    fn reaches(self, other: Self) -> bool {
        let between = self.start.max(other.start).saturating_sub(self.end.min(other.end));
        self.clause == other.clause && between <= REACH
    }
}

/// A part of a letter.
#[derive(Clone, Debug, Default)]
pub(super) struct Reading {
    said: Grouped<Said>,
    /// Words that make a statement within reach one about another fact, in order.
    voids: Grouped<Nearby>,
    /// Words that limit what stands within reach, in order.
    signs: Grouped<Nearby>,
    clauses: Vec<Stretch>,
    /// By their numbers.
    sentences: Vec<Sentence>,
}

/// Values under small numbers, those of each in the order in which they were added. Nothing is found before they are sorted. Each
/// value is moved once: there are hundreds in a letter, and they are large.
#[derive(Clone, Debug)]
struct Grouped<V> {
    added: Vec<(usize, V)>,
    values: Vec<V>,
    /// Where the values of each number end; those of the next begin there.
    ends: Vec<usize>,
}

impl<V> Default for Grouped<V> {
    fn default() -> Self {
        Self { added: Vec::new(), values: Vec::new(), ends: Vec::new() }
    }
}

impl<V: Clone> Grouped<V> {
    fn add(&mut self, number: usize, value: V) {
        self.added.push((number, value));
    }

    fn sort(&mut self) {
        let count = self.added.iter().map(|(number, _)| number + 1).max().unwrap_or_default();
        let mut free = vec![0; count + 1];
        for (number, _) in &self.added {
            if let Some(after) = free.get_mut(number + 1) {
                *after += 1;
            }
        }
        let mut sum = 0;
        for one in &mut free {
            sum += *one;
            *one = sum;
        }
        let mut order = vec![0; self.added.len()];
        for (at, (number, _)) in self.added.iter().enumerate() {
            if let Some(place) = free.get_mut(*number)
                && let Some(own) = order.get_mut(*place)
            {
                *own = at;
                *place += 1;
            }
        }
        let moved = order.into_iter().filter_map(|at| self.added.get(at));
        self.values = moved.map(|(_, value)| value.clone()).collect();
        self.added = Vec::new();
        // What was free is taken: where the values of a number began, they now end.
        self.ends = free;
    }

    fn of(&self, number: usize) -> &[V] {
        let Some(end) = self.ends.get(number) else { return &[] };
        let start = number.checked_sub(1).and_then(|before| self.ends.get(before)).unwrap_or(&0);
        self.values.get(*start..*end).unwrap_or_default()
    }
}

/// The number of a kind of statement about a topic.
fn kind(topic: usize, which: Statement) -> usize {
    2 * topic + which as usize
}

/// A clause.
#[derive(Clone, Copy, Debug)]
struct Stretch {
    slice: Slice,
    place: Nearby,
    sentence: usize,
}

impl Said {
    /// Whether its sentence names the disputed item: `names_item` says it of each clause of the part.
    pub(super) fn names_item(&self, names_item: &[bool]) -> bool {
        self.assertion != Assertion::Conditional
            && names_item.get(self.place.clause).copied().unwrap_or_default()
    }

    /// The same, meant in another way.
    pub(super) fn meant(&self, assertion: Assertion) -> Self {
        Self { assertion, ..self.clone() }
    }
}

impl Sentence {
    /// Every part of the body that it names.
    pub(super) fn all_zones(&self) -> BTreeSet<usize> {
        self.zones.iter().map(|(zone, _)| *zone).collect()
    }

    /// The parts of the body that a statement names, else those of its sentence.
    pub(super) fn zones(&self, said: &Said) -> BTreeSet<usize> {
        let all = |inside: bool| {
            let within =
                self.zones.iter().filter(move |(_, place)| !inside || said.slice.contains(*place));
            within.map(|(zone, _)| *zone).collect::<BTreeSet<usize>>()
        };
        let own = all(true);
        if own.is_empty() { all(false) } else { own }
    }
}

impl Reading {
    /// Reads a part that was matched.
    pub(super) fn new(book: &Contradictions, document: &Document, part: &Matched) -> Self {
        let passage = &*part.passage;
        let mut reading = Self::default();
        reading.said.added.reserve(passage.topics.len());
        reading.clauses.reserve(passage.clauses.len());
        reading.divide(document, passage);
        let mut at = 0;
        for hit in &passage.topics {
            while passage.clauses.get(at).is_some_and(|one| one.range.end <= hit.range.start) {
                at += 1;
            }
            if let (Some(role), Some(stance)) = (book.role(hit.entry), part.stances.get(at)) {
                reading.add(role, passage, (at, *stance), *hit);
            }
        }
        reading.said.sort();
        reading.voids.sort();
        reading.signs.sort();
        reading
    }

    /// The statements of one kind about a topic that no words make statements about another fact, in order.
    pub(super) fn said(&self, topic: usize, which: Statement) -> impl Iterator<Item = &Said> {
        let kind = kind(topic, which);
        let voids = self.voids.of(kind);
        self.said.of(kind).iter().filter(move |said| !is_void(said.place, voids))
    }

    /// What evidence reads at a place, as a claim about a topic that no words make one about another fact.
    pub(super) fn read(&self, topic: usize, ground: &Ground, assertion: Assertion) -> Option<Said> {
        let voids = self.voids.of(kind(topic, Statement::Claim));
        let said = self.at(ground, assertion);
        said.filter(|said| !is_void(said.place, voids))
    }

    /// What evidence reads at a place, as a statement.
    pub(super) fn at(&self, ground: &Ground, assertion: Assertion) -> Option<Said> {
        let at = self.clauses.partition_point(|clause| clause.slice.end <= ground.slice.start);
        let clause = self.clauses.get(at)?;
        let cue = ground.cue.filter(|cue| clause.slice.contains(*cue)).unwrap_or(ground.slice);
        Some(Said {
            assertion,
            place: clause.place,
            slice: Slice::new(ground.slice.start.min(cue.start), ground.slice.end.max(cue.end)),
            sentence: clause.sentence,
            worded: false,
        })
    }

    /// Whether words of a kind limit a statement.
    pub(super) fn has_sign(&self, sign: Sign, said: &Said) -> bool {
        is_void(said.place, self.signs.of(sign as usize))
    }

    /// Whether a word of a kind stands in a sentence.
    pub(super) fn sentence_has(&self, sign: Sign, sentence: usize) -> bool {
        let of = |place: &Nearby| {
            self.clauses.get(place.clause).map_or(usize::MAX, |clause| clause.sentence)
        };
        let places = self.signs.of(sign as usize);
        let first = places.partition_point(|place| of(place) < sentence);
        places.get(first).is_some_and(|place| of(place) == sentence)
    }

    /// The sentence with a number.
    pub(super) fn numbered(&self, sentence: usize) -> Option<&Sentence> {
        self.sentences.get(sentence)
    }

    /// The sentence of a statement.
    pub(super) fn sentence(&self, said: &Said) -> Option<&Sentence> {
        self.sentences.get(said.sentence)
    }

    fn divide(&mut self, document: &Document, passage: &Passage) {
        let text = document.words(passage.slice);
        for clause in &passage.clauses {
            let slice = passage.slice_of(clause.range);
            let tokens = passage.tokens.get(clause.range.start..clause.range.end);
            let words = tokens.unwrap_or_default().iter();
            // A date that is one token begins with a digit.
            let digit =
                |token: &&Token| text.as_bytes().get(token.start).is_some_and(u8::is_ascii_digit);
            let words = words.filter(digit).filter_map(|it| text.get(it.start..it.end));
            let dates = words.filter_map(date::read);
            let sentence = sentence(&mut self.sentences, clause.sentence);
            let Some(sentence) = sentence else { continue };
            let start = if sentence.slice.is_empty() { slice.start } else { sentence.slice.start };
            sentence.slice = Slice::new(start, slice.end);
            sentence.dates.extend(dates);
            let number = self.clauses.len();
            let place = Nearby { clause: number, start: clause.range.start, end: clause.range.end };
            self.clauses.push(Stretch { slice, place, sentence: clause.sentence });
        }
    }

    /// Adds words of a topic, which stand in the clause with this number and stance.
    fn add(
        &mut self,
        role: Role,
        passage: &Passage,
        (number, stance): (usize, Stance),
        hit: ConceptHit,
    ) {
        let Some(clause) = passage.clauses.get(number) else { return };
        let Range { start, end } = hit.range;
        let place = Nearby { clause: number, start, end };
        let slice = passage.slice_of(hit.range);
        match role {
            Role::Zone(zone) => {
                if let Some(sentence) = self.sentences.get_mut(clause.sentence) {
                    sentence.zones.push((zone, slice));
                }
            }
            Role::Unless(topic, which) => {
                self.voids.add(kind(topic, which), place);
            }
            Role::Sign(sign) => self.signs.add(sign as usize, place),
            // What a guideline asks for and what another reviewer found is nobody's statement here.
            Role::Words(topic, which) if stance.source == Source::Patient => {
                let axes = axes(passage, clause, stance, hit.range, false);
                // The words, widened to the cue that governs them.
                let cue = axes.cue.map_or(slice, |cue| passage.slice_of(cue));
                let said = Said {
                    assertion: axes.assertion,
                    place,
                    slice: Slice::new(slice.start.min(cue.start), slice.end.max(cue.end)),
                    sentence: clause.sentence,
                    worded: true,
                };
                self.said.add(kind(topic, which), said);
            }
            Role::Words(..) => {}
        }
    }
}

/// The sentence with a number. Sentences are numbered in a row.
fn sentence(sentences: &mut Vec<Sentence>, number: usize) -> Option<&mut Sentence> {
    if sentences.len() == number {
        sentences.push(Sentence::default());
    }
    sentences.get_mut(number)
}

/// Whether words within reach make a statement one about another fact.
fn is_void(said: Nearby, voids: &[Nearby]) -> bool {
    let from = voids.partition_point(|place| place.start + LONGEST + REACH < said.start);
    let near = voids.get(from..).unwrap_or_default().iter();
    near.take_while(|place| place.start <= said.end + REACH).any(|place| place.reaches(said))
}
