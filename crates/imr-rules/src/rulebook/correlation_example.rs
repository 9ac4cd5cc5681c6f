//! Examples of correlations: a few small letters and what must be found across them. They run as tests, like those of
//! every other rule.

use serde::{Deserialize, Serialize};

use super::Names;
use super::example::{Example, letter};
use crate::yaml::{Diagnostic, Diagnostics, Fields, Node, Place, Value, decode};

/// A small batch and what must be found in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BatchExample {
    /// What it shows.
    pub name: String,
    /// The letters.
    pub letters: Vec<BatchLetter>,
    /// What must be found.
    pub expect: BatchExpectation,
    /// Where it stands.
    pub place: Place,
}

/// A letter, written once and taken several times, each time as a letter of its own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BatchLetter {
    /// The letter.
    pub letter: Example,
    /// How many there are of it.
    pub times: usize,
}

/// What must be found. What is left out is not compared.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct BatchExpectation {
    /// How many findings.
    pub findings: Option<usize>,
    /// The criteria that they are about, in any order.
    pub criteria: Vec<String>,
    /// Whether chance is excluded in each.
    pub established: Option<bool>,
    /// Words that a message must hold.
    pub says: Vec<String>,
}

/// The most letters of one kind in an example: an example is a test, not a benchmark.
const MOST: usize = 200;

/// Lowers the examples of a correlation.
pub(super) fn batch_examples(
    names: &Names<'_>,
    node: &Node,
    diagnostics: &mut Diagnostics,
) -> Option<Vec<BatchExample>> {
    let examples =
        decode::list(|node, d: &mut Diagnostics| example(names, node, d))(node, diagnostics)?;
    if matches!(&node.value, Value::List(items) if items.is_empty()) {
        let diagnostic =
            Diagnostic::new("no-example", &node.place, "a rule needs at least one example");
        diagnostics
            .report(diagnostic.help("add a few letters that it flags and a few that it does not"));
    }
    Some(examples)
}

fn example(names: &Names<'_>, node: &Node, diagnostics: &mut Diagnostics) -> Option<BatchExample> {
    let mut fields = Fields::of(node, diagnostics)?;
    let name = fields.required("name", decode::text);
    let letters = fields.required("letters", decode::list(batch_letter));
    let expect = fields.required("expect", |node, d| expectation(names, node, d));
    fields.finish();
    Some(BatchExample {
        name: name?,
        letters: letters?,
        expect: expect?,
        place: node.place.clone(),
    })
}

fn batch_letter(node: &Node, diagnostics: &mut Diagnostics) -> Option<BatchLetter> {
    let mut fields = Fields::of(node, diagnostics)?;
    let times = fields.optional("times", decode::unsigned);
    let letter = letter(&mut fields, true, node.place.clone());
    fields.finish();
    Some(BatchLetter { letter: letter?, times: times.unwrap_or(1).min(MOST) })
}

fn expectation(
    names: &Names<'_>,
    node: &Node,
    diagnostics: &mut Diagnostics,
) -> Option<BatchExpectation> {
    let criterion = |node: &Node, d: &mut Diagnostics| {
        names.criterion(node, d).map(|id| names.criteria.name(id).to_owned())
    };
    let mut fields = Fields::of(node, diagnostics)?;
    let findings = fields.optional("findings", decode::unsigned);
    let criteria = fields.or_default("criteria", decode::list(criterion));
    let established = fields.optional("established", decode::boolean);
    let says = fields.or_default("says", decode::list(decode::text));
    fields.finish();
    Some(BatchExpectation { findings, criteria, established, says })
}
