//! The shapes of conditions: one operator each.

use super::{Form, Naming, Shape, may, need, words};
use crate::criterion::CriterionStatus;
use crate::rulebook::condition;
use crate::rulebook::fact::{FACTS, FactKind};

/// A part of the letter.
pub(super) const PART: Form = Form::Word(|| words(condition::PARTS));
/// A status of a criterion.
pub(super) const STATUS: Form =
    Form::Word(|| CriterionStatus::ALL.map(CriterionStatus::name).to_vec());
/// A fact.
pub(super) const FACT: Form = Form::Refer(Naming::Fact);
/// A condition.
pub(super) const CONDITION: Form = Form::Condition;
const AMONG: Form = Form::ReferOr(Naming::Criterion, &["each"]);

/// A condition by its operator.
pub(super) static CONDITIONS: &[(&str, &Shape)] = &[
    ("all", &ALL),
    ("any", &ANY),
    ("not", &NOT),
    ("at_least", &AT_LEAST),
    ("criterion", &CRITERION_TEST),
    ("status_of", &STATUS_OF),
    ("fact", &FACT_TEST),
    ("item_class", &ITEM_CLASS),
    ("request", &REQUEST),
    ("outcome", &OUTCOME),
];

static ALL: Shape = Shape {
    name: "all",
    about: "Every part holds.",
    keys: &[need("all", Form::List(&CONDITION), "The parts, all of which must hold.")],
};
static ANY: Shape = Shape {
    name: "any",
    about: "At least one part holds.",
    keys: &[need("any", Form::List(&CONDITION), "The parts, one of which must hold.")],
};
static NOT: Shape = Shape {
    name: "not",
    about: "The part does not hold. What cannot be told stays untold.",
    keys: &[need("not", CONDITION, "The condition that must not hold.")],
};
static AT_LEAST: Shape = Shape {
    name: "at-least",
    about: "At least so many of the parts hold.",
    keys: &[need("at_least", Form::Entry(&COUNT), "How many of which parts.")],
};
static COUNT: Shape = Shape {
    name: "count",
    about: "How many of which parts.",
    keys: &[
        need("count", Form::Whole, "How many parts must hold, from 1 to their number."),
        need("of", Form::List(&CONDITION), "The parts."),
    ],
};
static CRITERION_TEST: Shape = Shape {
    name: "criterion-test",
    about: "What the letter says about a criterion: the first part that speaks of it decides.",
    keys: &[
        need("criterion", AMONG, "The criterion, or `each` of the check's `for_each`."),
        may(
            "in",
            Form::List(&PART),
            "The parts of the letter that are asked, in this order; the rationale when left out.",
        ),
        may("is", Form::List(&STATUS), "The statuses that count as holding; `met` when left out."),
    ],
};
static STATUS_OF: Shape = Shape {
    name: "status-of",
    about: "Whether one part of the letter says exactly this about a criterion.",
    keys: &[
        need("status_of", AMONG, "The criterion, or `each` of the check's `for_each`."),
        need("in", PART, "The part of the letter."),
        need("is", Form::List(&STATUS), "The statuses that hold."),
    ],
};
static FACT_TEST: Shape = Shape {
    name: "fact-test",
    about: "A fact of the letter with exactly one comparison. What the letter does not state cannot be told.",
    keys: &[
        need("fact", FACT, "The fact; `imr-audit rules explain-code unknown-fact` lists all."),
        may("present", Form::Truth, "Whether the letter states it."),
        may("is", Form::List(&Form::FactValue), "One of its values is one of these."),
        may(
            "at_least",
            Form::Amount,
            "All its numbers are at least this: a number, or a parameter's name.",
        ),
        may(
            "at_most",
            Form::Amount,
            "All its numbers are at most this: a number, or a parameter's name.",
        ),
        may("shares_value_with", FACT, "It has a value in common with this other fact."),
        may("before_date", Form::Date, "All its dates are before this day."),
        may("from_date", Form::Date, "All its dates are on or after this day."),
        may("before", FACT, "All its dates are before all dates of this other fact."),
    ],
};
static ITEM_CLASS: Shape = Shape {
    name: "item-class",
    about: "The class of the disputed item is one of these.",
    keys: &[need(
        "item_class",
        Form::List(&Form::Refer(Naming::ItemClass)),
        "Ids of item classes.",
    )],
};
static REQUEST: Shape = Shape {
    name: "request",
    about: "The phase of the request is one of these.",
    keys: &[need("request", Form::List(&Form::Word(|| fact_words("request"))), "Phases.")],
};
static OUTCOME: Shape = Shape {
    name: "outcome",
    about: "The outcome in the heading is one of these.",
    keys: &[need("outcome", Form::List(&Form::Word(|| fact_words("outcome"))), "Outcomes.")],
};

/// The words that the values of a fact are.
fn fact_words(name: &str) -> Vec<&'static str> {
    let entry = FACTS.iter().find(|entry| entry.name == name);
    match entry.map(|entry| entry.kind) {
        Some(FactKind::Words(words)) => words.to_vec(),
        _ => Vec::new(),
    }
}
