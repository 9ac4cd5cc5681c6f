//! Lowers `rules/evidence/weights/` to tables.
//!
//! A file with a `criterion` holds that criterion's column; one with `status_weights` the status table. A feature
//! is listed under its weight, so that a change is one word moved from one line to another.

use std::collections::BTreeMap;

use super::{STATUSES, Table, Weights};
use crate::criterion::CriterionId;
use crate::yaml::decode::{int, list, text};
use crate::yaml::{Diagnostics, Fields, Node};

/// One column as written.
#[derive(Clone, Debug, Default)]
pub(in crate::evidence) struct RawWeights {
    start: i32,
    features: Vec<(i32, Vec<String>)>,
}

/// Reads a column.
pub(in crate::evidence) fn raw_weights(
    node: &Node,
    diagnostics: &mut Diagnostics,
) -> Option<RawWeights> {
    let mut fields = Fields::of(node, diagnostics)?;
    let start = fields.required("start", whole);
    let features = fields.or_default("words", list(line));
    fields.finish();
    Some(RawWeights { start: start?, features })
}

/// A whole number that fits a weight.
pub(in crate::evidence) fn whole(node: &Node, diagnostics: &mut Diagnostics) -> Option<i32> {
    int(node, diagnostics).and_then(|number| i32::try_from(number).ok())
}

fn line(node: &Node, diagnostics: &mut Diagnostics) -> Option<(i32, Vec<String>)> {
    let mut fields = Fields::of(node, diagnostics)?;
    let weight = fields.required("weight", whole);
    let features = fields.required("of", list(text));
    fields.finish();
    Some((weight?, features?))
}

impl Weights {
    /// Puts a criterion's column into the table.
    pub(in crate::evidence) fn add_criterion(&mut self, criterion: CriterionId, raw: RawWeights) {
        self.columns.push(criterion);
        self.criteria.add_column(raw);
    }

    /// Puts the status table's columns in; a status that is left out never wins against one that is there.
    pub(in crate::evidence) fn set_status(&mut self, mut raw: BTreeMap<String, RawWeights>) {
        self.status = Table::default();
        for status in STATUSES {
            self.status.add_column(raw.remove(status.name()).unwrap_or_default());
        }
    }
}

impl Table {
    fn add_column(&mut self, raw: RawWeights) {
        let column = u16::try_from(self.starts.len()).unwrap_or(u16::MAX);
        self.starts.push(raw.start);
        for (weight, features) in raw.features {
            for feature in features {
                self.rows.entry(feature.into()).or_default().push((column, weight));
            }
        }
    }
}
