//! `rules`: check, list, show and test the rulebook.

use std::io::Write;

use crate::args::{General, Rules, RulesCommand, RulesFolder, RulesShow};
use crate::engine::Engine;
use crate::exit::{Code, Failure};
use crate::output::Output;

/// Runs the command.
pub(crate) fn run(args: &Rules, general: &General) -> Result<Code, Failure> {
    let mut out = Output::open(None)?;
    let code = match &args.command {
        RulesCommand::Check(folder) => check(&over(general, folder)?, &mut out)?,
        RulesCommand::List(folder) => list(&over(general, folder)?, &mut out)?,
        RulesCommand::Show(rule) => show(&Engine::load(general)?, rule, &mut out)?,
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

/// Loading has found no mistake, or the command would not have come here.
fn check(engine: &Engine, out: &mut Output) -> Result<Code, Failure> {
    let rulebook = &engine.rulebook;
    writeln!(
        out,
        "no mistake: {} criteria, {} standards, {} checks",
        rulebook.criteria.len(),
        rulebook.standards.len(),
        rulebook.checks.len()
    )?;
    Ok(Code::Done)
}

fn list(engine: &Engine, out: &mut Output) -> Result<Code, Failure> {
    let rulebook = &engine.rulebook;
    for standard in &rulebook.standards {
        writeln!(out, "standard  {:<40} {}", standard.id, standard.title)?;
    }
    for check in &rulebook.checks {
        writeln!(out, "check     {:<40} {}", check.id, check.title)?;
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
    let texts = engine.rule_texts();
    if let Some(place) = standard.or_else(check) {
        let text = texts.get(&*place.file).map_or("", String::as_str);
        writeln!(out, "# {}", place.file)?;
        out.write_all(text.as_bytes())?;
    }
    Ok(Code::Done)
}
