//! `verify`: runs again from a manifest and says what differs.
//!
//! The audit is the same code that wrote the run; only its output goes into a comparison instead of a file. Nothing is
//! taken from a cache.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use clap::Parser;
use serde_json::Value;

use super::audit::{self, Tables};
use crate::args::{Cli, Command, Verify};
use crate::exit::{Code, Failure, complain};
use crate::manifest::{Manifest, Named};
use crate::output::Output;

/// Lines that are named when results differ.
const NAMED: usize = 10;

/// Runs the command.
pub(crate) fn run(args: &Verify) -> Result<Code, Failure> {
    let path = manifest_of(&args.run);
    let before = Manifest::read(&path)?;
    if before.paths().iter().any(|path| path == Path::new("-")) {
        return Err(Failure::Usage(format!(
            "{}: the run read standard input, which cannot be read again; audit a file instead",
            path.display()
        )));
    }
    let differences: Arc<Mutex<Differences>> = Arc::default();
    let again = rerun(&before, &path, args, &differences)?;
    let Some(again) = again else { return Ok(Code::Interrupted) };
    let mut out = Output::open(None)?;
    let mut said = compare(&before, &again);
    said.extend(changed(&before.tables));
    said.append(&mut differences.lock().unwrap_or_else(PoisonError::into_inner).lines(&before));
    for line in &said {
        writeln!(out, "differs: {line}")?;
    }
    if said.is_empty() {
        let letters = again.counts.letters;
        let hashes = again.tables.iter().chain([&again.output]).next().map(|one| &*one.sha256);
        let hash = hashes.unwrap_or_default();
        writeln!(out, "verified: {letters} letters give the same bytes again ({hash})")?;
    }
    out.finish()?;
    Ok(if said.is_empty() { Code::Done } else { Code::Findings })
}

/// The manifest itself, or the one beside the results.
fn manifest_of(run: &Path) -> PathBuf {
    let name = run.file_name().unwrap_or_default().display().to_string();
    let beside = run.with_file_name(format!("{name}.manifest.json"));
    if beside.is_file() { beside } else { run.to_owned() }
}

/// The manifest of the same run today; `None` when it was interrupted.
fn rerun(
    before: &Manifest,
    path: &Path,
    args: &Verify,
    differences: &Arc<Mutex<Differences>>,
) -> Result<Option<Manifest>, Failure> {
    let words = ["imr-audit".to_owned(), "audit".to_owned()].into_iter();
    let paths = before.inputs.iter().map(|held| held.argument.clone());
    let words = words.chain(before.options.clone()).chain(["--".to_owned()]).chain(paths);
    let refuse = |why: String| Failure::Usage(format!("{}: {why}", path.display()));
    let cli = Cli::try_parse_from(words)
        .map_err(|error| refuse(format!("its options are not known here: {error}")))?;
    let Command::Audit(mut audit) = cli.command else {
        return Err(refuse("is of another command".to_owned()));
    };
    audit.pace = args.pace;
    // Wanted, so that program and rulebook are hashed; it is not written.
    audit.manifest = Some(path.to_owned());
    let original = if before.tables.is_empty() { original(&before.output)? } else { None };
    let comparing = Comparing { original, line: Vec::new(), found: differences.clone() };
    let out = Output::into_writer(Box::new(comparing));
    let (_, again) = audit::run_into(&audit, &cli.general, out, Tables::hashed())?;
    Ok(again)
}

/// The results of the run, when they went to a file that is still there.
fn original(output: &Named) -> Result<Option<BufReader<File>>, Failure> {
    if output.path.is_empty() {
        return Ok(None);
    }
    match File::open(&output.path) {
        Ok(file) => Ok(Some(BufReader::new(file))),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            complain(format_args!("{}: is gone; only hashes are compared", output.path));
            Ok(None)
        }
        Err(error) => Err(Failure::Usage(format!("{}: cannot be read: {error}", output.path))),
    }
}

/// The tables of a run that are not as it wrote them; those that are gone are only named.
fn changed(tables: &[Named]) -> Vec<String> {
    let mut said = Vec::new();
    for table in tables {
        match Named::of(Path::new(&table.path)) {
            Ok(now) if now.sha256 == table.sha256 => {}
            Ok(now) => {
                said.push(format!(
                    "{} (sha256): {} then, {} now",
                    table.path, table.sha256, now.sha256
                ));
            }
            Err(failure) => complain(format_args!("{failure}; only hashes are compared")),
        }
    }
    said
}

