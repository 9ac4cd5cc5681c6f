//! Auditing one letter: evidence, every rule on every decision, findings sorted gravest first.

use std::cmp::Reverse;

use imr_letter::document::Outcome;
use imr_letter::{Document, Slice};

use crate::criterion::{CriterionReading, CriterionStatus};
use crate::evaluate::{self, Case};
use crate::evidence::{self, Request};
use crate::finding::Finding;
use crate::rulebook::Rulebook;
use crate::rulebook::check::{Check, CheckScope};
use crate::verdict::RuleVerdict;

/// The result of auditing one letter: what every command and renderer works on.
#[derive(Clone, Debug, Default)]
pub struct Audit {
    /// One entry a decision, in the letter's order.
    pub decisions: Vec<DecisionAudit>,
    /// What the rules about the whole letter say.
    pub verdicts: Vec<RuleVerdict>,
    /// Findings about the letter as a whole.
    pub findings: Vec<Finding>,
}

/// One audited decision.
#[derive(Clone, Debug, Default)]
pub struct DecisionAudit {
    /// The phase of the request.
    pub request: Request,
    /// What rationale and summary say, criterion by criterion.
    pub criteria: Vec<CriterionReading>,
    /// What each rule says: standards, then checks, each by id.
    pub verdicts: Vec<RuleVerdict>,
    /// What was flagged, gravest first.
    pub findings: Vec<Finding>,
}

/// Audits a letter whose case number identifies it in fingerprints.
pub fn audit(document: &Document, rulebook: &Rulebook) -> Audit {
    audit_named(document, "", rulebook)
}

/// Audits a letter; `source` identifies it in fingerprints when it states no case number.
pub fn audit_named(document: &Document, source: &str, rulebook: &Rulebook) -> Audit {
    let evidence: Vec<_> = (0..document.decisions.len())
        .map(|index| evidence::read(document, index, &rulebook.lexicon))
        .collect();
    let mut audit = Audit::default();
    for (index, (decision, evidence)) in document.decisions.iter().zip(evidence).enumerate() {
        let readings = &evidence.criteria;
        let case = Case {
            document,
            source,
            index,
            decision,
            request: evidence.request,
            readings,
            unread_ground: unread_ground(document, index, readings, rulebook),
            rulebook,
        };
        let (verdicts, findings) = decide(case);
        if index == 0 {
            (audit.verdicts, audit.findings) = whole_letter(case);
        }
        let request = evidence.request;
        audit.decisions.push(DecisionAudit {
            request,
            criteria: evidence.criteria,
            verdicts,
            findings,
        });
    }
    audit
}

/// Words that may name a ground, looked for only where a denial names none that was understood.
fn unread_ground(
    document: &Document,
    index: usize,
    readings: &[CriterionReading],
    rulebook: &Rulebook,
) -> Option<Slice> {
    let denied = document.decisions.get(index).is_some_and(|d| d.outcome == Outcome::Upheld);
    let lacking = |reading: &CriterionReading| {
        matches!(reading.rationale, CriterionStatus::NotMet | CriterionStatus::Undocumented)
    };
    if !denied || readings.iter().any(lacking) {
        return None;
    }
    evaluate::unread_ground(document, index, &rulebook.lexicon)
}

/// Every standard and every check of decisions on one decision.
pub(crate) fn decide(case: Case<'_>) -> (Vec<RuleVerdict>, Vec<Finding>) {
    let mut verdicts = Vec::new();
    let mut findings = Vec::new();
    for standard in &case.rulebook.standards {
        let (verdict, finding) = evaluate::standard(standard, case);
        verdicts.push(verdict);
        findings.extend(finding);
    }
    run_checks(case, CheckScope::Decision, &mut verdicts, &mut findings);
    (verdicts, sorted(findings))
}

/// Every check of letters, seen from the first decision.
fn whole_letter(case: Case<'_>) -> (Vec<RuleVerdict>, Vec<Finding>) {
    let mut verdicts = Vec::new();
    let mut findings = Vec::new();
    run_checks(case, CheckScope::Letter, &mut verdicts, &mut findings);
    (verdicts, sorted(findings))
}

fn run_checks(
    case: Case<'_>,
    scope: CheckScope,
    verdicts: &mut Vec<RuleVerdict>,
    findings: &mut Vec<Finding>,
) {
    let of_scope = |check: &&Check| check.scope == scope;
    for check in case.rulebook.checks.iter().filter(of_scope) {
        let (verdict, found) = evaluate::check(check, case);
        verdicts.push(verdict);
        findings.extend(found);
    }
}

/// Gravest first; findings of one severity by rule, then by the place of their first words.
fn sorted(mut findings: Vec<Finding>) -> Vec<Finding> {
    let place = |finding: &Finding| finding.labels.first().map(|label| label.slice);
    findings.sort_by(|a, b| {
        let key =
            |finding: &Finding| (Reverse(finding.severity), finding.rule.clone(), place(finding));
        key(a).cmp(&key(b)).then_with(|| a.fingerprint.cmp(&b.fingerprint))
    });
    findings
}
