//! SARIF 2.1.0: the format of code-scanning viewers (OASIS standard, 27 March 2020).
//!
//! A finding is a result at its first words; its other words are related locations, so that a viewer lists them. The
//! fingerprint goes into `partialFingerprints`, by which viewers follow a finding from run to run. The rules come first,
//! with their reasons and guidelines as help, and the results are written as the letters arrive. Regions count lines and
//! characters of the text as extracted (`imr-audit parse --text` prints it): of a PDF that is not the file itself.

use std::fmt::Write as _;
use std::io::{self, Write};

use imr_rules::correlate::{BatchAudit, BatchFinding};
use imr_rules::finding::Severity;

use crate::handbook::{Handbook, RuleCard};
use crate::lines::Lines;
use crate::renderer::{Audited, Part, Renderer};
use crate::row::{Row, rows_with_waived};
use crate::sarif::log::{
    Configuration, Driver, Invocation, Location, LogicalLocation, Message, Properties, Region,
    SarifResult, SarifRule, Suppression, TOOL, Text,
};
use crate::text::cited;
use crate::unreadable::Unreadable;

mod log;

/// The schema that the log names and is tested against.
const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// The key of our fingerprint; a number that changes when the fingerprint is made otherwise.
const FINGERPRINT: &str = "imrAudit/v1";

/// Writes one log with one run.
#[derive(Debug)]
pub struct Sarif {
    handbook: Handbook,
    begun: bool,
    results: bool,
    unreadable: Unreadable,
}

impl Sarif {
    /// A log that explains its findings from this handbook.
    pub fn new(handbook: Handbook) -> Self {
        Self { handbook, begun: false, results: false, unreadable: Unreadable::default() }
    }

    fn open(&mut self, out: &mut dyn Write) -> io::Result<()> {
        if self.begun {
            return Ok(());
        }
        self.begun = true;
        write!(
            out,
            "{{\"$schema\": \"{SCHEMA}\", \"version\": \"2.1.0\", \"runs\": [{{\"tool\": {{\"driver\": "
        )?;
        let rules = self.handbook.rules.iter().map(|card| rule(card, &self.handbook)).collect();
        serde_json::to_writer(&mut *out, &Driver { rules, ..TOOL })?;
        out.write_all(b"}, \"columnKind\": \"unicodeCodePoints\", \"results\": [")
    }

    /// Writes results that are already separated by commas.
    fn results(&mut self, results: &[u8], out: &mut dyn Write) -> io::Result<()> {
        self.open(out)?;
        if results.is_empty() {
            return Ok(());
        }
        out.write_all(if self.results { b",\n" } else { b"\n" })?;
        self.results = true;
        out.write_all(results)
    }
}

impl Renderer for Sarif {
    fn part(&self, audited: Audited) -> Part {
        let audited = &audited;
        let lines = Lines::of(&audited.letter.text);
        let results = rows_with_waived(audited).map(|row| result(row, &lines, &self.handbook));
        joined(results).into()
    }

    fn letter(&mut self, part: Part, out: &mut dyn Write) -> io::Result<()> {
        self.results(&part.bytes, out)
    }

    fn unreadable(&mut self, message: &str, _: &mut dyn Write) -> io::Result<()> {
        self.unreadable.add(message);
        Ok(())
    }

    fn batch(&mut self, batch: &BatchAudit, out: &mut dyn Write) -> io::Result<()> {
        let findings = batch.findings.iter().chain(&batch.waived);
        let results = joined(findings.map(|finding| across(finding, &self.handbook)));
        self.results(&results, out)
    }

    fn end(&mut self, out: &mut dyn Write) -> io::Result<()> {
        self.open(out)?;
        out.write_all(b"\n], \"invocations\": [")?;
        let unreadable = &self.unreadable;
        serde_json::to_writer(
            &mut *out,
            &Invocation::of(unreadable.count == 0, &unreadable.first),
        )?;
        out.write_all(b"]}]}\n")
    }
}

fn joined<'a>(results: impl Iterator<Item = SarifResult<'a>>) -> Vec<u8> {
    let written = results.map(|result| serde_json::to_vec(&result).unwrap_or_default());
    written.collect::<Vec<_>>().join(&b",\n"[..])
}

