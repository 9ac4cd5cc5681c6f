//! Contradictions of the case summary in whatever words.
//!
//! Topics name the facts that people thought of. Most records against a claim are worded otherwise, so two tables of weighed words
//! (`rules/contradictions/weights/`) look at every criterion that a rationale denies or misses:
//!
//! ```text
//! sentence of the summary -> its words -> how much it speaks of the criterion, how surely as met
//!                                                   \
//! claim of the rationale -----------------------------> what both are like -> a sum -> a contradiction from the threshold on
//! ```
//!
//! What both are like is told by features with names, as words are, so that one kind of table serves. The price is that of all
//! weighed words: a number has no reason behind it but the pairs that it was fitted on.

use std::collections::{BTreeMap, BTreeSet};

use imr_letter::Slice;

use super::agreement::Sign;
use super::compare::{Pairing, Records, same_time};
use super::numbers::share_number;
use super::reading::Said;
use super::{Against, Contradiction};
use crate::criterion::{CriterionId, CriterionReading, CriterionStatus, Part};
use crate::evidence::weights::{Classless, Clauses, Features, Keys, Room, Table, said};
use crate::evidence::{Assertion, CueKind, Matched, Mention, Range, mentions};
use crate::rulebook::Rulebook;

/// A sentence speaks of a criterion at all from this sum on, in tenths of a log-odd.
const SPEAKS: i32 = -45;

/// Shorter words are no sign that two sentences are about one thing.
const TELLING: usize = 4;

/// A sentence of a case summary with what its words say, for decisions on one item class.
#[derive(Clone, Debug)]
pub(super) struct Weighed {
    /// Its number in the passage.
    sentence: usize,
    range: Range,
    slice: Slice,
    /// The criteria that it speaks of.
    said: Vec<Spoken>,
}

/// What a sentence says of one criterion.
#[derive(Clone, Copy, Debug)]
struct Spoken {
    criterion: CriterionId,
    /// How much it speaks of it.
    sum: i32,
    /// How much more it says that it is met than anything else.
    met: i32,
    /// How many sentences speak of it more.
    rank: usize,
}

/// A claim and a sentence of the case summary that may contradict it.
#[derive(Clone, Debug)]
pub(crate) struct Pair {
    pub(crate) criterion: CriterionId,
    pub(crate) claim: Slice,
    /// The sentence that the claim stands in.
    pub(crate) claimed: Slice,
    pub(crate) record: Slice,
    traits: Traits,
}

/// What a pair is like.
#[derive(Clone, Debug)]
struct Traits {
    criterion: String,
    status: CriterionStatus,
    spoken: Spoken,
    /// How many criteria the rationale denies or misses.
    lacking: usize,
    /// Words that both have.
    shared: usize,
    /// Words of the record.
    words: usize,
    /// What holds, by name.
    signs: Vec<&'static str>,
}

/// The criteria that a rationale denies or misses.
pub(super) fn lacking(readings: &[CriterionReading]) -> impl Iterator<Item = &CriterionReading> {
    readings.iter().filter(|reading| assertion(reading.rationale).is_some())
}

/// The sentences of a case summary, weighed as far as the item class does not count: letters have up to dozens of classes.
#[derive(Debug)]
pub(super) struct Sentences<'s> {
    summary: &'s Matched,
    /// The number of each sentence in the passage, its tokens, and what it says; none without tables.
    all: Vec<(usize, Range, Classless)>,
}

impl<'s> Sentences<'s> {
    /// The sentences of this case summary.
    pub(super) fn of(summary: &'s Matched, rulebook: &Rulebook) -> Self {
        let weights = &rulebook.contradictions.records;
        let mut sentences = Self { summary, all: Vec::new() };
        if !weights.columns.is_empty() {
            let clauses = sentences.clauses("", &[], rulebook);
            let parts = summary.passage.clauses.chunk_by(|a, b| a.sentence == b.sentence);
            let whole = parts.filter_map(|own| Some((own.first()?, own.last()?)));
            let all = whole.map(|(first, last)| {
                let range = Range { start: first.range.start, end: last.range.end };
                (first.sentence, range, Classless::of(clauses, clauses.over(range), weights))
            });
            sentences.all = all.collect();
        }
        sentences
    }

