//! What became of the variants of every rule.

use std::fmt::{self, Display, Write as _};

use imr_rules::mutation::{Operator, RuleMutation, Survivor};
use imr_rules::rulebook::Criteria;
use serde::Serialize;

use super::{at, example, percent};
use crate::SCHEMA;
use crate::text::RuleTexts;

/// The variants of a rulebook that survived, with their places, and the score.
#[derive(Debug, Serialize)]
pub struct MutationReport {
    schema: &'static str,
    killed: u64,
    survived: u64,
    /// Killed of all, between 0 and 1.
    score: f64,
    rules: Vec<RuleLine>,
    survivors: Vec<SurvivorLine>,
    failing: Vec<String>,
}

#[derive(Debug, Serialize)]
struct RuleLine {
    rule: String,
    killed: u64,
    survived: u64,
}

#[derive(Debug, Serialize)]
struct SurvivorLine {
    rule: String,
    operator: &'static str,
    place: String,
    written: String,
    change: String,
    /// An example that would have noticed.
    example: Option<String>,
}

impl MutationReport {
    /// The report of all rules, in their order.
    pub fn new(rules: &[RuleMutation], criteria: &Criteria, texts: &RuleTexts) -> Self {
        let line = |rule: &RuleMutation| RuleLine {
            rule: rule.rule.clone(),
            killed: size(rule.killed),
            survived: size(rule.survivors.len()),
        };
        let lines: Vec<RuleLine> = rules.iter().map(line).collect();
        let killed: u64 = lines.iter().map(|line| line.killed).sum();
        let survived: u64 = lines.iter().map(|line| line.survived).sum();
        let survivor = |rule: &RuleMutation, one: &Survivor| SurvivorLine {
            rule: rule.rule.clone(),
            operator: Operator::name(one.operator),
            place: at(&one.place, texts),
            written: one.written.clone(),
            change: one.what.clone(),
            example: one.example.as_ref().map(|found| example(found, criteria)),
        };
        let survivors =
            rules.iter().flat_map(|rule| rule.survivors.iter().map(move |one| survivor(rule, one)));
        let failing = rules
            .iter()
            .flat_map(|rule| rule.failing.iter().map(move |name| format!("{}: {name}", rule.rule)));
        #[expect(clippy::cast_precision_loss, reason = "counts are small")]
        let score =
            if killed + survived == 0 { 1.0 } else { killed as f64 / (killed + survived) as f64 };
        Self {
            schema: SCHEMA,
            killed,
            survived,
            score,
            survivors: survivors.collect(),
            failing: failing.collect(),
            rules: lines,
        }
    }

    /// Killed of all, between 0 and 1.
    pub fn score(&self) -> f64 {
        self.score
    }

    /// Whether some rule's own tests fail, so that nothing is known about it.
    pub fn is_blocked(&self) -> bool {
        !self.failing.is_empty()
    }
}

impl Display for MutationReport {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        for name in &self.failing {
            writeln!(out, "fails unchanged  {name}")?;
        }
        for one in &self.survivors {
            let SurvivorLine { rule, operator, place, written, change, example } = one;
            writeln!(out, "{place}: {operator}: `{written}` {change} [{rule}]")?;
            let missing = match example {
                Some(_) => "a test that would notice is written with --write",
                None => "no test that would notice was found",
            };
            writeln!(out, "    {missing}")?;
        }
        let all = self.killed + self.survived;
        writeln!(
            out,
            "mutation: {all} variants of {} rules, {} killed, {} survived, score {}",
            self.rules.len(),
            self.killed,
            self.survived,
            percent(self.killed, all)
        )
    }
}

/// The missing tests of every rule as YAML, to be read and moved into the rules' lists of examples.
pub fn scaffolds(rules: &[RuleMutation], criteria: &Criteria, texts: &RuleTexts) -> String {
    let mut out = String::new();
    for rule in rules {
        let mut written: Vec<String> = Vec::new();
        let mut list = String::new();
        for one in &rule.survivors {
            let Some(found) = &one.example else { continue };
            let text = example(found, criteria);
            // One test may notice several slips.
            if !written.contains(&text) {
                let place = at(&one.place, texts);
                let _ = writeln!(list, "  # notices at {place}: `{}` {}", one.written, one.what);
                list.push_str(&text);
                written.push(text);
            }
        }
        if !list.is_empty() {
            let head = "what the rule says now; keep a test when that is right";
            let _ = write!(out, "# {}: {head}\nexamples:\n{list}", rule.rule);
        }
    }
    out
}

fn size(count: usize) -> u64 {
    u64::try_from(count).unwrap_or(u64::MAX)
}
