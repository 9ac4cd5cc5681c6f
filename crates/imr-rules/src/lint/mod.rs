//! What is no mistake and still cannot be meant: rules that never fire, requirements that every letter meets, phrases that
//! match nothing, two rules that no decision can satisfy together.
//!
//! A mistake makes a rulebook unusable; a lint leaves it as it is and tells its author. Lints look at the loaded rulebook,
//! so they see what layers and defaults have made of it, and at the trees it was read from, so that each is underlined.
//! What is said about conditions is proven by looking through all letters that they can tell apart ([`solve`]); a
//! contradiction comes with such a letter in plain words. Every lint has a stable code, which `explain-code` explains.

mod conditions;
mod evidence;
mod numbers;
mod pairs;
mod paper;
mod phrases;
mod problem;
mod rules;
mod solve;
mod unused;
mod witness;

use crate::rulebook::{Folder, LoadedFile, Rulebook};
use crate::yaml::{Diagnostic, Diagnostics, Node, Place};

/// Everything that lints look at.
pub(crate) struct Desk<'r> {
    rulebook: &'r Rulebook,
    /// The files that the rulebook was read from, lower layers first.
    files: &'r [LoadedFile],
    /// The ids of the item classes.
    classes: Vec<&'r str>,
}

impl<'r> Desk<'r> {
    /// The tree of a rule by the place of its id.
    fn rule(&self, place: &Place) -> Option<&'r Node> {
        let file = self.files.iter().find(|file| file.node.place.file == place.file);
        file.map(|file| &file.node)
    }

    /// The files of a folder.
    fn folder(&self, folder: Folder) -> impl Iterator<Item = &'r LoadedFile> {
        self.files.iter().filter(move |file| file.folder == folder)
    }
}

/// All lints of a rulebook, by file and place.
pub(crate) fn lint(rulebook: &Rulebook, files: &[LoadedFile]) -> Vec<Diagnostic> {
    let classes = &rulebook.vocabulary.entries().classes;
    let classes = classes.iter().map(|class| class.id.as_str()).collect();
    let desk = Desk { rulebook, files, classes };
    let mut found = Diagnostics::default();
    rules::lint(&desk, &mut found);
    pairs::lint(&desk, &mut found);
    numbers::lint(&desk, &mut found);
    paper::lint(&desk, &mut found);
    evidence::lint(&desk, &mut found);
    unused::lint(&desk, &mut found);
    found.into_sorted()
}