fn result<'a>(row: Row<'a>, lines: &Lines, handbook: &Handbook) -> SarifResult<'a> {
    let finding = row.finding;
    let uri = uri(&row.audited.letter.name);
    let case = row.case_number().unwrap_or(&row.audited.letter.name);
    let logical = || {
        finding.decision.map(|number| LogicalLocation {
            name: format!("decision {number}"),
            fully_qualified_name: format!("{case}/decision {number}"),
        })
    };
    let location = |region: Option<Region>, message: Option<Message>, id| Location {
        id,
        uri: uri.clone(),
        region,
        logical: logical(),
        message,
    };
    let words = row.words(lines).map(|words| {
        let text = row.audited.letter.text.get(words.start..words.end).unwrap_or_default();
        (Region::of(&words, text), Message::of(words.note))
    });
    let mut places: Vec<Location> = words
        .zip(1..)
        .map(|((region, note), id)| location(Some(region), Some(note), Some(id)))
        .collect();
    let related = places.split_off(places.len().min(1));
    if places.is_empty() {
        places.push(location(None, None, None));
    }
    let help = finding.counterfactual.iter().map(|help| format!("\n{help}"));
    SarifResult {
        rule_id: &finding.rule,
        rule_index: handbook.index(&finding.rule),
        level: level(finding.severity),
        message: Message { text: finding.message.clone() + &help.collect::<String>() },
        locations: places,
        related_locations: related,
        partial_fingerprints: [(FINGERPRINT, finding.fingerprint.as_str())].into(),
        suppressions: row.waived().into_iter().map(Suppression::external).collect(),
        properties: Properties {
            severity: finding.severity.name(),
            kind: &finding.kind,
            case_number: row.case_number(),
            decision: finding.decision,
            heading: row.decision.map(|decision| decision.heading.value.as_str()),
            outcome: row.outcome(),
            guideline: finding.cite.as_ref().map(cited),
        },
    }
}

fn across<'a>(finding: &'a BatchFinding, handbook: &Handbook) -> SarifResult<'a> {
    let place = |(shown, id): (&imr_rules::correlate::Shown, usize)| {
        let quote = shown.labels.first();
        let said = quote
            .map_or_else(String::new, |(quote, note)| format!(": {note} (\"{}\")", quote.text));
        let outcome = crate::names::outcome(shown.outcome);
        Location {
            id: Some(id),
            uri: uri(&shown.place.source),
            region: quote.map(|(quote, _)| Region::line(quote.line)),
            logical: Some(LogicalLocation {
                name: format!("decision {}", shown.place.number),
                fully_qualified_name: format!(
                    "{}/decision {}",
                    shown.place.case(),
                    shown.place.number
                ),
            }),
            message: Some(Message { text: format!("{}: {outcome}{said}", shown.place.heading) }),
        }
    };
    let waived = finding.waived.iter().map(|waived| waived.reason.as_str());
    let mut places: Vec<Location> = finding.decisions.iter().zip(1..).map(place).collect();
    let related = places.split_off(places.len().min(1));
    SarifResult {
        rule_id: &finding.rule,
        rule_index: handbook.index(&finding.rule),
        level: level(finding.severity),
        message: Message::of(&finding.message),
        locations: places,
        related_locations: related,
        partial_fingerprints: [(FINGERPRINT, finding.fingerprint.as_str())].into(),
        suppressions: waived.map(Suppression::external).collect(),
        properties: Properties {
            severity: finding.severity.name(),
            kind: &finding.kind,
            ..Properties::default()
        },
    }
}

fn rule<'h>(card: &'h RuleCard, handbook: &Handbook) -> SarifRule<'h> {
    let level = card.raises.iter().map(|(_, severity)| *severity).max().map_or("none", level);
    let (mut text, mut markdown) = (card.why.clone(), card.why.clone());
    for (kind, severity) in &card.raises {
        let (grade, meaning) = (severity.name(), handbook.kind_meaning(kind));
        let _ = write!(text, "\nRaises {kind} ({grade}): {meaning}");
        let _ = write!(markdown, "\n\n- raises `{kind}` ({grade}): {meaning}");
    }
    for cite in &card.sources {
        let _ = write!(text, "\nRests on {}.", cited(cite));
        let _ = write!(markdown, "\n- rests on `{}`", cited(cite));
    }
    let _ = write!(text, "\nThe rule stands in {}.", card.file);
    let _ = write!(markdown, "\n\nThe rule stands in `{}`.", card.file);
    SarifRule {
        id: &card.id,
        short_description: Message::of(&card.title),
        full_description: Message::of(&card.why),
        help: Text { text, markdown },
        default_configuration: Configuration { level },
    }
}

/// SARIF knows three grades; ours is in the properties.
fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Critical | Severity::High => "error",
        Severity::Medium => "warning",
        Severity::Low | Severity::Info => "note",
    }
}

/// A letter's name as a reference to its file: everything but the unreserved characters of RFC 3986 and slashes is escaped.
fn uri(name: &str) -> String {
    let mut uri = if name.starts_with('/') { "file://".to_owned() } else { String::new() };
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            uri.push(char::from(byte));
        } else {
            let _ = write!(uri, "%{byte:02X}");
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use super::uri;

    #[test]
    fn names_become_references() {
        assert_eq!(uri("letters/CM17-1 (2).pdf"), "letters/CM17-1%20%282%29.pdf");
        assert_eq!(uri("/in/ö.txt"), "file:///in/%C3%B6.txt");
        assert_eq!(uri("C:\\a.txt"), "C%3A%5Ca.txt");
    }
}
