//! The results of a rulebook's tests, for people and for continuous integration.

use std::fmt::Write as _;

use imr_rules::evaluate::{ExampleResult, Failure};
use quick_xml::Writer;
use quick_xml::events::{BytesEnd, BytesStart, BytesText, Event};

use super::at;
use crate::text::RuleTexts;

/// One line a test that failed, or a test, with what differs and why; then the counts.
pub fn results(results: &[ExampleResult], all: bool, rules: &RuleTexts) -> String {
    let mut out = String::new();
    for result in results.iter().filter(|result| all || !result.passed()) {
        let mark = result.failure.map_or("passed", Failure::name);
        let place = at(&result.place, rules);
        let _ = writeln!(out, "{mark:<7}  {}: {} ({place})", result.rule, result.name);
        for difference in &result.differences {
            let _ = writeln!(out, "           {difference}");
        }
        for reason in result.reasons.iter().filter(|_| !result.passed()) {
            let _ = writeln!(out, "           - {reason}");
        }
    }
    let count = |failure| results.iter().filter(|result| result.failure == Some(failure)).count();
    let [noisy, missing, wrong] = [Failure::Noisy, Failure::Missing, Failure::Wrong].map(count);
    let failed = noisy + missing + wrong;
    let _ = write!(out, "examples: {} run, {failed} failed", results.len());
    if failed > 0 {
        let _ = write!(out, " (noisy {noisy}, missing {missing}, wrong {wrong})");
    }
    out.push('\n');
    out
}

/// The results as a `JUnit` document: one suite, one case a test, with the rule as its class.
///
/// # Errors
/// None in practice: the document is written to memory.
pub fn junit(results: &[ExampleResult], rules: &RuleTexts) -> std::io::Result<Vec<u8>> {
    let failed = results.iter().filter(|result| !result.passed()).count().to_string();
    let count = results.len().to_string();
    let mut writer = Writer::new_with_indent(Vec::new(), b' ', 2);
    let mut suite = BytesStart::new("testsuite");
    suite.push_attribute(("name", "imr-audit rules test"));
    suite.push_attribute(("tests", count.as_str()));
    suite.push_attribute(("failures", failed.as_str()));
    writer.write_event(Event::Start(suite))?;
    for result in results {
        let mut case = BytesStart::new("testcase");
        case.push_attribute(("classname", result.rule.as_str()));
        case.push_attribute(("name", result.name.as_str()));
        case.push_attribute(("file", at(&result.place, rules).as_str()));
        let Some(failure) = result.failure else {
            writer.write_event(Event::Empty(case))?;
            continue;
        };
        writer.write_event(Event::Start(case))?;
        let mut told = BytesStart::new("failure");
        told.push_attribute(("type", failure.name()));
        told.push_attribute(("message", result.differences.join("; ").as_str()));
        writer.write_event(Event::Start(told))?;
        writer.write_event(Event::Text(BytesText::new(&result.reasons.join("\n"))))?;
        writer.write_event(Event::End(BytesEnd::new("failure")))?;
        writer.write_event(Event::End(BytesEnd::new("testcase")))?;
    }
    writer.write_event(Event::End(BytesEnd::new("testsuite")))?;
    let mut document = writer.into_inner();
    document.push(b'\n');
    Ok(document)
}
