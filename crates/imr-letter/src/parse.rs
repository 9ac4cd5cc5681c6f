//! From the text of a letter to its [`Document`]: recognise the format, mark the parts, read the fields.
//!
//! Parsing never fails. A letter of no known format is a document without decisions and with one problem.

use crate::document::{CaseOutcome, CitationLine, Decision, Document, Outcome};
use crate::format::{self, Landmarks};
use crate::letter::Letter;
use crate::outline::{DecisionOutline, Outline};
use crate::problem::{Problem, ProblemKind};
use crate::span::{Slice, Span};
use crate::view::View;
use crate::vocabulary::{Terms, Vocabulary, Wording};
use crate::{citation, conclusion, header, item, partial, patient, reviewer};

/// Reads a letter with the words of the field.
pub fn parse(letter: &Letter, vocabulary: &Vocabulary) -> Document {
    parse_worded(letter, vocabulary).0
}

/// The same with the words of the vocabulary in its view, for who reads on.
pub fn parse_worded(letter: &Letter, vocabulary: &Vocabulary) -> (Document, Terms) {
    let view = View::of(&letter.text);
    let marks = Landmarks::of(&view);
    let (recognition, format) = format::recognise(&marks);
    let mut problems = letter.problems.clone();
    if format.is_none() {
        problems.push(unknown_format());
    }
    let mut outline = format.map_or_else(Outline::default, |format| format.outline(&marks));
    problems.extend(too_many(&view, &mut outline.decisions));
    let header = header::read(&view, &outline.header, &mut problems);
    let terms = vocabulary.terms(view.text(), outline.body());
    let wording = Wording::new(&view, vocabulary, &terms);
    let mut decisions: Vec<Decision> =
        outline.decisions.iter().map(|outline| decision(wording, outline)).collect();
    item::relate(decisions.iter_mut().map(|decision| &mut decision.item), vocabulary);
    problems.extend(outline_problems(&view, &outline));
    problems.extend(decisions.iter().flat_map(|decision| unread_citations(&view, decision)));
    problems.extend(view.damaged().iter().map(|&span| damage(span)));
    problems.sort_by_key(|problem| (problem.span, problem.kind));
    let derived = || case_outcome(&decisions);
    let document = Document {
        recognition,
        header,
        reviewer: reviewer::read(&view, outline.credentials),
        patient: patient::read(&view, &outline.header, outline.summary),
        summary: outline.summary,
        case_outcome: outline.case_outcome.as_ref().map_or_else(derived, |stated| stated.value),
        decisions,
        problems,
        view,
    };
    (document, terms)
}

fn decision(wording: Wording<'_>, outline: &DecisionOutline) -> Decision {
    let view = wording.view();
    let citations = |line: Option<Slice>| CitationLine {
        slice: line,
        ..citation::read(wording, line.map(|line| clipped(view, line)))
    };
    let claims_administrator = citations(outline.claims_administrator);
    let reviewer = citations(outline.reviewer);
    let mut item = item::read(wording, clipped(view, outline.heading));
    let cited = reviewer.citations.iter().chain(&claims_administrator.citations);
    let cited = cited.map(|citation| citation.document.as_deref());
    item::judge_by(&mut item, cited, wording.vocabulary());
    Decision {
        heading: crate::span::Located::new(view.slice(outline.heading).to_owned(), outline.heading),
        outcome: outline.outcome.as_ref().map_or(Outcome::Unknown, |outcome| outcome.value),
        outcome_slice: outline.outcome.as_ref().map(|outcome| outcome.slice),
        partial: partial::read(view, outline.heading),
        item,
        claims_administrator,
        reviewer,
        rationale: outline.rationale,
        conclusion: conclusion::read(wording, outline.rationale),
    }
}

/// Headings and citation lines are read up to this length in bytes. The longest known have a few hundred; what is longer
/// is damage, and looking at each of its words together with every other would take without end.
const LONGEST_LINE: usize = 8_000;

fn clipped(view: &View, slice: Slice) -> Slice {
    let words = view.slice(slice);
    Slice::new(slice.start, slice.start + words.floor_char_boundary(LONGEST_LINE))
}

/// The outcome of the case where the letter does not state it.
fn case_outcome(decisions: &[Decision]) -> CaseOutcome {
    let any = |outcome: Outcome| decisions.iter().any(|decision| decision.outcome == outcome);
    match (any(Outcome::Upheld), any(Outcome::Overturned), any(Outcome::Modified)) {
        (_, _, true) | (true, true, _) => CaseOutcome::PartiallyOverturned,
        (true, false, false) => CaseOutcome::Upheld,
        (false, true, false) => CaseOutcome::Overturned,
        (false, false, false) => CaseOutcome::Unknown,
    }
}

/// A letter has up to some thirty decisions. What has thousands is no letter, and reading on would only eat memory.
const MOST_DECISIONS: usize = 1_000;

/// Cuts the decisions at [`MOST_DECISIONS`] and says so.
fn too_many(view: &View, decisions: &mut Vec<DecisionOutline>) -> Option<Problem> {
    let first = decisions.get(MOST_DECISIONS)?.heading;
    decisions.truncate(MOST_DECISIONS);
    let message = format!("decisions behind the first {MOST_DECISIONS} are left out");
    Some(Problem { kind: ProblemKind::Truncated, span: view.span(first), message })
}

fn unknown_format() -> Problem {
    let message = "no known letter format fits; expected the headings of an independent medical review determination".to_owned();
    Problem { kind: ProblemKind::UnknownFormat, span: Span::new(0, 0), message }
}

/// Guideline lines that neither cite anything known nor say that nothing was cited.
fn unread_citations(view: &View, decision: &Decision) -> impl Iterator<Item = Problem> {
    let lines = [&decision.claims_administrator, &decision.reviewer].into_iter();
    let unread = lines.filter(|line| line.citations.is_empty() && line.absence.is_none());
    unread.filter_map(|line| line.slice).map(|slice| Problem {
        kind: ProblemKind::UnreadCitation,
        span: view.span(slice),
        message: "expected a cited guideline, or that none was cited".to_owned(),
    })
}

fn damage(span: Span) -> Problem {
    Problem {
        kind: ProblemKind::DamagedText,
        span,
        message: "characters were lost when the text was extracted".to_owned(),
    }
}

fn outline_problems(view: &View, outline: &Outline) -> Vec<Problem> {
    let missing = |name: &str, at: usize| Problem {
        kind: ProblemKind::MissingPart,
        span: view.span(Slice::new(at, at)),
        message: format!("expected {name}, found none"),
    };
    let mut problems: Vec<Problem> =
        outline.missing.iter().map(|&(name, at)| missing(name, at)).collect();
    for decision in &outline.decisions {
        let end = decision.heading.end;
        let parts = [
            ("the outcome of this item", decision.outcome.is_none()),
            ("the rationale of this item", decision.rationale.is_none()),
            ("the disputed item before its outcome", decision.heading.is_empty()),
        ];
        problems.extend(
            parts.into_iter().filter(|&(_, lacks)| lacks).map(|(name, _)| missing(name, end)),
        );
    }
    let unplaced = outline.unplaced.iter().map(|&slice| Problem {
        kind: ProblemKind::UnplacedText,
        span: view.span(slice),
        message: "text that belongs to no part of the letter".to_owned(),
    });
    problems.extend(unplaced);
    problems
}
