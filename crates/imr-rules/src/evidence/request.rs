//! The phase of a request: initial, continuation or retrospective.

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};

use imr_letter::document::Document;

use super::discourse::Source;
use super::lexicon::{Entry, Lexicon, RequestHint};
use super::passage::{Clause, Passage};
use super::{Request, Trace, by_sentence, says_one_of};

/// The passages that hints are looked for in.
#[derive(Clone, Copy)]
pub(super) struct Passages<'p> {
    /// The letter.
    pub(super) document: &'p Document,
    /// The names of the item's drugs and procedures, in lower case.
    pub(super) names: &'p [String],
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
    let hint = |entry: usize| match lexicon.entries.get(entry) {
        Some(Entry::Request(hint)) if applies(hint, class) => Some(hint),
        _ => None,
    };
    let heading: BTreeSet<usize> = passages.heading.hints.iter().map(|hit| hit.entry).collect();
    heading.into_iter().filter_map(hint).for_each(|hint| vote(hint.request, hint.heading));
    passages
        .of_patient(passages.rationale, hint)
        .for_each(|hint| vote(hint.request, hint.rationale));
    passages.of_patient(passages.summary, hint).for_each(|hint| vote(hint.request, hint.summary));
    let usual = lexicon.default_request.get(class).copied().unwrap_or(Request::Unclear);
    vote(usual, 1);
    votes
        .iter()
        .rev()
        .max_by_key(|(_, n)| *n)
        .filter(|(_, n)| *n > 0)
        .map_or(Request::Unclear, |(phase, _)| *phase)
}

impl Passages<'_> {
    /// The hints that stand in a clause about this patient, in a sentence that names the item where they ask for one; each once.
    fn of_patient<'l>(
        &self,
        trace: &Trace,
        hint: impl Fn(usize) -> Option<&'l RequestHint>,
    ) -> impl Iterator<Item = &'l RequestHint> {
        let passage = &trace.passage;
        // For each clause, whether its sentence names the item; looked for once, and only where a hint asks.
        let naming = OnceCell::new();
        let named = || {
            let named_in =
                |clause: &Clause| says_one_of(self.document, passage, clause, self.names);
            naming.get_or_init(|| by_sentence(passage, named_in))
        };
        let clauses = passage.clauses.iter().zip(&*trace.stances);
        let mut clauses = clauses.enumerate().peekable();
        let mut found = BTreeMap::new();
        for hit in &passage.hints {
            let over = |clause: &Clause| clause.range.end <= hit.range.start;
            while clauses.next_if(|(_, (clause, _))| over(clause)).is_some() {}
            let Some((at, (_, stance))) = clauses.peek() else { break };
            let counts = |hint: &&RequestHint| {
                !hint.names_item || named().get(*at).is_some_and(|named| *named)
            };
            if stance.source == Source::Patient
                && let Some(hint) = hint(hit.entry).filter(counts)
            {
                found.insert(hit.entry, hint);
            }
        }
        found.into_values()
    }
}

fn applies(hint: &RequestHint, class: &str) -> bool {
    let listed = |classes: &[String]| classes.iter().any(|known| known == class);
    (hint.classes.is_empty() || listed(&hint.classes)) && !listed(&hint.not_classes)
}
