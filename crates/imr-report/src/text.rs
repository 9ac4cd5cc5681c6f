//! The report for people: the counts, then the gravest findings with the letter's words underlined.
//!
//! A batch can hold thousands of findings, and nobody reads thousands of excerpts: only the gravest are kept and
//! drawn, at most [`Appearance::shown`] of them, and the report says how many it left out. The counts come first, because
//! they are what a reader of a long report needs to place what follows; the last line repeats the number of findings for
//! whoever sees the end of it on a terminal.

mod across;
mod counts;
#[cfg(test)]
mod tests;
mod worst;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{self, Write};

use imr_letter::Slice;
use imr_rules::correlate::BatchAudit;
use imr_rules::finding::{Cite, Finding, RuleSpan, Severity};
use miette::{GraphicalReportHandler, GraphicalTheme};

use crate::compared::Compared;
use crate::gravest::Gravest;
use crate::names;
use crate::renderer::{Audited, Part, Renderer};
use crate::snippet::{Excerpt, Source, printable};
use crate::summary::Summary;
use crate::unreadable::Unreadable;
use worst::WorstLetters;

/// How the report looks.
#[derive(Clone, Copy, Debug)]
pub struct Appearance {
    /// Whether to use colours.
    pub color: bool,
    /// Columns to wrap at.
    pub width: usize,
    /// Findings drawn at most.
    pub shown: usize,
}

/// The texts of the rule files by name, as [`imr_rules::finding::RuleSpan`] names them.
pub type RuleTexts = BTreeMap<String, String>;

/// The same texts, ready to be quoted.
pub(crate) type RuleSources = BTreeMap<String, Source>;

/// The rule files as sources.
pub(crate) fn sources(rules: &RuleTexts) -> RuleSources {
    rules.iter().map(|(name, text)| (name.clone(), Source::new(name, text))).collect()
}

/// The text report.
#[derive(Debug)]
pub struct Text {
    appearance: Appearance,
    rules: RuleSources,
    summary: Summary,
    gravest: Gravest,
    worst: WorstLetters,
    unreadable: Unreadable,
    unread: Vec<String>,
    without_standard: Vec<String>,
    waived: Vec<String>,
    batch: Option<BatchAudit>,
    compared: Option<Compared>,
}

/// Names of letters without decisions that are listed.
const UNREAD_SHOWN: usize = 5;
/// Decisions without a standard that are listed.
const WITHOUT_STANDARD_SHOWN: usize = 20;
/// Accepted findings that are listed.
const WAIVED_SHOWN: usize = 20;

impl Text {
    /// A report that quotes rules from these texts.
    pub fn new(appearance: Appearance, rules: &RuleTexts) -> Self {
        Self {
            appearance,
            rules: sources(rules),
            summary: Summary::default(),
            gravest: Gravest::new(appearance.shown),
            worst: WorstLetters::default(),
            unreadable: Unreadable::default(),
            unread: Vec::new(),
            without_standard: Vec::new(),
            waived: Vec::new(),
            batch: None,
            compared: None,
        }
    }

    fn findings(&self) -> String {
        let mut drawn = String::new();
        let mut source: Option<(usize, Source)> = None;
        for (letter, audited, finding) in self.gravest.findings() {
            if source.as_ref().is_none_or(|(known, _)| *known != letter) {
                source = Some((letter, Source::new(&audited.letter.name, &audited.letter.text)));
            }
            if let Some((_, source)) = &source {
                drawn.push_str(&draw(audited, finding, source, &self.rules, self.appearance));
                drawn.push('\n');
            }
        }
        let left = self.summary.findings - self.gravest.len();
        if left > 0 && self.appearance.shown > 0 {
            let _ = writeln!(
                drawn,
                "... and {left} more findings, none graver; see --show, --severity, --rule or --format jsonl\n"
            );
        }
        drawn
    }
}

impl Renderer for Text {
    fn part(&self, audited: Audited) -> Part {
        audited.into()
    }

