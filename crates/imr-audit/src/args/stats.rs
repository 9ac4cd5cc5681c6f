//! `stats` and `diff`: runs that are read back, and how to write what they say.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::audit::FailOn;

const STATS: &str = "\
Examples:
  imr-audit audit letters/ --format jsonl --output run.jsonl
  imr-audit stats run.jsonl
  imr-audit stats run.jsonl --format markdown > stats.md
  imr-audit audit letters/ --format jsonl | imr-audit stats -";

const DIFF: &str = "\
Examples:
  imr-audit diff monday.jsonl friday.jsonl
  imr-audit diff old.jsonl new.jsonl --format json
  imr-audit diff old.jsonl new.jsonl --fail-on high";

/// Statistics of a run: rates with intervals, missing evidence, findings by kind.
#[derive(Debug, Args)]
#[command(after_help = STATS)]
pub(crate) struct Stats {
    /// The run, as `audit --format jsonl` writes it, or - for standard input
    #[arg(value_name = "RUN")]
    pub(crate) run: PathBuf,
    /// How to write it
    #[arg(long, value_enum, default_value_t = ReadBackFormat::Text, value_name = "FORMAT")]
    pub(crate) format: ReadBackFormat,
    /// Lines of a table at most (text and markdown formats)
    #[arg(long, default_value_t = 20, value_name = "N")]
    pub(crate) lines: usize,
}

/// Compare two runs: what was decided, read or found otherwise.
#[derive(Debug, Args)]
#[command(after_help = DIFF)]
pub(crate) struct Diff {
    /// The first run, a file that `audit --format jsonl` wrote
    #[arg(value_name = "RUN1")]
    pub(crate) first: PathBuf,
    /// The second run, or - for standard input
    #[arg(value_name = "RUN2")]
    pub(crate) second: PathBuf,
    /// How to write it
    #[arg(long, value_enum, default_value_t = ReadBackFormat::Text, value_name = "FORMAT")]
    pub(crate) format: ReadBackFormat,
    /// Show at most this many changed letters, the gravest first (text and markdown formats)
    #[arg(long, default_value_t = 50, value_name = "N")]
    pub(crate) show: usize,
    /// End with exit code 1 when a new finding is at least this grave
    #[arg(long, value_enum, default_value_t = FailOn::Never, value_name = "SEVERITY")]
    pub(crate) fail_on: FailOn,
}

/// How `stats` and `diff` write.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ReadBackFormat {
    /// For people
    Text,
    /// For people, to be pasted or posted
    Markdown,
    /// For programs
    Json,
}
