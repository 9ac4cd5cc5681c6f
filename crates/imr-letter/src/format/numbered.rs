//! Numbered determinations, as the letters of late 2013 state them: "1. X is not medically necessary and appropriate."
//!
//! There is no outcome word; the sentence itself is the outcome, and what stands before its verb is the disputed item.
//! A number opens a determination only where the sequence expects it, at the start of a line, and only when the form's
//! sentence follows without another sentence between; rationales hold numbered lists of their own.

use super::landmarks::Landmarks;
use crate::document::Outcome;
use crate::outline::DecisionOutline;
use crate::span::{Located, Slice};
use crate::view::View;

/// The end of the form's sentence.
pub(super) const NECESSARY: &str = "medically necessary and appropriate";
const DETERMINED: &str = "MAXIMUS Federal Services, Inc. has determined the request for";
const CLAIMS_ADMINISTRATOR: &str = "The Claims Administrator based its decision on";
/// States an absence: the words themselves are kept.
const UNCITED: &str = "The Claims Administrator did not cite";
const REVIEWER: [&str; 2] = [
    "The Physician Reviewer based his/her decision on",
    "The Expert Reviewer based his/her decision on",
];
const RATIONALE: [&str; 3] = [
    "The Physician Reviewer's decision rationale:",
    "The Expert Reviewer's decision rationale:",
    "Rationale for the Decision:",
];

/// The words of the form.
pub(super) const LANDMARKS: &[&str] = &[
    NECESSARY,
    DETERMINED,
    CLAIMS_ADMINISTRATOR,
    UNCITED,
    "The Physician Reviewer based his/her decision on",
    "The Expert Reviewer based his/her decision on",
    "The Physician Reviewer's decision rationale:",
    "The Expert Reviewer's decision rationale:",
    "Rationale for the Decision:",
];

/// One determination: its number, the disputed item, the outcome, and its whole sentence.
#[derive(Clone, Debug)]
pub(super) struct Determination {
    pub(super) number: u32,
    pub(super) heading: Slice,
    pub(super) outcome: Located<Outcome>,
    pub(super) sentence: Slice,
}

/// The determinations in a region. Each number counts once; a second list of the same numbers is left out.
pub(super) fn determinations(marks: &Landmarks, region: Slice) -> Vec<Determination> {
    let mut found: Vec<Determination> = Vec::new();
    let mut expected = 1;
    for (number, start) in numbers(marks.view(), region) {
        if number == expected
            && let Some(determination) = determination(marks, number, Slice::new(start, region.end))
        {
            found.push(determination);
            expected += 1;
        }
    }
    found
}

/// The numbers at line starts ("1)", "2."), with the place behind each.
pub(super) fn numbers(view: &View, region: Slice) -> impl Iterator<Item = (u32, usize)> + '_ {
    let lines = view.lines().get(view.line_at(region.start)..).unwrap_or_default();
    let starts = lines
        .iter()
        .map(move |line| line.slice.start.max(region.start))
        .take_while(move |&start| start < region.end);
    starts.filter_map(move |start| {
        let rest = view.slice(Slice::new(start, region.end));
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let number = rest.get(..digits)?.parse().ok()?;
        rest.get(digits..)?.starts_with([')', '.']).then_some((number, start + digits + 1))
    })
}

/// Longest item that is believed, in bytes.
const LONGEST: usize = 800;

fn determination(marks: &Landmarks, number: u32, rest: Slice) -> Option<Determination> {
    let view = marks.view();
    let end = marks
        .first_from(NECESSARY, rest.start)
        .filter(|end| end.end <= rest.end && end.start <= rest.start + LONGEST)?;
    let mut start = rest.start;
    if let Some(form) = marks.first_from(DETERMINED, start).filter(|form| form.start <= start + 2) {
        start = form.end;
    }
    let item = view.trim(Slice::new(start, end.start));
    let words = view.slice(item);
    let (item_words, outcome) = without_verb(words)?;
    if item_words.is_empty() || item_words.contains(". ") {
        return None;
    }
    let heading = Slice::new(item.start, item.start + item_words.len());
    let outcome = Located::new(outcome, Slice::new(item.start + item_words.len(), end.end));
    let outcome = Located::new(outcome.value, view.trim(outcome.slice));
    Some(Determination { number, heading, outcome, sentence: Slice::new(rest.start, end.end) })
}

