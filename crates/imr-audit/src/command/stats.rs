//! `stats`: what a run says as a whole.

use std::io::{self, Write};

use imr_report::Handbook;
use imr_report::stats::Stats;

use crate::args::{self, General, ReadBackFormat};
use crate::engine::Engine;
use crate::exit::{Code, Failure};
use crate::output::Output;
use crate::runs;

/// Runs the command.
pub(crate) fn run(args: &args::Stats, general: &General) -> Result<Code, Failure> {
    let mut stats = Stats::new(Handbook::of(&Engine::load(general)?.rulebook));
    runs::read(&args.run, &mut |_, line| stats.add(&line))?;
    let view = stats.view();
    let mut out = Output::open(None)?;
    match args.format {
        ReadBackFormat::Text => out.write_all(view.text(args.lines).as_bytes())?,
        ReadBackFormat::Markdown => out.write_all(view.markdown(args.lines).as_bytes())?,
        ReadBackFormat::Json => {
            serde_json::to_writer_pretty(&mut out, &view).map_err(io::Error::from)?;
            out.write_all(b"\n")?;
        }
    }
    out.finish()?;
    Ok(Code::Done)
}
