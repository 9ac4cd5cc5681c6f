//! Finds the pairs of a claim and a record that speak of one fact.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use imr_letter::document::Decision;
use imr_letter::span::Located;
use imr_letter::{Document, Slice};
use jiff::civil::Date;

use super::agreement::{Sign, Trait};
use super::reading::{Reading, Said};
use super::{Against, Contradiction, Contradictions, Role, Scores, Statement, Topic};
use crate::criterion::{CriterionId, CriterionReading, CriterionStatus, Ground, Part};
use crate::evidence::{Assertion, Matched, Opening, Passage, Scratch};
use crate::rulebook::Rulebook;

/// Days that two dates of one thing may lie apart.
const TOLERANCE: i32 = 2;

/// Rationales of a letter are compared with those of so many decisions before and after them.
const NEAREST: usize = 12;

/// Of a topic that a rationale claims more often, the first claims are compared.
const MOST: usize = 32;

/// The score of full muscle strength.
const FULL_STRENGTH: &str = "5";

/// The contradictions of each decision, whose evidence was read as `readings`: at most one for each topic and place.
pub(crate) fn contradictions(
    document: &Document,
    readings: &[&[CriterionReading]],
    rulebook: &Rulebook,
) -> Vec<Vec<Contradiction>> {
    let book = &rulebook.contradictions;
    let numbers = 0..document.decisions.len();
    let mut scratch = Scratch::default();
    let mut matched = |slice: Option<Slice>, opening: Opening| {
        Matched::of(document, slice, opening, &book.lexicon, &mut scratch)
    };
    let summary = matched(document.summary, Opening::Summary);
    let read = |(number, decided): (usize, &Decision)| {
        let rationale = matched(decided.rationale, Opening::Rationale);
        Reading::new(book, document, number, &rationale)
    };
    let rationales: Vec<Reading> = document.decisions.iter().enumerate().map(read).collect();
    let of = |number: usize| {
        let rationale = rationales.get(number);
        let decided = document.decisions.get(number);
        rationale.zip(decided).map_or_else(Vec::new, |(rationale, decided)| {
            let heading = zones_of(book, document, decided.heading.slice);
            let readings = readings.get(number).copied().unwrap_or_default();
            let naming = RefCell::default();
            let pairing = Pairing {
                document,
                number,
                decided,
                rulebook,
                heading,
                rationale,
                readings,
                naming,
            };
            pairing.all(&rationales, &summary)
        })
    };
    numbers.map(of).collect()
}

/// The parts of the body that a heading names.
fn zones_of(book: &Contradictions, document: &Document, heading: Slice) -> BTreeSet<usize> {
    let mut scratch = Scratch::default();
    let passage = Passage::read(document.words(heading), heading, &book.lexicon, &mut scratch);
    let roles = passage.concepts.iter().filter_map(|hit| book.role(hit.entry));
    roles.filter_map(|role| if let Role::Zone(zone) = role { Some(*zone) } else { None }).collect()
}

/// What a pair is looked for in.
struct Pairing<'c> {
    document: &'c Document,
    number: usize,
    decided: &'c Decision,
    rulebook: &'c Rulebook,
    /// The parts of the body that the heading names.
    heading: BTreeSet<usize>,
    rationale: &'c Reading,
    /// What evidence reads.
    readings: &'c [CriterionReading],
    /// Whether sentences name the item, as far as it was asked.
    naming: RefCell<BTreeMap<Slice, bool>>,
}

