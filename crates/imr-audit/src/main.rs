//! The command line: flags, walking inputs, the parallel batch, exit codes.
//!
//! No domain logic lives here. `main` parses the flags, hands over to one module per command and turns what comes
//! back into an exit code; results go to standard output, everything else to standard error.

mod accepted;
mod args;
mod baseline;
mod batch;
mod bug;
mod command;
mod content;
mod duplicates;
mod engine;
mod exit;
mod extract;
mod input;
mod interrupt;
mod manifest;
mod output;
mod progress;
mod rules;
mod runs;
mod seen;
mod source;
mod store;

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
