//! The phase of a request: initial, continuation or retrospective.

use std::cell::{Cell, OnceCell};
use std::collections::{BTreeMap, BTreeSet};

use imr_letter::Slice;
use imr_letter::document::Document;
use imr_letter::item::Item;
use imr_letter::vocabulary::Vocabulary;

use super::discourse::Source;
use super::lexicon::{Entry, Lexicon, RequestHint, SameItem};
use super::passage::{Clause, Passage};
use super::{Request, Trace, by_sentence, says_one_of};

/// The passages that hints are looked for in.
#[derive(Clone, Copy)]
pub(super) struct Passages<'p> {
    /// The letter.
    pub(super) document: &'p Document,
    /// The words for procedures.
    pub(super) vocabulary: &'p Vocabulary,
    /// The disputed item.
    pub(super) item: &'p Item,
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
    let mut vote = |request: Option<Request>, weight: i32| {
        let own = votes.iter_mut().filter(|(phase, _)| Some(*phase) == request);
        own.for_each(|(_, n)| *n += weight);
    };
    let hint = |entry: usize| match lexicon.entries.get(entry) {
        Some(Entry::Request(hint)) if applies(hint, class) => Some(hint),
        _ => None,
    };
    let heading: BTreeSet<usize> = passages.heading.hints.iter().map(|hit| hit.entry).collect();
    heading.into_iter().filter_map(hint).for_each(|hint| vote(hint.request, hint.heading));
    let same = lexicon.same_item.get(class).copied();
    let told =
        |trace| Told { passages, trace, same, naming: OnceCell::new(), apart: Cell::new(None) };
    told(passages.rationale).hints(hint).for_each(|hint| vote(hint.request, hint.rationale));
    told(passages.summary).hints(hint).for_each(|hint| vote(hint.request, hint.summary));
    let usual = lexicon.default_request.get(class).copied().unwrap_or(Request::Unclear);
    vote(Some(usual), 1);
    votes
        .iter()
        .rev()
        .max_by_key(|(_, n)| *n)
        .filter(|(_, n)| *n > 0)
        .map_or(Request::Unclear, |(phase, _)| *phase)
}

/// A part of the letter that tells what was asked for and done.
struct Told<'p> {
    passages: Passages<'p>,
    trace: &'p Trace,
    /// When a sentence that names procedures speaks of the item; `None`: any does.
    same: Option<SameItem>,
    /// For each clause, whether its sentence names the item; found when a hint asks.
    naming: OnceCell<Vec<bool>>,
    /// The sentence that was asked last, and whether it is about something else: many hints may stand in one sentence.
    apart: Cell<Option<(usize, bool)>>,
}

impl Told<'_> {
    /// The hints that stand in a clause about this patient and count there; each once.
    fn hints<'l>(
        &self,
        hint: impl Fn(usize) -> Option<&'l RequestHint>,
    ) -> impl Iterator<Item = &'l RequestHint> {
        let passage = &self.trace.passage;
        let mute = self.mute(&hint);
        let clauses = passage.clauses.iter().zip(&*self.trace.stances);
        let mut clauses = clauses.enumerate().peekable();
        let mut found = BTreeMap::new();
        for hit in &passage.hints {
            let over = |clause: &Clause| clause.range.end <= hit.range.start;
            while clauses.next_if(|(_, (clause, _))| over(clause)).is_some() {}
            let Some((at, (clause, stance))) = clauses.peek() else { break };
            if stance.source != Source::Patient || mute.contains(&clause.sentence) {
                continue;
            }
            let Some(hint) = hint(hit.entry) else { continue };
            if hint.leaves_out_item && self.names_item(*at) {
                found.insert(hit.entry, None);
            } else if self.counts(hint, *at, clause) {
                found.entry(hit.entry).or_insert(Some(hint));
            }
        }
        found.into_values().flatten()
    }

    /// The sentences with words that argue for nothing, and against everything else in them.
    fn mute<'l>(&self, hint: impl Fn(usize) -> Option<&'l RequestHint>) -> BTreeSet<usize> {
        let Passage { hints, clauses, .. } = &*self.trace.passage;
        let mute = hints.iter().filter(|hit| hint(hit.entry).is_some_and(|h| h.request.is_none()));
        let sentence = |start: usize| {
            let at = clauses.partition_point(|clause| clause.range.end <= start);
            clauses.get(at).map(|clause| clause.sentence)
        };
        mute.filter_map(|hit| sentence(hit.range.start)).collect()
    }

    fn counts(&self, hint: &RequestHint, at: usize, clause: &Clause) -> bool {
        // What was done before was done of something else.
        let apart = || hint.request == Some(Request::Continuation) && self.known_apart(at, clause);
        (!hint.names_item || self.names_item(at)) && !apart()
    }

    /// Whether the sentence of a clause names the item.
    fn names_item(&self, at: usize) -> bool {
        let Passages { document, names, .. } = self.passages;
        let passage = &self.trace.passage;
        let named_in = |clause: &Clause| says_one_of(document, passage, clause, names);
        let naming = self.naming.get_or_init(|| by_sentence(passage, named_in));
        naming.get(at).copied().unwrap_or_default()
    }

    /// Whether the sentence of a clause is about something else, looked at once.
    fn known_apart(&self, at: usize, clause: &Clause) -> bool {
        let known = self.apart.get().filter(|(sentence, _)| *sentence == clause.sentence);
        let (_, apart) = known.unwrap_or_else(|| (clause.sentence, self.is_apart(at, clause)));
        self.apart.set(Some((clause.sentence, apart)));
        apart
    }

    /// Whether the sentence of a clause names procedures and none of them is the item: relief from a steroid says nothing
    /// of an earlier series of another injection.
    fn is_apart(&self, at: usize, clause: &Clause) -> bool {
        let Passages { vocabulary, item, .. } = self.passages;
        let Some(same) = self.same else { return false };
        if item.procedures.is_empty() && item.drugs.is_empty() {
            return false;
        }
        let named = vocabulary.procedures_with_classes(self.sentence(clause));
        let is_item = |name: &str| item.procedures.iter().any(|own| own.value == name);
        let of_class = |class: &str| same == SameItem::Class && class == item.heading_class;
        !named.is_empty()
            && !named.iter().any(|(one, class)| is_item(&one.name) || of_class(&class.id))
            && !self.names_item(at)
    }

    /// The words of the sentence of a clause.
    fn sentence(&self, clause: &Clause) -> &str {
        let passage = &self.trace.passage;
        let clauses = &passage.clauses;
        let first = clauses.partition_point(|one| one.sentence < clause.sentence);
        let last = clauses.partition_point(|one| one.sentence <= clause.sentence);
        let all = clauses.get(first..last).unwrap_or_default();
        let ends = all.first().zip(all.last()).map(|(first, last)| {
            Slice::new(passage.slice_of(first.range).start, passage.slice_of(last.range).end)
        });
        ends.map_or("", |slice| self.passages.document.words(slice))
    }
}

fn applies(hint: &RequestHint, class: &str) -> bool {
    let listed = |classes: &[String]| classes.iter().any(|known| known == class);
    (hint.classes.is_empty() || listed(&hint.classes)) && !listed(&hint.not_classes)
}
