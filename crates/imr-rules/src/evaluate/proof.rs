//! Evaluating a condition, with its proof.

use std::fmt::{Display, Write as _};

use jiff::civil::Date;

use super::facts::{self, Value};
use super::world::World;
use crate::criterion::{CriterionId, CriterionStatus, Part};
use crate::rulebook::condition::{Comparison, Condition, CriterionTest, FactTest, Subject};
use crate::rulebook::fact::Fact;
use crate::verdict::Reasons;

/// A condition with the status of each of its nodes.
#[derive(Clone, Debug)]
pub(crate) struct Proof<'r> {
    pub(crate) status: CriterionStatus,
    condition: &'r Condition,
    parts: Vec<Proof<'r>>,
}

/// Evaluates a condition.
pub(super) fn prove<'r>(condition: &'r Condition, world: &World<'_>) -> Proof<'r> {
    prove_by(condition, &|leaf| leaf_status(leaf, world))
}

/// The status of a condition that has no parts.
pub(super) fn leaf_status(leaf: &Condition, world: &World<'_>) -> CriterionStatus {
    match leaf {
        Condition::Criterion(test) => criterion(test, world),
        Condition::StatusOf(test) => yes_or_no(exactly(test, world)),
        Condition::Fact(test) => fact(test, world),
        Condition::All(_) | Condition::AtLeast { .. } | Condition::Not(_) => {
            CriterionStatus::Silent
        }
    }
}

/// Evaluates a condition of which `leaf` tells the statuses of the parts that have none themselves.
pub(crate) fn prove_by<'r>(
    condition: &'r Condition,
    leaf: &impl Fn(&Condition) -> CriterionStatus,
) -> Proof<'r> {
    let all = |parts: &'r [Condition]| -> Vec<Proof<'r>> {
        parts.iter().map(|part| prove_by(part, leaf)).collect()
    };
    let (status, parts) = match condition {
        Condition::All(parts) => {
            let parts = all(parts);
            (every(parts.iter().map(|part| part.status)), parts)
        }
        Condition::AtLeast { count, of } => {
            let parts = all(of);
            (at_least(*count, parts.iter().map(|part| (part.condition, part.status))), parts)
        }
        Condition::Not(part) => {
            let part = prove_by(part, leaf);
            (opposite(part.status), vec![part])
        }
        other => (leaf(other), Vec::new()),
    };
    Proof { status, condition, parts }
}

/// All parts must hold: the gravest status of a part that does not is the whole's. Nothing is asked behind the gravest of all.
pub(super) fn every(parts: impl Iterator<Item = CriterionStatus>) -> CriterionStatus {
    let gravity = |status: CriterionStatus| match status {
        CriterionStatus::Met => 0,
        CriterionStatus::Silent => 1,
        CriterionStatus::Conflicting => 2,
        CriterionStatus::Undocumented => 3,
        CriterionStatus::NotMet => 4,
    };
    let mut whole = CriterionStatus::Met;
    for status in parts {
        if gravity(status) > gravity(whole) {
            whole = status;
        }
        if whole == CriterionStatus::NotMet {
            break;
        }
    }
    whole
}

/// When too few parts hold, what the text *says* is lacking counts before what it leaves out. Nothing is asked behind the last
/// part that had to hold.
pub(super) fn at_least<'r>(
    count: usize,
    parts: impl Iterator<Item = (&'r Condition, CriterionStatus)>,
) -> CriterionStatus {
    let (mut met, mut conflicting, mut not_met, mut undocumented) = (0, 0, 0, 0);
    let mut open = false;
    if count == 0 {
        return CriterionStatus::Met;
    }
    for (part, status) in parts {
        match status {
            CriterionStatus::Met => met += 1,
            CriterionStatus::Conflicting => conflicting += 1,
            CriterionStatus::NotMet => not_met += 1,
            CriterionStatus::Undocumented => undocumented += 1,
            // A "no" settles nothing while a fact that the letter does not state may still hold.
            CriterionStatus::Silent => open |= is_factual(part),
        }
        if met >= count {
            return CriterionStatus::Met;
        }
    }
    match () {
        () if met + conflicting >= count => CriterionStatus::Conflicting,
        () if open => CriterionStatus::Silent,
        () if not_met > 0 => CriterionStatus::NotMet,
        () if undocumented > 0 => CriterionStatus::Undocumented,
        () => CriterionStatus::Silent,
    }
}

/// Whether what a criterion's statuses count as is asked about nowhere in a condition.
fn is_factual(condition: &Condition) -> bool {
    match condition {
        Condition::All(parts) | Condition::AtLeast { of: parts, .. } => {
            parts.iter().all(is_factual)
        }
        Condition::Not(part) => is_factual(part),
        Condition::Criterion(_) => false,
        Condition::StatusOf(_) | Condition::Fact(_) => true,
    }
}

