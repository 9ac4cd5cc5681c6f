//! A comparison for people: the counts, then the letters with the gravest changes.

use std::fmt::Write as _;

use super::Diff;
use super::compare::{CriterionChange, DecisionDiff, FindingView, LetterDiff, VerdictChange};
use crate::grid::Grid;
use crate::markdown::plain;
use crate::run::Finding;
use crate::snippet::printable;
use crate::summary::Kinds;

/// How a change is written.
struct Style {
    /// What stands before a letter.
    letter: &'static str,
    /// What stands before a decision.
    decision: &'static str,
    /// What stands before a change.
    change: &'static str,
    /// How words of a letter are made harmless.
    words: fn(&str) -> String,
}

const TEXT: Style = Style { letter: "", decision: "  ", change: "    ", words: printable };
const MARKDOWN: Style = Style { letter: "### ", decision: "- ", change: "  - ", words: plain };

impl Diff {
    /// As aligned text.
    pub fn text(&self) -> String {
        let tables = self.tables().iter().map(Grid::text).collect::<Vec<_>>();
        format!("{}\n{}{}", self.head(), tables.join("\n"), self.changes(&TEXT))
    }

    /// As Markdown.
    pub fn markdown(&self) -> String {
        let tables = self.tables().iter().map(Grid::markdown).collect::<Vec<_>>();
        format!(
            "# Two runs compared\n\n{}\n{}{}",
            self.head(),
            tables.join("\n"),
            self.changes(&MARKDOWN)
        )
    }

    fn head(&self) -> String {
        let (letters, decisions) = (self.letters, self.decisions);
        let (new, gone) = (total(&self.new_findings), total(&self.gone_findings));
        format!(
            "{} letters in both runs, {} changed; only in the first {}, only in the second {}.\n{} decisions in both, {} \
             changed; only in the first {}, only in the second {}.\nFindings: {new} new, {gone} gone.\n",
            letters.both,
            letters.changed,
            letters.only_first,
            letters.only_second,
            decisions.both,
            decisions.changed,
            decisions.only_first,
            decisions.only_second
        )
    }

    fn tables(&self) -> Vec<Grid> {
        let mut tables = Vec::new();
        for (title, kinds) in
            [("New findings", &self.new_findings), ("Gone findings", &self.gone_findings)]
        {
            if !kinds.is_empty() {
                tables.push(Grid::of_kinds(title, kinds));
            }
        }
        let counts = [
            ("Outcomes", &self.outcomes),
            ("Criteria", &self.criteria),
            ("Verdicts, by rule", &self.verdicts),
        ];
        for (title, counts) in counts {
            if counts.is_empty() {
                continue;
            }
            let mut rows: Vec<_> = counts.iter().collect();
            rows.sort_by(|a, b| b.1.cmp(a.1).then_with(|| a.0.cmp(b.0)));
            tables.push(Grid {
                title: title.to_owned(),
                heads: vec!["", "changes"],
                rows: rows
                    .into_iter()
                    .map(|(name, count)| vec![name.clone(), count.to_string()])
                    .collect(),
                note: None,
            });
        }
        tables
    }

    fn changes(&self, style: &Style) -> String {
        let mut out = String::new();
        for letter in self.kept.values() {
            written(&mut out, letter, style);
        }
        let all = self.letters.changed + self.letters.only_first + self.letters.only_second;
        let left = all - self.kept.len();
        if left > 0 {
            let _ = writeln!(
                out,
                "\n{left} more letters with changes are not shown (--show, --format json)"
            );
        }
        for (what, findings) in [("new", &self.across.new), ("gone", &self.across.gone)] {
            for finding in findings.iter().take(self.shown) {
                let _ = writeln!(
                    out,
                    "\n{}across letters, {what}: {}",
                    style.letter,
                    one(finding, style)
                );
            }
        }
        out
    }
}

fn written(out: &mut String, letter: &LetterDiff, style: &Style) {
    let name = (style.words)(&letter.source);
    let number = letter.case_number.as_ref().map(|number| format!(" ({})", (style.words)(number)));
    let only = letter.only.map(|run| format!(", only in the {run} run"));
    let _ = writeln!(
        out,
        "\n{}{name}{}{}\n",
        style.letter,
        number.unwrap_or_default(),
        only.unwrap_or_default()
    );
    for decision in &letter.decisions {
        decided(out, decision, style);
    }
    if !(letter.verdicts.is_empty() && letter.new.is_empty() && letter.gone.is_empty()) {
        let _ = writeln!(out, "{}the whole letter", style.decision);
        verdicts(out, &letter.verdicts, style);
        findings(out, &letter.new, "new", style);
        findings(out, &letter.gone, "gone", style);
    }
}

fn decided(out: &mut String, decision: &DecisionDiff, style: &Style) {
    let only = decision.only.map(|run| format!(", only in the {run} run")).unwrap_or_default();
    let heading = (style.words)(&decision.heading);
    let _ = writeln!(out, "{}decision {}: {heading}{only}", style.decision, decision.n);
    for (what, change) in [("outcome", &decision.outcome), ("item class", &decision.item_class)] {
        if let Some(change) = change {
            let _ = writeln!(out, "{}{what}: {}", style.change, (style.words)(&change.arrow()));
        }
    }
    for CriterionChange { criterion, r#in: part, change } in &decision.criteria {
        let (criterion, change) = ((style.words)(criterion), (style.words)(&change.arrow()));
        let _ = writeln!(out, "{}{criterion} in the {part}: {change}", style.change);
    }
    verdicts(out, &decision.verdicts, style);
    findings(out, &decision.new, "new", style);
    findings(out, &decision.gone, "gone", style);
}

fn verdicts(out: &mut String, verdicts: &[VerdictChange], style: &Style) {
    for VerdictChange { rule, change } in verdicts {
        let (rule, change) = ((style.words)(rule), (style.words)(&change.arrow()));
        let _ = writeln!(out, "{}rule {rule}: {change}", style.change);
    }
}

fn findings(out: &mut String, findings: &[FindingView], what: &str, style: &Style) {
    for FindingView(finding) in findings {
        let _ = writeln!(out, "{}{what}: {}", style.change, one(finding, style));
    }
}

/// "critical: `approved_without_support` [opioid.continuation] approved, but ...".
fn one(finding: &Finding, style: &Style) -> String {
    let finding = format!(
        "{}: {} [{}] {}",
        finding.severity().name(),
        finding.kind,
        finding.rule,
        finding.message
    );
    (style.words)(&finding)
}

fn total(kinds: &Kinds) -> usize {
    kinds.values().flat_map(|counts| counts.values()).sum()
}
