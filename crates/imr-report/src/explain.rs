//! One letter with the proof behind every verdict: what was read, what it counts for, and what follows.
//!
//! The order is the order of the argument: the item, the evidence criterion by criterion with its quoted words, the
//! rules with what they require, the findings drawn as in the text report. Rules that do not apply are counted only.

use std::fmt::Write as _;

use imr_letter::document::{CitationLine, Decision};
use imr_rules::Rulebook;
use imr_rules::audit::DecisionAudit;
use imr_rules::criterion::{CriterionId, CriterionReading, CriterionStatus, Part};
use imr_rules::finding::Finding;
use imr_rules::verdict::{RuleVerdict, Verdict};

use crate::head_facts;
use crate::names;
use crate::renderer::Audited;
use crate::snippet::{Source, printable};
use crate::text::{Appearance, RuleSources, RuleTexts, draw, sources};
use crate::trace::{Clauses, trace};

/// Bytes of a quotation that are shown.
const QUOTED: usize = 300;

/// What of the letter to explain.
#[derive(Clone, Debug, Default)]
pub struct Choice {
    /// Only this decision, from 1.
    pub decision: Option<usize>,
    /// Only these rules; all when empty.
    pub rules: Vec<String>,
}

/// The explanation of one letter, as text.
pub fn explain(
    audited: &Audited,
    choice: &Choice,
    appearance: Appearance,
    rulebook: &Rulebook,
    rules: &RuleTexts,
) -> String {
    let source = Source::new(&audited.letter.name, &audited.letter.text);
    let rules = sources(rules);
    let writer = Writer { audited, choice, appearance, source, rules };
    let mut out = writer.letter();
    for (index, decision) in audited.document.decisions.iter().enumerate() {
        if choice.decision.is_none_or(|chosen| chosen == index + 1) {
            writer.decision(&mut out, index, decision, rulebook);
        }
    }
    if choice.decision.is_none() {
        let audit = &audited.audit;
        if !(audit.verdicts.is_empty()
            && audit.findings.is_empty()
            && audited.document.problems.is_empty())
        {
            out.push_str("\nThe whole letter\n");
        }
        writer.verdicts(&mut out, &audited.audit.verdicts);
        writer.findings(&mut out, "  findings", &audited.audit.findings);
        writer.problems(&mut out);
    }
    out
}

/// What was read for the first decision: the criteria with their words, and nothing else of the letter.
pub fn readings(audited: &Audited, appearance: Appearance) -> String {
    let source = Source::new(&audited.letter.name, &audited.letter.text);
    let choice = Choice::default();
    let writer = Writer { audited, choice: &choice, appearance, source, rules: RuleSources::new() };
    let mut out = String::new();
    for (decision, audit) in audited.document.decisions.iter().zip(&audited.audit.decisions).take(1)
    {
        conclusion(&mut out, audited, decision);
        fact(&mut out, "request", std::iter::once(audit.request.name().to_owned()));
        writer.criteria(&mut out, &audit.criteria);
    }
    out
}

struct Writer<'a> {
    audited: &'a Audited,
    choice: &'a Choice,
    appearance: Appearance,
    source: Source,
    rules: RuleSources,
}

