//! The rule files: those built into the binary, and the layers that `--rules` puts over them.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use ignore::WalkBuilder;
use imr_rules::yaml::MAX_FILE_BYTES;
use imr_rules::{RuleFile, Rulebook, RulebookErrors};

use crate::exit::Failure;

/// A rule file by its path from the top of the repository, its text, and what it was read to when the program was built;
/// nothing when it has mistakes, which are then reported at the start.
type BuiltIn = (&'static str, &'static str, Option<&'static [u8]>);

/// The default rulebook.
static BUILT_IN: &[BuiltIn] = include!(concat!(env!("OUT_DIR"), "/rules.rs"));

/// What the default rulebook was loaded to when the program was built; nothing when it has mistakes.
static STORED: Option<&[u8]> = include!(concat!(env!("OUT_DIR"), "/rulebook.rs"));

/// The rulebook of these files, which are the built-in ones and those of `folders` over them. Where there are no others it need not
/// be loaded.
pub(crate) fn rulebook(
    files: &[RuleFile],
    folders: &[PathBuf],
) -> Result<Rulebook, RulebookErrors> {
    let stored = STORED.filter(|_| folders.is_empty()).and_then(Rulebook::stored);
    stored.map_or_else(|| Rulebook::load(files), Ok)
}

/// The built-in rule files, if wanted, and over them those of each folder in order.
pub(crate) fn files(built_in: bool, folders: &[PathBuf]) -> Result<Vec<RuleFile>, Failure> {
    if !built_in && folders.is_empty() {
        let why = "--no-default-rules: no rules are left; name a folder of rules with --rules DIR";
        return Err(Failure::Usage(why.to_owned()));
    }
    let built_in = BUILT_IN.iter().filter(|_| built_in);
    let built_in = built_in.map(|(name, text, packed)| RuleFile::built_in(name, text, *packed));
    let mut files: Vec<RuleFile> = built_in.collect();
    for (folder, layer) in folders.iter().zip(1..) {
        files.extend(folder_files(folder, layer)?);
    }
    Ok(files)
}

/// A file's bytes; of one that is too large no more than it takes to see that.
fn read(path: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let most = u64::try_from(MAX_FILE_BYTES).unwrap_or(u64::MAX).saturating_add(1);
    File::open(path)?.take(most).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Whether a path is a folder with rule files in it.
pub(crate) fn is_folder_of_rules(path: &Path) -> bool {
    path.is_dir() && folder_files(path, 0).is_ok()
}

/// The rule files of one folder, in the order of their names.
pub(crate) fn folder_files(folder: &Path, layer: u16) -> Result<Vec<RuleFile>, Failure> {
    let refuse = |path: &Path, why: String| Failure::Usage(format!("{}: {why}", path.display()));
    if !folder.exists() {
        let why = "there is no such folder; expected a folder with .yaml files of rules";
        return Err(refuse(folder, why.to_owned()));
    }
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
        let bytes = read(path).map_err(|error| refuse(path, format!("cannot be read: {error}")))?;
        files.push(RuleFile::from_bytes(path.display().to_string(), bytes, layer));
    }
    if files.is_empty() {
        return Err(refuse(
            folder,
            "holds no rule file; expected a folder with .yaml files".to_owned(),
        ));
    }
    Ok(files)
}
