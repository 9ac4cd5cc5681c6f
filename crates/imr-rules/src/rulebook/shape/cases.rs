//! The shapes of case files, and of what examples and cases say is read.

use super::conditions::STATUS;
use super::rules::{ALSO, CITATION, CRITERION, DECIDED, HEADING, ID, OUTCOME_KEY, SUMMARY, TITLE};
use super::{Form, Key, Naming, Shape, may, need, words};
use crate::evidence::Request;
use crate::rulebook::condition;
use crate::rulebook::example;

const TEXT: Form = Form::Text;
const STATUSES: Form = Form::Map(&CRITERION, &STATUS);

/// The rationale of a letter of which it may be said what is read.
pub(super) const RATIONALE_UNLESS_GIVEN: Key = may(
    "rationale",
    TEXT,
    "The decision's rationale; it may be left out where it is given what is read.",
);

/// What is read, instead of what the words say.
pub(super) const GIVEN_KEY: Key =
    may("given", Form::Entry(&GIVEN), "What is read, whatever the words say; all else is silent.");

/// One example for many.
pub(super) const SWEEP_KEY: Key =
    may("for_each", Form::Entry(&SWEEP), "What the example stands for, one at a time.");

static GIVEN: Shape = Shape {
    name: "given",
    about: "What is read about the first decision of a letter.",
    keys: &[
        may("request", Form::Word(|| words(Request::NAMES)), "The phase of the request."),
        may("rationale", STATUSES, "Statuses of criteria in the rationale."),
        may("summary", STATUSES, "Statuses of criteria in the case summary."),
    ],
};

static SWEEP: Shape = Shape {
    name: "example-for-each",
    about: "What an example stands for: each criterion with each status in each part, or each word.",
    keys: &[
        may("criterion", Form::List(&CRITERION), "Criteria that are given, one at a time."),
        may("is", Form::List(&STATUS), "Their statuses; `met` when left out."),
        may(
            "in",
            Form::List(&Form::Word(|| words(condition::PARTS))),
            "The parts that say so; the rationale when left out.",
        ),
        may("word", Form::List(&TEXT), "Words that stand for `{word}` in the texts."),
    ],
};

static CASE_EXPECT: Shape = Shape {
    name: "case-expect",
    about: "What one rule must say about one decision of a case.",
    keys: &[
        need("rule", Form::Refer(Naming::Rule), "The rule."),
        may("decision", Form::Whole, "The decision, from 1; the first when left out."),
        need(
            "verdict",
            Form::Word(|| example::VERDICTS.map(crate::verdict::Verdict::name).to_vec()),
            "The verdict.",
        ),
        may("requirements", Form::Map(&TEXT, &STATUS), "Statuses of requirements, by name."),
        may("criteria", STATUSES, "Statuses of criteria in the rationale."),
        may(
            "finding",
            Form::ReferOr(Naming::Kind, &["none"]),
            "The kind of the finding, or `none`.",
        ),
        may(
            "counterfactual",
            Form::List(&CRITERION),
            "Criteria whose change would make the decision consistent.",
        ),
    ],
};

/// A case.
pub(super) static CASE: Shape = Shape {
    name: "case",
    about: "A letter with what the rules must say about it.",
    keys: &[
        ID,
        TITLE,
        may("letter", TEXT, "The whole letter, instead of its parts."),
        Key { required: false, ..HEADING },
        Key { required: false, ..OUTCOME_KEY },
        RATIONALE_UNLESS_GIVEN,
        SUMMARY,
        CITATION,
        DECIDED,
        ALSO,
        GIVEN_KEY,
        may("expect", Form::List(&Form::Entry(&CASE_EXPECT)), "What rules must say."),
        may(
            "findings",
            Form::List(&Form::Refer(Naming::Kind)),
            "The kinds of all findings about the letter, each once.",
        ),
    ],
};
