//! Findings as comma-separated values (RFC 4180), one a line: for spreadsheets.
//!
//! A spreadsheet runs a cell that begins like a formula, and a letter is not trusted: such a cell gets an apostrophe in
//! front ("CSV injection", OWASP). A program that reads the file back and wants the words as they are reads JSON lines or
//! Parquet instead.

use std::io::{self, Write};

use ::csv::{QuoteStyle, WriterBuilder};
use imr_rules::correlate::{BatchAudit, BatchFinding};

use crate::lines::Lines;
use crate::names;
use crate::renderer::{Audited, Part, Renderer};
use crate::row::{Row, Words, rows_with_waived};

/// The columns; part of the output contract like the fields of a record.
const COLUMNS: [&str; 25] = [
    "scope",
    "source",
    "case_number",
    "decision",
    "heading",
    "outcome",
    "item_class",
    "request",
    "decision_date",
    "specialty",
    "rule",
    "kind",
    "severity",
    "message",
    "quote",
    "note",
    "line",
    "column",
    "start",
    "end",
    "counterfactual",
    "guideline",
    "verified",
    "fingerprint",
    "waived",
];

/// Writes a header and one line a finding; an accepted one says why in `waived`.
#[derive(Clone, Copy, Debug, Default)]
pub struct Csv {
    begun: bool,
}

type Cells = [String; COLUMNS.len()];

impl Csv {
    fn open(&mut self, out: &mut dyn Write) -> io::Result<()> {
        if !self.begun {
            self.begun = true;
            out.write_all(&lines(std::iter::once(COLUMNS.map(str::to_owned))))?;
        }
        Ok(())
    }
}

impl Renderer for Csv {
    fn part(&self, audited: Audited) -> Part {
        let audited = &audited;
        let places = Lines::of(&audited.letter.text);
        lines(rows_with_waived(audited).map(|row| cells(row, &places))).into()
    }

    fn letter(&mut self, part: Part, out: &mut dyn Write) -> io::Result<()> {
        self.open(out)?;
        out.write_all(&part.bytes)
    }

    fn batch(&mut self, batch: &BatchAudit, out: &mut dyn Write) -> io::Result<()> {
        self.open(out)?;
        out.write_all(&lines(batch.findings.iter().chain(&batch.waived).map(across)))
    }

    fn end(&mut self, out: &mut dyn Write) -> io::Result<()> {
        self.open(out)
    }
}

fn lines(records: impl Iterator<Item = Cells>) -> Vec<u8> {
    let mut writer =
        WriterBuilder::new().quote_style(QuoteStyle::Necessary).from_writer(Vec::new());
    for record in records {
        // Writing to memory cannot fail, and every record has all columns.
        let _ = writer.write_record(record.map(harmless));
    }
    writer.into_inner().unwrap_or_default()
}

/// The text as a spreadsheet shows it without running it.
fn harmless(cell: String) -> String {
    let formula = |c: char| {
        matches!(c, '=' | '+' | '-' | '@' | '\t' | '\r' | '\n' | '＝' | '＋' | '－' | '＠')
    };
    if cell.trim_start_matches(' ').starts_with(formula) { format!("'{cell}") } else { cell }
}

