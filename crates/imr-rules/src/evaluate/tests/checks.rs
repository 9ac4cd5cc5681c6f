//! Checks: a letter against itself.

use super::*;

#[test]
fn the_heading_must_agree_with_the_conclusion() {
    for (outcome, conclusion, expected) in [
        (Outcome::Upheld, Necessity::Necessary, Verdict::Inconsistent),
        (Outcome::Overturned, Necessity::NotNecessary, Verdict::Inconsistent),
        (Outcome::Upheld, Necessity::NotNecessary, Verdict::Consistent),
        (Outcome::Overturned, Necessity::Necessary, Verdict::Consistent),
        (Outcome::Modified, Necessity::Necessary, Verdict::Consistent),
        (Outcome::Upheld, Necessity::Absent, Verdict::NotApplicable),
        (Outcome::Unknown, Necessity::Necessary, Verdict::Undetermined),
    ] {
        let mut sample = Sample::of("nsaid", outcome);
        sample.conclusion = conclusion;
        assert_eq!(
            sample.verdict("outcome-conclusion").verdict,
            expected,
            "{outcome:?} {conclusion:?}"
        );
        let kind = sample.finding("outcome-conclusion").map(|finding| finding.kind);
        assert_eq!(kind.is_some(), expected == Verdict::Inconsistent);
    }
}

#[test]
fn rationale_and_summary_are_compared_criterion_by_criterion() {
    let sample = Sample::of("opioid", Outcome::Upheld)
        .reading("urine_drug_screen", Undocumented, Met)
        .reading("imaging_findings", Undocumented, Met)
        .reading("functional_improvement", NotMet, Silent)
        .reading("pain_relief", Met, Met);
    let found: Vec<Finding> = sample
        .decide()
        .1
        .into_iter()
        .filter(|finding| finding.kind == "summary_contradiction")
        .collect();
    let said: Vec<&str> = found.iter().map(|finding| finding.message.as_str()).collect();
    assert_eq!(said.len(), 2, "{said:?}");
    assert!(said.iter().any(|message| message.ends_with("about a urine drug screen")));
    for finding in &found {
        let parts: Vec<usize> = finding.labels.iter().map(|label| label.slice.start).collect();
        assert_eq!(parts, [120, 20], "both places are shown");
        assert!(finding.counterfactual.is_some());
    }
    assert_ne!(found[0].fingerprint, found[1].fingerprint);
}

#[test]
fn only_a_line_that_cites_nothing_is_flagged() {
    for (reviewer, expected) in [
        (line(None), Verdict::Consistent),
        (line(Some(StatedAbsence::NoneCited)), Verdict::Inconsistent),
        (line(Some(StatedAbsence::OutsideMtus)), Verdict::Consistent),
        (CitationLine { citations: Vec::new(), ..line(None) }, Verdict::Inconsistent),
        (
            CitationLine { citations: Vec::new(), unread: vec![Slice::new(50, 60)], ..line(None) },
            Verdict::Consistent,
        ),
        (CitationLine::default(), Verdict::NotApplicable),
    ] {
        let mut sample = Sample::of("nsaid", Outcome::Upheld);
        sample.reviewer = reviewer;
        assert_eq!(sample.verdict("no-guideline-cited").verdict, expected);
    }
}

#[test]
fn a_decision_that_contradicts_itself_is_reported_once() {
    let mut sample = Sample::of("opioid", Outcome::Upheld);
    sample.conclusion = Necessity::Necessary;
    let kinds: Vec<String> = sample.decide().1.into_iter().map(|finding| finding.kind).collect();
    assert_eq!(kinds, ["outcome_conclusion_mismatch"]);
    assert_eq!(sample.verdict("opioid.continuation").verdict, Verdict::Undetermined);
}
