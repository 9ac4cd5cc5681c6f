//! Small tables for people, as aligned text and as Markdown.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use imr_rules::finding::Severity;

use crate::markdown::plain;
use crate::snippet::printable;
use crate::summary::{Kinds, SEVERITIES, worst_first};

/// A table with a title. The first column is words; the others are numbers and stand at the right.
#[derive(Clone, Debug, Default)]
pub(crate) struct Grid {
    pub(crate) title: String,
    pub(crate) heads: Vec<&'static str>,
    pub(crate) rows: Vec<Vec<String>>,
    /// A line below the table, such as what was left out.
    pub(crate) note: Option<String>,
}

impl Grid {
    /// Findings by kind, the gravest first, with a column a severity.
    pub(crate) fn of_kinds(title: &str, kinds: &Kinds) -> Self {
        let row = |(kind, counts): (&str, &BTreeMap<&'static str, usize>)| {
            let count =
                |severity: Severity| counts.get(severity.name()).copied().unwrap_or_default();
            let counts = SEVERITIES.map(|severity| count(severity).to_string());
            [vec![kind.to_owned()], counts.into()].concat()
        };
        Self {
            title: title.to_owned(),
            heads: std::iter::once("").chain(SEVERITIES.map(Severity::name)).collect(),
            rows: worst_first(kinds).into_iter().map(row).collect(),
            note: None,
        }
    }

    /// Aligned columns.
    pub(crate) fn text(&self) -> String {
        let wide = |place: usize| {
            let cells =
                self.rows.iter().filter_map(|row| row.get(place)).map(|cell| cell.chars().count());
            let head = self.heads.get(place).map_or(0, |head| head.chars().count());
            cells.chain([head]).max().unwrap_or_default()
        };
        let widths: Vec<usize> = (0..self.heads.len()).map(wide).collect();
        let line = |cells: &mut dyn Iterator<Item = &str>| {
            let mut line = String::from(" ");
            for (place, (cell, wide)) in cells.zip(&widths).enumerate() {
                let cell = printable(cell);
                let gap = wide.saturating_sub(cell.chars().count());
                let (before, after) = if place == 0 { (0, gap) } else { (gap, 0) };
                let _ = write!(line, " {}{cell}{} ", " ".repeat(before), " ".repeat(after));
            }
            line.trim_end().to_owned() + "\n"
        };
        let mut out = format!("{}\n", self.title);
        out.push_str(&line(&mut self.heads.iter().copied()));
        for row in &self.rows {
            out.push_str(&line(&mut row.iter().map(String::as_str)));
        }
        if let Some(note) = &self.note {
            let _ = writeln!(out, "  {note}");
        }
        out
    }

    /// A Markdown table under a heading.
    pub(crate) fn markdown(&self) -> String {
        let mut out = format!("## {}\n\n", plain(&self.title));
        let _ = writeln!(out, "| {} |", self.heads.join(" | "));
        let rest = self.heads.len().saturating_sub(1);
        let _ = writeln!(out, "|---|{}", "---:|".repeat(rest));
        for row in &self.rows {
            let cells: Vec<String> = row.iter().map(|cell| plain(cell)).collect();
            let _ = writeln!(out, "| {} |", cells.join(" | "));
        }
        if let Some(note) = &self.note {
            let _ = writeln!(out, "\n{}", plain(note));
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::Grid;

    fn grid() -> Grid {
        let row = |cells: [&str; 2]| cells.map(str::to_owned).into();
        Grid {
            title: "Rates".to_owned(),
            heads: vec!["class", "decisions"],
            rows: vec![row(["opioid", "12"]), row(["a|b", "3"])],
            note: None,
        }
    }

    #[test]
    fn numbers_stand_below_each_other() {
        assert_eq!(
            grid().text(),
            "Rates\n  class   decisions\n  opioid         12\n  a|b             3\n"
        );
    }

    #[test]
    fn cells_stay_cells_in_markdown() {
        assert_eq!(
            grid().markdown(),
            "## Rates\n\n| class | decisions |\n|---|---:|\n| opioid | 12 |\n| a\\|b | 3 |\n"
        );
    }
}
