//! Finds the pairs of a claim and a record that speak of one fact.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use imr_letter::document::Decision;
use imr_letter::span::Located;
use imr_letter::vocabulary::Wording;
use imr_letter::{Document, Slice};
use jiff::civil::Date;

use super::agreement::{Sign, Trait};
use super::claims::touches;
use super::numbers::share_number;
use super::reading::{Reading, Said};
use super::weighed::{Pair, Sentences, Weighed, lacking};
use super::{Against, Contradiction, Contradictions, Role, Statement, Topic};
use crate::criterion::{CriterionId, CriterionReading, CriterionStatus, Part};
use crate::evidence::{Assertion, DecisionParts, Evidence, Matched, Parts, Passage};
use crate::rulebook::Rulebook;

/// Days that two dates of one thing may lie apart.
const TOLERANCE: i32 = 2;

/// Rationales of a letter are compared with those of so many decisions before and after them.
const NEAREST: usize = 12;

/// Of a topic that a part speaks of more often, the first statements are compared.
pub(super) const MOST: usize = 32;

/// The contradictions of each decision, of which `parts` were matched and `evidence` read: at most one for each topic and place,
/// and for each criterion one in other words than those of topics.
pub(crate) fn contradictions(
    document: &Document,
    parts: &Parts,
    evidence: &[Evidence],
    rulebook: &Rulebook,
    wording: Wording<'_>,
) -> Vec<Vec<Contradiction>> {
    paired(
        (document, wording),
        parts,
        evidence,
        rulebook,
        |pairing, rationales, summary, sentences| {
            let mut found = pairing.all(rationales, summary);
            pairing.weigh(summary, sentences, &mut found);
            found
        },
    )
}

/// Every claim of each decision with every sentence of the case summary that may contradict it.
pub(crate) fn pairs(
    document: &Document,
    parts: &Parts,
    evidence: &[Evidence],
    rulebook: &Rulebook,
) -> Vec<Vec<Pair>> {
    let terms = rulebook.vocabulary.terms(document.view.text(), document.body());
    let wording = Wording::new(&document.view, &rulebook.vocabulary, &terms);
    paired((document, wording), parts, evidence, rulebook, |pairing, _, summary, sentences| {
        pairing.pairs(summary, sentences)
    })
}

/// Asks each decision of its pairing, the rationales of the letter, and the case summary with its weighed sentences.
fn paired<T>(
    (document, wording): (&Document, Wording<'_>),
    parts: &Parts,
    evidence: &[Evidence],
    rulebook: &Rulebook,
    asked: impl Fn(&Pairing<'_>, &[Records<'_>], Records<'_>, &[Weighed]) -> T,
) -> Vec<T> {
    let book = &rulebook.contradictions;
    let summary = Reading::new(book, document, &parts.summary);
    let mut known: BTreeMap<Slice, Rc<Reading>> = BTreeMap::new();
    let mut read = |own: &DecisionParts| {
        let slice = own.rationale.passage.slice;
        let reading = || Rc::new(Reading::new(book, document, &own.rationale));
        Rc::clone(known.entry(slice).or_insert_with(reading))
    };
    let readings: Vec<Rc<Reading>> = parts.decisions.iter().map(&mut read).collect();
    let own = readings.iter().zip(evidence).zip(&parts.decisions);
    let rationales: Vec<Records<'_>> = own
        .map(|((reading, evidence), own)| Records {
            part: &own.rationale,
            reading,
            names_item: &evidence.rationale.names_item,
        })
        .collect();
    let mut asked_of: BTreeMap<&str, BTreeSet<CriterionId>> = BTreeMap::new();
    for (decided, evidence) in document.decisions.iter().zip(evidence) {
        asked_of
            .entry(&decided.item.class)
            .or_default()
            .extend(lacking(&evidence.criteria).map(|one| one.criterion));
    }
    let mut sentences = Sentences::of(&parts.summary, rulebook);
    let weigh = |(class, asked)| (class, sentences.weigh(class, &asked, rulebook));
    let weighed: BTreeMap<&str, Vec<Weighed>> = asked_of.into_iter().map(weigh).collect();
    let decisions = document.decisions.iter().zip(evidence).zip(&parts.decisions).zip(&rationales);
    let mut out = Vec::with_capacity(rationales.len());
    for (number, (((decided, evidence), own), rationale)) in decisions.enumerate() {
        let sentences = weighed.get(decided.item.class.as_str());
        let pairing = Pairing {
            document,
            wording,
            number,
            decided,
            rulebook,
            heading: zones_of(book, &own.heading),
            rationale: *rationale,
            readings: &evidence.criteria,
            naming: RefCell::default(),
        };
        let summary = Records {
            part: &parts.summary,
            reading: &summary,
            names_item: &evidence.summary_names,
        };
        let sentences = sentences.map(Vec::as_slice).unwrap_or_default();
        out.push(asked(&pairing, &rationales, summary, sentences));
    }
    out
}

/// The parts of the body that a heading names.
fn zones_of(book: &Contradictions, heading: &Passage) -> BTreeSet<usize> {
    let roles = heading.topics.iter().filter_map(|hit| book.role(hit.entry));
    roles.filter_map(|role| if let Role::Zone(zone) = role { Some(zone) } else { None }).collect()
}

/// A part of the letter in the light of a decision.
#[derive(Clone, Copy)]
pub(super) struct Records<'c> {
    pub(super) part: &'c Matched,
    pub(super) reading: &'c Reading,
    /// For each clause, whether its sentence names the disputed item.
    pub(super) names_item: &'c [bool],
}

