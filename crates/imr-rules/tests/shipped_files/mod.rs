//! The shipped rule files, read from `rules/`.
#![allow(dead_code, reason = "each test file uses its part")]

use std::fs;
use std::path::{Path, PathBuf};

use imr_rules::{RuleFile, Rulebook};

fn yaml_files(folder: &Path, found: &mut Vec<PathBuf>) {
    let mut entries: Vec<PathBuf> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    for path in entries {
        match path.extension().and_then(|extension| extension.to_str()) {
            _ if path.is_dir() => yaml_files(&path, found),
            Some("yaml" | "yml") => found.push(path),
            _ => {}
        }
    }
}

/// Every shipped rule file, by path from the top of the repository.
pub(crate) fn shipped() -> Vec<RuleFile> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../rules");
    let mut paths = Vec::new();
    yaml_files(&folder, &mut paths);
    let name = |path: &Path| format!("rules/{}", path.strip_prefix(&folder).unwrap().display());
    paths.iter().map(|path| RuleFile::new(name(path), fs::read_to_string(path).unwrap())).collect()
}

/// The shipped rulebook.
pub(crate) fn rulebook() -> Rulebook {
    Rulebook::load(&shipped()).unwrap_or_else(|errors| panic!("{errors}"))
}
