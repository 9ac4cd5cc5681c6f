//! The test that is missing: a letter on which a rule and its variant differ.
//!
//! Looked for first among readings that are given (one criterion after the other, alone or as the only one that is not
//! met, in either part of the letter), because such a test says exactly what it is about; then among the letters of all
//! examples of the rulebook; then among the rule's own letters with a word of the rule put in the place of another, or a
//! number of the rule in the place of one of theirs. What the rule says now is what the example expects: whether that is
//! right is for its author to say.

use std::cell::OnceCell;
use std::collections::BTreeSet;

use imr_letter::document::Outcome;

use super::operators::Variant;
use crate::criterion::{CriterionId, CriterionStatus, Part};
use crate::evaluate::Prepared;
use crate::evidence::Request;
use crate::rulebook::condition::Condition;
use crate::rulebook::example::{Example, Expectation, Given};
use crate::rulebook::{AnyRule, Rulebook};
use crate::verdict::Verdict;

/// The letters of all examples in which something is read, read when the first is asked for.
pub struct Pool {
    examples: Vec<Example>,
    letters: OnceCell<Vec<Prepared>>,
}

impl Pool {
    /// The letters of the examples of standards and checks.
    pub fn of(rulebook: &Rulebook) -> Self {
        let standards = rulebook.standards.iter().flat_map(|rule| &rule.examples);
        let checks = rulebook.checks.iter().flat_map(|rule| &rule.examples);
        let read = standards.chain(checks).filter(|example| example.given.is_none());
        Self { examples: read.cloned().collect(), letters: OnceCell::new() }
    }
}

impl Pool {
    fn letters(&self, rulebook: &Rulebook) -> impl Iterator<Item = (&Example, &Prepared)> {
        let read = || self.examples.iter().map(|one| Prepared::of(one, rulebook)).collect();
        self.examples.iter().zip(self.letters.get_or_init(read))
    }
}

/// Headings of a rule's own examples that readings are tried with.
const MOST_HEADINGS: usize = 3;

/// Where a missing test of one rule is looked for.
pub(super) struct Scaffolds<'p> {
    rule: AnyRule,
    pool: &'p Pool,
    /// Letters that say no more than their outcome.
    bare: Vec<(Example, Prepared)>,
    readings: Vec<(String, Given)>,
}

impl<'p> Scaffolds<'p> {
    pub(super) fn new(rule: &AnyRule, pool: &'p Pool, rulebook: &Rulebook) -> Self {
        let mut criteria = Vec::new();
        for condition in conditions(rule) {
            named(condition, &mut criteria);
        }
        Self {
            bare: bare_letters(examples(rule), rulebook),
            readings: readings(&criteria, rulebook),
            rule: rule.clone(),
            pool,
        }
    }

    /// An example on which the rule and its variant differ.
    pub(super) fn example(
        &self,
        variant: &AnyRule,
        change: &Variant,
        rulebook: &Rulebook,
    ) -> Option<Example> {
        let given = self.bare.iter().flat_map(|(example, letter)| {
            self.readings.iter().filter_map(move |(name, given)| {
                let letter = letter.given(given);
                let expect = self.differ(variant, &letter, rulebook)?;
                let (name, given) = (name.clone(), Some(given.clone()));
                Some(Example { name, given, expect, ..example.clone() })
            })
        });
        let written = self.pool.letters(rulebook).filter_map(|(example, letter)| {
            let expect = self.differ(variant, letter, rulebook)?;
            Some(Example { expect, ..example.clone() })
        });
        let own = examples(&self.rule);
        let reworded = reworded(own, change).chain(renumbered(own, change)).filter_map(|example| {
            let letter = Prepared::of(&example, rulebook);
            let expect = self.differ(variant, &letter, rulebook)?;
            Some(Example { expect, ..example })
        });
        given.chain(written).chain(reworded).next()
    }

