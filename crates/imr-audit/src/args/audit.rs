//! `audit`: which letters, what to report of them, how to write it and when to fail.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use imr_rules::finding::Severity;

use super::Pace;

const EXAMPLES: &str = "\
Examples:
  imr-audit audit letters/ more/CM17-0000001.pdf
  imr-audit audit 'letters/CM17-*.pdf' --severity high
  imr-audit audit letters/ --format jsonl --output run.jsonl
  imr-audit audit letters/ --format html --output report.html
  pdftotext -layout letter.pdf - | imr-audit audit -
  imr-audit audit letters/ --fail-on critical --quiet";

/// Audit letters.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Audit {
    /// Letters: files, folders (recursive: .txt, .pdf, .docx), 'patterns*', or - for standard input
    #[arg(required = true, value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    /// How to write the results
    #[arg(long, value_enum, default_value_t = Format::Text, value_name = "FORMAT")]
    pub(crate) format: Format,
    /// Write the results to this file, or folder for parquet; it appears only when the run is
    /// complete
    #[arg(long, short, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
    /// End with exit code 1 when a finding is at least this grave
    #[arg(long, value_enum, default_value_t = FailOn::Never, value_name = "SEVERITY")]
    pub(crate) fail_on: FailOn,
    /// Report only findings at least this grave
    #[arg(long, value_enum, value_name = "SEVERITY")]
    pub(crate) severity: Option<Gravity>,
    /// Report only this rule's verdicts and findings (repeatable)
    #[arg(long = "rule", value_name = "ID")]
    pub(crate) rules: Vec<String>,
    /// Do not compare letters with each other: leave out what only many of them together show
    #[arg(long)]
    pub(crate) no_batch: bool,
    /// Show at most this many findings, the gravest first (text and markdown formats)
    #[arg(long, default_value_t = 20, value_name = "N")]
    pub(crate) show: usize,
    /// Embed at most this many letters, those with the gravest findings first (html format)
    #[arg(long, default_value_t = 200, value_name = "N")]
    pub(crate) letters: usize,
    /// Print the counts only (text and markdown formats)
    #[arg(long, short)]
    pub(crate) quiet: bool,
    #[command(flatten)]
    pub(crate) pace: Pace,
}

/// Output formats of `audit`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people: the counts, then the gravest findings
    Text,
    /// For people, to be pasted or posted: the same as Markdown
    Markdown,
    /// One page for a browser: charts, a list to filter, letters with their evidence
    Html,
    /// One JSON document with every record and the counts
    Json,
    /// One JSON record a letter
    Jsonl,
    /// One line a finding, for spreadsheets
    Csv,
    /// For data frames: decisions.parquet and findings.parquet in the folder --output
    Parquet,
    /// For code-scanning viewers (SARIF 2.1.0)
    Sarif,
    /// For build servers: a test case for every rule that applies
    Junit,
    /// Annotations of a GitHub workflow
    Github,
}

/// A severity, or never.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum FailOn {
    Never,
    Info,
    Low,
    Medium,
    High,
    Critical,
}

/// A severity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Gravity {
    Info,
    Low,
    Medium,
    High,
    Critical,
}

impl From<Gravity> for Severity {
    fn from(gravity: Gravity) -> Self {
        match gravity {
            Gravity::Info => Self::Info,
            Gravity::Low => Self::Low,
            Gravity::Medium => Self::Medium,
            Gravity::High => Self::High,
            Gravity::Critical => Self::Critical,
        }
    }
}

impl FailOn {
    /// The least severity that fails a run.
    pub(crate) fn threshold(self) -> Option<Severity> {
        match self {
            Self::Never => None,
            Self::Info => Some(Severity::Info),
            Self::Low => Some(Severity::Low),
            Self::Medium => Some(Severity::Medium),
            Self::High => Some(Severity::High),
            Self::Critical => Some(Severity::Critical),
        }
    }
}
