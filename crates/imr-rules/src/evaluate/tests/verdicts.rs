//! When a standard is met, broken, waived, open or not asked.

use super::*;

#[test]
fn a_taper_supply_needs_no_benefit() {
    let sample = Sample::of("opioid", Outcome::Overturned).rationale("weaning", Met);
    let verdict = sample.verdict("opioid.continuation");
    assert_eq!(verdict.verdict, Verdict::Consistent);
    assert!(
        verdict.reasons.iter().any(|line| line.contains("waived by the exception `taper_supply`")),
        "{:?}",
        verdict.reasons
    );
}

#[test]
fn a_letter_that_says_both_leaves_the_verdict_open() {
    let approval = Sample::of("opioid", Outcome::Overturned)
        .rationale("urine_drug_screen", Met)
        .rationale("pain_relief", Met)
        .rationale("functional_improvement", Conflicting);
    assert_eq!(approval.verdict("opioid.continuation").verdict, Verdict::Undetermined);
    let denial =
        Sample::of("opioid", Outcome::Upheld).rationale("functional_improvement", Conflicting);
    assert_eq!(denial.verdict("opioid.continuation").verdict, Verdict::Undetermined);
}

#[test]
fn other_items_are_not_judged_and_unknown_outcomes_stay_open() {
    assert_eq!(
        Sample::of("nsaid", Outcome::Overturned).verdict("opioid.continuation").verdict,
        Verdict::NotApplicable
    );
    assert_eq!(
        Sample::of("opioid", Outcome::Unknown).verdict("opioid.continuation").verdict,
        Verdict::Undetermined
    );
    assert_eq!(
        Sample::of("opioid", Outcome::Modified).verdict("opioid.continuation").verdict,
        Verdict::Undetermined
    );
    let mut initial = Sample::of("opioid", Outcome::Overturned);
    initial.request = Request::Initial;
    assert_eq!(initial.verdict("opioid.continuation").verdict, Verdict::NotApplicable);
}

#[test]
fn a_limit_is_broken_by_what_is_said_and_not_by_silence() {
    let shown = || {
        let mut sample = Sample::of("trigger_point_injection", Outcome::Overturned)
            .rationale("exam_findings", Met)
            .rationale("conservative_care", Met);
        sample.request = Request::Initial;
        sample
    };
    assert_eq!(shown().verdict("trigger-point-injection.first").verdict, Verdict::Consistent);
    let broken = shown().rationale("neurologic_deficit", Met);
    assert_eq!(broken.verdict("trigger-point-injection.first").verdict, Verdict::Inconsistent);
    let denied = shown().rationale("neurologic_deficit", NotMet);
    assert_eq!(denied.verdict("trigger-point-injection.first").verdict, Verdict::Consistent);
}

#[test]
fn one_of_two_joint_facts_is_not_enough() {
    let care = Sample::of("mri", Outcome::Overturned).rationale("conservative_care", Met);
    assert_eq!(care.verdict("mri").verdict, Verdict::Inconsistent);
    let both = care.rationale("exam_findings", Met);
    assert_eq!(both.verdict("mri").verdict, Verdict::Consistent);
}
