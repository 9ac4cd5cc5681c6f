//! A letter that shows what is wrong with rules, in plain words.

use super::problem::{Meaning, Variable};
use crate::criterion::{CriterionStatus, Part};
use crate::rulebook::Rulebook;
use crate::rulebook::fact::{Fact, FactKind};

/// "a letter in which the outcome is overturned, and the rationale says that pain relief is not documented".
pub(super) fn letter(witness: &[(Variable, Meaning)], rulebook: &Rulebook) -> String {
    let mut clauses: Vec<String> = witness
        .iter()
        .filter_map(|(variable, meaning)| clause(variable, meaning, rulebook))
        .collect();
    let last = clauses.pop();
    match (clauses.is_empty(), last) {
        (_, None) => "any letter".to_owned(),
        (true, Some(only)) => format!("a letter in which {only}"),
        (false, Some(last)) => format!("a letter in which {}, and {last}", clauses.join(", ")),
    }
}

fn clause(variable: &Variable, meaning: &Meaning, rulebook: &Rulebook) -> Option<String> {
    match (variable, meaning) {
        (Variable::Said(criterion, part), Meaning::Status(status)) => {
            let title = criterion.map_or("the criterion", |id| rulebook.criteria.title(id));
            Some(said(title, *part, *status))
        }
        (Variable::Fact(fact), meaning) => Some(stated(*fact, meaning)),
        (Variable::Relation(test), Meaning::Holds(holds)) => {
            let relation = if *holds { "has what is compared" } else { "lacks what is compared" };
            Some(format!("the {} {relation}", test.fact.title()))
        }
        _ => None,
    }
}

fn said(title: &str, part: Part, status: CriterionStatus) -> String {
    let part = match part {
        Part::Rationale => "rationale",
        Part::Summary => "case summary",
    };
    match status {
        CriterionStatus::Met => format!("the {part} shows {title}"),
        CriterionStatus::NotMet => format!("the {part} says that there is no {title}"),
        CriterionStatus::Undocumented => format!("the {part} says that {title} is not documented"),
        CriterionStatus::Conflicting => format!("the {part} says both yes and no about {title}"),
        CriterionStatus::Silent => format!("the {part} says nothing about {title}"),
    }
}

fn stated(fact: Fact, meaning: &Meaning) -> String {
    let title = fact.title();
    match meaning {
        Meaning::Absent => format!("nothing is stated for the {title}"),
        Meaning::Words(words) => {
            let names: Vec<String> = words.iter().map(|word| named(fact, word)).collect();
            format!("the {title} is {}", names.join(" and "))
        }
        Meaning::Number(number) => format!("the {title} is {number}"),
        Meaning::Dates(first, last) if first == last => format!("the {title} is {first}"),
        Meaning::Dates(first, last) => format!("the {title} is {first} and {last}"),
        _ => format!("the {title} is stated"),
    }
}

fn named(fact: Fact, word: &str) -> String {
    match (word, fact.kind()) {
        ("", _) => "another".to_owned(),
        (word, FactKind::Text) => format!("\"{word}\""),
        (word, _) => word.replace('_', " "),
    }
}
