//! Auditing one letter: evidence, every rule on every decision, findings sorted gravest first.

use serde::{Deserialize, Serialize};
use std::cmp::Reverse;
use std::rc::Rc;

use imr_letter::document::Outcome;
use imr_letter::vocabulary::Terms;
use imr_letter::{Document, Letter, Slice};

use crate::contradiction::{Contradiction, contradictions};
use crate::criterion::{CriterionReading, CriterionStatus};
use crate::evaluate::{self, Case, LetterMemo, Memo, Unread};
use crate::evidence::{Evidence, Parts, Request, Scratch};
use crate::finding::Finding;
use crate::rulebook::Rulebook;
use crate::rulebook::check::{Check, CheckScope};
pub use crate::verdict::Reasoned;
use crate::verdict::{RuleVerdict, Verdict};

/// The result of auditing one letter: what every command and renderer works on.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Audit {
    /// One entry a decision, in the letter's order.
    pub decisions: Vec<DecisionAudit>,
    /// What the rules about the whole letter say, without those that do not apply.
    pub verdicts: Vec<RuleVerdict>,
    /// How many rules about the whole letter do not apply and are not among the verdicts.
    pub idle: usize,
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
    /// What each rule says that applies: standards, then checks, each by id. Of a letter that was explained, every rule.
    pub verdicts: Vec<RuleVerdict>,
    /// How many rules do not apply and are not among the verdicts: most of a large rulebook.
    pub idle: usize,
    /// How many standards apply; none means that nobody checked the outcome against a guideline.
    pub standards: usize,
    /// What was flagged, gravest first.
    pub findings: Vec<Finding>,
}

/// Audits a letter whose case number identifies it in fingerprints.
pub fn audit(document: &Document, rulebook: &Rulebook) -> Audit {
    audit_named(document, "", rulebook)
}

/// Reads a letter and audits it under its name: what [`imr_letter::parse()`] and [`audit_named`] do, with each word of the
/// vocabulary looked for once.
pub fn read_and_audit(
    letter: &Letter,
    rulebook: &Rulebook,
    reasoned: Reasoned,
) -> (Document, Audit) {
    let (document, terms) = imr_letter::parse_worded(letter, &rulebook.vocabulary);
    let given = Given { terms: Some(terms), reasoned };
    let audit = audit_given(&document, &letter.name, rulebook, given, &mut |_| {});
    (document, audit)
}

/// The same of several letters, in their order. Each stage is gone through for all of them before the next begins: code and tables of
/// a stage are larger than the processor's fast memory, and so they are fetched once for all.
pub fn read_and_audit_all(
    letters: &[Letter],
    rulebook: &Rulebook,
    reasoned: Reasoned,
) -> Vec<(Document, Audit)> {
    let parsed = letters.iter().map(|one| imr_letter::parse_worded(one, &rulebook.vocabulary));
    let (documents, terms): (Vec<Document>, Vec<Terms>) = parsed.unzip();
    let (lexicon, mut scratch) = (&rulebook.lexicon, Scratch::default());
    let parts = documents.iter().map(|document| Parts::matched(document, lexicon, &mut scratch));
    let parts: Vec<Parts> = parts.collect();
    let read = documents.iter().zip(&parts);
    let evidence: Vec<Vec<Evidence>> =
        read.clone().map(|(document, parts)| parts.read(document, rulebook)).collect();
    let readings = read.zip(evidence).zip(terms).map(|(((document, parts), evidence), terms)| {
        let memo = LetterMemo::of(Some(terms));
        let reading = Reading::worded(document, parts, evidence, rulebook, (memo, &mut |_| {}));
        Reading { reasoned, ..reading }
    });
    let readings: Vec<Reading> = readings.collect();
    let whole = documents.iter().zip(letters).zip(readings);
    let audits = whole.map(|((document, letter), reading)| {
        audit_read(document, &letter.name, reading, rulebook, &mut |_| {})
    });
    let audits: Vec<Audit> = audits.collect();
    documents.into_iter().zip(audits).collect()
}

/// What is known before a letter is audited.
#[derive(Default)]
struct Given {
    terms: Option<Terms>,
    reasoned: Reasoned,
}

/// Audits a letter; `source` identifies it in fingerprints when it states no case number.
pub fn audit_named(document: &Document, source: &str, rulebook: &Rulebook) -> Audit {
    audit_observed(document, source, rulebook, &mut |_| {})
}

/// The same with the reasons of these rules.
pub fn audit_reasoned(
    document: &Document,
    source: &str,
    rulebook: &Rulebook,
    reasoned: Reasoned,
) -> Audit {
    let given = Given { reasoned, ..Given::default() };
    audit_given(document, source, rulebook, given, &mut |_| {})
}

