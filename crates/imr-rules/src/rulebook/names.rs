//! The names that rules may use, checked across files with a suggestion when one is misspelt.
//!
//! Item classes and guidelines are checked only when the rulebook has any: a rulebook without `items/` is used to
//! try a rule alone.

use std::collections::BTreeSet;

use imr_letter::vocabulary::Vocabulary;

use super::criteria::Criteria;
use super::finding::Kind;
use super::shape::{self, Naming, Seen};
use super::{Folder, LoadedFile, vocabulary};
use crate::criterion::CriterionId;
use crate::yaml::{Diagnostic, Diagnostics, Node, Place, Value, decode};

/// What rules may refer to.
pub(crate) struct Names<'r> {
    pub(crate) criteria: &'r Criteria,
    pub(crate) kinds: &'r [Kind],
    pub(crate) vocabulary: &'r Vocabulary,
    /// The names of what is there but could not be read.
    pub(crate) declared: &'r Declared,
}

/// The names that files give to their entries, whether or not the entries could be read. An entry with a mistake in it is
/// told once, at the mistake, and not again wherever its name is used.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Declared {
    names: BTreeSet<(Naming, String)>,
    /// Folders with a file that is no YAML: what it defines cannot be known.
    unreadable: BTreeSet<Folder>,
}

impl Declared {
    /// The names of the entries that rules refer to.
    pub(crate) fn of<'f>(
        files: impl Iterator<Item = &'f LoadedFile>,
        unreadable: BTreeSet<Folder>,
    ) -> Self {
        let mut names = BTreeSet::new();
        for file in files.filter(|file| file.folder <= Folder::Guidelines) {
            shape::walk(shape::of(file.folder), &file.node, &mut |seen| {
                if let Seen::Define { naming, name, .. } = seen {
                    names.insert((naming, name.to_owned()));
                }
            });
        }
        Self { names, unreadable }
    }

    /// Whether a name that is not known may still be right.
    pub(crate) fn excuses(&self, naming: Naming, name: &str) -> bool {
        let home = match naming {
            Naming::Criterion => Folder::Criteria,
            Naming::Kind => Folder::Kinds,
            Naming::ItemClass | Naming::BodyPart => Folder::Items,
            _ => Folder::Guidelines,
        };
        self.unreadable.contains(&home) || self.names.contains(&(naming, name.to_owned()))
    }
}

/// The names under a key of the same file, as written.
#[derive(Clone, Debug, Default)]
pub(crate) struct Written<'n> {
    names: Vec<&'n str>,
    /// Whether what stands there is no map, so that its names cannot be known.
    unreadable: bool,
}

impl<'n> Written<'n> {
    /// These names.
    pub(crate) fn of(names: Vec<&'n str>) -> Self {
        Self { names, unreadable: false }
    }

    /// The keys of a map.
    pub(crate) fn under(node: Option<&'n Node>) -> Self {
        let Some(node) = node else { return Self::default() };
        match &node.value {
            Value::Map(entries) => {
                let names = entries.iter().map(|entry| entry.key.value.as_str()).collect();
                Self { names, unreadable: false }
            }
            _ => Self { names: Vec::new(), unreadable: true },
        }
    }

    /// The same with the keys of another map.
    pub(crate) fn and(mut self, node: Option<&'n Node>) -> Self {
        let other = Self::under(node);
        self.names.extend(other.names);
        self.unreadable |= other.unreadable;
        self
    }

    /// Reports a name that is not among them.
    pub(crate) fn check(
        &self,
        code: &'static str,
        what: &str,
        name: &str,
        place: &Place,
        diagnostics: &mut Diagnostics,
    ) -> Option<()> {
        if self.unreadable || self.names.contains(&name) {
            return Some(());
        }
        let known = self.names.iter().copied();
        decode::refuse(Diagnostic::unknown(code, place, what, name, known), diagnostics)
    }
}

impl Names<'_> {
    /// A criterion by its id.
    pub(crate) fn criterion(
        &self,
        node: &Node,
        diagnostics: &mut Diagnostics,
    ) -> Option<CriterionId> {
        let name = decode::text(node, diagnostics)?;
        self.criterion_named(&name, &node.place, diagnostics)
    }

    /// The criterion with this id, which stands at a place.
    pub(crate) fn criterion_named(
        &self,
        name: &str,
        place: &Place,
        diagnostics: &mut Diagnostics,
    ) -> Option<CriterionId> {
        let found = self.criteria.find(name);
        if found.is_none() && !self.declared.excuses(Naming::Criterion, name) {
            let known = self.criteria.names();
            let code = "unknown-criterion";
            diagnostics.report(Diagnostic::unknown(code, place, "criterion", name, known));
        }
        found
    }

    /// An item class by its id.
    pub(crate) fn item_class(&self, node: &Node, diagnostics: &mut Diagnostics) -> Option<String> {
        let ids = vocabulary::class_ids(self.vocabulary);
        self.known("unknown-item-class", Naming::ItemClass, &ids, node, diagnostics)
    }

    /// A guideline document by its id.
    pub(crate) fn guideline(&self, node: &Node, diagnostics: &mut Diagnostics) -> Option<String> {
        let ids = vocabulary::guideline_ids(self.vocabulary);
        self.known("unknown-guideline", Naming::Guideline, &ids, node, diagnostics)
    }

    /// A body part by its id.
    pub(crate) fn body_part(&self, node: &Node, diagnostics: &mut Diagnostics) -> Option<String> {
        let parts = &self.vocabulary.entries().body_parts;
        let ids: Vec<&str> = parts.iter().map(|part| part.id.as_str()).collect();
        self.known("unknown-body-part", Naming::BodyPart, &ids, node, diagnostics)
    }

    /// Reports a section that its guideline document does not have.
    pub(crate) fn check_section(
        &self,
        guideline: &str,
        section: &str,
        place: &Place,
        diagnostics: &mut Diagnostics,
    ) {
        let ids = vocabulary::section_ids(self.vocabulary, guideline);
        if !ids.is_empty() && !ids.contains(&section) {
            let what = format!("section of `{guideline}`");
            diagnostics.report(Diagnostic::unknown("unknown-section", place, &what, section, ids));
        }
    }

    /// A finding kind by its id.
    pub(crate) fn kind(&self, node: &Node, diagnostics: &mut Diagnostics) -> Option<String> {
        let ids: Vec<&str> = self.kinds.iter().map(|kind| kind.id.as_str()).collect();
        self.known("unknown-kind", Naming::Kind, &ids, node, diagnostics)
    }

    /// A name that must be among the known ones; any name passes when none is known.
    fn known(
        &self,
        code: &'static str,
        naming: Naming,
        ids: &[&str],
        node: &Node,
        diagnostics: &mut Diagnostics,
    ) -> Option<String> {
        let name = decode::text(node, diagnostics)?;
        let known = ids.is_empty() || ids.contains(&name.as_str());
        if known || self.declared.excuses(naming, &name) {
            return Some(name);
        }
        let (title, ids) = (naming.title(), ids.iter().copied());
        decode::refuse(Diagnostic::unknown(code, &node.place, title, &name, ids), diagnostics)
    }
}