pub(super) fn opposite(status: CriterionStatus) -> CriterionStatus {
    match status {
        CriterionStatus::Met => CriterionStatus::NotMet,
        CriterionStatus::NotMet => CriterionStatus::Met,
        other => other,
    }
}

fn yes_or_no(holds: bool) -> CriterionStatus {
    if holds { CriterionStatus::Met } else { CriterionStatus::NotMet }
}

/// The criterion that a test is about.
fn subject(subject: Subject, world: &World<'_>) -> Option<CriterionId> {
    match subject {
        Subject::Named(criterion) => Some(criterion),
        Subject::Each => world.each,
    }
}

/// What the first part that speaks about the criterion says, as far as it counts as holding.
fn criterion(test: &CriterionTest, world: &World<'_>) -> CriterionStatus {
    let Some(criterion) = subject(test.subject, world) else { return CriterionStatus::Silent };
    let counted =
        test.parts.iter().filter(|part| world.summary_counts || **part == Part::Rationale);
    let said = counted
        .map(|part| world.status(criterion, *part))
        .find(|status| *status != CriterionStatus::Silent);
    match said.unwrap_or_default() {
        status if test.holds.contains(&status) => CriterionStatus::Met,
        CriterionStatus::Met => CriterionStatus::NotMet,
        status => status,
    }
}

fn exactly(test: &CriterionTest, world: &World<'_>) -> bool {
    let Some(criterion) = subject(test.subject, world) else { return false };
    test.parts.iter().any(|part| test.holds.contains(&world.status(criterion, *part)))
}

fn fact(test: &FactTest, world: &World<'_>) -> CriterionStatus {
    let values = facts::values(test.fact, world);
    if let Comparison::Present(wanted) = test.comparison {
        return yes_or_no(values.is_empty() != wanted);
    }
    if values.is_empty() {
        return CriterionStatus::Silent;
    }
    match &test.comparison {
        Comparison::Present(_) => CriterionStatus::Silent,
        Comparison::Is(words) => yes_or_no(values.iter().any(|value| is_one_of(value, words))),
        Comparison::AtLeast(bound) => all_numbers(&values, |number| number >= *bound),
        Comparison::AtMost(bound) => all_numbers(&values, |number| number <= *bound),
        Comparison::BeforeDate(day) => all_dates(&values, |date| date < *day),
        Comparison::FromDate(day) => all_dates(&values, |date| date >= *day),
        Comparison::Shares(other) => {
            let others = facts::values(*other, world);
            if others.is_empty() {
                return CriterionStatus::Silent;
            }
            yes_or_no(values.iter().any(|value| others.iter().any(|other| value.same(other))))
        }
        Comparison::Before(other) => {
            let others: Vec<Date> =
                facts::values(*other, world).iter().filter_map(Value::date).collect();
            if others.is_empty() {
                return CriterionStatus::Silent;
            }
            all_dates(&values, |date| others.iter().all(|other| date < *other))
        }
    }
}

fn is_one_of(value: &Value<'_>, words: &[String]) -> bool {
    value.text().is_some_and(|text| words.iter().any(|word| text.eq_ignore_ascii_case(word)))
}

