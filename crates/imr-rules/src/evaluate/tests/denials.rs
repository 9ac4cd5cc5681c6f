//! What justifies a denial, and what does not.

use super::*;

#[test]
fn a_denial_that_names_a_lacking_fact_stands() {
    for status in [NotMet, Undocumented] {
        let sample =
            Sample::of("opioid", Outcome::Upheld).rationale("functional_improvement", status);
        assert_eq!(sample.verdict("opioid.continuation").verdict, Verdict::Consistent);
        assert_eq!(sample.finding("opioid.continuation"), None);
    }
}

#[test]
fn a_guideline_bar_or_a_limit_justifies_a_denial() {
    for name in ["guideline_support", "within_limits", "primary_procedure"] {
        let sample = Sample::of("opioid", Outcome::Upheld).rationale(name, NotMet);
        assert_eq!(sample.verdict("opioid.continuation").verdict, Verdict::Consistent, "{name}");
    }
}

#[test]
fn silence_never_justifies_a_denial() {
    let sample = Sample::of("opioid", Outcome::Upheld);
    let finding = sample.finding("opioid.continuation").unwrap();
    assert_eq!(finding.kind, "denied_without_ground");
    assert!(finding.counterfactual.unwrap().contains("such as functional improvement"));
}

#[test]
fn words_of_lack_that_were_not_understood_leave_a_denial_open() {
    let mut sample = Sample::of("opioid", Outcome::Upheld);
    for unread in [Unread { lack: true, detail: false }, Unread { lack: false, detail: true }] {
        sample.unread = unread;
        let verdict = sample.verdict("opioid.continuation");
        assert_eq!(verdict.verdict, Verdict::Undetermined, "{unread:?}");
        assert_eq!(sample.finding("opioid.continuation"), None);
    }
}

#[test]
fn what_the_summary_lacks_does_not_justify_a_denial() {
    let sample = Sample::of("opioid", Outcome::Upheld).reading(
        "functional_improvement",
        Silent,
        Undocumented,
    );
    assert_eq!(sample.verdict("opioid.continuation").verdict, Verdict::Inconsistent);
}

#[test]
fn what_bars_an_injection_justifies_its_denial() {
    let mut sample =
        Sample::of("trigger_point_injection", Outcome::Upheld).rationale("neurologic_deficit", Met);
    sample.request = Request::Initial;
    let verdict = sample.verdict("trigger-point-injection.first");
    assert_eq!(verdict.verdict, Verdict::Consistent);
    assert!(
        verdict.reasons.iter().last().unwrap().contains("no radiculopathy"),
        "{:?}",
        verdict.reasons
    );
}

#[test]
fn an_absent_bar_is_no_ground_for_a_denial() {
    let mut sample = Sample::of("trigger_point_injection", Outcome::Upheld)
        .rationale("exam_findings", Met)
        .rationale("conservative_care", Met)
        .rationale("neurologic_deficit", NotMet);
    sample.request = Request::Initial;
    let finding = sample.finding("trigger-point-injection.first").unwrap();
    assert_eq!(finding.kind, "denied_despite_support");
}
