//! One module a command, and the choice between them.

mod attempt;
mod audit;
mod diff;
mod explain;
mod figures;
mod lsp;
mod parse;
mod rules;
mod stats;
mod verify;

use clap::Parser;

use crate::args::{Cli, Command};
use crate::exit::{Code, complain};

/// Runs the command that the command line names.
pub(crate) fn run() -> Code {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(refused) => {
            let _ = refused.print();
            return if refused.use_stderr() { Code::Usage } else { Code::Done };
        }
    };
    let result = match &cli.command {
        Command::Audit(args) => audit::run(args, &cli.general),
        Command::Parse(args) => parse::run(args, &cli.general),
        Command::Try(args) => attempt::run(args, &cli.general),
        Command::Figures(args) => figures::run(args, &cli.general),
        Command::Stats(args) => stats::run(args, &cli.general),
        Command::Diff(args) => diff::run(args),
        Command::Verify(args) => verify::run(args),
        Command::Rules(args) => rules::run(args, &cli.general),
        Command::Lsp(args) => lsp::run(args, &cli.general),
        Command::Explain(args) => explain::run(args, &cli.general),
    };
    result.unwrap_or_else(|failure| {
        let code = failure.code();
        if code != Code::Done {
            complain(failure);
        }
        code
    })
}
