//! An example as an author would write it into a rule's file.

use std::fmt::Write as _;

use imr_letter::document::Outcome;
use imr_rules::criterion::{CriterionId, CriterionStatus};
use imr_rules::rulebook::Criteria;
use imr_rules::rulebook::example::{Example, Given};

use crate::names;

/// The example as an item of the list `examples:`, indented by two spaces.
pub fn example(example: &Example, criteria: &Criteria) -> String {
    let mut out = String::new();
    let mut line = |key: &str, value: &str| {
        let _ = writeln!(out, "    {key}: {value}");
    };
    line("heading", &quoted(&example.heading));
    line("outcome", names::outcome(example.outcome));
    if let Some(citation) = &example.citation {
        line("citation", &quoted(citation));
    }
    if let Some(day) = example.decided {
        line("decided", &day.to_string());
    }
    if !example.summary.is_empty() {
        line("summary", &quoted(&example.summary));
    }
    match &example.given {
        Some(given) => line("given", &self::given(given, criteria)),
        None => line("rationale", &quoted(&example.rationale)),
    }
    if !example.also.is_empty() {
        let other = |heading: &str, outcome: Outcome, rationale: &str| {
            format!(
                "{{heading: {}, outcome: {}, rationale: {}}}",
                quoted(heading),
                names::outcome(outcome),
                quoted(rationale)
            )
        };
        let others = example.also.iter();
        let others: Vec<String> =
            others.map(|one| other(&one.heading, one.outcome, &one.rationale)).collect();
        line("also", &format!("[{}]", others.join(", ")));
    }
    line("expect", &expected(example));
    format!("  - name: {}\n{out}", quoted(&example.name))
}

fn given(given: &Given, criteria: &Criteria) -> String {
    let mut parts = Vec::new();
    if let Some(request) = given.request {
        parts.push(format!("request: {}", request.name()));
    }
    for (part, list) in [("rationale", &given.rationale), ("summary", &given.summary)] {
        if !list.is_empty() {
            parts.push(format!("{part}: {}", statuses(list, criteria)));
        }
    }
    format!("{{{}}}", parts.join(", "))
}

fn statuses(list: &[(CriterionId, CriterionStatus)], criteria: &Criteria) -> String {
    let one = |(criterion, status): &(CriterionId, CriterionStatus)| {
        format!("{}: {}", criteria.name(*criterion), status.name())
    };
    format!("{{{}}}", list.iter().map(one).collect::<Vec<_>>().join(", "))
}

fn expected(example: &Example) -> String {
    let mut parts = vec![format!("verdict: {}", example.expect.verdict.name())];
    let requirements = &example.expect.requirements;
    if !requirements.is_empty() {
        let one = |(name, status): &(String, CriterionStatus)| format!("{name}: {}", status.name());
        let named: Vec<String> = requirements.iter().map(one).collect();
        parts.push(format!("requirements: {{{}}}", named.join(", ")));
    }
    if let Some(finding) = &example.expect.finding {
        parts.push(format!("finding: {}", finding.as_deref().unwrap_or("none")));
    }
    format!("{{{}}}", parts.join(", "))
}

/// The text in double quotes, as YAML and JSON write it.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}
