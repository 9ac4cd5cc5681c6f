use std::sync::LazyLock;

use imr_letter::document::{
    CaseOutcome, Citation, CitationLine, Conclusion, Decision, Document, Header, Necessity,
    Outcome, Patient, Reviewer, StatedAbsence,
};
use imr_letter::item::Item;
use imr_letter::span::{Located, Slice};

use super::*;
use crate::audit::decide;
use crate::contradiction::{Against, Contradiction};
use crate::criterion::{CriterionReading, CriterionStatus::*, Ground, Part};
use crate::evidence::Request;
use crate::finding::Finding;
use crate::rulebook::{RuleFile, Rulebook};
use crate::verdict::{RuleVerdict, Verdict};

const CRITERIA: &str = include_str!("../../../../rules/criteria.yaml");
const KINDS: &str = include_str!("../../../../rules/kinds.yaml");
const OPIOID: &str = include_str!("../../../../rules/standards/opioid-continuation.yaml");
const TRIGGER_POINT: &str =
    include_str!("../../../../rules/standards/trigger-point-injection-first.yaml");
const MRI: &str = include_str!("../../../../rules/standards/mri.yaml");
const CONCLUSION: &str = include_str!("../../../../rules/checks/outcome-conclusion.yaml");
const SUMMARY: &str = include_str!("../../../../rules/checks/summary-contradiction.yaml");
const CITED: &str = include_str!("../../../../rules/checks/no-guideline-cited.yaml");

const RATIONALE: Slice = Slice { start: 100, end: 200 };
const SUMMARY_PART: Slice = Slice { start: 10, end: 90 };

static RULEBOOK: LazyLock<Rulebook> = LazyLock::new(|| {
    let files = [
        ("criteria.yaml", CRITERIA),
        ("kinds.yaml", KINDS),
        ("standards/opioid.yaml", OPIOID),
        ("standards/tpi.yaml", TRIGGER_POINT),
        ("standards/mri.yaml", MRI),
        ("checks/conclusion.yaml", CONCLUSION),
        ("checks/summary.yaml", SUMMARY),
        ("checks/cited.yaml", CITED),
    ];
    Rulebook::load(&files.map(|(name, text)| RuleFile::new(name, text)))
        .unwrap_or_else(|errors| panic!("{errors}"))
});

/// A letter with one decision, put together by hand.
struct Sample {
    class: &'static str,
    outcome: Outcome,
    request: Request,
    conclusion: Necessity,
    reviewer: CitationLine,
    readings: Vec<(&'static str, CriterionStatus, CriterionStatus)>,
    /// Five letters at the place of the rationale's grounds; the summary's say "urine".
    rationale_word: &'static str,
    unread: Unread,
}

impl Sample {
    fn of(class: &'static str, outcome: Outcome) -> Self {
        let conclusion = match outcome {
            Outcome::Overturned => Necessity::Necessary,
            _ => Necessity::NotNecessary,
        };
        Self {
            class,
            outcome,
            request: Request::Continuation,
            conclusion,
            reviewer: line(None),
            readings: Vec::new(),
            rationale_word: "urine",
            unread: Unread::default(),
        }
    }

    fn reading(
        mut self,
        name: &'static str,
        rationale: CriterionStatus,
        summary: CriterionStatus,
    ) -> Self {
        self.readings.push((name, rationale, summary));
        self
    }

    fn rationale(self, name: &'static str, status: CriterionStatus) -> Self {
        self.reading(name, status, Silent)
    }

    /// A text in which the grounds of the two parts stand at the places that `decide` gives them.
    fn text(&self) -> String {
        let mut text = "word ".repeat(40);
        text.replace_range(20..25, "urine");
        text.replace_range(120..125, self.rationale_word);
        text
    }

