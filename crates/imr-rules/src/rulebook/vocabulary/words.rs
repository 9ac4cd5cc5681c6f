//! The lists of words beside the item classes: body parts, dosage forms, headings, conclusions.

use imr_letter::item::Side;
use imr_letter::vocabulary::{
    BodyPartEntry, CompoundEntry, ConclusionEntries, ContextEntry, Counter, CounterEntry,
    FormEntry, HeadingEntries, SiblingEntry, SideEntry, VocabularyEntries,
};

use super::References;
use crate::yaml::decode::{boolean, list, one_of, spanned, text};
use crate::yaml::{Diagnostics, Fields, Node, Spanned};

/// Sides by their names in rules.
pub(in crate::rulebook) const SIDES: &[(&str, Side)] =
    &[("left", Side::Left), ("right", Side::Right), ("bilateral", Side::Bilateral)];

/// What numbers count, by its name in rules.
pub(in crate::rulebook) const COUNTERS: &[(&str, Counter)] = &[
    ("refill", Counter::Refill),
    ("visit", Counter::Visit),
    ("day", Counter::Day),
    ("week", Counter::Week),
    ("weekly", Counter::Weekly),
    ("month", Counter::Month),
    ("hour", Counter::Hour),
    ("times", Counter::Times),
    ("per", Counter::Per),
    ("quantity", Counter::Quantity),
    ("supply", Counter::Supply),
    ("strength", Counter::Strength),
    ("amount", Counter::Amount),
];

/// Adds the lists of one file.
pub(super) fn lower(
    node: &Node,
    entries: &mut VocabularyEntries,
    references: &mut References,
    diagnostics: &mut Diagnostics,
) {
    let Some(mut fields) = Fields::of(node, diagnostics) else { return };
    let parts = fields.or_default("body_parts", list(body_part));
    entries.sides.extend(fields.or_default("sides", list(side)));
    entries.forms.extend(fields.or_default("forms", list(form)));
    heading(&mut fields, &mut entries.heading, references);
    conclusion(&mut fields, &mut entries.conclusion);
    fields.finish();
    for (part, guidelines) in parts {
        references.guidelines.extend(guidelines);
        entries.body_parts.push(part);
    }
}

fn heading(fields: &mut Fields<'_, '_>, entries: &mut HeadingEntries, references: &mut References) {
    entries.phrase_ends.extend(fields.or_default("phrase_ends", list(text)));
    entries.retrospective.extend(fields.or_default("retrospective", list(text)));
    entries.counters.extend(fields.or_default("counters", list(counter)));
    let numbers = fields.or_default("numbers", list(list(text)));
    if !numbers.is_empty() {
        entries.numbers = numbers;
    }
    for (becomes, context) in fields.or_default("contexts", list(context)) {
        references.classes.push(becomes);
        entries.contexts.push(context);
    }
    for (classes, sibling) in fields.or_default("siblings", list(sibling)) {
        references.classes.extend(classes);
        entries.siblings.push(sibling);
    }
    if let Some((classes, compound)) = fields.optional("compound", compound) {
        references.classes.extend(classes);
        entries.compound = compound;
    }
}

fn conclusion(fields: &mut Fields<'_, '_>, entries: &mut ConclusionEntries) {
    entries.necessary.extend(fields.or_default("necessary", list(text)));
    entries.unnecessary.extend(fields.or_default("unnecessary", list(text)));
    entries.necessity.extend(fields.or_default("necessity", list(text)));
    entries.proof.extend(fields.or_default("proof", list(text)));
    entries.copulas.extend(fields.or_default("copulas", list(text)));
    entries.approval.extend(fields.or_default("approval", list(text)));
    entries.refusal.extend(fields.or_default("refusal", list(text)));
    entries.negators.extend(fields.or_default("negators", list(text)));
    entries.not_negators.extend(fields.or_default("not_negators", list(text)));
    entries.subjects.extend(fields.or_default("subjects", list(text)));
    entries.announcers.extend(fields.or_default("announcers", list(text)));
    entries.conditions.extend(fields.or_default("conditions", list(text)));
    entries.reported.extend(fields.or_default("reported", list(text)));
}

