//! How well a record fits a claim: what they have in common, less what sets them apart.
//!
//! Words alone decide poorly: "no recent urine test" and "a urine test of 2012" share all their words and are both true. So each
//! trait of a pair has a weight (`rules/contradictions/agreement.yaml`), and a pair counts from a sum on. The weights are data
//! because they are a judgement; which traits there are is decided here, because each needs its own way of looking.

use serde::{Deserialize, Serialize};

use crate::yaml::decode::{int, list, one_of, spanned, text};
use crate::yaml::{Diagnostics, Fields, Node, Spanned};

/// What speaks for or against a pair of statements being about one fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(super) enum Trait {
    /// The claim is in the topic's own words.
    Worded,
    /// Evidence reads the claim so.
    Read,
    /// Both name the same part of the body.
    SamePart,
    /// The record has to name the disputed item, and does.
    SameItem,
    /// The record has a date.
    Dated,
    /// The record has a number.
    Measured,
    /// Evidence reads the record as the criterion met.
    Met,
    /// The claim states a number that the record has too, so that both say one thing.
    Repeats,
    /// The claim misses only a certain kind of the fact: a recent one, an objective one.
    Qualified,
    /// The record is about what is still to come.
    Planned,
}

/// Traits by their names in rules.
pub(super) const TRAITS: [(&str, Trait); 10] = [
    ("worded", Trait::Worded),
    ("read", Trait::Read),
    ("same_part", Trait::SamePart),
    ("same_item", Trait::SameItem),
    ("dated", Trait::Dated),
    ("measured", Trait::Measured),
    ("met", Trait::Met),
    ("repeats", Trait::Repeats),
    ("qualified", Trait::Qualified),
    ("planned", Trait::Planned),
];

/// Words that limit a statement, whatever it is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(super) enum Sign {
    /// Of a claim: only a certain kind is missing.
    Qualified,
    /// Of a record: it is still to come.
    Planned,
    /// Of a record: what the patient says.
    Complaint,
    /// Of a record: something became better.
    Gain,
}

/// Signs by their names in rules.
pub(super) const SIGNS: [(&str, Sign); 4] = [
    ("qualified", Sign::Qualified),
    ("planned", Sign::Planned),
    ("complaint", Sign::Complaint),
    ("gain", Sign::Gain),
];

/// The weights of the traits, and the sum from which a pair counts.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Agreement {
    least: i64,
    weights: Vec<(Trait, i64)>,
}

impl Agreement {
    /// The sum for a pair with these traits, when it is enough.
    pub(super) fn enough(&self, traits: &[Trait]) -> Option<i64> {
        let known = self.weights.iter().filter(|(one, _)| traits.contains(one));
        let sum = known.map(|(_, weight)| *weight).sum();
        (sum >= self.least).then_some(sum)
    }
}

/// The weights: `least` and `weights`, a list of `{trait, weight}`.
pub(super) fn agreement(node: &Node, diagnostics: &mut Diagnostics) -> Option<Agreement> {
    let mut fields = Fields::of(node, diagnostics)?;
    let least = fields.required("least", int);
    let weights = fields.required("weights", list(weight));
    fields.finish();
    Some(Agreement { least: least?, weights: weights? })
}

fn weight(node: &Node, diagnostics: &mut Diagnostics) -> Option<(Trait, i64)> {
    let mut fields = Fields::of(node, diagnostics)?;
    let one = fields.required("trait", one_of(&TRAITS));
    let weight = fields.required("weight", int);
    fields.finish();
    Some((one?, weight?))
}

/// A sign with its words.
pub(super) fn sign(
    node: &Node,
    diagnostics: &mut Diagnostics,
) -> Option<(Sign, Vec<Spanned<String>>)> {
    let mut fields = Fields::of(node, diagnostics)?;
    let id = fields.required("id", one_of(&SIGNS));
    let words = fields.required("words", list(spanned(text)));
    fields.finish();
    Some((id?, words?))
}
