//! The structure of one letter as `parse` shows it: every part with its place and words.
//!
//! Unlike the audit record this view keeps where each value was read, so that a format's author can see what the
//! parser took from where.

use imr_letter::document::{CitationLine, Decision, PartialRequest};
use imr_letter::format::Score;
use imr_letter::problem::Problem;
use imr_letter::span::Located;
use imr_letter::{Document, Letter, Slice};
use serde::Serialize;

use crate::names;
use crate::parts::{CitationView, ItemView, ProblemView};

/// One letter's structure.
#[derive(Debug, Serialize)]
pub struct Structure<'a> {
    schema: &'static str,
    source: &'a str,
    format: FormatView,
    header: HeaderView<'a>,
    reviewer: ReviewerView<'a>,
    patient: PatientView<'a>,
    case_outcome: &'static str,
    summary: Option<Words<'a>>,
    decisions: Vec<DecisionView<'a>>,
    problems: Vec<ProblemView<'a>>,
}

#[derive(Debug, Serialize)]
struct FormatView {
    id: Option<&'static str>,
    scores: Vec<ScoreView>,
}

#[derive(Debug, Serialize)]
struct ScoreView {
    id: &'static str,
    points: u32,
    reasons: Vec<&'static str>,
}

/// Words of the letter with their place.
#[derive(Debug, Serialize)]
struct Words<'a> {
    start: usize,
    end: usize,
    text: &'a str,
}

/// A value with the place and the words it was read from.
#[derive(Debug, Serialize)]
#[expect(clippy::struct_field_names, reason = "the field is part of the output contract")]
struct Value<'a> {
    value: String,
    start: usize,
    end: usize,
    text: &'a str,
}

#[derive(Debug, Serialize)]
struct HeaderView<'a> {
    case_number: Option<Value<'a>>,
    assigned: Option<Value<'a>>,
    injury: Option<Value<'a>>,
    decision: Option<Value<'a>>,
    ur_denial: Option<Value<'a>>,
    received: Option<Value<'a>>,
    priority: Option<Value<'a>>,
}

#[derive(Debug, Serialize)]
struct ReviewerView<'a> {
    credentials: Option<Words<'a>>,
    specialties: Vec<Value<'a>>,
    subspecialties: Vec<Value<'a>>,
    licensure: Vec<Value<'a>>,
}

#[derive(Debug, Serialize)]
struct PatientView<'a> {
    age: Option<Value<'a>>,
    sex: Option<Value<'a>>,
    sex_from_pronoun: bool,
}

#[derive(Debug, Serialize)]
struct DecisionView<'a> {
    n: usize,
    heading: Value<'a>,
    outcome: &'static str,
    outcome_word: Option<Words<'a>>,
    partial: Option<PartialView<'a>>,
    item_class: &'a str,
    item: ItemView<'a>,
    claims_administrator: CitationLineView<'a>,
    reviewer: CitationLineView<'a>,
    rationale: Option<Words<'a>>,
    conclusion: ConclusionView<'a>,
}

#[derive(Debug, Serialize)]
struct PartialView<'a> {
    original: Words<'a>,
    authorized: Option<Words<'a>>,
    disputed: Option<Words<'a>>,
}

#[derive(Debug, Serialize)]
struct CitationLineView<'a> {
    line: Option<Words<'a>>,
    stated_absence: Option<&'static str>,
    citations: Vec<PlacedCitation<'a>>,
    unread: Vec<Words<'a>>,
}

#[derive(Debug, Serialize)]
struct PlacedCitation<'a> {
    start: usize,
    end: usize,
    citation: CitationView<'a>,
}

#[derive(Debug, Serialize)]
struct ConclusionView<'a> {
    value: &'static str,
    sentence: Option<Words<'a>>,
}

impl<'a> Structure<'a> {
    /// The structure of a parsed letter.
    pub fn of(letter: &'a Letter, document: &'a Document) -> Self {
        let problems: Vec<&Problem> = document.problems.iter().collect();
        Self {
            schema: crate::SCHEMA,
            source: &letter.name,
            format: FormatView::of(document),
            header: HeaderView::of(document),
            reviewer: ReviewerView::of(document),
            patient: PatientView::of(document),
            case_outcome: names::case_outcome(document.case_outcome),
            summary: document.summary.map(|slice| Words::of(document, slice)),
            decisions: document
                .decisions
                .iter()
                .zip(1..)
                .map(|(decision, n)| DecisionView::of(document, n, decision))
                .collect(),
            problems: problems.into_iter().map(ProblemView::of).collect(),
        }
    }
}