fn body_part(
    node: &Node,
    diagnostics: &mut Diagnostics,
) -> Option<(BodyPartEntry, Vec<Spanned<String>>)> {
    let mut fields = Fields::of(node, diagnostics)?;
    let id = fields.required("id", text);
    let title = fields.required("title", text);
    let words = fields.required("words", list(text));
    let region = fields.optional("region", text);
    let guidelines = fields.or_default("guidelines", list(spanned(text)));
    let paired = fields.or_default("paired", boolean);
    fields.finish();
    let documents = guidelines.iter().map(|id| id.value.clone()).collect();
    let part = BodyPartEntry {
        id: id?,
        title: title?,
        words: words?,
        region,
        guidelines: documents,
        paired,
    };
    Some((part, guidelines))
}

fn side(node: &Node, diagnostics: &mut Diagnostics) -> Option<SideEntry> {
    let mut fields = Fields::of(node, diagnostics)?;
    let side = fields.required("side", one_of(SIDES));
    let words = fields.required("words", list(text));
    fields.finish();
    Some(SideEntry { side: side?, words: words? })
}

fn form(node: &Node, diagnostics: &mut Diagnostics) -> Option<FormEntry> {
    let mut fields = Fields::of(node, diagnostics)?;
    let id = fields.required("id", text);
    let words = fields.required("words", list(text));
    let route = fields.optional("route", text);
    let counted = fields.or_default("counted", boolean);
    fields.finish();
    Some(FormEntry { id: id?, words: words?, route, counted })
}

fn counter(node: &Node, diagnostics: &mut Diagnostics) -> Option<CounterEntry> {
    let mut fields = Fields::of(node, diagnostics)?;
    let counter = fields.required("counter", one_of(COUNTERS));
    let words = fields.required("words", list(text));
    fields.finish();
    Some(CounterEntry { counter: counter?, words: words? })
}

fn context(node: &Node, diagnostics: &mut Diagnostics) -> Option<(Spanned<String>, ContextEntry)> {
    let mut fields = Fields::of(node, diagnostics)?;
    let id = fields.required("id", text);
    let cues = fields.required("cues", list(text));
    let becomes = fields.required("becomes", spanned(text));
    let except_groups = fields.or_default("except_groups", list(text));
    fields.finish();
    let becomes = becomes?;
    let context =
        ContextEntry { id: id?, cues: cues?, becomes: becomes.value.clone(), except_groups };
    Some((becomes, context))
}

fn compound(
    node: &Node,
    diagnostics: &mut Diagnostics,
) -> Option<([Spanned<String>; 2], CompoundEntry)> {
    let mut fields = Fields::of(node, diagnostics)?;
    let class = fields.required("class", spanned(text));
    let cues = fields.required("cues", list(text));
    let route = fields.required("route", text);
    let ordinary = fields.required("ordinary_class", spanned(text));
    fields.finish();
    let (class, ordinary) = (class?, ordinary?);
    let compound = CompoundEntry {
        class: class.value.clone(),
        cues: cues?,
        route: route?,
        ordinary_class: ordinary.value.clone(),
    };
    Some(([class, ordinary], compound))
}

fn sibling(
    node: &Node,
    diagnostics: &mut Diagnostics,
) -> Option<(Vec<Spanned<String>>, SiblingEntry)> {
    let mut fields = Fields::of(node, diagnostics)?;
    let beside_group = fields.required("beside_group", text);
    let classes = fields.required("classes", list(spanned(text)));
    let becomes = fields.required("becomes", spanned(text));
    fields.finish();
    let (mut used, becomes) = (classes?, becomes?);
    let sibling = SiblingEntry {
        beside_group: beside_group?,
        classes: used.iter().map(|id| id.value.clone()).collect(),
        becomes: becomes.value.clone(),
    };
    used.push(becomes);
    Some((used, sibling))
}