    /// What the rule says about a letter, when its variant says otherwise.
    fn differ(
        &self,
        variant: &AnyRule,
        letter: &Prepared,
        rulebook: &Rulebook,
    ) -> Option<Expectation> {
        let said = |rule: &AnyRule| {
            let (verdict, findings) = rule.asked()?.ask(letter, 0, rulebook)?;
            let kind = findings.into_iter().next().map(|finding| finding.kind);
            Some((verdict.verdict, kind, verdict.requirements))
        };
        let (now, then) = (said(&self.rule)?, said(variant)?);
        if now == then || now.0 == Verdict::Error {
            return None;
        }
        let alike = now.0 == then.0 && now.1 == then.1;
        let known = |(name, _): &(String, CriterionStatus)| is_requirement(&self.rule, name);
        let differing: Vec<_> =
            now.2.into_iter().filter(|one| known(one) && !then.2.contains(one)).collect();
        if alike && differing.is_empty() {
            return None;
        }
        let requirements = if alike { differing } else { Vec::new() };
        let finding = Some(now.1);
        let (criteria, counterfactual) = (Vec::new(), None);
        Some(Expectation { verdict: now.0, requirements, criteria, finding, counterfactual })
    }
}

/// Whether an example may speak of this name.
fn is_requirement(rule: &AnyRule, name: &str) -> bool {
    matches!(rule, AnyRule::Standard(rule) if rule.requires.iter().any(|one| one.name == name))
}

fn examples(rule: &AnyRule) -> &[Example] {
    match rule {
        AnyRule::Standard(rule) => &rule.examples,
        AnyRule::Check(rule) => &rule.examples,
        AnyRule::Correlation(_) => &[],
    }
}

/// The conditions of a rule.
fn conditions(rule: &AnyRule) -> Vec<&Condition> {
    match rule {
        AnyRule::Standard(rule) => {
            let named = rule.requires.iter().chain(&rule.limits).map(|one| &one.condition);
            let exceptions = rule.exceptions.iter().map(|one| &one.when);
            named.chain(exceptions).chain([&rule.applies_to]).collect()
        }
        AnyRule::Check(rule) => rule.applies_to.iter().chain([&rule.flag_when]).collect(),
        AnyRule::Correlation(_) => Vec::new(),
    }
}

/// The criteria that a condition names, each once.
fn named(condition: &Condition, found: &mut Vec<CriterionId>) {
    match condition {
        Condition::All(parts) | Condition::AtLeast { of: parts, .. } => {
            for part in parts {
                named(part, found);
            }
        }
        Condition::Not(part) => named(part, found),
        Condition::Criterion(test) | Condition::StatusOf(test) => {
            found.extend(test.named().filter(|criterion| !found.contains(criterion)));
        }
        Condition::Fact(_) => {}
    }
}

/// For each of a few headings, an approval and a denial that say nothing else.
fn bare_letters(examples: &[Example], rulebook: &Rulebook) -> Vec<(Example, Prepared)> {
    let mut headings: Vec<&Example> = Vec::new();
    for example in examples {
        if headings.len() < MOST_HEADINGS
            && headings.iter().all(|known| known.heading != example.heading)
        {
            headings.push(example);
        }
    }
    let outcomes = [Outcome::Overturned, Outcome::Upheld];
    let bare = headings.into_iter().flat_map(|example| {
        outcomes.map(|outcome| {
            let bare = example.bare(outcome);
            let letter = Prepared::of(&bare, rulebook);
            (bare, letter)
        })
    });
    bare.collect()
}

/// Readings of these criteria, the plainest first, each with a name.
fn readings(criteria: &[CriterionId], rulebook: &Rulebook) -> Vec<(String, Given)> {
    let title = |criterion: CriterionId| rulebook.criteria.title(criterion);
    let mut found = vec![("nothing is said".to_owned(), Given::default())];
    let every = rulebook.criteria.iter().map(|(id, _)| id);
    let others = every.filter(|criterion| !criteria.contains(criterion));
    for criterion in criteria.iter().copied().chain(others) {
        let known = criteria.contains(&criterion);
        for part in [Part::Rationale, Part::Summary] {
            for status in STATED.into_iter().filter(|status| known || *status != MET) {
                let (what, where_) = (status.name(), place(part));
                let name = format!("nothing but {} {what} in the {where_}", title(criterion));
                found.push((name, one(criterion, status, part)));
            }
        }
    }
    for request in Request::NAMES.iter().map(|(_, request)| *request) {
        let mut phase = |name: String, given: Given| {
            let given = Given { request: Some(request), ..given };
            found.push((format!("{}, {name}", request.name()), given));
        };
        let all = criteria.iter().map(|id| (*id, MET)).collect();
        phase("everything is shown".to_owned(), Given { rationale: all, ..Given::default() });
        phase("nothing is said".to_owned(), Given::default());
        for criterion in criteria {
            for part in [Part::Rationale, Part::Summary] {
                let name = format!("nothing but {} in the {}", title(*criterion), place(part));
                phase(name, one(*criterion, MET, part));
            }
        }
    }
    found.extend(all_but_one(criteria, rulebook));
    found.extend(pairs(criteria, rulebook));
    found
}

