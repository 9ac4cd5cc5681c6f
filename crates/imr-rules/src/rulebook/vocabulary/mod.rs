//! The words of the field, lowered from `items/` and `guidelines/`.
//!
//! A file of `items/` either is one item class (it has a `group`) or holds lists of words under named keys: body parts,
//! sides, dosage forms, how headings and conclusions are worded. A file of `guidelines/` either is one document (it has
//! a `source`) or holds the bodies that issue guidance and the wording of guideline lines. The keys of all files stand
//! together, so a team may keep its additions in one file. References between the files are checked at the end.

pub(super) mod guidelines;
pub(super) mod items;
pub(super) mod words;

use imr_letter::vocabulary::{ClassEntry, GuidelineEntry, Vocabulary, VocabularyEntries};

use super::names::Declared;
use super::shape::Naming;
use super::{LoadedFile, layered};
use crate::yaml::{Diagnostic, Diagnostics, Node, Spanned};

/// The ids that one file refers to, to be checked when all files are read.
#[derive(Debug, Default)]
pub(super) struct References {
    classes: Vec<Spanned<String>>,
    body_parts: Vec<Spanned<String>>,
    guidelines: Vec<Spanned<String>>,
    sources: Vec<Spanned<String>>,
}

/// The vocabulary of all files.
pub(super) fn lower<'f>(
    items: impl Iterator<Item = &'f LoadedFile>,
    guidelines: impl Iterator<Item = &'f LoadedFile>,
    declared: &Declared,
    diagnostics: &mut Diagnostics,
) -> Vocabulary {
    let mut entries = VocabularyEntries::default();
    let mut references = References::default();
    let mut classes: Vec<(u16, Spanned<String>, ClassEntry)> = Vec::new();
    for file in items {
        if has_key(&file.node, "group") {
            let class = items::class(&file.node, &mut references, diagnostics);
            classes.extend(class.map(|(id, class)| (file.layer, id, class)));
        } else {
            words::lower(&file.node, &mut entries, &mut references, diagnostics);
        }
    }
    let mut documents: Vec<(u16, Spanned<String>, GuidelineEntry)> = Vec::new();
    for file in guidelines {
        if has_key(&file.node, "source") {
            let document = guidelines::document(&file.node, &mut references, diagnostics);
            documents.extend(document.map(|(id, document)| (file.layer, id, document)));
        } else {
            guidelines::words(&file.node, &mut entries, diagnostics);
        }
    }
    entries.classes = layered(classes, "item class", diagnostics);
    entries.guidelines = layered(documents, "guideline document", diagnostics);
    references.check(&entries, declared, diagnostics);
    Vocabulary::new(entries)
}

fn has_key(node: &Node, key: &str) -> bool {
    node.get(key).is_some()
}

impl References {
    fn check(
        &self,
        entries: &VocabularyEntries,
        declared: &Declared,
        diagnostics: &mut Diagnostics,
    ) {
        let classes: Vec<&str> = entries.classes.iter().map(|class| class.id.as_str()).collect();
        let parts: Vec<&str> = entries.body_parts.iter().map(|part| part.id.as_str()).collect();
        let documents: Vec<&str> =
            entries.guidelines.iter().map(|document| document.id.as_str()).collect();
        let sources: Vec<&str> = entries.sources.iter().map(|source| source.id.as_str()).collect();
        let mut check = |used: &[Spanned<String>], naming, known: &[&str], what| {
            let excused = |id: &&Spanned<String>| !declared.excuses(naming, &id.value);
            let used: Vec<&Spanned<String>> = used.iter().filter(excused).collect();
            check(&used, known, what, diagnostics);
        };
        check(&self.classes, Naming::ItemClass, &classes, "item class");
        check(&self.body_parts, Naming::BodyPart, &parts, "body part");
        check(&self.guidelines, Naming::Guideline, &documents, "guideline document");
        check(&self.sources, Naming::GuidelineSource, &sources, "guideline source");
    }
}

fn check(used: &[&Spanned<String>], known: &[&str], what: &str, diagnostics: &mut Diagnostics) {
    for id in used.iter().filter(|id| !known.contains(&id.value.as_str())) {
        let known = known.iter().copied();
        diagnostics.report(Diagnostic::unknown("unknown-id", &id.place, what, &id.value, known));
    }
}

/// The ids of the item classes.
pub(super) fn class_ids(vocabulary: &Vocabulary) -> Vec<&str> {
    vocabulary.entries().classes.iter().map(|class| class.id.as_str()).collect()
}

/// The ids of the guideline documents.
pub(super) fn guideline_ids(vocabulary: &Vocabulary) -> Vec<&str> {
    vocabulary.entries().guidelines.iter().map(|document| document.id.as_str()).collect()
}

/// The ids of a guideline document's sections.
pub(super) fn section_ids<'v>(vocabulary: &'v Vocabulary, guideline: &str) -> Vec<&'v str> {
    let document = vocabulary.guideline(guideline);
    document
        .into_iter()
        .flat_map(|document| &document.sections)
        .map(|section| section.id.as_str())
        .collect()
}
