//! `rules check`: mistakes, lints, examples.

use std::io::{IsTerminal, Write};

use super::{examples, with};
use crate::args::{CheckFormat, General, RulesCheck};
use crate::engine::{Checked, Engine};
use crate::exit::{Code, Failure, complain};
use crate::output::Output;

/// Tells every mistake of every file, or every lint and every example that fails.
pub(super) fn run(args: &RulesCheck, general: &General, out: &mut Output) -> Result<Code, Failure> {
    let json = args.format == CheckFormat::Json;
    match Engine::load_with_lints(&with(general, &args.folder))? {
        Checked::Mistaken(mistakes, texts) if json => {
            out.write_all(imr_report::diagnosis_lines(&mistakes, &texts).as_bytes())?;
            Ok(Code::Rulebook)
        }
        Checked::Mistaken(mistakes, texts) => {
            let look = general.appearance(std::io::stderr().is_terminal(), 0);
            let drawn = imr_report::mistakes(&mistakes, &texts, look);
            let count = mistakes.len();
            Err(Failure::Rulebook(format!("the rulebook is invalid, mistakes: {count}\n\n{drawn}")))
        }
        Checked::Sound(engine, lints) => {
            let texts = engine.rule_texts();
            if json {
                out.write_all(imr_report::diagnosis_lines(&lints, &texts).as_bytes())?;
            } else if !lints.is_empty() {
                let look = general.appearance(std::io::stderr().is_terminal(), 0);
                let drawn = imr_report::lints(&lints, &texts, look);
                complain(format!("lints: {}\n\n{drawn}", lints.len()));
            }
            let failed = if json { 0 } else { examples(&engine, out, false)? };
            if !json {
                sum_up(&engine, lints.len(), out)?;
            }
            let refused = failed > 0 || (args.strict && !lints.is_empty());
            Ok(if refused { Code::Rulebook } else { Code::Done })
        }
    }
}

fn sum_up(engine: &Engine, lints: usize, out: &mut Output) -> Result<(), Failure> {
    let rulebook = &engine.rulebook;
    let (criteria, standards, checks) =
        (rulebook.criteria.len(), rulebook.standards.len(), rulebook.checks.len());
    let correlations = rulebook.correlations.len();
    writeln!(
        out,
        "rulebook: {criteria} criteria, {standards} standards, {checks} checks, {correlations} correlations, no mistake in \
         the files, lints: {lints}"
    )?;
    Ok(())
}
