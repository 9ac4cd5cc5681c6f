//! Names and where they stand: definitions and references of every rule file.
//!
//! Layers are told by them (which entry comes from which file), and the language server finds definitions, references and
//! the places to rename by them.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::file::{self, Folder, LoadedFile, RuleFile};
use super::shape::{self, Form, Naming, Seen};
use crate::yaml::{Diagnostics, Node, Place};

/// A name at a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Symbol {
    /// What it names.
    pub naming: Naming,
    /// The name.
    pub name: String,
    /// Where it is known, when not everywhere: the file of a requirement, the guideline of a section.
    pub scope: Option<Arc<str>>,
    /// Where it stands.
    pub place: Place,
    /// The layer of its file.
    pub layer: u16,
    /// Of a definition: what the entry is called or means, and the place of the entry. `None` for a reference.
    pub defines: Option<Definition>,
}

/// What a name stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Definition {
    /// Its title, meaning, or first phrase.
    pub detail: String,
    /// The whole entry.
    pub place: Place,
    /// The folder of its file.
    pub folder: Folder,
}

impl Symbol {
    /// Whether two symbols are of one thing.
    pub fn is_same(&self, other: &Self) -> bool {
        (self.naming, &self.name, &self.scope) == (other.naming, &other.name, &other.scope)
    }
}

/// The symbols of all files that can be read, in the order of layers, files and places.
pub fn symbols(files: &[RuleFile]) -> Vec<Symbol> {
    let mut unread = Diagnostics::default();
    let (loaded, _) = file::read_all(files, &mut unread);
    loaded.iter().flat_map(symbols_of).collect()
}

/// The symbols of one file. Tables of weighed words have none worth knowing.
pub fn symbols_of(file: &LoadedFile) -> Vec<Symbol> {
    let mut found = Vec::new();
    if file.node.get("weights").is_some() {
        return found;
    }
    shape::walk(shape::of(file.folder), &file.node, &mut |seen| match seen {
        Seen::Define { naming, name, place, entry } => {
            let scope = scope(naming, &file.node, entry);
            let (detail, whole) = (detail(entry), entry.place.clone());
            let defines = Some(Definition { detail, place: whole, folder: file.folder });
            found.push(symbol(naming, name, scope, place.clone(), file.layer, defines));
        }
        Seen::Refer { naming, name, place, within } => {
            let scope = scope(naming, &file.node, within);
            found.push(symbol(naming, name, scope, place.clone(), file.layer, None));
        }
        Seen::Value { form: Form::Phrase, node, .. } => {
            for (naming, name, place) in named_in(node) {
                found.push(symbol(naming, name, None, place, file.layer, None));
            }
        }
        _ => {}
    });
    found
}

fn symbol(
    naming: Naming,
    name: &str,
    scope: Option<Arc<str>>,
    place: Place,
    layer: u16,
    defines: Option<Definition>,
) -> Symbol {
    Symbol { naming, name: name.to_owned(), scope, place, layer, defines }
}

/// Where a name is known.
fn scope(naming: Naming, file: &Node, map: &Node) -> Option<Arc<str>> {
    if naming == Naming::Section {
        let named = map.get("guideline").or_else(|| file.get("id"));
        return named.and_then(Node::as_text).map(Arc::from);
    }
    naming.is_local().then(|| Arc::clone(&file.place.file))
}

fn detail(entry: &Node) -> String {
    let told = ["title", "meaning", "why"].into_iter().find_map(|key| entry.get(key)?.as_text());
    told.map(str::trim).unwrap_or_default().to_owned()
}

/// The groups and lists that a phrase names, each at its own place.
fn named_in(phrase: &Node) -> Vec<(Naming, &str, Place)> {
    let text = phrase.as_text().unwrap_or_default();
    let place = &phrase.place;
    // A phrase with escapes in it has no certain places inside; it is named as a whole.
    let quotes = (place.end - place.start).checked_sub(text.len());
    let at = |offset: usize, length: usize| match quotes {
        Some(quotes @ (0 | 2)) => {
            let start = place.start + quotes / 2 + offset;
            Place { start, end: start + length, ..place.clone() }
        }
        _ => place.clone(),
    };
    if let Some(name) = text.strip_prefix('@') {
        return vec![(Naming::List, name, at(1, name.len()))];
    }
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(open) = text.get(from..).and_then(|rest| rest.find('<')) {
        let start = from + open + 1;
        let Some(length) = text.get(start..).and_then(|rest| rest.find('>')) else { break };
        let name = text.get(start..start + length).unwrap_or_default();
        found.push((Naming::Group, name, at(start, length)));
        from = start + length;
    }
    found
}

/// The definitions that a later layer replaces, each with the one in its place.
pub fn replaced(symbols: &[Symbol]) -> Vec<(&Symbol, &Symbol)> {
    let defined: Vec<&Symbol> = symbols
        .iter()
        .filter(|symbol| symbol.defines.is_some() && symbol.scope.is_none())
        .collect();
    let changed: BTreeSet<(Naming, &str)> = defined
        .iter()
        .filter(|symbol| symbol.layer > 0)
        .map(|symbol| (symbol.naming, symbol.name.as_str()))
        .collect();
    let mut found = Vec::new();
    for (naming, name) in changed {
        let layers: Vec<&&Symbol> =
            defined.iter().filter(|one| one.naming == naming && one.name == name).collect();
        found.extend(layers.windows(2).filter_map(|pair| match pair {
            [low, high] if low.layer < high.layer => Some((**low, **high)),
            _ => None,
        }));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(name: &str, text: &str, layer: u16) -> RuleFile {
        RuleFile { layer, ..RuleFile::new(name, text) }
    }

    #[test]
    fn groups_in_phrases_have_their_own_places() {
        let text =
            "groups: [{id: a, phrases: [x]}]\nconcepts: [{id: b, phrases: [\"no <a> of\"]}]\n";
        let found = symbols(&[file("evidence/a.yaml", text, 0)]);
        let group = found.iter().find(|one| one.naming == Naming::Group && one.defines.is_none());
        let place = &group.unwrap().place;
        assert_eq!(text.get(place.start..place.end), Some("a"));
    }

    #[test]
    fn a_later_layer_replaces_what_has_the_same_name() {
        let text = "pain: {title: pain, meaning: it hurts, polarity: supports}\n";
        let found = symbols(&[file("criteria.yaml", text, 0), file("mine/criteria.yaml", text, 1)]);
        let pairs = replaced(&found);
        assert_eq!(pairs.len(), 1);
        assert_eq!(
            (&*pairs[0].0.place.file, &*pairs[0].1.place.file),
            ("criteria.yaml", "mine/criteria.yaml")
        );
    }

    #[test]
    fn a_section_is_known_within_its_guideline() {
        let guideline = "id: g\nsource: s\ntitle: t\nsource_status: verified\nsections: [{id: one, title: One}]\n";
        let rule = "source: [{guideline: g, section: one, source_status: verified}]\n";
        let found =
            symbols(&[file("guidelines/g.yaml", guideline, 0), file("standards/a.yaml", rule, 0)]);
        let sections: Vec<&Symbol> =
            found.iter().filter(|one| one.naming == Naming::Section).collect();
        assert_eq!(sections.len(), 2);
        assert!(sections[0].is_same(sections[1]));
    }
}
