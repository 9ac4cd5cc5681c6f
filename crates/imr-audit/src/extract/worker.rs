//! Worker processes: started when needed, kept while they live, killed when they hang.

use std::io::{self, BufReader, Read};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use imr_letter::Letter;
use imr_letter::source::{Reason, SourceError};

use super::frame::{self, Answer};
use crate::content;

/// Workers that wait for files; as many come to life as threads ask at once.
pub(super) struct Pool {
    command: fn() -> io::Result<Command>,
    patience: Duration,
    idle: Mutex<Vec<Worker>>,
}

/// One worker process.
struct Worker {
    child: Child,
    requests: ChildStdin,
    answers: Receiver<io::Result<Answer>>,
}

/// Why a worker gave no answer.
enum Failure {
    /// It could not be given the file.
    Unasked,
    /// It took too long.
    Late,
    /// It ended, or answered nonsense.
    Died,
}

impl Pool {
    /// A pool whose workers are started by `command` and may take `patience` for a file.
    pub(super) fn new(command: fn() -> io::Result<Command>, patience: Duration) -> Self {
        Self { command, patience, idle: Mutex::new(Vec::new()) }
    }

    /// The letter in a file, read by a worker.
    ///
    /// # Errors
    ///
    /// What the worker says, or what became of it.
    pub(super) fn letter(&self, name: &str, bytes: &[u8]) -> Result<Letter, SourceError> {
        let error =
            |reason, detail: String| Err(SourceError::new(name, reason).with_detail(detail));
        let (mut worker, answer) = match self.ask(name, bytes) {
            Ok(asked) => asked,
            Err(cause) => return error(Reason::Crashed, format!("no extraction process: {cause}")),
        };
        match answer {
            Ok(answer) => {
                self.idle().push(worker);
                answer.named(name)
            }
            Err(Failure::Late) => {
                error(Reason::TimeLimit, format!("{} s", self.patience.as_secs_f32()))
            }
            Err(Failure::Unasked | Failure::Died) => {
                let (reason, detail) = worker.cause_of_death();
                error(reason, detail)
            }
        }
    }

    /// Gives the file to a worker; while no handle is free for a new one, it waits for one that another thread puts back.
    fn ask(&self, name: &str, bytes: &[u8]) -> io::Result<(Worker, Result<Answer, Failure>)> {
        content::patiently(|| self.try_to_ask(name, bytes))
    }

    /// Gives the file to a waiting worker. One that has been killed from outside while it waited cannot take it, which
    /// is not the file's fault; then, and when none waits, a new worker gets the file.
    fn try_to_ask(
        &self,
        name: &str,
        bytes: &[u8],
    ) -> io::Result<(Worker, Result<Answer, Failure>)> {
        let waiting = self.idle().pop();
        if let Some(mut worker) = waiting {
            let answer = worker.ask(name, bytes, self.patience);
            if !matches!(answer, Err(Failure::Unasked)) {
                return Ok((worker, answer));
            }
        }
        let mut worker = Worker::start((self.command)()?)?;
        let answer = worker.ask(name, bytes, self.patience);
        Ok((worker, answer))
    }

    fn idle(&self) -> std::sync::MutexGuard<'_, Vec<Worker>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Worker {
    fn start(mut command: Command) -> io::Result<Self> {
        let mut child =
            command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn()?;
        match (child.stdin.take(), child.stdout.take()) {
            (Some(requests), Some(output)) => Ok(Self { child, requests, answers: listen(output) }),
            _ => Err(io::ErrorKind::BrokenPipe.into()),
        }
    }

    fn ask(&mut self, name: &str, bytes: &[u8], patience: Duration) -> Result<Answer, Failure> {
        frame::write_request(&mut self.requests, name, bytes).map_err(|_| Failure::Unasked)?;
        match self.answers.recv_timeout(patience) {
            Ok(Ok(answer)) => Ok(answer),
            Ok(Err(_)) | Err(RecvTimeoutError::Disconnected) => Err(Failure::Died),
            Err(RecvTimeoutError::Timeout) => Err(Failure::Late),
        }
    }

    /// What a worker that gave no answer died of, from its last words and its status.
    fn cause_of_death(&mut self) -> (Reason, String) {
        const LAST_WORDS: u64 = 4096;
        let _ = self.child.kill();
        let mut words = Vec::new();
        if let Some(errors) = self.child.stderr.take() {
            let _ = errors.take(LAST_WORDS).read_to_end(&mut words);
        }
        let words = String::from_utf8_lossy(&words);
        let status = self.child.wait().map(|status| status.to_string()).unwrap_or_default();
        if words.contains("memory allocation") {
            (Reason::MemoryLimit, String::new())
        } else if words.contains("overflowed its stack") {
            (Reason::Crashed, "its parts are nested too deep".to_owned())
        } else {
            (Reason::Crashed, format!("the extraction process ended: {status}"))
        }
    }
}

/// Waits on a thread of its own for a worker's answers, since a pipe cannot be read with a time limit.
fn listen(output: ChildStdout) -> Receiver<io::Result<Answer>> {
    let (send, answers) = channel();
    thread::spawn(move || {
        let mut output = BufReader::new(output);
        loop {
            let answer = frame::read_answer(&mut output);
            let last = answer.is_err();
            if send.send(answer).is_err() || last {
                return;
            }
        }
    });
    answers
}

impl Drop for Worker {
    /// A worker that is not put back into the pool is of no more use, and may be hanging.
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[cfg(unix)]
#[cfg(test)]
mod tests {
    use super::*;

    #[expect(clippy::unnecessary_wraps, reason = "a pool starts workers that may not start")]
    fn shell(script: &str) -> io::Result<Command> {
        let mut command = Command::new("sh");
        command.args(["-c", script]);
        Ok(command)
    }

    fn failure(command: fn() -> io::Result<Command>) -> SourceError {
        Pool::new(command, Duration::from_millis(300)).letter("a.pdf", b"%PDF-").unwrap_err()
    }

    #[test]
    fn a_worker_that_hangs_is_killed() {
        let error = failure(|| shell("exec sleep 60"));
        assert_eq!(error.reason, Reason::TimeLimit, "{error}");
    }

    #[test]
    fn a_worker_that_dies_names_the_file_and_the_cause() {
        for (error, reason) in [
            (
                failure(|| {
                    shell(
                        "head -c 26 > /dev/null; echo 'memory allocation of 9 bytes failed' >&2; kill -ABRT $$",
                    )
                }),
                Reason::MemoryLimit,
            ),
            (failure(|| shell("head -c 26 > /dev/null; exit 3")), Reason::Crashed),
            (
                failure(|| shell("head -c 26 > /dev/null; echo nonsense; exec sleep 60")),
                Reason::Crashed,
            ),
            (failure(|| Ok(Command::new("/no/such/program"))), Reason::Crashed),
        ] {
            assert_eq!((error.name.as_str(), error.reason), ("a.pdf", reason), "{error}");
        }
    }
}
