//! Fits the tables of weighed words ([`crate::evidence`]) on labelled letters and sentences.
//!
//! ```text
//! labelled decisions -> clauses with what they are labelled with \
//!                                                                  -> examples -> weights -> YAML
//! labelled sentences -> the whole sentence as one unit           /
//!                    -> who speaks -> weights -> the votes among the features of the above
//! labelled mentions  -> stretches of words with what surrounds them -> weights -> YAML
//! ```
//!
//! Features are made by the code that reads letters, so what is fitted is what is weighed. The method is logistic
//! regression, one column at a time, by follow-the-regularised-leader with a penalty on the sum of weights (McMahan et al.
//! 2013, "Ad Click Prediction: a View from the Trenches"), which leaves most features without a weight: a table stays
//! small enough to be read. The order of examples and with it the result is fixed.

mod example;
mod leader;
mod mention;
mod pair;
mod table;

use std::collections::BTreeMap;

pub use example::{
    Example, LabelledFact, LabelledSentence, Voiced, decision, sentences, summary_sentences, voices,
};
use leader::{Leader, Settings};
pub use mention::{LabelledPassage, MentionExample, mentions, read_mentions};
pub use pair::{LabelledPair, PairExample, alone, among};
pub use table::{file, mention_file, pair_file};

use crate::criterion::{CriterionId, CriterionStatus};
use crate::evidence::PhraseStatus;
use crate::evidence::weights::{Key, STATUSES, Table, Weights};
use crate::rulebook::Rulebook;

/// Tenths of a log-odd: what a weight of 1 stands for.
const UNIT: f64 = 10.0;

/// Smaller weights are left out: on letters that the tables were not fitted on they change nothing.
const LEAST: i32 = 2;

/// Of how words are meant, weights below this are left out: the table is half as long and reads as well.
const LEAST_OF_MENTIONS: i32 = 3;

/// Of what case summaries are read by, weights below this are left out: sums tell the same and the tables are a quarter as long.
const LEAST_OF_RECORDS: i32 = 5;

/// A fitted column: what it starts with and the features that have a weight.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Column {
    /// What the column starts with.
    pub start: i32,
    /// Weight by feature.
    pub weights: BTreeMap<String, i32>,
}

impl Column {
    /// Leaves out smaller weights.
    fn prune(&mut self, least: i32) {
        self.weights.retain(|_, weight| weight.abs() >= least);
    }
}

/// Fitted tables.
#[derive(Clone, Debug, Default)]
pub struct Fitted {
    /// A column for each criterion.
    pub criteria: Vec<(CriterionId, Column)>,
    /// A column for each status.
    pub statuses: Vec<(CriterionStatus, Column)>,
    /// Who speaks, where that was labelled.
    pub voice: Option<Column>,
}

/// Fits who speaks; `None` without examples. The votes are features of the other tables, so this one comes first and the
/// rulebook reads by it from now on.
pub fn fit_voice(examples: &[Voiced], rulebook: &mut Rulebook) -> Option<Column> {
    if examples.is_empty() {
        return None;
    }
    let numbered = Numbered::of(examples.iter().map(|one| (false, one.features.as_slice())));
    let column = numbered.column(examples.iter().map(|one| one.recites), VOICE);
    rulebook.lexicon.weights.voice = weighed([&column].into_iter());
    Some(column)
}

/// Fits what the sentences of case summaries say, and has the rulebook read them so from now on.
pub fn fit_records(examples: &[Example], rulebook: &mut Rulebook) -> Fitted {
    let mut fitted = fit(examples, rulebook);
    let criteria = fitted.criteria.iter_mut().map(|(_, column)| column);
    let columns = criteria.chain(fitted.statuses.iter_mut().map(|(_, column)| column));
    columns.for_each(|column| column.prune(LEAST_OF_RECORDS));
    rulebook.contradictions.records = Weights {
        columns: fitted.criteria.iter().map(|(id, _)| *id).collect(),
        criteria: weighed(fitted.criteria.iter().map(|(_, column)| column)),
        status: weighed(fitted.statuses.iter().map(|(_, column)| column)),
        ..Weights::default()
    };
    fitted
}

/// Fits whether a record contradicts a claim.
pub fn fit_pairs(examples: &[PairExample]) -> Column {
    let numbered = Numbered::of(examples.iter().map(|one| (one.again, one.features.as_slice())));
    numbered.column(examples.iter().map(|one| one.contradicts), PAIR)
}

/// Fits how stretches of words are meant, a column for each status, and has the rulebook read them so from now on.
pub fn fit_mentions(
    examples: &[MentionExample],
    rulebook: &mut Rulebook,
) -> Vec<(PhraseStatus, Column)> {
    let numbered = Numbered::of(examples.iter().map(|one| (one.again, one.features.as_slice())));
    let column = |status| {
        let mut column = numbered.column(examples.iter().map(|one| one.status == status), MENTION);
        column.prune(LEAST_OF_MENTIONS);
        column
    };
    let columns = PhraseStatus::ALL.map(|status| (status, column(status)));
    rulebook.lexicon.weights.mention = weighed(columns.iter().map(|(_, column)| column));
    columns.into()
}

