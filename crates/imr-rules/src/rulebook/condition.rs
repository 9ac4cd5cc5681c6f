//! The one condition language of standards and checks: a tree with one operator per node.
//!
//! ```yaml
//! all: [...]                                     # every part holds
//! any: [...]                                     # at least one part holds
//! at_least: {count: 2, of: [...]}
//! not: {...}
//! criterion: pain_relief                         # what the letter says about a criterion,
//!   in: [rationale, summary]                     #   looked for in these parts, in this order
//!   is: [met]                                    #   and what counts as holding
//! status_of: pain_relief                         # whether a part says exactly this about it
//!   in: rationale
//!   is: [undocumented, not_met]
//! fact: outcome                                  # a fact of the letter, with one comparison
//!   is: [upheld]
//! item_class: [opioid]                           # short for `fact: item_class, is: [...]`; also request, outcome
//! ```
//!
//! A condition evaluates to a [`CriterionStatus`], so that "not documented" and "not mentioned" reach the finding:
//! `met` holds, `not_met` fails, the others cannot be told. Nothing is implied between siblings, and no text is
//! parsed for operators; the price is a little more indentation.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::fact::{Fact, FactKind};
use super::names::Written;
use super::standard::Parameter;
use super::{Names, fact};
use crate::criterion::{CriterionId, CriterionStatus, Part};
use crate::yaml::{Diagnostic, Diagnostics, Entry, Fields, Node, Value, decode};

/// A condition.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Condition {
    /// Every part holds.
    All(Vec<Condition>),
    /// At least `count` parts hold; `any` is a count of one.
    AtLeast {
        /// How many parts must hold.
        count: usize,
        /// The parts.
        of: Vec<Condition>,
    },
    /// The part does not hold.
    Not(Box<Condition>),
    /// What the letter says about a criterion.
    Criterion(CriterionTest),
    /// Whether a part of the letter says exactly this about a criterion.
    StatusOf(CriterionTest),
    /// A fact of the letter.
    Fact(FactTest),
}

impl Condition {
    /// The item classes without one of which it fails; `None` when it may hold for any.
    pub(crate) fn item_classes(&self) -> Option<&[String]> {
        match self {
            Self::Fact(FactTest { fact: Fact::ItemClass, comparison: Comparison::Is(classes) }) => {
                Some(classes)
            }
            Self::All(parts) => parts.iter().find_map(Self::item_classes),
            _ => None,
        }
    }
}

/// A criterion with the parts it is looked for in and the statuses that count as holding.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CriterionTest {
    /// Which criterion.
    pub subject: Subject,
    /// The parts, in the order in which they are asked.
    pub parts: Vec<Part>,
    /// The statuses that count as holding.
    pub holds: Vec<CriterionStatus>,
}

/// Which criterion a test is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Subject {
    /// This one.
    Named(CriterionId),
    /// Each criterion of the check's `for_each` in turn.
    Each,
}

impl CriterionTest {
    /// The criterion, unless the test is about each in turn.
    pub fn named(&self) -> Option<CriterionId> {
        match self.subject {
            Subject::Named(criterion) => Some(criterion),
            Subject::Each => None,
        }
    }
}

/// A fact with one comparison.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FactTest {
    /// The fact.
    pub fact: Fact,
    /// The comparison.
    pub comparison: Comparison,
}

/// How a fact is compared. A comparison with a fact that the letter does not state cannot be told.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Comparison {
    /// Whether the letter states it.
    Present(bool),
    /// One of its values is one of these words.
    Is(Vec<String>),
    /// All its values are at least this.
    AtLeast(f64),
    /// All its values are at most this.
    AtMost(f64),
    /// It has a value in common with another fact.
    Shares(Fact),
    /// All its dates are before this date.
    BeforeDate(Date),
    /// All its dates are on or after this date.
    FromDate(Date),
    /// All its dates are before all dates of another fact.
    Before(Fact),
}

/// Where conditions are lowered: the names they may use.
pub(super) struct Scope<'r> {
    pub(super) names: &'r Names<'r>,
    /// The parameters of the standard.
    pub(super) parameters: &'r [Parameter],
    /// The names of all its parameters, those that could not be read too.
    pub(super) written: &'r Written<'r>,
    /// Whether `each` is a criterion here.
    pub(super) each: bool,
}

/// The comparisons of a fact.
const COMPARISONS: &[&str] = &[
    "present",
    "is",
    "at_least",
    "at_most",
    "shares_value_with",
    "before_date",
    "from_date",
    "before",
];

/// Whether a fact has a key beside its comparisons, which may be a misspelt one and is told as that.
fn has_unknown_key(node: &Node) -> bool {
    let Value::Map(entries) = &node.value else { return false };
    entries
        .iter()
        .map(|entry| entry.key.value.as_str())
        .any(|key| key != "fact" && !COMPARISONS.contains(&key))
}