/// What a pair is looked for in.
pub(super) struct Pairing<'c> {
    pub(super) document: &'c Document,
    wording: Wording<'c>,
    number: usize,
    pub(super) decided: &'c Decision,
    pub(super) rulebook: &'c Rulebook,
    /// The parts of the body that the heading names.
    pub(super) heading: BTreeSet<usize>,
    pub(super) rationale: Records<'c>,
    /// What evidence reads.
    pub(super) readings: &'c [CriterionReading],
    /// What sentences name, as far as it was asked.
    naming: RefCell<BTreeMap<Slice, Naming>>,
}

/// Whether a sentence names drugs or services.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Naming {
    /// One of the heading.
    pub(super) own: bool,
    /// Another one.
    pub(super) other: bool,
}

impl Pairing<'_> {
    /// The first contradiction about each topic in each place.
    fn all(&self, rationales: &[Records<'_>], summary: Records<'_>) -> Vec<Contradiction> {
        let book = &self.rulebook.contradictions;
        let summary: Vec<Records<'_>> =
            self.has_separate_summary().then_some(summary).into_iter().collect();
        let siblings = self.siblings(rationales);
        let topics = book.topics.iter().enumerate();
        let counting = topics.filter(|(_, topic)| topic.counts_for(&self.decided.item.class));
        let mut found = Vec::new();
        for (number, topic) in counting {
            for against in &topic.against {
                let places: &[Records<'_>] = match against {
                    Against::Summary => &summary,
                    Against::Itself => &[self.rationale],
                    Against::Sibling => &siblings,
                };
                let mut places = places.iter();
                found
                    .extend(places.find_map(|place| self.first((number, topic), *against, *place)));
            }
        }
        found
    }

    /// Whether the case summary stands apart from the rationale.
    pub(super) fn has_separate_summary(&self) -> bool {
        self.document.summary.is_some_and(|summary| {
            let apart = |own: Slice| own.end <= summary.start || summary.end <= own.start;
            self.decided.rationale.is_none_or(apart)
        })
    }

    /// The rationales of the nearest other decisions; a rationale that several items share is one.
    fn siblings<'r>(&self, rationales: &[Records<'r>]) -> Vec<Records<'r>> {
        let others = self.document.decisions.iter().zip(rationales).enumerate();
        let near = others.filter(|(number, (decision, _))| {
            *number != self.number
                && number.abs_diff(self.number) <= NEAREST
                && decision.rationale != self.decided.rationale
        });
        near.map(|(_, (_, records))| *records).collect()
    }

    /// The claim about a topic and the record against it that fit each other best; the first among equals.
    fn first(
        &self,
        (number, topic): (usize, &Topic),
        against: Against,
        records: Records<'_>,
    ) -> Option<Contradiction> {
        let found: Vec<&Said> = records
            .reading
            .said(number, Statement::Record)
            .filter(|said| topic.record.is.contains(&said.assertion))
            .take(MOST)
            .collect();
        if found.is_empty() {
            return None;
        }
        let mut best: Option<(i64, Contradiction)> = None;
        for claim in &self.claims((number, topic), against) {
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

    /// How well a record fits a claim; `None` when they are not about one fact.
    fn agreement(
        &self,
        topic: &Topic,
        (claim, record): (&Said, &Said),
        against: Against,
        records: Records<'_>,
    ) -> Option<i64> {
        let own = self.rationale.reading;
        let (claimed, recorded) = (own.sentence(claim)?, records.reading.sentence(record)?);
        let (own, theirs) = (claimed.zones(claim), recorded.zones(record));
        let fits = same_time(&claimed.dates, &recorded.dates)
            && topic
                .record
                .scores
                .is_none_or(|wanted| wanted.fit(self.document.words(record.slice)))
            && (!topic.same_part || self.same_part(&own, &theirs))
            && (!topic.same_item
                || record.names_item(records.names_item)
                || self.naming(recorded.slice).own);
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
        traits
            .extend(of(Trait::Qualified, self.rationale.reading.has_sign(Sign::Qualified, claim)));
        let planned = || records.reading.has_sign(Sign::Planned, record);
        traits.extend(of(Trait::Planned, !topic.record.plans && planned()));
        self.rulebook.contradictions.agreement.enough(&traits)
    }

    /// Whether no other part of the body is named. A claim that names none is about that of the heading.
    fn same_part(&self, claimed: &BTreeSet<usize>, recorded: &BTreeSet<usize>) -> bool {
        let own = if claimed.is_empty() { &self.heading } else { claimed };
        own.is_empty() || recorded.is_empty() || !own.is_disjoint(recorded)
    }

    /// Whether a sentence names a drug or a service of the heading, and whether it names others.
    pub(super) fn naming(&self, sentence: Slice) -> Naming {
        let known = self.naming.borrow().get(&sentence).copied();
        known.unwrap_or_else(|| {
            let names = self.finds_names(sentence);
            self.naming.borrow_mut().insert(sentence, names);
            names
        })
    }

    fn finds_names(&self, sentence: Slice) -> Naming {
        let mut naming = Naming::default();
        let mut look = |named: Vec<Located<String>>, own: &[Located<String>]| {
            for name in named {
                let owned = own.iter().any(|other| other.value == name.value);
                naming.own |= owned;
                naming.other |= !owned;
            }
        };
        look(self.wording.drugs_in(sentence), &self.decided.item.drugs);
        look(self.wording.procedures_in(sentence), &self.decided.item.procedures);
        naming
    }
}

/// Whether no dates tell two statements apart.
pub(super) fn same_time(claimed: &[Date], recorded: &[Date]) -> bool {
    let near = |a: &Date, b: &Date| (*b - *a).get_days().abs() <= TOLERANCE;
    claimed.is_empty()
        || recorded.is_empty()
        || claimed.iter().any(|a| recorded.iter().any(|b| near(a, b)))
}
