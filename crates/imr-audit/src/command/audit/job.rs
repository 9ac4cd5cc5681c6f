//! What `audit` does with each letter, and with all of them at the end.

use std::io::{self, Write};

use imr_letter::Letter;
use imr_letter::source::SourceError;
use imr_report::{Audited, Part, Renderer};
use imr_rules::Rulebook;
use imr_rules::audit::Audit;
use imr_rules::correlate::{Batch, BatchAudit, Remembered};
use imr_rules::finding::Severity;
use imr_rules::rulebook::CheckScope;

use crate::accepted::Accepted;
use crate::baseline::{Baseline, Met};
use crate::batch::Job;
use crate::content::Fetched;
use crate::engine::Engine;
use crate::exit::{Failure, complain};
use crate::store::Store;

/// An audit while its letters come in.
pub(super) struct AuditJob {
    pub(super) engine: Engine,
    /// What is known of all letters so far; `None` when they are not to be compared.
    batch: Option<Batch>,
    renderer: Box<dyn Renderer>,
    filter: Filter,
    pub(super) accepted: Option<Accepted>,
    baseline: Option<Baseline>,
    store: Option<Store>,
    pub(super) gravest: Option<Severity>,
    /// Findings so far, without accepted ones.
    pub(super) found: u64,
    /// Accepted findings so far.
    pub(super) waived: u64,
}

/// What `--severity` and `--rule` leave over.
pub(super) struct Filter {
    pub(super) least: Option<Severity>,
    pub(super) rules: Vec<String>,
}

impl Filter {
    fn apply(&self, audited: &mut Audited, rulebook: &Rulebook) {
        let rule = |id: &str| self.rules.is_empty() || self.rules.iter().any(|one| one == id);
        let least = self.least.unwrap_or(Severity::Info);
        audited.audit.findings.retain(|finding| finding.severity >= least && rule(&finding.rule));
        audited.audit.verdicts.retain(|verdict| rule(&verdict.rule));
        for decision in &mut audited.audit.decisions {
            decision.findings.retain(|finding| finding.severity >= least && rule(&finding.rule));
            decision.verdicts.retain(|verdict| rule(&verdict.rule));
        }
        if !self.rules.is_empty() {
            self.count_idle(&mut audited.audit, rulebook);
        }
    }

