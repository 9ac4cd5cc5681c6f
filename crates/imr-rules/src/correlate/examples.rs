//! Running the examples of a correlation: each letter is parsed and audited like any other, then the batch is compared
//! by this rule alone.

use imr_letter::Letter;

use super::{Batch, BatchFinding, Remembered};
use crate::audit;
use crate::evaluate::{ExampleResult, Failure, letter_text};
use crate::rulebook::correlation_example::BatchExample;
use crate::rulebook::{Correlation, Rulebook};

/// The letters of an example, read once; a rule and any variant of it can be run on them.
pub(crate) struct PreparedBatch(Vec<Remembered>);

/// Reads the letters of an example.
pub(crate) fn prepare(
    rule: &Correlation,
    example: &BatchExample,
    rulebook: &Rulebook,
) -> PreparedBatch {
    let batch = Batch::of(rulebook, std::iter::once(rule));
    let mut remembered = Vec::new();
    for (kind, letter) in example.letters.iter().enumerate() {
        let text = letter_text(&letter.letter);
        for copy in 0..letter.times {
            let letter =
                Letter::from_text(format!("letter {}.{}", kind + 1, copy + 1), text.clone());
            let document = imr_letter::parse(&letter, &rulebook.vocabulary);
            let audit = audit::audit(&document, rulebook);
            remembered.push(batch.remember(&letter, &document, &audit));
        }
    }
    PreparedBatch(remembered)
}

/// What a rule finds in the letters of an example.
pub(crate) fn findings(
    rule: &Correlation,
    letters: &PreparedBatch,
    rulebook: &Rulebook,
) -> Vec<BatchFinding> {
    let mut batch = Batch::of(rulebook, std::iter::once(rule));
    letters.0.iter().for_each(|letter| batch.add(letter));
    batch.finish().findings
}

/// Runs one example.
pub(crate) fn run(
    rule: &Correlation,
    example: &BatchExample,
    rulebook: &Rulebook,
) -> ExampleResult {
    let findings = findings(rule, &prepare(rule, example, rulebook), rulebook);
    let differences = differences(example, &findings);
    ExampleResult {
        rule: rule.id.clone(),
        name: example.name.clone(),
        place: example.place.clone(),
        failure: (!differences.is_empty()).then(|| failure(example, &findings)),
        differences,
        reasons: findings.iter().map(|finding| finding.message.clone()).collect(),
    }
}

fn failure(example: &BatchExample, findings: &[BatchFinding]) -> Failure {
    match example.expect.findings {
        Some(expected) if findings.len() > expected => Failure::Noisy,
        Some(expected) if findings.len() < expected => Failure::Missing,
        _ => Failure::Wrong,
    }
}

/// One line a difference between what was expected and what was found.
pub(crate) fn differences(example: &BatchExample, findings: &[BatchFinding]) -> Vec<String> {
    let expect = &example.expect;
    let mut found = Vec::new();
    if expect.findings.is_some_and(|count| count != findings.len()) {
        let expected = expect.findings.unwrap_or_default();
        found.push(format!("the findings are {}, expected {expected}", findings.len()));
    }
    for criterion in &expect.criteria {
        if !findings.iter().any(|finding| finding.criterion.as_ref() == Some(criterion)) {
            found.push(format!("no finding is about {criterion}"));
        }
    }
    for finding in findings {
        if expect.established.is_some_and(|expected| expected != finding.test.established) {
            let not = if finding.test.established { "" } else { "not " };
            found.push(format!("chance is {not}excluded: {}", finding.message));
        }
    }
    for words in &expect.says {
        if !findings.iter().any(|finding| finding.message.contains(words.as_str())) {
            found.push(format!("no message says \"{words}\""));
        }
    }
    found
}
