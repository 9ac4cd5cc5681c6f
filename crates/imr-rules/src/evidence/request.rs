//! The phase of a request: initial, continuation or retrospective.

use std::collections::BTreeSet;

use super::discourse::Source;
use super::lexicon::{Entry, Lexicon, RequestHint};
use super::passage::Passage;
use super::{Request, Trace};

/// The passages that hints are looked for in.
#[derive(Clone, Copy)]
pub(super) struct Passages<'p> {
    /// The heading.
    pub(super) heading: &'p Passage,
    /// The rationale.
    pub(super) rationale: &'p Trace,
    /// The case summary.
    pub(super) summary: &'p Trace,
}

/// Of phases with equal votes the first counts.
const BY_PRECEDENCE: [Request; 4] =
    [Request::Retrospective, Request::Unclear, Request::Continuation, Request::Initial];

/// The phase with the most votes; without a vote, the class's usual phase. What a guideline says of repeats does not vote.
pub(super) fn request(passages: Passages<'_>, class: &str, lexicon: &Lexicon) -> Request {
    let mut votes = BY_PRECEDENCE.map(|phase| (phase, 0));
    let mut vote = |request: Request, weight: i32| {
        votes.iter_mut().filter(|(phase, _)| *phase == request).for_each(|(_, n)| *n += weight);
    };
    let hints = |entries: BTreeSet<usize>| {
        entries.into_iter().filter_map(|entry| match lexicon.entries.get(entry) {
            Some(Entry::Request(hint)) if applies(hint, class) => Some(hint),
            _ => None,
        })
    };
    hints(passages.heading.hints.iter().map(|hit| hit.entry).collect())
        .for_each(|h| vote(h.request, h.heading));
    hints(of_patient(passages.rationale)).for_each(|hint| vote(hint.request, hint.rationale));
    hints(of_patient(passages.summary)).for_each(|hint| vote(hint.request, hint.summary));
    let usual = lexicon.default_request.get(class).copied().unwrap_or(Request::Unclear);
    vote(usual, 1);
    votes
        .iter()
        .rev()
        .max_by_key(|(_, n)| *n)
        .filter(|(_, n)| *n > 0)
        .map_or(Request::Unclear, |(phase, _)| *phase)
}

/// The hints, by lexicon entry, that stand in a clause about this patient.
fn of_patient(trace: &Trace) -> BTreeSet<usize> {
    let mut clauses = trace.passage.clauses.iter().zip(&*trace.stances).peekable();
    let mut found = BTreeSet::new();
    for hit in &trace.passage.hints {
        while clauses.next_if(|(clause, _)| clause.range.end <= hit.range.start).is_some() {}
        if clauses.peek().is_some_and(|(_, stance)| stance.source == Source::Patient) {
            found.insert(hit.entry);
        }
    }
    found
}

fn applies(hint: &RequestHint, class: &str) -> bool {
    let listed = |classes: &[String]| classes.iter().any(|known| known == class);
    (hint.classes.is_empty() || listed(&hint.classes)) && !listed(&hint.not_classes)
}
