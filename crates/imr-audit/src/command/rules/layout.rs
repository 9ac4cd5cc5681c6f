//! `rules fmt`: rule files laid out alike.

use std::fs;
use std::io::{IsTerminal, Write};

use imr_report::RuleTexts;
use imr_rules::format::format;

use crate::args::{General, RulesFormat};
use crate::exit::{Code, Failure, complain};
use crate::output::Output;
use crate::rules;

/// Lays files out, or names those that are laid out otherwise.
pub(super) fn run(
    args: &RulesFormat,
    general: &General,
    out: &mut Output,
) -> Result<Code, Failure> {
    let (mut other, mut refused) = (0, false);
    for file in rules::files(false, &args.paths)? {
        let laid_out = match &file.refused {
            None => format(&file.name, &file.text),
            Some(mistake) => Err(vec![*mistake.clone()]),
        };
        match laid_out {
            Ok(text) if text == file.text => {}
            Ok(text) => {
                other += 1;
                writeln!(out, "{}", file.name)?;
                if !args.check {
                    fs::write(&file.name, text).map_err(|error| {
                        Failure::Usage(format!("{}: cannot be written: {error}", file.name))
                    })?;
                }
            }
            Err(mistakes) => {
                refused = true;
                let look = general.appearance(std::io::stderr().is_terminal(), 0);
                let texts = RuleTexts::from([(file.name.clone(), file.text.to_string())]);
                complain(format!(
                    "left as it is\n\n{}",
                    imr_report::mistakes(&mistakes, &texts, look)
                ));
            }
        }
    }
    let done = if args.check { "laid out otherwise" } else { "laid out anew" };
    writeln!(out, "files {done}: {other}")?;
    Ok(match (refused, args.check && other > 0) {
        (true, _) => Code::Rulebook,
        (false, true) => Code::Findings,
        (false, false) => Code::Done,
    })
}
