//! Pairs of a claim and a record with their labels.

use imr_letter::quote::Plain;
use imr_letter::{Document, Slice};

use crate::contradiction::{self, Pair};
use crate::criterion::CriterionId;
use crate::evidence::Parts;
use crate::rulebook::Rulebook;

/// A contradiction that a reader found: what the rationale says, and what the case summary records.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LabelledPair {
    /// Words of the rationale.
    pub claim: String,
    /// Words of the case summary.
    pub record: String,
}

/// A claim and a record with what they are like.
#[derive(Clone, Debug)]
pub struct PairExample {
    pub(super) features: Vec<String>,
    pub(super) contradicts: bool,
    /// A copy counts when weights are fitted, not when it is asked how many examples have a feature.
    pub(super) again: bool,
}

impl PairExample {
    /// A copy of it, so that it counts once more.
    #[must_use]
    pub fn again(&self) -> Self {
        Self { again: true, ..self.clone() }
    }

    /// Whether the record contradicts the claim.
    pub fn contradicts(&self) -> bool {
        self.contradicts
    }
}

/// Every pair of the decision with this index (from 0). One that shares only one side with a labelled contradiction is left
/// out, because nobody said whether it is another.
pub fn among(
    document: &Document,
    decision: usize,
    labelled: &[LabelledPair],
    rulebook: &Rulebook,
) -> Vec<PairExample> {
    let rationale = document.decisions.get(decision).and_then(|decided| decided.rationale);
    let place = |part: Option<Slice>, quote: &str| {
        let part = part?;
        let found = Plain::of(document.words(part)).find(&Plain::of(quote))?;
        Some(Slice::new(part.start + found.start, part.start + found.end))
    };
    let places: Vec<_> = labelled
        .iter()
        .map(|pair| (place(rationale, &pair.claim), place(document.summary, &pair.record)))
        .collect();
    let label = |pair: &Pair| {
        let on = |place: Option<Slice>, own: Slice| place.is_some_and(|it| overlap(it, own));
        let sides = places.iter().map(|(a, b)| (on(*a, pair.claimed), on(*b, pair.record)));
        let sides: Vec<_> = sides.collect();
        match (sides.contains(&(true, true)), sides.iter().any(|(a, b)| *a || *b)) {
            (true, _) => Some(true),
            (false, true) => None,
            (false, false) => Some(false),
        }
    };
    let pairs = all(document, decision, rulebook).into_iter();
    pairs.filter_map(|pair| Some(example(&pair, label(&pair)?))).collect()
}

/// The pairs about one criterion in a letter that has nothing but a claim and a record.
pub fn alone(
    document: &Document,
    criterion: CriterionId,
    contradicts: bool,
    rulebook: &Rulebook,
) -> Vec<PairExample> {
    let pairs = all(document, 0, rulebook).into_iter();
    pairs
        .filter(|pair| pair.criterion == criterion)
        .map(|pair| example(&pair, contradicts))
        .collect()
}

fn all(document: &Document, decision: usize, rulebook: &Rulebook) -> Vec<Pair> {
    let parts = Parts::of(document, &rulebook.lexicon);
    let evidence = parts.read(document, rulebook);
    contradiction::pairs(document, &parts, &evidence, rulebook)
        .into_iter()
        .nth(decision)
        .unwrap_or_default()
}

fn example(pair: &Pair, contradicts: bool) -> PairExample {
    PairExample { features: pair.features(), contradicts, again: false }
}

fn overlap(a: Slice, b: Slice) -> bool {
    a.start < b.end && b.start < a.end
}
