//! Lints of what nothing uses: finding kinds that no rule raises, parameters that no condition asks for, groups and lists
//! that no phrase names, criteria that nothing speaks of.

use std::collections::BTreeSet;

use super::View;
use super::phrases::{Element, elements, group};
use crate::rulebook::LoadedFile;
use crate::rulebook::shape::{self, Form, Naming, Seen};
use crate::yaml::{Diagnostic, Diagnostics, Place};

/// What a lint of this module is about.
const WATCHED: &[(Naming, &str, &str)] = &[
    (Naming::Criterion, "unused-criterion", "name it in a rule, or take it out"),
    (Naming::Kind, "unused-kind", "let a rule raise it, or take it out"),
    (
        Naming::Parameter,
        "unused-parameter",
        "write its name where its number is meant, or take it out",
    ),
    (Naming::Group, "dead-entry", "name it in a phrase as `<id>`, or take it out"),
    (Naming::List, "dead-entry", "name it in a topic as `@id`, or take it out"),
];

/// Lints of every definition that nothing refers to.
pub(super) fn lint(view: &View<'_>, found: &mut Diagnostics) {
    let mut used: BTreeSet<(Naming, String)> = BTreeSet::new();
    let mut defined: Vec<(Naming, String, &str, &Place)> = Vec::new();
    for file in view.files.iter().filter(|file| !file.holds_tables()) {
        let text = |naming: Naming, name: &str| key(file, naming, name);
        shape::walk(shape::of(file.folder), &file.node, &mut |seen| match seen {
            Seen::Refer { naming, name, .. } => {
                used.insert((naming, text(naming, name)));
            }
            Seen::Define { naming, name, place, .. } => {
                defined.push((naming, text(naming, name), name, place));
            }
            Seen::Value { form: Form::Phrase, node, .. } => {
                let phrase = node.as_text().unwrap_or_default();
                used.extend(named_in(phrase).map(|(naming, name)| (naming, name.to_owned())));
            }
            _ => {}
        });
    }
    for (naming, key, name, place) in defined {
        let watched = WATCHED.iter().find(|(known, ..)| *known == naming);
        let Some((_, code, help)) = watched.filter(|_| !used.contains(&(naming, key))) else {
            continue;
        };
        let message = format!("nothing uses the {} `{name}`", naming.title());
        found.report(Diagnostic::new(code, place, message).help(*help));
    }
}

/// What tells a name apart: a local one belongs to its file.
fn key(file: &LoadedFile, naming: Naming, name: &str) -> String {
    if naming.is_local() { format!("{} {name}", file.node.place.file) } else { name.to_owned() }
}

/// The groups and lists that a phrase names.
fn named_in(phrase: &str) -> impl Iterator<Item = (Naming, &str)> {
    let list = phrase.strip_prefix('@').map(|name| (Naming::List, name));
    let words = elements(phrase).into_iter().flat_map(|element| match element {
        Element::Words { words, .. } => words,
        Element::Gap => Vec::new(),
    });
    list.into_iter().chain(words.filter_map(group).map(|name| (Naming::Group, name)))
}
