//! Decisions and findings as two Parquet tables: for data frames.
//!
//! The columns are flat and named for what they hold, with missing values where a letter says nothing; a criterion is two
//! columns, what the rationale and what the case summary say. Rows go out in groups of [`table::ROWS`], so that a run of any
//! size needs the memory of one group. No arrow: the tables are simple, and arrow would double the time of a first build.

mod table;

use std::io::{self, Write};

use imr_letter::document::{CitationLine, Decision};
use imr_letter::span::Located;
use imr_rules::audit::DecisionAudit;
use imr_rules::correlate::{BatchAudit, BatchFinding};
use imr_rules::finding::Severity;
use imr_rules::verdict::{RuleVerdict, Verdict};

use crate::handbook::Handbook;
use crate::lines::Lines;
use crate::names;
use crate::parts::values;
use crate::renderer::{Audited, Part, Renderer};
use crate::row::{Row, rows_with_waived};
use crate::summary::VERDICTS;
use table::{Kind, Table, Value};

/// Columns of the decisions before those of verdicts and criteria.
const DECISION: [(&str, Kind); 27] = [
    ("source", Kind::Text),
    ("case_number", Kind::Text),
    ("format", Kind::Text),
    ("case_outcome", Kind::Text),
    ("decision", Kind::Number),
    ("heading", Kind::Text),
    ("outcome", Kind::Text),
    ("item_class", Kind::Text),
    ("request", Kind::Text),
    ("drug", Kind::Text),
    ("strength", Kind::Text),
    ("quantity", Kind::Number),
    ("procedures", Kind::Text),
    ("body_parts", Kind::Text),
    ("conclusion", Kind::Text),
    ("reviewer_guidelines", Kind::Text),
    ("claims_administrator_guidelines", Kind::Text),
    ("injury_date", Kind::Day),
    ("ur_denial_date", Kind::Day),
    ("received_date", Kind::Day),
    ("assigned_date", Kind::Day),
    ("decision_date", Kind::Day),
    ("specialties", Kind::Text),
    ("age", Kind::Number),
    ("sex", Kind::Text),
    ("findings", Kind::Number),
    ("gravest", Kind::Text),
];

/// Columns of the findings.
const FINDING: [(&str, Kind); 28] = [
    ("scope", Kind::Text),
    ("source", Kind::Text),
    ("case_number", Kind::Text),
    ("decision", Kind::Number),
    ("heading", Kind::Text),
    ("outcome", Kind::Text),
    ("item_class", Kind::Text),
    ("request", Kind::Text),
    ("decision_date", Kind::Day),
    ("specialties", Kind::Text),
    ("rule", Kind::Text),
    ("kind", Kind::Text),
    ("severity", Kind::Text),
    ("message", Kind::Text),
    ("quote", Kind::Text),
    ("note", Kind::Text),
    ("line", Kind::Number),
    ("column", Kind::Number),
    ("start", Kind::Number),
    ("end", Kind::Number),
    ("labels", Kind::Number),
    ("counterfactual", Kind::Text),
    ("guideline", Kind::Text),
    ("section", Kind::Text),
    ("pages", Kind::Text),
    ("verified", Kind::Flag),
    ("fingerprint", Kind::Text),
    ("waived", Kind::Text),
];

/// Writes the two tables; nothing goes to the run's own output.
#[derive(Debug)]
pub struct Parquet<W: Write + Send> {
    decisions: Table<W>,
    findings: Table<W>,
    criteria: Vec<String>,
}

impl<W: Write + Send> Parquet<W> {
    /// Tables with the criteria of this handbook, written to these two places.
    ///
    /// # Errors
    /// Whatever writing gives.
    pub fn new(handbook: &Handbook, decisions: W, findings: W) -> io::Result<Self> {
        let criteria: Vec<String> = handbook.criteria.keys().cloned().collect();
        let mut columns: Vec<(String, Kind)> = named(&DECISION).collect();
        columns.extend(VERDICTS.map(|verdict| (format!("rules_{}", verdict.name()), Kind::Number)));
        for criterion in &criteria {
            columns.push((format!("{criterion}_rationale"), Kind::Text));
            columns.push((format!("{criterion}_summary"), Kind::Text));
        }
        Ok(Self {
            decisions: Table::new("decisions", &columns, decisions)?,
            findings: Table::new("findings", &named(&FINDING).collect::<Vec<_>>(), findings)?,
            criteria,
        })
    }