    /// Counts, of the chosen rules alone, those that do not apply.
    fn count_idle(&self, audit: &mut Audit, rulebook: &Rulebook) {
        let asked = |scope| {
            let asked = rulebook.asked(scope);
            asked.filter(|id| self.rules.iter().any(|one| **id == *one)).count()
        };
        let of_decision = asked(CheckScope::Decision);
        for decision in &mut audit.decisions {
            decision.idle = of_decision.saturating_sub(decision.verdicts.len());
        }
        if !audit.decisions.is_empty() {
            audit.idle = asked(CheckScope::Letter).saturating_sub(audit.verdicts.len());
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
    /// An audit of single letters.
    pub(super) fn new(engine: Engine, renderer: Box<dyn Renderer>, filter: Filter) -> Self {
        Self {
            engine,
            batch: None,
            renderer,
            filter,
            accepted: None,
            baseline: None,
            store: None,
            gravest: None,
            found: 0,
            waived: 0,
        }
    }

    /// The same, comparing letters with each other.
    pub(super) fn comparing(mut self) -> Self {
        self.batch = Some(Batch::new(&self.engine.rulebook));
        self
    }

    /// The same, with waivers.
    pub(super) fn accepting(mut self, accepted: Option<Accepted>) -> Self {
        self.accepted = accepted;
        self
    }

    /// The same, leaving out what an earlier run found.
    pub(super) fn since(mut self, baseline: Option<Baseline>) -> Self {
        self.baseline = baseline;
        self
    }

    /// The same, remembering letters.
    pub(super) fn storing(mut self, store: Option<Store>) -> Self {
        self.store = store;
        self
    }

    /// Letters that did not have to be audited again, when letters are remembered.
    pub(super) fn recalled(&self) -> Option<u64> {
        self.store.as_ref().map(Store::recalled)
    }

    /// What the letters show together. One letter shows nothing together.
    pub(super) fn across_letters(&mut self, out: &mut dyn Write) -> io::Result<()> {
        let Some(mut audit) = self.batch.take().map(Batch::finish) else { return Ok(()) };
        if audit.letters < SEVERAL || !self.filter.wants_batch(&self.engine.rulebook) {
            return Ok(());
        }
        if let Some(accepted) = &mut self.accepted {
            accepted.apply_across(&mut audit);
        }
        if let Some(baseline) = &mut self.baseline {
            baseline.take_out_across(&mut audit);
        }
        self.filter.apply_to_batch(&mut audit);
        audit.part_waived();
        self.waived += u64::try_from(audit.waived.len()).unwrap_or_default();
        let gravest = audit.findings.iter().map(|finding| finding.severity).max();
        self.gravest = self.gravest.max(gravest);
        self.renderer.batch(&audit, out)
    }

    /// How the run differs from the earlier one.
    pub(super) fn compare(&mut self, out: &mut dyn Write) -> Result<(), Failure> {
        let Some(baseline) = &self.baseline else { return Ok(()) };
        let compared = baseline.compare()?;
        complain(compared.counts());
        self.renderer.compared(&compared, out)?;
        Ok(())
    }

    /// Writes what comes after the last letter.
    pub(super) fn end(&mut self, out: &mut dyn Write) -> io::Result<()> {
        self.renderer.end(out)
    }

    /// What depends on this letter alone, for the ordered half.
    fn finish(&self, mut audited: Audited) -> Done {
        // Before the filters: what is not reported may still be compared.
        let remembered = self
            .batch
            .as_ref()
            .map(|batch| batch.remember(&audited.letter, &audited.document, &audited.audit));
        let accept = |accepted: &Accepted| accepted.apply(&mut audited, &self.engine);
        let used = self.accepted.as_ref().map(accept).unwrap_or_default();
        let met = self.baseline.as_ref().map(|baseline| baseline.take_out(&mut audited));
        self.filter.apply(&mut audited, &self.engine.rulebook);
        let tally = Tally::of(&audited);
        Done { tally, remembered, used, met, part: self.renderer.part(audited) }
    }
}

/// One letter on its way to the ordered half.
pub(super) struct Done {
    tally: Tally,
    remembered: Option<Remembered>,
    /// The waivers that matched.
    used: Vec<usize>,
    met: Option<Met>,
    part: Part,
}

/// The findings of a letter, in numbers.
struct Tally {
    gravest: Option<Severity>,
    found: usize,
    waived: usize,
}

impl Tally {
    fn of(audited: &Audited) -> Self {
        Self {
            gravest: audited.findings().map(|finding| finding.severity).max(),
            found: audited.findings().count(),
            waived: audited.waived().count(),
        }
    }
}

impl Job for AuditJob {
    type Done = Done;

    fn work(&self, letter: Letter) -> Done {
        self.finish(self.engine.audit_with(letter, self.renderer.reasoned()))
    }

    fn work_on(&self, fetched: &Fetched) -> Result<Done, SourceError> {
        let Some(store) = &self.store else { return fetched.letter().map(|one| self.work(one)) };
        if let Some(audited) = store.recall(fetched, &self.engine) {
            return Ok(self.finish(audited));
        }
        // What is kept serves every format.
        let audited = self.engine.audit(fetched.letter()?);
        store.keep(fetched, &audited);
        Ok(self.finish(audited))
    }

    /// Letters that nobody remembers are audited together, which is faster.
    fn work_on_all(&self, fetched: &[Fetched]) -> Vec<Result<Done, SourceError>> {
        if self.store.is_some() {
            return fetched.iter().map(|one| self.work_on(one)).collect();
        }
        let mut unread = Vec::with_capacity(fetched.len());
        let mut letters = Vec::with_capacity(fetched.len());
        for one in fetched {
            match one.letter() {
                Ok(letter) => {
                    letters.push(letter);
                    unread.push(None);
                }
                Err(error) => unread.push(Some(error)),
            }
        }
        let audited = self.engine.audit_all(letters, self.renderer.reasoned());
        let mut done = audited.into_iter().map(|audited| self.finish(audited));
        // Each letter that was read has its audit, in order.
        unread
            .into_iter()
            .filter_map(|error| error.map(Err).or_else(|| done.next().map(Ok)))
            .collect()
    }

    fn take(&mut self, done: Done, out: &mut dyn Write) -> io::Result<()> {
        let Done { tally, remembered, used, met, part } = done;
        if let (Some(batch), Some(remembered)) = (&mut self.batch, remembered) {
            batch.add(&remembered);
        }
        if let Some(accepted) = &mut self.accepted {
            accepted.matched(&used);
        }
        if let (Some(baseline), Some(met)) = (&mut self.baseline, met) {
            baseline.met(&met);
        }
        self.gravest = self.gravest.max(tally.gravest);
        self.found += u64::try_from(tally.found).unwrap_or_default();
        self.waived += u64::try_from(tally.waived).unwrap_or_default();
        self.renderer.letter(part, out)
    }

    fn unreadable(&mut self, message: &str, out: &mut dyn Write) -> io::Result<()> {
        self.renderer.unreadable(message, out)
    }

    fn findings(&self) -> u64 {
        self.found
    }
}
