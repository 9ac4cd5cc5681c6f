//! Running the examples of a rulebook: each becomes a small letter that is parsed and read like any other and put before
//! its rule, so an example tests the words of the vocabulary and of the evidence lexicon along with the rule. An example
//! that says what is read (`given`) tests the rule alone.

use imr_letter::document::Outcome;
use imr_letter::{Document, Letter, Sample};

use super::world::Case;
use crate::audit::{Audit, Reading, audit_read};
use crate::criterion::{CriterionReading, CriterionStatus};
use crate::evidence::{Evidence, Parts};
use crate::finding::Finding;
use crate::rulebook::example::{Example, Expectation, Given};
use crate::rulebook::{Check, Rulebook, Standard};
use crate::testing;
use crate::verdict::{RuleVerdict, Verdict};
use crate::yaml::Place;

/// How an example went.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExampleResult {
    /// The rule that it belongs to.
    pub rule: String,
    /// Its name.
    pub name: String,
    /// Where it stands.
    pub place: Place,
    /// How the rule fails it; `None` when it went well.
    pub failure: Option<Failure>,
    /// What was expected and what came instead, one line a difference; empty when it went well.
    pub differences: Vec<String>,
    /// The proof of the verdict, for a reader who wonders why.
    pub reasons: Vec<String>,
}

/// How a rule fails an example.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Failure {
    /// It raises what it should not: a false alarm.
    Noisy,
    /// It does not raise what it should: silence.
    Missing,
    /// It raises or not as it should, and something else is wrong.
    Wrong,
}

impl Failure {
    /// The stable name used in output.
    pub fn name(self) -> &'static str {
        match self {
            Self::Noisy => "noisy",
            Self::Missing => "missing",
            Self::Wrong => "wrong",
        }
    }
}

impl ExampleResult {
    /// Whether the rule said what the example expects.
    pub fn passed(&self) -> bool {
        self.failure.is_none()
    }
}

/// Runs every example of every rule: standards, checks, correlations, each in the order of their ids, then the cases.
pub fn run_examples(rulebook: &Rulebook) -> Vec<ExampleResult> {
    testing::tests(rulebook).iter().map(|test| test.run(rulebook)).collect()
}

/// A letter that was parsed and read, before any rule is asked.
#[derive(Clone, Debug)]
pub(crate) struct Prepared {
    letter: Letter,
    pub(crate) document: Document,
    reading: Reading,
}

impl Prepared {
    /// Reads the letter of an example.
    pub(crate) fn of(example: &Example, rulebook: &Rulebook) -> Self {
        Self::text(letter_text(example), example.given.as_ref(), rulebook)
    }

    /// Reads a letter; what is given replaces what is read about its first decision.
    pub(crate) fn text(text: String, given: Option<&Given>, rulebook: &Rulebook) -> Self {
        let letter = Letter::from_text("example", text);
        let document = imr_letter::parse(&letter, &rulebook.vocabulary);
        let reading = read(&document, given, rulebook);
        Self { letter, document, reading }
    }

    /// The same letter with other things given. Nothing else in it may be read, or it would be read again.
    pub(crate) fn given(&self, given: &Given) -> Self {
        let reading = self.reading.with_first(&self.document, |read| told(given, read));
        Self { letter: self.letter.clone(), document: self.document.clone(), reading }
    }

    /// What every rule says about it.
    pub(crate) fn audit(self, rulebook: &Rulebook) -> (Letter, Document, Audit) {
        let Self { letter, document, reading } = self;
        let audit = audit_read(&document, &letter.name, reading, rulebook, &mut |_| {});
        (letter, document, audit)
    }

    /// The decision with this index (from 0).
    pub(crate) fn case<'c>(&'c self, index: usize, rulebook: &'c Rulebook) -> Option<Case<'c>> {
        self.reading.case(&self.document, "", index, rulebook)
    }
}

fn read(document: &Document, given: Option<&Given>, rulebook: &Rulebook) -> Reading {
    let parts = Parts::of(document, &rulebook.lexicon);
    let mut evidence = parts.read(document, rulebook);
    if let (Some(given), Some(first)) = (given, evidence.first_mut()) {
        *first = told(given, first);
    }
    Reading::of(document, &parts, evidence, rulebook, &mut |_| {}).explained()
}

/// What an example gives in the place of what was read.
fn told(given: &Given, read: &Evidence) -> Evidence {
    let mut criteria: Vec<CriterionReading> = Vec::new();
    let silent = CriterionStatus::Silent;
    let of = |list: &[(_, CriterionStatus)], wanted| {
        list.iter().find(|(criterion, _)| *criterion == wanted).map_or(silent, |found| found.1)
    };
    for (criterion, _) in given.rationale.iter().chain(&given.summary) {
        if criteria.iter().all(|known| known.criterion != *criterion) {
            criteria.push(CriterionReading {
                criterion: *criterion,
                rationale: of(&given.rationale, *criterion),
                summary: of(&given.summary, *criterion),
                grounds: Vec::new(),
            });
        }
    }
    criteria.sort_by_key(|reading| reading.criterion);
    let request = given.request.unwrap_or(read.request);
    Evidence {
        request,
        criteria,
        own: Vec::new(),
        lacking: Vec::new(),
        rationale: read.rationale.clone(),
        summary_names: read.summary_names.clone(),
    }
}

