//! Prints one JSON line for each letter named on the command line: the parts that were found.
//!
//! `cargo run -p imr-letter --example outline -- corpus/seeds/*.txt`

use std::io::Write;

use imr_letter::document::{Document, Outcome, Sex};
use imr_letter::parse;
use imr_letter::source::{Limits, read_bytes};
use imr_letter::span::{Located, Slice};
use imr_letter::vocabulary::Vocabulary;

fn main() -> std::io::Result<()> {
    let mut output = std::io::stdout().lock();
    for path in std::env::args().skip(1) {
        let letter = read_bytes(&path, &std::fs::read(&path)?, &Limits::default())
            .map_err(std::io::Error::other)?;
        let document = parse(&letter, &Vocabulary::default());
        writeln!(output, "{}", line(&path, &document))?;
    }
    Ok(())
}

fn line(path: &str, document: &Document) -> serde_json::Value {
    let words = |slice: Option<Slice>| slice.map(|slice| document.words(slice));
    let names =
        |list: &[Located<String>]| list.iter().map(|entry| entry.value.clone()).collect::<Vec<_>>();
    let date = |date: &Option<Located<_>>| {
        date.as_ref().map(|date: &Located<jiff::civil::Date>| date.value.to_string())
    };
    let header = &document.header;
    let decisions = document.decisions.iter().map(|decision| {
        let parts = decision.partial.as_ref().map(|parts| [Some(parts.original), parts.authorized, parts.disputed].map(words));
        serde_json::json!({
            "heading": decision.heading.value, "outcome": outcome(decision.outcome), "partial": parts,
            "claims_administrator": words(decision.claims_administrator.slice), "reviewer": words(decision.reviewer.slice),
            "rationale": words(decision.rationale),
        })
    });
    serde_json::json!({
        "source": path, "format": document.recognition.format,
        "case_number": header.case_number.as_ref().map(|number| &number.value), "priority": header.priority.as_ref().map(|word| &word.value),
        "dates": {"assigned": date(&header.assigned), "injury": date(&header.injury), "decision": date(&header.decision),
            "ur_denial": date(&header.ur_denial), "received": date(&header.received)},
        "specialties": names(&document.reviewer.specialties), "subspecialties": names(&document.reviewer.subspecialties),
        "licensure": names(&document.reviewer.licensure), "age": document.patient.age.as_ref().map(|age| age.value),
        "sex": document.patient.sex.as_ref().map(|sex| match sex.value { Sex::Female => "female", Sex::Male => "male" }),
        "summary": words(document.summary), "case_outcome": format!("{:?}", document.case_outcome), "decisions": decisions.collect::<Vec<_>>(),
        "problems": document.problems.iter().map(|problem| format!("{}: {}", problem.kind.name(), problem.message)).collect::<Vec<_>>(),
    })
}

fn outcome(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Upheld => "upheld",
        Outcome::Overturned => "overturned",
        Outcome::Modified => "modified",
        Outcome::Unknown => "unknown",
    }
}