impl Pairing<'_> {
    /// The first contradiction about each topic in each place.
    fn all(&self, rationales: &[Reading], summary: &Matched) -> Vec<Contradiction> {
        let book = &self.rulebook.contradictions;
        let summary = self
            .has_separate_summary()
            .then(|| Reading::new(book, self.document, self.number, summary));
        let siblings: Vec<&Reading> = self.siblings(rationales);
        let topics = book.topics.iter().enumerate();
        let counting = topics.filter(|(_, topic)| topic.counts_for(&self.decided.item.class));
        let mut found = Vec::new();
        for (number, topic) in counting {
            for against in &topic.against {
                let places: &[&Reading] = match against {
                    Against::Summary => &summary.iter().collect::<Vec<_>>(),
                    Against::Itself => &[self.rationale],
                    Against::Sibling => &siblings,
                };
                let mut places = places.iter();
                found.extend(places.find_map(|place| self.first((number, topic), *against, place)));
            }
        }
        found
    }

    /// Whether the case summary stands apart from the rationale.
    fn has_separate_summary(&self) -> bool {
        self.document.summary.is_some_and(|summary| {
            let apart = |own: Slice| own.end <= summary.start || summary.end <= own.start;
            self.decided.rationale.is_none_or(apart)
        })
    }

    /// The rationales of the nearest other decisions; a rationale that several items share is one.
    fn siblings<'r>(&self, rationales: &'r [Reading]) -> Vec<&'r Reading> {
        let others = self.document.decisions.iter().zip(rationales).enumerate();
        let near = others.filter(|(number, (decision, _))| {
            *number != self.number
                && number.abs_diff(self.number) <= NEAREST
                && decision.rationale != self.decided.rationale
        });
        near.map(|(_, (_, reading))| reading).collect()
    }

    /// The claim about a topic and the record against it that fit each other best; the first among equals.
    fn first(
        &self,
        (number, topic): (usize, &Topic),
        against: Against,
        records: &Reading,
    ) -> Option<Contradiction> {
        let found: Vec<&Said> = records
            .said(number, Statement::Record)
            .filter(|said| topic.record.contains(&said.assertion))
            .take(MOST)
            .collect();
        if found.is_empty() {
            return None;
        }
        let mut best: Option<(i64, Contradiction)> = None;
        for claim in self.claims((number, topic), against).iter().take(MOST) {
            for record in &found {
                if against == Against::Itself && claim.sentence == record.sentence {
                    continue;
                }
                let Some(sum) = self.agreement(topic, (claim, record), against, records) else {
                    continue;
                };
                if best.as_ref().is_none_or(|(top, _)| sum > *top) {
                    let denies = claim.assertion != Assertion::Asserted;
                    let (criterion, claim, record) = (topic.criterion, claim.slice, record.slice);
                    best = Some((sum, Contradiction { criterion, against, claim, record, denies }));
                }
            }
        }
        best.map(|(_, found)| found)
    }

    /// What the rationale claims about a topic: in the topic's words when they are meant so or evidence reads them so, and
    /// against the case summary also in other words.
    fn claims(&self, (number, topic): (usize, &Topic), against: Against) -> Vec<Said> {
        let read = || {
            let kinds = topic.claim.iter();
            let all = kinds.flat_map(|kind| {
                let grounds = self.grounds(topic.criterion, Part::Rationale, status(*kind));
                grounds.map(|ground| (*kind, ground))
            });
            // "Had 5 visits" is not met and denies nothing: only a cue or what is missing claims that something is not so.
            all.filter(|(kind, ground)| *kind == Assertion::Absent || ground.cue.is_some())
        };
        let mut claims = Vec::new();
        for said in self.rationale.said(number, Statement::Claim) {
            let governs =
                |ground: &Ground| ground.cue.is_some() && whole(ground).contains(said.slice);
            let meant = read().find(|(_, ground)| governs(ground));
            if topic.claim.contains(&said.assertion) {
                claims.push(said.clone());
            } else if let Some((assertion, _)) = meant
                && against == Against::Summary
            {
                claims.push(said.meant(assertion));
            }
        }
        if topic.read && against == Against::Summary {
            let others =
                read().filter_map(|(kind, ground)| self.rationale.read(number, ground, kind));
            claims.extend(others);
        }
        claims
    }

    /// The mentions that give a criterion this status in a part.
    fn grounds(
        &self,
        criterion: CriterionId,
        part: Part,
        status: CriterionStatus,
    ) -> impl Iterator<Item = &Ground> {
        let reading = self.readings.iter().find(|reading| reading.criterion == criterion);
        let grounds = reading.map(|reading| reading.grounds.as_slice()).unwrap_or_default();
        grounds.iter().filter(move |ground| ground.part == part && ground.status == status)
    }

    /// How well a record fits a claim; `None` when they are not about one fact.
    fn agreement(
        &self,
        topic: &Topic,
        (claim, record): (&Said, &Said),
        against: Against,
        records: &Reading,
    ) -> Option<i64> {
        let (claimed, recorded) = (self.rationale.sentence(claim)?, records.sentence(record)?);
        let (own, theirs) = (claimed.zones(claim), recorded.zones(record));
        let fits = same_time(&claimed.dates, &recorded.dates)
            && topic.scores.is_none_or(|wanted| wanted.fit(self.document.words(record.slice)))
            && (!topic.same_part || self.same_part(&own, &theirs))
            && (!topic.same_item || record.names_item || self.names_item(recorded.slice));
        // Rationales of one letter are written alike; what sets a record apart is for case summaries.
        if !fits || against != Against::Summary {
            return fits.then_some(0);
        }
        let mut traits = vec![if claim.worded { Trait::Worded } else { Trait::Read }];
        let heading = if own.is_empty() { &self.heading } else { &own };
        let of = |one: Trait, holds: bool| holds.then_some(one);
        let met = || {
            let mut grounds = self.grounds(topic.criterion, Part::Summary, CriterionStatus::Met);
            grounds.any(|ground| touches(ground, recorded.slice))
        };
        let number = |text: &str| text.bytes().any(|byte| byte.is_ascii_digit());
        traits.extend(of(Trait::SamePart, !heading.is_disjoint(&theirs)));
        traits.extend(of(Trait::SameItem, topic.same_item));
        traits.extend(of(Trait::Dated, !recorded.dates.is_empty()));
        traits.extend(of(Trait::Measured, number(self.document.words(record.slice))));
        traits.extend(of(Trait::Met, met()));
        let repeats = || {
            let sentence = self.document.words(claimed.slice);
            share_number(sentence, self.document.words(record.slice))
        };
        traits.extend(of(Trait::Repeats, claim.assertion != Assertion::Absent && repeats()));
        traits.extend(of(Trait::Qualified, self.rationale.has_sign(Sign::Qualified, claim)));
        traits.extend(of(Trait::Planned, records.has_sign(Sign::Planned, record)));
        self.rulebook.contradictions.agreement.enough(&traits)
    }

    /// Whether no other part of the body is named. A claim that names none is about that of the heading.
    fn same_part(&self, claimed: &BTreeSet<usize>, recorded: &BTreeSet<usize>) -> bool {
        let own = if claimed.is_empty() { &self.heading } else { claimed };
        own.is_empty() || recorded.is_empty() || !own.is_disjoint(recorded)
    }

    /// Whether a sentence names a drug or a service of the heading.
    fn names_item(&self, sentence: Slice) -> bool {
        let known = self.naming.borrow().get(&sentence).copied();
        known.unwrap_or_else(|| {
            let names = self.finds_item(sentence);
            self.naming.borrow_mut().insert(sentence, names);
            names
        })
    }

    fn finds_item(&self, sentence: Slice) -> bool {
        let vocabulary = &self.rulebook.vocabulary;
        let text = self.document.words(sentence);
        let shares = |named: Vec<Located<String>>, own: &[Located<String>]| {
            named.iter().any(|name| own.iter().any(|other| other.value == name.value))
        };
        shares(vocabulary.drugs_in(text, 0), &self.decided.item.drugs)
            || shares(vocabulary.procedures_in(text, 0), &self.decided.item.procedures)
    }
}

