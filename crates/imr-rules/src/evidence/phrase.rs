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
use super::passage::{Clause, Passage, Range, Scratch};
use super::weights::{Stems, Stretch};
use crate::criterion::{CriterionStatus, Part};

/// How one occurrence of a phrase is meant.
#[derive(Clone, Debug)]
pub struct PhraseReading {
    /// Its words, as bytes of the text.
    pub slice: Slice,
    /// The axes.
    pub axes: Axes,
    /// The cue that decided the assertion, as bytes of the text.
    pub cue: Option<Slice>,
    /// What follows from the axes alone.
    pub by_axes: PhraseStatus,
    /// What it means, all words around it weighed.
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
    /// It is about another treatment than the disputed one.
    OtherTreatment,
    /// The writer is not sure of it.
    Uncertain,
}

impl PhraseStatus {
    /// Every status.
    pub const ALL: [Self; 8] = [
        Self::DocumentedMet,
        Self::DocumentedUnmet,
        Self::NotDocumented,
        Self::Recited,
        Self::Historical,
        Self::Hypothetical,
        Self::OtherTreatment,
        Self::Uncertain,
    ];

    /// The stable name in output.
    pub fn name(self) -> &'static str {
        match self {
            Self::DocumentedMet => "documented_met",
            Self::DocumentedUnmet => "documented_unmet",
            Self::NotDocumented => "not_documented",
            Self::Recited => "recited",
            Self::Historical => "historical",
            Self::Hypothetical => "hypothetical",
            Self::OtherTreatment => "other_treatment",
            Self::Uncertain => "uncertain",
        }
    }
}

/// Reads every occurrence of `phrase` in `text`, in any case.
pub fn phrase(text: &str, phrase: &str, lexicon: &Lexicon) -> Vec<PhraseReading> {
    let reader = Read::of(text, Opening::Note, lexicon);
    let ranges = occurrences(text, phrase, &reader.passage);
    ranges.into_iter().filter_map(|range| reader.phrases().reading(range)).collect()
}

/// Reads the words at `words` (of the view) in a part that was read already; `text` is the part's.
pub fn phrase_at(
    text: &str,
    (trace, part): (&Trace, Part),
    words: Slice,
    lexicon: &Lexicon,
) -> Option<PhraseReading> {
    let stems = Stems::of(text, &trace.passage);
    let opening = part.into();
    let (passage, stances, mentions) = (&*trace.passage, &*trace.stances, &*trace.mentions);
    let phrases = Phrases { passage, stems: &stems, stances, mentions, opening, lexicon };
    phrases.reading(phrases.range(words)?)
}

/// A text that was read by itself.
pub(crate) struct Read<'l> {
    passage: Passage,
    stems: Stems,
    stances: Vec<Stance>,
    mentions: Vec<Mention>,
    opening: Opening,
    lexicon: &'l Lexicon,
}

impl<'l> Read<'l> {
    pub(crate) fn of(text: &str, opening: Opening, lexicon: &'l Lexicon) -> Self {
        let whole = Slice { start: 0, end: text.len() };
        let passage = Passage::read(text, whole, lexicon, &mut Scratch::default());
        let stems = Stems::of(text, &passage);
        let stances = super::stances(&passage, &stems, opening, lexicon);
        let names_item = vec![false; passage.clauses.len()];
        let context = Context { class: "", names_item: &names_item };
        let mentions = mentions(&passage, &meant(&passage, &stances, lexicon), lexicon, context);
        Self { passage, stems, stances, mentions, opening, lexicon }
    }

    pub(crate) fn phrases(&self) -> Phrases<'_> {
        Phrases {
            passage: &self.passage,
            stems: &self.stems,
            stances: &self.stances,
            mentions: &self.mentions,
            opening: self.opening,
            lexicon: self.lexicon,
        }
    }
}

/// The phrases of a text that was read.
#[derive(Clone, Copy)]
pub(crate) struct Phrases<'p> {
    passage: &'p Passage,
    stems: &'p Stems,
    stances: &'p [Stance],
    mentions: &'p [Mention],
    opening: Opening,
    lexicon: &'p Lexicon,
}

impl<'p> Phrases<'p> {
    /// The tokens of some words of the view; `None` when there are none.
    pub(crate) fn range(self, words: Slice) -> Option<Range> {
        let (tokens, offset) = (&self.passage.tokens, self.passage.slice.start);
        let start = tokens.partition_point(|token| offset + token.end <= words.start);
        let end = tokens.partition_point(|token| offset + token.start < words.end);
        (start < end).then_some(Range { start, end })
    }

    /// The reading of a stretch of tokens; `None` when it lies in no clause.
    pub(crate) fn reading(self, range: Range) -> Option<PhraseReading> {
        let (by_axes, axes, stretch) = self.stretch(range)?;
        Some(PhraseReading {
            slice: self.passage.slice_of(range),
            cue: axes.cue.map(|cue| self.passage.slice_of(cue)),
            status: stretch.weigh().unwrap_or(by_axes),
            by_axes,
            axes,
        })
    }

    /// What a stretch means by its axes, and what it is weighed by; `None` when it lies in no clause.
    pub(crate) fn stretch(self, range: Range) -> Option<(PhraseStatus, Axes, Stretch<'p>)> {
        let at = self.clause(range);
        let (clause, stance) = (self.passage.clauses.get(at)?, *self.stances.get(at)?);
        let axes = axes(self.passage, clause, stance, range, false);
        let told = told_by_concept(range, self.mentions, self.lexicon);
        let by_axes = self.by_axes(clause, axes, told);
        let stretch = Stretch {
            passage: self.passage,
            stems: self.stems,
            stances: self.stances,
            lexicon: self.lexicon,
            opening: self.opening,
            range,
            clause: at,
            is: by_axes.name(),
            told: told.map_or("nothing", CriterionStatus::name),
        };
        Some((by_axes, axes, stretch))
    }

    fn clause(self, range: Range) -> usize {
        self.passage.clauses.partition_point(|clause| clause.range.end <= range.start)
    }

    fn by_axes(self, clause: &Clause, axes: Axes, told: Option<CriterionStatus>) -> PhraseStatus {
        if refused(self.passage, clause, axes) {
            PhraseStatus::DocumentedUnmet
        } else {
            status(axes, told)
        }
    }
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
