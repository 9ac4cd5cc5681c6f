//! JUnit XML: the format of test reports, for build servers that know no other.
//!
//! A letter is a suite, a rule that applies to a decision is a case. `inconsistent` fails with the rule's findings;
//! `undetermined` and `waived` are skipped and say so; `not_applicable` is no case, because most of a large rulebook never
//! applies. The format has no agreed schema: only the elements and attributes are written that all its readers share.

use std::collections::BTreeMap;
use std::io::{self, Write};

use imr_rules::audit::Reasoned;
use imr_rules::correlate::{BatchAudit, BatchFinding};
use imr_rules::finding::Finding;
use imr_rules::verdict::{Reasons, RuleVerdict, Verdict};
use quick_xml::Writer;
use quick_xml::events::{BytesStart, BytesText, Event};

use crate::lines::Lines;
use crate::names;
use crate::renderer::{Audited, Part, Renderer};
use crate::row::{Row, rows_with_waived};
use crate::text::cited;

/// Writes one `testsuites` element.
#[derive(Clone, Copy, Debug, Default)]
pub struct Junit {
    begun: bool,
}

/// One case.
struct Case {
    class: String,
    name: String,
    result: Outcome,
}

/// How a case ended.
enum Outcome {
    Passed,
    Failed { kind: String, message: String, text: String },
    Skipped(String),
    Broken(String),
}

impl Junit {
    fn open(&mut self, out: &mut dyn Write) -> io::Result<()> {
        if !self.begun {
            self.begun = true;
            out.write_all(
                b"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"imr-audit\">\n",
            )?;
        }
        Ok(())
    }
}

impl Renderer for Junit {
    fn reasoned(&self) -> Reasoned {
        Reasoned::Applying
    }

    fn part(&self, audited: Audited) -> Part {
        let audited = &audited;
        let lines = Lines::of(&audited.letter.text);
        suite(&audited.letter.name, &cases(audited, &lines)).unwrap_or_default().into()
    }

    fn letter(&mut self, part: Part, out: &mut dyn Write) -> io::Result<()> {
        self.open(out)?;
        out.write_all(&part.bytes)
    }

    fn unreadable(&mut self, message: &str, out: &mut dyn Write) -> io::Result<()> {
        self.open(out)?;
        let case = Case {
            class: "imr-audit".to_owned(),
            name: "the letter can be read".to_owned(),
            result: Outcome::Broken(message.to_owned()),
        };
        out.write_all(&suite(message, &[case])?)
    }

    fn batch(&mut self, batch: &BatchAudit, out: &mut dyn Write) -> io::Result<()> {
        self.open(out)?;
        let cases: Vec<Case> = batch.findings.iter().chain(&batch.waived).map(across).collect();
        if cases.is_empty() { Ok(()) } else { out.write_all(&suite("across letters", &cases)?) }
    }

    fn end(&mut self, out: &mut dyn Write) -> io::Result<()> {
        self.open(out)?;
        out.write_all(b"</testsuites>\n")
    }
}

/// The case of a finding across letters: it failed, or somebody has accepted it.
fn across(finding: &BatchFinding) -> Case {
    let group = finding.group.iter().map(|(name, value)| format!("{name} {value}"));
    let shown = finding.decisions.iter().map(|shown| {
        let (place, outcome) = (&shown.place, names::outcome(shown.outcome));
        format!("{}, decision {}: {} ({outcome})\n", place.source, place.number, place.heading)
    });
    let result = match &finding.waived {
        Some(waived) => Outcome::Skipped(format!("waived: {}", waived.reason)),
        None => Outcome::Failed {
            kind: finding.kind.clone(),
            message: format!("{}: {}", finding.severity.name(), finding.message),
            text: shown.collect(),
        },
    };
    Case { class: group.collect::<Vec<_>>().join(", "), name: finding.rule.clone(), result }
}

