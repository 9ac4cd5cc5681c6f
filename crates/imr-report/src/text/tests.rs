//! The text report on a small letter with made-up findings.

use imr_letter::vocabulary::Vocabulary;
use imr_letter::{Letter, Slice, parse};
use imr_rules::audit::{Audit, DecisionAudit};
use imr_rules::finding::{Cite, Finding, Label, RuleSpan, Severity};

use super::{Appearance, RuleTexts, Text};
use crate::renderer::{Audited, Renderer};

const LETTER: &str = "CLINICAL CASE SUMMARY\n\nThe patient walks two miles.\n\nIMR ISSUES, DECISIONS AND RATIONALES\n\n\
    Norco 10/325mg #90: Overturned\n\nClaims Administrator guideline: Decision based on MTUS.\n\nMAXIMUS guideline: \
    Decision based on MTUS.\n\nDecision rationale: The UDS was consistent. Norco is medically necessary.\n";

const RULE: &str =
    "id: opioid.continuation\nrequires:\n  function: {criterion: functional_improvement}\n";

/// A letter with one finding for each severity, about the words "UDS was consistent".
fn audited(name: &str, severities: &[Severity]) -> Audited {
    let letter = Letter::from_text(name, LETTER);
    let document = parse(&letter, &Vocabulary::default());
    let words = "UDS was consistent";
    let start = document.view.text().find(words).unwrap();
    let label = Label {
        slice: Slice::new(start, start + words.len()),
        note: "monitoring alone".to_owned(),
    };
    let rule = RULE.find("  function").unwrap() + 2;
    let finding = |severity: &Severity| Finding {
        rule: "opioid.continuation".to_owned(),
        kind: "approved_without_support".to_owned(),
        severity: *severity,
        message: "approved, but functional improvement is not stated".to_owned(),
        decision: Some(1),
        criteria: Vec::new(),
        labels: vec![label.clone()],
        counterfactual: Some(
            "would be consistent if functional improvement were documented".to_owned(),
        ),
        cite: Some(Cite {
            guideline: "mtus".to_owned(),
            section: None,
            pages: Some("78".to_owned()),
            verified: false,
        }),
        fingerprint: "0123456789abcdef".to_owned(),
        rule_span: Some(RuleSpan {
            file: "rules/opioid.yaml".to_owned(),
            start: rule,
            end: RULE.len() - 1,
        }),
        waived: None,
    };
    let decision = DecisionAudit {
        findings: severities.iter().map(finding).collect(),
        ..DecisionAudit::default()
    };
    let audit = Audit { decisions: vec![decision], ..Audit::default() };
    Audited { letter, document, audit, criteria: [].into() }
}

fn report(letters: Vec<Audited>, shown: usize) -> String {
    let rules = RuleTexts::from([("rules/opioid.yaml".to_owned(), RULE.to_owned())]);
    let mut text = Text::new(Appearance { color: false, width: 100, shown }, &rules);
    let mut out = Vec::new();
    for audited in letters {
        let part = text.part(audited);
        text.letter(part, &mut out).unwrap();
    }
    text.end(&mut out).unwrap();
    String::from_utf8(out).unwrap()
}

#[test]
fn a_finding_shows_the_letters_words_and_the_rules_lines() {
    let report = report(vec![audited("a.txt", &[Severity::Critical])], 10);
    for shown in [
        "critical: approved_without_support [opioid.continuation] a.txt, decision 1: Norco 10/325mg #90 (overturned)",
        "a.txt:13:25",
        "monitoring alone",
        "would be consistent if functional improvement were documented",
        "guideline: mtus, page 78 (not compared with the official text)",
        "rules/opioid.yaml:3:3",
        "function: {criterion: functional_improvement}",
    ] {
        assert!(report.contains(shown), "{shown} is not in\n{report}");
    }
}

#[test]
fn the_gravest_findings_come_first_and_the_rest_is_counted() {
    let letters = vec![
        audited("a.txt", &[Severity::Low, Severity::High]),
        audited("b.txt", &[Severity::Critical]),
        audited("c.txt", &[Severity::High]),
    ];
    let report = report(letters, 2);
    let drawn: Vec<&str> =
        report.lines().filter(|line| line.contains("[opioid.continuation]")).collect();
    assert_eq!(drawn.len(), 2);
    assert!(drawn[0].starts_with("critical") && drawn[0].contains("b.txt"), "{drawn:?}");
    assert!(drawn[1].starts_with("high") && drawn[1].contains("a.txt"), "{drawn:?}");
    assert!(report.contains("... and 2 more findings"), "{report}");
}

#[test]
fn counts_alone_are_printed_when_nothing_is_to_be_drawn() {
    let report = report(vec![audited("a.txt", &[Severity::Critical])], 0);
    assert!(report.starts_with("Letters "), "{report}");
    assert!(report.contains("critical 1, high 0"), "{report}");
}
