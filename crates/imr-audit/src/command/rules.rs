//! `rules`: check, list, show and fit the rulebook, and what helps to write one. The bench (test, coverage, mutate, impact,
//! profile) has a module a command.

mod check;
mod codes;
mod coverage;
mod fit;
mod fit_contradictions;
mod fit_mentions;
mod impact;
mod layout;
mod list;
mod mutate;
mod new;
mod profile;
mod schema;
mod show;
mod snapshots;
mod test;
mod times;

use std::io::Write;

use imr_report::bench;
use imr_rules::evaluate::ExampleResult;
use imr_rules::testing::tests;
use rayon::prelude::*;

use crate::args::{General, Rules, RulesCommand, RulesFolder};
use crate::engine::Engine;
use crate::exit::{Code, Failure};
use crate::output::Output;

/// Runs the command.
pub(crate) fn run(args: &Rules, general: &General) -> Result<Code, Failure> {
    let mut out = Output::open(None)?;
    let code = match &args.command {
        RulesCommand::Check(args) => check::run(args, general, &mut out)?,
        RulesCommand::Test(args) => test::run(args, general, &mut out)?,
        RulesCommand::Coverage(args) => coverage::run(args, general, &mut out)?,
        RulesCommand::Mutate(args) => mutate::run(args, general, &mut out)?,
        RulesCommand::Impact(args) => impact::run(args, general, &mut out)?,
        RulesCommand::Profile(args) => profile::run(args, general, &mut out)?,
        RulesCommand::List(args) => list::run(args, &over(general, &args.folder)?, &mut out)?,
        RulesCommand::Show(rule) => show::run(&Engine::load(general)?, rule, &mut out)?,
        RulesCommand::Fit(args) => fit::run(args, Engine::load(general)?, &mut out)?,
        RulesCommand::FitContradictions(args) => {
            fit_contradictions::run(args, Engine::load(general)?, &mut out)?
        }
        RulesCommand::FitMentions(args) => {
            fit_mentions::run(args, Engine::load(general)?, &mut out)?
        }
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

/// Runs every example, case and sentence and prints those that failed. Returns how many did.
fn examples(engine: &Engine, out: &mut Output) -> Result<usize, Failure> {
    let rulebook = &engine.rulebook;
    let results: Vec<ExampleResult> =
        tests(rulebook).par_iter().map(|test| test.run(rulebook)).collect();
    write!(out, "{}", bench::results(&results, false, &engine.rule_texts()))?;
    Ok(results.iter().filter(|result| !result.passed()).count())
}