fn cases(audited: &Audited, lines: &Lines) -> Vec<Case> {
    let letter = &audited.letter.name;
    let decisions = audited.document.decisions.iter().zip(&audited.audit.decisions).zip(1..);
    let of_decisions = decisions.flat_map(|((decision, audit), number)| {
        let class = format!("{letter}, decision {number}: {}", decision.heading.value);
        let verdict = move |verdict| (class.clone(), Some(number), verdict);
        audit.verdicts.iter().map(verdict)
    });
    let of_letter = audited.audit.verdicts.iter().map(|verdict| (letter.clone(), None, verdict));
    let applies = |(.., verdict): &(_, _, &RuleVerdict)| verdict.verdict != Verdict::NotApplicable;
    let found = by_rule(audited);
    let case = |(class, number, verdict): (String, Option<usize>, &RuleVerdict)| {
        let found = found.get(&(number, verdict.rule.as_str())).map(Vec::as_slice);
        let result = ended(verdict, found.unwrap_or_default(), lines);
        Case { class, name: verdict.rule.to_string(), result }
    };
    of_decisions.chain(of_letter).filter(applies).map(case).collect()
}

/// The findings of each rule on each decision, and on the whole letter.
fn by_rule(audited: &Audited) -> BTreeMap<(Option<usize>, &str), Vec<Row<'_>>> {
    let mut found: BTreeMap<(Option<usize>, &str), Vec<Row<'_>>> = BTreeMap::new();
    for row in rows_with_waived(audited) {
        let (decision, rule) = (row.finding.decision, row.finding.rule.as_str());
        found.entry((decision, rule)).or_default().push(row);
        // A rule about the whole letter has its one verdict there, wherever its findings stand.
        if decision.is_some() {
            found.entry((None, rule)).or_default().push(row);
        }
    }
    found
}

fn ended(verdict: &RuleVerdict, found: &[Row<'_>], lines: &Lines) -> Outcome {
    let why = || reasons(&verdict.reasons);
    let counted: Vec<Row<'_>> =
        found.iter().copied().filter(|row| row.waived().is_none()).collect();
    let first = if verdict.verdict == Verdict::Waived { found.first() } else { counted.first() };
    match (verdict.verdict, first) {
        (Verdict::Consistent | Verdict::NotApplicable, None) => Outcome::Passed,
        (Verdict::Undetermined, None) => Outcome::Skipped(format!("undetermined: {}", why())),
        (Verdict::Waived, first) => {
            let reason = first.and_then(|row| row.waived()).map_or_else(why, str::to_owned);
            Outcome::Skipped(format!("waived: {reason}"))
        }
        (Verdict::Error, _) => Outcome::Broken(why()),
        (Verdict::Inconsistent, None) => {
            Outcome::Skipped(format!("inconsistent, without a finding that is reported: {}", why()))
        }
        (_, Some(first)) => Outcome::Failed {
            kind: first.finding.kind.clone(),
            message: messages(counted.iter().map(|row| row.finding)),
            text: counted.iter().map(|row| shown(*row, lines)).collect(),
        },
    }
}

/// The steps of a proof on one line.
fn reasons(steps: &Reasons) -> String {
    let mut line = String::new();
    for step in steps.iter() {
        let parted = if line.is_empty() {
            ""
        } else if line.ends_with(':') {
            " "
        } else {
            "; "
        };
        line.push_str(parted);
        line.push_str(step.trim());
    }
    line
}

fn messages<'f>(findings: impl Iterator<Item = &'f Finding>) -> String {
    let messages =
        findings.map(|finding| format!("{}: {}", finding.severity.name(), finding.message));
    messages.collect::<Vec<_>>().join("; ")
}

/// The words that show a finding, what would mend it and what it rests on, line by line.
fn shown(row: Row<'_>, lines: &Lines) -> String {
    let finding = row.finding;
    let words = row
        .words(lines)
        .map(|words| format!("line {}: \"{}\": {}\n", words.from.line, words.text, words.note));
    let help = finding.counterfactual.iter().map(|help| format!("{help}\n"));
    let cite = finding.cite.iter().map(|cite| format!("guideline: {}\n", cited(cite)));
    let fingerprint = format!("fingerprint: {}\n", finding.fingerprint);
    words.chain(help).chain(cite).chain([fingerprint]).collect()
}