const OPERATORS: &[&str] = &[
    "all",
    "any",
    "not",
    "at_least",
    "criterion",
    "status_of",
    "fact",
    "item_class",
    "request",
    "outcome",
];

impl Scope<'_> {
    /// Lowers a condition.
    pub(super) fn condition(
        &self,
        node: &Node,
        diagnostics: &mut Diagnostics,
    ) -> Option<Condition> {
        let operator = operator(node, diagnostics)?;
        let value = &operator.value;
        match operator.key.value.as_str() {
            "all" => Some(Condition::All(self.lone(node, value, diagnostics)?)),
            "any" => {
                Some(Condition::AtLeast { count: 1, of: self.lone(node, value, diagnostics)? })
            }
            "not" => {
                decode::single(node, diagnostics)?;
                Some(Condition::Not(Box::new(self.condition(value, diagnostics)?)))
            }
            "at_least" => {
                decode::single(node, diagnostics)?;
                self.at_least(value, diagnostics)
            }
            "criterion" => self.criterion(node, diagnostics),
            "status_of" => self.status_of(node, diagnostics),
            "fact" => self.fact(node, diagnostics),
            short => self.short(short, node, value, diagnostics),
        }
    }

    /// The parts of an operator that stands alone in its map.
    fn lone(
        &self,
        node: &Node,
        value: &Node,
        diagnostics: &mut Diagnostics,
    ) -> Option<Vec<Condition>> {
        decode::single(node, diagnostics)?;
        let parts =
            decode::list(|node, d: &mut Diagnostics| self.condition(node, d))(value, diagnostics)?;
        if matches!(&value.value, Value::List(items) if items.is_empty()) {
            let diagnostic =
                Diagnostic::new("empty-list", &value.place, "a list of conditions is empty");
            return decode::refuse(diagnostic.help("write at least one condition"), diagnostics);
        }
        Some(parts)
    }

    fn at_least(&self, node: &Node, diagnostics: &mut Diagnostics) -> Option<Condition> {
        let mut fields = Fields::of(node, diagnostics)?;
        let count = fields.required("count", decode::spanned(decode::unsigned::<usize>));
        let of = fields
            .required("of", decode::list(|node, d: &mut Diagnostics| self.condition(node, d)));
        fields.finish();
        let (count, of) = (count?, of?);
        let written = match node.get("of").map(|node| &node.value) {
            Some(Value::List(items)) => items.len(),
            _ => of.len(),
        };
        if count.value == 0 || count.value > written {
            let message = format!("{} of {written} conditions can never be asked for", count.value);
            return decode::refuse(
                Diagnostic::new("count-out-of-range", &count.place, message),
                diagnostics,
            );
        }
        Some(Condition::AtLeast { count: count.value, of })
    }

    fn criterion(&self, node: &Node, diagnostics: &mut Diagnostics) -> Option<Condition> {
        let mut fields = Fields::of(node, diagnostics)?;
        let subject = fields.required("criterion", |node, d| self.subject(node, d));
        let parts =
            fields.optional("in", decode::list(part)).unwrap_or_else(|| vec![Part::Rationale]);
        let holds = fields
            .optional("is", decode::list(status))
            .unwrap_or_else(|| vec![CriterionStatus::Met]);
        fields.finish();
        Some(Condition::Criterion(CriterionTest { subject: subject?, parts, holds }))
    }

    /// What one part says about a criterion.
    fn status_of(&self, node: &Node, diagnostics: &mut Diagnostics) -> Option<Condition> {
        let mut fields = Fields::of(node, diagnostics)?;
        let subject = fields.required("status_of", |node, d| self.subject(node, d));
        let part = fields.required("in", part);
        let holds = fields.required("is", decode::list(status));
        fields.finish();
        let test = CriterionTest { subject: subject?, parts: vec![part?], holds: holds? };
        Some(Condition::StatusOf(test))
    }

    fn subject(&self, node: &Node, diagnostics: &mut Diagnostics) -> Option<Subject> {
        if self.each && node.as_text() == Some("each") {
            return Some(Subject::Each);
        }
        self.names.criterion(node, diagnostics).map(Subject::Named)
    }

    fn fact(&self, node: &Node, diagnostics: &mut Diagnostics) -> Option<Condition> {
        let mut fields = Fields::of(node, diagnostics)?;
        let fact = fields.required("fact", fact::fact);
        let present = fields.optional("present", decode::boolean).map(Comparison::Present);
        let is = fields
            .optional("is", |node, d| {
                decode::list(|node, d: &mut Diagnostics| self.word(fact?, node, d))(node, d)
            })
            .map(Comparison::Is);
        let number = |node: &Node, d: &mut Diagnostics| self.number(node, d);
        let at_least = fields.optional("at_least", number).map(Comparison::AtLeast);
        let at_most = fields.optional("at_most", number).map(Comparison::AtMost);
        let shares = fields.optional("shares_value_with", fact::fact).map(Comparison::Shares);
        let before_date = fields.optional("before_date", decode::date).map(Comparison::BeforeDate);
        let from_date = fields.optional("from_date", decode::date).map(Comparison::FromDate);
        let before = fields.optional("before", fact::fact).map(Comparison::Before);
        fields.finish();
        let given = [present, is, at_least, at_most, shares, before_date, from_date, before]
            .into_iter()
            .flatten();
        // Counted as written: a comparison with a mistake in it is one.
        let written = COMPARISONS.iter().filter(|name| node.get(name).is_some()).count();
        if written != 1 && !has_unknown_key(node) {
            let message = "a fact needs exactly one comparison";
            let help = format!("write one of {}", COMPARISONS.join(", "));
            let diagnostic = Diagnostic::new("one-comparison", &node.place, message).help(help);
            return decode::refuse(diagnostic, diagnostics);
        }
        let test = FactTest { fact: fact?, comparison: given.last()? };
        fact::comparable(&test, &node.place, diagnostics)?;
        Some(Condition::Fact(test))
    }

    /// `item_class: [...]` and its like.
    fn short(
        &self,
        name: &str,
        node: &Node,
        value: &Node,
        diagnostics: &mut Diagnostics,
    ) -> Option<Condition> {
        decode::single(node, diagnostics)?;
        let fact = match name {
            "item_class" => Fact::ItemClass,
            "request" => Fact::Request,
            _ => Fact::Outcome,
        };
        let words =
            decode::list(|node, d: &mut Diagnostics| self.word(fact, node, d))(value, diagnostics)?;
        Some(Condition::Fact(FactTest { fact, comparison: Comparison::Is(words) }))
    }

    fn word(&self, fact: Fact, node: &Node, diagnostics: &mut Diagnostics) -> Option<String> {
        match fact.kind() {
            FactKind::ItemClass => self.names.item_class(node, diagnostics),
            FactKind::Guideline => self.names.guideline(node, diagnostics),
            FactKind::Words(words) => {
                let pairs: Vec<(&'static str, &'static str)> =
                    words.iter().map(|word| (*word, *word)).collect();
                decode::one_of(&pairs)(node, diagnostics).map(str::to_owned)
            }
            FactKind::Text | FactKind::Number | FactKind::Date => decode::text(node, diagnostics),
        }
    }

    /// A number, or the name of a parameter that stands for one.
    fn number(&self, node: &Node, diagnostics: &mut Diagnostics) -> Option<f64> {
        let Some(name) = node.as_text() else { return decode::number(node, diagnostics) };
        self.written.check("unknown-parameter", "parameter", name, &node.place, diagnostics)?;
        let found = self.parameters.iter().find(|parameter| parameter.name == name);
        found.map(|parameter| parameter.default)
    }
}

