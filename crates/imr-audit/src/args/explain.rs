//! `explain`: a letter, and which part of its proof.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

const EXAMPLES: &str = "\
Examples:
  imr-audit explain CM17-0000001.pdf
  imr-audit explain CM17-0000001.pdf --decision 2
  imr-audit explain letter.txt --rule opioid.continuation
  imr-audit explain letters/ --format jsonl    each clause with its cues";

/// Show one letter with the proof behind every verdict.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Explain {
    /// The letter: a file, or - for standard input
    #[arg(required = true, value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    /// How to write it: text, or every clause of the letters as a JSON line
    #[arg(long, value_enum, default_value_t = ExplainFormat::Text, value_name = "FORMAT")]
    pub(crate) format: ExplainFormat,
    /// Only this decision, counted from 1 in the letter's order
    #[arg(long, value_name = "N")]
    pub(crate) decision: Option<usize>,
    /// Only this rule (repeatable)
    #[arg(long = "rule", value_name = "ID")]
    pub(crate) rules: Vec<String>,
}

/// How `explain` writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ExplainFormat {
    /// For people.
    Text,
    /// One JSON line a clause.
    Jsonl,
}
