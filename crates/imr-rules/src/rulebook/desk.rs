//! A rulebook that is being written: files change one at a time, and its mistakes and lints are wanted at once.
//!
//! The stages are those of [`Rulebook::load`], run by the same functions; a change of a file runs only the stages that depend
//! on its folder, on trees of the other files that are kept. What each stage found is kept too, so the result is that of
//! loading everything anew. The price is that stages and what they depend on are listed twice; a test compares both ways.
//!
//! Files that hold nothing but tables of weighed words are nine tenths of the lexicon's bytes. Nothing else depends on them
//! here, because a desk reads no letters, so each is checked by itself when it changes and its numbers are not kept.

use std::collections::{BTreeMap, BTreeSet};

use super::names::{Declared, Names};
use super::{
    Check, Folder, LoadedFile, RuleFile, Rulebook, Standard, case_file, check, check_words,
    correlation, criteria, file, finding, lexicon, side_by_side, standard, vocabulary,
};
use crate::contradiction;
use crate::lint;
use crate::yaml::{Diagnostic, Diagnostics};

/// A rulebook that is being written.
#[derive(Debug, Default)]
pub struct Desk {
    /// By layer and name, as they are loaded.
    files: BTreeMap<(u16, String), Held>,
    rulebook: Rulebook,
    declared: Declared,
    found: BTreeMap<Stage, Vec<Diagnostic>>,
    lints: BTreeMap<Lints, Vec<Diagnostic>>,
    changed: BTreeSet<Folder>,
    /// Files of tables that changed, or all when criteria did.
    tables: BTreeSet<(u16, String)>,
    /// What was found in each file of tables.
    found_in_tables: BTreeMap<(u16, String), Vec<Diagnostic>>,
    /// Folders that changed since lints were last looked for.
    unlinted: BTreeSet<Folder>,
    linted: Linted,
}

/// What lints of rules look at, as they last saw it. Drugs and guidelines change often and rules with them hardly ever.
#[derive(Debug, Default, PartialEq)]
struct Linted {
    standards: Vec<Standard>,
    checks: Vec<Check>,
    classes: Vec<String>,
}

impl Linted {
    fn of(rulebook: &Rulebook) -> Self {
        let classes = rulebook.vocabulary.entries().classes.iter();
        Self {
            standards: rulebook.standards.clone(),
            checks: rulebook.checks.clone(),
            classes: classes.map(|class| class.id.clone()).collect(),
        }
    }
}

#[derive(Debug)]
struct Held {
    folder: Option<Folder>,
    /// Whether it holds nothing but tables; one that cannot be read now holds what it held before.
    tables: bool,
    read: Result<LoadedFile, Vec<Diagnostic>>,
}

/// What is lowered together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Stage {
    Words,
    /// With the topics of contradictions, whose words stand in the lexicon.
    Evidence,
    Standards,
    Checks,
    Correlations,
    CheckWords,
    Cases,
}

/// Lints that are looked for together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Lints {
    Rules,
    Evidence,
    Unused,
}

impl Lints {
    fn look(self, rulebook: &Rulebook, files: &[&LoadedFile]) -> Vec<Diagnostic> {
        match self {
            Self::Rules => lint::rules(rulebook, files),
            Self::Evidence => lint::words(rulebook, files),
            Self::Unused => lint::idle(rulebook, files),
        }
    }
}

/// The folders whose change concerns everything.
const SHARED: [Folder; 4] = [Folder::Criteria, Folder::Kinds, Folder::Items, Folder::Guidelines];

/// The folders whose change concerns the lints of rules, whatever came of it.
const RULES: [Folder; 6] = [
    Folder::Criteria,
    Folder::Kinds,
    Folder::Standards,
    Folder::Checks,
    Folder::Correlations,
    Folder::Cases,
];

impl Stage {
    const ALL: [Self; 7] = [
        Self::Words,
        Self::Evidence,
        Self::Standards,
        Self::Checks,
        Self::Correlations,
        Self::CheckWords,
        Self::Cases,
    ];

