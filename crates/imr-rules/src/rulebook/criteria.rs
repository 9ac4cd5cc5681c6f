//! `criteria.yaml`: the facts that an auditor looks for about this patient and this request.

use serde::{Deserialize, Serialize};

use super::{LoadedFile, layered};
use crate::criterion::CriterionId;
use crate::yaml::{Diagnostics, Fields, Node, Value, decode};

/// One fact that an auditor looks for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Criterion {
    /// Its id, such as `functional_improvement`.
    pub id: String,
    /// What a message calls it, such as "functional improvement".
    pub title: String,
    /// What counts as met, not met and undocumented.
    pub meaning: String,
    /// What it says about the request when it is met.
    pub polarity: Polarity,
}

/// What a criterion says about the request when it is met.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Polarity {
    /// It speaks for the request.
    Supports,
    /// It speaks against the request.
    Opposes,
    /// Either, depending on the treatment.
    Neutral,
}

/// The criteria of a rulebook. A [`CriterionId`] is a place in the list.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Criteria {
    list: Vec<Criterion>,
}

impl Criteria {
    /// The criteria in order.
    pub fn iter(&self) -> impl Iterator<Item = (CriterionId, &Criterion)> {
        (0..).map(CriterionId).zip(&self.list)
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// The criterion at a place of the list.
    pub fn get(&self, id: CriterionId) -> Option<&Criterion> {
        self.list.get(usize::from(id.0))
    }

    /// The id string, such as `pain_relief`; empty for a place beyond the list.
    pub fn name(&self, id: CriterionId) -> &str {
        self.get(id).map(|criterion| criterion.id.as_str()).unwrap_or_default()
    }

    /// What a message calls it.
    pub fn title(&self, id: CriterionId) -> &str {
        self.get(id).map(|criterion| criterion.title.as_str()).unwrap_or_default()
    }

    /// The criterion with this id string.
    pub fn find(&self, name: &str) -> Option<CriterionId> {
        self.iter().find(|(_, criterion)| criterion.id == name).map(|(id, _)| id)
    }

    /// The id strings in order.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.list.iter().map(|criterion| criterion.id.as_str())
    }
}

impl From<Vec<Criterion>> for Criteria {
    fn from(list: Vec<Criterion>) -> Self {
        Self { list }
    }
}

/// The criteria of all files.
pub(super) fn lower<'f>(
    files: impl Iterator<Item = &'f LoadedFile>,
    diagnostics: &mut Diagnostics,
) -> Criteria {
    let mut entries = Vec::new();
    for file in files {
        let Value::Map(map) = &file.node.value else {
            let what = "a map from criterion ids to their descriptions";
            diagnostics.report(decode::expected(what, &file.node));
            continue;
        };
        for entry in map {
            if let Some(criterion) = criterion(&entry.key.value, &entry.value, diagnostics) {
                entries.push((file.layer, entry.key.owned(), criterion));
            }
        }
    }
    layered(entries, "criterion", diagnostics).into()
}

/// Polarities by their names in rules.
pub(super) const POLARITIES: &[(&str, Polarity)] = &[
    ("supports", Polarity::Supports),
    ("opposes", Polarity::Opposes),
    ("neutral", Polarity::Neutral),
];

fn criterion(id: &str, node: &Node, diagnostics: &mut Diagnostics) -> Option<Criterion> {
    let mut fields = Fields::of(node, diagnostics)?;
    let title = fields.required("title", decode::text);
    let meaning = fields.required("meaning", decode::text);
    let polarity = fields.required("polarity", decode::one_of(POLARITIES));
    fields.finish();
    Some(Criterion { id: id.to_owned(), title: title?, meaning: meaning?, polarity: polarity? })
}
