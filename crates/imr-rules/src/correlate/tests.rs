//! Batches of made-up decisions: any order, any size.

use std::collections::BTreeMap;
use std::sync::Arc;

use imr_letter::Span;
use imr_letter::document::{Outcome, Sex};

use super::*;
use crate::criterion::{CriterionId, CriterionStatus};
use crate::evidence::Request;
use crate::rulebook::RuleFile;

const CRITERIA: &str = "
function: {title: function, meaning: better function, polarity: supports}
relief: {title: relief, meaning: less pain, polarity: supports}
";
const KINDS: &str = "seen: {title: seen, meaning: it was seen}\n";

pub(super) fn rulebook(correlation: &str) -> Rulebook {
    Rulebook::load(&[
        RuleFile::new("criteria.yaml", CRITERIA),
        RuleFile::new("kinds.yaml", KINDS),
        RuleFile::new("correlations/a.yaml", correlation),
    ])
    .unwrap()
}

pub(super) const EXAMPLE: &str = "
examples:
  - {name: a, letters: [{heading: b, outcome: upheld, rationale: c}], expect: {findings: 0}}
";

fn uneven() -> Rulebook {
    rulebook(&format!(
        "id: a\ntitle: b\nwhy: c\ncompares: criteria\ngroup_by: [item_class]\nsplit_by: [specialty]\nparameters:
  confidence: {{unit: percent, default: 95, range: [50, 99]}}
  chance: {{unit: percent, default: 5, range: [1, 20]}}
  deciding_share: {{unit: percent, default: 50, range: [1, 100]}}
  ignored_share: {{unit: percent, default: 20, range: [1, 100]}}
  most_findings: {{unit: findings, default: 9, range: [1, 10]}}
finding: {{kind: seen, severity: high, message: '{{criterion}}: {{resting}}; {{ignoring}}; p {{p_value}}'}}{EXAMPLE}"
    ))
}

fn outcomes(least_facts: usize) -> Rulebook {
    rulebook(&format!(
        "id: a\ntitle: b\nwhy: c\ncompares: outcomes\ngroup_by: [item_class, criteria, numbers]\nparameters:
  confidence: {{unit: percent, default: 95, range: [50, 99]}}
  chance: {{unit: percent, default: 5, range: [1, 20]}}
  misread: {{unit: percent, default: 20, range: [1, 50]}}
  least_facts: {{unit: facts, default: {least_facts}, range: [1, 9]}}
  number_band: {{unit: factor, default: 2, range: [1.1, 9]}}
  most_findings: {{unit: findings, default: 9, range: [1, 10]}}
finding: {{kind: seen, severity: high, message: '{{denied}} {{approved}} {{share}} {{differences}}'}}
open_finding: {{kind: seen, severity: info, message: '{{denied}} {{approved}}'}}{EXAMPLE}"
    ))
}

/// The decision of a letter of this number: approved or denied, with this status of `function` in the rationale.
pub(super) fn case(number: usize, approved: bool, function: CriterionStatus) -> Case {
    let silent = function == CriterionStatus::Silent;
    let quote = |text: &str| Quote {
        span: Span::new(number, number + text.len()),
        line: 1,
        text: text.to_owned(),
    };
    let fact = Fact {
        rationale: function,
        summary: CriterionStatus::Silent,
        asked: true,
        alone: true,
        unshown: approved && silent,
    };
    let subject = Subject {
        place: Place {
            source: format!("letter {number}"),
            number: 1,
            case_number: None,
            heading: "Norco".to_owned(),
        },
        outcome: if approved { Outcome::Overturned } else { Outcome::Upheld },
        class: "opioid".to_owned(),
        item: "norco".to_owned(),
        region: String::new(),
        request: Request::Continuation,
        numbers: vec![("quantity", 90)],
        age: Some(40),
        sex: Some(Sex::Male),
        facts: BTreeMap::from([(CriterionId(0), fact)]),
        rationale: Some(quote("It does not help.")),
    };
    Case {
        subject: Arc::new(subject),
        body_parts: Vec::new(),
        specialties: vec![format!("specialty {}", number % 3)],
        guidelines: Vec::new(),
        month: Some(format!("2016-{:02}", number % 12 + 1)),
        breaks: BTreeMap::new(),
        flagged: number.is_multiple_of(10),
        decided: Some(quote("Upheld")),
        grounds: Box::new([(CriterionId(0), quote("no function"))]),
    }
}

