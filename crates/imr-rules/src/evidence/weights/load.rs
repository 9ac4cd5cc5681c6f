//! Lowers `rules/evidence/weights/` to tables.
//!
//! A file with a `criterion` holds that criterion's column; one with `status_weights` the status table. A feature
//! is listed under its weight, so that a change is one word moved from one line to another.

use std::collections::BTreeMap;

use super::{Key, STATUSES, Table, Weights};
use crate::criterion::CriterionId;
use crate::evidence::PhraseStatus;
use crate::yaml::decode::{int, list, map, text};
use crate::yaml::{Diagnostics, Fields, Node};

/// All tables as written, of every file; what a higher layer says replaces what a lower one says.
#[derive(Clone, Debug, Default)]
pub(crate) struct RawTables {
    criteria: BTreeMap<CriterionId, RawWeights>,
    status: Option<Columns>,
    threshold: Option<i32>,
    doubts: Option<i32>,
    outweighs: Option<i32>,
    recites: Option<i32>,
    voice: Option<RawWeights>,
    mention: Option<Columns>,
    vote: Option<i32>,
    most_votes: Option<i32>,
    passed_over: Vec<String>,
}

/// The columns of one table by name.
type Columns = BTreeMap<String, RawWeights>;

/// One column as written.
#[derive(Clone, Debug, Default)]
pub(crate) struct RawWeights {
    start: i32,
    features: Vec<(i32, Vec<Key>)>,
}

impl RawTables {
    /// Reads the columns of criteria and statuses, without what is set about them.
    pub(crate) fn read_columns(
        &mut self,
        fields: &mut Fields<'_, '_>,
        criterion: Option<CriterionId>,
    ) {
        if let (Some(column), Some(criterion)) = (fields.optional("weights", column), criterion) {
            self.criteria.insert(criterion, column);
        }
        self.status = fields.optional("status_weights", columns).or(self.status.take());
    }

    /// Reads what a file says of tables; `criterion` is the file's.
    pub(crate) fn read(&mut self, fields: &mut Fields<'_, '_>, criterion: Option<CriterionId>) {
        self.read_columns(fields, criterion);
        self.threshold = fields.optional("threshold", whole).or(self.threshold);
        self.doubts = fields.optional("doubts", whole).or(self.doubts);
        self.outweighs = fields.optional("outweighs", whole).or(self.outweighs);
        self.recites = fields.optional("recites", whole).or(self.recites);
        self.voice = fields.optional("voice_weights", column).or(self.voice.take());
        self.mention = fields.optional("mention_weights", columns).or(self.mention.take());
        self.vote = fields.optional("vote", whole).or(self.vote);
        self.most_votes = fields.optional("most_votes", whole).or(self.most_votes);
        self.passed_over.extend(fields.or_default("passed_over", list(text)));
    }
}

fn columns(node: &Node, diagnostics: &mut Diagnostics) -> Option<Columns> {
    let columns = map(column)(node, diagnostics)?;
    Some(columns.into_iter().map(|(name, column)| (name.value, column)).collect())
}

/// One column with its start and its words.
pub(crate) fn column(node: &Node, diagnostics: &mut Diagnostics) -> Option<RawWeights> {
    let mut fields = Fields::of(node, diagnostics)?;
    let start = fields.required("start", whole);
    let features = fields.or_default("words", list(line));
    fields.finish();
    Some(RawWeights { start: start?, features })
}

/// A whole number that fits a weight.
pub(crate) fn whole(node: &Node, diagnostics: &mut Diagnostics) -> Option<i32> {
    int(node, diagnostics).and_then(|number| i32::try_from(number).ok())
}

fn line(node: &Node, diagnostics: &mut Diagnostics) -> Option<(i32, Vec<Key>)> {
    let mut fields = Fields::of(node, diagnostics)?;
    let weight = fields.required("weight", whole);
    let features = fields.required("of", list(feature));
    fields.finish();
    Some((weight?, features?))
}

