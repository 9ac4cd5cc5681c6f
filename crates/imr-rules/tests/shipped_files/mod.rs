//! The shipped rule files, read from `rules/`.
#![allow(dead_code, reason = "each test file uses its part")]

use std::fs;
use std::path::{Path, PathBuf};

use imr_rules::{RuleFile, Rulebook};

/// The files of a folder and those in it, in order.
pub(crate) fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// Whether a file has one of these extensions.
pub(crate) fn has_extension(path: &Path, extensions: &[&str]) -> bool {
    let own = path.extension().and_then(|own| own.to_str());
    own.is_some_and(|own| extensions.contains(&own))
}

/// Every shipped rule file, by path from the top of the repository.
pub(crate) fn shipped() -> Vec<RuleFile> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../rules");
    let name = |path: &Path| format!("rules/{}", path.strip_prefix(&folder).unwrap().display());
    let paths = files(&folder);
    let rules = paths.iter().filter(|path| has_extension(path, &["yaml", "yml"]));
    rules.map(|path| RuleFile::new(name(path), fs::read_to_string(path).unwrap())).collect()
}

/// The shipped rulebook.
pub(crate) fn rulebook() -> Rulebook {
    Rulebook::load(&shipped()).unwrap_or_else(|errors| panic!("{errors}"))
}