/// The item in front of "is not", "are not", "is", "are" and the outcome that these say. Text layers glue the words that
/// follow, never these.
fn without_verb(words: &str) -> Option<(&str, Outcome)> {
    let denied = words.strip_suffix(" not").map(|words| (words, Outcome::Upheld));
    let (words, outcome) = denied.unwrap_or((words, Outcome::Overturned));
    let item = [" is", " are", " was", " were"].iter().find_map(|verb| words.strip_suffix(verb))?;
    Some((item.trim_end(), outcome))
}

/// A determination with the parts that stand in its block of text: citations and rationale.
pub(super) fn decision(
    marks: &Landmarks,
    determination: &Determination,
    block: Option<Slice>,
) -> DecisionOutline {
    let mut outline = DecisionOutline {
        heading: determination.heading,
        outcome: Some(determination.outcome.clone()),
        ..DecisionOutline::default()
    };
    let Some(block) = block else { return outline };
    let view = marks.view();
    let within =
        |words: &str| marks.first_from(words, block.start).filter(|found| found.end <= block.end);
    let claims_administrator = within(CLAIMS_ADMINISTRATOR);
    let reviewer = REVIEWER.iter().find_map(|words| within(words));
    let rationale = RATIONALE.iter().find_map(|words| within(words));
    let until = |ends: &[Option<Slice>], start: usize| {
        let next = ends.iter().flatten().map(|end| end.start).filter(|&end| end >= start).min();
        view.trim(Slice::new(start, next.unwrap_or(block.end)))
    };
    let claims_administrator =
        claims_administrator.map(|label| label.end).or(within(UNCITED).map(|words| words.start));
    outline.claims_administrator =
        claims_administrator.map(|start| until(&[reviewer, rationale], start));
    outline.reviewer = reviewer.map(|label| match rationale {
        Some(_) => until(&[rationale], label.end),
        None => Slice::new(label.end, sentence_end(view, Slice::new(label.end, block.end))),
    });
    outline.reviewer = outline.reviewer.map(|slice| view.trim(slice));
    let rationale_start =
        rationale.map(|label| label.end).or(outline.reviewer.map(|line| line.end));
    outline.rationale = rationale_start
        .map(|start| view.trim(Slice::new(start, block.end)))
        .filter(|slice| !slice.is_empty());
    outline
}

/// The end of the first sentence in a slice: a full stop that a space and a capital follow.
fn sentence_end(view: &View, slice: Slice) -> usize {
    let text = view.slice(slice);
    let ends = text.match_indices(". ").map(|(at, _)| at + 1);
    let capital = |end: &usize| {
        text.get(end + 1..)
            .is_some_and(|rest| rest.starts_with(|char: char| char.is_ascii_uppercase()))
    };
    ends.into_iter().find(capital).map_or(slice.end, |end| slice.start + end)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn items(text: &str) -> Vec<(String, Outcome)> {
        let view = View::of(text);
        let marks = Landmarks::of(&view);
        let found = determinations(&marks, view.whole());
        found
            .into_iter()
            .map(|found| (view.slice(found.heading).to_owned(), found.outcome.value))
            .collect()
    }

    #[test]
    fn the_sentence_is_item_and_outcome() {
        let text = "1. Norco 10/325 mg #60 is not medically necessary and appropriate.\n2. An MRI is medically necessary and appropriate.";
        let expected = [
            ("Norco 10/325 mg #60".to_owned(), Outcome::Upheld),
            ("An MRI".to_owned(), Outcome::Overturned),
        ];
        assert_eq!(items(text), expected);
    }

    #[test]
    fn glued_words_of_the_form_are_read() {
        let text = "1) MAXIMUS Federal Services, Inc. has determined the request for a TENS unit is notmedically necessary and appropriate.";
        assert_eq!(items(text), [("a TENS unit".to_owned(), Outcome::Upheld)]);
    }

    #[test]
    fn a_list_inside_a_rationale_is_no_determination() {
        let text = "1. Massage is not medically necessary and appropriate.\n2. Rest. The request is not medically necessary and appropriate.";
        assert_eq!(items(text).len(), 1);
    }
}