    fn clauses<'c>(
        &self,
        class: &'c str,
        mentions: &'c [Mention],
        rulebook: &'c Rulebook,
    ) -> Clauses<'c>
    where
        's: 'c,
    {
        let (passage, stems) = (&*self.summary.passage, &self.summary.stems);
        let (stances, lexicon) = (&*self.summary.stances, &rulebook.lexicon);
        let conclusion = imr_letter::document::Necessity::Absent;
        Clauses { passage, stems, stances, lexicon, class, mentions, conclusion }
    }

    /// What they say for a class and the criteria that a decision on it lacks.
    pub(super) fn weigh(
        &mut self,
        class: &str,
        asked: &BTreeSet<CriterionId>,
        rulebook: &Rulebook,
    ) -> Vec<Weighed> {
        if asked.is_empty() || self.all.is_empty() {
            return Vec::new();
        }
        let passage = &*self.summary.passage;
        let mentions = mentions(passage, &self.summary.stances, &rulebook.lexicon, class);
        let clauses = self.clauses(class, &mentions, rulebook);
        let weights = &rulebook.contradictions.records;
        let mut room = Room::default();
        let weigh = |(sentence, range, classless): &mut (usize, Range, Classless)| {
            let spoken = said(clauses, classless, weights, (SPEAKS, asked), &mut room).into_iter();
            let one = |(criterion, sum, met)| Spoken { criterion, sum, met, rank: 0 };
            let (said, slice) = (spoken.map(one).collect(), passage.slice_of(*range));
            Weighed { sentence: *sentence, range: *range, slice, said }
        };
        let mut all: Vec<Weighed> = self.all.iter_mut().map(weigh).collect();
        rank(&mut all);
        all
    }
}

/// Tells each sentence how many others speak of its criteria more.
fn rank(all: &mut [Weighed]) {
    let mut sums: BTreeMap<CriterionId, Vec<i32>> = BTreeMap::new();
    for spoken in all.iter().flat_map(|one| &one.said) {
        sums.entry(spoken.criterion).or_default().push(spoken.sum);
    }
    for sums in sums.values_mut() {
        sums.sort_unstable();
    }
    for spoken in all.iter_mut().flat_map(|one| &mut one.said) {
        let known = sums.get(&spoken.criterion).map(Vec::as_slice).unwrap_or_default();
        spoken.rank = known.len() - known.partition_point(|sum| *sum <= spoken.sum);
    }
}