impl Writer<'_> {
    fn letter(&self) -> String {
        let (document, mut out) = (&self.audited.document, String::new());
        let header = &document.header;
        let number =
            header.case_number.as_ref().map_or("without a case number", |number| &number.value);
        let format = document.recognition.format.unwrap_or("in no known format");
        let _ = writeln!(
            out,
            "{}",
            self.strong(&format!("{number}  {format}  {}", self.audited.letter.name))
        );
        let reviewer = &document.reviewer;
        let licensure = reviewer.licensure.iter().map(|state| state.value.clone());
        fact(&mut out, "dates", head_facts::dates(document));
        fact(&mut out, "patient", head_facts::patient(document));
        fact(&mut out, "reviewer", reviewer.specialties.iter().map(|name| name.value.clone()));
        fact(&mut out, "licensed in", licensure);
        out
    }

    fn decision(&self, out: &mut String, index: usize, decision: &Decision, rulebook: &Rulebook) {
        let outcome = names::outcome(decision.outcome);
        let title = format!("Decision {}  {}: {outcome}", index + 1, decision.heading.value);
        let _ = writeln!(out, "\n{}", self.strong(&title));
        let silent = DecisionAudit::default();
        let audit = self.audited.audit.decisions.get(index).unwrap_or(&silent);
        item(out, decision, audit);
        fact(out, "claims administrator cites", cited(&decision.claims_administrator));
        fact(out, "reviewer cites", cited(&decision.reviewer));
        conclusion(out, self.audited, decision);
        self.criteria(out, &audit.criteria);
        self.reading(out, index, rulebook);
        self.verdicts(out, &audit.verdicts);
        self.findings(out, "  findings", &audit.findings);
    }

    fn criteria(&self, out: &mut String, readings: &[CriterionReading]) {
        if readings.is_empty() {
            out.push_str("  criteria: the letter says nothing about any of them\n");
            return;
        }
        out.push_str("  criteria (all others: silent)\n");
        for reading in readings {
            let name = self.audited.criterion(reading.criterion);
            let (rationale, summary) = (reading.rationale.name(), reading.summary.name());
            let _ = writeln!(out, "    {name}: rationale {rationale}, case summary {summary}");
            for ground in &reading.grounds {
                let start = self.audited.document.span(ground.slice).start;
                let cue = ground.cue.map(|cue| format!(", cue {}", quote(self.audited.words(cue))));
                let _ = writeln!(
                    out,
                    "      {} {} ({}, line {}{})",
                    ground.status.name(),
                    quote(self.audited.words(ground.slice)),
                    names::part(ground.part),
                    self.source.line(start) + 1,
                    cue.unwrap_or_default()
                );
            }
        }
    }

    /// The clauses behind the criteria, with their votes, cues and weights.
    fn reading(&self, out: &mut String, index: usize, rulebook: &Rulebook) {
        let read =
            |part| trace(&self.audited.document, index, part, rulebook, Clauses::Deciding, None);
        let clauses = read(Part::Rationale) + &read(Part::Summary);
        if !clauses.is_empty() {
            out.push_str("  how it was read\n");
            out.push_str(&clauses);
        }
    }

    fn verdicts(&self, out: &mut String, verdicts: &[RuleVerdict]) {
        let chosen = |verdict: &&RuleVerdict| self.chosen(&verdict.rule);
        let (idle, live): (Vec<_>, Vec<_>) = verdicts.iter().filter(chosen).partition(|verdict| {
            verdict.verdict == Verdict::NotApplicable && self.choice.rules.is_empty()
        });
        if !live.is_empty() {
            out.push_str("  rules\n");
        }
        for verdict in live {
            let _ = writeln!(out, "    {}: {}", verdict.rule, verdict.verdict.name());
            for (name, status) in &verdict.requirements {
                let _ = writeln!(out, "      requires {name}: {}", status.name());
            }
            let spoken =
                |(_, status): &&(CriterionId, CriterionStatus)| *status != CriterionStatus::Silent;
            let criteria = verdict.criteria.iter().filter(spoken);
            let criteria = criteria
                .map(|(id, status)| format!("{} {}", self.audited.criterion(*id), status.name()));
            let criteria: Vec<String> = criteria.collect();
            if !criteria.is_empty() {
                let _ = writeln!(out, "      found {}", criteria.join(", "));
            }
            for reason in verdict.reasons.iter() {
                let _ = writeln!(out, "      - {reason}");
            }
        }
        if !idle.is_empty() {
            let _ = writeln!(out, "  rules that do not apply: {}", idle.len());
        }
    }

    fn findings(&self, out: &mut String, title: &str, findings: &[Finding]) {
        let chosen: Vec<&Finding> =
            findings.iter().filter(|finding| self.chosen(&finding.rule)).collect();
        if !chosen.is_empty() {
            let _ = writeln!(out, "{title}\n");
        }
        for finding in chosen {
            out.push_str(&draw(self.audited, finding, &self.source, &self.rules, self.appearance));
            let _ = writeln!(out, "  fingerprint: {}\n", finding.fingerprint);
        }
    }

    fn problems(&self, out: &mut String) {
        let problems: Vec<_> = self.audited.document.problems.iter().collect();
        if !problems.is_empty() {
            out.push_str("  not understood\n");
        }
        for problem in problems {
            let line = self.source.line(problem.span.start) + 1;
            let _ = writeln!(out, "    {}: {} (line {line})", problem.kind.name(), problem.message);
        }
    }

    fn chosen(&self, rule: &str) -> bool {
        self.choice.rules.is_empty() || self.choice.rules.iter().any(|chosen| chosen == rule)
    }

    fn strong(&self, words: &str) -> String {
        if self.appearance.color { format!("\u{1b}[1m{words}\u{1b}[0m") } else { words.to_owned() }
    }
}

