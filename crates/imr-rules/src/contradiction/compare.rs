//! Finds the pairs of a claim and a record that speak of one fact.

use std::collections::BTreeSet;

use imr_letter::span::Located;
use imr_letter::{Document, Slice};
use jiff::civil::Date;

use super::reading::{Reading, Said};
use super::{Contradiction, Contradictions, Role, Scores, Statement, Topic};
use crate::criterion::Part;
use crate::evidence::{Assertion, Passage, Scratch};
use crate::rulebook::Rulebook;

/// Days that two dates of one thing may lie apart.
const TOLERANCE: i32 = 2;

/// The score of full muscle strength.
const FULL_STRENGTH: &str = "5";

/// The contradictions of the decision with this index (from 0): at most one for each topic and part.
pub(crate) fn contradictions(
    document: &Document,
    decision: usize,
    rulebook: &Rulebook,
) -> Vec<Contradiction> {
    let book = &rulebook.contradictions;
    let Some(decided) = document.decisions.get(decision) else { return Vec::new() };
    let rationale = Reading::new(book, document, decision, Part::Rationale);
    if !rationale.claims() {
        return Vec::new();
    }
    let apart = |summary: Slice| {
        decided.rationale.is_none_or(|own| own.end <= summary.start || summary.end <= own.start)
    };
    let summary = document.summary.filter(|summary| apart(*summary));
    let summary = summary.map(|_| Reading::new(book, document, decision, Part::Summary));
    let pairing = Pairing {
        document,
        decision,
        rulebook,
        heading: zones_of(book, document, decided.heading.slice),
        rationale: &rationale,
    };
    let topics = book.topics.iter().enumerate();
    let counting = topics.filter(|(_, topic)| topic.counts_for(&decided.item.class));
    let places = counting
        .flat_map(|(number, topic)| topic.against.iter().map(move |part| (number, topic, *part)));
    places
        .filter_map(|(number, topic, part)| {
            let records = match part {
                Part::Rationale => &rationale,
                Part::Summary => summary.as_ref()?,
            };
            pairing.first(number, topic, part, records)
        })
        .collect()
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
    decision: usize,
    rulebook: &'c Rulebook,
    /// The parts of the body that the heading names.
    heading: BTreeSet<usize>,
    rationale: &'c Reading,
}

impl Pairing<'_> {
    /// The first claim about a topic that a record contradicts.
    fn first(
        &self,
        number: usize,
        topic: &Topic,
        against: Part,
        records: &Reading,
    ) -> Option<Contradiction> {
        let fits = |said: &&Said, wanted: &[Assertion]| wanted.contains(&said.assertion);
        let claims = self.rationale.said(number, Statement::Claim);
        let claims = claims.filter(|said| fits(said, &topic.claim));
        claims
            .filter_map(|claim| {
                let mut found = records.said(number, Statement::Record);
                let record = found.find(|said| {
                    fits(said, &topic.record)
                        && self.is_one_fact(topic, (claim, *said), against, records)
                })?;
                Some(Contradiction {
                    criterion: topic.criterion,
                    against,
                    claim: claim.slice,
                    record: record.slice,
                    denies: claim.assertion != Assertion::Asserted,
                })
            })
            .next()
    }

    /// Whether a claim and a record speak of the same fact.
    fn is_one_fact(
        &self,
        topic: &Topic,
        (claim, record): (&Said, &Said),
        against: Part,
        records: &Reading,
    ) -> bool {
        if against == Part::Rationale && claim.sentence == record.sentence {
            return false;
        }
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
        let Some(decided) = self.document.decisions.get(self.decision) else { return false };
        let vocabulary = &self.rulebook.vocabulary;
        let text = self.document.words(sentence);
        let shares = |named: Vec<Located<String>>, own: &[Located<String>]| {
            named.iter().any(|name| own.iter().any(|other| other.value == name.value))
        };
        shares(vocabulary.drugs_in(text, 0), &decided.item.drugs)
            || shares(vocabulary.procedures_in(text, 0), &decided.item.procedures)
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
