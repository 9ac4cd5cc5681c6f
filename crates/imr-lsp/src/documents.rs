//! The rule files as the editor has them, and what is known about them.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use imr_rules::RuleFile;
use imr_rules::rulebook::symbols::{Symbol, symbols_of};
use imr_rules::rulebook::{Desk, Folder};
use imr_rules::yaml::Diagnostic;

use crate::Setup;

/// The desk with the texts of the files that lie on it.
pub(crate) struct Documents {
    pub(crate) desk: Desk,
    /// Texts by name; the name of a file of the editor's folder is its path.
    texts: BTreeMap<String, String>,
    /// The files of the layers below that of the editor's folder.
    below: Vec<RuleFile>,
    /// The layer of the editor's folder.
    layer: u16,
    read: fn(&Path, u16) -> Vec<RuleFile>,
    /// Files that the editor was told something about.
    told: BTreeSet<String>,
}

impl Documents {
    /// The rule files of the editor's folders over the built-in ones. A folder with criteria and kinds of its own is a
    /// whole rulebook, over which nothing lies.
    pub(crate) fn new(setup: &Setup, roots: &[PathBuf]) -> Self {
        let above = u16::try_from(setup.folders.len()).unwrap_or(u16::MAX);
        let layer = above.saturating_add(1);
        let own: Vec<RuleFile> = roots.iter().flat_map(|root| (setup.read)(root, layer)).collect();
        let has = |folder| own.iter().any(|file| Folder::of(&file.name) == Some(folder));
        let whole = has(Folder::Criteria) && has(Folder::Kinds);
        let mut files = if whole { Vec::new() } else { setup.built_in.clone() };
        for (folder, layer) in setup.folders.iter().zip(1..) {
            files.extend((setup.read)(folder, layer));
        }
        let below = files.clone();
        files.extend(own);
        let texts = files.iter().map(|file| (file.name.clone(), file.text.to_string())).collect();
        let (desk, told) = (Desk::new(files), BTreeSet::new());
        Self { desk, texts, below, layer, read: setup.read, told }
    }

    /// The text of a file.
    pub(crate) fn text(&self, name: &str) -> &str {
        self.texts.get(name).map_or("", String::as_str)
    }

    /// Whether a file is known.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.texts.contains_key(name)
    }

    /// What the editor has in a file now. Files that hold no rules are none of ours.
    pub(crate) fn put(&mut self, name: String, text: String) {
        let yaml = Path::new(&name).extension().is_some_and(|extension| extension == "yaml");
        if Folder::of(&name).is_none() || !yaml {
            return;
        }
        let file = RuleFile { layer: self.layer, ..RuleFile::new(name.clone(), text.clone()) };
        self.desk.put(&file);
        self.texts.insert(name, text);
    }

    /// What is on the disk counts again.
    pub(crate) fn reread(&mut self, path: &Path) {
        let name = path.display().to_string();
        let on_disk = (self.read)(path, self.layer).into_iter().next();
        if let Some(file) = on_disk {
            self.desk.put(&file);
            self.texts.insert(name, file.text.into_owned());
        } else {
            self.desk.remove(self.layer, &name);
            self.texts.remove(&name);
        }
    }

    /// Mistakes, or lints when there is none, by file: for each that the editor must hear of, also of those about which
    /// there is nothing to say any more.
    pub(crate) fn findings(&mut self) -> Vec<(String, Vec<Diagnostic>)> {
        let mut found = self.desk.mistakes();
        if found.is_empty() {
            found = self.desk.lints();
        }
        let mut by_file: BTreeMap<String, Vec<Diagnostic>> =
            std::mem::take(&mut self.told).into_iter().map(|name| (name, Vec::new())).collect();
        for diagnostic in found {
            let name = diagnostic.place.file.to_string();
            if Path::new(&name).is_absolute() {
                self.told.insert(name.clone());
                by_file.entry(name).or_default().push(diagnostic);
            }
        }
        by_file.into_iter().collect()
    }

    /// Every file as it is now.
    pub(crate) fn files(&self) -> Vec<RuleFile> {
        let below: BTreeSet<&str> = self.below.iter().map(|file| file.name.as_str()).collect();
        let own = self.texts.iter().filter(|(name, _)| !below.contains(name.as_str()));
        let own = own.map(|(name, text)| RuleFile {
            layer: self.layer,
            ..RuleFile::new(name.clone(), text.clone())
        });
        self.below.iter().cloned().chain(own).collect()
    }

    /// Every name of every file.
    pub(crate) fn symbols(&self) -> Vec<Symbol> {
        self.desk.trees().flat_map(symbols_of).collect()
    }
}