/// The key of a feature that is written by its name.
fn feature(node: &Node, diagnostics: &mut Diagnostics) -> Option<Key> {
    match node.as_text() {
        Some(name) => Some(Key::of(&[name])),
        None => text(node, diagnostics).map(|name| Key::of(&[&name])),
    }
}

impl From<RawTables> for Weights {
    /// Without tables nothing is added, doubted or corrected.
    fn from(raw: RawTables) -> Self {
        let (columns, criteria): (_, Vec<_>) = raw.criteria.into_iter().unzip();
        let mut status = raw.status.unwrap_or_default();
        let of_status =
            STATUSES.map(|status_of| status.remove(status_of.name()).unwrap_or_default());
        let mut mention = raw.mention;
        let of_mention = mention.as_mut().map(|mention| {
            PhraseStatus::ALL.map(|status| mention.remove(status.name()).unwrap_or_default())
        });
        Self {
            passed_over: raw.passed_over.into_iter().collect(),
            criteria: table(&criteria),
            columns,
            threshold: raw.threshold.unwrap_or(i32::MAX),
            doubts: raw.doubts.unwrap_or(i32::MIN),
            outweighs: raw.outweighs.unwrap_or(i32::MAX),
            recites: raw.recites.unwrap_or(0),
            status: table(&of_status),
            voice: table(raw.voice.as_slice()),
            mention: table(of_mention.as_ref().map(<[_; 8]>::as_slice).unwrap_or_default()),
            vote: raw.vote.unwrap_or(0),
            most_votes: raw.most_votes.unwrap_or(0),
        }
    }
}

/// The table of these columns.
pub(crate) fn table(columns: &[RawWeights]) -> Table {
    let starts = columns.iter().map(|column| column.start).collect();
    let mut cells = Vec::new();
    for (number, column) in (0..).zip(columns) {
        for (weight, features) in &column.features {
            cells.extend(features.iter().map(|key| (*key, number, *weight)));
        }
    }
    Table::new(starts, &cells)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::yaml;

    /// The tables of one file about the first criterion, and the mistakes in it.
    fn tables(text: &str) -> (Weights, usize) {
        let node = yaml::read("weights.yaml", text).unwrap();
        let mut diagnostics = Diagnostics::default();
        let mut raw = RawTables::default();
        let mut fields = Fields::of(&node, &mut diagnostics).unwrap();
        raw.read(&mut fields, Some(CriterionId(0)));
        fields.finish();
        (raw.into(), diagnostics.len())
    }

    #[test]
    fn features_add_up_to_the_sum_of_their_column() {
        let text = "threshold: 5\nweights: {start: -10, words: [{weight: 12, of: [soothed]}, {weight: 4, of: [pain, ache]}]}\n";
        let (weights, mistakes) = tables(text);
        let sum = |words: &[&str]| {
            let keys: Vec<Key> = words.iter().map(|word| Key::of(&[word])).collect();
            weights.criteria.sums(&keys.into())
        };
        assert_eq!((mistakes, weights.threshold), (0, 5));
        assert_eq!(sum(&["pain", "soothed", "unknown"]), [6]);
        assert_eq!(sum(&[]), [-10]);
    }

    #[test]
    fn without_tables_nothing_is_added_doubted_or_corrected() {
        let (weights, mistakes) = tables("passed_over: [the]\n");
        assert_eq!(mistakes, 0);
        assert_eq!((weights.threshold, weights.doubts), (i32::MAX, i32::MIN));
        assert_eq!(
            (
                weights.outweighs,
                weights.criteria.sums(&crate::evidence::weights::Keys::default()).len()
            ),
            (i32::MAX, 0)
        );
    }

    #[test]
    fn a_misspelt_key_of_a_column_is_a_mistake() {
        assert_eq!(tables("weights: {start: 1, wrods: []}\n").1, 1);
    }
}
