//! What a finding says, shows and is known by.

use super::*;

#[test]
fn an_approval_on_a_urine_screen_and_recorded_relief_lacks_function_alone() {
    let sample = Sample::of("opioid", Outcome::Overturned)
        .rationale("urine_drug_screen", Met)
        .reading("pain_relief", Silent, Met);
    let verdict = sample.verdict("opioid.continuation");
    assert_eq!(verdict.verdict, Verdict::Inconsistent);
    let statuses: Vec<_> =
        verdict.requirements.iter().map(|(name, status)| (name.as_str(), *status)).collect();
    assert_eq!(statuses, [("function", Silent), ("analgesia", Met), ("monitoring", Met)]);
    let finding = sample.finding("opioid.continuation").unwrap();
    assert_eq!(finding.kind, "approved_without_support");
    assert_eq!(finding.message, "approved, but functional improvement is not mentioned");
    assert_eq!(
        finding.counterfactual.as_deref(),
        Some("would be consistent if the rationale showed functional improvement")
    );
    assert_eq!(finding.labels[0].slice, Slice::new(97, 99));
    assert!(
        finding
            .labels
            .iter()
            .any(|label| label.slice == RATIONALE && label.note.contains("functional improvement"))
    );
    assert_eq!(finding.cite.unwrap().guideline, "mtus-chronic-pain-2009");
}

#[test]
fn alternatives_of_one_counterfactual_are_all_named() {
    let sample = Sample::of("opioid", Outcome::Overturned)
        .rationale("functional_improvement", Met)
        .rationale("pain_relief", Met);
    let said = sample.finding("opioid.continuation").unwrap().counterfactual.unwrap();
    assert_eq!(
        said,
        "would be consistent if the rationale showed a urine drug screen, or a check for aberrant drug behavior, or side effects"
    );
}

#[test]
fn what_the_rationale_says_counts_before_the_case_summary() {
    let sample = Sample::of("opioid", Outcome::Overturned)
        .rationale("urine_drug_screen", Met)
        .rationale("pain_relief", Met)
        .reading("functional_improvement", Undocumented, Met);
    let finding = sample.finding("opioid.continuation").unwrap();
    assert_eq!(
        finding.message,
        "approved, but functional improvement is said not to be documented"
    );
    assert!(
        finding.labels.iter().any(|label| label.slice == Slice::new(20, 25)),
        "the recorded fact is shown"
    );
}

#[test]
fn a_denial_against_shown_facts_could_have_been_overturned() {
    let sample = Sample::of("opioid", Outcome::Upheld)
        .rationale("urine_drug_screen", Met)
        .rationale("functional_improvement", Met)
        .rationale("pain_relief", Met);
    let finding = sample.finding("opioid.continuation").unwrap();
    assert_eq!(finding.kind, "denied_despite_support");
    assert!(finding.counterfactual.unwrap().ends_with("or if it were overturned"));
}

#[test]
fn findings_come_gravest_first_and_the_same_every_time() {
    let mut sample =
        Sample::of("opioid", Outcome::Overturned).reading("urine_drug_screen", Undocumented, Met);
    sample.reviewer = line(Some(StatedAbsence::NoneCited));
    let first = sample.decide();
    let severities: Vec<_> = first.1.iter().map(|finding| finding.severity).collect();
    assert!(severities.len() >= 3 && severities.is_sorted_by(|a, b| a >= b), "{severities:?}");
    assert_eq!(first, sample.decide());
}

#[test]
fn a_fingerprint_survives_changes_elsewhere() {
    let sample = Sample::of("opioid", Outcome::Overturned);
    let other = Sample::of("opioid", Outcome::Overturned).rationale("weaning", Undocumented);
    let print = |sample: &Sample| sample.finding("opioid.continuation").unwrap().fingerprint;
    assert_eq!(print(&sample), print(&other));
    let less = Sample::of("opioid", Outcome::Overturned).rationale("pain_relief", Met);
    assert_ne!(print(&sample), print(&less));
}

#[test]
fn every_verdict_gives_its_reasons() {
    for outcome in [Outcome::Upheld, Outcome::Overturned, Outcome::Modified, Outcome::Unknown] {
        for verdict in Sample::of("opioid", outcome).decide().0 {
            assert!(!verdict.reasons.is_empty(), "{verdict:?}");
        }
    }
}
