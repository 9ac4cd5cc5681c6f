//! `rules impact`: which decisions two rulebooks decide otherwise, and why.

use std::io::{self, Write};
use std::path::Path;

use imr_letter::Letter;
use imr_report::bench::ImpactReport;
use imr_rules::impact::{Change, Edits, Side, changes};

use crate::args::{General, ImpactFormat, RulesImpact};
use crate::batch::{self, Job};
use crate::engine::Engine;
use crate::exit::{Code, Failure};
use crate::output::Output;

/// What stands for the rulebook of the binary.
const BUILT_IN: &str = "built-in";

/// Runs the command.
pub(super) fn run(
    args: &RulesImpact,
    general: &General,
    out: &mut Output,
) -> Result<Code, Failure> {
    let (old, new) = (rulebook(&args.old, args, general)?, rulebook(&args.new, args, general)?);
    let edits = Edits::between((&old.rulebook, old.files()), (&new.rulebook, new.files()));
    let report = ImpactReport::new(&edits);
    let mut job = ImpactJob { old, new, edits, report };
    let code = batch::run(&args.paths, &args.pace.settings(), &mut job, out)?.code;
    match args.format {
        ImpactFormat::Text => write!(out, "{}", job.report.text())?,
        ImpactFormat::Markdown => write!(out, "{}", job.report.markdown())?,
        ImpactFormat::Json => writeln!(out, "{}", job.report.json().map_err(io::Error::from)?)?,
    }
    Ok(code)
}

/// The rulebook that a folder stands for, over those of `--rules`.
fn rulebook(folder: &Path, args: &RulesImpact, general: &General) -> Result<Engine, Failure> {
    let mut general = general.clone();
    if folder != Path::new(BUILT_IN) {
        if !folder.exists() {
            let why = format!(
                "{}: there is no such folder; `{BUILT_IN}` stands for the rules of the program",
                folder.display()
            );
            return Err(Failure::Usage(why));
        }
        general.rulebook.push(folder.to_owned());
        general.no_default_rules |= args.whole;
    }
    Engine::load(&general)
}

struct ImpactJob {
    old: Engine,
    new: Engine,
    edits: Edits,
    report: ImpactReport,
}

impl Job for ImpactJob {
    type Done = (String, usize, Vec<Change>);

    fn work(&self, letter: Letter) -> Self::Done {
        let was = self.old.audit(letter.clone());
        let is = self.new.audit(letter);
        let old = Side { document: &was.document, audit: &was.audit, rulebook: &self.old.rulebook };
        let new = Side { document: &is.document, audit: &is.audit, rulebook: &self.new.rulebook };
        let changes = changes(old, new, &self.edits);
        (was.letter.name, was.document.decisions.len().max(is.document.decisions.len()), changes)
    }

    fn take(
        &mut self,
        (name, decisions, changes): Self::Done,
        _: &mut dyn Write,
    ) -> io::Result<()> {
        self.report.add(&name, decisions, changes);
        Ok(())
    }
}
