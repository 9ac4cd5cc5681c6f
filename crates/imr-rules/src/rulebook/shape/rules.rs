//! The shapes of standards, checks and correlations, and of the findings and examples in them.

use super::conditions::{CONDITION, FACT, PART, STATUS};
use super::{Form, Key, Naming, Shape, may, need, words};
use crate::correlate::Dimension;
use crate::finding::Severity;
use crate::rulebook::{check, correlation, example, standard};

const CRITERION: Form = Form::Refer(Naming::Criterion);
const TEXT: Form = Form::Text;

const ID: Key =
    need("id", Form::Define(Naming::Rule), "Its id, which is also the name of its file.");
const TITLE: Key = need("title", TEXT, "What a report calls it.");
const WHY: Key = need("why", TEXT, "Why it exists, for people.");

/// A standard.
pub(super) static STANDARD: Shape = Shape {
    name: "standard",
    about: "What a class of treatment needs: what an approval must show and what a denial must name.",
    keys: &[
        ID,
        TITLE,
        WHY,
        need(
            "source",
            Form::List(&Form::Entry(&SOURCE)),
            "The guidelines it rests on, by the dates they were in force.",
        ),
        may(
            "parameters",
            Form::Map(&Form::Define(Naming::Parameter), &Form::Entry(&PARAMETER)),
            "Its numbers, by name.",
        ),
        need("applies_to", CONDITION, "Which decisions it is about."),
        need(
            "requires",
            Form::Map(&Form::Define(Naming::Requirement), &CONDITION),
            "What an approval must show, by name.",
        ),
        may(
            "limits",
            Form::Map(&Form::Define(Naming::Requirement), &CONDITION),
            "What an approval must not break, by name; what the letter does not state breaks nothing.",
        ),
        may(
            "denial_grounds",
            Form::Either("every_criterion", &Form::List(&CRITERION)),
            "Criteria that justify a denial beside the requirements when they fail, or `every_criterion`.",
        ),
        may(
            "reports",
            Form::List(&CRITERION),
            "Criteria that are shown with the verdict without deciding it.",
        ),
        may(
            "exceptions",
            Form::Map(&Form::Define(Naming::Exception), &Form::Entry(&EXCEPTION)),
            "When a requirement is not asked for, by name.",
        ),
        need("findings", Form::Entry(&FINDINGS), "What is raised when a decision breaks it."),
        need(
            "examples",
            Form::List(&Form::Entry(&EXAMPLE)),
            "Small letters with the verdict they must get; they run as tests.",
        ),
    ],
};
static SOURCE: Shape = Shape {
    name: "source",
    about: "One guideline that a rule rests on.",
    keys: &[
        need("guideline", Form::Refer(Naming::Guideline), "The guideline's id."),
        may("section", Form::Refer(Naming::Section), "The id of the section."),
        may("pages", Form::List(&Form::Whole), "Its pages."),
        may("from", Form::Date, "The first day on which it was in force."),
        may("until", Form::Date, "The last day on which it was in force."),
        may(
            "body_parts",
            Form::List(&Form::Refer(Naming::BodyPart)),
            "The parts of the body it is about; all when left out.",
        ),
        need(
            "source_status",
            Form::Word(|| vec!["verified", "from_memory"]),
            "Whether the rule was compared with the official text.",
        ),
    ],
};
static PARAMETER: Shape = Shape {
    name: "parameter",
    about: "A number of a rule with its unit and the range in which it may be set.",
    keys: &[
        need("unit", TEXT, "What it counts, such as `percent` or `visits`."),
        need("default", Form::Number, "Its value."),
        need("range", Form::Range, "The least and the greatest value it may have."),
    ],
};
static EXCEPTION: Shape = Shape {
    name: "exception",
    about: "When a requirement is not asked for.",
    keys: &[
        need("when", CONDITION, "When it holds."),
        need(
            "waives",
            Form::List(&Form::Refer(Naming::Requirement)),
            "The requirements that are then not asked for.",
        ),
        may("source", Form::Entry(&SOURCE), "The guideline that allows it."),
    ],
};
static FINDINGS: Shape = Shape {
    name: "findings",
    about: "What a standard raises.",
    keys: &[
        may(
            "approval_unsupported",
            Form::Entry(&STANDARD_FINDING),
            "Raised when an approval lacks a requirement or breaks a limit.",
        ),
        may(
            "denial_unsupported",
            Form::Entry(&STANDARD_FINDING),
            "Raised when a denial names no ground.",
        ),
        may(
            "denial_despite_support",
            Form::Entry(&STANDARD_FINDING),
            "Raised when a denial names no ground and every requirement is shown.",
        ),
    ],
};
static STANDARD_FINDING: Shape = Shape {
    name: "standard-finding",
    about: "A finding of a standard.",
    keys: &[
        KIND,
        SEVERITY,
        need(
            "message",
            Form::Message(|| standard::HOLES.to_vec()),
            "One sentence for people; names in braces are filled in.",
        ),
    ],
};
const KIND: Key = need("kind", Form::Refer(Naming::Kind), "The finding kind.");
const SEVERITY: Key =
    need("severity", Form::Word(|| Severity::ALL.map(Severity::name).to_vec()), "How grave it is.");

