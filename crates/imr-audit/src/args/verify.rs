//! `verify`: the manifest of a run, and how fast to run again.

use std::path::PathBuf;

use clap::Args;

use super::Pace;

const EXAMPLES: &str = "\
Examples:
  imr-audit audit letters/ --format jsonl --output run.jsonl \\
    --manifest run.jsonl.manifest.json
  imr-audit verify run.jsonl";

/// Audit again what a manifest describes.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Verify {
    /// What `audit --manifest` wrote, or results with their manifest beside them as RUN.manifest.json
    #[arg(value_name = "RUN")]
    pub(crate) run: PathBuf,
    #[command(flatten)]
    pub(crate) pace: Pace,
}
