//! What the rules make of a case, as a text that a person reads in review.
//!
//! It holds what a change of a rule can change: what is read about each decision, with the words; the verdicts; the
//! findings with the words that they underline. It leaves out what other edits move: byte places, line numbers,
//! fingerprints, rules that do not apply, and checks that flag nothing.

use std::fmt::Write as _;

use imr_letter::{Document, Slice};
use imr_rules::Rulebook;
use imr_rules::audit::{Audit, DecisionAudit};
use imr_rules::criterion::{CriterionReading, Ground, Part};
use imr_rules::finding::Finding;
use imr_rules::rulebook::CaseFile;
use imr_rules::verdict::{RuleVerdict, Verdict};

use crate::names;

/// The snapshot of a case.
pub fn snapshot(
    case: &CaseFile,
    document: &Document,
    audit: &Audit,
    rulebook: &Rulebook,
) -> String {
    let mut out = format!("# {}\n", case.title);
    let decisions = document.decisions.iter().zip(&audit.decisions).zip(1..);
    for ((decided, decision), number) in decisions {
        let (heading, outcome) = (&decided.heading.value, names::outcome(decided.outcome));
        let _ = writeln!(out, "\ndecision {number}: {heading}: {outcome}");
        let class = &decided.item.class;
        let _ = writeln!(out, "  item class {class}, request {}", decision.request.name());
        read(&mut out, document, decision, rulebook);
        verdicts(&mut out, &decision.verdicts, rulebook);
        decision.findings.iter().for_each(|one| finding(&mut out, document, one));
    }
    let raised = audit.verdicts.iter().any(|verdict| is_shown(verdict, rulebook));
    if raised {
        out.push_str("\nletter\n");
        verdicts(&mut out, &audit.verdicts, rulebook);
        audit.findings.iter().for_each(|one| finding(&mut out, document, one));
    }
    out
}

fn read(out: &mut String, document: &Document, decision: &DecisionAudit, rulebook: &Rulebook) {
    for reading in &decision.criteria {
        let CriterionReading { criterion, rationale, summary, grounds } = reading;
        let name = rulebook.criteria.name(*criterion);
        let _ = writeln!(
            out,
            "  {name}: {} in the rationale, {} in the summary",
            rationale.name(),
            summary.name()
        );
        let mut lines: Vec<String> = grounds.iter().map(|one| ground(document, one)).collect();
        // Two entries of the lexicon may find the same words.
        lines.dedup();
        out.push_str(&lines.concat());
    }
}

fn ground(document: &Document, ground: &Ground) -> String {
    let part = if ground.part == Part::Rationale { "rationale" } else { "summary" };
    let words = quoted(document, ground.slice);
    let cue = ground.cue.map(|cue| format!(", by {}", quoted(document, cue)));
    let cue = cue.unwrap_or_default();
    format!("    {}: {words}{cue} ({part})\n", ground.status.name())
}

/// A rule that does not apply says nothing, and a check that flags nothing neither; a standard that applies is shown.
fn is_shown(verdict: &RuleVerdict, rulebook: &Rulebook) -> bool {
    let standard = || rulebook.standards.iter().any(|standard| standard.id == verdict.rule);
    match verdict.verdict {
        Verdict::NotApplicable => false,
        Verdict::Consistent => standard(),
        _ => true,
    }
}

fn verdicts(out: &mut String, verdicts: &[RuleVerdict], rulebook: &Rulebook) {
    for verdict in verdicts.iter().filter(|verdict| is_shown(verdict, rulebook)) {
        let _ = writeln!(out, "  {}: {}", verdict.rule, verdict.verdict.name());
        for (name, status) in &verdict.requirements {
            let _ = writeln!(out, "    {name}: {}", status.name());
        }
    }
}

fn finding(out: &mut String, document: &Document, finding: &Finding) {
    let Finding { rule, kind, severity, message, .. } = finding;
    let _ = writeln!(out, "  finding {kind} ({}) by {rule}", severity.name());
    let _ = writeln!(out, "    {message}");
    for label in &finding.labels {
        let _ = writeln!(out, "    {}: {}", label.note, quoted(document, label.slice));
    }
    if let Some(counterfactual) = &finding.counterfactual {
        let _ = writeln!(out, "    {counterfactual}");
    }
}

/// Words shown of a passage: a whole section that was searched is told by its beginning and its end.
const MOST_WORDS: usize = 24;

/// The words of the letter, on one line.
fn quoted(document: &Document, slice: Slice) -> String {
    let words: Vec<&str> = document.words(slice).split_whitespace().collect();
    let half = MOST_WORDS / 2;
    match (words.get(..half), words.get(words.len().saturating_sub(half)..)) {
        (Some(first), Some(last)) if words.len() > MOST_WORDS => {
            format!("\"{} ... {}\"", first.join(" "), last.join(" "))
        }
        _ => format!("\"{}\"", words.join(" ")),
    }
}
