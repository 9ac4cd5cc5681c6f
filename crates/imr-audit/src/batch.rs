//! Many letters in parallel, with results in the order of the input.
//!
//! Letters are worked on in chunks: a chunk is read and audited on all threads, then handed on in order. That keeps
//! memory bounded by the chunk and needs no queue; the price is that threads wait for the slowest letter of a chunk,
//! so a chunk holds many letters for each thread, and that nothing is audited while the next chunk is taken out of an
//! archive or a table, which is a hundred times faster than auditing it.

use std::fmt::Display;
use std::io::{self, Write};
use std::path::PathBuf;

use imr_letter::Letter;
use imr_letter::source::SourceError;
use rayon::prelude::*;

use crate::bug;
use crate::content::{Digest, Fetched, Trouble};
use crate::duplicates::Duplicates;
use crate::exit::{Code, Failure, complain};
use crate::input;
use crate::interrupt;
use crate::progress::{Progress, Shown, Tally};
use crate::seen::Seen;
use crate::source::{Columns, Content, Fed, Flow, Raw, Reader, TableKind};

/// Letters in a chunk, for each thread.
const LETTERS_PER_THREAD: usize = 32;

/// Bytes of letters in a chunk.
const CHUNK_BYTES: usize = 64 << 20;

/// What a command does with each letter.
pub(crate) trait Job: Sync {
    /// What the parallel half hands to the ordered half.
    type Done: Send;

    /// Works on one letter; runs on any thread.
    fn work(&self, letter: Letter) -> Self::Done;

    /// Works on a letter that may be known by its content. Runs on any thread.
    ///
    /// # Errors
    /// Why the letter cannot be read.
    fn work_on(&self, fetched: &Fetched) -> Result<Self::Done, SourceError> {
        fetched.letter().map(|letter| self.work(letter))
    }

    /// Takes the results in the order of the input.
    fn take(&mut self, done: Self::Done, out: &mut dyn Write) -> io::Result<()>;

    /// Takes that a letter could not be read, in the order of the input.
    fn unreadable(&mut self, _: &str, _: &mut dyn Write) -> io::Result<()> {
        Ok(())
    }

    /// Findings so far, where the job knows them.
    fn findings(&self) -> u64 {
        0
    }
}

/// How a batch is run.
#[derive(Clone, Debug)]
pub(crate) struct Settings {
    /// Threads; 0 for one a core.
    pub(crate) jobs: usize,
    /// Whether to show how far the run is.
    pub(crate) progress: Shown,
    /// Which columns of tables hold text and id.
    pub(crate) columns: Columns,
    /// What named files and standard input are, when their names are not to be asked.
    pub(crate) table: Option<TableKind>,
}

impl Default for Settings {
    /// All cores, in silence, tables as they show themselves.
    fn default() -> Self {
        Self { jobs: 0, progress: Shown::Never, columns: Columns::default(), table: None }
    }
}

/// What became of a batch.
#[derive(Debug)]
pub(crate) struct Outcome {
    /// [`Code::Done`], or [`Code::Unreadable`] or [`Code::Bug`] when a letter could not be done, or
    /// [`Code::Interrupted`]; each has had its line on standard error.
    pub(crate) code: Code,
    /// What was done.
    pub(crate) tally: Tally,
    /// What the arguments held.
    pub(crate) seen: Seen,
    /// Letters with the same content.
    pub(crate) duplicates: Duplicates,
}

/// Runs `job` over every letter that the arguments stand for.
///
/// # Errors
///
/// When no letter can be worked on or no result written.
pub(crate) fn run<J: Job>(
    arguments: &[PathBuf],
    settings: &Settings,
    job: &mut J,
    out: &mut dyn Write,
) -> Result<Outcome, Failure> {
    interrupt::listen();
    let (inputs, unreadable) = input::find(arguments);
    if let Some(failed) = unreadable.iter().find(|failed| failed.exhausted) {
        return Err(without_handles(failed));
    }
    let pool = threads(settings.jobs)?;
    let files = inputs.iter().filter_map(|found| found.input.file());
    let progress = Progress::new(settings.progress, files);
    let mut run = Run {
        job,
        out,
        pool,
        progress,
        chunk: Vec::new(),
        weight: 0,
        argument: 0,
        outcome: Outcome {
            code: Code::Done,
            tally: Tally::default(),
            seen: Seen::new(arguments),
            duplicates: Duplicates::default(),
        },
        failure: None,
    };
    for failed in unreadable {
        run.fail(Code::Unreadable, &failed.to_string());
    }
    run.feed(&inputs, settings);
    run.end()
}

