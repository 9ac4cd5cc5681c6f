//! From the paths of the command line to the letters they stand for.
//!
//! A folder is walked in the order of its names, so that two runs see the same order. Inside folders only files that
//! look like letters or archives are taken (a table among letters is often one about them, or an earlier result), and
//! `.gitignore` or `.ignore` files in the walked folders are heeded; a file that is named on the command line is always read. Ignore files *above* a walked folder do not count: a folder of letters is
//! often the ignored part of a repository, and naming it says that it is meant.

use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};

use ignore::WalkBuilder;
use ignore::overrides::OverrideBuilder;

use crate::content;
use crate::source::{is_archive, is_letter};

/// One source of letters: a file with one or many, or standard input.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Input {
    /// A file.
    File(PathBuf),
    /// Standard input.
    Stdin,
}

/// Why an argument or a file gave no letter. The message names it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{name}: {reason}")]
pub(crate) struct Unreadable {
    /// The argument or file.
    pub(crate) name: String,
    /// Why, and what to do.
    pub(crate) reason: String,
    /// Whether the system gave no more file handles: then others could not be read either, and no result would be whole.
    pub(crate) exhausted: bool,
}

impl Unreadable {
    /// That this gave no letter, for a reason of its own.
    pub(crate) fn new(name: impl Into<String>, reason: impl Into<String>) -> Self {
        Self { name: name.into(), reason: reason.into(), exhausted: false }
    }

    /// That this could not be opened or read.
    pub(crate) fn of(name: impl Into<String>, error: &io::Error) -> Self {
        let exhausted = content::exhausted(error);
        Self { exhausted, ..Self::new(name, format!("cannot be read ({error})")) }
    }
}

impl Input {
    /// The file, if it is one.
    pub(crate) fn file(&self) -> Option<&Path> {
        match self {
            Self::File(path) => Some(path),
            Self::Stdin => None,
        }
    }

    /// The name shown in output.
    pub(crate) fn name(&self) -> String {
        match self {
            Self::File(path) => path.display().to_string(),
            Self::Stdin => "-".to_owned(),
        }
    }
}

/// Every input that the arguments stand for, each once, in order; and the arguments that stand for none.
pub(crate) fn find(arguments: &[PathBuf]) -> (Vec<Found>, Vec<Unreadable>) {
    let (mut seen, mut inputs, mut unreadable) = (BTreeSet::new(), Vec::new(), Vec::new());
    for (argument, path) in arguments.iter().enumerate() {
        let (found, failed) = resolve(path);
        // One argument names nothing twice, and a folder may hold a million names.
        let alone = arguments.len() == 1;
        let new = found.into_iter().filter(|input| alone || seen.insert(input.clone()));
        inputs.extend(new.map(|input| Found {
            argument,
            named: input.file() == Some(path),
            input,
        }));
        unreadable.extend(failed);
    }
    (inputs, unreadable)
}

/// An input with the argument that stands for it.
#[derive(Clone, Debug)]
pub(crate) struct Found {
    /// The argument's place on the command line, from 0.
    pub(crate) argument: usize,
    /// Whether it is the argument itself, and not one of what that stands for.
    pub(crate) named: bool,
    /// The input.
    pub(crate) input: Input,
}

fn resolve(argument: &Path) -> (Vec<Input>, Vec<Unreadable>) {
    let (found, failed) = if argument == Path::new("-") {
        (vec![Input::Stdin], Vec::new())
    } else if argument.is_dir() {
        walk(&folder(argument))
    } else if let Some((root, pattern)) = (!argument.exists()).then(|| glob(argument)).flatten() {
        match matching(&root, &pattern) {
            Ok(builder) => walk(&builder),
            Err(reason) => {
                (Vec::new(), vec![Unreadable::new(argument.display().to_string(), reason)])
            }
        }
    } else {
        (vec![Input::File(argument.to_owned())], Vec::new())
    };
    if found.is_empty() && failed.is_empty() {
        let reason =
            "no letter found (.txt, .pdf, .docx and archives in a folder; name tables and \
                      other files outright)"
                .to_owned();
        return (found, vec![Unreadable::new(argument.display().to_string(), reason)]);
    }
    (found, failed)
}

