//! The rule files: those built into the binary, and the layers that `--rules` puts over them.

use std::path::{Path, PathBuf};

use ignore::WalkBuilder;
use imr_rules::rulebook::RuleFile;

use crate::exit::Failure;

/// A rule file by its path from the top of the repository, its text, and what it was read to when the program was built;
/// nothing when it has mistakes, which are then reported at the start.
type BuiltIn = (&'static str, &'static str, Option<&'static [u8]>);

/// The default rulebook.
static BUILT_IN: &[BuiltIn] = include!(concat!(env!("OUT_DIR"), "/rules.rs"));

/// The built-in rule files, if wanted, and over them those of each folder in order.
pub(crate) fn files(built_in: bool, folders: &[PathBuf]) -> Result<Vec<RuleFile>, Failure> {
    let built_in = BUILT_IN.iter().filter(|_| built_in);
    let built_in = built_in.map(|(name, text, packed)| RuleFile::built_in(name, text, *packed));
    let mut files: Vec<RuleFile> = built_in.collect();
    for (folder, layer) in folders.iter().zip(1..) {
        files.extend(folder_files(folder, layer)?);
    }
    Ok(files)
}

/// The rule files of one folder, in the order of their names.
fn folder_files(folder: &Path, layer: u16) -> Result<Vec<RuleFile>, Failure> {
    let refuse =
        |path: &Path, why: String| Failure::Usage(format!("--rules {}: {why}", path.display()));
    let mut files = Vec::new();
    for entry in WalkBuilder::new(folder)
        .parents(false)
        .require_git(false)
        .sort_by_file_name(Ord::cmp)
        .build()
    {
        let entry = entry.map_err(|error| refuse(folder, format!("cannot be read: {error}")))?;
        let path = entry.path();
        let yaml = path.extension().is_some_and(|extension| extension == "yaml");
        if !yaml || path.is_dir() {
            continue;
        }
        let text = std::fs::read_to_string(path)
            .map_err(|error| refuse(path, format!("cannot be read: {error}")))?;
        files.push(RuleFile { layer, ..RuleFile::new(path.display().to_string(), text) });
    }
    if files.is_empty() {
        return Err(refuse(
            folder,
            "holds no rule file; expected a folder with .yaml files".to_owned(),
        ));
    }
    Ok(files)
}
