//! Format B, September 2013: `Notice of Independent Medical Review Determination`.
//!
//! The determinations are numbered and stated twice: on the first page and again under INDEPENDENT MEDICAL REVIEW
//! DECISION AND RATIONALE. Known from one partial letter, which ends with the case summary; where the rationales stand
//! is known only from their headings ("1) Regarding the request for ..."). A letter without these has decisions without
//! rationales, and says so.

use std::collections::BTreeMap;

use super::head::{Label, values};
use super::landmarks::Landmarks;
use super::numbered::{self, decision, determinations, numbers};
use super::{Format, Score};
use crate::outline::{HeaderField, Outline};
use crate::span::Slice;
use crate::view::View;

const TITLE: &str = "Notice of Independent Medical Review Determination";
const DECISION: &str = "INDEPENDENT MEDICAL REVIEW DECISION AND RATIONALE";
const QUALIFICATIONS: &str = "Medical Qualifications of the Expert Reviewer:";
const SUMMARY: &str = "Case Summary:";
const DOCUMENTS: &str = "Documents Reviewed for Determination";
const REGARDING: &str = "Regarding the request for";
const DETERMINED: &str = "has determined the request for";

const HEAD: &[Label] = &[
    ("Dated:", Some(HeaderField::Decision)),
    ("IMR Case Number:", Some(HeaderField::CaseNumber)),
    ("MAXIMUS Case Number:", Some(HeaderField::CaseNumber)),
    ("Case Number:", Some(HeaderField::CaseNumber)),
    ("Employee:", None),
    ("Claim Number:", None),
    ("Date of UR Decision:", Some(HeaderField::UrDenial)),
    ("UR Denial Date:", Some(HeaderField::UrDenial)),
    ("Date of Injury:", Some(HeaderField::Injury)),
    ("IMR Application Received:", Some(HeaderField::Received)),
    ("Application Received:", Some(HeaderField::Received)),
    ("Priority:", Some(HeaderField::Priority)),
];

/// The layout of September 2013.
pub(super) struct Maximus2013Notice;

impl Format for Maximus2013Notice {
    fn id(&self) -> &'static str {
        "maximus-2013-notice"
    }

    fn landmarks(&self) -> &'static [&'static [&'static str]] {
        &[
            numbered::LANDMARKS,
            &[TITLE, DECISION, QUALIFICATIONS, SUMMARY, DOCUMENTS, REGARDING, DETERMINED],
        ]
    }

    fn recognise(&self, marks: &Landmarks) -> Score {
        Score::none()
            .with(3, marks.has(TITLE), "is a Notice of Independent Medical Review Determination")
            .with(
                3,
                marks.heading(DECISION).is_some(),
                "has the section INDEPENDENT MEDICAL REVIEW DECISION AND RATIONALE",
            )
            .with(
                2,
                marks.has(DETERMINED),
                "numbers its determinations: has determined the request for ...",
            )
            .with(
                1,
                marks.has(QUALIFICATIONS),
                "has the part Medical Qualifications of the Expert Reviewer",
            )
    }

    fn outline(&self, marks: &Landmarks) -> Outline {
        let view = marks.view();
        let end = view.text().len();
        let blocks = blocks(marks);
        let blocks_start = blocks.values().map(|block| block.start).min().unwrap_or(end);
        let documents = marks.first(DOCUMENTS).map_or(blocks_start, |documents| documents.start);
        let parts = [marks.first(QUALIFICATIONS), marks.heading(SUMMARY)];
        let part = |heading: Slice| {
            let starts =
                parts.iter().flatten().map(|part| part.start).chain([documents, blocks_start]);
            let next = starts.filter(|&start| start >= heading.end).min().unwrap_or(end);
            view.trim(Slice::new(heading.end, next))
        };
        let [qualifications, summary] = parts;
        let stated_end = qualifications.or(summary).map_or(blocks_start, |next| next.start);
        let stated = determinations(marks, Slice::new(0, stated_end));
        let head_end = stated.first().map_or(stated_end, |first| first.sentence.start);
        let head = marks.first(TITLE).map(|title| head(view, title, head_end));
        let names = [(QUALIFICATIONS, qualifications), (SUMMARY, summary)];
        let missing = names.into_iter().filter(|(_, found)| found.is_none());
        let block = |number: u32| blocks.get(&number).copied();
        Outline {
            header: head.map_or_else(Vec::new, |head| values(view, head, HEAD)),
            credentials: qualifications.map(part),
            summary: summary.map(part),
            decisions: stated.iter().map(|one| decision(marks, one, block(one.number))).collect(),
            missing: missing.map(|(name, _)| (name, documents.min(end))).collect(),
            ..Outline::default()
        }
    }
}

/// The table of labels and values behind the title: whole lines from the first that begins with a label to the last.
fn head(view: &View, title: Slice, end: usize) -> Slice {
    let lines =
        view.lines().iter().filter(|line| line.slice.start >= title.end && line.slice.end <= end);
    let labelled = lines
        .filter(|line| HEAD.iter().any(|(label, _)| view.slice(line.slice).starts_with(label)));
    let (mut first, mut last) = (None, title.end);
    for line in labelled {
        first.get_or_insert(line.slice.start);
        last = line.slice.end;
    }
    Slice::new(first.unwrap_or(last), last)
}

/// The numbered blocks "1) Regarding the request for ...", each up to the next; the first of each number.
fn blocks(marks: &Landmarks) -> BTreeMap<u32, Slice> {
    let view = marks.view();
    let begins = |start: usize| {
        marks.first_from(REGARDING, start).is_some_and(|words| words.start <= start + 2)
    };
    let starts: Vec<_> = numbers(view, view.whole()).filter(|&(_, start)| begins(start)).collect();
    let line_start =
        |at: usize| view.lines().get(view.line_at(at)).map_or(at, |line| line.slice.start);
    let ends =
        starts.iter().skip(1).map(|&(_, start)| line_start(start)).chain([view.text().len()]);
    let mut blocks = BTreeMap::new();
    for (&(number, start), end) in starts.iter().zip(ends) {
        blocks.entry(number).or_insert(Slice::new(start, end));
    }
    blocks
}
