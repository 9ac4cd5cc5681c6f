//! What every output format has in common.
//!
//! A batch can be larger than memory, so no renderer is ever handed all of it: letters arrive one at a time, in the
//! order of the input. The costly half of the work ([`Renderer::part`]) takes no mutable state, so that it can run
//! on the worker thread that audited the letter; the cheap half ([`Renderer::letter`]) runs in order.

use std::io::{self, Write};
use std::sync::Arc;

use imr_letter::{Document, Letter, Slice};
use imr_rules::audit::{Audit, Reasoned};
use imr_rules::correlate::BatchAudit;
use imr_rules::criterion::CriterionId;
use imr_rules::finding::Finding;
use imr_rules::verdict::RuleVerdict;

use crate::compared::Compared;

/// One letter with everything that was read and found in it.
#[derive(Clone, Debug)]
pub struct Audited {
    /// The text that spans point into.
    pub letter: Letter,
    /// Its structure.
    pub document: Document,
    /// What the rules say.
    pub audit: Audit,
    /// The criteria's ids, in the order that [`CriterionId`] counts.
    pub criteria: Arc<[String]>,
}

impl Audited {
    /// A criterion's id as rule authors write it; empty for a number that the rulebook does not have.
    pub fn criterion(&self, id: CriterionId) -> &str {
        self.criteria.get(usize::from(id.0)).map_or("", String::as_str)
    }

    /// The normalised words at a slice.
    pub fn words(&self, slice: Slice) -> &str {
        self.document.words(slice)
    }

    /// The decisions that no standard applies to, numbered from 1.
    pub fn without_standard(&self) -> impl Iterator<Item = usize> {
        let decisions = self.audit.decisions.iter().zip(1..);
        decisions.filter(|(decision, _)| decision.standards == 0).map(|(_, number)| number)
    }

    /// How many times a rule did not apply and has no verdict.
    pub fn idle(&self) -> usize {
        let decisions = self.audit.decisions.iter().map(|decision| decision.idle);
        decisions.sum::<usize>() + self.audit.idle
    }

    /// Every verdict: those on the decisions in order, then those on the whole letter.
    pub fn verdicts(&self) -> impl Iterator<Item = &RuleVerdict> {
        let decisions = self.audit.decisions.iter();
        decisions.flat_map(|decision| &decision.verdicts).chain(&self.audit.verdicts)
    }

    /// Every finding that counts: those of the decisions in order, then those of the whole letter.
    pub fn findings(&self) -> impl Iterator<Item = &Finding> {
        self.all_findings().filter(|finding| finding.waived.is_none())
    }

    /// Every finding that somebody has accepted, in the same order.
    pub fn waived(&self) -> impl Iterator<Item = &Finding> {
        self.all_findings().filter(|finding| finding.waived.is_some())
    }

    fn all_findings(&self) -> impl Iterator<Item = &Finding> {
        self.audit
            .decisions
            .iter()
            .flat_map(|decision| &decision.findings)
            .chain(&self.audit.findings)
    }
}

/// What is left of a letter for the ordered half.
#[derive(Clone, Debug, Default)]
pub struct Part {
    /// What is rendered.
    pub bytes: Vec<u8>,
    /// The letter, where the format goes on to look at it. Where it does not, the letter ends on the thread that audited it,
    /// which is faster than on another one.
    pub letter: Option<Box<Audited>>,
}

impl From<Vec<u8>> for Part {
    /// Nothing but what is rendered.
    fn from(bytes: Vec<u8>) -> Self {
        Self { bytes, letter: None }
    }
}

impl From<Audited> for Part {
    /// Nothing but the letter.
    fn from(letter: Audited) -> Self {
        Self { bytes: Vec::new(), letter: Some(Box::new(letter)) }
    }
}

/// One output format.
pub trait Renderer: Sync {
    /// Of which rules it writes why their verdict came out. Most formats write findings alone, and an audit that need not
    /// find out more is faster.
    fn reasoned(&self) -> Reasoned {
        Reasoned::Nothing
    }

    /// Renders what depends on this letter alone, and keeps the letter if it is to be looked at in its order. May run on any
    /// thread.
    fn part(&self, audited: Audited) -> Part;

    /// Takes what [`Renderer::part`] left of the next letter in the order of the input.
    ///
    /// # Errors
    /// Whatever writing to `out` gives.
    fn letter(&mut self, part: Part, out: &mut dyn Write) -> io::Result<()>;

    /// Takes that a letter could not be read, in the order of the input: its place and why, without any of its words. A
    /// format that has no place for it leaves it out.
    ///
    /// # Errors
    /// Whatever writing to `out` gives.
    fn unreadable(&mut self, _: &str, _: &mut dyn Write) -> io::Result<()> {
        Ok(())
    }

    /// Takes what was found across the letters, once, after the last of them. A format that has no place for it leaves
    /// it out.
    ///
    /// # Errors
    /// Whatever writing to `out` gives.
    fn batch(&mut self, _: &BatchAudit, _: &mut dyn Write) -> io::Result<()> {
        Ok(())
    }

    /// Takes how the run differs from an earlier one, once, after everything else. A format that has no place for it leaves
    /// it out.
    ///
    /// # Errors
    /// Whatever writing to `out` gives.
    fn compared(&mut self, _: &Compared, _: &mut dyn Write) -> io::Result<()> {
        Ok(())
    }

    /// Writes what comes after the last letter.
    ///
    /// # Errors
    /// Whatever writing to `out` gives.
    fn end(&mut self, out: &mut dyn Write) -> io::Result<()>;
}