/// A batch at work.
struct Run<'r, J: Job> {
    job: &'r mut J,
    out: &'r mut dyn Write,
    pool: rayon::ThreadPool,
    progress: Progress,
    /// What is to be worked on next, in order.
    chunk: Vec<Waiting>,
    /// Bytes of it.
    weight: usize,
    argument: usize,
    outcome: Outcome,
    failure: Option<Failure>,
}

/// Something that waits to be worked on.
struct Waiting {
    /// The argument that it came from.
    argument: usize,
    /// Whether it is a file by itself, whose bytes nobody has read yet.
    file: bool,
    fed: Fed,
}

/// What became of one letter on its thread.
enum Worked<D> {
    Done {
        name: String,
        digest: Digest,
        bytes: usize,
        done: D,
    },
    Failed(Code, String),
    Noted(String),
    /// Nobody began with it, since the run is to end.
    Left,
    Fatal(Failure),
}

impl<J: Job> Run<'_, J> {
    fn feed(&mut self, inputs: &[input::Found], settings: &Settings) {
        let read = self.progress.read.clone();
        let reader = Reader { columns: &settings.columns, forced: settings.table, consumed: &read };
        for found in inputs {
            self.argument = found.argument;
            let flow = reader.feed(found, &mut |fed| self.push(fed));
            if flow.is_break() {
                return;
            }
        }
        let _ = self.work_off();
    }

    fn push(&mut self, fed: Fed) -> Flow {
        self.weight += if let Fed::Letter(raw) = &fed { raw.weight() } else { 0 };
        let file = matches!(&fed, Fed::Letter(Raw { content: Content::File(_), .. }));
        self.chunk.push(Waiting { argument: self.argument, file, fed });
        let full = self.chunk.len() >= LETTERS_PER_THREAD * self.pool.current_num_threads()
            || self.weight >= CHUNK_BYTES;
        if full { self.work_off() } else { Flow::Continue(()) }
    }

    /// Works on the chunk and hands its results on in order.
    fn work_off(&mut self) -> Flow {
        self.weight = 0;
        let chunk = std::mem::take(&mut self.chunk);
        let job = &*self.job;
        let worked: Vec<(usize, bool, Worked<J::Done>)> = self.pool.install(|| {
            let letters = chunk.into_par_iter();
            letters.map(|one| (one.argument, one.file, work(job, one.fed))).collect()
        });
        for (argument, file, worked) in worked {
            if let Worked::Done { bytes, .. } = &worked
                && file
            {
                self.progress.advance(*bytes);
            }
            self.take(argument, worked)?;
        }
        self.outcome.tally.findings = self.job.findings();
        self.progress.show(self.outcome.tally);
        if interrupt::asked() { Flow::Break(()) } else { Flow::Continue(()) }
    }

    fn take(&mut self, argument: usize, worked: Worked<J::Done>) -> Flow {
        match worked {
            Worked::Done { name, digest, bytes, done } => {
                self.outcome.tally.letters += 1;
                self.outcome.seen.add(argument, &name, &digest, bytes);
                self.outcome.duplicates.add(&name, &digest);
                if let Err(error) = self.job.take(done, self.out) {
                    self.failure = Some(Failure::Write(error));
                    return Flow::Break(());
                }
            }
            Worked::Failed(code, message) => self.fail(code, &message),
            Worked::Noted(note) => self.progress.say(note),
            Worked::Left => return Flow::Break(()),
            Worked::Fatal(failure) => {
                self.failure = Some(failure);
                return Flow::Break(());
            }
        }
        Flow::Continue(())
    }

    fn fail(&mut self, code: Code, message: &str) {
        self.outcome.tally.unreadable += 1;
        self.outcome.code = self.outcome.code.max(code);
        self.progress.say(message);
        if let Err(error) = self.job.unreadable(message, self.out) {
            self.failure.get_or_insert(Failure::Write(error));
        }
    }

    fn end(mut self) -> Result<Outcome, Failure> {
        self.progress.end(self.outcome.tally);
        if let Some(failure) = self.failure {
            return Err(failure);
        }
        if let Some(line) = self.outcome.duplicates.line() {
            complain(line);
        }
        if interrupt::asked() {
            self.outcome.code = Code::Interrupted;
        }
        Ok(self.outcome)
    }
}

