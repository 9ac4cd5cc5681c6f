//! Running the examples of a correlation: each letter is parsed and audited like any other, then the batch is compared
//! by this rule alone.

use imr_letter::Letter;

use super::{Batch, BatchFinding};
use crate::audit;
use crate::evaluate::{ExampleResult, letter_text};
use crate::rulebook::correlation_example::BatchExample;
use crate::rulebook::{Correlation, Rulebook};

/// Runs one example.
pub(crate) fn run(
    rule: &Correlation,
    example: &BatchExample,
    rulebook: &Rulebook,
) -> ExampleResult {
    let mut batch = Batch::of(rulebook, std::iter::once(rule));
    for (kind, letter) in example.letters.iter().enumerate() {
        let text = letter_text(&letter.letter);
        for copy in 0..letter.times {
            let letter =
                Letter::from_text(format!("letter {}.{}", kind + 1, copy + 1), text.clone());
            let document = imr_letter::parse(&letter, &rulebook.vocabulary);
            let audit = audit::audit(&document, rulebook);
            let remembered = batch.remember(&letter, &document, &audit);
            batch.add(&remembered);
        }
    }
    let findings = batch.finish().findings;
    ExampleResult {
        rule: rule.id.clone(),
        name: example.name.clone(),
        place: example.place.clone(),
        differences: differences(example, &findings),
        reasons: findings.iter().map(|finding| finding.message.clone()).collect(),
    }
}

fn differences(example: &BatchExample, findings: &[BatchFinding]) -> Vec<String> {
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
