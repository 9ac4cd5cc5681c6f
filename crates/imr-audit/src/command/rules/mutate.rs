//! `rules mutate`: which slips of the pen no test of the rulebook would notice.

use std::io::Write;

use imr_report::bench::{MutationReport, scaffolds};
use imr_rules::mutation::{Pool, RuleMutation, Target, targets};
use rayon::prelude::*;

use super::over;
use crate::args::{BenchFormat, General, RulesMutate};
use crate::batch;
use crate::exit::{Code, Failure, complain};
use crate::output::Output;

/// Runs the command.
pub(super) fn run(
    args: &RulesMutate,
    general: &General,
    out: &mut Output,
) -> Result<Code, Failure> {
    let engine = over(general, &args.folder)?;
    engine.know_rules(&args.rules)?;
    let rulebook = &engine.rulebook;
    let wanted = |id: &str| args.rules.is_empty() || args.rules.iter().any(|rule| rule == id);
    let targets = targets(rulebook, engine.files());
    let threads = batch::threads(args.jobs)?;
    let wanted: Vec<&Target> = targets.iter().filter(|target| wanted(target.id())).collect();
    // What is read of a letter stays on its thread, so each thread reads the pool for its share of the rules.
    let share = wanted.len().div_ceil(threads.current_num_threads()).max(1);
    let shares = threads.install(|| {
        let mutated = |share: &[&Target]| -> Vec<RuleMutation> {
            let pool = Pool::of(rulebook);
            share.iter().map(|target| target.mutate(rulebook, &pool)).collect()
        };
        wanted.par_chunks(share).map(mutated).collect::<Vec<_>>()
    });
    let mutated = shares.concat();
    let texts = engine.rule_texts();
    let report = MutationReport::new(&mutated, &rulebook.criteria, &texts);
    match args.format {
        BenchFormat::Text => write!(out, "{report}")?,
        BenchFormat::Json => {
            serde_json::to_writer_pretty(&mut *out, &report).map_err(std::io::Error::from)?;
            writeln!(out)?;
        }
    }
    if let Some(path) = &args.write {
        let mut file = Output::open(Some(path))?;
        write!(file, "{}", scaffolds(&mutated, &rulebook.criteria, &texts))?;
        file.finish()?;
    }
    if report.is_blocked() {
        complain(
            "some tests fail without any change: nothing is known of their rules; run rules test",
        );
        return Ok(Code::Rulebook);
    }
    let least = args.at_least.unwrap_or_default() / 100.0;
    Ok(if report.score() < least { Code::Findings } else { Code::Done })
}
