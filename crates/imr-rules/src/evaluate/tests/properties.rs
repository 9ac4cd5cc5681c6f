//! What holds of a standard whatever is said about its criteria.

use super::*;

const STATUSES: [CriterionStatus; 5] = [Met, NotMet, Undocumented, Conflicting, Silent];
const NAMES: [&str; 6] = [
    "functional_improvement",
    "pain_relief",
    "urine_drug_screen",
    "aberrant_behavior",
    "weaning",
    "adverse_effects",
];

fn statuses() -> impl proptest::strategy::Strategy<Value = Vec<CriterionStatus>> {
    proptest::collection::vec(proptest::sample::select(&STATUSES[..]), NAMES.len())
}

fn sample_with(outcome: Outcome, statuses: &[CriterionStatus]) -> Sample {
    let named = NAMES.into_iter().zip(statuses);
    named.fold(Sample::of("opioid", outcome), |sample, (name, status)| {
        sample.rationale(name, *status)
    })
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(64))]

    #[test]
    fn showing_more_never_spoils_an_approval(statuses in statuses(), which in 0..4_usize) {
        let before = sample_with(Outcome::Overturned, &statuses).verdict("opioid.continuation").verdict;
        let mut more = statuses.clone();
        more[which] = Met;
        let after = sample_with(Outcome::Overturned, &more).verdict("opioid.continuation").verdict;
        proptest::prop_assert!(before != Verdict::Consistent || after == Verdict::Consistent, "{statuses:?}");
    }

    #[test]
    fn a_denial_stands_exactly_when_something_is_said_to_be_lacking(statuses in statuses()) {
        let verdict = sample_with(Outcome::Upheld, &statuses).verdict("opioid.continuation").verdict;
        let said = statuses.iter().any(|status| matches!(status, NotMet | Undocumented));
        proptest::prop_assert_eq!(verdict == Verdict::Consistent, said, "{:?}", statuses);
    }

    #[test]
    fn doing_what_the_counterfactual_says_makes_the_approval_consistent(statuses in statuses()) {
        let sample = sample_with(Outcome::Overturned, &statuses);
        if let Some(finding) = sample.finding("opioid.continuation") {
            let said = finding.counterfactual.unwrap_or_default();
            let first = said.split(", or ").next().unwrap_or_default();
            let rulebook = &*RULEBOOK;
            let mut repaired = statuses.clone();
            for (slot, name) in repaired.iter_mut().zip(NAMES) {
                if first.contains(rulebook.criteria.title(rulebook.criteria.find(name).unwrap())) {
                    *slot = Met;
                }
            }
            proptest::prop_assert_ne!(&repaired, &statuses, "{}", said);
            let verdict = sample_with(Outcome::Overturned, &repaired).verdict("opioid.continuation").verdict;
            proptest::prop_assert_eq!(verdict, Verdict::Consistent, "{}", said);
        }
    }
}