    fn decision(
        &mut self,
        audited: &Audited,
        number: usize,
        decision: &Decision,
        audit: &DecisionAudit,
    ) -> io::Result<()> {
        let mut row = of_letter(audited);
        row.extend(of_decision(number, decision, audit));
        row.extend(of_header(audited));
        let counted = || audit.findings.iter().filter(|finding| finding.waived.is_none());
        let gravest = counted().map(|finding| finding.severity).max();
        row.push(Value::count(counted().count()));
        row.push(Value::of(gravest.map(Severity::name)));
        row.extend(VERDICTS.map(|verdict| {
            let of_kind = |known: &&RuleVerdict| known.verdict == verdict;
            let idle = if verdict == Verdict::NotApplicable { audit.idle } else { 0 };
            Value::count(audit.verdicts.iter().filter(of_kind).count() + idle)
        }));
        for criterion in &self.criteria {
            let reading = audit
                .criteria
                .iter()
                .find(|reading| audited.criterion(reading.criterion) == criterion);
            let (rationale, summary) = reading.map_or(("silent", "silent"), |reading| {
                (reading.rationale.name(), reading.summary.name())
            });
            row.extend([Value::of(Some(rationale)), Value::of(Some(summary))]);
        }
        self.decisions.push(row)
    }
}

impl<W: Write + Send + Sync> Renderer for Parquet<W> {
    fn part(&self, audited: Audited) -> Part {
        audited.into()
    }

    fn letter(&mut self, part: Part, _: &mut dyn Write) -> io::Result<()> {
        let Some(audited) = part.letter else { return Ok(()) };
        let lines = Lines::of(&audited.letter.text);
        let decisions = audited.document.decisions.iter().zip(&audited.audit.decisions).zip(1..);
        for ((decision, audit), number) in decisions {
            self.decision(&audited, number, decision, audit)?;
        }
        rows_with_waived(&audited).try_for_each(|row| self.findings.push(of_finding(row, &lines)))
    }

    fn batch(&mut self, batch: &BatchAudit, _: &mut dyn Write) -> io::Result<()> {
        let findings = batch.findings.iter().chain(&batch.waived);
        findings.map(across).try_for_each(|row| self.findings.push(row))
    }

    fn end(&mut self, _: &mut dyn Write) -> io::Result<()> {
        self.decisions.end()?;
        self.findings.end()
    }
}

fn named(columns: &[(&str, Kind)]) -> impl Iterator<Item = (String, Kind)> {
    columns.iter().map(|(name, kind)| ((*name).to_owned(), *kind))
}

fn of_letter(audited: &Audited) -> Vec<Value> {
    let document = &audited.document;
    let case_number = document.header.case_number.as_ref();
    vec![
        Value::of(Some(audited.letter.name.as_str())),
        Value::of(case_number.map(|number| number.value.as_str())),
        Value::of(document.recognition.format),
        Value::of(Some(names::case_outcome(document.case_outcome))),
    ]
}

fn of_decision(number: usize, decision: &Decision, audit: &DecisionAudit) -> [Value; 13] {
    let item = &decision.item;
    [
        Value::count(number),
        Value::of(Some(decision.heading.value.as_str())),
        Value::of(Some(names::outcome(decision.outcome))),
        Value::of(Some(item.class.as_str())),
        Value::of(Some(audit.request.name())),
        listed(&values(&item.drugs)),
        Value::of(item.strength.as_ref().map(|strength| strength.value.as_str())),
        number_of(item.quantity.as_ref()),
        listed(&values(&item.procedures)),
        listed(&values(&item.body_parts)),
        Value::of(Some(names::necessity(decision.conclusion.value))),
        guidelines(&decision.reviewer),
        guidelines(&decision.claims_administrator),
    ]
}

fn of_header(audited: &Audited) -> [Value; 8] {
    let (document, header) = (&audited.document, &audited.document.header);
    [
        Value::day(header.injury.as_ref()),
        Value::day(header.ur_denial.as_ref()),
        Value::day(header.received.as_ref()),
        Value::day(header.assigned.as_ref()),
        Value::day(header.decision.as_ref()),
        listed(&values(&document.reviewer.specialties)),
        Value::Number(document.patient.age.as_ref().map(|age| i64::from(age.value))),
        Value::of(document.patient.sex.as_ref().map(|sex| names::sex(sex.value))),
    ]
}

