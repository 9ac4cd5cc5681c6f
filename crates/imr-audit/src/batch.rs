//! Many letters in parallel, with results in the order of the input.
//!
//! Letters are worked on in chunks: a chunk is read and audited on all threads, then handed on in order. That keeps
//! memory bounded by the chunk and needs no queue; the price is that threads wait for the slowest letter of a chunk,
//! so a chunk holds many letters for each thread.

use std::io::{self, Write};
use std::time::{Duration, Instant};

use imr_letter::Letter;
use rayon::prelude::*;

use crate::bug;
use crate::engine;
use crate::exit::{Code, Failure, complain};
use crate::input::{self, Input};

/// Letters in a chunk, for each thread.
const LETTERS_PER_THREAD: usize = 32;

/// What a command does with each letter.
pub(crate) trait Job: Sync {
    /// What the parallel half hands to the ordered half.
    type Done: Send;

    /// Works on one letter; runs on any thread.
    fn work(&self, letter: Letter) -> Self::Done;

    /// Takes the results in the order of the input.
    fn take(&mut self, done: Self::Done, out: &mut dyn Write) -> io::Result<()>;
}

/// How a batch is run.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Settings {
    /// Threads; 0 for one a core.
    pub(crate) jobs: usize,
    /// Whether to say on standard error how far the run is.
    pub(crate) progress: bool,
}

/// Runs `job` over every letter that the arguments stand for.
///
/// Returns [`Code::Done`], or [`Code::Unreadable`] or [`Code::Bug`] when a letter could not be done; each of those
/// has had its line on standard error.
pub(crate) fn run<J: Job>(
    arguments: &[std::path::PathBuf],
    settings: Settings,
    job: &mut J,
    out: &mut dyn Write,
) -> Result<Code, Failure> {
    let (inputs, unreadable) = input::find(arguments);
    let mut code = Code::Done;
    for failed in &unreadable {
        complain(failed);
        code = Code::Unreadable;
    }
    let pool =
        rayon::ThreadPoolBuilder::new().num_threads(settings.jobs).build().map_err(|error| {
            Failure::Usage(format!("cannot start {} threads: {error}", settings.jobs))
        })?;
    let mut progress = Progress::new(settings.progress, inputs.len());
    for chunk in inputs.chunks(LETTERS_PER_THREAD * pool.current_num_threads()) {
        let done: Vec<Result<J::Done, (Code, String)>> =
            pool.install(|| chunk.par_iter().map(|input| one(job, input)).collect());
        for result in done {
            match result {
                Ok(done) => job.take(done, out)?,
                Err((worse, message)) => {
                    complain(message);
                    code = code.max(worse);
                }
            }
        }
        progress.advance(chunk.len());
    }
    Ok(code)
}

/// Reads and works on one letter; an error or a panic costs this letter only.
fn one<J: Job>(job: &J, input: &Input) -> Result<J::Done, (Code, String)> {
    let work = || engine::read(input).map(|letter| job.work(letter));
    match bug::catch(work) {
        Ok(Ok(done)) => Ok(done),
        Ok(Err(unreadable)) => Err((Code::Unreadable, unreadable.to_string())),
        Err(bug) => Err((Code::Bug, format!("{}: {bug}", input.name()))),
    }
}

/// Says on standard error how far the run is, at most twice a second.
struct Progress {
    shown: bool,
    done: usize,
    total: usize,
    last: Instant,
}

impl Progress {
    fn new(shown: bool, total: usize) -> Self {
        Self { shown, done: 0, total, last: Instant::now() }
    }

    fn advance(&mut self, letters: usize) {
        self.done += letters;
        let pause = Duration::from_millis(500);
        if self.shown && (self.last.elapsed() >= pause || self.done == self.total) {
            complain(format_args!("{} of {} letters", self.done, self.total));
            self.last = Instant::now();
        }
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
            let settings = Settings { jobs, progress: false };
            let code = run(&[pattern], settings, &mut Fragile, &mut out).unwrap();
            (code, String::from_utf8(out).unwrap().lines().count())
        };
        assert_eq!(seeds(1), (Code::Bug, 4));
        assert_eq!(seeds(3), (Code::Bug, 4));
    }
}
