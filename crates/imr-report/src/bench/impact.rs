//! Which decisions a change of the rulebook decides otherwise, grouped by the rule that says so: as text, as a table for
//! a review, and for programs.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use imr_rules::criterion::Part;
use imr_rules::impact::{Change, Edit, Edits, ReadOtherwise};
use imr_rules::verdict::Verdict;
use serde::Serialize;

use crate::SCHEMA;

/// The changes of all letters.
#[derive(Debug, Default, Serialize)]
pub struct ImpactReport {
    schema: &'static str,
    letters: usize,
    decisions: usize,
    /// Decisions about which anything is other than before.
    changed_decisions: usize,
    /// Rules that differ, whether or not they change anything.
    edited_rules: BTreeMap<String, &'static str>,
    rules: BTreeMap<String, RuleImpact>,
}

#[derive(Debug, Default, Serialize)]
struct RuleImpact {
    edit: Option<&'static str>,
    /// By what became of the verdict, such as "inconsistent -> consistent".
    changes: BTreeMap<String, Vec<DecisionImpact>>,
}

#[derive(Debug, Serialize)]
struct DecisionImpact {
    letter: String,
    decision: usize,
    heading: String,
    lost: Vec<String>,
    gained: Vec<String>,
    read_otherwise: Vec<String>,
}

impl ImpactReport {
    /// A report of no letters.
    pub fn new(edits: &Edits) -> Self {
        let edited_rules = edits.iter().map(|(rule, edit)| (rule.to_owned(), name(edit))).collect();
        Self { schema: SCHEMA, edited_rules, ..Self::default() }
    }

    /// Adds the changes of the next letter.
    pub fn add(&mut self, letter: &str, decisions: usize, changes: Vec<Change>) {
        self.letters += 1;
        self.decisions += decisions;
        let mut numbers: Vec<usize> = changes.iter().map(|change| change.decision).collect();
        numbers.dedup();
        self.changed_decisions += numbers.len();
        for change in changes {
            let verdict = |verdict: Option<Verdict>| verdict.map_or("no such rule", Verdict::name);
            let (was, is) = (verdict(change.verdicts.0), verdict(change.verdicts.1));
            let became =
                if was == is { format!("{was}, other findings") } else { format!("{was} -> {is}") };
            let rule = self.rules.entry(change.rule).or_default();
            rule.edit = change.edit.map(name);
            rule.changes.entry(became).or_default().push(DecisionImpact {
                letter: letter.to_owned(),
                decision: change.decision,
                heading: change.heading,
                lost: change.lost,
                gained: change.gained,
                read_otherwise: change.read.iter().map(told).collect(),
            });
        }
    }

    /// Every change under its rule.
    pub fn text(&self) -> String {
        let mut out = String::new();
        for (rule, impact) in &self.rules {
            let _ = writeln!(out, "{rule} ({})", impact.cause());
            for (became, decisions) in &impact.changes {
                let _ = writeln!(out, "  {became}: {}", decisions.len());
                for one in decisions {
                    let DecisionImpact { letter, decision, heading, .. } = one;
                    let _ =
                        writeln!(out, "    {letter}, decision {decision}: {heading}{}", one.why());
                }
            }
        }
        let _ = writeln!(out, "{}", self.counts());
        out
    }

    /// One table a rule, for a review.
    pub fn markdown(&self) -> String {
        let mut out = format!("## Impact of the rule change\n\n{}\n", self.counts());
        for (rule, impact) in &self.rules {
            let _ = writeln!(out, "\n### `{rule}` ({})\n", impact.cause());
            out.push_str(
                "| change | letter | decision | item | why |\n| --- | --- | ---: | --- | --- |\n",
            );
            for (became, decisions) in &impact.changes {
                for one in decisions {
                    let _ = writeln!(
                        out,
                        "| {} | {} | {} | {} | {} |",
                        cell(became),
                        cell(&one.letter),
                        one.decision,
                        cell(&one.heading),
                        cell(one.why().trim_start_matches("; "))
                    );
                }
            }
        }
        out
    }

    /// Everything, for programs.
    ///
    /// # Errors
    /// None in practice: the document is written to memory.
    pub fn json(&self) -> serde_json::Result<String> {
        serde_json::to_string_pretty(self)
    }

    fn counts(&self) -> String {
        let edited = self.edited_rules.len();
        format!(
            "{} of {} decisions in {} letters change under {} rules; rules that differ: {edited}",
            self.changed_decisions,
            self.decisions,
            self.letters,
            self.rules.len()
        )
    }
}

impl RuleImpact {
    fn cause(&self) -> String {
        let edit = self.edit.map(|edit| format!("the rule is {edit}"));
        edit.unwrap_or_else(|| "the rule is as it was; letters are read otherwise".to_owned())
    }
}

impl DecisionImpact {
    fn why(&self) -> String {
        let lost = self.lost.iter().map(|kind| format!("no more {kind}"));
        let gained = self.gained.iter().map(|kind| format!("now {kind}"));
        let read = self.read_otherwise.iter().cloned();
        lost.chain(gained).chain(read).fold(String::new(), |told, why| told + "; " + &why)
    }
}

/// Text that does not end its cell.
fn cell(text: &str) -> String {
    text.replace('|', "\\|").replace('\n', " ")
}

fn name(edit: Edit) -> &'static str {
    match edit {
        Edit::Added => "added",
        Edit::Removed => "removed",
        Edit::Edited => "edited",
    }
}

fn told(read: &ReadOtherwise) -> String {
    match read {
        ReadOtherwise::ItemClass(was, is) => format!("item class {was} -> {is}"),
        ReadOtherwise::Request(was, is) => format!("request {was} -> {is}"),
        ReadOtherwise::Criterion(criterion, part, was, is) => {
            let part = if *part == Part::Rationale { "rationale" } else { "summary" };
            format!("{criterion} in the {part} {} -> {}", was.name(), is.name())
        }
    }
}