static EXAMPLE: Shape = Shape {
    name: "example",
    about: "A small letter with the verdict it must get.",
    keys: &[
        need("name", TEXT, "What it shows."),
        HEADING,
        OUTCOME_KEY,
        RATIONALE,
        SUMMARY,
        CITATION,
        DECIDED,
        ALSO,
        need("expect", Form::Entry(&EXPECT), "What the rule must say."),
    ],
};
const HEADING: Key = need("heading", TEXT, "The disputed item as the heading names it.");
const OUTCOME_KEY: Key =
    need("outcome", Form::Word(|| words(example::OUTCOMES)), "The outcome in the heading.");
const RATIONALE: Key = need("rationale", TEXT, "The decision's rationale.");
const SUMMARY: Key = may("summary", TEXT, "The letter's case summary.");
const CITATION: Key =
    may("citation", TEXT, "The reviewer's guideline line; a stock line when left out.");
const DECIDED: Key = may("decided", Form::Date, "The date of the determination.");
const DECISIONS: Form = Form::Entry(&DECISION);
const ALSO: Key = may("also", Form::List(&DECISIONS), "Further decisions of the same letter.");
static DECISION: Shape = Shape {
    name: "further-decision",
    about: "A further decision of an example's letter.",
    keys: &[HEADING, OUTCOME_KEY, RATIONALE],
};
static EXPECT: Shape = Shape {
    name: "expect",
    about: "What a rule must say about an example. What is left out is not compared.",
    keys: &[
        need(
            "verdict",
            Form::Word(|| example::VERDICTS.map(crate::verdict::Verdict::name).to_vec()),
            "The verdict.",
        ),
        may(
            "requirements",
            Form::Map(&Form::Refer(Naming::Requirement), &STATUS),
            "Statuses of requirements, by name.",
        ),
        may("criteria", Form::Map(&CRITERION, &STATUS), "Statuses of criteria in the rationale."),
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

/// A check.
pub(super) static CHECK: Shape = Shape {
    name: "check",
    about: "What every letter must satisfy, whatever it is about.",
    keys: &[
        ID,
        TITLE,
        WHY,
        may("source", Form::List(&Form::Entry(&SOURCE)), "The guidelines or statutes it rests on."),
        may(
            "scope",
            Form::Word(|| words(check::SCOPES)),
            "Whether it looks at each decision or at the letter as a whole; `decision` when left out.",
        ),
        may("applies_to", CONDITION, "Which decisions it is about; all when left out."),
        may(
            "for_each",
            Form::Entry(&FOR_EACH),
            "The criteria that are looked at in turn as `each`.",
        ),
        need("flag_when", CONDITION, "When it flags."),
        need("finding", Form::Entry(&CHECK_FINDING), "What it raises."),
        need("labels", Form::List(&Form::Entry(&LABEL)), "The words of the letter that show it."),
        need(
            "examples",
            Form::List(&Form::Entry(&EXAMPLE)),
            "Small letters with the verdict they must get; they run as tests.",
        ),
    ],
};
static FOR_EACH: Shape = Shape {
    name: "for-each",
    about: "What is looked at in turn.",
    keys: &[need("criterion", Form::List(&CRITERION), "The criteria.")],
};
static CHECK_FINDING: Shape = Shape {
    name: "check-finding",
    about: "A finding of a check.",
    keys: &[
        KIND,
        SEVERITY,
        need(
            "message",
            Form::Message(check::holes),
            "One sentence for people; names in braces are filled in.",
        ),
    ],
};
static LABEL: Shape = Shape {
    name: "label",
    about: "Words of the letter that a finding shows: those that state a fact, or those about `each` criterion.",
    keys: &[
        need("note", Form::Message(check::holes), "What the words show."),
        may("fact", FACT, "The fact whose words are shown."),
        may(
            "criterion",
            Form::Word(|| vec!["each"]),
            "`each`: the words about the criterion that is looked at.",
        ),
        may("in", PART, "With `criterion`: the part of the letter."),
        may("is", Form::List(&STATUS), "With `criterion`: the statuses whose words are shown."),
    ],
};

const DIMENSIONS: Form = Form::List(&Form::Word(|| words(Dimension::NAMES)));

/// A correlation.
pub(super) static CORRELATION: Shape = Shape {
    name: "correlation",
    about: "What only many letters show.",
    keys: &[
        ID,
        TITLE,
        WHY,
        need("compares", Form::Word(correlation::methods), "What it compares."),
        may("group_by", DIMENSIONS, "What cases have in common that are compared."),
        may("split_by", DIMENSIONS, "What a finding, or a table of rates, is split by."),
        need(
            "parameters",
            Form::Map(&Form::Word(correlation::all_parameters), &Form::Entry(&PARAMETER)),
            "Its numbers: all that the method needs.",
        ),
        may(
            "finding",
            Form::Entry(&CORRELATION_FINDING),
            "Raised when chance is excluded; every method but `rates` needs it.",
        ),
        may(
            "open_finding",
            Form::Entry(&CORRELATION_FINDING),
            "Raised when there are too few decisions to exclude chance.",
        ),
        need(
            "examples",
            Form::List(&Form::Entry(&BATCH_EXAMPLE)),
            "Small batches with what must be found; they run as tests.",
        ),
    ],
};
static CORRELATION_FINDING: Shape = Shape {
    name: "correlation-finding",
    about: "A finding of a correlation.",
    keys: &[
        KIND,
        SEVERITY,
        need(
            "message",
            Form::Message(correlation::all_holes),
            "One sentence for people; names in braces are filled in.",
        ),
    ],
};
static BATCH_EXAMPLE: Shape = Shape {
    name: "batch-example",
    about: "A small batch and what must be found in it.",
    keys: &[
        need("name", TEXT, "What it shows."),
        need("letters", Form::List(&Form::Entry(&BATCH_LETTER)), "The letters."),
        need("expect", Form::Entry(&BATCH_EXPECT), "What must be found."),
    ],
};
static BATCH_LETTER: Shape = Shape {
    name: "batch-letter",
    about: "A letter, taken once or several times.",
    keys: &[
        may("times", Form::Whole, "How many there are of it, at most 200; one when left out."),
        HEADING,
        OUTCOME_KEY,
        RATIONALE,
        SUMMARY,
        CITATION,
        DECIDED,
        ALSO,
    ],
};
static BATCH_EXPECT: Shape = Shape {
    name: "batch-expect",
    about: "What must be found in a batch. What is left out is not compared.",
    keys: &[
        may("findings", Form::Whole, "How many findings."),
        may("criteria", Form::List(&CRITERION), "The criteria they are about."),
        may("established", Form::Truth, "Whether chance is excluded in each."),
        may("says", Form::List(&TEXT), "Words that a message must hold."),
    ],
};
