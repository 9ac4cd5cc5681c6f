//! An audit's time grows with the letter and not faster: ten times the text takes about ten times as long, where a
//! quadratic step would take a hundred times.
//!
//! A letter in which the summary *and* the number of decisions grow is not covered: the summary is read anew for each
//! decision, so its time grows with their product.
//!
//! Wall time on a busy machine is no measure, so the best of several runs counts and the bound is generous.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod shipped_files;

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use imr_letter::Letter;
use imr_letter::vocabulary::Vocabulary;
use imr_rules::{Rulebook, audit};

/// Between linear (10) and quadratic (100).
const BOUND: u32 = 35;

/// The summary and the first rationale of a corpus letter.
fn prose() -> (String, String) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../corpus/plain/CW6-0001.txt");
    let text = fs::read_to_string(path).unwrap();
    let document = imr_letter::parse(&Letter::from_text("letter", text), &Vocabulary::default());
    let words = |slice| document.words(slice).to_owned();
    (
        words(document.summary.unwrap()),
        words(document.decisions.first().unwrap().rationale.unwrap()),
    )
}

fn letter(summary: &str, decisions: &[String]) -> Letter {
    let stock = "Decision based on MTUS Chronic Pain Medical Treatment Guidelines.";
    let decisions = decisions.iter().map(|rationale| {
        format!(
            "Norco 10/325mg #120: Upheld\n\nClaims Administrator guideline: {stock}\n\nMAXIMUS guideline: {stock}\n\nDecision \
             rationale: {rationale}\n\n"
        )
    });
    let text = format!(
        "CLINICAL CASE SUMMARY\n\n{summary}\n\nIMR ISSUES, DECISIONS AND RATIONALES\n\n{}",
        decisions.collect::<String>()
    );
    Letter::from_text("letter", text)
}

/// The best time of several audits.
fn time(letter: &Letter, rulebook: &Rulebook) -> Duration {
    let once = || {
        let start = Instant::now();
        let document = imr_letter::parse(letter, &rulebook.vocabulary);
        assert!(!audit(&document, rulebook).decisions.is_empty());
        start.elapsed()
    };
    (0..3).map(|_| once()).min().unwrap()
}

fn grows_linearly(what: &str, small: &Letter, large: &Letter) {
    let rulebook = shipped_files::rulebook();
    let (small, large) = (time(small, &rulebook), time(large, &rulebook));
    assert!(large < small * BOUND, "{what}: {small:?}, ten times as long {large:?}");
}

#[test]
fn a_rationale_ten_times_as_long() {
    let (summary, rationale) = prose();
    let with = |times: usize| letter(&summary, &[format!("{rationale} ").repeat(times)]);
    grows_linearly("rationale", &with(2), &with(20));
}

#[test]
fn a_case_summary_ten_times_as_long() {
    let (summary, rationale) = prose();
    let with = |times: usize| {
        letter(&format!("{summary} ").repeat(times), std::slice::from_ref(&rationale))
    };
    grows_linearly("case summary", &with(2), &with(20));
}

#[test]
fn ten_times_as_many_decisions() {
    let (summary, rationale) = prose();
    let with = |times: usize| letter(&summary, &vec![rationale.clone(); times]);
    grows_linearly("decisions", &with(2), &with(20));
}

/// What looks along a whole sentence for each of its clauses is quadratic only where a sentence is very long.
#[test]
fn a_sentence_of_ten_times_as_many_clauses() {
    let (summary, rationale) = prose();
    for clause in [
        ", no functional improvement, denies pain",
        ", on 7/15/2014 the patient had physical therapy",
        " \"no documentation of pain relief\" (page 4)",
        ": UDS was consistent",
    ] {
        let with = |times: usize| {
            let sentence = format!(" The patient is well{}.", clause.repeat(times));
            letter(&(summary.clone() + &sentence), &[rationale.clone() + &sentence])
        };
        grows_linearly(clause, &with(600), &with(6000));
    }
}
