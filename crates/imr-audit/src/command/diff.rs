//! `diff`: two runs, letter by letter.

use std::io::{self, Write};

use imr_report::diff::{Diff, LetterDiff, compare};
use imr_report::run::{Letter, Line};

use crate::args::{self, ReadBackFormat};
use crate::exit::{Code, Failure};
use crate::output::Output;
use crate::runs::{self, Indexed};

/// Runs the command.
pub(crate) fn run(args: &args::Diff) -> Result<Code, Failure> {
    let mut first = Indexed::of(&args.first)?;
    let mut writing = Writing::open(args)?;
    let mut failure = None;
    runs::read(&args.second, &mut |_, line| {
        if failure.is_none() {
            failure = writing.line(&mut first, line).err();
        }
    })?;
    if let Some(failure) = failure {
        return Err(failure);
    }
    writing.rest(&mut first)?;
    writing.end()
}

/// The comparison on its way out.
struct Writing<'a> {
    args: &'a args::Diff,
    out: Output,
    diff: Diff,
    begun: bool,
}

impl<'a> Writing<'a> {
    fn open(args: &'a args::Diff) -> Result<Self, Failure> {
        Ok(Self { args, out: Output::open(None)?, diff: Diff::new(args.show), begun: false })
    }

    fn line(&mut self, first: &mut Indexed<'_>, line: Line) -> Result<(), Failure> {
        match line {
            Line::Letter(after) => {
                let before = first.take(&after)?;
                self.letter(before.as_ref(), Some(&after))
            }
            Line::Across(finding) => {
                if first.across.remove(finding.fingerprint()).is_none() {
                    self.diff.add_across(finding, true);
                }
                Ok(())
            }
            Line::Other => Ok(()),
        }
    }

    /// What only the first run has.
    fn rest(&mut self, first: &mut Indexed<'_>) -> Result<(), Failure> {
        let mut result = Ok(());
        first.rest(&mut |before| {
            if result.is_ok() {
                result = self.letter(Some(&before), None);
            }
        })?;
        for finding in std::mem::take(&mut first.across).into_values() {
            self.diff.add_across(finding, false);
        }
        result
    }

    fn letter(&mut self, before: Option<&Letter>, after: Option<&Letter>) -> Result<(), Failure> {
        let Some(letter) = compare(before, after) else { return Ok(()) };
        if self.args.format == ReadBackFormat::Json && letter.is_changed() {
            self.json(&letter)?;
        }
        self.diff.add(letter);
        Ok(())
    }

    fn json(&mut self, letter: &LetterDiff) -> io::Result<()> {
        self.opened(",\n")?;
        serde_json::to_writer(&mut self.out, letter)?;
        Ok(())
    }

    /// Writes what comes before the first letter, or between two.
    fn opened(&mut self, between: &str) -> io::Result<()> {
        let head = format!("{{\"schema\": \"{}\", \"letters\": [\n", imr_report::SCHEMA);
        self.out.write_all(if self.begun { between.as_bytes() } else { head.as_bytes() })?;
        self.begun = true;
        Ok(())
    }

    fn end(mut self) -> Result<Code, Failure> {
        match self.args.format {
            ReadBackFormat::Text => self.out.write_all(self.diff.text().as_bytes())?,
            ReadBackFormat::Markdown => self.out.write_all(self.diff.markdown().as_bytes())?,
            ReadBackFormat::Json => {
                self.opened("")?;
                self.out.write_all(b"\n], \"summary\": ")?;
                serde_json::to_writer(&mut self.out, &self.diff).map_err(io::Error::from)?;
                self.out.write_all(b"}\n")?;
            }
        }
        self.out.finish()?;
        let threshold = self.args.fail_on.threshold();
        let failed = threshold.is_some_and(|threshold| self.diff.gravest_new() >= Some(threshold));
        Ok(if failed { Code::Findings } else { Code::Done })
    }
}
