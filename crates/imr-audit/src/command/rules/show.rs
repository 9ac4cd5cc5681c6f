//! `rules show`: what one rule does, in plain English or as its author wrote it.

use std::io::Write;

use crate::args::RulesShow;
use crate::engine::Engine;
use crate::exit::{Code, Failure};
use crate::output::Output;

/// Shows a rule.
pub(super) fn run(engine: &Engine, rule: &RulesShow, out: &mut Output) -> Result<Code, Failure> {
    engine.know_rules(std::slice::from_ref(&rule.id))?;
    if rule.file {
        return file(engine, &rule.id, out);
    }
    let words = imr_report::rule_in_words(&rule.id, &engine.rulebook).unwrap_or_default();
    out.write_all(words.as_bytes())?;
    Ok(Code::Done)
}

/// The rule as its author wrote it.
fn file(engine: &Engine, id: &str, out: &mut Output) -> Result<Code, Failure> {
    let texts = engine.rule_texts();
    if let Some((_, _, _, place)) = engine.rules().find(|(_, known, ..)| *known == id) {
        let text = texts.get(&*place.file).map_or("", String::as_str);
        writeln!(out, "# {}", place.file)?;
        out.write_all(text.as_bytes())?;
    }
    Ok(Code::Done)
}