/// What differs between two manifests of one run.
fn compare(before: &Manifest, again: &Manifest) -> Vec<String> {
    let mut said = Vec::new();
    let mut same = |what: &str, before: &str, again: &str| {
        if before != again {
            said.push(format!("{what}: {before} then, {again} now"));
        }
    };
    same("program version", &before.program.version, &again.program.version);
    same("rulebook (sha256)", &before.rulebook.sha256, &again.rulebook.sha256);
    if before.rulebook == again.rulebook {
        same("build of the program", &before.program.generation, &again.program.generation);
    }
    for (then, now) in before.inputs.iter().zip(&again.inputs) {
        let what = format!("input {}", then.argument);
        same(&format!("{what}, letters"), &then.letters.to_string(), &now.letters.to_string());
        same(&format!("{what}, content (sha256)"), &then.sha256, &now.sha256);
    }
    for (then, now) in before.files.iter().zip(&again.files) {
        same(&format!("file {} (sha256)", then.path), &then.sha256, &now.sha256);
    }
    let counts = |manifest: &Manifest| {
        let counts = &manifest.counts;
        format!(
            "{} letters, {} findings, {} waived, {} unreadable",
            counts.letters, counts.findings, counts.waived, counts.unreadable
        )
    };
    same("counts", &counts(before), &counts(again));
    same("exit code", &before.exit_code.to_string(), &again.exit_code.to_string());
    same("results (sha256)", &before.output.sha256, &again.output.sha256);
    for (then, now) in before.tables.iter().zip(&again.tables) {
        same(&format!("table {} (sha256)", now.path), &then.sha256, &now.sha256);
    }
    said
}

/// The lines of the results that differ.
#[derive(Default)]
struct Differences {
    compared: u64,
    count: u64,
    first: Vec<String>,
}

impl Differences {
    fn add(&mut self, what: String) {
        self.count += 1;
        if self.first.len() < NAMED {
            self.first.push(what);
        }
    }

    fn lines(&mut self, before: &Manifest) -> Vec<String> {
        let left = self.count.saturating_sub(self.first.len() as u64);
        let mut lines = std::mem::take(&mut self.first);
        for line in &mut lines {
            *line = format!("{} {line}", before.output.path);
        }
        if left > 0 {
            lines.push(format!("{} and {left} more lines", before.output.path));
        }
        lines
    }
}

/// Compares what is written, line by line, with the results of the run.
struct Comparing {
    original: Option<BufReader<File>>,
    line: Vec<u8>,
    found: Arc<Mutex<Differences>>,
}

impl Comparing {
    fn close_line(&mut self) -> io::Result<()> {
        let Some(original) = &mut self.original else {
            self.line.clear();
            return Ok(());
        };
        let mut then = Vec::new();
        original.read_until(b'\n', &mut then)?;
        let mut found = self.found.lock().unwrap_or_else(PoisonError::into_inner);
        found.compared += 1;
        if then != self.line {
            let number = found.compared;
            let source = source(&self.line).or_else(|| source(&then));
            let of = source.map(|source| format!(" ({source})")).unwrap_or_default();
            let how = if then.is_empty() { "is new" } else { "is not the same" };
            found.add(format!("line {number}{of} {how}"));
        }
        self.line.clear();
        Ok(())
    }
}

/// The letter that a line is about.
fn source(line: &[u8]) -> Option<String> {
    let value: Value = serde_json::from_slice(line).ok()?;
    value.get("source")?.as_str().map(str::to_owned)
}

impl Write for Comparing {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        for part in bytes.split_inclusive(|byte| *byte == b'\n') {
            self.line.extend_from_slice(part);
            if part.ends_with(b"\n") {
                self.close_line()?;
            }
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Drop for Comparing {
    /// What the run had behind the last line.
    fn drop(&mut self) {
        if !self.line.is_empty() {
            let _ = self.close_line();
        }
        let Some(original) = &mut self.original else { return };
        let gone = original.split(b'\n').map_while(Result::ok).count();
        if gone > 0 {
            let mut found = self.found.lock().unwrap_or_else(PoisonError::into_inner);
            let first = found.compared + 1;
            found.add(format!("has {gone} lines from line {first} on that are gone"));
        }
    }
}
