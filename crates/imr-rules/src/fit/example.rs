//! From labels to examples: the clauses of a rationale with what their words were labelled with.

use std::collections::BTreeMap;

use imr_letter::document::Necessity;
use imr_letter::quote::Plain;
use imr_letter::{Document, Slice};

use crate::criterion::{CriterionId, CriterionStatus, Part};
use crate::evidence::weights::{Clauses, Sentence, Stems, Unit};
use crate::evidence::{self, Lexicon, Opening, Passage, Range, Scratch};

/// One fact that a reader found in a rationale.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LabelledFact {
    /// The criterion.
    pub criterion: CriterionId,
    /// What is said of it.
    pub status: CriterionStatus,
    /// The words that say it; in a labelled sentence the whole of it.
    pub quote: String,
}

/// A clause or sentence with its features and what it speaks of.
#[derive(Clone, Debug, Default)]
pub struct Example {
    pub(super) features: Vec<String>,
    pub(super) statuses: Vec<Told>,
    /// A copy counts when weights are fitted, not when it is asked how many examples have a feature.
    pub(super) again: bool,
}

/// What an example says of one criterion.
#[derive(Clone, Debug)]
pub(super) struct Told {
    pub(super) criterion: CriterionId,
    pub(super) status: CriterionStatus,
    pub(super) features: Vec<String>,
}

impl Example {
    /// A copy of it, so that it counts once more.
    #[must_use]
    pub fn again(&self) -> Self {
        Self { again: true, ..self.clone() }
    }

    pub(super) fn speaks_of(&self, criterion: CriterionId) -> bool {
        self.statuses.iter().any(|told| told.criterion == criterion)
    }
}

/// The clauses of the rationale of the decision with this index (from 0).
pub fn decision(
    document: &Document,
    decision: usize,
    class: &str,
    facts: &[LabelledFact],
    lexicon: &Lexicon,
) -> Vec<Example> {
    let mut scratch = Scratch::default();
    let trace = evidence::trace(document, decision, Part::Rationale, lexicon, &mut scratch);
    let text = document.words(trace.passage.slice);
    let (passage, stances) = (&trace.passage, &*trace.stances);
    let mentions = &trace.mentions;
    let decided = document.decisions.get(decision);
    let conclusion = decided.map_or(Necessity::Absent, |decided| decided.conclusion.value);
    let stems = &Stems::of(text, passage);
    let clauses = Clauses { passage, stems, stances, lexicon, class, mentions, conclusion };
    let places = places(text, facts);
    let units = (0..passage.clauses.len()).filter_map(|at| clauses.unit(at));
    units
        .map(|unit| {
            let bytes = bytes(passage, unit);
            let told = places.iter().filter(|(place, _)| overlap(*place, bytes));
            example(clauses, unit, told.map(|(_, fact)| *fact))
        })
        .collect()
}

/// A sentence of a rationale with its labels.
#[derive(Clone, Debug, Default)]
pub struct LabelledSentence {
    /// Its words.
    pub text: String,
    /// The item class of the decision.
    pub class: String,
    /// What it says of the patient.
    pub facts: Vec<LabelledFact>,
    /// Whether a guideline speaks in it, where that was labelled.
    pub recites: Option<bool>,
}

/// A sentence with what tells who speaks in it.
#[derive(Clone, Debug)]
pub struct Voiced {
    pub(super) features: Vec<String>,
    pub(super) recites: bool,
}

/// Labelled sentences that follow each other in one rationale, each as one unit.
pub fn sentences(run: &[LabelledSentence], lexicon: &Lexicon) -> Vec<Example> {
    let opening = if run.len() > 1 { Opening::Rationale } else { Opening::Note };
    units(run, opening, lexicon)
}

/// The same for the sentences of a case summary.
pub fn summary_sentences(run: &[LabelledSentence], lexicon: &Lexicon) -> Vec<Example> {
    units(run, Opening::Summary, lexicon)
}

fn units(run: &[LabelledSentence], opening: Opening, lexicon: &Lexicon) -> Vec<Example> {
    let Joined { passage, stems, ranges } = &Joined::of(run, lexicon);
    let stances = evidence::stances(passage, stems, opening, lexicon);
    let class = run.first().map(|one| one.class.as_str()).unwrap_or_default();
    let mentions = evidence::mentions(passage, &stances, lexicon, class);
    let (stances, mentions) = (stances.as_slice(), mentions.as_slice());
    let conclusion = Necessity::Absent;
    let clauses = Clauses { passage, stems, stances, lexicon, class, mentions, conclusion };
    let units = run.iter().zip(ranges);
    units.map(|(one, range)| example(clauses, clauses.over(*range), one.facts.iter())).collect()
}

/// Who speaks in labelled sentences that follow each other in one rationale.
pub fn voices(run: &[LabelledSentence], lexicon: &Lexicon) -> Vec<Voiced> {
    let Joined { stems, ranges, .. } = &Joined::of(run, lexicon);
    let before = std::iter::once(None).chain(ranges.iter().copied().map(Some));
    let places =
        ranges.iter().zip(before).map(|(range, before)| Sentence { range: *range, before });
    let voiced = run.iter().zip(places).filter_map(|(one, place)| {
        Some(Voiced { features: place.features(stems), recites: one.recites? })
    });
    voiced.collect()
}

/// Sentences put together to a passage.
struct Joined {
    passage: Passage,
    stems: Stems,
    /// The tokens of each sentence.
    ranges: Vec<Range>,
}

impl Joined {
    fn of(run: &[LabelledSentence], lexicon: &Lexicon) -> Self {
        let mut text = String::new();
        let mut ends = Vec::with_capacity(run.len());
        for one in run {
            if !text.is_empty() {
                text.push(' ');
            }
            text.push_str(&one.text);
            ends.push(text.len());
        }
        let passage =
            Passage::read(&text, Slice::new(0, text.len()), lexicon, &mut Scratch::default());
        let stems = Stems::of(&text, &passage);
        let mut start = 0;
        let range = |end: usize| {
            let end = passage.tokens.partition_point(|token| token.end <= end);
            Range { start: std::mem::replace(&mut start, end), end }
        };
        let ranges = ends.into_iter().map(range).collect();
        Self { passage, stems, ranges }
    }
}

fn example<'f>(
    clauses: Clauses<'_>,
    unit: Unit,
    facts: impl Iterator<Item = &'f LabelledFact>,
) -> Example {
    let mut told = BTreeMap::new();
    for fact in facts {
        told.insert(fact.criterion, fact.status);
    }
    let one = |(criterion, status): (CriterionId, CriterionStatus)| {
        let name = clauses.lexicon.name(criterion).unwrap_or_default();
        Told { criterion, status, features: clauses.of_status(unit, name) }
    };
    Example {
        features: clauses.of_criterion(unit),
        statuses: told.into_iter().map(one).collect(),
        again: false,
    }
}

/// The bytes of a unit in its passage's text.
fn bytes(passage: &Passage, unit: Unit) -> Slice {
    let slice = passage.slice_of(unit.range);
    Slice::new(slice.start - passage.slice.start, slice.end - passage.slice.start)
}

fn overlap(a: Slice, b: Slice) -> bool {
    a.start < b.end && b.start < a.end
}

/// Where the quotes of facts stand.
fn places<'f>(text: &str, facts: &'f [LabelledFact]) -> Vec<(Slice, &'f LabelledFact)> {
    let have = Plain::of(text);
    let place = |fact: &'f LabelledFact| Some((have.find(&Plain::of(&fact.quote))?, fact));
    facts.iter().filter_map(place).collect()
}