fn conclusion(out: &mut String, audited: &Audited, decision: &Decision) {
    let sentence = decision.conclusion.slice.map(|slice| quote(audited.words(slice)));
    let value = names::necessity(decision.conclusion.value).to_owned();
    fact(out, "rationale concludes", std::iter::once(value).chain(sentence));
}

/// One line of facts; none when there is nothing to say.
fn fact(out: &mut String, name: &str, values: impl Iterator<Item = String>) {
    let values: Vec<String> = values.collect();
    if !values.is_empty() {
        let _ = writeln!(out, "  {name}: {}", printable(&values.join(", ")));
    }
}

fn item(out: &mut String, decision: &Decision, audit: &DecisionAudit) {
    let item = &decision.item;
    let names =
        item.drugs.iter().chain(&item.procedures).chain(&item.body_parts).chain(&item.levels);
    let side = item.side.as_ref().map(|side| names::side(side.value).to_owned());
    let numbers = [
        ("quantity", &item.quantity),
        ("refills", &item.refills),
        ("days' supply", &item.days_supply),
        ("visits", &item.visits),
        ("per week", &item.per_week),
        ("weeks", &item.weeks),
    ];
    let numbers = numbers
        .into_iter()
        .filter_map(|(name, number)| Some(format!("{name} {}", number.as_ref()?.value)));
    let texts = item.strength.iter().chain(&item.form).map(|text| text.value.clone());
    let values = std::iter::once(item.class.clone())
        .chain(names.map(|name| name.value.clone()))
        .chain(texts)
        .chain(numbers)
        .chain(side)
        .chain(std::iter::once(format!("request {}", audit.request.name())));
    fact(out, "item", values);
}

fn cited(line: &CitationLine) -> impl Iterator<Item = String> {
    let absence = line.absence.map(|absence| names::absence(absence).to_owned());
    let citations = line.citations.iter().map(|citation| {
        let source = citation.source.iter().cloned();
        let year = citation.year.map(|year| year.to_string());
        let sections = citation.sections.iter().map(|section| section.value.clone());
        let pages = citation.pages.iter().map(|(first, last)| format!("p. {first}-{last}"));
        let parts =
            source.chain([citation.written.clone()]).chain(year).chain(sections).chain(pages);
        parts.collect::<Vec<_>>().join(" ")
    });
    let unread = line.unread.len();
    let unread = (unread > 0).then(|| format!("{unread} unread"));
    absence.into_iter().chain(citations).chain(unread)
}

/// The words in quotation marks, cut when they are many.
fn quote(words: &str) -> String {
    let cut = words.get(..words.floor_char_boundary(QUOTED)).unwrap_or(words);
    let more = if cut.len() < words.len() { " ..." } else { "" };
    format!("\"{}{more}\"", printable(cut))
}