/// The table of these columns.
fn weighed<'c>(columns: impl Iterator<Item = &'c Column>) -> Table {
    let (mut starts, mut cells) = (Vec::new(), Vec::new());
    for (number, column) in (0..).zip(columns) {
        starts.push(column.start);
        let cell = |(name, weight): (&String, &i32)| (Key::of(&[name]), number, *weight);
        cells.extend(column.weights.iter().map(cell));
    }
    Table::new(starts, &cells)
}

/// Fits what clauses speak of and what they say of it.
pub fn fit(examples: &[Example], rulebook: &Rulebook) -> Fitted {
    let features = examples.iter().map(|one| (one.again, one.features.as_slice()));
    let numbered = Numbered::of(features);
    let criteria = rulebook.criteria.iter().map(|(id, _)| {
        let labels = examples.iter().map(|example| example.speaks_of(id));
        (id, numbered.column(labels, CRITERIA))
    });
    let criteria = criteria.collect();
    let told = examples.iter().flat_map(|one| one.statuses.iter().map(|told| (one.again, told)));
    let told: Vec<_> = told.collect();
    let numbered = Numbered::of(told.iter().map(|(again, told)| (*again, &*told.features)));
    let statuses = STATUSES.map(|status| {
        let labels = told.iter().map(|(_, told)| told.status == status);
        (status, numbered.column(labels, STATUS))
    });
    Fitted { criteria, statuses: statuses.into(), voice: None }
}

/// Few clauses speak of a criterion, in many words.
const CRITERIA: Settings =
    Settings { rate: 0.2, steadiness: 1.0, sparse: 0.9, small: 0.5, passes: 25 };
/// Every example has a status, told by few words.
const STATUS: Settings =
    Settings { rate: 0.2, steadiness: 1.0, sparse: 0.3, small: 0.5, passes: 25 };
/// Every sentence has a voice, told by small words.
const VOICE: Settings =
    Settings { rate: 0.2, steadiness: 1.0, sparse: 0.6, small: 0.5, passes: 15 };
/// A mention has some eighty features, each of which tells a little.
const MENTION: Settings =
    Settings { rate: 0.2, steadiness: 1.0, sparse: 0.5, small: 2.0, passes: 15 };
/// A pair has some forty features, of which most tell something.
const PAIR: Settings = Settings { rate: 0.2, steadiness: 1.0, sparse: 0.5, small: 1.0, passes: 25 };

/// Examples with numbers for features.
struct Numbered<'e> {
    names: Vec<&'e str>,
    rows: Vec<Vec<u32>>,
    /// How much each feature counts in an example; the less, the more examples it takes to give it a weight.
    values: Vec<f64>,
}

impl<'e> Numbered<'e> {
    /// Features that only one example has tell nothing and get no number.
    fn of(examples: impl Iterator<Item = (bool, &'e [String])> + Clone) -> Self {
        let mut counts: BTreeMap<&str, u32> = BTreeMap::new();
        let once = examples.clone().filter(|(again, _)| !again);
        for feature in once.flat_map(|(_, features)| features) {
            *counts.entry(feature).or_default() += 1;
        }
        counts.retain(|_, count| *count > 1);
        let names: Vec<&str> = counts.keys().copied().collect();
        let number = |feature: &String| {
            names.binary_search(&feature.as_str()).ok().and_then(|at| u32::try_from(at).ok())
        };
        let rows =
            examples.map(|(_, features)| features.iter().filter_map(number).collect()).collect();
        let values = names.iter().map(|name| value(name)).collect();
        Self { names, rows, values }
    }

    fn column(&self, labels: impl Iterator<Item = bool>, settings: Settings) -> Column {
        let labels: Vec<bool> = labels.collect();
        let mut leader = Leader::new(self.names.len(), settings);
        leader.learn(&self.rows, &self.values, &labels);
        let weight = |value: f64| rounded(value * UNIT);
        // Read with the value 1, a feature must weigh what it weighed with its own.
        let named = self.names.iter().zip(&self.values).enumerate();
        let weights = named
            .map(|(at, (name, value))| ((*name).to_owned(), weight(leader.weight(at) * value)));
        Column {
            start: weight(leader.start()),
            weights: weights.filter(|(_, weight)| weight.abs() >= LEAST).collect(),
        }
    }
}

/// Words count most; a feature that few examples can have is held to be chance for longer.
fn value(feature: &str) -> f64 {
    match feature {
        own if own.contains(['/', ':']) => 0.5,
        pair if pair.contains(' ') => 0.7,
        _ => 1.0,
    }
}

#[expect(clippy::cast_possible_truncation, reason = "bounded to weights that are read back")]
fn rounded(value: f64) -> i32 {
    value.round().clamp(-999.0, 999.0) as i32
}