fn of_finding(row: Row<'_>, lines: &Lines) -> Vec<Value> {
    let (finding, document) = (row.finding, &row.audited.document);
    let words = row.words(lines).next();
    let words = words.as_ref();
    let place = finding.decision.and_then(|number| number.checked_sub(1));
    let audit = place.and_then(|place| row.audited.audit.decisions.get(place));
    let cite = finding.cite.as_ref();
    vec![
        Value::of(Some("letter")),
        Value::of(Some(row.audited.letter.name.as_str())),
        Value::of(row.case_number()),
        Value::maybe(finding.decision),
        Value::of(row.decision.map(|decision| decision.heading.value.as_str())),
        Value::of(row.outcome()),
        Value::of(row.decision.map(|decision| decision.item.class.as_str())),
        Value::of(audit.map(|audit| audit.request.name())),
        Value::day(document.header.decision.as_ref()),
        listed(&values(&document.reviewer.specialties)),
        Value::of(Some(finding.rule.as_str())),
        Value::of(Some(finding.kind.as_str())),
        Value::of(Some(finding.severity.name())),
        Value::of(Some(finding.message.as_str())),
        Value::of(words.map(|words| words.text)),
        Value::of(words.map(|words| words.note)),
        Value::maybe(words.map(|words| words.from.line)),
        Value::maybe(words.map(|words| words.from.column)),
        Value::maybe(words.map(|words| words.start)),
        Value::maybe(words.map(|words| words.end)),
        Value::count(finding.labels.len()),
        Value::of(finding.counterfactual.as_deref()),
        Value::of(cite.map(|cite| cite.guideline.as_str())),
        Value::of(cite.and_then(|cite| cite.section.as_deref())),
        Value::of(cite.and_then(|cite| cite.pages.as_deref())),
        Value::Flag(cite.map(|cite| cite.verified)),
        Value::of(Some(finding.fingerprint.as_str())),
        Value::of(row.waived()),
    ]
}

/// A finding across letters stands at the first decision that it shows.
fn across(finding: &BatchFinding) -> Vec<Value> {
    let shown = finding.decisions.first();
    let quote = shown.and_then(|shown| shown.labels.first());
    let class = finding.group.iter().find(|(name, _)| *name == "item_class");
    let none = || Value::of(None);
    vec![
        Value::of(Some("across")),
        Value::of(shown.map(|shown| shown.place.source.as_str())),
        Value::of(shown.and_then(|shown| shown.place.case_number.as_deref())),
        Value::maybe(shown.map(|shown| shown.place.number)),
        Value::of(shown.map(|shown| shown.place.heading.as_str())),
        Value::of(shown.map(|shown| names::outcome(shown.outcome))),
        Value::of(class.map(|(_, value)| value.as_str())),
        none(),
        Value::Day(None),
        none(),
        Value::of(Some(finding.rule.as_str())),
        Value::of(Some(finding.kind.as_str())),
        Value::of(Some(finding.severity.name())),
        Value::of(Some(finding.message.as_str())),
        Value::of(quote.map(|(quote, _)| quote.text.as_str())),
        Value::of(quote.map(|(_, note)| note.as_str())),
        Value::maybe(quote.map(|(quote, _)| quote.line)),
        Value::Number(None),
        Value::maybe(quote.map(|(quote, _)| quote.span.start)),
        Value::maybe(quote.map(|(quote, _)| quote.span.end)),
        Value::count(finding.decisions.iter().map(|shown| shown.labels.len()).sum()),
        none(),
        none(),
        none(),
        none(),
        Value::Flag(None),
        Value::of(Some(finding.fingerprint.as_str())),
        Value::of(finding.waived.as_ref().map(|waived| waived.reason.as_str())),
    ]
}

/// Several names in one cell; missing when there is none.
fn listed(names: &[&str]) -> Value {
    Value::Text((!names.is_empty()).then(|| names.join("; ")))
}

/// The guidelines that a line cites, by id where they are known, else as written.
fn guidelines(line: &CitationLine) -> Value {
    let cited = line.citations.iter();
    let cited: Vec<&str> = cited
        .map(|one| one.document.as_deref().unwrap_or(&one.written))
        .filter(|name| !name.is_empty())
        .collect();
    listed(&cited)
}

fn number_of(located: Option<&Located<u32>>) -> Value {
    Value::Number(located.map(|number| i64::from(number.value)))
}
