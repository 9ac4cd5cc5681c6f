//! A Python with the libraries that a test needs.
//!
//! Which Python: `IMR_AUDIT_PYTHON`, or `python3`, or a virtual environment that the test makes below the target folder. Where
//! none of them can have the libraries, the test says loudly that it was skipped.

use std::path::{Path, PathBuf};
use std::process::Command;

/// A Python that can import these libraries; `folder` names the virtual environment that is made when none has them.
pub(crate) fn python(libraries: &[&str], folder: &str) -> Option<PathBuf> {
    let named = std::env::var_os("IMR_AUDIT_PYTHON").map(PathBuf::from);
    let known = named.into_iter().chain([PathBuf::from("python3")]);
    let mut known = known.into_iter();
    known.find(|python| has_libraries(python, libraries)).or_else(|| environment(libraries, folder))
}

fn has_libraries(python: &Path, libraries: &[&str]) -> bool {
    let import = format!("import {}", libraries.join(", "));
    Command::new(python).args(["-c", &import]).output().is_ok_and(|output| output.status.success())
}

/// A virtual environment with the libraries; kept from run to run.
fn environment(libraries: &[&str], folder: &str) -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(folder);
    let python = folder.join("bin/python");
    if !has_libraries(&python, libraries) {
        let made = Command::new("python3").args(["-m", "venv"]).arg(&folder).output();
        made.ok().filter(|output| output.status.success())?;
        let pip = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check"];
        let installed = Command::new(&python).args(pip).args(libraries).output();
        installed.ok().filter(|output| output.status.success())?;
    }
    has_libraries(&python, libraries).then_some(python)
}
