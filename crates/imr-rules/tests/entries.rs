//! The sentences that stand beside the entries of the evidence lexicon: in its example an entry must speak, in its
//! counter-example it must not. They are tests like the examples of rules, of the shipped entries and of a user's own.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod shipped_files;

use imr_rules::evaluate::{ExampleResult, Failure};
use imr_rules::testing::tests;
use imr_rules::{RuleFile, Rulebook};

/// The results of the sentences, of entries with this beginning of an id.
fn results(rulebook: &Rulebook, beginning: &str) -> Vec<ExampleResult> {
    let sentences = tests(rulebook).into_iter().filter(|test| test.name().ends_with("sentence"));
    let of_entry = sentences.filter(|test| test.rule().starts_with(beginning));
    of_entry.map(|test| test.run(rulebook)).collect()
}

#[test]
fn every_entry_speaks_in_its_example_and_not_in_its_counter_example() {
    let rulebook = shipped_files::rulebook();
    let results = results(&rulebook, "");
    assert!(results.len() > 600, "only {} sentences", results.len());
    let failed: Vec<String> = results
        .iter()
        .filter(|result| !result.passed())
        .map(|result| format!("{} {}: {:?}", result.rule, result.name, result.differences))
        .collect();
    assert!(failed.is_empty(), "{} sentences:\n{}", failed.len(), failed.join("\n"));
}

/// Examples and counter-examples that are right and read wrongly. The list may only shrink.
const MOST_MISREAD: usize = 5;

#[test]
fn every_entry_has_an_example_and_few_are_misread() {
    let rulebook = shipped_files::rulebook();
    let entries = || rulebook.entry_examples.iter();
    let without: Vec<_> =
        entries().filter(|entry| entry.example.is_none()).map(|entry| entry.id.as_str()).collect();
    assert!(without.is_empty(), "entries without an example sentence: {}", without.join(", "));
    let misread: usize = entries().map(|entry| entry.misread.len()).sum();
    assert!(misread <= MOST_MISREAD, "{misread} sentences are misread");
}

/// The shipped rules with an entry over them.
fn with_entry(sentences: &str) -> Rulebook {
    let text = format!(
        "criterion: functional_improvement\nconcepts:\n  - id: own-dance\n    phrases: [\"dances again\"]\n{sentences}"
    );
    let mut files = shipped_files::shipped();
    files.push(RuleFile { layer: 1, ..RuleFile::new("own/evidence/dance.yaml", text) });
    Rulebook::load(&files).unwrap()
}

#[test]
fn a_wrong_sentence_of_a_users_own_entry_is_told_with_its_place_and_what_was_read() {
    for (sentences, failure, said) in [
        (
            "    example: \"She dances again.\"\n    counter: \"She would like to dance.\"\n",
            None,
            "",
        ),
        (
            "    example: \"She danced again.\"\n",
            Some(Failure::Missing),
            "`own-dance` says nothing in \"She danced again.\"",
        ),
        (
            "    counter: \"The patient dances again.\"\n",
            Some(Failure::Noisy),
            "`own-dance` speaks in \"The patient dances again.\"",
        ),
        ("    example: \"She danced again.\"\n    misread: [example]\n", None, ""),
        (
            "    example: \"She dances again.\"\n    misread: [example]\n",
            Some(Failure::Wrong),
            "it is read rightly now; take `example` out of `misread`",
        ),
    ] {
        let results = results(&with_entry(sentences), "own-dance");
        assert_eq!(results[0].failure, failure, "{sentences}{results:?}");
        assert_eq!(results[0].differences.first().map_or("", String::as_str), said);
        assert_eq!(&*results[0].place.file, "own/evidence/dance.yaml");
        assert_eq!(results[0].reasons.is_empty(), failure.is_none(), "{results:?}");
    }
}
