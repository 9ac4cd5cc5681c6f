//! `rules explain-code`: what a code means.

use std::io::Write;

use imr_rules::code;
use imr_rules::yaml::nearest;

use crate::args::RulesCode;
use crate::exit::{Code, Failure};
use crate::output::Output;

/// Explains one code, or lists all.
pub(super) fn run(args: &RulesCode, out: &mut Output) -> Result<Code, Failure> {
    let Some(asked) = &args.code else {
        for code in code::all() {
            let (first, _) = code.means.split_once('.').unwrap_or((code.means, ""));
            writeln!(out, "{:<8} {:<22} {first}", code.level.name(), code.code)?;
        }
        return Ok(Code::Done);
    };
    let Some(code) = code::find(asked) else {
        let advice = match nearest(asked, code::all().map(|code| code.code)) {
            Some(near) => format!("did you mean {near}?"),
            None => "imr-audit rules explain-code lists all".to_owned(),
        };
        return Err(Failure::Usage(format!("{asked}: there is no such code; {advice}")));
    };
    out.write_all(imr_report::explanation(code).as_bytes())?;
    Ok(Code::Done)
}
