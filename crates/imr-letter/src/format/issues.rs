//! What the letters with a section "IMR ISSUES, DECISIONS AND RATIONALES" have in common (2013 until today).
//!
//! Their sections are told by headings, their decisions by three labels. What has no label is where a heading
//! begins: it stands between the rationale before it and its own outcome word. See [`heading`].

mod family;
mod heading;

use jiff::civil::Date;

use super::head::{Label, values};
use super::landmarks::Landmarks;
use crate::date;
use crate::document::Outcome;
use crate::outline::{DecisionOutline, HeaderField, Outline};
use crate::span::{Located, Slice};
pub(super) use family::WithIssues;
use heading::Layout;

const HOW: &str = "HOW THE IMR FINAL DETERMINATION WAS MADE";
const CREDENTIALS: &str = "The Expert Reviewer has the following credentials:";
pub(super) const LICENSURE: &str = "State(s) of Licensure:";
const SPECIALTY: &str = "Certification(s)/Specialty:";
const SUMMARY: &str = "CLINICAL CASE SUMMARY";
const SUMMARY_INTRODUCTION: &str =
    "clinical case summary based on a review of the case file, including all medical records:";
const ISSUES: &str = "IMR ISSUES, DECISIONS AND RATIONALES";
const SET_FORTH: &str = "The Final Determination was based on decisions for the disputed items/services set forth below:";
const CLAIMS_ADMINISTRATOR: &str = "Claims Administrator guideline:";
const REVIEWER: &str = "MAXIMUS guideline:";
const RATIONALE: &str = "Decision rationale:";
pub(super) const BOARD_CERTIFIED: &str = "is Board Certified in";
pub(super) const PAGES: &str = "Page(s):";
pub(super) const SECTIONS: &str = "Section(s):";
pub(super) const PORTION: &str = "IMR eligible portion of the original request";
const CASE_NUMBER: &str = "Case Number:";
const DECISION_DATE: &str = "Decision Date:";

/// The words of the form.
const LANDMARKS: &[&str] = &[
    HOW,
    CREDENTIALS,
    LICENSURE,
    SPECIALTY,
    SUMMARY,
    SUMMARY_INTRODUCTION,
    ISSUES,
    SET_FORTH,
    CLAIMS_ADMINISTRATOR,
    REVIEWER,
    RATIONALE,
    BOARD_CERTIFIED,
    PAGES,
    SECTIONS,
    PORTION,
    CASE_NUMBER,
    DECISION_DATE,
    "Upheld",
    "Overturned",
    "Modified",
    "Partially Overturned",
];

/// The labels of the head.
const HEAD: &[Label] = &[
    (CASE_NUMBER, Some(HeaderField::CaseNumber)),
    ("Date Assigned:", Some(HeaderField::Assigned)),
    ("Date of Injury:", Some(HeaderField::Injury)),
    (DECISION_DATE, Some(HeaderField::Decision)),
    ("UR Denial Date:", Some(HeaderField::UrDenial)),
    ("Priority:", Some(HeaderField::Priority)),
    ("Application Received:", Some(HeaderField::Received)),
    ("Application", Some(HeaderField::Received)),
    ("Received:", Some(HeaderField::Received)),
];

/// The date of the determination as the head states it; formats are told apart by it.
pub(super) fn decided(marks: &Landmarks) -> Option<Date> {
    let field = head(marks).into_iter().find(|&(field, _)| field == HeaderField::Decision);
    field.and_then(|(_, slice)| date::read(marks.view().slice(slice)))
}

/// The labelled values above the first section.
fn head(marks: &Landmarks) -> Vec<(HeaderField, Slice)> {
    let first = marks.first(HOW).or(marks.heading(SUMMARY)).or(marks.first(ISSUES));
    first.map_or_else(Vec::new, |first| values(marks.view(), Slice::new(0, first.start), HEAD))
}

