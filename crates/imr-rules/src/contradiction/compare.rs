//! Finds the pairs of a claim and a record that speak of one fact.

use std::collections::BTreeSet;

use imr_letter::document::Decision;
use imr_letter::span::Located;
use imr_letter::{Document, Slice};
use jiff::civil::Date;

use super::reading::{Reading, Said};
use super::{Against, Contradiction, Contradictions, Role, Scores, Statement, Topic};
use crate::criterion::Part;
use crate::evidence::{Assertion, Passage, Scratch};
use crate::rulebook::Rulebook;

/// Days that two dates of one thing may lie apart.
const TOLERANCE: i32 = 2;

/// Rationales of a letter are compared with those of so many decisions before and after them.
const NEAREST: usize = 12;

/// Of a topic that a rationale claims more often, the first claims are compared.
const MOST: usize = 32;

/// The score of full muscle strength.
const FULL_STRENGTH: &str = "5";

/// The contradictions of each decision: at most one for each topic and place.
pub(crate) fn contradictions(document: &Document, rulebook: &Rulebook) -> Vec<Vec<Contradiction>> {
    let book = &rulebook.contradictions;
    let numbers = 0..document.decisions.len();
    let read = |number| Reading::new(book, document, number, Part::Rationale);
    let rationales: Vec<Reading> = numbers.clone().map(read).collect();
    let of = |number: usize| {
        let rationale = rationales.get(number).filter(|rationale| rationale.claims());
        let decided = document.decisions.get(number);
        rationale.zip(decided).map_or_else(Vec::new, |(rationale, decided)| {
            let heading = zones_of(book, document, decided.heading.slice);
            let pairing = Pairing { document, number, decided, rulebook, heading, rationale };
            pairing.all(&rationales)
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
}

impl Pairing<'_> {
    /// The first contradiction about each topic in each place.
    fn all(&self, rationales: &[Reading]) -> Vec<Contradiction> {
        let book = &self.rulebook.contradictions;
        let summary = self
            .has_separate_summary()
            .then(|| Reading::new(book, self.document, self.number, Part::Summary));
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

    /// The first claim about a topic that a record contradicts.
    fn first(
        &self,
        (number, topic): (usize, &Topic),
        against: Against,
        records: &Reading,
    ) -> Option<Contradiction> {
        let fits = |said: &&Said, wanted: &[Assertion]| wanted.contains(&said.assertion);
        let claims = self.rationale.said(number, Statement::Claim);
        let claims = claims.filter(|said| fits(said, &topic.claim));
        let against_claim = |claim: &Said| {
            let mut found = records.said(number, Statement::Record);
            let record = found.find(|said| {
                fits(said, &topic.record)
                    && !(against == Against::Itself && claim.sentence == said.sentence)
                    && self.is_one_fact(topic, (claim, *said), records)
            })?;
            let denies = claim.assertion != Assertion::Asserted;
            let (claim, record) = (claim.slice, record.slice);
            Some(Contradiction { criterion: topic.criterion, against, claim, record, denies })
        };
        claims.take(MOST).find_map(against_claim)
    }

    /// Whether a claim and a record speak of the same fact.
    fn is_one_fact(
        &self,
        topic: &Topic,
        (claim, record): (&Said, &Said),
        records: &Reading,
    ) -> bool {
        let (Some(claimed), Some(recorded)) =
            (self.rationale.sentence(claim), records.sentence(record))
        else {
            return false;
        };
        same_time(&claimed.dates, &recorded.dates)
            && topic.scores.is_none_or(|wanted| wanted.fit(self.document.words(record.slice)))
            && (!topic.same_part || self.same_part(&claimed.zones(claim), &recorded.zones(record)))
            && (!topic.same_item || record.names_item || self.names_item(recorded.slice))
    }

    /// Whether no other part of the body is named. A claim that names none is about that of the heading.
    fn same_part(&self, claimed: &BTreeSet<usize>, recorded: &BTreeSet<usize>) -> bool {
        let own = if claimed.is_empty() { &self.heading } else { claimed };
        own.is_empty() || recorded.is_empty() || !own.is_disjoint(recorded)
    }

    /// Whether a sentence names a drug or a service of the heading.
    fn names_item(&self, sentence: Slice) -> bool {
        let vocabulary = &self.rulebook.vocabulary;
        let text = self.document.words(sentence);
        let shares = |named: Vec<Located<String>>, own: &[Located<String>]| {
            named.iter().any(|name| own.iter().any(|other| other.value == name.value))
        };
        shares(vocabulary.drugs_in(text, 0), &self.decided.item.drugs)
            || shares(vocabulary.procedures_in(text, 0), &self.decided.item.procedures)
    }
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
