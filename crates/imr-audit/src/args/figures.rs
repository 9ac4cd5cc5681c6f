//! `figures`: letters, what people say is true about them, and how to write the figures.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::Pace;

const EXAMPLES: &str = "\
Examples:
  imr-audit figures corpus/plain --labels corpus/plain/labels.jsonl
  imr-audit figures letters/ --labels labels.jsonl --parts --singles
  imr-audit figures letters/ --labels labels.jsonl --format json
  imr-audit figures letters/ --mentions mentions.jsonl";

/// Measure a run against labels.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Figures {
    /// Letters: files, folders (recursive: .txt, .pdf, .docx), 'patterns*', or - for standard input
    #[arg(required = true, value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    /// What is true about them: one JSON object a decision and line, as corpus/README.md describes
    #[arg(long, required_unless_present = "mentions", value_name = "FILE")]
    pub(crate) labels: Option<PathBuf>,
    /// Labels of single mentions instead: one JSON object a line with file, sentence, start, end and status
    #[arg(long, conflicts_with_all = ["labels", "parts", "singles"], value_name = "FILE")]
    pub(crate) mentions: Option<PathBuf>,
    /// How to write the figures
    #[arg(long, value_enum, default_value_t = FiguresFormat::Markdown, value_name = "FORMAT")]
    pub(crate) format: FiguresFormat,
    /// Also print the figures of each part of the set: letters whose case numbers agree before the
    /// first hyphen
    #[arg(long)]
    pub(crate) parts: bool,
    /// Also measure without the evidence phrases that only one letter of the set attests
    #[arg(long)]
    pub(crate) singles: bool,
    #[command(flatten)]
    pub(crate) pace: Pace,
}

/// Output formats of `figures`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum FiguresFormat {
    /// Tables
    Markdown,
    /// One JSON object: the whole set as `all`, then each part
    Json,
}
