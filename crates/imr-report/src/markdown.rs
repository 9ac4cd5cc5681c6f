//! Markdown: the counts and the gravest findings, for a pull request, a ticket or a step summary.
//!
//! Words of a letter are quoted text, so every mark that Markdown or HTML would take for its own is escaped.

use std::fmt::Write as _;
use std::io::{self, Write};

use imr_rules::correlate::{BatchAudit, BatchFinding};
use imr_rules::finding::{Finding, Severity};

use crate::compared::Compared;
use crate::gravest::Gravest;
use crate::handbook::Handbook;
use crate::lines::Lines;
use crate::names;
use crate::renderer::{Audited, Part, Renderer};
use crate::row::{Row, rows};
use crate::summary::{Kinds, SEVERITIES, Summary, VERDICTS, worst_first};
use crate::text::cited;
use crate::unreadable::Unreadable;

/// Characters of a quotation that are shown.
const QUOTED: usize = 200;

/// Writes tables of counts, then the gravest findings.
#[derive(Debug)]
pub struct Markdown {
    handbook: Handbook,
    shown: usize,
    summary: Summary,
    gravest: Gravest,
    across: Vec<BatchFinding>,
    compared: Option<String>,
    unreadable: Unreadable,
}

impl Markdown {
    /// A report that shows so many findings and names their kinds from this handbook.
    pub fn new(handbook: Handbook, shown: usize) -> Self {
        Self {
            handbook,
            shown,
            summary: Summary::default(),
            gravest: Gravest::new(shown),
            across: Vec::new(),
            compared: None,
            unreadable: Unreadable::default(),
        }
    }

    fn head(&self) -> String {
        let summary = &self.summary;
        let mut out = format!("# imr-audit\n\n{}\n\n", summary.in_words());
        if let Some(compared) = &self.compared {
            let _ = writeln!(out, "{}\n", plain(compared));
        }
        if self.unreadable.count > 0 {
            let _ = writeln!(out, "{} letters could not be read:\n", self.unreadable.count);
            for message in &self.unreadable.first {
                let _ = writeln!(out, "- {}", plain(message));
            }
            out.push('\n');
        }
        out.push_str("| verdicts | |\n|---|---:|\n");
        for verdict in VERDICTS {
            let count = summary.verdicts.get(verdict.name()).copied().unwrap_or_default();
            let _ = writeln!(out, "| {} | {count} |", words(verdict.name()));
        }
        out.push_str("\n| decisions | |\n|---|---:|\n");
        for (outcome, count) in &summary.outcomes {
            let _ = writeln!(out, "| {outcome} | {count} |");
        }
        let _ = writeln!(out, "| no standard applies | {} |", summary.without_standard);
        self.kinds(&mut out, "finding kind", &summary.kinds);
        if let Some(across) = &summary.across {
            self.kinds(&mut out, "finding kind, across letters", across);
        }
        out
    }

    fn kinds(&self, out: &mut String, what: &str, kinds: &Kinds) {
        if kinds.is_empty() {
            return;
        }
        let heads = SEVERITIES.map(Severity::name).join(" | ");
        let _ = writeln!(out, "\n| {what} | {heads} |\n|---|{}", "---:|".repeat(SEVERITIES.len()));
        for (kind, counts) in worst_first(kinds) {
            let count = |severity: Severity| {
                counts.get(severity.name()).map(usize::to_string).unwrap_or_default()
            };
            let title = plain(self.handbook.kind_title(kind));
            let _ = writeln!(out, "| {title} (`{kind}`) | {} |", SEVERITIES.map(count).join(" | "));
        }
    }

    fn finding(&self, out: &mut String, audited: &Audited, finding: &Finding) {
        let Some(row) = rows(audited).find(|row| std::ptr::eq(row.finding, finding)) else {
            return;
        };
        let title = plain(self.handbook.kind_title(&finding.kind));
        let _ = writeln!(out, "\n### {}: {title}\n", finding.severity.name());
        let _ = writeln!(out, "{}\n", place(row));
        let _ = writeln!(out, "{}\n", plain(&finding.message));
        for words in row.words(&Lines::of(&audited.letter.text)) {
            let quote = plain(&cut(words.text));
            let _ =
                writeln!(out, "> {quote}  \n> *line {}: {}*\n", words.from.line, plain(words.note));
        }
        if let Some(help) = &finding.counterfactual {
            let _ = writeln!(out, "- {}", plain(help));
        }
        if let Some(cite) = &finding.cite {
            let _ = writeln!(out, "- guideline: {}", plain(&cited(cite)));
        }
        let _ = writeln!(out, "- rule `{}`, fingerprint `{}`", finding.rule, finding.fingerprint);
    }

