//! `lsp`: nothing of its own; the rulebook is that of `--rules`.

use clap::Args;

const EXAMPLES: &str = "\
Examples:
  imr-audit lsp                          what an editor starts
  imr-audit lsp --rules my-rules/        with this folder over the built-in rules

docs/editors.md says how to set up VS Code, Helix and Neovim.";

/// A language server over standard input and output.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Lsp {}
