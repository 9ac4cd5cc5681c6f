//! `rules`: check, list, show, test and fit the rulebook.

mod fit;

use std::io::Write;

use imr_rules::evaluate::run_examples;

use crate::args::{General, Rules, RulesCommand, RulesFolder, RulesShow};
use crate::engine::Engine;
use crate::exit::{Code, Failure};
use crate::output::Output;

/// Runs the command.
pub(crate) fn run(args: &Rules, general: &General) -> Result<Code, Failure> {
    let mut out = Output::open(None)?;
    let code = match &args.command {
        RulesCommand::Check(folder) => check(&over(general, folder)?, &mut out)?,
        RulesCommand::Test(folder) => test(&over(general, folder)?, &mut out)?,
        RulesCommand::List(folder) => list(&over(general, folder)?, &mut out)?,
        RulesCommand::Show(rule) => show(&Engine::load(general)?, rule, &mut out)?,
        RulesCommand::Fit(args) => fit::run(args, Engine::load(general)?, &mut out)?,
    };
    out.finish()?;
    Ok(code)
}

/// The rulebook with the command's own folder over the others.
fn over(general: &General, folder: &RulesFolder) -> Result<Engine, Failure> {
    let mut general = general.clone();
    general.rulebook.extend(folder.folder.clone());
    Engine::load(&general)
}

/// Loading has found no mistake, or the command would not have come here; what is left are the examples.
fn check(engine: &Engine, out: &mut Output) -> Result<Code, Failure> {
    let rulebook = &engine.rulebook;
    let failed = examples(engine, out, false)?;
    let (criteria, standards, checks) =
        (rulebook.criteria.len(), rulebook.standards.len(), rulebook.checks.len());
    let correlations = rulebook.correlations.len();
    writeln!(
        out,
        "rulebook: {criteria} criteria, {standards} standards, {checks} checks, {correlations} correlations, no mistake in \
         the files"
    )?;
    Ok(verdict(failed))
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

fn list(engine: &Engine, out: &mut Output) -> Result<Code, Failure> {
    let rulebook = &engine.rulebook;
    for standard in &rulebook.standards {
        writeln!(out, "standard  {:<40} {}", standard.id, standard.title)?;
    }
    for check in &rulebook.checks {
        writeln!(out, "check     {:<40} {}", check.id, check.title)?;
    }
    for rule in &rulebook.correlations {
        writeln!(out, "across    {:<40} {}", rule.id, rule.title)?;
    }
    Ok(Code::Done)
}

/// The rule as its author wrote it.
fn show(engine: &Engine, rule: &RulesShow, out: &mut Output) -> Result<Code, Failure> {
    engine.know_rules(std::slice::from_ref(&rule.id))?;
    let rulebook = &engine.rulebook;
    let standard = rulebook
        .standards
        .iter()
        .find(|standard| standard.id == rule.id)
        .map(|standard| &standard.place);
    let check =
        || rulebook.checks.iter().find(|check| check.id == rule.id).map(|check| &check.place);
    let across = || {
        rulebook.correlations.iter().find(|across| across.id == rule.id).map(|across| &across.place)
    };
    let texts = engine.rule_texts();
    if let Some(place) = standard.or_else(check).or_else(across) {
        let text = texts.get(&*place.file).map_or("", String::as_str);
        writeln!(out, "# {}", place.file)?;
        out.write_all(text.as_bytes())?;
    }
    Ok(Code::Done)
}
