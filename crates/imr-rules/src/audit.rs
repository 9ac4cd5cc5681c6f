//! Auditing one letter: evidence, every rule on every decision, findings sorted gravest first.

use serde::{Deserialize, Serialize};
use std::cmp::Reverse;
use std::rc::Rc;

use imr_letter::document::Outcome;
use imr_letter::{Document, Slice};

use crate::contradiction::contradictions;
use crate::criterion::{CriterionReading, CriterionStatus};
use crate::evaluate::{self, Case, LetterMemo, Memo, Unread};
use crate::evidence::{self, Evidence, Request};
use crate::finding::Finding;
use crate::rulebook::Rulebook;
use crate::rulebook::check::{Check, CheckScope};
use crate::verdict::{RuleVerdict, Verdict};

/// The result of auditing one letter: what every command and renderer works on.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Audit {
    /// One entry a decision, in the letter's order.
    pub decisions: Vec<DecisionAudit>,
    /// What the rules about the whole letter say.
    pub verdicts: Vec<RuleVerdict>,
    /// Findings about the letter as a whole.
    pub findings: Vec<Finding>,
}

/// One audited decision.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct DecisionAudit {
    /// The phase of the request.
    pub request: Request,
    /// What rationale and summary say, criterion by criterion.
    pub criteria: Vec<CriterionReading>,
    /// The clauses of the rationale in which the reviewer speaks of this patient without concluding, in order.
    pub own: Vec<Slice>,
    /// What each rule says: standards, then checks, each by id.
    pub verdicts: Vec<RuleVerdict>,
    /// How many standards apply; none means that nobody checked the outcome against a guideline.
    pub standards: usize,
    /// What was flagged, gravest first.
    pub findings: Vec<Finding>,
}

/// Audits a letter whose case number identifies it in fingerprints.
pub fn audit(document: &Document, rulebook: &Rulebook) -> Audit {
    audit_named(document, "", rulebook)
}

/// Audits a letter; `source` identifies it in fingerprints when it states no case number.
pub fn audit_named(document: &Document, source: &str, rulebook: &Rulebook) -> Audit {
    run(document, source, rulebook, false)
}

/// The same with the reasons of every verdict, also of rules that do not apply, which are most of a large rulebook.
pub fn audit_explained(document: &Document, source: &str, rulebook: &Rulebook) -> Audit {
    run(document, source, rulebook, true)
}

fn run(document: &Document, source: &str, rulebook: &Rulebook, explained: bool) -> Audit {
    let evidence = evidence::read_all(document, &rulebook.lexicon);
    let readings: Vec<_> = evidence.iter().map(|one| one.criteria.as_slice()).collect();
    let contradictions = contradictions(document, &readings, rulebook);
    let mut audit = Audit::default();
    let shared = Rc::new(LetterMemo::default());
    for (index, (decision, evidence)) in document.decisions.iter().zip(evidence).enumerate() {
        let readings = &evidence.criteria;
        let unread = unread(document, index, &evidence, rulebook);
        let memo = Memo::of(shared.clone(), evidence.rationale);
        let case = Case {
            document,
            source,
            index,
            decision,
            request: evidence.request,
            readings,
            own: &evidence.own,
            lacking: &evidence.lacking,
            unread,
            contradictions: contradictions.get(index).map(Vec::as_slice).unwrap_or_default(),
            memo: &memo,
            rulebook,
            explained,
        };
        let (verdicts, findings) = decide(case);
        if index == 0 {
            (audit.verdicts, audit.findings) = whole_letter(case);
        }
        let request = evidence.request;
        audit.decisions.push(DecisionAudit {
            request,
            criteria: evidence.criteria,
            own: evidence.own,
            standards: standards_that_apply(&verdicts, rulebook),
            verdicts,
            findings,
        });
    }
    audit
}

/// What the rationale holds beside its criteria. A denial that names a lacking fact stands without it.
fn unread(document: &Document, index: usize, evidence: &Evidence, rulebook: &Rulebook) -> Unread {
    let outcome = document.decisions.get(index).map(|decision| decision.outcome);
    let lacking = |reading: &CriterionReading| {
        matches!(reading.rationale, CriterionStatus::NotMet | CriterionStatus::Undocumented)
    };
    match outcome {
        Some(Outcome::Overturned) => {}
        Some(Outcome::Upheld) if !evidence.criteria.iter().any(lacking) => {}
        _ => return Unread::default(),
    }
    evaluate::unread(document, &evidence.rationale, rulebook)
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

fn standards_that_apply(verdicts: &[RuleVerdict], rulebook: &Rulebook) -> usize {
    let of_standards = verdicts.iter().take(rulebook.standards.len());
    of_standards.filter(|verdict| verdict.verdict != Verdict::NotApplicable).count()
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
