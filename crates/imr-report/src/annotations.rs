//! Annotations of GitHub workflows: one command a finding on standard output, which the runner draws beside the file.
//!
//! A runner takes every line that begins with `::` for a command, so nothing of a letter may begin a line or leave its
//! field: line breaks and the marks of the syntax are escaped as GitHub's toolkit does it (`actions/toolkit`,
//! `packages/core/src/command.ts`). A runner shows only the first annotations of a step, ten of each of three grades:
//! `--severity` narrows what is written.

use std::fmt::Write as _;
use std::io::{self, Write};

use imr_rules::correlate::BatchAudit;
use imr_rules::finding::Severity;

use crate::compared::Compared;
use crate::lines::Lines;
use crate::renderer::{Audited, Part, Renderer};
use crate::row::{Row, rows};
use crate::summary::Summary;

/// Writes one annotation a finding, and a notice with the counts.
#[derive(Debug, Default)]
pub struct Annotations {
    summary: Summary,
}

impl Renderer for Annotations {
    fn part(&self, audited: Audited) -> Part {
        let lines = Lines::of(&audited.letter.text);
        let bytes: String = rows(&audited).map(|row| annotation(row, &lines)).collect();
        Part { bytes: bytes.into_bytes(), ..audited.into() }
    }

    fn letter(&mut self, part: Part, out: &mut dyn Write) -> io::Result<()> {
        if let Some(audited) = &part.letter {
            self.summary.add(audited);
        }
        out.write_all(&part.bytes)
    }

    fn unreadable(&mut self, message: &str, out: &mut dyn Write) -> io::Result<()> {
        let fields = [("title", "a letter could not be read".to_owned())];
        out.write_all(command(Severity::High, &fields, message).as_bytes())
    }

    fn batch(&mut self, batch: &BatchAudit, out: &mut dyn Write) -> io::Result<()> {
        self.summary.add_batch(batch);
        for finding in &batch.findings {
            let first = finding.decisions.first();
            let file = first.map(|shown| ("file", shown.place.source.clone()));
            let line = first.and_then(|shown| shown.labels.first());
            let line = line.map(|(quote, _)| ("line", quote.line.to_string()));
            let title = ("title", title(&finding.kind, &finding.rule, finding.severity));
            let fields: Vec<_> = file.into_iter().chain(line).chain([title]).collect();
            out.write_all(command(finding.severity, &fields, &finding.message).as_bytes())?;
        }
        Ok(())
    }

    fn compared(&mut self, compared: &Compared, out: &mut dyn Write) -> io::Result<()> {
        let counts = data(&compared.counts());
        out.write_all(format!("::notice title=imr-audit::{counts}\n").as_bytes())
    }

    fn end(&mut self, out: &mut dyn Write) -> io::Result<()> {
        let counts = self.summary.in_words();
        out.write_all(format!("::notice title=imr-audit::{}\n", data(&counts)).as_bytes())
    }
}

fn annotation(row: Row<'_>, lines: &Lines) -> String {
    let finding = row.finding;
    let mut fields = vec![("file", row.audited.letter.name.clone())];
    let notes: Vec<_> = row.words(lines).collect();
    if let Some(words) = notes.first() {
        fields.push(("line", words.from.line.to_string()));
        fields.push(("endLine", words.to.line.to_string()));
        // GitHub takes columns only for words of one line.
        if words.from.line == words.to.line {
            fields.push(("col", words.from.column.to_string()));
            fields.push(("endColumn", words.to.column.to_string()));
        }
    }
    fields.push(("title", title(&finding.kind, &finding.rule, finding.severity)));
    let about = row.about().map(|about| format!("{about}: ")).unwrap_or_default();
    let mut message = format!("{about}{}", finding.message);
    for words in notes {
        let _ = write!(message, "\nline {}: {}", words.from.line, words.note);
    }
    message.extend(finding.counterfactual.iter().map(|help| format!("\n{help}")));
    command(finding.severity, &fields, &message)
}

fn title(kind: &str, rule: &str, severity: Severity) -> String {
    format!("{}: {kind} [{rule}]", severity.name())
}

/// `::error file=a.txt,line=3::message`.
fn command(severity: Severity, fields: &[(&str, String)], message: &str) -> String {
    let grade = match severity {
        Severity::Critical | Severity::High => "error",
        Severity::Medium => "warning",
        Severity::Low | Severity::Info => "notice",
    };
    let fields: Vec<String> =
        fields.iter().map(|(name, value)| format!("{name}={}", property(value))).collect();
    format!("::{grade} {}::{}\n", fields.join(","), data(message))
}

/// A message without what would end it.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// A field without what would end it.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use imr_rules::finding::Severity;

    use super::command;

    #[test]
    fn no_text_leaves_its_field_or_line() {
        let fields = [("file", "a,line=1::b\n::error::c.txt".to_owned())];
        let written = command(Severity::High, &fields, "100 %\r\n::set-env name=A::b");
        assert_eq!(
            written,
            "::error file=a%2Cline=1%3A%3Ab%0A%3A%3Aerror%3A%3Ac.txt::100 %25%0D%0A::set-env name=A::b\n"
        );
    }
}