/// Marks the parts of a letter of this family.
fn outline(marks: &Landmarks) -> Outline {
    let view = marks.view();
    let end = view.text().len();
    let how = marks.first(HOW);
    let summary = marks.heading(SUMMARY);
    let issues = marks.first(ISSUES);
    let mut outline = Outline { header: head(marks), ..Outline::default() };
    let how_end = how.map_or(0, |how| how.end);
    let summary_start = summary.or(issues).map_or(end, |next| next.start);
    outline.credentials = how.map(|_| view.trim(Slice::new(how_end, summary_start)));
    outline.summary = summary.map(|heading| {
        let start = behind(marks, SUMMARY_INTRODUCTION, heading.end, 80);
        view.trim(Slice::new(start, issues.map_or(end, |issues| issues.start).max(start)))
    });
    let from = issues.map_or(summary_start, |issues| behind(marks, SET_FORTH, issues.end, 80));
    outline.decisions = decisions(marks, Slice::new(from, end));
    outline.missing = missing(&[(HOW, how, 0), (SUMMARY, summary, how_end), (ISSUES, issues, end)]);
    outline
}

/// The end of a form sentence that begins within `reach` bytes behind a place, else the place.
fn behind(marks: &Landmarks, words: &str, at: usize, reach: usize) -> usize {
    marks
        .first_from(words, at)
        .filter(|found| found.start <= at + reach)
        .map_or(at, |found| found.end)
}

