//! Codes of rules that contradict the language.

use super::{Code, mistake};

pub(super) static CODES: &[Code] = &[
    mistake(
        "one-operator",
        "Two operators stand in one condition; whether both or either is meant is not guessed.",
        "{item_class: [opioid], request: [initial]}",
        "{all: [{item_class: [opioid]}, {request: [initial]}]}",
        "Join them with `all:` or `any:`.",
    ),
    mistake(
        "one-comparison",
        "A fact is asked for with no comparison, or with several.",
        "{fact: item_visits, at_least: 2, at_most: 6}",
        "{all: [{fact: item_visits, at_least: 2}, {fact: item_visits, at_most: 6}]}",
        "Write one of present, is, at_least, at_most, shares_value_with, before_date, from_date, before.",
    ),
    mistake(
        "wrong-comparison",
        "The values of a fact are of a kind that cannot be compared like this.",
        "{fact: outcome, at_most: 3}",
        "{fact: outcome, is: [upheld]}",
        "Compare numbers with at_least and at_most, dates with before_date, from_date and before, words with is.",
    ),
    mistake(
        "empty-list",
        "A list of conditions is empty, so that it would always or never hold.",
        "any: []",
        "any: [{criterion: pain_relief}]",
        "Write at least one condition.",
    ),
    mistake(
        "count-out-of-range",
        "More parts are asked for than there are, or none.",
        "at_least: {count: 3, of: [{criterion: weaning}, {criterion: pain_relief}]}",
        "at_least: {count: 2, of: [{criterion: weaning}, {criterion: pain_relief}]}",
        "Count from 1 to the number of parts.",
    ),
    mistake(
        "one-sweep",
        "`for_each` of an example names neither criteria nor words, or both; an example stands for one kind of thing.",
        "for_each: {word: [Norco], criterion: [pain_relief]}",
        "for_each: {criterion: [pain_relief, weaning]}",
        "Write `criterion: [...]`, with `is` and `in` where they are needed, or `word: [...]`; two kinds are two examples.",
    ),
    mistake(
        "no-word",
        "An example stands for each of some words, and no text of its letter holds `{word}`, where they would be put.",
        "heading: \"Norco\"\nfor_each: {word: [Norco, Vicodin]}",
        "heading: \"{word} 10/325mg #60\"\nfor_each: {word: [Norco, Vicodin]}",
        "Write `{word}` where each of the words is to stand.",
    ),
    mistake(
        "nothing-expected",
        "A case says nothing of what the rules must find in its letter, so that it can never fail.",
        "id: a-letter\ntitle: t\nletter: ...",
        "id: a-letter\ntitle: t\nletter: ...\nfindings: [date_anomaly]",
        "Write `expect:` for the rules that it is about, or `findings:` for all of them.",
    ),
    mistake(
        "no-example",
        "A rule has no example, so that nothing says what it does, and nothing tests it.",
        "examples: []",
        "examples:\n  - name: approved without a word of function\n    heading: \"Norco 10/325mg #60\"\n    outcome: overturned\n    rationale: \"Norco is medically necessary.\"\n    expect: {verdict: inconsistent}",
        "Add a small letter that it flags and one that it does not; `imr-audit rules new` writes a frame.",
    ),
    mistake(
        "not-each",
        "A label can show the words about `each` criterion that a check looks at in turn, and about no other.",
        "labels: [{criterion: pain_relief, in: rationale, is: [met], note: \"here\"}]",
        "labels: [{criterion: each, in: rationale, is: [met], note: \"here\"}]",
        "Write `criterion: each` in a check that has `for_each`.",
    ),
    mistake(
        "page-range",
        "Pages are not written as a first and a last one.",
        "pages: [[80, 78]]",
        "pages: [[78, 80]]",
        "Write the first page, then the last: [78, 80].",
    ),
    mistake(
        "wrong-range",
        "A range is not written as the least and the greatest value.",
        "range: [0]",
        "range: [0, 100]",
        "Write two numbers.",
    ),
    mistake(
        "bad-pattern",
        "A phrase cannot be read: a word with a hyphen, an unknown group or class, a gap that is too wide, or nothing that must be there (`w?` may be left out as a whole, also in a group).",
        "phrases: [\"first-line drug\"]",
        "phrases: [\"first line drug\"]",
        "Write hyphenated words apart; the language reference has the signs of a phrase.",
    ),
];
