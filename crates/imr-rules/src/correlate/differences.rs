//! What differs between two decisions, in words that a reader can weigh.
//!
//! Two cases that a rule takes for alike are alike in what it compares and in nothing else. A finding that did not show
//! the rest would claim more than it knows.

use imr_letter::document::Sex;

use super::remembered::{Case, Subject};
use crate::criterion::CriterionStatus;
use crate::rulebook::Criteria;

/// Years between ages that are not worth a word.
const YEARS: u16 = 10;

/// Everything that differs.
pub(super) fn of_all(one: &Case, other: &Case, criteria: &Criteria) -> Vec<String> {
    [of_case(one, other), of_review(one, other), of_facts(one, other, criteria)].concat()
}

/// What differs in request and person, each as "what: one / other".
pub(super) fn of_case(one: &Subject, other: &Subject) -> Vec<String> {
    let mut found = Vec::new();
    let mut text = |what: &str, a: &str, b: &str| {
        if a != b {
            let or_none = |text: &str| {
                if text.is_empty() { "not stated".to_owned() } else { text.to_owned() }
            };
            found.push(format!("{what}: {} / {}", or_none(a), or_none(b)));
        }
    };
    text("item class", &one.class, &other.class);
    text("item", &one.item, &other.item);
    text("body part", &one.region, &other.region);
    text("request", one.request.name(), other.request.name());
    for name in ["quantity", "refills", "visits"] {
        let number = |case: &Subject| {
            let stated = case.numbers.iter().find(|(known, _)| *known == name);
            stated.map(|(_, number)| number.to_string()).unwrap_or_default()
        };
        text(name, &number(one), &number(other));
    }
    if let (Some(a), Some(b)) = (one.age, other.age)
        && a.abs_diff(b) > YEARS
    {
        text("age", &a.to_string(), &b.to_string());
    }
    if let (Some(a), Some(b)) = (one.sex, other.sex) {
        let name = |sex| if sex == Sex::Female { "female" } else { "male" };
        text("sex", name(a), name(b));
    }
    found
}

/// What differs in who decided and on what.
pub(super) fn of_review(one: &Case, other: &Case) -> Vec<String> {
    let mut found = Vec::new();
    let lists = [
        ("specialty", &one.specialties, &other.specialties),
        ("guideline", &one.guidelines, &other.guidelines),
    ];
    for (what, a, b) in lists {
        if a != b && !a.is_empty() && !b.is_empty() {
            found.push(format!("{what}: {} / {}", a.join(", "), b.join(", ")));
        }
    }
    found
}

/// What differs in what the letters say about the criteria.
pub(super) fn of_facts(one: &Subject, other: &Subject, criteria: &Criteria) -> Vec<String> {
    let status = |case: &Subject, id| {
        case.fact(id).map_or(CriterionStatus::Silent, super::remembered::Fact::status)
    };
    let differing = criteria.iter().filter_map(|(id, criterion)| {
        let (a, b) = (status(one, id), status(other, id));
        (a != b).then(|| format!("{}: {} / {}", criterion.title, in_words(a), in_words(b)))
    });
    differing.collect()
}

/// A status in words.
pub(super) fn in_words(status: CriterionStatus) -> &'static str {
    match status {
        CriterionStatus::Met => "met",
        CriterionStatus::NotMet => "not met",
        CriterionStatus::Undocumented => "not documented",
        CriterionStatus::Conflicting => "said both ways",
        CriterionStatus::Silent => "not mentioned",
    }
}

/// What the case summaries record differently of the criteria that both speak of.
pub(super) fn of_summaries(one: &Subject, other: &Subject, criteria: &Criteria) -> Vec<String> {
    let both = one
        .facts
        .iter()
        .filter_map(|(id, fact)| Some((id, fact.summary, other.fact(*id)?.summary)));
    let differing = both.filter(|(_, a, b)| a != b && ![a, b].contains(&&CriterionStatus::Silent));
    differing
        .map(|(id, a, b)| {
            format!("case summary, {}: {} / {}", criteria.title(*id), in_words(a), in_words(b))
        })
        .collect()
}
