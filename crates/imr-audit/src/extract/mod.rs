//! From a file to a letter, with the risky part in a process of its own.
//!
//! A hostile PDF or DOCX may exhaust the stack, the memory or the patience of the libraries that read it, none of
//! which a program can catch in itself. So this program starts copies of itself as workers with the hidden argument
//! [`ARGUMENT`], sends them the bytes of files and gets letters back ([`frame`]). A worker limits its own memory and is
//! killed when it takes too long; whatever becomes of it, the file costs one error line and the batch goes on.
//!
//! Workers serve many files in turn and wait in a pool for the next one, since starting a process for each letter
//! would take longer than reading the letter. The price is that a file is blamed by elimination: a worker that dies
//! dies of the file it was given last. Plain text needs no worker; decoding it is ours and linear.

mod frame;
mod worker;

use std::io::{self, BufReader, BufWriter, Read, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::Command;
use std::sync::LazyLock;
use std::time::Duration;

use imr_letter::Letter;
use imr_letter::source::{Kind, Limits, Reason, SourceError, read_bytes, read_text};

use self::worker::Pool;
use crate::interrupt;

/// The hidden first argument that makes this program a worker.
pub(crate) const ARGUMENT: &str = "__extract";

/// How long a worker may take for one file.
const PATIENCE: Duration = Duration::from_secs(10);

/// Address space of a worker, in bytes: many times what the limits of [`Limits`] add up to.
#[cfg(unix)]
const MEMORY: u64 = 1 << 30;

/// The letter in `bytes`, shown as `name`.
///
/// # Errors
///
/// A [`SourceError`] with that name.
pub(crate) fn letter(name: &str, bytes: &[u8]) -> Result<Letter, SourceError> {
    let limits = Limits::default();
    let harmless = bytes.len() > limits.file_bytes || Kind::of(name, bytes) == Kind::Text;
    if harmless { read_bytes(name, bytes, &limits) } else { WORKERS.letter(name, bytes) }
}

/// The letter in a value of a table, shown as `name`.
///
/// # Errors
///
/// A [`SourceError`] with that name.
pub(crate) fn text(name: &str, bytes: &[u8]) -> Result<Letter, SourceError> {
    read_text(name, bytes, &Limits::default())
}

static WORKERS: LazyLock<Pool> = LazyLock::new(|| Pool::new(this_program, PATIENCE));

fn this_program() -> io::Result<Command> {
    let mut command = Command::new(std::env::current_exe()?);
    command.arg(ARGUMENT);
    Ok(command)
}

/// The life of a worker: limits its own memory, then answers files from standard input until there are no more.
///
/// # Errors
///
/// When the other side is gone or does not keep to the protocol.
pub(crate) fn work() -> io::Result<()> {
    interrupt::ignore();
    limit_memory();
    serve(BufReader::new(io::stdin().lock()), BufWriter::new(io::stdout().lock()))
}

/// Answers every file that `input` holds on `output`.
pub(crate) fn serve(mut input: impl Read, mut output: impl Write) -> io::Result<()> {
    while let Some((name, bytes)) = frame::read_request(&mut input)? {
        let read = || read_bytes(&name, &bytes, &Limits::default());
        let answer = catch_unwind(AssertUnwindSafe(read)).unwrap_or_else(|_| {
            Err(SourceError::new(&name, Reason::Crashed).with_detail("a bug in the reader"))
        });
        frame::write_answer(&mut output, &answer)?;
        output.flush()?;
    }
    Ok(())
}

/// A limit that the system refuses to set is no reason not to read letters; time remains limited.
#[cfg(unix)]
fn limit_memory() {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    let maximum = getrlimit(Resource::As).maximum;
    let current = Some(maximum.map_or(MEMORY, |maximum| maximum.min(MEMORY)));
    let _ = setrlimit(Resource::As, Rlimit { current, maximum });
}

#[cfg(not(unix))]
fn limit_memory() {}

#[cfg(test)]
mod tests {
    use super::*;

    fn served(files: &[(&str, &[u8])]) -> Vec<Result<Letter, SourceError>> {
        let mut requests = Vec::new();
        for (name, bytes) in files {
            frame::write_request(&mut requests, name, bytes).unwrap();
        }
        let mut answers = Vec::new();
        serve(requests.as_slice(), &mut answers).unwrap();
        let mut answers = answers.as_slice();
        files
            .iter()
            .map(|(name, _)| frame::read_answer(&mut answers).unwrap().named(name))
            .collect()
    }

    #[test]
    fn one_worker_serves_many_files() {
        let answers =
            served(&[("a.txt", b"Norco"), ("b.pdf", b"%PDF-1.4 nothing"), ("c.txt", b"MRI")]);
        assert_eq!(answers[0].as_ref().unwrap().text, "Norco");
        let error = answers[1].as_ref().unwrap_err();
        assert_eq!((error.name.as_str(), error.reason), ("b.pdf", Reason::DamagedPdf));
        assert_eq!(answers[2].as_ref().unwrap().name, "c.txt");
    }
}