const MET: CriterionStatus = CriterionStatus::Met;

/// The statuses that a letter can state, the plainest first.
const STATED: [CriterionStatus; 4] =
    [MET, CriterionStatus::NotMet, CriterionStatus::Undocumented, CriterionStatus::Conflicting];

/// Everything met but one, which is met in the case summary or not at all.
fn all_but_one(criteria: &[CriterionId], rulebook: &Rulebook) -> Vec<(String, Given)> {
    let mut found = Vec::new();
    for criterion in criteria {
        for status in STATED.into_iter().skip(1).chain([CriterionStatus::Silent]) {
            let said = |id: &CriterionId| (*id, if id == criterion { status } else { MET });
            let rationale: Vec<_> = criteria.iter().map(said).collect();
            let title = rulebook.criteria.title(*criterion);
            let name = format!("everything is shown, but {title} is {}", status.name());
            found.push((name.clone(), Given { rationale: rationale.clone(), ..Given::default() }));
            let summary = vec![(*criterion, MET)];
            let name = format!("{name} and met in the summary");
            found.push((name, Given { rationale, summary, request: None }));
        }
    }
    found
}

/// Two criteria met, in the same part or in two.
fn pairs(criteria: &[CriterionId], rulebook: &Rulebook) -> Vec<(String, Given)> {
    let mut found = Vec::new();
    for (place, first) in criteria.iter().enumerate() {
        for second in criteria.iter().skip(place + 1) {
            let (a, b) = (rulebook.criteria.title(*first), rulebook.criteria.title(*second));
            let (first, second) = ((*first, MET), (*second, MET));
            let mut pair = |name: String, rationale, summary| {
                found.push((name, Given { rationale, summary, request: None }));
            };
            pair(format!("{a} and {b}"), vec![first, second], Vec::new());
            pair(format!("{a}, and {b} in the summary"), vec![first], vec![second]);
            pair(format!("{b}, and {a} in the summary"), vec![second], vec![first]);
        }
    }
    found
}

fn one(criterion: CriterionId, status: CriterionStatus, part: Part) -> Given {
    let list = vec![(criterion, status)];
    match part {
        Part::Rationale => Given { rationale: list, ..Given::default() },
        Part::Summary => Given { summary: list, ..Given::default() },
    }
}

fn place(part: Part) -> &'static str {
    match part {
        Part::Rationale => "rationale",
        Part::Summary => "summary",
    }
}

/// The rule's own letters with the number that was changed, as it was and as it is, in the place of each of their numbers.
fn renumbered<'e>(
    examples: &'e [Example],
    change: &'e Variant,
) -> impl Iterator<Item = Example> + 'e {
    let numbers = change.number.as_ref();
    numbers.into_iter().flatten().flat_map(move |number| {
        examples.iter().flat_map(move |example| {
            let texts = [&example.heading, &example.rationale, &example.summary];
            let others: BTreeSet<&str> = texts.into_iter().flat_map(|text| whole(text)).collect();
            others.into_iter().filter_map(move |other| example.reworded(other, number))
        })
    })
}

/// The whole numbers in a text, as written.
fn whole(text: &str) -> impl Iterator<Item = &str> {
    text.split(|letter: char| !letter.is_ascii_digit()).filter(|digits| !digits.is_empty())
}

/// The rule's own letters with the word that was dropped in the place of another word of its list.
fn reworded<'e>(
    examples: &'e [Example],
    change: &'e Variant,
) -> impl Iterator<Item = Example> + 'e {
    let dropped = change.word.as_ref();
    dropped.into_iter().flat_map(move |(word, others)| {
        others.iter().flat_map(move |other| {
            examples.iter().filter_map(move |example| example.reworded(other, word))
        })
    })
}
