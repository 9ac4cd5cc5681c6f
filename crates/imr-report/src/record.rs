//! One audited letter as scripts see it: the record of `--format jsonl`.
//!
//! Field names and their order are the output contract ([`crate::SCHEMA`]). Offsets are bytes into the text as
//! extracted from the source; quoted words are the normalised ones, so that a line break inside a quotation reads
//! as one space. Criteria that are silent in both parts are left out, and so are rules that do not apply.

use std::collections::BTreeMap;

use imr_letter::document::{CitationLine, Decision, Header};
use imr_letter::span::Located;
use imr_letter::{Document, Slice};
use imr_rules::audit::DecisionAudit;
use imr_rules::criterion::{CriterionReading, Ground};
use imr_rules::finding::{Cite, Finding};
use imr_rules::verdict::RuleVerdict;
use serde::Serialize;

use crate::names;
use crate::parts::{CitationView, ItemView, ProblemView, Steps, values};
use crate::renderer::Audited;
use crate::waived::WaivedView;

/// One letter's record.
#[derive(Debug, Serialize)]
pub struct Record<'a> {
    schema: &'static str,
    source: &'a str,
    letter: LetterView<'a>,
    decisions: Vec<DecisionView<'a>>,
    verdicts: Vec<VerdictView<'a>>,
    findings: Vec<FindingView<'a>>,
    problems: Vec<ProblemView<'a>>,
}

#[derive(Debug, Serialize)]
struct LetterView<'a> {
    case_number: Option<&'a str>,
    format: Option<&'a str>,
    case_outcome: &'static str,
    dates: DatesView,
    priority: Option<String>,
    reviewer: ReviewerView<'a>,
    patient: PatientView,
}

#[derive(Debug, Serialize)]
struct DatesView {
    assigned: Option<String>,
    injury: Option<String>,
    decision: Option<String>,
    ur_denial: Option<String>,
    received: Option<String>,
}

#[derive(Debug, Serialize)]
struct ReviewerView<'a> {
    specialties: Vec<&'a str>,
    subspecialties: Vec<&'a str>,
    licensure: Vec<&'a str>,
}

#[derive(Debug, Serialize)]
struct PatientView {
    age: Option<u16>,
    sex: Option<&'static str>,
}

#[derive(Debug, Serialize)]
struct DecisionView<'a> {
    n: usize,
    heading: &'a str,
    outcome: &'static str,
    item_class: &'a str,
    request: &'static str,
    item: ItemView<'a>,
    conclusion: &'static str,
    citations: CitationsView<'a>,
    criteria: BTreeMap<&'a str, CriterionView<'a>>,
    verdicts: Vec<VerdictView<'a>>,
    findings: Vec<FindingView<'a>>,
}

#[derive(Debug, Serialize)]
struct CitationsView<'a> {
    claims_administrator: Vec<CitationView<'a>>,
    reviewer: Vec<CitationView<'a>>,
    stated_absence: AbsenceView,
}

#[derive(Debug, Serialize)]
struct AbsenceView {
    claims_administrator: Option<&'static str>,
    reviewer: Option<&'static str>,
}

#[derive(Debug, Serialize)]
struct CriterionView<'a> {
    rationale: &'static str,
    summary: &'static str,
    evidence: Vec<EvidenceView<'a>>,
}

#[derive(Debug, Serialize)]
struct EvidenceView<'a> {
    start: usize,
    end: usize,
    text: &'a str,
    r#in: &'static str,
    status: &'static str,
    cue: Option<&'a str>,
}

#[derive(Debug, Serialize)]
struct VerdictView<'a> {
    rule: &'a str,
    verdict: &'static str,
    requirements: BTreeMap<&'a str, &'static str>,
    criteria: BTreeMap<&'a str, &'static str>,
    reasons: Steps<'a>,
}

#[derive(Debug, Serialize)]
pub(crate) struct FindingView<'a> {
    rule: &'a str,
    kind: &'a str,
    severity: &'static str,
    decision: Option<usize>,
    message: &'a str,
    labels: Vec<LabelView<'a>>,
    counterfactual: Option<&'a str>,
    cite: Option<CiteView<'a>>,
    fingerprint: &'a str,
    rule_span: Option<RuleSpanView<'a>>,
    /// Only where somebody has accepted the finding.
    #[serde(skip_serializing_if = "Option::is_none")]
    waived: Option<WaivedView<'a>>,
}

#[derive(Debug, Serialize)]
struct LabelView<'a> {
    start: usize,
    end: usize,
    text: &'a str,
    note: &'a str,
}

#[derive(Debug, Serialize)]
struct CiteView<'a> {
    guideline: &'a str,
    section: Option<&'a str>,
    pages: Option<&'a str>,
    verified: bool,
}

#[derive(Debug, Serialize)]
struct RuleSpanView<'a> {
    file: &'a str,
    start: usize,
    end: usize,
}

impl<'a> Record<'a> {
    /// The record of an audited letter.
    pub fn of(audited: &'a Audited) -> Self {
        let document = &audited.document;
        let decisions = document.decisions.iter().enumerate().map(|(index, decision)| {
            let view = DecisionView::parsed(index, decision);
            match audited.audit.decisions.get(index) {
                Some(audit) => view.audited(audited, audit),
                None => view,
            }
        });
        Self {
            schema: crate::SCHEMA,
            source: &audited.letter.name,
            letter: LetterView::of(document),
            decisions: decisions.collect(),
            verdicts: audited
                .audit
                .verdicts
                .iter()
                .map(|verdict| VerdictView::of(audited, verdict))
                .collect(),
            findings: audited
                .audit
                .findings
                .iter()
                .map(|finding| FindingView::of(audited, finding))
                .collect(),
            problems: document.problems.iter().map(ProblemView::of).collect(),
        }
    }
}

