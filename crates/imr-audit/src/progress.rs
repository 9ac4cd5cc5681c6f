//! How far a run is: a bar on a terminal, plain lines elsewhere.
//!
//! What remains is told from the bytes that were read and those of all inputs, since nobody knows how many letters an
//! archive or a table holds before its end. Lines about unreadable letters go through here, so that they do not tear the
//! bar.

use std::fmt::Display;
use std::io::IsTerminal;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use indicatif::{HumanDuration, ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::exit::complain;

/// When to show how far a run is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shown {
    /// On a terminal.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// What has been done.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Tally {
    /// Letters done.
    pub(crate) letters: u64,
    /// Findings in them.
    pub(crate) findings: u64,
    /// Inputs that could not be read.
    pub(crate) unreadable: u64,
}

/// Shows how far a run is.
pub(crate) struct Progress {
    form: Form,
    start: Instant,
    last: Option<Instant>,
    total: u64,
    /// Bytes of inputs read so far.
    pub(crate) read: Arc<AtomicU64>,
}

enum Form {
    Silent,
    Bar(ProgressBar),
    Lines,
}

/// Pause between two lines where there is no bar.
const PAUSE: Duration = Duration::from_secs(10);

/// Steps of the bar.
const STEPS: u64 = 1000;

impl Progress {
    /// A run over these files starts.
    pub(crate) fn new<'p>(shown: Shown, files: impl Iterator<Item = &'p Path>) -> Self {
        let terminal = std::io::stderr().is_terminal();
        let form = match shown {
            Shown::Never => Form::Silent,
            _ if terminal => Form::Bar(bar()),
            Shown::Auto => Form::Silent,
            Shown::Always => Form::Lines,
        };
        let sizes = files.map(|path| std::fs::metadata(path).map_or(0, |known| known.len()));
        let total = if matches!(form, Form::Silent) { 0 } else { sizes.sum() };
        Self { form, start: Instant::now(), last: None, total, read: Arc::default() }
    }

    /// Bytes of an input have been read.
    pub(crate) fn advance(&self, bytes: usize) {
        self.read.fetch_add(u64::try_from(bytes).unwrap_or_default(), Ordering::Relaxed);
    }

    /// Says a line about an input.
    pub(crate) fn say(&self, line: impl Display) {
        match &self.form {
            Form::Bar(bar) => bar.suspend(|| complain(line)),
            _ => complain(line),
        }
    }

    /// Shows what has been done.
    pub(crate) fn show(&mut self, tally: Tally) {
        match &self.form {
            Form::Silent => {}
            Form::Bar(bar) => {
                let read = self.read.load(Ordering::Relaxed);
                bar.set_message(self.words(tally));
                bar.set_position((read * STEPS).checked_div(self.total).unwrap_or(0));
            }
            Form::Lines => {
                if self.last.is_none_or(|last| last.elapsed() >= PAUSE) {
                    self.last = Some(Instant::now());
                    complain(self.words(tally));
                }
            }
        }
    }

    /// Takes the bar away; where there are lines, the last one says what was done in all.
    pub(crate) fn end(&self, tally: Tally) {
        match &self.form {
            Form::Silent => {}
            Form::Bar(bar) => bar.finish_and_clear(),
            Form::Lines => complain(format_args!(
                "done: {} in {}",
                counts(tally),
                HumanDuration(self.start.elapsed())
            )),
        }
    }

    fn words(&self, tally: Tally) -> String {
        let elapsed = self.start.elapsed();
        #[expect(clippy::cast_precision_loss, reason = "a rate for people")]
        let rate = tally.letters as f64 / elapsed.as_secs_f64().max(0.001);
        let remaining = match self.remaining(elapsed) {
            Some(left) => format!(", {} left", HumanDuration(left)),
            None => String::new(),
        };
        format!("{}, {rate:.0} letters/s{remaining}", counts(tally))
    }

    /// The time that the rest takes when it goes on as before; `None` while that cannot be told.
    fn remaining(&self, elapsed: Duration) -> Option<Duration> {
        let read = self.read.load(Ordering::Relaxed);
        let left = self.total.checked_sub(read)?;
        #[expect(clippy::cast_precision_loss, reason = "a guess for people")]
        let share = left as f64 / (read > 0).then_some(read)? as f64;
        Duration::try_from_secs_f64(elapsed.as_secs_f64() * share).ok()
    }
}

fn counts(tally: Tally) -> String {
    let Tally { letters, findings, unreadable } = tally;
    format!("{letters} letters, {findings} findings, {unreadable} unreadable")
}

fn bar() -> ProgressBar {
    let bar = ProgressBar::with_draw_target(Some(STEPS), ProgressDrawTarget::stderr_with_hz(5));
    if let Ok(style) = ProgressStyle::with_template("[{bar:30}] {percent}% {msg}") {
        bar.set_style(style.progress_chars("=> "));
    }
    bar
}
