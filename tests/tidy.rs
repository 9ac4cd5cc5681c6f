//! House rules that are read from the source, so that nobody has to remember them in review.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use crate::workspace::{corpus, files, shown, top};

/// Lines of a source file above its tests.
const FILE_LINES: usize = 400;

/// Lines of a function, signature to closing brace.
const FUNCTION_LINES: usize = 80;

/// Names that say nothing.
const EMPTY_NAMES: [&str; 6] = ["util", "utils", "helper", "helpers", "common", "manager"];

/// Source files of the crates, with the path from the top for messages.
fn sources() -> Vec<(String, String)> {
    let top = top();
    let rust = |path: &PathBuf| path.extension().is_some_and(|extension| extension == "rs");
    let read = |path: PathBuf| {
        let name = path.strip_prefix(&top).expect("below the top").display().to_string();
        (name, fs::read_to_string(&path).expect("a source file can be read"))
    };
    files(&top.join("crates")).into_iter().filter(rust).map(read).collect()
}

fn above_tests(text: &str) -> impl Iterator<Item = &str> {
    text.lines().take_while(|line| line.trim() != "#[cfg(test)]")
}

/// Fails with every offender at once.
fn none(offenders: &[String], rule: &str) {
    assert!(offenders.is_empty(), "{rule}:\n{}", offenders.join("\n"));
}

#[test]
fn source_files_are_short() {
    let long = |(name, text): &(String, String)| {
        let lines = above_tests(text).count();
        let test = name.contains("/tests") || name.contains("/examples/");
        (lines > FILE_LINES && !test).then(|| format!("{name}: {lines} lines above its tests"))
    };
    none(
        &sources().iter().filter_map(long).collect::<Vec<_>>(),
        "source files have at most 400 lines",
    );
}

#[test]
fn functions_are_short() {
    let mut long = Vec::new();
    for (name, text) in sources() {
        let lines: Vec<&str> = above_tests(&text).collect();
        for (start, line) in lines.iter().enumerate() {
            let indent = line.len() - line.trim_start().len();
            let words = line.trim_start();
            if !(words.starts_with("fn ") || words.starts_with("pub") && words.contains(" fn ")) {
                continue;
            }
            let closing = format!("{}}}", " ".repeat(indent));
            let length =
                lines[start..].iter().position(|line| **line == closing).map_or(1, |end| end + 1);
            if length > FUNCTION_LINES && !words.ends_with(';') {
                long.push(format!("{name}:{}: {length} lines", start + 1));
            }
        }
    }
    none(&long, "functions have at most 80 lines");
}

#[test]
fn every_module_says_what_it_is() {
    let mute = |(name, text): &(String, String)| {
        let tests = name.ends_with("/tests.rs") || name.contains("/tests/");
        let essay: usize =
            text.lines().take_while(|line| line.starts_with("//!")).map(str::len).sum();
        (essay < 30 && !tests).then(|| name.clone())
    };
    none(
        &sources().iter().filter_map(mute).collect::<Vec<_>>(),
        "every module starts with a //! essay",
    );
}

#[test]
fn names_say_something() {
    let mut empty = Vec::new();
    for (name, text) in sources() {
        let path = Path::new(&name).with_extension("");
        if path.iter().any(|part| EMPTY_NAMES.iter().any(|empty| part == *empty)) {
            empty.push(name.clone());
        }
        let manager = text.lines().find(|line| {
            ["struct ", "enum ", "trait "].iter().any(|kind| {
                line.split_once(kind).is_some_and(|(_, rest)| {
                    let word =
                        rest.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
                    word.ends_with("Manager") || word.ends_with("Helper") || word.ends_with("Util")
                })
            })
        });
        empty.extend(manager.map(|line| format!("{name}: {}", line.trim())));
    }
    none(&empty, "names say what a thing is");
}

#[test]
fn every_rule_is_the_only_one_in_the_file_of_its_name() {
    let mut wrong = Vec::new();
    for folder in ["rules/standards", "rules/checks", "rules/correlations"] {
        let folder = top().join(folder);
        for path in if folder.is_dir() { files(&folder) } else { Vec::new() } {
            let text = fs::read_to_string(&path).expect("a rule file can be read");
            let id = text.lines().find_map(|line| line.strip_prefix("id: ")).unwrap_or("no id");
            let stem = path.file_stem().expect("a file name").display().to_string();
            if id.trim_matches('"').replace(['.', '_'], "-") != stem.replace(['.', '_'], "-") {
                wrong.push(format!("{}: id {id}", path.display()));
            }
        }
    }
    none(&wrong, "a rule file is named after the rule's id");
}

#[test]
fn every_snapshot_belongs_to_a_letter() {
    let letters: BTreeSet<String> = shown()
        .iter()
        .map(|letter| Path::new(letter).file_stem().expect("a name").display().to_string())
        .collect();
    let orphans = files(&top().join("tests/snapshots"))
        .into_iter()
        .filter(|path| !letters.contains(&path.file_stem().expect("a name").display().to_string()));
    none(
        &orphans.map(|path| path.display().to_string()).collect::<Vec<_>>(),
        "no snapshot without its letter",
    );
}

#[test]
fn letters_of_the_corpus_have_names_of_their_own() {
    let mut seen = BTreeSet::new();
    let twice = corpus()
        .into_iter()
        .filter(|letter| !seen.insert(Path::new(letter).file_stem().expect("a name").to_owned()));
    none(&twice.collect::<Vec<_>>(), "a letter's name is the name of its snapshots");
}
