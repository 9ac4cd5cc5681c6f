//! Where things are, and how the program is run from a test.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// Says that a test could not run. The test runner keeps what tests print to itself unless they fail; not this.
pub(crate) fn skipped(why: &str) {
    let _ = writeln!(std::io::stderr().lock(), "\n*** SKIPPED: {why}\n");
}

/// The top of the repository.
pub(crate) fn top() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../..")
        .canonicalize()
        .expect("the repository is there")
}

/// The program, run at the top of the repository without a terminal and without the caller's settings.
pub(crate) fn program() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_imr-audit"));
    command.current_dir(top()).env_remove("NO_COLOR").env_remove("COLUMNS").stdin(Stdio::null());
    command
}

/// Runs the program with these arguments.
pub(crate) fn run(arguments: &[&str]) -> Output {
    program().args(arguments).output().expect("the program starts")
}

/// Standard output of a run that must end with exit code 0.
pub(crate) fn stdout(arguments: &[&str]) -> String {
    let output = run(arguments);
    assert_eq!(
        output.status.code(),
        Some(0),
        "{arguments:?}: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8(output.stdout).expect("output is UTF-8")
}

/// An empty folder of this name for one test.
pub(crate) fn scratch(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).expect("the scratch folder can be made");
    folder
}

/// Every file below a folder, sorted, without what cargo built.
pub(crate) fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("the folder can be read") {
        let path = entry.expect("the entry can be read").path();
        if path.is_dir() {
            if path.file_name().is_none_or(|name| name != "target" && name != ".git") {
                found.extend(files(&path));
            }
        } else {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// The letters that every stage is shown of, as the program takes them.
pub(crate) const SHOWN: &str = "corpus/*.{txt,pdf,docx}";

/// The letters that every stage is shown of, by path from the top of the repository: those of the corpus' own folder. The
/// labelled sets in its subfolders are measured instead, because nobody reads hundreds of snapshots.
pub(crate) fn shown() -> Vec<String> {
    corpus().into_iter().filter(|letter| letter.split('/').count() == 2).collect()
}

/// Every letter of the corpus, by path from the top of the repository.
pub(crate) fn corpus() -> Vec<String> {
    let top = top();
    let letters = files(&top.join("corpus")).into_iter().filter(|path| {
        path.extension()
            .is_some_and(|extension| ["txt", "pdf", "docx"].iter().any(|known| extension == *known))
    });
    letters
        .map(|path| path.strip_prefix(&top).expect("below the top").display().to_string())
        .collect()
}

/// Everything in a folder, hidden files as well, sorted.
pub(crate) fn names(folder: &std::path::Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).expect("a folder");
    let mut names: Vec<String> =
        entries.map(|entry| entry.expect("an entry").file_name().display().to_string()).collect();
    names.sort();
    names
}
