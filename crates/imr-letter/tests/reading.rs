//! What the corpus letters say, letter by letter: format, outcome of each decision, and the seeds' facts by hand.

#![allow(clippy::expect_used, reason = "a test stops where its premise fails")]

mod corpus;

use corpus::{Facts, document, letters};
use imr_letter::document::Outcome::{self, Modified, Overturned, Unknown, Upheld};
use imr_letter::span::Slice;

fn facts(name: &str) -> Facts {
    let letters = letters();
    let (_, text) = letters
        .iter()
        .find(|(stem, _)| stem.starts_with(name))
        .expect("the letter is in the corpus");
    Facts::of(text)
}

fn headings(facts: &Facts) -> Vec<(&str, Outcome)> {
    facts.decisions.iter().map(|decision| (decision.heading.as_str(), decision.outcome)).collect()
}

#[test]
fn every_letter_named_by_a_format_is_of_that_format() {
    for (name, text) in letters().into_iter().filter(|(name, _)| !name.starts_with("seed-")) {
        let format = Facts::of(&text).format.expect("a format fits");
        assert!(name.starts_with(&format!("{format}-")), "{name} reads as {format}");
    }
}

#[test]
fn no_letter_has_a_part_missing() {
    for (name, text) in letters() {
        let problems = document(&text).problems;
        let missing: Vec<_> =
            problems.iter().filter(|problem| problem.kind.name() == "missing_part").collect();
        assert!(missing.is_empty(), "{name}: {missing:?}");
    }
}

#[test]
fn every_decision_has_an_outcome_and_a_rationale() {
    for (name, text) in letters() {
        let facts = Facts::of(&text);
        assert!(!facts.decisions.is_empty(), "{name}");
        for decision in facts.decisions {
            assert_ne!(decision.outcome, Unknown, "{name}: {}", decision.heading);
            assert!(decision.rationale.is_some(), "{name}: {}", decision.heading);
        }
    }
}

#[test]
fn the_seeds_have_their_eleven_decisions() {
    assert_eq!(
        headings(&facts("seed-000")),
        [("Six (6) pain management counseling sessions", Upheld), ("Norco 10/325 mg", Upheld)]
    );
    assert_eq!(headings(&facts("seed-001")), [("Norco 10/325mg #360", Overturned)]);
    assert_eq!(
        headings(&facts("seed-002")),
        [("Physical therapy sessions", Upheld), ("Norco 10/325mg", Upheld)]
    );
    assert_eq!(
        headings(&facts("seed-003")),
        [
            ("Outpatient Referral to Psychologist", Upheld),
            ("Norco 10/325 MG #120", Upheld),
            ("Valium 2 MG #150", Upheld)
        ]
    );
    assert_eq!(
        headings(&facts("seed-004")),
        [
            ("Norco 10/325mg #90 with 3 refills", Upheld),
            ("Retro trigger point injection to L5 region performed 8/21/13", Upheld),
            ("Soma 350mg #90 with 3 refills", Upheld),
        ]
    );
}

#[test]
fn the_seeds_state_reviewer_and_patient() {
    let stated = |name: &str| {
        let Facts {
            reviewer: [specialties, subspecialties, licensure], patient: [age, sex], ..
        } = facts(name);
        [
            specialties.join("; "),
            subspecialties.join("; "),
            licensure.join("; "),
            age.unwrap_or_default(),
            sex.unwrap_or_default(),
        ]
    };
    assert_eq!(stated("seed-000"), ["Family Practice", "", "California", "59", "Female"]);
    assert_eq!(stated("seed-001"), ["Anesthesiology", "Pain Medicine", "Texas; Florida", "47", ""]);
    assert_eq!(
        stated("seed-002"),
        ["Physical Medicine & Rehabilitation", "", "California", "49", "Female"]
    );
    assert_eq!(
        stated("seed-003"),
        ["Preventive Medicine, Occupational Medicine", "", "California", "52", "Male"]
    );
    assert_eq!(
        stated("seed-004"),
        ["Physical Medicine & Rehabilitation", "Pain Medicine", "Texas", "55", "Male"]
    );
}

#[test]
fn a_denial_lifted_in_part_is_modified() {
    let text =
        letters().into_iter().find(|(name, _)| name.starts_with("dmhc-")).expect("a narrative").1;
    let text = text.replace("should be upheld", "should be partially overturned");
    assert_eq!(Facts::of(&text).decisions[0].outcome, Modified);
}

#[test]
fn a_text_that_is_no_letter_is_a_problem_and_no_guess() {
    let document = document("Dear colleague,\n\nthank you for the referral.\n");
    assert_eq!(document.recognition.format, None);
    assert!(document.decisions.is_empty());
    assert_eq!(document.problems[0].kind.name(), "unknown_format");
}

#[test]
fn a_decision_without_outcome_word_is_a_problem_and_no_guess() {
    let text =
        letters().into_iter().find(|(name, _)| name.starts_with("seed-004")).expect("a seed").1;
    let text = text.replace("performed 8/21/13:  Upheld", "performed 8/21/13");
    let document = document(&text);
    assert_eq!(
        document.decisions.iter().map(|decision| decision.outcome).collect::<Vec<_>>(),
        [Upheld, Unknown, Upheld]
    );
    assert!(
        document
            .problems
            .iter()
            .any(|problem| problem.message.contains("the outcome of this item"))
    );
}

#[test]
fn every_part_has_its_words_in_the_source() {
    for (name, text) in letters() {
        let document = document(&text);
        let check = |slice: Slice| {
            let span = document.span(slice);
            let source =
                text.get(span.start..span.end).expect("a span lies on character boundaries");
            let letters =
                |text: &str| text.chars().filter(char::is_ascii_alphanumeric).collect::<String>();
            assert!(
                letters(source).starts_with(
                    &letters(document.words(slice)).get(..3).unwrap_or_default().to_owned()
                ),
                "{name}"
            );
        };
        for decision in &document.decisions {
            check(decision.heading.slice);
            decision.rationale.into_iter().chain(decision.reviewer.slice).for_each(check);
        }
        document.summary.into_iter().for_each(check);
    }
}
