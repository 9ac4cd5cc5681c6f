//! `rules`: its own commands, all but `fit` with a folder or a rule's id at most.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::Pace;

const EXAMPLES: &str = "\
Examples:
  imr-audit rules check                 mistakes, underlined; examples run
  imr-audit rules check my-rules/       the same with your folder on top
  imr-audit rules list
  imr-audit rules show opioid.continuation
  imr-audit rules test my-rules/        each example with its result";

/// Work on the rulebook.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Rules {
    #[command(subcommand)]
    pub(crate) command: RulesCommand,
}

#[derive(Debug, Subcommand)]
pub(crate) enum RulesCommand {
    /// Read every rule file, run every example, say what is wrong
    Check(RulesFolder),
    /// List the rules with their titles
    List(RulesFolder),
    /// Print the file of one rule
    Show(RulesShow),
    /// Run every example and print each result
    Test(RulesFolder),
    /// Fit the tables of weighed words on labelled letters and sentences
    Fit(Fit),
}

const FIT_EXAMPLES: &str = "\
Examples:
  imr-audit rules fit corpus/plain --labels corpus/plain/labels.jsonl \\
    --output rules/evidence/weights
  imr-audit rules fit corpus/plain --labels corpus/plain/labels.jsonl \\
    --without CW8 --output /tmp/held-out";

/// Labelled letters and sentences.
#[derive(Debug, Args)]
#[command(after_help = FIT_EXAMPLES)]
pub(crate) struct Fit {
    /// Letters: files, folders (recursive: .txt, .pdf, .docx), 'patterns*'
    #[arg(required = true, value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    /// What is true about them: one JSON object a decision and line, with the words that say it (repeatable)
    #[arg(long, required = true, value_name = "FILE")]
    pub(crate) labels: Vec<PathBuf>,
    /// Labelled sentences: labels, item class and sentence, parted by tabs, one a line (repeatable)
    #[arg(long, value_name = "FILE")]
    pub(crate) sentences: Vec<PathBuf>,
    /// Leave out the letters whose case numbers begin so, to measure on them (repeatable)
    #[arg(long, value_name = "PREFIX")]
    pub(crate) without: Vec<String>,
    /// How often the letters count whose case numbers begin so (repeatable)
    #[arg(long, value_name = "PREFIX=N")]
    pub(crate) times: Vec<String>,
    /// The folder to write the tables to
    #[arg(long, short, value_name = "DIR")]
    pub(crate) output: PathBuf,
    #[command(flatten)]
    pub(crate) pace: Pace,
}

/// A folder of rules.
#[derive(Debug, Args)]
pub(crate) struct RulesFolder {
    /// A folder of rule files to put over the built-in ones, like --rules
    #[arg(value_name = "DIR")]
    pub(crate) folder: Option<PathBuf>,
}

/// One rule.
#[derive(Debug, Args)]
pub(crate) struct RulesShow {
    /// The rule's id
    #[arg(value_name = "ID")]
    pub(crate) id: String,
}
