//! Lints on a desk: which are due after a change, and what each found.

use std::collections::{BTreeMap, BTreeSet};

use super::Key;
use crate::lint;
use crate::rulebook::correlation::Correlation;
use crate::rulebook::{
    Check, Criteria, Folder, LoadedFile, Rulebook, Standard, side_by_side, vocabulary,
};
use crate::yaml::Diagnostic;

/// Lints that are looked for together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Group {
    Rules,
    Words,
    Unused,
}

impl Group {
    fn look(self, rulebook: &Rulebook, files: &[&LoadedFile]) -> Vec<Diagnostic> {
        match self {
            Self::Rules => lint::rules(rulebook, files),
            Self::Words => lint::words(rulebook, files),
            Self::Unused => lint::idle(rulebook, files),
        }
    }

    /// Whether a change in this folder concerns it, whatever comes of the change.
    fn looks_at(self, folder: Folder) -> bool {
        match self {
            Self::Rules => {
                matches!(folder, Folder::Standards | Folder::Checks | Folder::Correlations)
            }
            Self::Words => matches!(folder, Folder::Evidence | Folder::Contradictions),
            Self::Unused => true,
        }
    }
}

/// What lints of rules and of words look at besides the files of their folders. Drugs and guidelines change often and
/// rules with them hardly ever.
#[derive(Debug, Default, PartialEq)]
struct Seen {
    criteria: Criteria,
    classes: Vec<String>,
    standards: Vec<Standard>,
    checks: Vec<Check>,
    correlations: Vec<Correlation>,
}

impl Seen {
    fn of(rulebook: &Rulebook) -> Self {
        let classes = vocabulary::class_ids(&rulebook.vocabulary).into_iter();
        Self {
            criteria: rulebook.criteria.clone(),
            classes: classes.map(str::to_owned).collect(),
            standards: rulebook.standards.clone(),
            checks: rulebook.checks.clone(),
            correlations: rulebook.correlations.clone(),
        }
    }
}

/// What each group found when it was last looked for, and what was found in each file alone.
#[derive(Debug, Default)]
pub(super) struct Lints {
    seen: Seen,
    found: BTreeMap<Group, Vec<Diagnostic>>,
    alone: BTreeMap<Key, Vec<Diagnostic>>,
}

impl Lints {
    /// Every lint that was found.
    pub(super) fn found(&self) -> impl Iterator<Item = &Diagnostic> {
        self.found.values().chain(self.alone.values()).flatten()
    }

    /// Forgets what was found in a file alone: it is another one now.
    pub(super) fn forget(&mut self, file: &Key) {
        self.alone.remove(file);
    }

    /// Looks for the lints that are due after a change in these folders.
    pub(super) fn look(
        &mut self,
        rulebook: &Rulebook,
        files: &[(&Key, &LoadedFile)],
        changed: &BTreeSet<Folder>,
    ) {
        for (key, file) in files {
            if !self.alone.contains_key(*key) {
                self.alone.insert((*key).clone(), lint::alone(file));
            }
        }
        let seen = Seen::of(rulebook);
        let same = seen == self.seen;
        self.seen = seen;
        let due = |group: Group| {
            let concerned = changed.iter().any(|folder| group.looks_at(*folder));
            concerned || !same && group != Group::Unused || !self.found.contains_key(&group)
        };
        let files: Vec<&LoadedFile> = files.iter().map(|(_, file)| *file).collect();
        let look = |groups: &[Group]| -> Vec<(Group, Vec<Diagnostic>)> {
            let due = groups.iter().copied().filter(|group| due(*group));
            due.map(|group| (group, group.look(rulebook, &files))).collect()
        };
        // Lints of rules and of words take equally long, those of what is unused a fifth; words do not always bring in rules.
        let (one, other): (&[Group], &[Group]) = if due(Group::Rules) {
            (&[Group::Rules], &[Group::Words, Group::Unused])
        } else {
            (&[Group::Unused], &[Group::Words])
        };
        let found = side_by_side(|| look(one), || look(other));
        self.found.extend(found.0.into_iter().chain(found.1));
    }
}
