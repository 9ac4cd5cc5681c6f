//! `rules list`: the rules, and where each comes from.

use std::io::Write;

use imr_rules::rulebook::symbols::{self, Symbol};

use crate::args::RulesList;
use crate::engine::Engine;
use crate::exit::{Code, Failure};
use crate::output::Output;

/// Lists the rules.
pub(super) fn run(args: &RulesList, engine: &Engine, out: &mut Output) -> Result<Code, Failure> {
    if !args.origin {
        for (kind, id, title, _) in engine.rules() {
            writeln!(out, "{kind}  {id:<40} {title}")?;
        }
        return Ok(Code::Done);
    }
    for (kind, id, _, place) in engine.rules() {
        writeln!(out, "{kind}  {id:<40} {}", place.file)?;
    }
    let all = symbols::symbols(engine.files());
    let replaced = symbols::replaced(&all);
    let own =
        all.iter().filter(|one| one.layer > 0 && one.defines.is_some() && one.scope.is_none());
    for symbol in own {
        let before = replaced.iter().find(|(_, after)| *after == symbol).map(|(before, _)| *before);
        writeln!(out, "{}", origin(symbol, before))?;
    }
    Ok(Code::Done)
}

/// "adds the criterion sleep (my-rules/criteria.yaml)", "replaces ..., was in ...".
fn origin(symbol: &Symbol, before: Option<&Symbol>) -> String {
    let (what, name, file) = (symbol.naming.title(), &symbol.name, &symbol.place.file);
    match before {
        Some(before) => format!("replaces  {what} {name}: {file} instead of {}", before.place.file),
        None => format!("adds      {what} {name}: {file}"),
    }
}
