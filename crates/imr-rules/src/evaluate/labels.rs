//! The words of the letter that show a finding, and the words of its message.
//!
//! A finding about absence labels the part that was searched, so that a reader can check that nothing is there.

use super::facts::{self, Value};
use super::proof::part_name;
use super::standard::Judged;
use super::world::World;
use crate::criterion::{CriterionId, CriterionStatus, Part};
use crate::finding::Label;
use crate::rulebook::check::{Check, LabelTarget};
use crate::rulebook::fact::FACTS;

/// What a standard asked for and did not get.
pub(super) struct Asked<'j> {
    pub(super) judged: &'j [&'j Judged<'j>],
    pub(super) approval: bool,
}

/// The labels of a standard's finding: the outcome, what was said about each missing requirement, what was searched.
pub(super) fn for_standard(world: &World<'_>, asked: &Asked<'_>) -> Vec<Label> {
    let decision = world.case.decision;
    let outcome = decision.outcome_slice.unwrap_or(decision.heading.slice);
    let decided = if asked.approval { "approved here" } else { "denied here" };
    let mut labels = vec![Label { slice: outcome, note: decided.to_owned() }];
    let mut unsaid: Vec<String> = Vec::new();
    for criterion in criteria(asked.judged) {
        let before = labels.len();
        said(world, criterion, &mut labels);
        if labels.len() == before {
            unsaid.push(world.case.title(criterion).to_owned());
        }
    }
    if let Some(slice) = decision.rationale {
        let note = if asked.approval {
            (!unsaid.is_empty()).then(|| {
                format!("searched: nothing here says that it holds: {}", unsaid.join(", "))
            })
        } else {
            Some("searched: no requirement, limit or bar is said to fail here".to_owned())
        };
        labels.extend(note.map(|note| Label { slice, note }));
    }
    labels
}

/// The criteria behind requirements that are not shown, each once.
fn criteria(judged: &[&Judged<'_>]) -> Vec<CriterionId> {
    let mut tests = Vec::new();
    for judged in judged {
        judged.proof.criteria(&mut tests);
    }
    let mut found: Vec<CriterionId> = Vec::new();
    for (test, status) in tests {
        let open = status != CriterionStatus::Met;
        found.extend(test.named().filter(|id| open && !found.contains(id)));
    }
    found
}

/// Labels what the rationale says about a criterion, and what the case summary records of it.
fn said(world: &World<'_>, criterion: CriterionId, labels: &mut Vec<Label>) {
    let title = world.case.title(criterion);
    for (status, words) in [
        (CriterionStatus::NotMet, "is said not to hold"),
        (CriterionStatus::Undocumented, "is said not to be documented"),
        (CriterionStatus::Conflicting, "is said both to hold and not to"),
    ] {
        let grounds = world.case.grounds(criterion, Part::Rationale, status);
        labels.extend(
            grounds.map(|ground| Label { slice: ground.slice, note: format!("{title} {words}") }),
        );
    }
    let recorded = world.case.grounds(criterion, Part::Summary, CriterionStatus::Met).next();
    labels.extend(recorded.map(|ground| Label {
        slice: ground.slice,
        note: format!("the case summary records {title}"),
    }));
}

/// The labels that a check asks for. One that points at nothing falls back to the heading when nothing else is left.
pub(super) fn for_check(check: &Check, world: &World<'_>) -> Vec<Label> {
    let mut labels = Vec::new();
    for form in &check.labels {
        let slices = match &form.target {
            LabelTarget::Fact(fact) => {
                facts::values(*fact, world).iter().filter_map(|value| value.slice).collect()
            }
            LabelTarget::Each(part, statuses) => each_slices(world, *part, statuses),
        };
        let label = |slice| Label { slice, note: form.note.fill(|name| hole(name, world, &[])) };
        labels.extend(slices.into_iter().map(label));
    }
    if labels.is_empty() {
        labels.push(Label {
            slice: world.case.decision.heading.slice,
            note: "this decision".to_owned(),
        });
    }
    labels
}

fn each_slices(
    world: &World<'_>,
    part: Part,
    statuses: &[CriterionStatus],
) -> Vec<imr_letter::Slice> {
    let Some(criterion) = world.each else { return Vec::new() };
    let grounds = statuses.iter().flat_map(|status| world.case.grounds(criterion, part, *status));
    grounds.map(|ground| ground.slice).collect()
}

/// What a name in a message stands for.
pub(super) fn hole(name: &str, world: &World<'_>, missing: &[&Judged<'_>]) -> String {
    match name {
        "missing" => said_of_missing(world, missing),
        "item" => world.case.decision.heading.value.clone(),
        "criterion" => world.each.map(|id| world.case.title(id).to_owned()).unwrap_or_default(),
        name => {
            let entry = FACTS.iter().find(|entry| entry.name == name);
            let values = entry.map(|entry| facts::values(entry.fact, world)).unwrap_or_default();
            let words: Vec<_> = values.iter().map(Value::shown).collect();
            if words.is_empty() { "not stated".to_owned() } else { words.join(", ") }
        }
    }
}

/// "functional improvement is not mentioned; monitoring is said not to be documented".
fn said_of_missing(world: &World<'_>, missing: &[&Judged<'_>]) -> String {
    let clause = |judged: &&Judged<'_>| {
        let title = judged.proof.sole_criterion().map(|id| world.case.title(id).to_owned());
        format!(
            "{} {}",
            title.unwrap_or_else(|| judged.name.replace('_', " ")),
            how(judged.proof.status)
        )
    };
    missing.iter().map(clause).collect::<Vec<_>>().join("; ")
}

fn how(status: CriterionStatus) -> &'static str {
    match status {
        CriterionStatus::Met => "is shown",
        CriterionStatus::NotMet => "is said not to hold",
        CriterionStatus::Undocumented => "is said not to be documented",
        CriterionStatus::Conflicting => "is said both to hold and not to",
        CriterionStatus::Silent => "is not mentioned",
    }
}

/// The sentence "X is Y in the rationale" for a counterfactual.
pub(super) fn in_part(title: &str, status: CriterionStatus, part: Part) -> String {
    format!(
        "the {} said that {title} {}",
        part_name(part),
        match status {
            CriterionStatus::Met => "holds",
            CriterionStatus::NotMet => "does not hold",
            CriterionStatus::Undocumented => "is not documented",
            CriterionStatus::Conflicting | CriterionStatus::Silent => "is open",
        }
    )
}