fn suite(name: &str, cases: &[Case]) -> io::Result<Vec<u8>> {
    let count = |wanted: fn(&Outcome) -> bool| {
        cases.iter().filter(|case| wanted(&case.result)).count().to_string()
    };
    let failures = count(|result| matches!(result, Outcome::Failed { .. }));
    let errors = count(|result| matches!(result, Outcome::Broken(_)));
    let skipped = count(|result| matches!(result, Outcome::Skipped(_)));
    let mut xml = Writer::new_with_indent(Vec::new(), b' ', 1);
    let tests = cases.len().to_string();
    let name = allowed(name);
    let suite = BytesStart::new("testsuite").with_attributes([
        ("name", name.as_str()),
        ("tests", &tests),
        ("failures", &failures),
        ("errors", &errors),
        ("skipped", &skipped),
    ]);
    let close = suite.to_end().into_owned();
    xml.write_event(Event::Start(suite.borrow()))?;
    cases.iter().try_for_each(|case| write(case, &mut xml))?;
    xml.write_event(Event::End(close))?;
    let mut written = xml.into_inner();
    written.push(b'\n');
    Ok(written)
}

fn write(case: &Case, xml: &mut Writer<Vec<u8>>) -> io::Result<()> {
    let class = allowed(&case.class);
    let element = xml
        .create_element("testcase")
        .with_attributes([("classname", class.as_str()), ("name", case.name.as_str())]);
    let one = |name: &'static str, attributes: &[(&str, &str)], text: &str| {
        let attributes: Vec<(String, String)> =
            attributes.iter().map(|(name, value)| ((*name).to_owned(), allowed(value))).collect();
        let text = allowed(text);
        move |xml: &mut Writer<Vec<u8>>| {
            let attributes = attributes.iter().map(|(name, value)| (name.as_str(), value.as_str()));
            let element = xml.create_element(name).with_attributes(attributes);
            if text.is_empty() {
                element.write_empty().map(|_| ())
            } else {
                element.write_text_content(BytesText::new(&text)).map(|_| ())
            }
        }
    };
    match &case.result {
        Outcome::Passed => element.write_empty().map(|_| ()),
        Outcome::Failed { kind, message, text } => element
            .write_inner_content(one("failure", &[("type", kind), ("message", message)], text))
            .map(|_| ()),
        Outcome::Skipped(why) => {
            element.write_inner_content(one("skipped", &[("message", why)], "")).map(|_| ())
        }
        Outcome::Broken(why) => {
            let attributes = [("type", "error"), ("message", why.as_str())];
            element.write_inner_content(one("error", &attributes, "")).map(|_| ())
        }
    }
}

/// The text with a replacement character for what XML 1.0 has no way to write.
fn allowed(text: &str) -> String {
    let forbidden = |c: char| {
        (c.is_control() && !matches!(c, '\n' | '\r' | '\t' | '\u{7f}'..='\u{9f}'))
            || matches!(c, '\u{fffe}' | '\u{ffff}')
    };
    text.chars().map(|c| if forbidden(c) { '\u{fffd}' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::{Case, Outcome, suite};

    #[test]
    fn nothing_that_a_letter_says_becomes_markup() {
        let case = Case {
            class: "a \"<b>\" & \u{1b}[0m".to_owned(),
            name: "rule".to_owned(),
            result: Outcome::Failed {
                kind: "kind".to_owned(),
                message: "</failure><testcase/>".to_owned(),
                text: "]]> \u{0} <x>".to_owned(),
            },
        };
        let xml = String::from_utf8(suite("s", &[case]).unwrap()).unwrap();
        assert!(xml.contains("tests=\"1\" failures=\"1\" errors=\"0\" skipped=\"0\""), "{xml}");
        assert_eq!(xml.matches("<testcase").count(), 1, "{xml}");
        assert!(!xml.contains("<b>") && !xml.contains("<x>"), "{xml}");
        assert!(!xml.contains('\u{0}') && !xml.contains('\u{1b}'), "{xml}");
        assert!(xml.contains("]]&gt;"), "{xml}");
    }
}
