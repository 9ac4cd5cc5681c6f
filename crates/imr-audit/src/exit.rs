//! Exit codes, and the one place where an error reaches standard error.

use std::fmt::Display;
use std::io::Write;

/// What the process ends with; scripts rely on the numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub(crate) enum Code {
    /// Done. Findings are results, not failures.
    Done = 0,
    /// Findings at or above `--fail-on`.
    Findings = 1,
    /// Wrong usage: a flag, a value or an output place that cannot be used.
    Usage = 2,
    /// The rulebook is invalid.
    Rulebook = 3,
    /// Some input could not be read; the rest was still done.
    Unreadable = 4,
    /// A bug in this program.
    Bug = 70,
    /// Somebody asked the run to end (Ctrl-C); what was done has been written.
    Interrupted = 130,
}

/// Why a command could not be carried out at all.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Failure {
    /// Wrong usage.
    #[error("{0}")]
    Usage(String),
    /// The rulebook is invalid; the text holds every mistake, rendered.
    #[error("{0}")]
    Rulebook(String),
    /// Results could not be written.
    #[error("cannot write the results: {0}")]
    Write(#[from] std::io::Error),
}

impl Failure {
    /// The exit code that this failure stands for. A reader that closed its pipe has what it wanted.
    pub(crate) fn code(&self) -> Code {
        match self {
            Self::Write(error) if error.kind() == std::io::ErrorKind::BrokenPipe => Code::Done,
            Self::Usage(_) | Self::Write(_) => Code::Usage,
            Self::Rulebook(_) => Code::Rulebook,
        }
    }
}

/// Writes one line to standard error. A closed standard error is nobody's concern.
pub(crate) fn complain(message: impl Display) {
    let _ = writeln!(std::io::stderr().lock(), "imr-audit: {message}");
}
