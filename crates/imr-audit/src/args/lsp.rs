//! `lsp`: the letters in which hits are counted; the rulebook is that of `--rules`.

use std::path::PathBuf;

use clap::Args;

const EXAMPLES: &str = "\
Examples:
  imr-audit lsp                          what an editor starts
  imr-audit lsp --rules my-rules/        with this folder over the built-in rules
  imr-audit lsp --letters letters/       hovering tells hits in these letters

docs/editors.md says how to set up VS Code, Helix and Neovim.";

/// A language server over standard input and output.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Lsp {
    /// Letters in which hovering over a rule or an entry counts hits, the first 200 of them
    #[arg(long, value_name = "LETTERS")]
    pub(crate) letters: Vec<PathBuf>,
}
