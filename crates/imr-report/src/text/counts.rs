//! The counts at the head of the text report.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use imr_rules::finding::Severity;
use imr_rules::verdict::Verdict;

use crate::summary::{Kinds, SEVERITIES, Summary, VERDICTS, counted, worst_first};
use crate::unreadable::Unreadable;

/// The letters and decisions that are listed by name, as many as the report keeps.
#[derive(Clone, Copy)]
pub(super) struct Lists<'l> {
    /// Letters that could not be read.
    pub(super) unreadable: &'l Unreadable,
    /// Letters without decisions.
    pub(super) unread: &'l [String],
    /// Decisions that no standard applies to.
    pub(super) without_standard: &'l [String],
    /// Findings that somebody has accepted.
    pub(super) waived: &'l [String],
}

/// The counts, one subject a line.
pub(super) fn write(summary: &Summary, lists: Lists<'_>, color: bool) -> String {
    let mut out = String::new();
    line(&mut out, color, "Letters", summary.letters, &pairs(&summary.formats));
    unreadable(&mut out, color, lists.unreadable);
    line(&mut out, color, "Decisions", summary.decisions, &pairs(&summary.outcomes));
    let verdicts = VERDICTS.map(Verdict::name).map(|name| (name, summary.verdicts.get(name)));
    let verdicts = verdicts.map(|(name, count)| (name, count.copied().unwrap_or(0)));
    line(
        &mut out,
        color,
        "Verdicts",
        verdicts.iter().map(|(_, count)| count).sum(),
        &listed(&verdicts),
    );
    let severities =
        SEVERITIES.map(Severity::name).map(|name| (name, summary.severities.get(name)));
    let severities = severities.map(|(name, count)| (name, count.copied().unwrap_or(0)));
    line(&mut out, color, "Findings", summary.findings, &listed(&severities));
    kinds(&mut out, &summary.kinds);
    waived(&mut out, color, summary.waived, lists.waived);
    if let Some(across) = &summary.across {
        across_letters(&mut out, color, across);
    }
    line(&mut out, color, "Problems", summary.problems.values().sum(), &pairs(&summary.problems));
    let census = format!(
        "No standard applies to {} of {} decisions",
        summary.without_standard, summary.decisions
    );
    named(&mut out, &census, summary.without_standard, lists.without_standard);
    if summary.undecided > 0 {
        let letters =
            format!("No decision could be read in {}", counted(summary.undecided, "letter"));
        named(&mut out, &letters, summary.undecided, lists.unread);
    }
    out
}

/// Letters that could not be read; standard error has named all of them.
fn unreadable(out: &mut String, color: bool, unreadable: &Unreadable) {
    if unreadable.count > 0 {
        line(
            out,
            color,
            "Unread",
            unreadable.count,
            "letters that could not be read; standard error names them",
        );
    }
}

/// The accepted findings, one a line, so that none passes silently.
fn waived(out: &mut String, color: bool, total: usize, waived: &[String]) {
    if total == 0 {
        return;
    }
    line(out, color, "Waived", total, "accepted findings, not counted above");
    for finding in waived {
        let _ = writeln!(out, "{:>17}  {finding}", "");
    }
    if total > waived.len() {
        let _ = writeln!(
            out,
            "{:>17}  ... and {} more; --format jsonl lists all",
            "",
            total - waived.len()
        );
    }
}

/// The findings across letters, counted apart: they are about no single letter.
fn across_letters(out: &mut String, color: bool, across: &Kinds) {
    let count = |severity: Severity| {
        let of = across.values().filter_map(|counts| counts.get(severity.name()));
        (severity.name(), of.sum::<usize>())
    };
    let severities = SEVERITIES.map(count);
    let total = severities.iter().map(|(_, count)| count).sum();
    line(out, color, "Across", total, &listed(&severities));
    kinds(out, across);
}

/// A line that says how many there are and names the first.
fn named(out: &mut String, what: &str, total: usize, names: &[String]) {
    let more = if total > names.len() { ", ..." } else { "" };
    let colon = if names.is_empty() { "" } else { ": " };
    let _ = writeln!(out, "{what}{colon}{}{more}", names.join(", "));
}

fn line(out: &mut String, color: bool, subject: &str, total: usize, details: &str) {
    let (bold, plain) = if color { ("\u{1b}[1m", "\u{1b}[0m") } else { ("", "") };
    let details = if details.is_empty() { String::new() } else { format!("  {details}") };
    let _ = writeln!(out, "{bold}{subject:<10}{plain}{total:>7}{details}");
}

/// One line a kind: those with the gravest findings first, then the most frequent.
fn kinds(out: &mut String, kinds: &Kinds) {
    if kinds.is_empty() {
        return;
    }
    let wide = kinds.keys().map(String::len).max().unwrap_or_default();
    let heads = SEVERITIES.map(|severity| format!("{:>9}", severity.name()));
    let _ = writeln!(out, "{:<10}  {:<wide$}{}", "", "", heads.concat());
    for (kind, counts) in worst_first(kinds) {
        let count = |severity: Severity| match counts.get(severity.name()) {
            Some(count) => format!("{count:>9}"),
            None => format!("{:>9}", "."),
        };
        let cells = SEVERITIES.map(count).concat();
        let _ = writeln!(out, "{:<10}  {kind:<wide$}{cells}", "");
    }
}

fn pairs<K: AsRef<str>>(counts: &BTreeMap<K, usize>) -> String {
    let counts: Vec<(&str, usize)> =
        counts.iter().map(|(name, count)| (name.as_ref(), *count)).collect();
    listed(&counts)
}

fn listed(counts: &[(&str, usize)]) -> String {
    let words: Vec<String> = counts.iter().map(|(name, count)| format!("{name} {count}")).collect();
    words.join(", ")
}
