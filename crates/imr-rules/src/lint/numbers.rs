//! Lints of numbers and dates: values that fall between two rules, or under both; days on which no source was in force.

use jiff::ToSpan;
use jiff::civil::Date;

use super::View;
use super::solve::{Goal, holds};
use crate::rulebook::condition::{Comparison, FactTest};
use crate::rulebook::fact::Fact;
use crate::rulebook::source::Source;
use crate::rulebook::{Condition, Standard};
use crate::yaml::{Diagnostic, Diagnostics, Node, Value};

/// Lints of the numbers by which standards share decisions out, and of the dates of sources.
pub(super) fn lint(view: &View<'_>, found: &mut Diagnostics) {
    let standards = &view.rulebook.standards;
    for (at, second) in standards.iter().enumerate() {
        for first in standards.iter().take(at) {
            view.shared_out(first, second, found);
        }
    }
    for standard in standards {
        if let Some(Node { value: Value::List(nodes), .. }) =
            view.rule(&standard.place).and_then(|node| node.get("source"))
        {
            periods(&standard.sources, nodes, found);
        }
    }
}

/// A bound on a number that a standard applies to.
#[derive(Clone, Copy)]
struct Bound {
    fact: Fact,
    least: Option<f64>,
    most: Option<f64>,
}

/// The bounds of a condition, those of its parts that must all hold.
fn bounds(condition: &Condition) -> Vec<Bound> {
    match condition {
        Condition::All(parts) => parts.iter().flat_map(bounds).collect(),
        Condition::Fact(FactTest { fact, comparison: Comparison::AtLeast(least) }) => {
            vec![Bound { fact: *fact, least: Some(*least), most: None }]
        }
        Condition::Fact(FactTest { fact, comparison: Comparison::AtMost(most) }) => {
            vec![Bound { fact: *fact, least: None, most: Some(*most) }]
        }
        _ => Vec::new(),
    }
}

/// The condition without its bounds on a fact.
fn unbound(condition: &Condition, fact: Fact) -> Vec<&Condition> {
    match condition {
        Condition::All(parts) => parts.iter().flat_map(|part| unbound(part, fact)).collect(),
        Condition::Fact(FactTest {
            fact: known,
            comparison: Comparison::AtLeast(_) | Comparison::AtMost(_),
        }) if *known == fact => Vec::new(),
        other => vec![other],
    }
}

impl View<'_> {
    /// Two standards that share decisions out by a number: one has those up to it, the other those from it on.
    fn shared_out(&self, first: &Standard, second: &Standard, found: &mut Diagnostics) {
        for a in bounds(&first.applies_to) {
            for b in bounds(&second.applies_to).into_iter().filter(|b| b.fact == a.fact) {
                let shared = a.most.zip(b.least).or(b.most.zip(a.least));
                let Some((most, least)) = shared else { continue };
                let conditions = unbound(&first.applies_to, a.fact)
                    .into_iter()
                    .chain(unbound(&second.applies_to, a.fact));
                let goals: Vec<Goal<'_>> = conditions.map(holds).collect();
                if self.impossible(&goals) {
                    continue;
                }
                self.compare(first, second, a.fact, (most, least), &goals, found);
            }
        }
    }

    fn compare(
        &self,
        first: &Standard,
        second: &Standard,
        fact: Fact,
        (most, least): (f64, f64),
        goals: &[Goal<'_>],
        found: &mut Diagnostics,
    ) {
        let title = fact.title();
        let next = most.floor() + 1.0;
        let (code, message, help) = if most >= least {
            let message =
                format!("`{}` and `{}` both apply when {title} is {least}", second.id, first.id);
            ("number-overlap", message, format!("let one end below {least}"))
        } else if next < least && !self.covered(fact, next, goals) {
            let message = format!(
                "neither `{}` nor `{}` applies when {title} is {next}",
                second.id, first.id
            );
            let help = format!(
                "they end at {most} and begin at {least}; close the gap, or write a rule for it"
            );
            ("number-gap", message, help)
        } else {
            return;
        };
        let diagnostic = Diagnostic::new(code, &second.place, message)
            .help(help)
            .related(&first.place, "the other standard");
        found.report(diagnostic);
    }

    /// Whether some standard applies to such decisions with this number.
    fn covered(&self, fact: Fact, number: f64, goals: &[Goal<'_>]) -> bool {
        let exactly = Condition::All(vec![
            Condition::Fact(FactTest { fact, comparison: Comparison::AtLeast(number) }),
            Condition::Fact(FactTest { fact, comparison: Comparison::AtMost(number) }),
        ]);
        self.rulebook.standards.iter().any(|standard| {
            let mut goals = goals.to_vec();
            goals.extend([holds(&exactly), holds(&standard.applies_to)]);
            !self.impossible(&goals)
        })
    }
}

/// Days between two sources of a rule on which none was in force, and sources that stand twice for one day.
fn periods(sources: &[Source], nodes: &[Node], found: &mut Diagnostics) {
    for (at, (source, node)) in sources.iter().zip(nodes).enumerate() {
        if let Some(day) = source.until.and_then(|until| until.checked_add(1.day()).ok())
            && !sources.iter().any(|other| other.in_force(day))
            && let Some(next) =
                sources.iter().filter_map(|other| other.from).filter(|from| *from > day).min()
        {
            let message = format!("no source was in force from {day} to {}", day_before(next));
            let help = "close the gap with `until` and `from`, or name the guideline of those days";
            found.report(Diagnostic::new("period-gap", &node.place, message).help(help));
        }
        let earlier = sources.iter().zip(nodes).take(at);
        for (other, other_node) in earlier.filter(|(other, _)| same_text(other, source)) {
            if let Some(day) = shared_day(other, source) {
                let message = format!("this source stands twice for {day}");
                let diagnostic = Diagnostic::new("period-overlap", &node.place, message)
                    .help("let the earlier one end on the day before the later one begins")
                    .related(&other_node.place, "the other one");
                found.report(diagnostic);
            }
        }
    }
}

fn day_before(day: Date) -> Date {
    day.checked_sub(1.day()).unwrap_or(day)
}

/// Whether two sources name the same text for the same parts of the body.
fn same_text(a: &Source, b: &Source) -> bool {
    (&a.guideline, &a.section, &a.body_parts, &a.pages)
        == (&b.guideline, &b.section, &b.body_parts, &b.pages)
}

/// A day on which both were in force.
fn shared_day(a: &Source, b: &Source) -> Option<Date> {
    let day = a.from.max(b.from).or(a.until).or(b.until).unwrap_or(Date::MIN);
    (a.in_force(day) && b.in_force(day)).then_some(day)
}
