//! What was found across letters, for people: each finding with the words of its letters, then a few lines of rates.
//!
//! The letters themselves are gone by then, so their words are quoted with file and line and not drawn with their
//! neighbourhood as those of one letter are.

use std::fmt::Write as _;

use imr_rules::correlate::{BatchAudit, BatchFinding, Gap, Quote, Rate, Rates, Shown, probability};

use super::{Appearance, RuleSources, colour, handler, one_line, rule};
use crate::names;
use crate::snippet::{Excerpt, printable};

/// Lines of a table that are shown at most.
const LINES: usize = 8;

/// A rate differs from the rest when chance explains fewer than this share of all such differences.
const DIFFERS: f64 = 0.05;

/// Words of a quotation that are shown at most, in characters.
const QUOTED: usize = 160;

/// The findings of a batch, as many as are shown.
pub(super) fn findings(batch: &BatchAudit, rules: &RuleSources, appearance: Appearance) -> String {
    let mut drawn = String::new();
    for finding in batch.findings.iter().take(appearance.shown) {
        drawn.push_str(&draw(finding, rules, appearance));
        drawn.push('\n');
    }
    let left = batch.findings.len().saturating_sub(appearance.shown);
    if left > 0 && appearance.shown > 0 {
        let _ = writeln!(
            drawn,
            "... and {left} more findings across letters, none graver; see --show or --format jsonl\n"
        );
    }
    drawn
}

fn draw(finding: &BatchFinding, rules: &RuleSources, appearance: Appearance) -> String {
    let excerpt = Excerpt {
        code: Some(title(finding)),
        message: finding.message.clone(),
        severity: colour(finding.severity),
        help: None,
        source: None,
        labels: Vec::new(),
        beside: rule(&finding.rule_span, rules).into_iter().collect(),
    };
    let mut drawn = String::new();
    if handler(appearance).render_report(&mut drawn, &excerpt).is_err() {
        drawn = format!("{}\n\n  {}\n", title(finding), finding.message);
    }
    drawn.push('\n');
    finding.decisions.iter().for_each(|decision| decided(&mut drawn, decision));
    if !finding.differences.is_empty() {
        let _ = writeln!(
            drawn,
            "  first against second: {}",
            printable(&finding.differences.join("; "))
        );
    }
    drawn
}

/// "high: `standard_applied_unevenly` [standard-applied-unevenly] `item_class` opioid".
fn title(finding: &BatchFinding) -> String {
    let group: Vec<String> =
        finding.group.iter().map(|(name, value)| format!("{name} {value}")).collect();
    let group = group.join(", ");
    printable(&format!("{}: {} [{}] {group}", finding.severity.name(), finding.kind, finding.rule))
}

fn decided(drawn: &mut String, shown: &Shown) {
    let place = &shown.place;
    let outcome = names::outcome(shown.outcome);
    let line =
        format!("  {outcome:<11} {}, decision {}: {}", place.source, place.number, place.heading);
    let _ = writeln!(drawn, "{}", printable(&line));
    for (quote, note) in &shown.labels {
        let _ = writeln!(drawn, "    line {:<6} \"{}\"", quote.line, printable(&cut(quote)));
        let _ = writeln!(drawn, "    {:<11} {}", "", printable(note));
    }
}

fn cut(quote: &Quote) -> String {
    let mut shown: String = quote.text.chars().take(QUOTED).collect();
    if shown.len() < quote.text.len() {
        shown.push_str(" ...");
    }
    shown
}

/// An accepted finding on one line: which, by whom, why, until when.
pub(super) fn accepted_line(finding: &BatchFinding) -> Option<String> {
    let waived = finding.waived.as_ref()?;
    let group: Vec<String> =
        finding.group.iter().map(|(name, value)| format!("{name} {value}")).collect();
    let line = format!(
        "{} [{}] across letters, {}: {} ({}, until {})",
        finding.kind,
        finding.rule,
        group.join(", "),
        waived.reason,
        waived.approver,
        waived.expires
    );
    Some(one_line(&line))
}

/// The rates and gaps that are worth a line, below the counts.
pub(super) fn rates(batch: &BatchAudit) -> String {
    let mut out = String::new();
    for table in &batch.rates {
        overall(&mut out, table);
        differing(&mut out, &table.rates);
        gaps(&mut out, &table.gaps);
    }
    for (rule, count) in &batch.left_out {
        let _ = writeln!(out, "{rule} left out {count} less certain findings");
    }
    for (rule, share) in &batch.sampled {
        let percent = share * 100.0;
        let digits = usize::from(percent < 10.0);
        let _ = writeln!(
            out,
            "{rule} followed {percent:.digits$} % of its groups, chosen evenly: there are more than room"
        );
    }
    out
}

fn overall(out: &mut String, table: &Rates) {
    for share in &table.all {
        let _ = writeln!(out, "Decisions {}: {}", share.what, share.in_words());
    }
}

fn differing(out: &mut String, rates: &[Rate]) {
    let clear = |rate: &&Rate| rate.differs.is_some_and(|(_, q_value)| q_value <= DIFFERS);
    let all: Vec<&Rate> = rates.iter().filter(clear).collect();
    if all.is_empty() {
        return;
    }
    let _ = writeln!(out, "Approved more or less often than the rest{}:", more(all.len()));
    for rate in all.into_iter().take(LINES) {
        let share = rate.shares.first().map(imr_rules::correlate::Share::in_words);
        let p = rate.differs.map_or(1.0, |(_, q_value)| q_value);
        let line = format!(
            "  {:<11} {}: {}; adjusted p {}",
            rate.by,
            rate.value,
            share.unwrap_or_default(),
            probability(p)
        );
        let _ = writeln!(out, "{}", printable(&line));
    }
}

fn gaps(out: &mut String, gaps: &[Gap]) {
    let gaps: Vec<&Gap> = gaps.iter().filter(|gap| gap.missing.count > 0).collect();
    if gaps.is_empty() {
        return;
    }
    let _ = writeln!(
        out,
        "Required and most often not mentioned or not documented{}:",
        more(gaps.len())
    );
    for gap in gaps.into_iter().take(LINES) {
        let _ =
            writeln!(out, "  {:<24} {:<24} {}", gap.class, gap.criterion, gap.missing.in_words());
    }
}

/// ", the first 8 of 40" when not all are shown.
fn more(count: usize) -> String {
    if count > LINES { format!(", the first {LINES} of {count}") } else { String::new() }
}
