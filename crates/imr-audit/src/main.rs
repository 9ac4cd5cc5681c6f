//! The command line: flags, walking inputs, the parallel batch, exit codes.
//!
//! No domain logic lives here. `main` parses the flags, hands over to one module per command and turns what comes
//! back into an exit code; results go to standard output, everything else to standard error.

mod args;
mod batch;
mod bug;
mod command;
mod engine;
mod exit;
mod extract;
mod input;
mod output;
mod rules;
mod runs;

use std::process::ExitCode;

fn main() -> ExitCode {
    bug::keep_letter_text_out_of_panic_messages();
    if std::env::args_os().nth(1).is_some_and(|argument| argument == extract::ARGUMENT) {
        return extract::work().map_or(ExitCode::FAILURE, |()| ExitCode::SUCCESS);
    }
    let code = bug::catch(command::run).unwrap_or_else(|bug| {
        exit::complain(&bug);
        exit::Code::Bug
    });
    ExitCode::from(code as u8)
}