/// What an audit is about to do, told to whoever measures it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Step<'r> {
    /// Find and compose the evidence.
    Evidence,
    /// Look for statements that contradict each other.
    Contradictions,
    /// Look for what a rationale holds beside its criteria.
    Unread,
    /// Evaluate this rule.
    Rule(&'r str),
    /// Nothing more of this letter.
    Done,
}

/// The same as [`audit_named`], telling `observer` each step before it begins. The crate has no clock: the observer may have
/// one.
pub fn audit_observed(
    document: &Document,
    source: &str,
    rulebook: &Rulebook,
    observer: &mut dyn FnMut(Step<'_>),
) -> Audit {
    audit_given(document, source, rulebook, Given::default(), observer)
}

fn audit_given(
    document: &Document,
    source: &str,
    rulebook: &Rulebook,
    Given { terms, reasoned }: Given,
    observer: &mut dyn FnMut(Step<'_>),
) -> Audit {
    observer(Step::Evidence);
    let parts = Parts::of(document, &rulebook.lexicon);
    let evidence = parts.read(document, rulebook);
    let memo = LetterMemo::of(terms);
    let reading = Reading::worded(document, &parts, evidence, rulebook, (memo, observer));
    let reading = Reading { reasoned, ..reading };
    audit_read(document, source, reading, rulebook, observer)
}

/// Puts a letter that was read before every rule.
pub(crate) fn audit_read(
    document: &Document,
    source: &str,
    reading: Reading,
    rulebook: &Rulebook,
    observer: &mut dyn FnMut(Step<'_>),
) -> Audit {
    let mut audit = Audit::default();
    for index in 0..document.decisions.len() {
        let Some(case) = reading.case(document, source, index, rulebook) else { continue };
        let decision = decide(case, observer);
        if index == 0 {
            let whole = whole_letter(case, observer);
            (audit.verdicts, audit.findings, audit.idle) =
                (whole.verdicts, whole.findings, whole.idle);
        }
        audit.decisions.push(decision);
    }
    for (decision, evidence) in audit.decisions.iter_mut().zip(reading.evidence) {
        decision.criteria = evidence.criteria;
        decision.own = evidence.own;
    }
    observer(Step::Done);
    audit
}

/// Everything that is read of a letter before any rule is asked.
#[derive(Clone, Debug, Default)]
pub(crate) struct Reading {
    /// Without the rationales, which the memos hold.
    evidence: Vec<Evidence>,
    contradictions: Vec<Vec<Contradiction>>,
    unread: Vec<Unread>,
    memos: Vec<Memo>,
    reasoned: Reasoned,
}

impl Reading {
    /// What follows from the evidence of each decision.
    pub(crate) fn of(
        document: &Document,
        parts: &Parts,
        evidence: Vec<Evidence>,
        rulebook: &Rulebook,
        observer: &mut dyn FnMut(Step<'_>),
    ) -> Self {
        Self::worded(document, parts, evidence, rulebook, (LetterMemo::default(), observer))
    }

    /// The same with what is known of the letter.
    fn worded(
        document: &Document,
        parts: &Parts,
        mut evidence: Vec<Evidence>,
        rulebook: &Rulebook,
        (memo, observer): (LetterMemo, &mut dyn FnMut(Step<'_>)),
    ) -> Self {
        observer(Step::Contradictions);
        let wording = memo.wording(document, rulebook);
        let contradictions = contradictions(document, parts, &evidence, rulebook, wording);
        observer(Step::Unread);
        let unread = evidence.iter().enumerate();
        let shared = Rc::new(memo);
        let beside = |(index, one)| unread_beside(document, index, one, rulebook, &shared);
        let unread = unread.map(beside).collect();
        let memo =
            |one: &mut Evidence| Memo::of(shared.clone(), std::mem::take(&mut one.rationale));
        let memos = evidence.iter_mut().map(memo).collect();
        Self { evidence, contradictions, unread, memos, reasoned: Reasoned::default() }
    }

    /// The same with the reasons of all rules.
    pub(crate) fn explained(self) -> Self {
        Self { reasoned: Reasoned::All, ..self }
    }

    /// The same with other evidence for the first decision, of which the letter itself says nothing.
    pub(crate) fn with_first(
        &self,
        document: &Document,
        change: impl FnOnce(&Evidence) -> Evidence,
    ) -> Self {
        let mut reading = self.clone();
        if let (Some(first), Some(unread), Some(memo)) =
            (reading.evidence.first_mut(), reading.unread.first_mut(), reading.memos.first_mut())
        {
            *first = change(first);
            *memo = Memo::default();
            if !asks_for_more(document, 0, &first.criteria) {
                *unread = Unread::default();
            }
        }
        reading
    }

    /// One decision with what was read about it.
    pub(crate) fn case<'c>(
        &'c self,
        document: &'c Document,
        source: &'c str,
        index: usize,
        rulebook: &'c Rulebook,
    ) -> Option<Case<'c>> {
        let evidence = self.evidence.get(index)?;
        Some(Case {
            document,
            source,
            index,
            decision: document.decisions.get(index)?,
            request: evidence.request,
            readings: &evidence.criteria,
            own: &evidence.own,
            lacking: &evidence.lacking,
            unread: self.unread.get(index).copied().unwrap_or_default(),
            contradictions: self.contradictions.get(index).map(Vec::as_slice).unwrap_or_default(),
            memo: self.memos.get(index)?,
            rulebook,
            reasoned: self.reasoned,
        })
    }
}

/// What the rationale holds beside its criteria.
fn unread_beside(
    document: &Document,
    index: usize,
    evidence: &Evidence,
    rulebook: &Rulebook,
    memo: &LetterMemo,
) -> Unread {
    if asks_for_more(document, index, &evidence.criteria) {
        evaluate::unread(document, &evidence.rationale, rulebook, memo)
    } else {
        Unread::default()
    }
}

/// Whether what a rationale holds beside its criteria can matter: a denial that names a lacking fact stands without it.
fn asks_for_more(document: &Document, index: usize, readings: &[CriterionReading]) -> bool {
    let lacking = |reading: &CriterionReading| {
        matches!(reading.rationale, CriterionStatus::NotMet | CriterionStatus::Undocumented)
    };
    match document.decisions.get(index).map(|decision| decision.outcome) {
        Some(Outcome::Overturned) => true,
        Some(Outcome::Upheld) => !readings.iter().any(lacking),
        _ => false,
    }
}

/// What rules say of one decision or of the letter, as far as they were asked.
#[derive(Default)]
struct Said {
    verdicts: Vec<RuleVerdict>,
    findings: Vec<Finding>,
    idle: usize,
}

impl Said {
    /// Keeps what a rule says; that one does not apply is worth a line only to whoever asks why.
    fn keep(
        &mut self,
        verdict: RuleVerdict,
        findings: impl IntoIterator<Item = Finding>,
        case: Case<'_>,
    ) {
        if verdict.verdict == Verdict::NotApplicable && case.reasoned != Reasoned::All {
            self.idle += 1;
        } else {
            self.verdicts.push(verdict);
        }
        self.findings.extend(findings);
    }
}

/// Every standard and every check of decisions on one decision.
pub(crate) fn decide(case: Case<'_>, observer: &mut dyn FnMut(Step<'_>)) -> DecisionAudit {
    let mut said = Said::default();
    let mut standards = 0;
    for standard in &case.rulebook.standards {
        if evaluate::is_for_others(&standard.applies_to, &case) {
            said.idle += 1;
            continue;
        }
        observer(Step::Rule(&standard.id));
        let (verdict, finding) = evaluate::standard(standard, case);
        standards += usize::from(verdict.verdict != Verdict::NotApplicable);
        said.keep(verdict, finding, case);
    }
    run_checks(case, CheckScope::Decision, &mut said, observer);
    let Said { verdicts, findings, idle } = said;
    let (request, findings) = (case.request, sorted(findings));
    DecisionAudit { request, verdicts, idle, standards, findings, ..DecisionAudit::default() }
}

/// Every check of letters, seen from the first decision.
fn whole_letter(case: Case<'_>, observer: &mut dyn FnMut(Step<'_>)) -> Said {
    let mut said = Said::default();
    run_checks(case, CheckScope::Letter, &mut said, observer);
    Said { findings: sorted(said.findings), ..said }
}

fn run_checks(
    case: Case<'_>,
    scope: CheckScope,
    said: &mut Said,
    observer: &mut dyn FnMut(Step<'_>),
) {
    let of_scope = |check: &&Check| check.scope == scope;
    for check in case.rulebook.checks.iter().filter(of_scope) {
        let applies_to = check.applies_to.as_ref();
        if applies_to.is_some_and(|applies_to| evaluate::is_for_others(applies_to, &case)) {
            said.idle += 1;
            continue;
        }
        observer(Step::Rule(&check.id));
        let (verdict, found) = evaluate::check(check, case);
        said.keep(verdict, found, case);
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
