//! `audit`: every letter through every stage, results in the chosen format.

mod renderer;
mod tables;

use std::io::{self, Write};

use imr_letter::Letter;
use imr_report::{Audited, Renderer};
use imr_rules::Rulebook;
use imr_rules::correlate::{Batch, BatchAudit, Remembered};
use imr_rules::finding::Severity;

use crate::args::{Audit, General};
use crate::batch::{self, Job, Settings};
use crate::engine::Engine;
use crate::exit::{Code, Failure};
use renderer::Results;

/// Runs the command.
pub(crate) fn run(args: &Audit, general: &General) -> Result<Code, Failure> {
    let engine = Engine::load(general)?;
    engine.know_rules(&args.rules)?;
    let Results { renderer, mut out, tables } = renderer::open(args, general, &engine)?;
    let batch = (!args.no_batch).then(|| Batch::new(&engine.rulebook));
    let mut job = AuditJob {
        engine,
        batch,
        renderer,
        filter: Filter { least: args.severity.map(Severity::from), rules: args.rules.clone() },
        gravest: None,
    };
    let settings = Settings { jobs: args.pace.jobs, progress: args.pace.progress };
    let code = batch::run(&args.paths, settings, &mut job, &mut out)?;
    job.across_letters(&mut out)?;
    job.renderer.end(&mut out)?;
    out.finish()?;
    tables.finish()?;
    let failed = args.fail_on.threshold().is_some_and(|threshold| job.gravest >= Some(threshold));
    Ok(if code == Code::Done && failed { Code::Findings } else { code })
}

struct AuditJob {
    engine: Engine,
    /// What is known of all letters so far; `None` when they are not to be compared.
    batch: Option<Batch>,
    renderer: Box<dyn Renderer>,
    filter: Filter,
    gravest: Option<Severity>,
}

/// What `--severity` and `--rule` leave over.
struct Filter {
    least: Option<Severity>,
    rules: Vec<String>,
}

impl Filter {
    fn apply(&self, audited: &mut Audited) {
        let rule = |id: &String| self.rules.is_empty() || self.rules.contains(id);
        let least = self.least.unwrap_or(Severity::Info);
        audited.audit.findings.retain(|finding| finding.severity >= least && rule(&finding.rule));
        audited.audit.verdicts.retain(|verdict| rule(&verdict.rule));
        for decision in &mut audited.audit.decisions {
            decision.findings.retain(|finding| finding.severity >= least && rule(&finding.rule));
            decision.verdicts.retain(|verdict| rule(&verdict.rule));
        }
    }

    fn apply_to_batch(&self, batch: &mut BatchAudit) {
        let rule = |id: &String| self.rules.is_empty() || self.rules.contains(id);
        let least = self.least.unwrap_or(Severity::Info);
        batch.findings.retain(|finding| finding.severity >= least && rule(&finding.rule));
        batch.rates.retain(|table| rule(&table.rule));
    }

    /// Whether any of these rules compares letters.
    fn wants_batch(&self, rulebook: &Rulebook) -> bool {
        let mut correlations = rulebook.correlations.iter();
        self.rules.is_empty() || correlations.any(|rule| self.rules.contains(&rule.id))
    }
}

/// Letters that must have been read before there is anything to compare.
const SEVERAL: u64 = 2;

impl AuditJob {
    /// What the letters show together. One letter shows nothing together.
    fn across_letters(&mut self, out: &mut dyn Write) -> io::Result<()> {
        let Some(mut audit) = self.batch.take().map(Batch::finish) else { return Ok(()) };
        if audit.letters < SEVERAL || !self.filter.wants_batch(&self.engine.rulebook) {
            return Ok(());
        }
        self.filter.apply_to_batch(&mut audit);
        let gravest = audit.findings.iter().map(|finding| finding.severity).max();
        self.gravest = self.gravest.max(gravest);
        self.renderer.batch(&audit, out)
    }
}

impl Job for AuditJob {
    type Done = (Audited, Option<Remembered>, Vec<u8>);

    fn work(&self, letter: Letter) -> Self::Done {
        let mut audited = self.engine.audit(letter);
        // Before the filter: what is not reported may still be compared.
        let remembered = self
            .batch
            .as_ref()
            .map(|batch| batch.remember(&audited.letter, &audited.document, &audited.audit));
        self.filter.apply(&mut audited);
        let part = self.renderer.part(&audited);
        (audited, remembered, part)
    }

    fn take(
        &mut self,
        (audited, remembered, part): Self::Done,
        out: &mut dyn Write,
    ) -> io::Result<()> {
        if let (Some(batch), Some(remembered)) = (&mut self.batch, remembered) {
            batch.add(&remembered);
        }
        let gravest = audited.findings().map(|finding| finding.severity).max();
        self.gravest = self.gravest.max(gravest);
        self.renderer.letter(audited, part, out)
    }
}
