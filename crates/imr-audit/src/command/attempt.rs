//! `try`: what the evidence layer reads from a piece of text, without a letter around it.
//!
//! The text is put into the smallest letter that has a rationale and goes through every stage, so that what is shown
//! is what an audit would see.

use std::io::{Read, Write};

use imr_letter::Letter;

use crate::args::{General, Try};
use crate::engine::Engine;
use crate::exit::{Code, Failure};
use crate::output::Output;

/// Runs the command.
pub(crate) fn run(args: &Try, general: &General) -> Result<Code, Failure> {
    let engine = Engine::load(general)?;
    let text = if args.text == "-" { standard_input()? } else { args.text.clone() };
    if text.trim().is_empty() {
        return Err(Failure::Usage("try: the text is empty".to_owned()));
    }
    let audited = engine.audit(Letter::from_text("text", letter(&args.item, &text)));
    let mut out = Output::open(None)?;
    let appearance = general.appearance(out.is_terminal(), 0);
    write!(out, "{}", imr_report::readings(&audited, appearance))?;
    out.finish()?;
    Ok(Code::Done)
}

fn standard_input() -> Result<String, Failure> {
    let mut text = String::new();
    std::io::stdin().lock().read_to_string(&mut text).map_err(|error| {
        Failure::Usage(format!("-: standard input cannot be read as text: {error}"))
    })?;
    Ok(text)
}

/// The smallest letter with this rationale, in the layout of 2014 to 2016.
fn letter(item: &str, rationale: &str) -> String {
    format!(
        "CLINICAL CASE SUMMARY\n\nIMR ISSUES, DECISIONS AND RATIONALES\n\n{item}: Upheld\n\nClaims Administrator \
         guideline: Decision based on MTUS Chronic Pain Medical Treatment Guidelines.\n\nMAXIMUS guideline: Decision \
         based on MTUS Chronic Pain Medical Treatment Guidelines.\n\nDecision rationale: {rationale}\n"
    )
}