fn all_numbers(values: &[Value<'_>], holds: impl Fn(f64) -> bool) -> CriterionStatus {
    yes_or_no(values.iter().filter_map(Value::number).all(holds))
}

fn all_dates(values: &[Value<'_>], holds: impl Fn(Date) -> bool) -> CriterionStatus {
    yes_or_no(values.iter().filter_map(Value::date).all(holds))
}

impl<'r> Proof<'r> {
    /// What the condition asks, when it is a plain question about one criterion.
    pub(super) fn sole_criterion(&self) -> Option<CriterionId> {
        match self.condition {
            Condition::Criterion(CriterionTest { subject: Subject::Named(criterion), .. }) => {
                Some(*criterion)
            }
            _ => None,
        }
    }

    /// The status of every node, a condition before its parts.
    pub(super) fn statuses(&self, found: &mut Vec<CriterionStatus>) {
        found.push(self.status);
        self.parts.iter().for_each(|part| part.statuses(found));
    }

    /// The criterion tests of the proof, each with its status.
    pub(super) fn criteria(&self, found: &mut Vec<(&'r CriterionTest, CriterionStatus)>) {
        if let Condition::Criterion(test) = self.condition {
            found.push((test, self.status));
        }
        self.parts.iter().for_each(|part| part.criteria(found));
    }

    /// The proof in words, one line a node, deeper nodes indented by two spaces.
    pub(super) fn explain(&self, world: &World<'_>, depth: usize, lines: &mut Reasons) {
        lines.write(|line| {
            for _ in 0..depth {
                line.push_str("  ");
            }
            self.explain_node(world, line);
        });
        self.parts.iter().for_each(|part| part.explain(world, depth + 1, lines));
    }

    fn explain_node(&self, world: &World<'_>, line: &mut String) {
        let answer = answer(self.status);
        match self.condition {
            Condition::All(_) => put(line, &["all of these: ", answer]),
            Condition::AtLeast { count: 1, .. } => put(line, &["any of these: ", answer]),
            Condition::AtLeast { count, of } => {
                let _ = write!(line, "at least {count} of these {}: {answer}", of.len());
            }
            Condition::Not(_) => put(line, &["not this: ", answer]),
            Condition::Criterion(test) => criterion_line(test, self.status, world, line),
            Condition::StatusOf(test) => status_line(test, self.status, world, line),
            Condition::Fact(test) => fact_line(test, self.status, world, line),
        }
    }
}

fn answer(status: CriterionStatus) -> &'static str {
    match status {
        CriterionStatus::Met => "yes",
        CriterionStatus::NotMet => "no",
        CriterionStatus::Undocumented => "said not to be documented",
        CriterionStatus::Conflicting => "the letter says both",
        CriterionStatus::Silent => "cannot be told",
    }
}

/// Adds texts to a line. Most of a record are such lines, and a template takes far longer to fill in.
fn put(line: &mut String, texts: &[&str]) {
    for text in texts {
        line.push_str(text);
    }
}

/// Adds a value behind a text.
fn put_shown(line: &mut String, before: &str, value: &impl Display) {
    let _ = write!(line, "{before}{value}");
}

/// Adds a list with a text between its items.
fn put_list<T: AsRef<str>>(line: &mut String, items: impl Iterator<Item = T>, between: &str) {
    for (at, item) in items.enumerate() {
        put(line, &[if at > 0 { between } else { "" }, item.as_ref()]);
    }
}

fn criterion_line(
    test: &CriterionTest,
    status: CriterionStatus,
    world: &World<'_>,
    line: &mut String,
) {
    let Some(criterion) = subject(test.subject, world) else {
        return line.push_str("no criterion");
    };
    put(line, &[world.case.title(criterion), ": ", status.name(), " ("]);
    let counted =
        test.parts.iter().filter(|part| world.summary_counts || **part == Part::Rationale);
    for (at, part) in counted.enumerate() {
        let said = world.status(criterion, *part).name();
        put(line, &[if at > 0 { ", " } else { "" }, said, " in the ", part_name(*part)]);
    }
    line.push(')');
}

fn status_line(
    test: &CriterionTest,
    status: CriterionStatus,
    world: &World<'_>,
    line: &mut String,
) {
    let Some(criterion) = subject(test.subject, world) else {
        return line.push_str("no criterion");
    };
    let part = test.parts.first().copied().unwrap_or(Part::Rationale);
    let said = world.status(criterion, part).name();
    put(line, &[world.case.title(criterion), " is "]);
    put_list(line, test.holds.iter().map(|status| status.name()), " or ");
    put(line, &[" in the ", part_name(part), ": ", answer(status), ", it is ", said]);
}

fn fact_line(test: &FactTest, status: CriterionStatus, world: &World<'_>, line: &mut String) {
    let title = |line: &mut String, fact: Fact| line.push_str(fact.title());
    put(line, &["the ", test.fact.title(), " "]);
    match &test.comparison {
        Comparison::Present(true) => line.push_str("is stated"),
        Comparison::Present(false) => line.push_str("is not stated"),
        Comparison::Is(words) => {
            line.push_str("is ");
            put_list(line, words.iter(), " or ");
        }
        Comparison::AtLeast(bound) => put_shown(line, "is at least ", bound),
        Comparison::AtMost(bound) => put_shown(line, "is at most ", bound),
        Comparison::Shares(other) => {
            line.push_str("shares a value with the ");
            title(line, *other);
        }
        Comparison::BeforeDate(day) => put_shown(line, "is before ", day),
        Comparison::FromDate(day) => put_shown(line, "is on or after ", day),
        Comparison::Before(other) => {
            line.push_str("is before the ");
            title(line, *other);
        }
    }
    put(line, &[": ", answer(status), ", it is "]);
    let values = facts::values(test.fact, world);
    if values.is_empty() {
        return line.push_str("not stated");
    }
    put_list(line, values.iter().map(Value::shown), ", ");
}

/// What a message calls a part of the letter.
pub(super) fn part_name(part: Part) -> &'static str {
    match part {
        Part::Rationale => "rationale",
        Part::Summary => "case summary",
    }
}
