//! One item class with its drugs and procedures.

use imr_letter::document::Sex;
use imr_letter::vocabulary::{ClassEntry, DrugEntry, ProcedureEntry, Rank};

use super::References;
use crate::yaml::decode::{list, map, number, one_of, spanned, text};
use crate::yaml::{Diagnostics, Fields, Node, Spanned};

/// How strongly a name decides, by its name in rules.
pub(in crate::rulebook) const RANKS: &[(&str, Rank)] =
    &[("weak", Rank::Weak), ("normal", Rank::Normal), ("strong", Rank::Strong)];

/// Sexes by their names in rules.
pub(in crate::rulebook) const SEXES: &[(&str, Sex)] =
    &[("female", Sex::Female), ("male", Sex::Male)];

/// The class that a file describes, with its id's place.
pub(super) fn class(
    node: &Node,
    references: &mut References,
    diagnostics: &mut Diagnostics,
) -> Option<(Spanned<String>, ClassEntry)> {
    let mut fields = Fields::of(node, diagnostics)?;
    let id = fields.required("id", spanned(text));
    let title = fields.required("title", text);
    let group = fields.required("group", text);
    let routes = fields.or_default("by_route", map(spanned(text)));
    let guidelines = fields.or_default("by_guideline", map(spanned(text)));
    let drugs = fields.or_default("drugs", list(drug));
    let procedures = fields.or_default("procedures", list(procedure));
    fields.finish();
    references.classes.extend(routes.iter().map(|(_, class)| class.clone()));
    references.guidelines.extend(guidelines.iter().map(|(document, _)| document.clone()));
    references.classes.extend(guidelines.iter().map(|(_, class)| class.clone()));
    references.classes.extend(procedures.iter().filter_map(|(_, other)| other.clone()));
    let id = id?;
    let class = ClassEntry {
        id: id.value.clone(),
        title: title?,
        group: group?,
        by_route: routes.into_iter().map(|(route, class)| (route.value, class.value)).collect(),
        by_guideline: guidelines
            .into_iter()
            .map(|(document, class)| (document.value, class.value))
            .collect(),
        drugs,
        procedures: procedures.into_iter().map(|(procedure, _)| procedure).collect(),
    };
    Some((id, class))
}

fn drug(node: &Node, diagnostics: &mut Diagnostics) -> Option<DrugEntry> {
    let mut fields = Fields::of(node, diagnostics)?;
    let generic = fields.required("generic", text);
    let drug = DrugEntry {
        generic: String::new(),
        brands: fields.or_default("brands", list(text)),
        also: fields.or_default("also", list(text)),
        misspellings: fields.or_default("misspellings", list(text)),
        mme_per_mg: fields.optional("mme_per_mg", number),
        max_mg_per_day: fields.optional("max_mg_per_day", number),
        schedule: fields.optional("schedule", text),
        note: fields.optional("note", text),
    };
    fields.finish();
    Some(DrugEntry { generic: generic?, ..drug })
}

/// A procedure, and the class it names for repeated sessions.
fn procedure(
    node: &Node,
    diagnostics: &mut Diagnostics,
) -> Option<(ProcedureEntry, Option<Spanned<String>>)> {
    let mut fields = Fields::of(node, diagnostics)?;
    let name = fields.required("name", text);
    let aliases = fields.or_default("aliases", list(text));
    let rank = fields.or_default("rank", one_of(RANKS));
    let when_repeated = fields.optional("when_repeated", spanned(text));
    let implies_sex = fields.optional("implies_sex", one_of(SEXES));
    fields.finish();
    let repeated = when_repeated.as_ref().map(|class| class.value.clone());
    Some((
        ProcedureEntry { name: name?, aliases, rank, when_repeated: repeated, implies_sex },
        when_repeated,
    ))
}
