//! `parse`: the structure, the text or the counts.

use std::path::PathBuf;

use clap::Args;

use super::{Pace, Tables};

const EXAMPLES: &str = "\
Examples:
  imr-audit parse letter.pdf                 every part with its place, as JSON
  imr-audit parse --text letter.pdf          the text that places count in
  imr-audit parse --summary letters/         what was understood, and what not";

/// Show the structure of letters.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Parse {
    /// Letters: files, folders (recursive), 'patterns*', archives (zip, tar, tar.gz, tar.zst), tables
    /// (.jsonl, .csv, .tsv, .parquet), or - for standard input
    #[arg(required = true, value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    /// Print the text as extracted, nothing else
    #[arg(long, conflicts_with = "summary")]
    pub(crate) text: bool,
    /// Print counts over all letters instead of each structure
    #[arg(long)]
    pub(crate) summary: bool,
    #[command(flatten)]
    pub(crate) tables: Tables,
    #[command(flatten)]
    pub(crate) pace: Pace,
}
