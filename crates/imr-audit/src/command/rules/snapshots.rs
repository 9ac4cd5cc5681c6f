//! The snapshots of cases: what the rules make of each, in a file beside it.
//!
//! `NAME.yaml` has its snapshot in `NAME.snapshot`. What differs from it waits in `NAME.snapshot.new` until somebody accepts or
//! rejects it; a snapshot whose case is gone is an orphan. Cases that are part of the binary have no file to stand beside.

use std::fs;
use std::io::{self, BufRead, Write};
use std::path::{Path, PathBuf};

use ignore::WalkBuilder;
use imr_report::bench::{difference, snapshot};
use imr_rules::testing::audit_case;

use crate::engine::Engine;
use crate::exit::Failure;

/// What became of the snapshots.
#[derive(Debug, Default)]
pub(super) struct Snapshots {
    /// Those that are as they were.
    pub(super) unchanged: usize,
    /// Those that were written.
    pub(super) written: usize,
    /// Those that are new or differ.
    pub(super) pending: Vec<Pending>,
    /// Snapshots without a case.
    pub(super) orphans: Vec<PathBuf>,
}

/// A snapshot that is not what the rules say now.
#[derive(Debug)]
pub(super) struct Pending {
    /// Where it stands.
    pub(super) path: PathBuf,
    /// What it said; `None` when there was none.
    pub(super) was: Option<String>,
    /// What it would say now.
    is: String,
}

/// Compares the snapshot of every case in a folder whose id, title or file holds a text; `folders` are searched for orphans.
pub(super) fn compare(
    engine: &Engine,
    folders: &[PathBuf],
    filter: &str,
) -> Result<Snapshots, Failure> {
    let mut found = Snapshots::default();
    let mut known = Vec::new();
    for case in &engine.rulebook.cases {
        let file = engine.files().iter().rev().find(|file| *file.name == *case.place.file);
        let Some(file) = file.filter(|file| file.layer > 0) else { continue };
        let path = Path::new(&file.name).with_extension("snapshot");
        known.push(path.clone());
        if ![&case.id, &case.title, &file.name].iter().any(|name| name.contains(filter)) {
            continue;
        }
        let (_, document, audit) = audit_case(case, &engine.rulebook);
        let is = snapshot(case, &document, &audit, &engine.rulebook);
        let was = match fs::read_to_string(&path) {
            Ok(text) => Some(text),
            Err(error) if error.kind() == io::ErrorKind::NotFound => None,
            Err(error) => return Err(refused(&path, "read", &error)),
        };
        if was.as_ref() == Some(&is) {
            found.unchanged += 1;
        } else {
            found.pending.push(Pending { path, was, is });
        }
    }
    for folder in folders {
        let entries =
            WalkBuilder::new(folder).standard_filters(false).sort_by_file_name(Ord::cmp).build();
        let paths = entries.filter_map(Result::ok).map(ignore::DirEntry::into_path);
        let snapshots = paths.filter(|path| path.extension().is_some_and(|end| end == "snapshot"));
        found.orphans.extend(snapshots.filter(|path| !known.contains(path)));
    }
    Ok(found)
}

fn refused(path: &Path, what: &str, error: &io::Error) -> Failure {
    Failure::Usage(format!("{}: cannot be {what}: {error}", path.display()))
}

impl Pending {
    /// "new" or "changed".
    pub(super) fn state(&self) -> &'static str {
        if self.was.is_some() { "changed" } else { "new" }
    }

    fn waiting(&self) -> PathBuf {
        self.path.with_extension("snapshot.new")
    }

    /// What changed, as lines.
    pub(super) fn difference(&self, color: bool) -> String {
        difference(self.was.as_deref().unwrap_or_default(), &self.is, color)
    }

    /// Puts what the rules say now beside the snapshot, for a review.
    fn wait(&self) -> Result<(), Failure> {
        let path = self.waiting();
        fs::write(&path, &self.is).map_err(|error| refused(&path, "written", &error))
    }

    /// Makes what the rules say now the snapshot.
    fn accept(&self) -> Result<(), Failure> {
        fs::write(&self.path, &self.is).map_err(|error| refused(&self.path, "written", &error))?;
        self.reject()
    }

    /// Leaves the snapshot as it is.
    fn reject(&self) -> Result<(), Failure> {
        let path = self.waiting();
        match fs::remove_file(&path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                Err(refused(&path, "removed", &error))
            }
            _ => Ok(()),
        }
    }
}

impl Snapshots {
    /// Writes every snapshot as it is now.
    pub(super) fn update(&mut self) -> Result<(), Failure> {
        for pending in std::mem::take(&mut self.pending) {
            pending.accept()?;
            self.written += 1;
        }
        Ok(())
    }

    /// Leaves what differs beside the snapshots.
    pub(super) fn leave(&self) -> Result<(), Failure> {
        self.pending.iter().try_for_each(Pending::wait)
    }

    /// Shows one difference after the other and does what the answers say. Answers are lines or single letters; the end of
    /// the input skips the rest.
    pub(super) fn review(
        &mut self,
        color: bool,
        answers: &mut dyn BufRead,
        out: &mut dyn Write,
    ) -> Result<(), Failure> {
        let total = self.pending.len();
        let mut left = Vec::new();
        let mut quit = false;
        for (pending, number) in std::mem::take(&mut self.pending).into_iter().zip(1..) {
            pending.wait()?;
            if quit {
                left.push(pending);
                continue;
            }
            writeln!(out, "{number} of {total}: {} ({})", pending.path.display(), pending.state())?;
            write!(out, "{}", pending.difference(color))?;
            match ask(answers, out)? {
                Answer::Accept => {
                    pending.accept()?;
                    self.written += 1;
                }
                Answer::Reject => {
                    pending.reject()?;
                    left.push(pending);
                }
                Answer::Skip => left.push(pending),
                Answer::Quit => {
                    quit = true;
                    left.push(pending);
                }
            }
        }
        self.pending = left;
        Ok(())
    }
}

enum Answer {
    Accept,
    Reject,
    Skip,
    Quit,
}

/// Asks until an answer is understood.
fn ask(answers: &mut dyn BufRead, out: &mut dyn Write) -> io::Result<Answer> {
    loop {
        write!(out, "[a]ccept  [r]eject  [s]kip  [q]uit > ")?;
        out.flush()?;
        let mut line = String::new();
        if answers.read_line(&mut line)? == 0 {
            writeln!(out)?;
            return Ok(Answer::Quit);
        }
        match line.trim().to_ascii_lowercase().as_str() {
            "a" | "accept" => return Ok(Answer::Accept),
            "r" | "reject" => return Ok(Answer::Reject),
            "s" | "skip" | "" => return Ok(Answer::Skip),
            "q" | "quit" => return Ok(Answer::Quit),
            other => writeln!(out, "`{other}` is not among a, r, s, q")?,
        }
    }
}
