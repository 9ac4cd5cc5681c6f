//! How the phase of a request is told: what silences a sentence, what is about something else, and what is left out of a list.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod shipped_files;

use std::sync::LazyLock;

use imr_letter::sample::Sample;
use imr_rules::Rulebook;
use imr_rules::evidence::{self, Request};

static RULEBOOK: LazyLock<Rulebook> = LazyLock::new(shipped_files::rulebook);

/// The phase of a request with this heading, case summary and rationale.
fn phase(heading: &str, summary: &str, rationale: &str) -> Request {
    let sample = Sample { heading, summary, rationale, ..Sample::default() };
    let document = imr_letter::parse(&sample.letter("letter"), &RULEBOOK.vocabulary);
    assert_eq!(document.decisions.len(), 1, "{heading}");
    evidence::read(&document, 0, &RULEBOOK).request
}

const NOT_NECESSARY: &str = "The request is not medically necessary.";

#[test]
fn a_list_of_drugs_without_the_item_says_that_it_is_new() {
    let with = |summary: &str| phase("Mobic 15mg #30", summary, NOT_NECESSARY);
    let plan = "The treatment plan includes Mobic.";
    assert_eq!(
        with(&format!("Current medications include Norco and Soma. {plan}")),
        Request::Initial
    );
    assert_eq!(
        with(&format!("Current medications include Norco and Mobic. {plan}")),
        Request::Continuation
    );
}

#[test]
fn words_of_an_earlier_denial_tell_nothing() {
    let told = "She has been taking Mobic for six months.";
    let with = |summary: &str| phase("Mobic 15mg #30", summary, NOT_NECESSARY);
    let denied =
        "The request for Mobic was denied because she has been taking Mobic for six months.";
    let new = "Mobic was added.";
    assert_eq!(with(&format!("{new} {told}")), Request::Continuation);
    assert_eq!(with(&format!("{new} {denied}")), Request::Initial);
}

#[test]
fn an_earlier_course_of_something_else_is_none_of_the_item() {
    let with = |rationale: &str| phase("Synvisc injections x3, right knee", "", rationale);
    let after = |what: &str| format!("The prior {what} helped for three weeks. {NOT_NECESSARY}");
    assert_eq!(with(&after("Synvisc injection")), Request::Continuation);
    assert_eq!(with(&after("epidural steroid injection")), Request::Initial);
    let block = "The prior epidural steroid injection helped for three weeks.";
    let rationale = format!("{block} {NOT_NECESSARY}");
    assert_eq!(phase("Medial branch blocks L4-5", "", &rationale), Request::Initial);
}
