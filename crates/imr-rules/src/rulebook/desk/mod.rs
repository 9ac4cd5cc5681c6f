//! A rulebook that is being written: files change one at a time, and its mistakes and lints are wanted at once.
//!
//! The stages are those of [`Rulebook::load`], run by the same functions; a change of a file runs only the stages that read
//! its folder, on trees of the other files that are kept. Rules and words for evidence are lowered anew after a change
//! elsewhere only when it changes what they are told of it ([`stages`]). What each stage found is kept too, so the result
//! is that of loading everything anew. The price is that stages and what they depend on are listed twice; a test compares
//! both ways.
//!
//! Files that hold nothing but tables of weighed words are nine tenths of the lexicon's bytes. Nothing else depends on them
//! here, because a desk reads no letters, so each is checked by itself when it changes and its numbers are not kept.

mod lints;
mod stages;

use std::collections::{BTreeMap, BTreeSet};

use self::lints::Lints;
use self::stages::Stages;
use super::{Folder, LoadedFile, RuleFile, Rulebook, file};
use crate::yaml::{Diagnostic, Diagnostics};

/// A rulebook that is being written.
#[derive(Debug, Default)]
pub struct Desk {
    files: BTreeMap<Key, Held>,
    rulebook: Rulebook,
    stages: Stages,
    lints: Lints,
    /// Folders that changed since mistakes were last looked for.
    changed: BTreeSet<Folder>,
    /// Folders that changed since lints were last looked for.
    unlinted: BTreeSet<Folder>,
    /// Files of tables that changed.
    tables: BTreeSet<Key>,
    /// What was found in each file of tables.
    found_in_tables: BTreeMap<Key, Vec<Diagnostic>>,
}

/// A file's layer and name; files are loaded in this order.
type Key = (u16, String);

#[derive(Debug)]
struct Held {
    folder: Option<Folder>,
    /// Whether it holds nothing but tables; one that cannot be read now holds what it held before.
    tables: bool,
    read: Result<LoadedFile, Vec<Diagnostic>>,
}

impl Desk {
    /// A desk with these files.
    pub fn new(files: Vec<RuleFile>) -> Self {
        let mut desk = Self::default();
        for file in files {
            desk.put(&file);
        }
        desk
    }

    /// Lays a file on the desk, in the place of the one with its name.
    pub fn put(&mut self, file: &RuleFile) {
        let mut mistakes = Diagnostics::default();
        let read = file::read_one(file, &mut mistakes).ok_or_else(|| mistakes.into_sorted());
        let folder = Folder::of(&file.name);
        let key = (file.layer, file.name.clone());
        let before = self.files.get(&key).is_some_and(|held| held.tables);
        let tables = read.as_ref().map_or(before, LoadedFile::holds_tables);
        if tables {
            self.tables.insert(key.clone());
        }
        self.lints.forget(&key);
        let known = self.files.insert(key, Held { folder, tables, read });
        if !(tables && known.is_none_or(|held| held.tables)) {
            self.changed.extend(folder);
        }
    }

    /// Takes a file from the desk.
    pub fn remove(&mut self, layer: u16, name: &str) {
        let key = (layer, name.to_owned());
        self.tables.remove(&key);
        self.found_in_tables.remove(&key);
        self.lints.forget(&key);
        if let Some(held) = self.files.remove(&key).filter(|held| !held.tables) {
            self.changed.extend(held.folder);
        }
    }

    /// The rulebook as far as it could be read, without tables of weighed words.
    pub fn rulebook(&self) -> &Rulebook {
        &self.rulebook
    }

    /// The trees of the files that could be read, lower layers first.
    pub fn trees(&self) -> impl Iterator<Item = &LoadedFile> {
        self.files.values().filter_map(|held| held.read.as_ref().ok())
    }

    /// Every mistake of every file.
    pub fn mistakes(&mut self) -> Vec<Diagnostic> {
        let changed = std::mem::take(&mut self.changed);
        let mut other_criteria = false;
        if !changed.is_empty() {
            let unreadable = self.files.values().filter(|held| held.read.is_err());
            let unreadable = unreadable.filter_map(|held| held.folder).collect();
            let held = self.files.values().filter(|held| !held.tables);
            let files: Vec<&LoadedFile> = held.filter_map(|held| held.read.as_ref().ok()).collect();
            other_criteria = self.stages.run(&files, unreadable, &changed, &mut self.rulebook);
        }
        self.check_tables(other_criteria);
        self.unlinted.extend(changed);
        let unread = self.files.values().filter_map(|held| held.read.as_ref().err()).flatten();
        let in_tables = self.found_in_tables.values().flatten();
        let mut all = Diagnostics::default();
        all.extend(unread.chain(self.stages.found()).chain(in_tables).cloned());
        all.into_sorted()
    }

    /// Checks the files of tables that changed, or all of them.
    fn check_tables(&mut self, all: bool) {
        let due = std::mem::take(&mut self.tables);
        for (key, held) in &self.files {
            if !held.tables || !(all || due.contains(key)) {
                continue;
            }
            let mut diagnostics = Diagnostics::default();
            if let Ok(file) = &held.read {
                self.stages.check_table(file, &self.rulebook, &mut diagnostics);
            }
            self.found_in_tables.insert(key.clone(), diagnostics.into_sorted());
        }
    }

    /// What is no mistake and still cannot be meant; ask only when there is no mistake.
    pub fn lints(&mut self) -> Vec<Diagnostic> {
        let changed = std::mem::take(&mut self.unlinted);
        let files: Vec<(&Key, &LoadedFile)> = self
            .files
            .iter()
            .filter_map(|(key, held)| Some((key, held.read.as_ref().ok()?)))
            .collect();
        self.lints.look(&self.rulebook, &files, &changed);
        let mut all = Diagnostics::default();
        all.extend(self.lints.found().cloned());
        all.into_sorted()
    }
}