impl Pairing<'_> {
    /// Adds, for each criterion that no topic found contradicted by the case summary, the pair with the greatest sum.
    pub(super) fn weigh(
        &self,
        summary: Records<'_>,
        sentences: &[Weighed],
        found: &mut Vec<Contradiction>,
    ) {
        let book = &self.rulebook.contradictions;
        let mut best: BTreeMap<CriterionId, (i32, Pair)> = BTreeMap::new();
        for pair in self.pairs(summary, sentences) {
            let sum = pair.sum(&book.pairs);
            if best.get(&pair.criterion).is_none_or(|(top, _)| sum > *top) {
                best.insert(pair.criterion, (sum, pair));
            }
        }
        for one in found.iter().filter(|one| one.against == Against::Summary) {
            best.remove(&one.criterion);
        }
        let enough = best.into_values().filter(|(sum, _)| *sum >= book.threshold);
        found.extend(enough.map(|(_, pair)| Contradiction {
            criterion: pair.criterion,
            against: Against::Summary,
            claim: pair.claim,
            record: pair.record,
            denies: true,
        }));
    }

    /// Every claim with every sentence that speaks of its criterion.
    pub(super) fn pairs(&self, summary: Records<'_>, sentences: &[Weighed]) -> Vec<Pair> {
        if sentences.is_empty() || !self.has_separate_summary() {
            return Vec::new();
        }
        let denied = lacking(self.readings).count();
        let mut pairs = Vec::new();
        for reading in lacking(self.readings) {
            let Some(said) = self.claim(reading) else { continue };
            let claim = Claim { reading, words: self.telling(&said), said };
            for one in sentences {
                let spoken = one.said.iter().find(|it| it.criterion == reading.criterion);
                let pair = spoken.and_then(|it| self.pair(&claim, (one, *it), summary));
                pairs.extend(pair.map(|pair| pair.among(denied)));
            }
        }
        pairs
    }

    /// What a rationale says of a criterion that it denies or misses, where it says so last.
    fn claim(&self, reading: &CriterionReading) -> Option<Said> {
        let own = |part: Part| part == Part::Rationale;
        let mut grounds = reading.grounds.iter().rev().filter(|ground| own(ground.part));
        let ground = grounds.clone().find(|ground| ground.status == reading.rationale);
        let ground = ground.or_else(|| grounds.next())?;
        self.rationale.reading.at(ground, assertion(reading.rationale)?)
    }

    fn pair(
        &self,
        Claim { reading, said: claim, words: telling }: &Claim<'_>,
        (record, spoken): (&Weighed, Spoken),
        summary: Records<'_>,
    ) -> Option<Pair> {
        let claimed = self.rationale.reading.sentence(claim)?;
        let recorded = summary.reading.numbered(record.sentence)?;
        let own = claimed.zones(claim);
        let own = if own.is_empty() { &self.heading } else { &own };
        let theirs = recorded.all_zones();
        let naming = self.naming(record.slice);
        let calls = |at: usize| summary.names_item.get(at).copied().unwrap_or_default();
        let clauses = &summary.part.passage.clauses;
        let first = clauses.partition_point(|clause| clause.sentence < record.sentence);
        let behind = clauses.partition_point(|clause| clause.sentence <= record.sentence);
        let named = naming.own || (first..behind).any(calls);
        let cues = || summary.part.passage.cues_in(record.range);
        let past = |kind: CueKind| matches!(kind, CueKind::PastForward | CueKind::PastBackward);
        let (said, words) = (self.document.words(claimed.slice), self.document.words(record.slice));
        let signs = [
            ("names_item", named),
            ("other_item", naming.other),
            ("only_other", naming.other && !named),
            ("same_part", !own.is_disjoint(&theirs)),
            ("other_part", !own.is_empty() && !theirs.is_empty() && own.is_disjoint(&theirs)),
            ("planned", summary.reading.sentence_has(Sign::Planned, record.sentence)),
            ("complaint", summary.reading.sentence_has(Sign::Complaint, record.sentence)),
            ("gain", summary.reading.sentence_has(Sign::Gain, record.sentence)),
            ("qualified", self.rationale.reading.sentence_has(Sign::Qualified, claim.sentence)),
            ("negated", cues().any(|cue| cue.kind.negates())),
            ("past", cues().any(|cue| past(cue.kind))),
            ("conditional", cues().any(|cue| cue.kind == CueKind::Conditional)),
            ("dated", !recorded.dates.is_empty()),
            ("other_date", !same_time(&claimed.dates, &recorded.dates)),
            ("measured", words.bytes().any(|byte| byte.is_ascii_digit())),
            ("repeats", share_number(said, words)),
        ];
        let traits = Traits {
            criterion: self.rulebook.criteria.name(reading.criterion).to_owned(),
            status: reading.rationale,
            spoken,
            lacking: 1,
            shared: shared(telling, summary.part.stems.within(record.range)),
            words: record.range.end - record.range.start,
            signs: signs.into_iter().filter(|(_, holds)| *holds).map(|(name, _)| name).collect(),
        };
        let (criterion, record) = (reading.criterion, record.slice);
        Some(Pair { criterion, claim: claim.slice, claimed: claimed.slice, record, traits })
    }

    /// The telling words of a claim's sentence, sorted and distinct.
    fn telling(&self, claim: &Said) -> Vec<&str> {
        let passed_over = &self.rulebook.lexicon.weights.passed_over;
        let telling = |word: &&str| word.len() >= TELLING && !passed_over.contains(*word);
        let own = self.rationale.part;
        let clauses = own.passage.clauses.iter().filter(|one| one.sentence == claim.sentence);
        let words = clauses.flat_map(|one| own.stems.within(one.range));
        let mut words: Vec<&str> = words.filter(telling).collect();
        words.sort_unstable();
        words.dedup();
        words
    }
}