/// The status that evidence gives to what is meant so.
fn status(assertion: Assertion) -> CriterionStatus {
    match assertion {
        Assertion::Asserted => CriterionStatus::Met,
        Assertion::Denied => CriterionStatus::NotMet,
        Assertion::Absent => CriterionStatus::Undocumented,
        Assertion::Conditional => CriterionStatus::Silent,
    }
}

/// The words of a ground with the cue that governs them.
fn whole(ground: &Ground) -> Slice {
    let cue = ground.cue.unwrap_or(ground.slice);
    Slice::new(ground.slice.start.min(cue.start), ground.slice.end.max(cue.end))
}

/// Whether the words of a ground, with the cue that governs them, share a byte with a place.
fn touches(ground: &Ground, place: Slice) -> bool {
    let whole = whole(ground);
    whole.start < place.end && place.start < whole.end
}

/// Whether both texts have a number in common: "5 visits were had" and "5 of 6 visits".
fn share_number(one: &str, other: &str) -> bool {
    let numbers = |text: &str| -> BTreeSet<String> {
        let runs = text.split(|c: char| !c.is_ascii_digit()).filter(|run| !run.is_empty());
        runs.map(str::to_owned).collect()
    };
    !numbers(one).is_disjoint(&numbers(other))
}

/// Whether no dates tell two statements apart.
fn same_time(claimed: &[Date], recorded: &[Date]) -> bool {
    let near = |a: &Date, b: &Date| (*b - *a).get_days().abs() <= TOLERANCE;
    claimed.is_empty()
        || recorded.is_empty()
        || claimed.iter().any(|a| recorded.iter().any(|b| near(a, b)))
}

impl Scores {
    /// Whether the scores of a text are as wanted. A text without scores has nothing to compare.
    fn fit(self, text: &str) -> bool {
        let scores: Vec<(&str, &str)> = text.split_whitespace().filter_map(score).collect();
        let Some((first, rest)) = scores.split_first() else { return true };
        match self {
            Self::BelowFull => {
                scores.iter().any(|(have, full)| *full == FULL_STRENGTH && have != full)
            }
            Self::Differing => rest.is_empty() || rest.iter().any(|(have, _)| *have != first.0),
        }
    }
}

/// "4+/5," as ("4+", "5").
fn score(word: &str) -> Option<(&str, &str)> {
    let (have, full) = word.trim_matches(|c: char| !c.is_ascii_digit()).split_once('/')?;
    let digits = |text: &str| text.starts_with(|c: char| c.is_ascii_digit());
    (digits(have) && digits(full)).then_some((have, full))
}
