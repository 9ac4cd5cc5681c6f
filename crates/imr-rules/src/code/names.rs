//! Codes of names that nothing has.

use super::{Code, mistake};

const LOOK: &str = "Take the name that is suggested, or one of those that are listed.";

pub(super) static CODES: &[Code] = &[
    mistake(
        "unknown-criterion",
        "No file defines a criterion of this id. Criteria stand in criteria.yaml.",
        "function: {criterion: functional_improvment}",
        "function: {criterion: functional_improvement}",
        LOOK,
    ),
    mistake(
        "unknown-kind",
        "No file defines a finding kind of this id. Kinds stand in kinds.yaml.",
        "kind: aproved_without_support",
        "kind: approved_without_support",
        LOOK,
    ),
    mistake(
        "unknown-item-class",
        "No file of items/ defines a class of this id.",
        "{item_class: [opiod]}",
        "{item_class: [opioid]}",
        LOOK,
    ),
    mistake(
        "unknown-guideline",
        "No file of guidelines/ defines a document of this id.",
        "{guideline: mtus-chronic-pain, source_status: from_memory}",
        "{guideline: mtus-chronic-pain-2009, source_status: from_memory}",
        LOOK,
    ),
    mistake(
        "unknown-section",
        "The guideline has no section of this id.",
        "{guideline: mtus-chronic-pain-2009, section: opioid, source_status: from_memory}",
        "{guideline: mtus-chronic-pain-2009, section: opioids, source_status: from_memory}",
        LOOK,
    ),
    mistake(
        "unknown-body-part",
        "No file of items/words/ defines a part of the body of this id.",
        "body_parts: [lumbar_spyne]",
        "body_parts: [lumbar_spine]",
        LOOK,
    ),
    mistake(
        "unknown-id",
        "An item class, part of the body, guideline or guideline source of this id is not defined anywhere.",
        "when_repeated: physical_therapie",
        "when_repeated: physical_therapy",
        LOOK,
    ),
    mistake(
        "unknown-fact",
        "There is no such fact. Facts are what a letter states; the language reference lists them with their meaning.",
        "{fact: item_visit, at_most: 6}",
        "{fact: item_visits, at_most: 6}",
        LOOK,
    ),
    mistake(
        "unknown-requirement",
        "The standard has no requirement of this name.",
        "waives: [funktion]",
        "waives: [function]",
        "Names of requirements are the keys under `requires:` (in examples also those under `limits:`).",
    ),
    mistake(
        "unknown-parameter",
        "The rule has no parameter of this name, or a correlation's method has none.",
        "{fact: item_visits, at_most: max_visit}",
        "{fact: item_visits, at_most: max_visits}",
        "Names of parameters are the keys under `parameters:`; a number can also be written itself.",
    ),
    mistake(
        "missing-parameter",
        "A correlation must state every parameter of its method, so that the numbers behind a finding can be read in one place.",
        "compares: rates\nparameters: {confidence: {unit: percent, default: 95, range: [50, 99]}}",
        "compares: rates\nparameters:\n  confidence: {unit: percent, default: 95, range: [50, 99]}\n  least_decisions: {unit: decisions, default: 20, range: [1, 1000]}",
        "Add it with unit, default and range.",
    ),
    mistake(
        "unknown-list",
        "No file of contradictions/ defines a list of this name.",
        "words: [\"@relief-clame\"]",
        "words: [\"@relief-claim\"]",
        LOOK,
    ),
    mistake(
        "unknown-word-list",
        "check-words.yaml has lists of fixed names; there is none of this name.",
        "wean_word: [taper, wean]",
        "weaning_word: [taper, wean]",
        LOOK,
    ),
    mistake(
        "unknown-name",
        "A name in the braces of a message stands for nothing here.",
        "message: \"approved, but {mising}\"",
        "message: \"approved, but {missing}\"",
        "Take one of the names that are listed. A brace that is meant as a brace cannot be written.",
    ),
    mistake(
        "open-brace",
        "A `{` in a message has no `}`.",
        "message: \"approved, but {missing\"",
        "message: \"approved, but {missing}\"",
        "Close it, or take it out.",
    ),
    mistake(
        "unknown-operator",
        "A condition has no key that is an operator.",
        "applies_to: {item_clas: [opioid]}",
        "applies_to: {item_class: [opioid]}",
        "Operators are all, any, not, at_least, criterion, status_of, fact, item_class, request and outcome.",
    ),
];
