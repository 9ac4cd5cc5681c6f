use jiff::civil::{Date, date};

use super::{LetterNames, Waivers};
use crate::audit::Audit;
use crate::correlate::{BatchAudit, BatchFinding, Place, Shown, Test};
use crate::finding::Finding;
use crate::verdict::Verdict;
use crate::{RuleFile, Rulebook};

const RULES: &str = include_str!("../../../../rules/criteria.yaml");

const TODAY: Date = date(2026, 3, 1);

fn rulebook() -> Rulebook {
    Rulebook::load(&[RuleFile::new("rules/criteria.yaml", RULES)]).expect("it is valid")
}

const WAIVER: &str = "\
- rule: opioid.continuation
  case: CM17-0000001
  reason: reviewed by hand
  approver: J. Doe
  created: 2026-01-01
  expires: 2026-12-31
";

fn found(criteria: &[&str], rulebook: &Rulebook) -> Audit {
    let finding = Finding {
        rule: "opioid.continuation".to_owned(),
        kind: "approved_without_support".to_owned(),
        severity: crate::finding::Severity::High,
        message: String::new(),
        decision: Some(1),
        criteria: criteria.iter().filter_map(|name| rulebook.criteria.find(name)).collect(),
        labels: Vec::new(),
        counterfactual: None,
        cite: None,
        fingerprint: "0123456789abcdef".to_owned(),
        rule_span: None,
        waived: None,
    };
    let verdict = crate::verdict::RuleVerdict {
        rule: "opioid.continuation".to_owned().into(),
        verdict: Verdict::Inconsistent,
        requirements: Vec::new(),
        criteria: Vec::new(),
        reasons: crate::verdict::Reasons::default(),
    };
    let decision = crate::audit::DecisionAudit {
        verdicts: vec![verdict],
        findings: vec![finding],
        ..Default::default()
    };
    Audit { decisions: vec![decision], ..Audit::default() }
}

/// Whether the finding is waived, its verdict, and the waivers that matched.
fn applied(text: &str, criteria: &[&str], today: Date) -> (bool, Verdict, Vec<usize>) {
    let rulebook = rulebook();
    let waivers = Waivers::read("w.yaml", text).expect("the waivers are sound");
    let mut audit = found(criteria, &rulebook);
    let letter = LetterNames { case_number: Some("CM17-0000001"), source: "a.txt" };
    let used = waivers.apply(letter, today, &mut audit, &rulebook);
    let decision = &audit.decisions[0];
    (decision.findings[0].waived.is_some(), decision.verdicts[0].verdict, used)
}

#[test]
fn a_waived_finding_stays_and_its_verdict_says_so() {
    assert_eq!(applied(WAIVER, &[], TODAY), (true, Verdict::Waived, vec![0]));
}

#[test]
fn a_waiver_ends_with_its_last_day() {
    assert!(applied(WAIVER, &[], date(2026, 12, 31)).0);
    assert_eq!(applied(WAIVER, &[], date(2027, 1, 1)), (false, Verdict::Inconsistent, vec![]));
    assert!(!applied(WAIVER, &[], date(2025, 12, 31)).0, "nor does it begin before its first");
}

#[test]
fn letters_are_named_by_case_name_or_pattern() {
    for (letters, fits) in [
        ("case: a.txt", true),
        ("case: CM17-000000", false),
        ("pattern: \"CM17-*\"", true),
        ("pattern: \"?.txt\"", true),
        ("pattern: \"CM16-*\"", false),
        ("pattern: \".\"", false),
        ("fingerprint: 0123456789abcdef", true),
        ("fingerprint: 0123456789abcdee", false),
    ] {
        let text = WAIVER.replace("case: CM17-0000001", letters);
        assert_eq!(applied(&text, &[], TODAY).0, fits, "{letters}");
    }
}

#[test]
fn a_waiver_of_a_decision_or_a_rule_is_about_no_other() {
    assert!(applied(&format!("{WAIVER}  decision: 1\n"), &[], TODAY).0);
    assert!(!applied(&format!("{WAIVER}  decision: 2\n"), &[], TODAY).0);
    assert!(!applied(&WAIVER.replace("continuation", "initial"), &[], TODAY).0);
}

#[test]
fn a_criterion_is_waived_alone_and_a_finding_only_with_all_of_its_criteria() {
    let function = format!("{WAIVER}  criterion: functional_improvement\n");
    let relief = format!("{WAIVER}  criterion: pain_relief\n");
    let both = ["functional_improvement", "pain_relief"];
    assert!(applied(&function, &both[..1], TODAY).0);
    assert!(!applied(&relief, &both[..1], TODAY).0);
    assert!(!applied(&function, &both, TODAY).0);
    assert!(!applied(&function, &[], TODAY).0, "a finding about no criterion has none to waive");
    let (waived, _, used) = applied(&format!("{function}{relief}"), &both, TODAY);
    assert!(waived);
    assert_eq!(used, [0, 1]);
}