fn compared(rulebook: &Rulebook, cases: impl Iterator<Item = Case>) -> BatchAudit {
    let mut batch = Batch::new(rulebook);
    for case in cases {
        batch.add(&Remembered { decisions: vec![(Arc::new(case), None)] });
    }
    batch.finish()
}

/// Three of four are denials; nearly all of them rest on function, and half of the approvals are silent about it.
fn mixed_case(number: usize) -> Case {
    let status = match (number % 4, number % 8) {
        (0, 0) => CriterionStatus::Silent,
        (0, _) => CriterionStatus::Met,
        (1, 1) => CriterionStatus::NotMet,
        _ => CriterionStatus::Undocumented,
    };
    case(number, number.is_multiple_of(4), status)
}

#[test]
fn the_order_of_a_hundred_thousand_decisions_does_not_matter() {
    const ALL: usize = 100_000;
    let rulebook = uneven();
    let forward = compared(&rulebook, (0..ALL).map(mixed_case));
    // 7 and 100,000 have no factor in common, so every number comes once.
    let shuffled = compared(&rulebook, (0..ALL).map(|at| mixed_case(at * 7 % ALL)));
    assert_eq!(forward, shuffled);
    let [finding] = &forward.findings[..] else { panic!("{forward:#?}") };
    assert_eq!((finding.shares[0].count, finding.shares[0].of), (75_000, 75_000));
    assert_eq!((finding.shares[1].count, finding.shares[1].of), (12_500, 25_000));
    assert!(finding.test.established && finding.test.p_value < 1e-100);
    assert_eq!(finding.decisions.len(), 2 * REPRESENTATIVES);
    assert_eq!(finding.splits.len(), 3);
}

#[test]
fn a_criterion_that_approvals_show_is_applied_evenly() {
    let shown = |number: usize| {
        let approved = number.is_multiple_of(4);
        case(
            number,
            approved,
            if approved { CriterionStatus::Met } else { CriterionStatus::NotMet },
        )
    };
    assert_eq!(compared(&uneven(), (0..1_000).map(shown)).findings, []);
}

#[test]
fn like_cases_are_weighed_against_misreading() {
    let rulebook = outcomes(1);
    let found = |approved: usize, all: usize| {
        let like = |number| case(number, number < approved, CriterionStatus::Undocumented);
        let audit = compared(&rulebook, (0..all).map(like));
        audit.findings.first().map(|finding| (finding.severity.name(), finding.message.clone()))
    };
    assert_eq!(found(1, 2), Some(("info", "1 1".to_owned())));
    assert_eq!(found(1, 40), None);
    assert_eq!(found(10_000, 100_000), None);
    let (severity, message) = found(40_000, 100_000).unwrap();
    assert_eq!(severity, "high");
    assert!(message.starts_with("60000 40000 40000 of 100000 (40 %"), "{message}");
}

#[test]
fn nothing_is_known_to_be_alike_with_too_few_facts() {
    let like = |number| case(number, number.is_multiple_of(2), CriterionStatus::Undocumented);
    assert_eq!(compared(&outcomes(2), (0..50).map(like)).findings, []);
}

#[test]
fn more_groups_than_room_are_sampled_and_it_is_said() {
    let rulebook = outcomes(1);
    let class = |number: usize| {
        let case = case(number, number.is_multiple_of(2), CriterionStatus::Undocumented);
        let subject = Subject { class: format!("class {}", number / 2), ..(*case.subject).clone() };
        Case { subject: Arc::new(subject), ..case }
    };
    let audit = compared(&rulebook, (0..80_000).map(class));
    let [(rule, followed)] = &audit.sampled[..] else { panic!("{:?}", audit.sampled) };
    assert_eq!(rule, "a");
    assert!((0.75..0.9).contains(followed), "{followed}");
    assert_eq!((audit.findings.len(), audit.left_out.len()), (9, 1));
}
