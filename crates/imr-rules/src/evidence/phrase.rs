//! Any phrase in any text: how it is meant, without a criterion behind it.
//!
//! Rule authors try words before they write a concept, and scorers compare the assertion layer with the negation tools
//! of clinical text. Each occurrence is a stretch of tokens with the same axes as a concept; where a concept of the
//! lexicon covers the phrase, its status counts, because "unchanged" denies without a cue.

use imr_letter::Slice;

use super::Trace;
use super::axes::{Assertion, Axes, axes};
use super::discourse::{Opening, Source, Stance};
use super::lexicon::{CueKind, Entry, Lexicon};
use super::mention::{Context, Mention, meant, mentions};
use super::passage::{Clause, Passage, Range};
use super::pattern::Scratch;
use super::weights::Stems;
use crate::criterion::CriterionStatus;

/// How one occurrence of a phrase is meant.
#[derive(Clone, Debug)]
pub struct PhraseReading {
    /// Its words, as bytes of the text.
    pub slice: Slice,
    /// The axes.
    pub axes: Axes,
    /// The cue that decided the assertion, as bytes of the text.
    pub cue: Option<Slice>,
    /// What follows from the axes.
    pub status: PhraseStatus,
}

/// The reading of a phrase in one word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PhraseStatus {
    /// It is said to hold.
    DocumentedMet,
    /// It is said not to hold.
    DocumentedUnmet,
    /// It is said to be missing from the record.
    NotDocumented,
    /// It is what a guideline says in general.
    Recited,
    /// It is told as history.
    Historical,
    /// It holds only on a condition.
    Hypothetical,
    /// The writer is not sure of it.
    Uncertain,
}

impl PhraseStatus {
    /// The stable name in output.
    pub fn name(self) -> &'static str {
        match self {
            Self::DocumentedMet => "documented_met",
            Self::DocumentedUnmet => "documented_unmet",
            Self::NotDocumented => "not_documented",
            Self::Recited => "recited",
            Self::Historical => "historical",
            Self::Hypothetical => "hypothetical",
            Self::Uncertain => "uncertain",
        }
    }
}

/// Reads every occurrence of `phrase` in `text`, in any case.
pub fn phrase(text: &str, phrase: &str, lexicon: &Lexicon) -> Vec<PhraseReading> {
    let whole = Slice { start: 0, end: text.len() };
    let passage = Passage::read(text, whole, lexicon, &mut Scratch::default());
    let stems = Stems::of(text, &passage);
    let stances = super::stances(&passage, &stems, Opening::Note, lexicon);
    let names_item = vec![false; passage.clauses.len()];
    let context = Context { class: "", names_item: &names_item };
    let mentions = mentions(&passage, &meant(&passage, &stances, lexicon), lexicon, context);
    let read = |range| reading(range, &passage, &stances, &mentions, lexicon);
    occurrences(text, phrase, &passage).into_iter().filter_map(read).collect()
}

/// Reads the words at `words` (of the view) in a part that was read already.
pub fn phrase_at(trace: &Trace, words: Slice, lexicon: &Lexicon) -> Option<PhraseReading> {
    let passage = &trace.passage;
    let offset = passage.slice.start;
    let start = passage.tokens.partition_point(|token| offset + token.end <= words.start);
    let end = passage.tokens.partition_point(|token| offset + token.start < words.end);
    let range = Range { start, end };
    (start < end).then(|| reading(range, passage, &trace.stances, &trace.mentions, lexicon))?
}

/// The reading of a stretch of tokens; `None` when it lies in no clause.
fn reading(
    range: Range,
    passage: &Passage,
    stances: &[Stance],
    mentions: &[Mention],
    lexicon: &Lexicon,
) -> Option<PhraseReading> {
    let at = passage.clauses.partition_point(|clause| clause.range.end <= range.start);
    let (clause, stance) = (passage.clauses.get(at)?, *stances.get(at)?);
    let axes = axes(passage, clause, stance, range, false);
    Some(PhraseReading {
        slice: passage.slice_of(range),
        cue: axes.cue.map(|cue| passage.slice_of(cue)),
        status: if refused(passage, clause, axes) {
            PhraseStatus::DocumentedUnmet
        } else {
            status(axes, told_by_concept(range, mentions, lexicon))
        },
        axes,
    })
}

/// Whether the phrase is what the clause refuses: "additional sessions are not appropriate".
fn refused(passage: &Passage, clause: &Clause, axes: Axes) -> bool {
    axes.source == Source::Patient
        && axes.assertion == Assertion::Asserted
        && passage.cues_in(clause.range).any(|cue| cue.kind == CueKind::Refusal)
}

/// The axes in one word; the first that applies.
fn status(axes: Axes, told: Option<CriterionStatus>) -> PhraseStatus {
    match (axes.source, axes.assertion, told) {
        (Source::Guideline, ..) => PhraseStatus::Recited,
        (_, Assertion::Conditional, _) => PhraseStatus::Hypothetical,
        (_, Assertion::Absent, _) => PhraseStatus::NotDocumented,
        (_, Assertion::Denied, Some(CriterionStatus::Met)) => PhraseStatus::DocumentedMet,
        (_, Assertion::Denied, _) | (_, Assertion::Asserted, Some(CriterionStatus::NotMet)) => {
            PhraseStatus::DocumentedUnmet
        }
        (_, Assertion::Asserted, Some(CriterionStatus::Undocumented)) => {
            PhraseStatus::NotDocumented
        }
        // What a review decided before this one is history, whatever it was.
        (Source::OtherReviewer, ..) => PhraseStatus::Historical,
        _ if axes.hedged => PhraseStatus::Uncertain,
        _ if axes.planned => PhraseStatus::Hypothetical,
        _ if axes.past => PhraseStatus::Historical,
        _ => PhraseStatus::DocumentedMet,
    }
}

/// What the concepts within or around the phrase say of it, the weightiest.
fn told_by_concept(
    range: Range,
    mentions: &[Mention],
    lexicon: &Lexicon,
) -> Option<CriterionStatus> {
    let near = mentions.iter().filter(|mention| mention.range.overlaps(range));
    let told = near.filter_map(|mention| match lexicon.entries.get(mention.entry) {
        Some(Entry::Concept(concept)) => match mention.axes.assertion {
            Assertion::Asserted => concept.asserted.map(|status| (concept.weight, status)),
            Assertion::Denied => concept.denied.map(|status| (concept.weight, status)),
            Assertion::Absent | Assertion::Conditional => None,
        },
        _ => None,
    });
    told.max_by_key(|(weight, _)| *weight).map(|(_, status)| status)
}

/// The token ranges at which the phrase stands as whole tokens: by its own tokens, so that white space and case do not
/// matter.
fn occurrences(text: &str, phrase: &str, passage: &Passage) -> Vec<Range> {
    let wanted = lower_tokens(phrase);
    let have: Vec<String> = passage
        .tokens
        .iter()
        .map(|token| text.get(token.start..token.end).unwrap_or_default().to_lowercase())
        .collect();
    if wanted.is_empty() {
        return Vec::new();
    }
    let windows = have.windows(wanted.len()).enumerate();
    windows
        .filter(|(_, window)| *window == wanted.as_slice())
        .map(|(start, _)| Range { start, end: start + wanted.len() })
        .collect()
}

fn lower_tokens(phrase: &str) -> Vec<String> {
    let mut tokens = Vec::new();
    super::token::tokenize(phrase, &mut tokens);
    tokens
        .iter()
        .map(|token| phrase.get(token.start..token.end).unwrap_or_default().to_lowercase())
        .collect()
}
