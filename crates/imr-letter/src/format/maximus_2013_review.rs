//! Format C, late 2013: sections as later letters have them, but numbered determinations under
//! `IMR DECISION(S) AND RATIONALE(S)`. Known from its headings.

use super::head::{Label, values};
use super::landmarks::Landmarks;
use super::numbered::{self, decision, determinations};
use super::{Format, Score};
use crate::outline::{HeaderField, Outline};
use crate::span::Slice;

const HOW: &str = "HOW THE IMR FINAL DETERMINATION WAS MADE";
const DOCUMENTS: &str = "DOCUMENTS REVIEWED";
const SUMMARY: &str = "CLINICAL CASE SUMMARY";
const SUMMARY_INTRODUCTION: &str =
    "clinical case summary based on a review of the case file, including all medical records:";
const DECISIONS: &str = "IMR DECISION(S) AND RATIONALE(S)";

const HEAD: &[Label] = &[
    ("IMR Case Number:", Some(HeaderField::CaseNumber)),
    ("Case Number:", Some(HeaderField::CaseNumber)),
    ("Date of Injury:", Some(HeaderField::Injury)),
    ("UR Denial Date:", Some(HeaderField::UrDenial)),
    ("Priority:", Some(HeaderField::Priority)),
    ("Application Received:", Some(HeaderField::Received)),
    ("Decision Date:", Some(HeaderField::Decision)),
    ("Date Assigned:", Some(HeaderField::Assigned)),
    ("Employee Name:", None),
    ("Claims Number:", None),
    ("Claim Number:", None),
];

/// The layout of late 2013.
pub(super) struct Maximus2013Review;

impl Format for Maximus2013Review {
    fn id(&self) -> &'static str {
        "maximus-2013-review"
    }

    fn landmarks(&self) -> &'static [&'static [&'static str]] {
        &[numbered::LANDMARKS, &[HOW, DOCUMENTS, SUMMARY, SUMMARY_INTRODUCTION, DECISIONS]]
    }

    fn recognise(&self, marks: &Landmarks) -> Score {
        Score::none()
            .with(5, marks.has(DECISIONS), "has the section IMR DECISION(S) AND RATIONALE(S)")
            .with(
                1,
                marks.heading(HOW).is_some(),
                "has the section HOW THE IMR FINAL DETERMINATION WAS MADE",
            )
            .with(1, marks.heading(DOCUMENTS).is_some(), "has the section DOCUMENTS REVIEWED")
    }

    fn outline(&self, marks: &Landmarks) -> Outline {
        let view = marks.view();
        let end = view.text().len();
        let (how, documents) = (marks.heading(HOW), marks.heading(DOCUMENTS));
        let (summary, decisions) = (marks.heading(SUMMARY), marks.first(DECISIONS));
        let headings = [how, documents, summary, decisions];
        let part = |heading: Slice| {
            let next = headings
                .iter()
                .flatten()
                .map(|next| next.start)
                .filter(|&start| start >= heading.end)
                .min();
            view.trim(Slice::new(heading.end, next.unwrap_or(end)))
        };
        let behind_introduction =
            |text: Slice| match marks.first_from(SUMMARY_INTRODUCTION, text.start) {
                Some(words) if words.start <= text.start + 80 => {
                    view.trim(Slice::new(words.end, text.end))
                }
                _ => text,
            };
        let names = [(HOW, how), (SUMMARY, summary), (DECISIONS, decisions)]
            .into_iter()
            .filter(|(_, found)| found.is_none());
        let head_end =
            headings.iter().flatten().map(|heading| heading.start).min().unwrap_or_default();
        Outline {
            header: values(view, Slice::new(0, head_end), HEAD),
            credentials: how.map(part),
            summary: summary.map(part).map(behind_introduction),
            decisions: decisions
                .map_or_else(Vec::new, |heading| blocks(marks, Slice::new(heading.end, end))),
            missing: names.map(|(name, _)| (name, end)).collect(),
            ..Outline::default()
        }
    }
}

/// The decisions: each determination with the text up to the next.
fn blocks(marks: &Landmarks, region: Slice) -> Vec<crate::outline::DecisionOutline> {
    let found = determinations(marks, region);
    let line_start = |at: usize| {
        marks.view().lines().get(marks.view().line_at(at)).map_or(at, |line| line.slice.start)
    };
    let ends = found.iter().skip(1).map(|next| line_start(next.sentence.start)).chain([region.end]);
    let blocks = found.iter().zip(ends);
    blocks
        .map(|(found, end)| decision(marks, found, Some(Slice::new(found.sentence.end, end))))
        .collect()
}
