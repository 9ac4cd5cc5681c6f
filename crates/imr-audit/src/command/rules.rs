//! `rules`: check, list, show, test and fit the rulebook, and what helps to write one.

mod check;
mod codes;
mod fit;
mod layout;
mod list;
mod new;
mod schema;
mod show;

use std::io::Write;

use imr_rules::evaluate::run_examples;

use crate::args::{General, Rules, RulesCommand, RulesFolder};
use crate::engine::Engine;
use crate::exit::{Code, Failure};
use crate::output::Output;

/// Runs the command.
pub(crate) fn run(args: &Rules, general: &General) -> Result<Code, Failure> {
    let mut out = Output::open(None)?;
    let code = match &args.command {
        RulesCommand::Check(args) => check::run(args, general, &mut out)?,
        RulesCommand::Test(folder) => test(&over(general, folder)?, &mut out)?,
        RulesCommand::List(args) => list::run(args, &over(general, &args.folder)?, &mut out)?,
        RulesCommand::Show(rule) => show::run(&Engine::load(general)?, rule, &mut out)?,
        RulesCommand::Fit(args) => fit::run(args, Engine::load(general)?, &mut out)?,
        RulesCommand::ExplainCode(args) => codes::run(args, &mut out)?,
        RulesCommand::Schema(args) => schema::run(args, &Engine::load(general)?, &mut out)?,
        RulesCommand::Fmt(args) => layout::run(args, general, &mut out)?,
        RulesCommand::New(args) => new::run(args, &Engine::load(general)?, &mut out)?,
    };
    out.finish()?;
    Ok(code)
}

/// The rulebook with the command's own folder over the others.
fn over(general: &General, folder: &RulesFolder) -> Result<Engine, Failure> {
    Engine::load(&with(general, folder))
}

/// The options with the command's own folder over the others.
fn with(general: &General, folder: &RulesFolder) -> General {
    let mut general = general.clone();
    general.rulebook.extend(folder.folder.clone());
    general
}

fn test(engine: &Engine, out: &mut Output) -> Result<Code, Failure> {
    Ok(verdict(examples(engine, out, true)?))
}

/// A rulebook that contradicts its own examples is invalid.
fn verdict(failed: usize) -> Code {
    if failed == 0 { Code::Done } else { Code::Rulebook }
}

/// Runs every example; prints those that failed, and the others too when `all` is asked for. Returns how many failed.
fn examples(engine: &Engine, out: &mut Output, all: bool) -> Result<usize, Failure> {
    let results = run_examples(&engine.rulebook);
    let texts = engine.rule_texts();
    for result in results.iter().filter(|result| all || !result.passed()) {
        let text = texts.get(&*result.place.file).map_or("", String::as_str);
        let line = text.bytes().take(result.place.start).filter(|byte| *byte == b'\n').count() + 1;
        let mark = if result.passed() { "passed" } else { "FAILED" };
        writeln!(out, "{mark}  {}: {} ({}:{line})", result.rule, result.name, result.place.file)?;
        for difference in &result.differences {
            writeln!(out, "          {difference}")?;
        }
        for reason in result.reasons.iter().filter(|_| !result.passed()) {
            writeln!(out, "          - {reason}")?;
        }
    }
    let failed = results.iter().filter(|result| !result.passed()).count();
    writeln!(out, "examples: {} run, {failed} failed", results.len())?;
    Ok(failed)
}
