//! `try`: what the evidence layer reads from a piece of text, without a letter around it.
//!
//! The text is put into the smallest letter that has a rationale and goes through every stage, so that what is shown
//! is what an audit would see. A phrase is read in the bare text instead: it needs no criterion and no item.

mod phrases;

use std::io::{Read, Write};

use imr_letter::Sample;
use imr_report::Clauses;
use imr_rules::criterion::Part;
use imr_rules::evidence::Entry;
use imr_rules::yaml::nearest;

use crate::args::{General, Try};
use crate::engine::Engine;
use crate::exit::{Code, Failure};
use crate::output::Output;

/// Runs the command.
pub(crate) fn run(args: &Try, general: &General) -> Result<Code, Failure> {
    let engine = Engine::load(general)?;
    let mut out = Output::open(None)?;
    let mut code = Code::Done;
    if args.jsonl {
        code = phrases::lines(&args.text, &engine, &mut out)?;
    } else {
        let text = if args.text == "-" { standard_input()? } else { args.text.clone() };
        if text.trim().is_empty() {
            return Err(Failure::Usage("try: the text is empty".to_owned()));
        }
        match &args.phrase {
            Some(phrase) => phrases::one(&text, phrase, &engine, &mut out)?,
            None => reading(args, &text, &engine, general, &mut out)?,
        }
    }
    out.finish()?;
    Ok(code)
}

/// The criteria that the text gives, then how each clause was read.
fn reading(
    args: &Try,
    text: &str,
    engine: &Engine,
    general: &General,
    out: &mut Output,
) -> Result<(), Failure> {
    let only = args.concept.as_deref();
    if let Some(id) = only {
        know_entry(id, engine)?;
    }
    let audited = engine
        .audit(Sample { heading: &args.item, rationale: text, ..Sample::default() }.letter("text"));
    if only.is_none() {
        let appearance = general.appearance(out.is_terminal(), 0);
        write!(out, "{}", imr_report::readings(&audited, appearance))?;
        writeln!(out, "  how it was read")?;
    }
    let rulebook = &engine.rulebook;
    let read =
        |clauses| imr_report::trace(&audited.document, 0, Part::Rationale, rulebook, clauses, only);
    let clauses = read(Clauses::All);
    if clauses.is_empty() {
        writeln!(out, "    nothing of it stands in the text")?;
    }
    write!(out, "{clauses}")?;
    Ok(())
}

fn know_entry(id: &str, engine: &Engine) -> Result<(), Failure> {
    let known = || {
        engine.rulebook.lexicon.entries().filter_map(|entry| match entry {
            Entry::Concept(_) => Some(entry.id()),
            Entry::Cue(_) | Entry::Request(_) => None,
        })
    };
    if known().any(|concept| concept == id) {
        return Ok(());
    }
    let advice = nearest(id, known()).map(|concept| format!("; did you mean {concept}?"));
    let advice = advice.unwrap_or_default();
    Err(Failure::Usage(format!("--concept {id}: the evidence lexicon has no such concept{advice}")))
}

fn standard_input() -> Result<String, Failure> {
    let mut text = String::new();
    std::io::stdin().lock().read_to_string(&mut text).map_err(|error| {
        Failure::Usage(format!("-: standard input cannot be read as text: {error}"))
    })?;
    Ok(text)
}