/// That no result can be whole, since this could not be opened for want of file handles.
fn without_handles(failed: &dyn Display) -> Failure {
    Failure::Usage(format!("{failed}; raise the limit (ulimit -n) or lower --jobs"))
}

/// A pool of threads: as many as asked for, or one a core for 0.
///
/// # Errors
///
/// When the system gives no threads.
pub(crate) fn threads(jobs: usize) -> Result<rayon::ThreadPool, Failure> {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(jobs).build();
    pool.map_err(|error| Failure::Usage(format!("cannot start {jobs} threads: {error}")))
}

/// Reads and works on one letter; an error or a panic costs this letter only.
fn work<J: Job>(job: &J, fed: Fed) -> Worked<J::Done> {
    let raw: Raw = match fed {
        Fed::Letter(_) if interrupt::asked() => return Worked::Left,
        Fed::Letter(raw) => raw,
        Fed::Failed(unreadable) if unreadable.exhausted => {
            return Worked::Fatal(without_handles(&unreadable));
        }
        Fed::Failed(unreadable) => {
            return Worked::Failed(Code::Unreadable, unreadable.to_string());
        }
        Fed::Note(note) => return Worked::Noted(note),
    };
    let name = raw.name.clone();
    let work = || {
        let fetched = Fetched::of(raw)?;
        let done = job.work_on(&fetched).map_err(Trouble::Letter)?;
        Ok((fetched, done))
    };
    match bug::catch(work) {
        Ok(Ok((fetched, done))) => {
            let bytes = fetched.len();
            Worked::Done { name: fetched.name, digest: fetched.digest, bytes, done }
        }
        Ok(Err(Trouble::Letter(error))) => Worked::Failed(Code::Unreadable, error.to_string()),
        Ok(Err(Trouble::Handles(error))) => {
            Worked::Fatal(without_handles(&format_args!("{name}: cannot be opened: {error}")))
        }
        Err(bug) => Worked::Failed(Code::Bug, format!("{name}: {bug}")),
    }
}

#[cfg(test)]
mod tests {
    use std::io::{self, Write};
    use std::path::Path;

    use imr_letter::Letter;

    use super::{Job, Settings, run};
    use crate::exit::Code;

    /// Panics on one letter and names the others.
    struct Fragile;

    impl Job for Fragile {
        type Done = String;

        fn work(&self, letter: Letter) -> String {
            assert!(!letter.name.contains("seed-001"), "what a letter says must not be shown");
            letter.name.chars().rev().take(10).collect()
        }

        fn take(&mut self, done: String, out: &mut dyn Write) -> io::Result<()> {
            writeln!(out, "{done}")
        }
    }

    #[test]
    fn a_panic_costs_its_letter_only() {
        let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../corpus");
        let seeds = |jobs| {
            let mut out = Vec::new();
            let pattern = corpus.join("seed-*.txt");
            let settings = Settings { jobs, ..Settings::default() };
            let outcome = run(&[pattern], &settings, &mut Fragile, &mut out).unwrap();
            (outcome.code, String::from_utf8(out).unwrap().lines().count())
        };
        assert_eq!(seeds(1), (Code::Bug, 4));
        assert_eq!(seeds(3), (Code::Bug, 4));
    }
}