/// Whether a finding across two letters is waived.
fn across(text: &str) -> bool {
    let shown = |name: &str| Shown {
        place: Place {
            source: name.to_owned(),
            number: 1,
            case_number: None,
            heading: "Norco".to_owned(),
        },
        outcome: imr_letter::document::Outcome::Upheld,
        labels: Vec::new(),
    };
    let finding = BatchFinding {
        rule: "opioid.continuation".to_owned(),
        kind: "like_cases_differ".to_owned(),
        severity: crate::finding::Severity::Info,
        message: String::new(),
        group: Vec::new(),
        criterion: Some("pain_relief".to_owned()),
        shares: Vec::new(),
        test: Test { name: "", p_value: 1.0, q_value: 1.0, tests: 1, established: false },
        decisions: vec![shown("a.txt"), shown("b.txt")],
        differences: Vec::new(),
        splits: Vec::new(),
        fingerprint: "0123456789abcdef".to_owned(),
        rule_span: crate::finding::RuleSpan { file: String::new(), start: 0, end: 0 },
        waived: None,
    };
    let mut batch = BatchAudit { findings: vec![finding], ..BatchAudit::default() };
    let waivers = Waivers::read("w.yaml", text).expect("the waivers are sound");
    let used = waivers.apply_across(TODAY, &mut batch);
    batch.part_waived();
    assert_eq!(used.len(), batch.waived.len());
    assert_eq!(batch.findings.len() + batch.waived.len(), 1, "it is in one list or the other");
    batch.findings.is_empty()
}

#[test]
fn a_finding_across_letters_is_waived_by_its_fingerprint_or_by_all_letters_that_it_shows() {
    let named = |letters: &str| across(&WAIVER.replace("case: CM17-0000001", letters));
    assert!(named("fingerprint: 0123456789abcdef"));
    assert!(!named("fingerprint: 0123456789abcdee"));
    assert!(named("pattern: \"?.txt\""));
    assert!(!named("case: a.txt"), "the other letter is not accepted");
    assert!(named("pattern: \"*\"\n  criterion: pain_relief"));
    assert!(!named("pattern: \"*\"\n  criterion: weaning"));
    assert!(named("pattern: \"*\"\n  decision: 1"));
    assert!(!named("pattern: \"*\"\n  decision: 2"));
    let expired = WAIVER.replace("case: CM17-0000001", "pattern: \"*\"");
    assert!(!across(&expired.replace("2026-12-31", "2026-01-31")));
}

#[test]
fn mistakes_are_found_where_they_stand() {
    let mistakes = |text: &str| {
        let mistakes = Waivers::read("w.yaml", text).expect_err("it has mistakes");
        mistakes.into_iter().map(|mistake| mistake.code).collect::<Vec<_>>()
    };
    assert_eq!(mistakes(&WAIVER.replace("reason:", "reasons:")), ["unknown-key"]);
    assert_eq!(mistakes(&WAIVER.replace("  case: CM17-0000001\n", "")), ["one-of"]);
    assert_eq!(mistakes(&format!("{WAIVER}  pattern: \"*\"\n")), ["one-of"]);
    assert_eq!(mistakes(&WAIVER.replace("2026-12-31", "2025-12-31")), ["bad-period"]);
    assert_eq!(mistakes(&WAIVER.replace("2026-12-31", "someday")), ["wrong-type"]);
    assert_eq!(mistakes(&WAIVER.replace("J. Doe", "\"\"")), ["empty-text"]);
    assert_eq!(mistakes("rule: x"), ["wrong-type"]);
}

#[test]
fn doubts_name_what_is_expired_or_unknown() {
    let waivers = Waivers::read("w.yaml", &format!("{WAIVER}  criterion: pain_releif\n")).unwrap();
    let doubts = waivers.doubts(&rulebook(), date(2027, 1, 1));
    let codes: Vec<_> = doubts.iter().map(|doubt| doubt.code).collect();
    assert_eq!(codes, ["expired-waiver", "unknown-rule", "unknown-criterion"]);
    assert!(doubts[2].help.as_ref().unwrap().contains("did you mean `pain_relief`?"));
}

#[test]
fn a_waiver_in_force_that_nothing_matched_is_named() {
    let waivers = Waivers::read("w.yaml", WAIVER).unwrap();
    assert_eq!(waivers.unmatched(&[], TODAY).len(), 1);
    assert!(waivers.unmatched(&[0], TODAY).is_empty());
    assert!(waivers.unmatched(&[], date(2027, 1, 1)).is_empty(), "expired ones are named before");
}