/// What a rationale denies or misses, and the telling words of its sentence.
struct Claim<'c> {
    reading: &'c CriterionReading,
    said: Said,
    words: Vec<&'c str>,
}

/// How many of some words, sorted and distinct, are among others.
fn shared<'w>(words: &[&str], others: impl Iterator<Item = &'w str>) -> usize {
    let mut found: Vec<usize> = others.filter_map(|word| words.binary_search(&word).ok()).collect();
    found.sort_unstable();
    found.dedup();
    found.len()
}

/// How a rationale means a criterion that it denies or misses.
fn assertion(status: CriterionStatus) -> Option<Assertion> {
    match status {
        CriterionStatus::NotMet => Some(Assertion::Denied),
        CriterionStatus::Undocumented => Some(Assertion::Absent),
        _ => None,
    }
}

impl Pair {
    fn among(mut self, lacking: usize) -> Self {
        self.traits.lacking = lacking;
        self
    }

    fn sum(&self, table: &Table) -> i32 {
        let mut keys = Keys::default();
        self.traits.tell(&mut keys);
        table.sums(&keys).first().copied().unwrap_or(i32::MIN)
    }

    /// The names of its features, sorted and distinct.
    pub(crate) fn features(&self) -> Vec<String> {
        let mut features = BTreeSet::new();
        self.traits.tell(&mut features);
        features.into_iter().collect()
    }
}

impl Traits {
    fn tell(&self, features: &mut impl Features) {
        let (criterion, status) = (self.criterion.as_str(), self.status.name());
        features.add(&["status:", status]);
        features.add(&["criterion:", criterion]);
        features.add(&["criterion:", criterion, "/", status]);
        let Spoken { sum, met, rank, .. } = self.spoken;
        features.add(&["sum:", tens(sum)]);
        features.add(&["met:", tens(met)]);
        features.add(&["both:", tens(sum.min(met))]);
        features.add(&["both:", tens(sum.min(met)), "/", status]);
        features.add(&["rank:", few(rank)]);
        features.add(&["lacking:", few(self.lacking)]);
        features.add(&["shared:", few(self.shared)]);
        features.add(&["words:", few(self.words / 8)]);
        for sign in &self.signs {
            features.add(&[sign]);
            features.add(&[sign, "/", status]);
            features.add(&[sign, "/", criterion]);
        }
    }
}

/// A sum in whole log-odds, four at most either way.
fn tens(sum: i32) -> &'static str {
    match sum.div_euclid(10) {
        ..=-4 => "-4",
        -3 => "-3",
        -2 => "-2",
        -1 => "-1",
        0 => "0",
        1 => "1",
        2 => "2",
        3 => "3",
        4.. => "4",
    }
}

/// A number, three at most.
fn few(number: usize) -> &'static str {
    match number {
        0 => "0",
        1 => "1",
        2 => "2",
        3.. => "3",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_fall_into_whole_log_odds() {
        assert_eq!(["-4", "-1", "0", "1", "4"], [-99, -1, 9, 10, 400].map(tens));
    }

    #[test]
    fn sentences_are_ranked_by_how_much_they_speak_of_a_criterion() {
        let spoken = |sum| Spoken { criterion: CriterionId(0), sum, met: 0, rank: 0 };
        let range = Range { start: 0, end: 0 };
        let weighed =
            |sum| Weighed { sentence: 0, range, slice: Slice::default(), said: vec![spoken(sum)] };
        let mut all = vec![weighed(3), weighed(30), weighed(30), weighed(-10)];
        rank(&mut all);
        let ranks: Vec<usize> = all.iter().map(|one| one.said[0].rank).collect();
        assert_eq!(ranks, [2, 0, 0, 3]);
    }
}
