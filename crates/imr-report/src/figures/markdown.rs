//! Figures as Markdown tables: one column a part of the set, then criteria and finding kinds line by line.

use std::collections::BTreeMap;
use std::fmt::{self, Write as _};

use super::{Figures, Tally};

/// The fields in the order of a letter.
const FIELDS: [&str; 5] = ["heading", "outcome", "item_class", "request", "conclusion"];

impl Figures {
    /// Tables of a set and its parts, by name. `parts` may be empty.
    pub fn markdown(&self, parts: &BTreeMap<String, Self>) -> String {
        let mut text = String::new();
        // Writing to a string cannot fail.
        let _ = self.overview(parts, &mut text);
        let _ = lines("criterion", &self.by_criterion, &mut text);
        let _ = lines("finding kind", &self.by_finding, &mut text);
        text
    }

    fn overview(&self, parts: &BTreeMap<String, Self>, out: &mut String) -> fmt::Result {
        let columns: Vec<(&str, &Self)> = std::iter::once(("all", self))
            .chain(parts.iter().map(|(name, part)| (name.as_str(), part)))
            .collect();
        let names: Vec<&str> = columns.iter().map(|(name, _)| *name).collect();
        writeln!(out, "| | {} |", names.join(" | "))?;
        writeln!(out, "|---|{}", "---:|".repeat(columns.len()))?;
        let mut row = |name: &str, value: &dyn Fn(&Self) -> String| {
            let values: Vec<String> = columns.iter().map(|(_, figures)| value(figures)).collect();
            writeln!(out, "| {name} | {} |", values.join(" | "))
        };
        row("decisions found / labelled / extra", &|figures| {
            format!("{} / {} / {}", figures.found, figures.decisions, figures.extra_decisions)
        })?;
        for field in FIELDS {
            row(&format!("`{field}`, exact"), &|figures| {
                figures.accuracy.get(field).map_or("-".to_owned(), |share| digits(share.share()))
            })?;
        }
        row("criteria, precision", &|figures| digits(figures.criteria.precision()))?;
        row("criteria, recall", &|figures| digits(figures.criteria.recall()))?;
        row("**criteria, F1**", &|figures| digits(figures.criteria.f1()))?;
        row("criteria by id alone, F1", &|figures| digits(figures.criteria_detected.f1()))?;
        for status in self.by_status.keys() {
            row(&format!("criteria `{status}`, F1"), &|figures| {
                digits(figures.by_status.get(status).copied().unwrap_or_default().f1())
            })?;
        }
        row("criteria, mean F1 of the statuses", &|f| digits(f.criteria_macro_f1_by_status))?;
        row("findings, precision", &|figures| digits(figures.findings.precision()))?;
        row("findings, recall", &|figures| digits(figures.findings.recall()))?;
        row("findings, F1", &|figures| digits(figures.findings.f1()))
    }
}

fn lines(what: &str, tallies: &BTreeMap<String, Tally>, out: &mut String) -> fmt::Result {
    if tallies.is_empty() {
        return Ok(());
    }
    writeln!(out, "\n| {what} | precision | recall | F1 | right | wrong | missed |")?;
    writeln!(out, "|---|---:|---:|---:|---:|---:|---:|")?;
    for (name, tally) in tallies {
        let [precision, recall, f1] = [tally.precision(), tally.recall(), tally.f1()].map(digits);
        let Tally { right, wrong, missed } = tally;
        writeln!(
            out,
            "| `{name}` | {precision} | {recall} | {f1} | {right} | {wrong} | {missed} |"
        )?;
    }
    Ok(())
}

fn digits(value: f64) -> String {
    format!("{value:.4}")
}
