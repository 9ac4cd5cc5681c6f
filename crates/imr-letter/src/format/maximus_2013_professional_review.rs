//! Format A, early 2013: `MEDICAL PROFESSIONAL REVIEW`, one issue a letter.
//!
//! Known from its headings alone. The outcome stands in the heading of the rationale ("... IS NOT MEDICALLY NECESSARY:");
//! what the claims administrator cited has no place of its own.

use super::head::{Label, values};
use super::landmarks::Landmarks;
use super::{Format, Score};
use crate::document::Outcome;
use crate::outline::{DecisionOutline, HeaderField, Outline};
use crate::span::{Located, Slice};

const TITLE: &str = "MEDICAL PROFESSIONAL REVIEW";
const ISSUE: &str = "ISSUE AT DISPUTE:";
const SUMMARY: &str = "CASE SUMMARY:";
const DOCUMENTS: &str = "DOCUMENTS REVIEWED FOR DETERMINATION:";
const GUIDELINES: &str =
    "MEDICAL TREATMENT GUIDELINE(S) RELIED UPON BY PROFESSIONAL REVIEWER AND WHY:";
const RATIONALE: &str = "RATIONALE FOR WHY THE REQUESTED TREATMENT/SERVICE";
const NECESSARY: &str = "MEDICALLY NECESSARY:";
const QUALIFICATIONS: &str = "MEDICAL REVIEWER QUALIFICATIONS:";

const HEAD: &[Label] = &[
    ("Case Number:", Some(HeaderField::CaseNumber)),
    ("Date of Injury:", Some(HeaderField::Injury)),
    ("UR Denial Date:", Some(HeaderField::UrDenial)),
    ("Application Received:", Some(HeaderField::Received)),
];

/// The layout of early 2013.
pub(super) struct Maximus2013ProfessionalReview;

impl Format for Maximus2013ProfessionalReview {
    fn id(&self) -> &'static str {
        "maximus-2013-professional-review"
    }

    fn landmarks(&self) -> &'static [&'static [&'static str]] {
        &[&[TITLE, ISSUE, SUMMARY, DOCUMENTS, GUIDELINES, RATIONALE, NECESSARY, QUALIFICATIONS]]
    }

    fn recognise(&self, marks: &Landmarks) -> Score {
        Score::none()
            .with(3, marks.heading(TITLE).is_some(), "is titled MEDICAL PROFESSIONAL REVIEW")
            .with(3, marks.heading(ISSUE).is_some(), "has the section ISSUE AT DISPUTE")
            .with(
                3,
                marks.heading(RATIONALE).is_some(),
                "states the outcome in the heading of its rationale",
            )
            .with(
                1,
                marks.heading(QUALIFICATIONS).is_some(),
                "has the section MEDICAL REVIEWER QUALIFICATIONS",
            )
    }

    fn outline(&self, marks: &Landmarks) -> Outline {
        let sections = [TITLE, ISSUE, SUMMARY, DOCUMENTS, GUIDELINES, RATIONALE, QUALIFICATIONS]
            .map(|words| (words, marks.heading(words)));
        let section = |words: &str| section(marks, &sections, words);
        let mut outline = Outline {
            credentials: section(QUALIFICATIONS),
            summary: section(SUMMARY),
            ..Outline::default()
        };
        outline.header =
            section(TITLE).map_or_else(Vec::new, |head| values(marks.view(), head, HEAD));
        let outcome = marks.heading(RATIONALE).and_then(|heading| outcome(marks, heading));
        let rationale = section(RATIONALE).map(|text| {
            Slice::new(outcome.as_ref().map_or(text.start, |outcome| outcome.slice.end), text.end)
        });
        if let Some(heading) = section(ISSUE) {
            let rationale = rationale.map(|slice| marks.view().trim(slice));
            let reviewer = section(GUIDELINES);
            outline.decisions.push(DecisionOutline {
                heading,
                outcome,
                reviewer,
                rationale,
                ..DecisionOutline::default()
            });
        }
        let missing = sections
            .iter()
            .filter(|(words, found)| found.is_none() && ![TITLE, DOCUMENTS].contains(words));
        outline.missing = missing.map(|&(words, _)| (words, marks.view().text().len())).collect();
        outline
    }
}

/// The text of a section: from behind its heading to the next heading of any section.
fn section(marks: &Landmarks, sections: &[(&str, Option<Slice>)], words: &str) -> Option<Slice> {
    let heading = sections.iter().find(|(name, _)| *name == words).and_then(|&(_, found)| found)?;
    let next = sections
        .iter()
        .filter_map(|&(_, found)| found)
        .map(|found| found.start)
        .filter(|&start| start >= heading.end)
        .min();
    Some(marks.view().trim(Slice::new(heading.end, next.unwrap_or(marks.view().text().len()))))
}

/// "IS NOT MEDICALLY NECESSARY:", "WAS MEDICALLY NECESSARY:" behind the rationale's heading.
fn outcome(marks: &Landmarks, heading: Slice) -> Option<Located<Outcome>> {
    let end =
        marks.first_from(NECESSARY, heading.end).filter(|end| end.start <= heading.end + 12)?;
    let slice = marks.view().trim(Slice::new(heading.end, end.end));
    let denied = marks.view().slice(Slice::new(heading.end, end.start)).contains("NOT");
    Some(Located::new(if denied { Outcome::Upheld } else { Outcome::Overturned }, slice))
}
