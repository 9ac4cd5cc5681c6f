//! The statistics for people: tables as text or Markdown.

use super::BY;
use super::view::{GapView, RateView, ShareView, StatsView};
use crate::grid::Grid;

impl StatsView {
    /// Aligned tables with at most so many lines each.
    pub fn text(&self, lines: usize) -> String {
        let tables = self.tables(lines).iter().map(Grid::text).collect::<Vec<_>>();
        format!("{}\n\n{}", self.head(), tables.join("\n"))
    }

    /// Markdown tables with at most so many lines each.
    pub fn markdown(&self, lines: usize) -> String {
        let tables = self.tables(lines).iter().map(Grid::markdown).collect::<Vec<_>>();
        format!("# Statistics of a run\n\n{}\n\n{}", self.head(), tables.join("\n"))
    }

    fn head(&self) -> String {
        let verdicts = self.verdicts.iter().map(|(name, count)| format!("{name} {count}"));
        format!(
            "{} letters, {} decisions; verdicts: {}. Intervals are Wilson's, 95 %.",
            self.letters,
            self.all.decisions,
            verdicts.collect::<Vec<_>>().join(", ")
        )
    }

    fn tables(&self, lines: usize) -> Vec<Grid> {
        let mut tables = vec![Grid::of_kinds("Findings by kind and severity", &self.findings)];
        if !self.across.is_empty() {
            tables
                .push(Grid::of_kinds("Findings across letters by kind and severity", &self.across));
        }
        tables.push(gaps(&self.evidence_gaps, lines, self.followed.evidence_gaps));
        for by in BY {
            tables.extend(self.rates.get(by).map(|rates| self.rates(by, rates, lines)));
        }
        tables
    }

    fn rates(&self, by: &str, rates: &[RateView], lines: usize) -> Grid {
        let row = |rate: &RateView| {
            let [overturned, found, grave] =
                [rate.overturned, rate.with_finding, rate.critical_or_high].map(percent);
            // Of one outcome either all are overturned or none is.
            let overturned = if by == "outcome" { String::new() } else { overturned };
            vec![rate.value.clone(), rate.decisions.to_string(), overturned, found, grave]
        };
        // The latest months, the largest of everything else.
        let first = if by == "month" { rates.len().saturating_sub(lines) } else { 0 };
        let all = std::iter::once(row(&self.all));
        Grid {
            title: format!("Decisions by {}", by.replace('_', " ")),
            heads: vec!["", "decisions", "overturned", "with a finding", "critical or high"],
            rows: rates.iter().skip(first).take(lines).map(row).chain(all).collect(),
            note: left_out(rates.len(), lines, self.followed.rates),
        }
    }
}

fn gaps(gaps: &[GapView], lines: usize, followed: f64) -> Grid {
    let row = |gap: &GapView| {
        let name = format!("{}: {}", gap.item_class, gap.criterion);
        let shares = [gap.silent, gap.undocumented, gap.missing].map(percent);
        [vec![name, gap.missing.of.to_string()], shares.into()].concat()
    };
    let missing: Vec<&GapView> = gaps.iter().filter(|gap| gap.missing.count > 0).collect();
    Grid {
        title: "Evidence that a standard requires and the letter does not show".to_owned(),
        heads: vec!["", "required", "not mentioned", "not documented", "either"],
        rows: missing.iter().take(lines).map(|gap| row(gap)).collect(),
        note: left_out(missing.len(), lines, followed),
    }
}

/// "28, 19 % (14 to 27)".
fn percent(share: ShareView) -> String {
    let hundred = |share: f64| format!("{:.0}", share * 100.0);
    let [low, high] = share.interval.map(hundred);
    format!("{}, {} % ({low} to {high})", share.count, hundred(share.share))
}

fn left_out(all: usize, lines: usize, followed: f64) -> Option<String> {
    let more = all.saturating_sub(lines);
    let more = (more > 0).then(|| format!("{more} more lines are not shown (--lines)"));
    let sampled = (followed < 1.0)
        .then(|| format!("{:.0} % of the values were followed, chosen evenly", followed * 100.0));
    let notes: Vec<String> = more.into_iter().chain(sampled).collect();
    (!notes.is_empty()).then(|| notes.join("; "))
}