    fn across(&self, out: &mut String) {
        for finding in &self.across {
            let title = plain(self.handbook.kind_title(&finding.kind));
            let _ = writeln!(out, "\n### {}: {title}\n", finding.severity.name());
            let _ = writeln!(out, "{}\n", plain(&finding.message));
            for shown in &finding.decisions {
                let (place, outcome) = (&shown.place, names::outcome(shown.outcome));
                let heading = plain(&place.heading);
                let _ = writeln!(
                    out,
                    "- {outcome}: {}, decision {}: {heading}",
                    plain(&place.source),
                    place.number
                );
                for (quote, note) in &shown.labels {
                    let (quoted, note) = (plain(&cut(&quote.text)), plain(note));
                    let _ = writeln!(out, "  - \"{quoted}\" (line {}: {note})", quote.line);
                }
            }
            let _ =
                writeln!(out, "- rule `{}`, fingerprint `{}`", finding.rule, finding.fingerprint);
        }
    }

    /// How many findings of `total` are not shown.
    fn left(&self, total: usize, what: &str) -> String {
        let left = total.saturating_sub(self.shown);
        if left == 0 {
            return String::new();
        }
        format!("\n{left} more {what} are not shown, none graver (`--show`, `--severity`).\n")
    }
}

impl Renderer for Markdown {
    fn part(&self, audited: Audited) -> Part {
        audited.into()
    }

    fn letter(&mut self, part: Part, _: &mut dyn Write) -> io::Result<()> {
        let Some(audited) = part.letter else { return Ok(()) };
        self.summary.add(&audited);
        self.gravest.add(*audited);
        Ok(())
    }

    fn unreadable(&mut self, message: &str, _: &mut dyn Write) -> io::Result<()> {
        self.unreadable.add(message);
        Ok(())
    }

    fn batch(&mut self, batch: &BatchAudit, _: &mut dyn Write) -> io::Result<()> {
        self.summary.add_batch(batch);
        self.across = batch.findings.iter().take(self.shown).cloned().collect();
        Ok(())
    }

    fn compared(&mut self, compared: &Compared, _: &mut dyn Write) -> io::Result<()> {
        self.compared = Some(compared.counts());
        Ok(())
    }

    fn end(&mut self, out: &mut dyn Write) -> io::Result<()> {
        let mut text = self.head();
        if self.gravest.len() > 0 {
            text.push_str("\n## The gravest findings\n");
        }
        for (_, audited, finding) in self.gravest.findings() {
            self.finding(&mut text, audited, finding);
        }
        if self.shown > 0 {
            text.push_str(&self.left(self.summary.findings, "findings"));
        }
        if !self.across.is_empty() {
            text.push_str("\n## Across letters\n");
            self.across(&mut text);
            let all = self.summary.across.iter().flatten().flat_map(|(_, counts)| counts.values());
            text.push_str(&self.left(all.sum(), "findings across letters"));
        }
        out.write_all(text.as_bytes())
    }
}

/// "**CM13-0000001** (letters/a.txt), decision 1: Norco (upheld)".
fn place(row: Row<'_>) -> String {
    let name = plain(&row.audited.letter.name);
    let letter = match row.case_number() {
        Some(number) => format!("**{}** ({name})", plain(number)),
        None => format!("**{name}**"),
    };
    let about = row.about().map(|about| format!(", {}", plain(&about))).unwrap_or_default();
    format!("{letter}{about}")
}

/// An id as words.
fn words(id: &str) -> String {
    id.replace('_', " ")
}

fn cut(text: &str) -> String {
    let mut shown: String = text.chars().take(QUOTED).collect();
    if shown.len() < text.len() {
        shown.push_str(" ...");
    }
    shown
}

/// The text as text: on one line, with every mark escaped that Markdown, or GitHub's reading of it, gives a meaning. Marks
/// that mean something at the start of a line only are escaped there only, so that case numbers stay readable.
pub(crate) fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        let first = out.is_empty();
        if !first {
            out.push(' ');
        }
        if first && word.starts_with(['-', '+', '#', '=', '~']) {
            out.push('\\');
        }
        let links = word.contains("://") || word.to_ascii_lowercase().contains("www.");
        for c in word.chars() {
            match c {
                '&' => out.push_str("&amp;"),
                '<' => out.push_str("&lt;"),
                '>' => out.push_str("&gt;"),
                '\\' | '`' | '*' | '_' | '[' | ']' | '!' | '|' | '~' | '@' | '$' => {
                    out.extend(['\\', c]);
                }
                ':' | '.' if links => out.extend(['\\', c]),
                c if c.is_control() => out.push('\u{fffd}'),
                c => out.push(c),
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn no_mark_keeps_its_meaning() {
        assert_eq!(plain("# a |\n <b> [x](y) *z*"), "\\# a \\| &lt;b&gt; \\[x\\](y) \\*z\\*");
        assert_eq!(plain("![i](http://x) @team"), "\\!\\[i\\](http\\://x) \\@team");
        assert_eq!(plain("see www.x.org"), "see www\\.x\\.org");
    }

    #[test]
    fn case_numbers_stay_readable() {
        assert_eq!(
            plain("CM13-0000001 (letters/a.txt): Norco 10/325mg #90"),
            "CM13-0000001 (letters/a.txt): Norco 10/325mg #90"
        );
    }
}
