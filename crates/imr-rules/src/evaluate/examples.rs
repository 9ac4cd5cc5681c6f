//! Running the examples of a rulebook: each becomes a small letter that is parsed and audited like any other, so an
//! example tests the words of the vocabulary and of the evidence lexicon along with the rule.

use imr_letter::document::Outcome;
use imr_letter::{Letter, Sample};

use crate::audit::{self, Audit};
use crate::correlate;
use crate::criterion::CriterionStatus;
use crate::finding::Finding;
use crate::rulebook::Rulebook;
use crate::rulebook::example::Example;
use crate::verdict::RuleVerdict;
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
    /// What was expected and what came instead, one line a difference; empty when it went well.
    pub differences: Vec<String>,
    /// The proof of the verdict, for a reader who wonders why.
    pub reasons: Vec<String>,
}

impl ExampleResult {
    /// Whether the rule said what the example expects.
    pub fn passed(&self) -> bool {
        self.differences.is_empty()
    }
}

/// Runs every example of every rule: standards, checks, correlations, each in the order of their ids.
pub fn run_examples(rulebook: &Rulebook) -> Vec<ExampleResult> {
    let standards =
        rulebook.standards.iter().map(|standard| (standard.id.as_str(), &standard.examples));
    let checks = rulebook.checks.iter().map(|check| (check.id.as_str(), &check.examples));
    let examples = standards
        .chain(checks)
        .flat_map(|(rule, examples)| examples.iter().map(move |example| (rule, example)));
    let across = rulebook.correlations.iter().flat_map(|rule| {
        rule.examples.iter().map(move |example| correlate::run_example(rule, example, rulebook))
    });
    examples.map(|(rule, example)| run(rule, example, rulebook)).chain(across).collect()
}

fn run(rule: &str, example: &Example, rulebook: &Rulebook) -> ExampleResult {
    let letter = Letter::from_text("example", letter_text(example));
    let document = imr_letter::parse(&letter, &rulebook.vocabulary);
    let audit = audit::audit_explained(&document, "", rulebook);
    let mut differences = Vec::new();
    let verdict = audit.decisions.first().and_then(|decision| {
        let mut verdicts = decision.verdicts.iter().chain(&audit.verdicts);
        verdicts.find(|verdict| verdict.rule == rule)
    });
    let Some(verdict) = verdict else {
        differences.push("the example's letter has no decision".to_owned());
        return result(rule, example, differences, Vec::new());
    };
    compare_verdict(example, verdict, &mut differences);
    compare_criteria(example, &audit, rulebook, &mut differences);
    let finding = all_findings(&audit).find(|finding| finding.rule == rule);
    compare_finding(example, finding, rulebook, &mut differences);
    result(rule, example, differences, verdict.reasons.clone())
}

fn result(
    rule: &str,
    example: &Example,
    differences: Vec<String>,
    reasons: Vec<String>,
) -> ExampleResult {
    ExampleResult {
        rule: rule.to_owned(),
        name: example.name.clone(),
        place: example.place.clone(),
        differences,
        reasons,
    }
}

fn all_findings(audit: &Audit) -> impl Iterator<Item = &Finding> {
    audit.decisions.iter().flat_map(|decision| &decision.findings).chain(&audit.findings)
}

fn compare_verdict(example: &Example, verdict: &RuleVerdict, differences: &mut Vec<String>) {
    let expected = &example.expect;
    if verdict.verdict != expected.verdict {
        differences.push(format!(
            "the verdict is {}, expected {}",
            verdict.verdict.name(),
            expected.verdict.name()
        ));
    }
    for (name, status) in &expected.requirements {
        let found =
            verdict.requirements.iter().find(|(known, _)| known == name).map(|(_, status)| *status);
        if found != Some(*status) {
            let found = found.map_or("not judged", CriterionStatus::name);
            differences
                .push(format!("the requirement {name} is {found}, expected {}", status.name()));
        }
    }
}

fn compare_criteria(
    example: &Example,
    audit: &Audit,
    rulebook: &Rulebook,
    differences: &mut Vec<String>,
) {
    let readings =
        audit.decisions.first().map(|decision| decision.criteria.as_slice()).unwrap_or_default();
    for (criterion, status) in &example.expect.criteria {
        let reading = readings.iter().find(|reading| reading.criterion == *criterion);
        let found = reading.map(|reading| reading.rationale).unwrap_or_default();
        if found != *status {
            let name = rulebook.criteria.name(*criterion);
            differences.push(format!(
                "the criterion {name} is {} in the rationale, expected {}",
                found.name(),
                status.name()
            ));
        }
    }
}

fn compare_finding(
    example: &Example,
    finding: Option<&Finding>,
    rulebook: &Rulebook,
    differences: &mut Vec<String>,
) {
    if let Some(expected) = &example.expect.finding {
        let found = finding.map(|finding| finding.kind.as_str());
        if found != expected.as_deref() {
            let (found, expected) =
                (found.unwrap_or("none"), expected.as_deref().unwrap_or("none"));
            differences.push(format!("the finding is {found}, expected {expected}"));
        }
    }
    let said = finding.and_then(|finding| finding.counterfactual.as_deref()).unwrap_or_default();
    for criterion in example.expect.counterfactual.iter().flatten() {
        let title = rulebook.criteria.title(*criterion);
        if !said.contains(title) {
            differences.push(format!("the counterfactual does not name {title}: {said}"));
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
