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

use crate::rulebook::{Folder, LoadedFile, Rulebook, side_by_side};
use crate::yaml::{Diagnostic, Diagnostics, Node, Place};

/// Everything that lints look at.
pub(crate) struct View<'r> {
    rulebook: &'r Rulebook,
    /// The files that the rulebook was read from, lower layers first.
    files: &'r [&'r LoadedFile],
    /// The ids of the item classes.
    classes: Vec<&'r str>,
}

impl<'r> View<'r> {
    fn of(rulebook: &'r Rulebook, files: &'r [&'r LoadedFile]) -> Self {
        let classes = &rulebook.vocabulary.entries().classes;
        let classes = classes.iter().map(|class| class.id.as_str()).collect();
        Self { rulebook, files, classes }
    }

    /// The tree of a rule by the place of its id.
    fn rule(&self, place: &Place) -> Option<&'r Node> {
        let file = self.files.iter().find(|file| file.node.place.file == place.file);
        file.map(|file| &file.node)
    }

    /// Two rules in the order in which a lint about both tells of them: at that of the higher layer, which its author can
    /// change, beside the other one.
    fn told<'p>(&self, first: &'p Place, second: &'p Place) -> (&'p Place, &'p Place) {
        let layer = |place: &Place| {
            self.files.iter().find(|file| file.node.place.file == place.file).map(|file| file.layer)
        };
        if layer(second) > layer(first) { (second, first) } else { (first, second) }
    }

    /// The files of a folder.
    fn folder(&self, folder: Folder) -> impl Iterator<Item = &'r LoadedFile> {
        self.files.iter().copied().filter(move |file| file.folder == folder)
    }
}

/// All lints of a rulebook, by file and place.
pub(crate) fn lint(rulebook: &Rulebook, files: &[&LoadedFile]) -> Vec<Diagnostic> {
    let mut found = Diagnostics::default();
    let (of_rules, others) = side_by_side(
        || rules(rulebook, files),
        || {
            let alone = files.iter().flat_map(|file| alone(file));
            let others = words(rulebook, files).into_iter().chain(idle(rulebook, files));
            others.chain(alone).collect::<Vec<_>>()
        },
    );
    found.extend(of_rules.into_iter().chain(others));
    found.into_sorted()
}

/// Lints of rules and between them.
pub(crate) fn rules(rulebook: &Rulebook, files: &[&LoadedFile]) -> Vec<Diagnostic> {
    let view = View::of(rulebook, files);
    let mut found = Diagnostics::default();
    let faulty = rules::lint(&view, &mut found);
    pairs::lint(&view, &faulty, &mut found);
    numbers::lint(&view, &mut found);
    paper::lint(&view, &mut found);
    found.into_sorted()
}

/// Lints of the lexicon and of the words of topics.
pub(crate) fn words(rulebook: &Rulebook, files: &[&LoadedFile]) -> Vec<Diagnostic> {
    let mut found = Diagnostics::default();
    evidence::lint(&View::of(rulebook, files), &mut found);
    found.into_sorted()
}

/// Lints that need nothing but the file.
pub(crate) fn alone(file: &LoadedFile) -> Vec<Diagnostic> {
    let mut found = Diagnostics::default();
    if !file.holds_tables() {
        evidence::repeated(&file.node, &mut found);
    }
    found.into_sorted()
}

/// Lints of what nothing uses.
pub(crate) fn idle(rulebook: &Rulebook, files: &[&LoadedFile]) -> Vec<Diagnostic> {
    let mut found = Diagnostics::default();
    unused::lint(&View::of(rulebook, files), &mut found);
    found.into_sorted()
}