fn missing(parts: &[(&'static str, Option<Slice>, usize)]) -> Vec<(&'static str, usize)> {
    parts.iter().filter(|(_, found, _)| found.is_none()).map(|&(name, _, at)| (name, at)).collect()
}

/// One of the three labelled lines of a decision, in the form's order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Part {
    ClaimsAdministrator,
    Reviewer,
    Rationale,
}

const PARTS: [(Part, &str); 3] = [
    (Part::ClaimsAdministrator, CLAIMS_ADMINISTRATOR),
    (Part::Reviewer, REVIEWER),
    (Part::Rationale, RATIONALE),
];

/// The pieces of one decision: where its heading ends, its outcome, and its labels.
#[derive(Clone, Debug, Default)]
struct Pieces {
    heading_end: usize,
    outcome: Option<Located<Outcome>>,
    labels: Vec<(Part, Slice)>,
}

impl Pieces {
    /// Behind the last piece of the form's own words: what follows is text.
    fn text_start(&self) -> usize {
        let outcome_end =
            self.outcome.as_ref().map_or(self.heading_end, |outcome| outcome.slice.end);
        self.labels.last().map_or(outcome_end, |(_, label)| label.end)
    }
}

fn decisions(marks: &Landmarks, region: Slice) -> Vec<DecisionOutline> {
    let labels = labels(marks, region);
    let layout = Layout::of(marks.view(), region, labels.iter().map(|&(_, label)| label));
    let outcomes = outcomes(marks, region, &labels, &layout);
    let pieces = pieces(labels, outcomes);
    let mut starts = Vec::with_capacity(pieces.len() + 1);
    let mut floor = region.start;
    for piece in &pieces {
        // Nothing but the first heading stands between the form's introduction and the first outcome.
        let start =
            if starts.is_empty() { floor } else { layout.heading_start(floor, piece.heading_end) };
        starts.push(start);
        floor = piece.text_start();
    }
    let ends = starts.iter().skip(1).copied().chain([region.end]);
    let parts = pieces.iter().zip(starts.iter().copied()).zip(ends);
    parts.map(|((piece, start), end)| decision(marks, piece, start, end)).collect()
}

fn decision(marks: &Landmarks, pieces: &Pieces, start: usize, end: usize) -> DecisionOutline {
    let view = marks.view();
    let heading = view.trim(Slice::new(start, pieces.heading_end));
    let words = view.slice(heading).trim_end_matches([':', ' ']);
    let mut outline = DecisionOutline {
        heading: Slice::new(heading.start, heading.start + words.len()),
        outcome: pieces.outcome.clone(),
        ..DecisionOutline::default()
    };
    let ends = pieces.labels.iter().skip(1).map(|(_, label)| label.start).chain([end]);
    for (&(part, label), end) in pieces.labels.iter().zip(ends) {
        let text = view.trim(Slice::new(label.end, end.max(label.end)));
        match part {
            Part::ClaimsAdministrator => outline.claims_administrator = Some(text),
            Part::Reviewer => outline.reviewer = Some(text),
            Part::Rationale => outline.rationale = Some(text),
        }
    }
    outline
}

fn labels(marks: &Landmarks, region: Slice) -> Vec<(Part, Slice)> {
    let all = PARTS
        .iter()
        .flat_map(|&(part, words)| marks.all(words).iter().map(move |&slice| (part, slice)));
    let mut labels: Vec<_> = all.filter(|&(_, slice)| region.contains(slice)).collect();
    labels.sort_by_key(|&(_, slice)| slice.start);
    labels
}

/// The outcome words that end a heading. The same words stand in rationales; a heading's is followed by a label, or
/// ends its paragraph behind a colon.
fn outcomes(
    marks: &Landmarks,
    region: Slice,
    labels: &[(Part, Slice)],
    layout: &Layout,
) -> Vec<Located<Outcome>> {
    const WORDS: [(&str, Outcome); 4] = [
        ("Partially Overturned", Outcome::Modified),
        ("Upheld", Outcome::Upheld),
        ("Overturned", Outcome::Overturned),
        ("Modified", Outcome::Modified),
    ];
    let view = marks.view();
    let mut found: Vec<Located<Outcome>> = Vec::new();
    for (words, outcome) in WORDS {
        let ends_heading = |slice: &Slice| {
            let next = labels.partition_point(|(_, label)| label.start < slice.end);
            let between =
                labels.get(next).map(|(_, label)| view.slice(Slice::new(slice.end, label.start)));
            let labelled = between.is_some_and(|between| between.trim().is_empty());
            let colon = view.slice(Slice::new(region.start, slice.start)).trim_end().ends_with(':');
            labelled || colon && layout.ends_paragraph(slice.end)
        };
        let all = marks
            .all(words)
            .iter()
            .copied()
            .filter(|slice| region.contains(*slice))
            .filter(ends_heading);
        found.extend(all.map(|slice| Located::new(outcome, slice)));
    }
    found.sort_by_key(|outcome| (outcome.slice.end, outcome.slice.start));
    found.dedup_by(|later, earlier| later.slice.end == earlier.slice.end);
    found
}

/// Groups outcome words and labels to decisions. A label that a decision already has, or that stands before its
/// last one in the form's order, begins a decision whose outcome is not stated.
fn pieces(labels: Vec<(Part, Slice)>, outcomes: Vec<Located<Outcome>>) -> Vec<Pieces> {
    let mut pieces: Vec<Pieces> = Vec::new();
    let mut outcomes = outcomes.into_iter().peekable();
    for (part, label) in labels {
        while let Some(outcome) = outcomes.next_if(|outcome| outcome.slice.start < label.start) {
            pieces.push(Pieces {
                heading_end: outcome.slice.start,
                outcome: Some(outcome),
                labels: Vec::new(),
            });
        }
        match pieces.last_mut() {
            Some(last) if last.labels.last().is_none_or(|&(previous, _)| previous < part) => {
                last.labels.push((part, label));
            }
            _ => pieces.push(Pieces {
                heading_end: label.start,
                outcome: None,
                labels: vec![(part, label)],
            }),
        }
    }
    pieces.extend(outcomes.map(|outcome| Pieces {
        heading_end: outcome.slice.start,
        outcome: Some(outcome),
        labels: Vec::new(),
    }));
    pieces
}