    fn document(&self) -> Document {
        let decision = Decision {
            heading: Located::new("the item".to_owned(), Slice::new(92, 97)),
            outcome: self.outcome,
            outcome_slice: Some(Slice::new(97, 99)),
            partial: None,
            item: Item { class: self.class.to_owned(), ..Item::default() },
            claims_administrator: CitationLine::default(),
            reviewer: self.reviewer.clone(),
            rationale: Some(RATIONALE),
            conclusion: Conclusion { value: self.conclusion, slice: Some(Slice::new(190, 200)) },
        };
        Document {
            view: imr_letter::view::View::of(&self.text()),
            recognition: imr_letter::format::Recognition::default(),
            header: Header::default(),
            reviewer: Reviewer::default(),
            patient: Patient::default(),
            summary: Some(SUMMARY_PART),
            case_outcome: CaseOutcome::Unknown,
            decisions: vec![decision],
            problems: Vec::new(),
        }
    }

    /// A contradiction of the case summary for each criterion that it is said to record.
    fn contradictions(&self) -> Vec<Contradiction> {
        let of = |(name, rationale, summary): &(&str, CriterionStatus, CriterionStatus)| {
            let contradicted = *rationale == Undocumented && *summary == Met;
            contradicted.then(|| Contradiction {
                criterion: RULEBOOK.criteria.find(name).unwrap(),
                against: Against::Summary,
                claim: Slice::new(120, 125),
                record: Slice::new(20, 25),
                denies: true,
            })
        };
        self.readings.iter().filter_map(of).collect()
    }

    fn decide(&self) -> (Vec<RuleVerdict>, Vec<Finding>) {
        let rulebook = &*RULEBOOK;
        let document = self.document();
        let ground = |part, status, start| Ground {
            slice: Slice::new(start, start + 5),
            part,
            status,
            cue: None,
        };
        let reading = |(name, rationale, summary): &(&str, CriterionStatus, CriterionStatus)| {
            CriterionReading {
                criterion: rulebook.criteria.find(name).unwrap(),
                rationale: *rationale,
                summary: *summary,
                grounds: vec![
                    ground(Part::Summary, *summary, 20),
                    ground(Part::Rationale, *rationale, 120),
                ],
            }
        };
        let readings: Vec<CriterionReading> = self.readings.iter().map(reading).collect();
        decide(Case {
            document: &document,
            source: "sample",
            index: 0,
            decision: &document.decisions[0],
            request: self.request,
            readings: &readings,
            own: &[],
            unread: self.unread,
            contradictions: &self.contradictions(),
            rulebook,
        })
    }

    fn verdict(&self, rule: &str) -> RuleVerdict {
        self.decide().0.into_iter().find(|verdict| verdict.rule == rule).unwrap()
    }

    fn finding(&self, rule: &str) -> Option<Finding> {
        self.decide().1.into_iter().find(|finding| finding.rule == rule)
    }
}

fn line(absence: Option<StatedAbsence>) -> CitationLine {
    let citation = Citation {
        slice: Slice::new(50, 60),
        source: Some("MTUS".to_owned()),
        document: None,
        written: "MTUS".to_owned(),
        year: None,
        sections: Vec::new(),
        pages: Vec::new(),
        misspelt: false,
    };
    let citations = if absence.is_some() { Vec::new() } else { vec![citation] };
    CitationLine { slice: Some(Slice::new(45, 60)), citations, absence, unread: Vec::new() }
}

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

#[test]
fn what_bars_an_injection_justifies_its_denial() {
    let mut sample =
        Sample::of("trigger_point_injection", Outcome::Upheld).rationale("neurologic_deficit", Met);
    sample.request = Request::Initial;
    let verdict = sample.verdict("trigger-point-injection.first");
    assert_eq!(verdict.verdict, Verdict::Consistent);
    assert!(verdict.reasons.last().unwrap().contains("no radiculopathy"), "{:?}", verdict.reasons);
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

#[test]
fn a_decision_that_contradicts_itself_is_reported_once() {
    let mut sample = Sample::of("opioid", Outcome::Upheld);
    sample.conclusion = Necessity::Necessary;
    let kinds: Vec<String> = sample.decide().1.into_iter().map(|finding| finding.kind).collect();
    assert_eq!(kinds, ["outcome_conclusion_mismatch"]);
    assert_eq!(sample.verdict("opioid.continuation").verdict, Verdict::Undetermined);
}

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
