//! The flags, with help written for people: what all commands share here, what belongs to one command in its module.
//!
//! A command's examples stand above its flags, so that a new flag and the line that shows it are one change. The price is
//! that the list of commands and their help are two places.

mod attempt;
mod audit;
mod bench;
mod explain;
mod figures;
mod lsp;
mod parse;
mod rules;
mod stats;
mod tables;
mod verify;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use imr_report::Appearance;

use crate::batch::Settings;
use crate::progress::Shown;

pub(crate) use attempt::Try;
pub(crate) use audit::{Audit, Format};
pub(crate) use bench::{
    BenchFormat, CoverageFormat, ImpactFormat, RulesCoverage, RulesImpact, RulesMutate,
    RulesProfile, RulesTest,
};
pub(crate) use explain::{Explain, ExplainFormat};
pub(crate) use figures::{Figures, FiguresFormat};
pub(crate) use lsp::Lsp;
pub(crate) use parse::Parse;
pub(crate) use rules::{
    CheckFormat, Fit, FitContradictions, FitMentions, NewKind, Rules, RulesCheck, RulesCode,
    RulesCommand, RulesFolder, RulesFormat, RulesList, RulesNew, RulesSchema, RulesShow,
};
pub(crate) use stats::{Diff, ReadBackFormat, Stats};
pub(crate) use tables::Tables;
pub(crate) use verify::Verify;

/// Audits medical-necessity determination letters (California IMR).
///
/// Reads each letter, finds what its rationale says about this patient, checks that against the rulebook, and reports
/// the outcomes that their own rationale, the letter's own case summary or the cited guideline do not support. Nothing
/// leaves this machine.
#[derive(Debug, Parser)]
#[command(name = "imr-audit", version, after_help = EXAMPLES, max_term_width = 100)]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Command,
    #[command(flatten)]
    pub(crate) general: General,
}

const EXAMPLES: &str = "\
Examples:
  imr-audit audit letters/                   every letter in a folder
  imr-audit audit letters/ --format jsonl    one JSON record a letter
  imr-audit parse --summary letters/         how well the letters were read
  imr-audit explain CM17-0000001.pdf         the proof behind every verdict

Exit codes: 0 done, 1 findings at or above --fail-on, 2 wrong usage,
3 the rulebook is invalid, 4 some input could not be read, 70 a bug in imr-audit,
130 interrupted (what was done is written).";

/// Options of every command.
#[derive(Clone, Debug, Args)]
pub(crate) struct General {
    /// When to use colours; NO_COLOR in the environment turns them off
    #[expect(clippy::doc_markdown, reason = "help text is read on a terminal")]
    #[arg(long, global = true, value_enum, default_value_t = Color::Auto, value_name = "WHEN")]
    pub(crate) color: Color,
    /// Put the rule files of this folder over the built-in ones; entries with the same id replace
    /// them (repeatable, later folders win)
    #[arg(long = "rules", global = true, value_name = "DIR")]
    pub(crate) rulebook: Vec<PathBuf>,
    /// Leave the built-in rules out: only the folders that are named count
    #[arg(long, global = true)]
    pub(crate) no_default_rules: bool,
}

impl General {
    /// How text for people looks, on a terminal or elsewhere.
    pub(crate) fn appearance(&self, terminal: bool, shown: usize) -> Appearance {
        let variable = |name| std::env::var(name).ok().filter(|value| !value.is_empty());
        let color = match self.color {
            Color::Always => true,
            Color::Never => false,
            Color::Auto => terminal && variable("NO_COLOR").is_none(),
        };
        let columns = variable("COLUMNS").and_then(|columns| columns.parse().ok());
        let width = columns.filter(|_| terminal).unwrap_or(DEFAULT_WIDTH);
        Appearance { color, width: width.clamp(60, 160), shown }
    }
}

/// Columns of text for people where the terminal does not tell.
const DEFAULT_WIDTH: usize = 110;

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Audit letters and report what their outcomes rest on
    Audit(Audit),
    /// Show the structure of letters: sections, decisions, citations, dates, problems
    Parse(Parse),
    /// Show one letter with the proof behind every verdict
    Explain(Explain),
    /// Show what is read from a piece of rationale: each criterion's status with its words
    #[command(name = "try")]
    Try(Try),
    /// Statistics of a run: rates with intervals, missing evidence, findings by kind
    Stats(Stats),
    /// Compare two runs: what was decided, read or found otherwise
    Diff(Diff),
    /// Measure how well labelled letters are read: precision, recall, F1
    Figures(Figures),
    /// Audit again what a manifest describes, and say what differs
    Verify(Verify),
    /// Check, list, show or test the rulebook
    Rules(Rules),
    /// Serve an editor: mistakes, completion and meanings while a rule is written
    Lsp(Lsp),
}

/// How fast, and whether to say how far.
#[derive(Clone, Copy, Debug, Args)]
pub(crate) struct Pace {
    /// Threads; 0 means one for each core
    #[arg(long, short, default_value_t = 0, value_name = "N")]
    pub(crate) jobs: usize,
    /// Say how far the run is also where standard error is no terminal, in plain lines
    #[arg(long)]
    pub(crate) progress: bool,
}

impl Pace {
    /// How a batch is run whose tables are told by their names.
    pub(crate) fn settings(self) -> Settings {
        let progress = if self.progress { Shown::Always } else { Shown::Auto };
        Settings { jobs: self.jobs, progress, ..Settings::default() }
    }
}

/// When to use colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Color {
    /// On a terminal, unless `NO_COLOR` is set
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}
