//! Many letters in parallel, with results in the order of the input.
//!
//! Letters are worked on in chunks: a chunk is read and audited on all threads, then handed on in order. That keeps
//! memory bounded by the chunk; the price is that threads wait for the last letters of a chunk, so a chunk holds many
//! letters for each thread, and that nothing is audited while results are handed on and the next chunk is taken out of
//! an archive or a table. A thread takes some letters at a time, which a job may work on together.

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
const LETTERS_PER_THREAD: usize = 128;

/// Letters that a thread works on together, at most.
const TOGETHER: usize = 32;

/// Bytes of letters that a thread works on together; a larger one comes last.
const TOGETHER_BYTES: usize = 256 << 10;

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

    /// Works on several such letters; one result for each, in their order. Runs on any thread.
    fn work_on_all(&self, fetched: &[Fetched]) -> Vec<Result<Self::Done, SourceError>> {
        fetched.iter().map(|one| self.work_on(one)).collect()
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
        let groups = Groups::of(chunk, self.pool.current_num_threads());
        let mut worked: Vec<(usize, Vec<Finished<J::Done>>)> = self.pool.install(|| {
            let groups = groups.enumerate().par_bridge();
            groups.map(|(place, group)| (place, work_together(job, group))).collect()
        });
        worked.sort_unstable_by_key(|(place, _)| *place);
        let worked = worked.into_iter().flat_map(|(_, worked)| worked);
        for Finished { argument, file, worked } in worked {
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

/// A chunk in groups of letters that are worked on together; the thread that is free takes the next. Where there are several
/// threads, groups become smaller towards the end: who is done with the last would wait for who has just begun.
struct Groups {
    rest: std::vec::IntoIter<Waiting>,
    threads: usize,
}

impl Groups {
    fn of(chunk: Vec<Waiting>, threads: usize) -> Self {
        Self { rest: chunk.into_iter(), threads }
    }
}

impl Iterator for Groups {
    type Item = Vec<Waiting>;

    fn next(&mut self) -> Option<Vec<Waiting>> {
        let share = match self.threads {
            0 | 1 => TOGETHER,
            threads => self.rest.len() / (2 * threads),
        };
        let group: Vec<Waiting> = self.rest.by_ref().take(share.clamp(1, TOGETHER)).collect();
        (!group.is_empty()).then_some(group)
    }
}

/// What became of something that waited.
struct Finished<D> {
    argument: usize,
    file: bool,
    worked: Worked<D>,
}

/// Reads and works on some letters, in their order.
fn work_together<J: Job>(job: &J, group: Vec<Waiting>) -> Vec<Finished<J::Done>> {
    let mut finished = Vec::with_capacity(group.len());
    let mut held: Vec<(usize, bool, Fetched)> = Vec::new();
    for Waiting { argument, file, fed } in group {
        match fetch(fed) {
            Ok(fetched) => held.push((argument, file, fetched)),
            Err(worked) => {
                finished.extend(work(job, std::mem::take(&mut held)));
                finished.push(Finished { argument, file, worked });
            }
        }
        if held.iter().map(|(.., fetched)| fetched.len()).sum::<usize>() >= TOGETHER_BYTES {
            finished.extend(work(job, std::mem::take(&mut held)));
        }
    }
    finished.extend(work(job, held));
    finished
}

/// Reads the bytes of a letter; what became of it when there are none.
fn fetch<D>(fed: Fed) -> Result<Fetched, Worked<D>> {
    let raw: Raw = match fed {
        Fed::Letter(_) if interrupt::asked() => return Err(Worked::Left),
        Fed::Letter(raw) => raw,
        Fed::Failed(unreadable) if unreadable.exhausted => {
            return Err(Worked::Fatal(without_handles(&unreadable)));
        }
        Fed::Failed(unreadable) => {
            return Err(Worked::Failed(Code::Unreadable, unreadable.to_string()));
        }
        Fed::Note(note) => return Err(Worked::Noted(note)),
    };
    let name = raw.name.clone();
    match bug::catch(|| Fetched::of(raw)) {
        Ok(Ok(fetched)) => Ok(fetched),
        Ok(Err(Trouble::Letter(error))) => Err(Worked::Failed(Code::Unreadable, error.to_string())),
        Ok(Err(Trouble::Handles(error))) => {
            Err(Worked::Fatal(without_handles(&format_args!("{name}: cannot be opened: {error}"))))
        }
        Err(bug) => Err(Worked::Failed(Code::Bug, format!("{name}: {bug}"))),
    }
}

/// Works on letters with the arguments that they came from; an error or a panic costs its letter only.
fn work<J: Job>(job: &J, held: Vec<(usize, bool, Fetched)>) -> Vec<Finished<J::Done>> {
    let (places, fetched): (Vec<(usize, bool)>, Vec<Fetched>) =
        held.into_iter().map(|(argument, file, fetched)| ((argument, file), fetched)).unzip();
    let together = bug::catch(|| job.work_on_all(&fetched));
    let done: Vec<_> = match together.ok().filter(|done| done.len() == fetched.len()) {
        Some(done) => done.into_iter().map(Ok).collect(),
        // One of them made a panic; each by itself tells which.
        None => fetched.iter().map(|one| bug::catch(|| job.work_on(one))).collect(),
    };
    let worked = |fetched: Fetched, done| match done {
        Ok(Ok(done)) => {
            let bytes = fetched.len();
            Worked::Done { name: fetched.name, digest: fetched.digest, bytes, done }
        }
        Ok(Err(error)) => Worked::Failed(Code::Unreadable, SourceError::to_string(&error)),
        Err(bug) => Worked::Failed(Code::Bug, format!("{}: {bug}", fetched.name)),
    };
    let all = places.into_iter().zip(fetched).zip(done);
    all.map(|(((argument, file), fetched), done)| Finished {
        argument,
        file,
        worked: worked(fetched, done),
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use std::io::{self, Write};
    use std::path::Path;

    use imr_letter::Letter;

    use super::{Groups, Job, Settings, Waiting, run};
    use crate::exit::Code;
    use crate::source::Fed;

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
    fn groups_become_smaller_where_another_thread_would_wait() {
        let waiting = || Waiting { argument: 0, file: false, fed: Fed::Note(String::new()) };
        let sizes = |letters, threads| -> Vec<usize> {
            let chunk = (0..letters).map(|_| waiting()).collect();
            Groups::of(chunk, threads).map(|group| group.len()).collect()
        };
        assert_eq!(sizes(70, 1), [32, 32, 6]);
        assert_eq!(sizes(20, 2), [5, 3, 3, 2, 1, 1, 1, 1, 1, 1, 1]);
        let many = sizes(256, 2);
        assert_eq!(many.iter().sum::<usize>(), 256);
        assert!(many.starts_with(&[32, 32, 32, 32, 32]) && many.ends_with(&[1, 1]), "{many:?}");
        assert!(many.is_sorted_by(|one, next| one >= next), "{many:?}");
        assert!(sizes(0, 2).is_empty());
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