impl<'a> LetterView<'a> {
    fn of(document: &'a Document) -> Self {
        let header = &document.header;
        Self {
            case_number: header.case_number.as_ref().map(|number| number.value.as_str()),
            format: document.recognition.format,
            case_outcome: names::case_outcome(document.case_outcome),
            dates: DatesView::of(header),
            priority: header.priority.as_ref().map(|priority| priority.value.to_lowercase()),
            reviewer: ReviewerView {
                specialties: values(&document.reviewer.specialties),
                subspecialties: values(&document.reviewer.subspecialties),
                licensure: values(&document.reviewer.licensure),
            },
            patient: PatientView {
                age: document.patient.age.as_ref().map(|age| age.value),
                sex: document.patient.sex.as_ref().map(|sex| names::sex(sex.value)),
            },
        }
    }
}

impl DatesView {
    fn of(header: &Header) -> Self {
        Self {
            assigned: written(header.assigned.as_ref()),
            injury: written(header.injury.as_ref()),
            decision: written(header.decision.as_ref()),
            ur_denial: written(header.ur_denial.as_ref()),
            received: written(header.received.as_ref()),
        }
    }
}

impl<'a> DecisionView<'a> {
    fn parsed(index: usize, decision: &'a Decision) -> Self {
        Self {
            n: index + 1,
            heading: &decision.heading.value,
            outcome: names::outcome(decision.outcome),
            item_class: &decision.item.class,
            request: DecisionAudit::default().request.name(),
            item: ItemView::of(&decision.item),
            conclusion: names::necessity(decision.conclusion.value),
            citations: CitationsView {
                claims_administrator: citations(&decision.claims_administrator),
                reviewer: citations(&decision.reviewer),
                stated_absence: AbsenceView {
                    claims_administrator: decision.claims_administrator.absence.map(names::absence),
                    reviewer: decision.reviewer.absence.map(names::absence),
                },
            },
            criteria: BTreeMap::new(),
            verdicts: Vec::new(),
            findings: Vec::new(),
        }
    }

    fn audited(self, audited: &'a Audited, audit: &'a DecisionAudit) -> Self {
        let criteria = audit.criteria.iter();
        Self {
            request: audit.request.name(),
            criteria: criteria
                .map(|reading| {
                    (audited.criterion(reading.criterion), CriterionView::of(audited, reading))
                })
                .collect(),
            verdicts: audit
                .verdicts
                .iter()
                .map(|verdict| VerdictView::of(audited, verdict))
                .collect(),
            findings: audit
                .findings
                .iter()
                .map(|finding| FindingView::of(audited, finding))
                .collect(),
            ..self
        }
    }
}

impl<'a> CriterionView<'a> {
    fn of(audited: &'a Audited, reading: &'a CriterionReading) -> Self {
        Self {
            rationale: reading.rationale.name(),
            summary: reading.summary.name(),
            evidence: reading
                .grounds
                .iter()
                .map(|ground| EvidenceView::of(audited, ground))
                .collect(),
        }
    }
}

impl<'a> EvidenceView<'a> {
    fn of(audited: &'a Audited, ground: &Ground) -> Self {
        let span = audited.document.span(ground.slice);
        Self {
            start: span.start,
            end: span.end,
            text: audited.words(ground.slice),
            r#in: names::part(ground.part),
            status: ground.status.name(),
            cue: ground.cue.map(|cue: Slice| audited.words(cue)),
        }
    }
}

impl<'a> VerdictView<'a> {
    fn of(audited: &'a Audited, verdict: &'a RuleVerdict) -> Self {
        let requirements = verdict.requirements.iter();
        let requirements = requirements.map(|(name, status)| (name.as_str(), status.name()));
        let criteria = verdict.criteria.iter();
        let criteria = criteria.map(|(id, status)| (audited.criterion(*id), status.name()));
        Self {
            rule: &verdict.rule,
            verdict: verdict.verdict.name(),
            requirements: requirements.collect(),
            criteria: criteria.collect(),
            reasons: Steps(&verdict.reasons),
        }
    }
}

impl<'a> FindingView<'a> {
    pub(crate) fn of(audited: &'a Audited, finding: &'a Finding) -> Self {
        let labels = finding.labels.iter().map(|label| {
            let span = audited.document.span(label.slice);
            LabelView {
                start: span.start,
                end: span.end,
                text: audited.words(label.slice),
                note: &label.note,
            }
        });
        Self {
            rule: &finding.rule,
            kind: &finding.kind,
            severity: finding.severity.name(),
            decision: finding.decision,
            message: &finding.message,
            labels: labels.collect(),
            counterfactual: finding.counterfactual.as_deref(),
            cite: finding.cite.as_ref().map(CiteView::of),
            fingerprint: &finding.fingerprint,
            rule_span: finding.rule_span.as_ref().map(|span| RuleSpanView {
                file: &span.file,
                start: span.start,
                end: span.end,
            }),
            waived: finding.waived.as_ref().map(WaivedView::of),
        }
    }
}

impl<'a> CiteView<'a> {
    fn of(cite: &'a Cite) -> Self {
        Self {
            guideline: &cite.guideline,
            section: cite.section.as_deref(),
            pages: cite.pages.as_deref(),
            verified: cite.verified,
        }
    }
}

fn citations(line: &CitationLine) -> Vec<CitationView<'_>> {
    line.citations.iter().map(CitationView::of).collect()
}

/// A date as ISO 8601 writes it.
fn written<D: std::fmt::Display>(located: Option<&Located<D>>) -> Option<String> {
    located.map(|date| date.value.to_string())
}