/// What a standard says about a decision.
pub(crate) fn by_standard(rule: &Standard, case: Case<'_>) -> (RuleVerdict, Vec<Finding>) {
    let (verdict, finding) = super::standard(rule, case);
    (verdict, finding.into_iter().collect())
}

/// What a check says about a decision.
pub(crate) fn by_check(rule: &Check, case: Case<'_>) -> (RuleVerdict, Vec<Finding>) {
    super::check(rule, case)
}

/// What a rule said against what was expected of it.
pub(crate) struct Compared<'a> {
    pub(crate) expect: &'a Expectation,
    pub(crate) verdict: &'a RuleVerdict,
    pub(crate) finding: Option<&'a Finding>,
    pub(crate) readings: &'a [CriterionReading],
    pub(crate) rulebook: &'a Rulebook,
}

impl Compared<'_> {
    /// One line a difference.
    pub(crate) fn differences(&self) -> Vec<String> {
        let mut differences = Vec::new();
        self.verdict(&mut differences);
        self.criteria(&mut differences);
        self.finding(&mut differences);
        differences
    }

    /// How the rule fails, given that something differs.
    pub(crate) fn failure(&self) -> Failure {
        let expected = self.expect.verdict == Verdict::Inconsistent;
        let raised = self.verdict.verdict == Verdict::Inconsistent;
        let finding = self.expect.finding.as_ref().map(Option::is_some);
        match (expected, raised) {
            (false, true) => Failure::Noisy,
            (true, false) => Failure::Missing,
            _ if finding == Some(true) && self.finding.is_none() => Failure::Missing,
            _ if finding == Some(false) && self.finding.is_some() => Failure::Noisy,
            _ => Failure::Wrong,
        }
    }

    fn verdict(&self, differences: &mut Vec<String>) {
        let (expected, found) = (self.expect, self.verdict);
        if found.verdict != expected.verdict {
            differences.push(format!(
                "the verdict is {}, expected {}",
                found.verdict.name(),
                expected.verdict.name()
            ));
        }
        for (name, status) in &expected.requirements {
            let judged = found.requirements.iter().find(|(known, _)| known == name);
            let judged = judged.map(|(_, status)| *status);
            if judged != Some(*status) {
                let found = judged.map_or("not judged", CriterionStatus::name);
                differences
                    .push(format!("the requirement {name} is {found}, expected {}", status.name()));
            }
        }
    }

    fn criteria(&self, differences: &mut Vec<String>) {
        for (criterion, status) in &self.expect.criteria {
            let reading = self.readings.iter().find(|reading| reading.criterion == *criterion);
            let found = reading.map(|reading| reading.rationale).unwrap_or_default();
            if found != *status {
                let name = self.rulebook.criteria.name(*criterion);
                differences.push(format!(
                    "the criterion {name} is {} in the rationale, expected {}",
                    found.name(),
                    status.name()
                ));
            }
        }
    }

    fn finding(&self, differences: &mut Vec<String>) {
        if let Some(expected) = &self.expect.finding {
            let found = self.finding.map(|finding| finding.kind.as_str());
            if found != expected.as_deref() {
                let (found, expected) =
                    (found.unwrap_or("none"), expected.as_deref().unwrap_or("none"));
                differences.push(format!("the finding is {found}, expected {expected}"));
            }
        }
        let said = self.finding.and_then(|finding| finding.counterfactual.as_deref());
        let said = said.unwrap_or_default();
        for criterion in self.expect.counterfactual.iter().flatten() {
            let title = self.rulebook.criteria.title(*criterion);
            if !said.contains(title) {
                differences.push(format!("the counterfactual does not name {title}: {said}"));
            }
        }
    }
}

/// The example as a letter in the layout of 2014 to 2016.
pub(crate) fn letter_text(example: &Example) -> String {
    let decided = example.decided.map(|day| day.strftime("%m/%d/%Y").to_string());
    let sample = Sample {
        decided: decided.as_deref().unwrap_or_default(),
        summary: &example.summary,
        heading: &example.heading,
        outcome: outcome(example.outcome),
        rationale: &example.rationale,
        ..Sample::default()
    };
    let citation = example.citation.as_deref().unwrap_or(sample.citation);
    let others = example.also.iter().map(|other| {
        let (heading, rationale) = (other.heading.as_str(), other.rationale.as_str());
        Sample { heading, outcome: outcome(other.outcome), rationale, ..sample }.decision()
    });
    Sample { citation, ..sample }.text() + &others.collect::<String>()
}

fn outcome(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Upheld => "Upheld",
        Outcome::Overturned => "Overturned",
        Outcome::Modified | Outcome::Unknown => "Modified",
    }
}
