//! From labels to examples: the clauses of a rationale with what their words were labelled with.

use std::collections::BTreeMap;

use imr_letter::document::Necessity;
use imr_letter::quote::Plain;
use imr_letter::{Document, Slice};

use crate::criterion::{CriterionId, CriterionStatus, Part};
use crate::evidence::weights::{Clauses, Stems, Unit};
use crate::evidence::{self, Lexicon, Opening, Passage, Scratch};

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

/// A labelled sentence as one unit.
pub fn sentence(text: &str, class: &str, facts: &[LabelledFact], lexicon: &Lexicon) -> Example {
    let slice = Slice::new(0, text.len());
    let passage = Passage::read(text, slice, lexicon, &mut Scratch::default());
    let stances = evidence::stances(&passage, Opening::Note, lexicon);
    let mentions = evidence::mentions(&passage, &stances, lexicon, class);
    let (passage, stances, mentions) = (&passage, stances.as_slice(), mentions.as_slice());
    let conclusion = Necessity::Absent;
    let stems = &Stems::of(text, passage);
    let clauses = Clauses { passage, stems, stances, lexicon, class, mentions, conclusion };
    example(clauses, clauses.whole(), facts.iter())
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