impl FormatView {
    fn of(document: &Document) -> Self {
        let score = |(id, score): &(&'static str, Score)| ScoreView {
            id,
            points: score.points,
            reasons: score.reasons.clone(),
        };
        Self {
            id: document.recognition.format,
            scores: document.recognition.scores.iter().map(score).collect(),
        }
    }
}

impl<'a> Words<'a> {
    fn of(document: &'a Document, slice: Slice) -> Self {
        let span = document.span(slice);
        Self { start: span.start, end: span.end, text: document.words(slice) }
    }
}

impl<'a> Value<'a> {
    fn of<T>(document: &'a Document, located: &Located<T>, write: impl Fn(&T) -> String) -> Self {
        let span = document.span(located.slice);
        Self {
            value: write(&located.value),
            start: span.start,
            end: span.end,
            text: document.words(located.slice),
        }
    }

    fn shown<T: ToString>(document: &'a Document, located: Option<&Located<T>>) -> Option<Self> {
        located.map(|located| Self::of(document, located, T::to_string))
    }

    fn all(document: &'a Document, located: &[Located<String>]) -> Vec<Self> {
        located.iter().map(|located| Self::of(document, located, String::clone)).collect()
    }
}

impl<'a> HeaderView<'a> {
    fn of(document: &'a Document) -> Self {
        let header = &document.header;
        Self {
            case_number: Value::shown(document, header.case_number.as_ref()),
            assigned: Value::shown(document, header.assigned.as_ref()),
            injury: Value::shown(document, header.injury.as_ref()),
            decision: Value::shown(document, header.decision.as_ref()),
            ur_denial: Value::shown(document, header.ur_denial.as_ref()),
            received: Value::shown(document, header.received.as_ref()),
            priority: Value::shown(document, header.priority.as_ref()),
        }
    }
}

impl<'a> ReviewerView<'a> {
    fn of(document: &'a Document) -> Self {
        let reviewer = &document.reviewer;
        Self {
            credentials: reviewer.slice.map(|slice| Words::of(document, slice)),
            specialties: Value::all(document, &reviewer.specialties),
            subspecialties: Value::all(document, &reviewer.subspecialties),
            licensure: Value::all(document, &reviewer.licensure),
        }
    }
}

impl<'a> PatientView<'a> {
    fn of(document: &'a Document) -> Self {
        let patient = &document.patient;
        let sex = patient.sex.as_ref();
        Self {
            age: Value::shown(document, patient.age.as_ref()),
            sex: sex.map(|sex| Value::of(document, sex, |sex| names::sex(*sex).to_owned())),
            sex_from_pronoun: patient.sex_from_pronoun,
        }
    }
}

impl<'a> DecisionView<'a> {
    fn of(document: &'a Document, n: usize, decision: &'a Decision) -> Self {
        Self {
            n,
            heading: Value::of(document, &decision.heading, String::clone),
            outcome: names::outcome(decision.outcome),
            outcome_word: decision.outcome_slice.map(|slice| Words::of(document, slice)),
            partial: decision.partial.as_ref().map(|partial| PartialView::of(document, partial)),
            item_class: &decision.item.class,
            item: ItemView::of(&decision.item),
            claims_administrator: CitationLineView::of(document, &decision.claims_administrator),
            reviewer: CitationLineView::of(document, &decision.reviewer),
            rationale: decision.rationale.map(|slice| Words::of(document, slice)),
            conclusion: ConclusionView {
                value: names::necessity(decision.conclusion.value),
                sentence: decision.conclusion.slice.map(|slice| Words::of(document, slice)),
            },
        }
    }
}

impl<'a> PartialView<'a> {
    fn of(document: &'a Document, partial: &PartialRequest) -> Self {
        Self {
            original: Words::of(document, partial.original),
            authorized: partial.authorized.map(|slice| Words::of(document, slice)),
            disputed: partial.disputed.map(|slice| Words::of(document, slice)),
        }
    }
}

impl<'a> CitationLineView<'a> {
    fn of(document: &'a Document, line: &'a CitationLine) -> Self {
        let citations = line.citations.iter().map(|citation| {
            let span = document.span(citation.slice);
            PlacedCitation {
                start: span.start,
                end: span.end,
                citation: CitationView::of(citation),
            }
        });
        Self {
            line: line.slice.map(|slice| Words::of(document, slice)),
            stated_absence: line.absence.map(names::absence),
            citations: citations.collect(),
            unread: line.unread.iter().map(|slice| Words::of(document, *slice)).collect(),
        }
    }
}
