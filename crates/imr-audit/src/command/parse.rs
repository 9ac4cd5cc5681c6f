//! `parse`: the structure of letters, without rules.

use std::io::{self, Write};

use imr_letter::{Document, Letter};
use imr_report::coverage::Coverage;
use imr_report::structure::Structure;

use crate::args::{General, Parse};
use crate::batch::{self, Job};
use crate::engine::Engine;
use crate::exit::{Code, Failure};
use crate::output::Output;
use crate::progress::Shown;

/// Runs the command.
pub(crate) fn run(args: &Parse, general: &General) -> Result<Code, Failure> {
    let mut out = Output::open(None)?;
    let mut settings = args.tables.with(args.pace.settings());
    if out.is_terminal() && !args.summary {
        settings.progress = Shown::Never;
    }
    let code = if args.text {
        batch::run(&args.paths, &settings, &mut TextJob, &mut out)?.code
    } else {
        let engine = Engine::load(general)?;
        if args.summary {
            let mut job = CoverageJob { engine, coverage: Coverage::default() };
            let code = batch::run(&args.paths, &settings, &mut job, &mut out)?.code;
            write!(out, "{}", job.coverage)?;
            code
        } else {
            batch::run(
                &args.paths,
                &settings,
                &mut StructureJob { engine, indented: out.is_terminal() },
                &mut out,
            )?
            .code
        }
    };
    out.finish()?;
    Ok(code)
}

/// `--text`: the extracted text, as it is.
struct TextJob;

impl Job for TextJob {
    type Done = String;

    fn work(&self, letter: Letter) -> String {
        letter.text
    }

    fn take(&mut self, text: String, out: &mut dyn Write) -> io::Result<()> {
        out.write_all(text.as_bytes())
    }
}

/// Each letter's structure as one JSON line, or over many lines for a person at a terminal.
struct StructureJob {
    engine: Engine,
    indented: bool,
}

impl Job for StructureJob {
    type Done = Vec<u8>;

    fn work(&self, letter: Letter) -> Vec<u8> {
        let document = self.engine.parse(&letter);
        let structure = Structure::of(&letter, &document);
        let line = if self.indented {
            serde_json::to_vec_pretty(&structure)
        } else {
            serde_json::to_vec(&structure)
        };
        let mut line = line.unwrap_or_default();
        line.push(b'\n');
        line
    }

    fn take(&mut self, line: Vec<u8>, out: &mut dyn Write) -> io::Result<()> {
        out.write_all(&line)
    }
}

/// `--summary`: counts over all letters.
struct CoverageJob {
    engine: Engine,
    coverage: Coverage,
}

impl Job for CoverageJob {
    type Done = Document;

    fn work(&self, letter: Letter) -> Document {
        self.engine.parse(&letter)
    }

    fn take(&mut self, document: Document, _: &mut dyn Write) -> io::Result<()> {
        self.coverage.add(&document);
        Ok(())
    }
}