/// A walk over a folder's letters.
fn folder(root: &Path) -> WalkBuilder {
    let mut builder = WalkBuilder::new(root);
    builder.parents(false).git_global(false).git_exclude(false).require_git(false);
    builder.filter_entry(|entry| {
        let file = entry.file_type().is_some_and(|kind| !kind.is_dir());
        !file || is_letter(entry.path()) || is_archive(entry.path())
    });
    builder
}

/// Splits a pattern into the folder before its first special character and the rest.
fn glob(argument: &Path) -> Option<(PathBuf, String)> {
    let text = argument.to_str()?;
    let special = text.find(['*', '?', '[', '{'])?;
    let (before, _) = text.split_at_checked(special)?;
    let cut = before.rfind('/').map_or(0, |slash| slash + 1);
    let (root, pattern) = text.split_at_checked(cut)?;
    let root = if root.is_empty() { PathBuf::from(".") } else { PathBuf::from(root) };
    Some((root, pattern.to_owned()))
}

/// A walk over the files below `root` that match `pattern`.
fn matching(root: &Path, pattern: &str) -> Result<WalkBuilder, String> {
    let mut overrides = OverrideBuilder::new(root);
    overrides
        .add(&format!("/{pattern}"))
        .map_err(|error| format!("not a usable pattern: {error}"))?;
    let overrides = overrides.build().map_err(|error| format!("not a usable pattern: {error}"))?;
    let mut builder = WalkBuilder::new(root);
    builder.standard_filters(false).overrides(overrides);
    Ok(builder)
}

fn walk(builder: &WalkBuilder) -> (Vec<Input>, Vec<Unreadable>) {
    let (mut found, mut failed) = (Vec::new(), Vec::new());
    let mut builder = builder.clone();
    for entry in builder.sort_by_file_name(Ord::cmp).build() {
        match entry {
            Ok(entry) if entry.file_type().is_some_and(|kind| !kind.is_dir()) => {
                let path = entry.path();
                found.push(Input::File(path.strip_prefix("./").unwrap_or(path).to_owned()));
            }
            Ok(_) => {}
            Err(error) => failed.push(unwalked("folder", &error)),
        }
    }
    (found, failed)
}

/// That a folder could not be walked; `name` is what it is called unless the error knows better.
fn unwalked(name: &str, error: &ignore::Error) -> Unreadable {
    match error {
        ignore::Error::WithPath { path, err } => unwalked(&path.display().to_string(), err),
        ignore::Error::WithDepth { err, .. } => unwalked(name, err),
        other => match other.io_error() {
            Some(error) => Unreadable::of(name, error),
            None => Unreadable::new(name, format!("cannot be walked: {other}")),
        },
    }
}

/// Whether writing this file would replace a letter that the arguments stand for.
pub(crate) fn is_among(output: &Path, arguments: &[PathBuf]) -> bool {
    let regular = output.is_file().then(|| output.canonicalize().ok());
    let Some(target) = regular.flatten() else { return false };
    let (inputs, _) = find(arguments);
    let mut files = inputs.iter().filter_map(|found| found.input.file());
    // Most files have another name, and finding out where a file really is takes time.
    files.any(|file| {
        file.file_name() == target.file_name()
            && file.canonicalize().is_ok_and(|file| file == target)
    })
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::glob;

    #[test]
    fn a_pattern_is_split_at_the_folder_before_its_first_special_character() {
        let split = |text: &str| {
            glob(Path::new(text)).map(|(root, rest)| (root.display().to_string(), rest))
        };
        assert_eq!(
            split("letters/2017/CM17-*.pdf"),
            Some(("letters/2017/".into(), "CM17-*.pdf".into()))
        );
        assert_eq!(split("let*/a.txt"), Some((".".into(), "let*/a.txt".into())));
        assert_eq!(split("letters/a.txt"), None);
    }
}
