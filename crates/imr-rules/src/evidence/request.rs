//! The phase of a request: initial, continuation or retrospective.

use super::Request;
use super::lexicon::{Entry, Lexicon, RequestHint};
use super::passage::Passage;

/// The passages that hints are looked for in.
#[derive(Clone, Copy)]
pub(super) struct Passages<'p> {
    /// The heading.
    pub(super) heading: &'p Passage,
    /// The rationale.
    pub(super) rationale: &'p Passage,
    /// The case summary.
    pub(super) summary: &'p Passage,
}

/// The phase with the most votes; without a vote, the class's usual phase.
pub(super) fn request(passages: Passages<'_>, class: &str, lexicon: &Lexicon) -> Request {
    let mut votes =
        [(Request::Retrospective, 0), (Request::Continuation, 0), (Request::Initial, 0)];
    let weights: [(&Passage, fn(&RequestHint) -> i32); 3] = [
        (passages.heading, |hint| hint.heading),
        (passages.rationale, |hint| hint.rationale),
        (passages.summary, |hint| hint.summary),
    ];
    for (passage, weight) in weights {
        for entry in &passage.hints {
            let Some(Entry::Request(hint)) = lexicon.entries.get(*entry) else { continue };
            if applies(hint, class) {
                votes
                    .iter_mut()
                    .filter(|(phase, _)| *phase == hint.request)
                    .for_each(|(_, n)| *n += weight(hint));
            }
        }
    }
    let usual = lexicon.default_request.get(class).copied().unwrap_or(Request::Unclear);
    votes.iter_mut().filter(|(phase, _)| *phase == usual).for_each(|(_, n)| *n += 1);
    votes
        .iter()
        .rev()
        .max_by_key(|(_, n)| *n)
        .filter(|(_, n)| *n > 0)
        .map_or(Request::Unclear, |(phase, _)| *phase)
}

fn applies(hint: &RequestHint, class: &str) -> bool {
    let listed = |classes: &[String]| classes.iter().any(|known| known == class);
    (hint.classes.is_empty() || listed(&hint.classes)) && !listed(&hint.not_classes)
}
