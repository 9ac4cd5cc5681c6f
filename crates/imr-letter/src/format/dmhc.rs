//! Determinations about health plans, as the California Department of Managed Health Care publishes them: fields, then
//! one narrative for one disputed service.
//!
//! The narrative argues inside its own case summary, so the rationale is the whole narrative up to the credentials. The
//! outcome is what the final result says; only a narrative without one falls back to the field `Determination:`,
//! which knows no partial outcome.

use super::landmarks::Landmarks;
use super::{Format, Score};
use crate::document::Outcome;
use crate::outline::{DecisionOutline, HeaderField, Outline};
use crate::span::{Located, Slice};

const DEPARTMENT: &str = "DEPARTMENT OF MANAGED HEALTH CARE";
const REFERENCE: &str = "Reference ID:";
const TREATMENT: &str = "Treatment Category:";
const PATIENT_AGE: &str = "Patient: age";
const GENDER: &str = "gender";
const DETERMINATION: &str = "Determination:";
const NARRATIVE: &str = "FINDINGS";
const SUMMARY: &str = "Nature of Statutory Criteria/Case Summary:";
const FINDINGS: &str = "Findings:";
const RESULT: &str = "Final Result:";
const SHOULD_BE: &str = "denial should be";
const CREDENTIALS: &str = "Credentials/Qualifications:";
const REQUESTS: [&str; 4] = [
    "has requested authorization and coverage for",
    "has requested reimbursement for",
    "has requested authorization for",
    "has requested coverage for",
];

/// A narrative in the department's layout.
pub(super) struct Dmhc;

impl Format for Dmhc {
    fn id(&self) -> &'static str {
        "dmhc"
    }

    fn landmarks(&self) -> &'static [&'static [&'static str]] {
        &[
            &[
                DEPARTMENT,
                REFERENCE,
                TREATMENT,
                PATIENT_AGE,
                GENDER,
                DETERMINATION,
                NARRATIVE,
                SUMMARY,
                FINDINGS,
                RESULT,
                SHOULD_BE,
                CREDENTIALS,
            ],
            &REQUESTS,
        ]
    }

    fn recognise(&self, marks: &Landmarks) -> Score {
        Score::none()
            .with(2, marks.has(DEPARTMENT), "names the Department of Managed Health Care")
            .with(3, marks.has(SUMMARY), "has the part Nature of Statutory Criteria/Case Summary")
            .with(2, marks.has(RESULT), "has the part Final Result")
            .with(
                2,
                marks.has(SHOULD_BE),
                "says that the plan's denial should be upheld or overturned",
            )
            .with(1, marks.has(CREDENTIALS), "has the part Credentials/Qualifications")
    }

    fn outline(&self, marks: &Landmarks) -> Outline {
        let view = marks.view();
        let end = view.text().len();
        let result = marks.first(RESULT);
        let credentials = marks.first(CREDENTIALS);
        let start = narrative_start(marks);
        let narrative_end = credentials.map_or(end, |heading| heading.start);
        let rationale = start.map(|start| view.trim(Slice::new(start, narrative_end)));
        let summary = marks.first(SUMMARY).map(|heading| {
            let findings = marks.first_from(FINDINGS, heading.end).map(|next| next.start);
            let next = [findings, result.map(|next| next.start)]
                .into_iter()
                .flatten()
                .filter(|&next| next >= heading.end)
                .min();
            view.trim(Slice::new(heading.end, next.unwrap_or(narrative_end).max(heading.end)))
        });
        let mut outline = Outline { header: header(marks), summary, ..Outline::default() };
        outline.credentials = credentials.map(|heading| view.trim(Slice::new(heading.end, end)));
        let heading = request(marks, start.unwrap_or(0))
            .or_else(|| line_value(marks, TREATMENT))
            .unwrap_or_default();
        let decision = DecisionOutline {
            heading,
            outcome: outcome(marks),
            rationale,
            ..DecisionOutline::default()
        };
        outline.decisions.push(decision);
        let parts = [(RESULT, result), (CREDENTIALS, credentials)];
        outline.missing = parts
            .into_iter()
            .filter(|(_, found)| found.is_none())
            .map(|(name, _)| (name, end))
            .collect();
        outline
    }
}

/// Where the narrative begins: behind the heading FINDINGS, else at its first label.
fn narrative_start(marks: &Landmarks) -> Option<usize> {
    let heading = marks.heading(NARRATIVE).map(|heading| heading.end);
    let labels = [SUMMARY, FINDINGS]
        .into_iter()
        .filter_map(|words| marks.first(words))
        .map(|label| label.start);
    heading.or(labels.min())
}

fn header(marks: &Landmarks) -> Vec<(HeaderField, Slice)> {
    let view = marks.view();
    let reference = line_value(marks, REFERENCE).map(|value| (HeaderField::CaseNumber, value));
    let patient = line_value(marks, PATIENT_AGE);
    let (age, sex) = patient.map_or((None, None), |line| {
        let words = view.slice(line);
        let comma = words.find(',').unwrap_or(words.len());
        let age = Slice::new(line.start, line.start + comma);
        let sex = marks.first_from(GENDER, line.start).filter(|label| label.end <= line.end);
        (
            Some((HeaderField::Age, age)),
            sex.map(|label| (HeaderField::Sex, view.trim(Slice::new(label.end, line.end)))),
        )
    });
    [reference, age, sex].into_iter().flatten().collect()
}

/// What stands behind a label on its line.
fn line_value(marks: &Landmarks, words: &str) -> Option<Slice> {
    let view = marks.view();
    let label = marks.first(words)?;
    let line = view.lines().get(view.line_at(label.start))?;
    Some(view.trim(Slice::new(label.end, line.slice.end.max(label.end))))
        .filter(|value| !value.is_empty())
}

/// The service that "a patient has requested authorization and coverage for", up to the end of the sentence.
fn request(marks: &Landmarks, from: usize) -> Option<Slice> {
    let view = marks.view();
    let words = REQUESTS
        .iter()
        .filter_map(|words| marks.first_from(words, from))
        .min_by_key(|found| found.start)?;
    let rest = view.slice(Slice::new(words.end, view.text().len()));
    let ends = rest.match_indices(". ").map(|(at, _)| at);
    // The name of a company may stand inside: "Natera Inc. Signatera".
    let is_end = |at: &usize| rest.get(..*at).is_some_and(|request| !request.ends_with("Inc"));
    let length = ends.into_iter().find(is_end).unwrap_or(rest.len());
    let slice = view.trim(Slice::new(words.end, words.end + length));
    Some(Slice::new(slice.start, slice.start + view.slice(slice).trim_end_matches('.').len()))
}

fn outcome(marks: &Landmarks) -> Option<Located<Outcome>> {
    let result = marks.first(RESULT).and_then(|result| marks.first_from(SHOULD_BE, result.end));
    let place = result
        .map(|words| Slice::new(words.end, marks.view().text().len()))
        .or_else(|| line_value(marks, DETERMINATION))?;
    let text = marks.view().slice(place);
    let words = text.trim_start();
    let start = place.start + (text.len() - words.len());
    let known = [
        ("partially overturned", Outcome::Modified),
        ("overturned", Outcome::Overturned),
        ("upheld", Outcome::Upheld),
    ];
    let says =
        |word: &str| words.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word));
    let (word, outcome) = known.into_iter().find(|(word, _)| says(word))?;
    Some(Located::new(outcome, Slice::new(start, start + word.len())))
}