fn cells(row: Row<'_>, places: &Lines) -> Cells {
    let (finding, document) = (row.finding, &row.audited.document);
    let words = row.words(places).next();
    let of_words = |value: fn(&Words<'_>) -> String| words.as_ref().map(value).unwrap_or_default();
    let specialties = document.reviewer.specialties.iter().map(|name| name.value.clone());
    let date = document.header.decision.as_ref().map(|date| date.value.to_string());
    [
        "letter".to_owned(),
        row.audited.letter.name.clone(),
        text(row.case_number()),
        finding.decision.map(|number| number.to_string()).unwrap_or_default(),
        text(row.decision.map(|decision| decision.heading.value.as_str())),
        text(row.outcome()),
        text(row.decision.map(|decision| decision.item.class.as_str())),
        text(row.request()),
        date.unwrap_or_default(),
        specialties.collect::<Vec<_>>().join("; "),
        finding.rule.clone(),
        finding.kind.clone(),
        finding.severity.name().to_owned(),
        finding.message.clone(),
        of_words(|words| words.text.to_owned()),
        of_words(|words| words.note.to_owned()),
        of_words(|words| words.from.line.to_string()),
        of_words(|words| words.from.column.to_string()),
        of_words(|words| words.start.to_string()),
        of_words(|words| words.end.to_string()),
        text(finding.counterfactual.as_deref()),
        finding.cite.as_ref().map(guideline).unwrap_or_default(),
        finding.cite.as_ref().map(|cite| cite.verified.to_string()).unwrap_or_default(),
        finding.fingerprint.clone(),
        text(row.waived()),
    ]
}

/// A finding across letters stands at the first decision that it shows.
fn across(finding: &BatchFinding) -> Cells {
    let mut cells = Cells::default();
    let shown = finding.decisions.first();
    let quote = shown.and_then(|shown| shown.labels.first());
    let class = finding.group.iter().find(|(name, _)| *name == "item_class");
    let values = [
        ("scope", "across".to_owned()),
        ("source", text(shown.map(|shown| shown.place.source.as_str()))),
        ("case_number", text(shown.and_then(|shown| shown.place.case_number.as_deref()))),
        ("decision", shown.map(|shown| shown.place.number.to_string()).unwrap_or_default()),
        ("heading", text(shown.map(|shown| shown.place.heading.as_str()))),
        ("outcome", text(shown.map(|shown| names::outcome(shown.outcome)))),
        ("item_class", text(class.map(|(_, value)| value.as_str()))),
        ("rule", finding.rule.clone()),
        ("kind", finding.kind.clone()),
        ("severity", finding.severity.name().to_owned()),
        ("message", finding.message.clone()),
        ("quote", text(quote.map(|(quote, _)| quote.text.as_str()))),
        ("note", text(quote.map(|(_, note)| note.as_str()))),
        ("line", quote.map(|(quote, _)| quote.line.to_string()).unwrap_or_default()),
        ("start", quote.map(|(quote, _)| quote.span.start.to_string()).unwrap_or_default()),
        ("end", quote.map(|(quote, _)| quote.span.end.to_string()).unwrap_or_default()),
        ("fingerprint", finding.fingerprint.clone()),
        ("waived", text(finding.waived.as_ref().map(|waived| waived.reason.as_str()))),
    ];
    for (column, value) in values {
        let place = COLUMNS.iter().position(|known| *known == column);
        if let Some(cell) = place.and_then(|place| cells.get_mut(place)) {
            *cell = value;
        }
    }
    cells
}

/// "mtus-chronic-pain-2009, opioids, page 78".
fn guideline(cite: &imr_rules::finding::Cite) -> String {
    let section = cite.section.iter().cloned();
    let pages = cite.pages.iter().map(|pages| format!("page {pages}"));
    std::iter::once(cite.guideline.clone())
        .chain(section)
        .chain(pages)
        .collect::<Vec<_>>()
        .join(", ")
}

fn text(text: Option<&str>) -> String {
    text.unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::{COLUMNS, harmless, lines};

    #[test]
    fn what_a_spreadsheet_would_run_is_quoted() {
        for formula in ["=1+1", "+1", "-2", "@SUM(A1)", "\t=1", "\r=1", " =1", "\n=1", "＝1"] {
            assert_eq!(harmless(formula.to_owned()), format!("'{formula}"));
        }
        for words in ["Norco 10/325mg #90", "", "'", "a=b"] {
            assert_eq!(harmless(words.to_owned()), words);
        }
    }

    #[test]
    fn cells_with_marks_and_breaks_stay_one_cell() {
        let mut cells = COLUMNS.map(|_| String::new());
        cells[4] = "a \"b\", c\nd".to_owned();
        let written = String::from_utf8(lines(std::iter::once(cells))).unwrap();
        assert_eq!(written.matches("\"a \"\"b\"\", c\nd\"").count(), 1, "{written}");
        assert_eq!(written.matches(',').count(), COLUMNS.len());
    }
}
