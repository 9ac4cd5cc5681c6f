//! `explain`: one letter with the proof behind every verdict.

use std::io::{self, Write};

use imr_letter::Letter;
use imr_report::{Appearance, Audited, Choice, RuleTexts};

use crate::args::{Explain, ExplainFormat, General};
use crate::batch::{self, Job, Settings};
use crate::engine::Engine;
use crate::exit::{Code, Failure};
use crate::output::Output;

/// Runs the command.
pub(crate) fn run(args: &Explain, general: &General) -> Result<Code, Failure> {
    let engine = Engine::load(general)?;
    engine.know_rules(&args.rules)?;
    let mut out = Output::open(None)?;
    let mut job = ExplainJob {
        appearance: general.appearance(out.is_terminal(), 0),
        choice: Choice { decision: args.decision, rules: args.rules.clone() },
        format: args.format,
        rules: engine.rule_texts(),
        engine,
        missing: None,
    };
    let code = batch::run(&args.paths, &Settings::default(), &mut job, &mut out)?.code;
    out.finish()?;
    match job.missing {
        Some(message) => Err(Failure::Usage(message)),
        None => Ok(code),
    }
}

struct ExplainJob {
    engine: Engine,
    choice: Choice,
    format: ExplainFormat,
    appearance: Appearance,
    rules: RuleTexts,
    /// Why `--decision` chose nothing.
    missing: Option<String>,
}

impl ExplainJob {
    /// What is wrong with `--decision` for this letter.
    fn refuse(&self, audited: &Audited) -> Option<String> {
        let wanted = self.choice.decision?;
        let count = audited.document.decisions.len();
        let absent = wanted == 0 || wanted > count;
        absent.then(|| {
            format!(
                "{}: has {count} decisions, so --decision {wanted} chooses none",
                audited.letter.name
            )
        })
    }
}

impl Job for ExplainJob {
    type Done = Result<Vec<u8>, String>;

    fn work(&self, letter: Letter) -> Self::Done {
        let audited = self.engine.explain(letter);
        match self.refuse(&audited) {
            Some(message) => Err(message),
            None if self.format == ExplainFormat::Jsonl => {
                Ok(imr_report::clauses(&audited, &self.engine.rulebook))
            }
            None => Ok(imr_report::explain(
                &audited,
                &self.choice,
                self.appearance,
                &self.engine.rulebook,
                &self.rules,
            )
            .into_bytes()),
        }
    }

    fn take(&mut self, done: Self::Done, out: &mut dyn Write) -> io::Result<()> {
        match done {
            Ok(text) => out.write_all(&text),
            Err(message) => {
                self.missing = Some(message);
                Ok(())
            }
        }
    }
}