    fn letter(&mut self, part: Part, _: &mut dyn Write) -> io::Result<()> {
        let Some(audited) = part.letter else { return Ok(()) };
        self.summary.add(&audited);
        if audited.document.decisions.is_empty() && self.unread.len() < UNREAD_SHOWN {
            self.unread.push(audited.letter.name.clone());
        }
        let room = WITHOUT_STANDARD_SHOWN.saturating_sub(self.without_standard.len());
        let name = |number| format!("{} decision {number}", audited.letter.name);
        self.without_standard.extend(audited.without_standard().take(room).map(name));
        let room = WAIVED_SHOWN.saturating_sub(self.waived.len());
        let accepted = audited.waived().take(room);
        self.waived.extend(accepted.filter_map(|finding| accepted_line(&audited, finding)));
        self.worst.add(&audited);
        self.gravest.add(*audited);
        Ok(())
    }

    fn unreadable(&mut self, message: &str, _: &mut dyn Write) -> io::Result<()> {
        self.unreadable.add(message);
        Ok(())
    }

    fn batch(&mut self, batch: &BatchAudit, _: &mut dyn Write) -> io::Result<()> {
        self.summary.add_batch(batch);
        let room = WAIVED_SHOWN.saturating_sub(self.waived.len());
        self.waived.extend(batch.waived.iter().take(room).filter_map(across::accepted_line));
        self.batch = Some(batch.clone());
        Ok(())
    }

    fn compared(&mut self, compared: &Compared, _: &mut dyn Write) -> io::Result<()> {
        self.compared = Some(compared.clone());
        Ok(())
    }

    fn end(&mut self, out: &mut dyn Write) -> io::Result<()> {
        let lists = counts::Lists {
            unreadable: &self.unreadable,
            unread: &self.unread,
            without_standard: &self.without_standard,
            waived: &self.waived,
        };
        out.write_all(counts::write(&self.summary, lists, self.appearance.color).as_bytes())?;
        if let Some(compared) = &self.compared {
            out.write_all(fixed(compared).as_bytes())?;
        }
        let rates = self.batch.as_ref().map(across::rates).unwrap_or_default();
        out.write_all(rates.as_bytes())?;
        if self.appearance.shown == 0 {
            return Ok(());
        }
        out.write_all(self.worst.written(self.appearance.color).as_bytes())?;
        out.write_all(b"\n")?;
        out.write_all(self.findings().as_bytes())?;
        if let Some(batch) = &self.batch {
            out.write_all(across::findings(batch, &self.rules, self.appearance).as_bytes())?;
        }
        writeln!(out, "{}", self.summary.in_words())
    }
}

/// Findings that are gone and listed.
const FIXED_SHOWN: usize = 20;

/// How the run differs from an earlier one: the counts, then what is gone.
fn fixed(compared: &Compared) -> String {
    let mut out = format!("{}\n", compared.counts());
    for gone in compared.gone.iter().take(FIXED_SHOWN) {
        let place = if gone.source.is_empty() { "across letters" } else { gone.source.as_str() };
        let decision =
            gone.decision.map(|number| format!(", decision {number}")).unwrap_or_default();
        let line =
            format!("fixed: {} [{}] {place}{decision}: {}", gone.kind, gone.rule, gone.message);
        let _ = writeln!(out, "{:>17}  {}", "", one_line(&line));
    }
    let left = compared.fixed.saturating_sub(compared.gone.len().min(FIXED_SHOWN) as u64);
    if left > 0 {
        let _ = writeln!(out, "{:>17}  ... and {left} more; --format jsonl lists them", "");
    }
    out
}

/// A text without what would steer a terminal or break its line.
fn one_line(text: &str) -> String {
    printable(text).replace(['\n', '\r'], " ")
}

/// An accepted finding on one line: which, by whom, why, until when.
fn accepted_line(audited: &Audited, finding: &Finding) -> Option<String> {
    let waived = finding.waived.as_ref()?;
    let decision =
        finding.decision.map(|number| format!(", decision {number}")).unwrap_or_default();
    let line = format!(
        "{} [{}] {}{decision}: {} ({}, until {})",
        finding.kind,
        finding.rule,
        audited.letter.name,
        waived.reason,
        waived.approver,
        waived.expires
    );
    Some(one_line(&line))
}