    fn depends_on(self, folder: Folder) -> bool {
        let own = match self {
            Self::Words => None,
            Self::Evidence if folder == Folder::Contradictions => return true,
            Self::Evidence => Some(Folder::Evidence),
            Self::Standards => Some(Folder::Standards),
            Self::Checks => Some(Folder::Checks),
            Self::Correlations => Some(Folder::Correlations),
            Self::CheckWords => return folder == Folder::CheckWords,
            Self::Cases if matches!(folder, Folder::Standards | Folder::Checks) => return true,
            Self::Cases => Some(Folder::Cases),
        };
        own == Some(folder) || SHARED.contains(&folder)
    }
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
        if !changed.is_empty() {
            let unreadable = self.files.values().filter(|held| held.read.is_err());
            let unreadable = unreadable.filter_map(|held| held.folder).collect();
            let files: Vec<&LoadedFile> = self
                .files
                .values()
                .filter(|held| !held.tables)
                .filter_map(|held| held.read.as_ref().ok())
                .collect();
            if changed.iter().any(|folder| SHARED.contains(folder))
                || !self.found.contains_key(&Stage::Words)
            {
                self.declared = Declared::of(files.iter().copied(), unreadable);
            }
            for stage in Stage::ALL {
                let due = changed.iter().any(|folder| stage.depends_on(*folder));
                if due || !self.found.contains_key(&stage) {
                    let mut diagnostics = Diagnostics::default();
                    lower(stage, &files, &self.declared, &mut self.rulebook, &mut diagnostics);
                    self.found.insert(stage, diagnostics.into_sorted());
                }
            }
        }
        self.check_tables(changed.contains(&Folder::Criteria));
        self.unlinted.extend(changed);
        let unread = self.files.values().filter_map(|held| held.read.as_ref().err()).flatten();
        let mut all = Diagnostics::default();
        let found = self.found.values().chain(self.found_in_tables.values()).flatten();
        all.extend(unread.chain(found).cloned());
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
                let criteria = &self.rulebook.criteria;
                lexicon::lower([file].into_iter(), std::iter::empty(), criteria, &mut diagnostics);
            }
            self.found_in_tables.insert(key.clone(), diagnostics.into_sorted());
        }
    }

    /// What is no mistake and still cannot be meant; ask only when there is no mistake.
    pub fn lints(&mut self) -> Vec<Diagnostic> {
        let changed = std::mem::take(&mut self.unlinted);
        let linted = Linted::of(&self.rulebook);
        let same_rules = linted == self.linted;
        self.linted = linted;
        let files: Vec<&LoadedFile> =
            self.files.values().filter_map(|held| held.read.as_ref().ok()).collect();
        let due = |lints: &Lints| {
            let concerned = |folder: &Folder| match lints {
                Lints::Rules => RULES.contains(folder) || !same_rules,
                Lints::Evidence => {
                    !matches!(folder, Folder::Standards | Folder::Checks | Folder::Correlations)
                }
                Lints::Unused => true,
            };
            changed.iter().any(concerned) || !self.lints.contains_key(lints)
        };
        let look = |lints: &[Lints]| -> Vec<(Lints, Vec<Diagnostic>)> {
            let due = lints.iter().copied().filter(|lints| due(lints));
            due.map(|lints| (lints, lints.look(&self.rulebook, &files))).collect()
        };
        // Lints of rules and of words take equally long, those of what is unused a fifth; words do not always bring in rules.
        let (one, other): (&[Lints], &[Lints]) = if due(&Lints::Rules) {
            (&[Lints::Rules], &[Lints::Evidence, Lints::Unused])
        } else {
            (&[Lints::Unused], &[Lints::Evidence])
        };
        let found = side_by_side(|| look(one), || look(other));
        self.lints.extend(found.0.into_iter().chain(found.1));
        let mut all = Diagnostics::default();
        all.extend(self.lints.values().flatten().cloned());
        all.into_sorted()
    }
}

/// Runs one stage.
fn lower(
    stage: Stage,
    files: &[&LoadedFile],
    declared: &Declared,
    rulebook: &mut Rulebook,
    diagnostics: &mut Diagnostics,
) {
    let of = |folder: Folder| files.iter().copied().filter(move |file| file.folder == folder);
    if stage == Stage::Words {
        rulebook.criteria = criteria::lower(of(Folder::Criteria), diagnostics);
        rulebook.kinds = finding::lower_kinds(of(Folder::Kinds), diagnostics);
        let (items, guidelines) = (of(Folder::Items), of(Folder::Guidelines));
        rulebook.vocabulary = vocabulary::lower(items, guidelines, declared, diagnostics);
        return;
    }
    let names = Names {
        criteria: &rulebook.criteria,
        kinds: &rulebook.kinds,
        vocabulary: &rulebook.vocabulary,
        declared,
    };
    match stage {
        Stage::Words => {}
        Stage::Evidence => {
            let topics = || of(Folder::Contradictions);
            let own = of(Folder::Evidence);
            let mut loaded = lexicon::lower(own, topics(), &rulebook.criteria, diagnostics);
            rulebook.contradictions =
                contradiction::load(topics(), &names, &mut loaded.lexicon, diagnostics);
            rulebook.lexicon = loaded.lexicon;
            rulebook.entry_examples = loaded.examples;
        }
        Stage::Standards => {
            rulebook.standards = standard::lower(of(Folder::Standards), &names, diagnostics);
        }
        Stage::Checks => rulebook.checks = check::lower(of(Folder::Checks), &names, diagnostics),
        Stage::Correlations => {
            rulebook.correlations =
                correlation::lower(of(Folder::Correlations), &names, diagnostics);
        }
        Stage::CheckWords => {
            rulebook.check_words = check_words::lower(of(Folder::CheckWords), diagnostics);
        }
        Stage::Cases => {
            let (standards, checks) = (&rulebook.standards, &rulebook.checks);
            let rules = case_file::Rules { standards, checks, files };
            rulebook.cases = case_file::lower(&rules, &names, diagnostics);
        }
    }
}