/// The one key of a condition that names its operator.
fn operator<'n>(node: &'n Node, diagnostics: &mut Diagnostics) -> Option<&'n Entry> {
    let Value::Map(entries) = &node.value else {
        return decode::refuse(decode::expected("a condition", node), diagnostics);
    };
    let known: Vec<&Entry> =
        entries.iter().filter(|entry| OPERATORS.contains(&entry.key.value.as_str())).collect();
    match known.as_slice() {
        // `at_least` beside `fact` is its comparison, not an operator of its own.
        [.., _] if known.iter().any(|entry| entry.key.value == "fact") => {
            known.into_iter().find(|entry| entry.key.value == "fact")
        }
        [one] => Some(one),
        [] => {
            let (place, name) = entries
                .first()
                .map_or((&node.place, ""), |entry| (&entry.key.place, entry.key.value.as_str()));
            let unknown = Diagnostic::unknown(
                "unknown-operator",
                place,
                "operator",
                name,
                OPERATORS.iter().copied(),
            );
            decode::refuse(unknown, diagnostics)
        }
        [first, second, ..] => {
            let message =
                format!("`{}` and `{}` stand in one condition", first.key.value, second.key.value);
            let diagnostic = Diagnostic::new("one-operator", &second.key.place, message)
                .help("join them with `all:` or `any:`")
                .related(&first.key.place, "the first operator");
            decode::refuse(diagnostic, diagnostics)
        }
    }
}

/// The parts of a letter by their names in rules.
pub(super) const PARTS: &[(&str, Part)] =
    &[("rationale", Part::Rationale), ("summary", Part::Summary)];

/// A part of the letter.
pub(super) fn part(node: &Node, diagnostics: &mut Diagnostics) -> Option<Part> {
    decode::one_of(PARTS)(node, diagnostics)
}

/// A criterion status.
pub(super) fn status(node: &Node, diagnostics: &mut Diagnostics) -> Option<CriterionStatus> {
    decode::one_of(&CriterionStatus::ALL.map(|status| (status.name(), status)))(node, diagnostics)
}