/// One finding with the letter's words and the rule's lines.
pub(crate) fn draw(
    audited: &Audited,
    finding: &Finding,
    source: &Source,
    rules: &RuleSources,
    appearance: Appearance,
) -> String {
    let labels = notes(finding).into_iter().flat_map(|(slice, note)| {
        let span = audited.document.span(slice);
        source.labels(span.start, span.end, &note)
    });
    let excerpt = Excerpt {
        code: Some(title(audited, finding)),
        message: finding.message.clone(),
        severity: colour(finding.severity),
        help: help(finding),
        source: Some(source),
        labels: labels.collect(),
        beside: finding.rule_span.iter().filter_map(|span| rule(span, rules)).collect(),
    };
    let mut drawn = String::new();
    match handler(appearance).render_report(&mut drawn, &excerpt) {
        Ok(()) => drawn,
        Err(_) => format!("{}\n\n  {}\n", title(audited, finding), finding.message),
    }
}

/// The notes of a finding by the words that they are about: notes about the same words share one label.
fn notes(finding: &Finding) -> BTreeMap<Slice, String> {
    let mut notes: BTreeMap<Slice, String> = BTreeMap::new();
    for label in &finding.labels {
        let note = notes.entry(label.slice).or_default();
        if !note.is_empty() {
            note.push_str("; ");
        }
        note.push_str(&label.note);
    }
    notes
}

/// What draws excerpts.
pub(crate) fn handler(appearance: Appearance) -> GraphicalReportHandler {
    let theme = if appearance.color {
        GraphicalTheme::unicode()
    } else {
        GraphicalTheme::unicode_nocolor()
    };
    GraphicalReportHandler::new_themed(theme)
        .with_links(false)
        .with_width(appearance.width)
        .with_primary_span_start()
        .with_show_related_as_nested(true)
}

/// "critical: `approved_without_support` [opioid.continuation] CM17-0000001, decision 1: Norco #90 (overturned)".
fn title(audited: &Audited, finding: &Finding) -> String {
    let header = &audited.document.header;
    let letter =
        header.case_number.as_ref().map_or(audited.letter.name.as_str(), |number| &number.value);
    let mut title =
        format!("{}: {} [{}] {letter}", finding.severity.name(), finding.kind, finding.rule);
    let decision = finding
        .decision
        .and_then(|n| Some((n, audited.document.decisions.get(n.checked_sub(1)?)?)));
    if let Some((n, decision)) = decision {
        let _ = write!(
            title,
            ", decision {n}: {} ({})",
            decision.heading.value,
            names::outcome(decision.outcome)
        );
    }
    printable(&title)
}

fn colour(severity: Severity) -> miette::Severity {
    match severity {
        Severity::Critical | Severity::High => miette::Severity::Error,
        Severity::Medium => miette::Severity::Warning,
        Severity::Low | Severity::Info => miette::Severity::Advice,
    }
}

fn help(finding: &Finding) -> Option<String> {
    let guideline = finding.cite.as_ref().map(|cite| format!("guideline: {}", cited(cite)));
    let lines: Vec<String> = finding.counterfactual.iter().cloned().chain(guideline).collect();
    (!lines.is_empty()).then(|| lines.join("\n"))
}

/// "mtus-chronic-pain-2009, opioids, page 78 (from memory, not compared with the official text)".
pub(crate) fn cited(cite: &Cite) -> String {
    let section = cite.section.iter().cloned();
    let several = |pages: &str| pages.contains([',', '-', ';']);
    let pages = cite.pages.iter();
    let pages =
        pages.map(|pages| format!("{} {pages}", if several(pages) { "pages" } else { "page" }));
    let parts: Vec<String> =
        std::iter::once(cite.guideline.clone()).chain(section).chain(pages).collect();
    let doubt = if cite.verified { "" } else { " (not compared with the official text)" };
    format!("{}{doubt}", parts.join(", "))
}

/// The rule's lines, when its file is at hand.
fn rule<'a>(span: &RuleSpan, rules: &'a RuleSources) -> Option<Excerpt<'a>> {
    let source = rules.get(&span.file)?;
    Some(Excerpt {
        code: None,
        message: "the rule".to_owned(),
        severity: miette::Severity::Advice,
        help: None,
        source: Some(source),
        labels: source.labels(span.start, span.end, "raised here"),
        beside: Vec::new(),
    })
}
