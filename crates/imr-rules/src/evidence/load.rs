//! Lowers `rules/evidence/*.yaml` to a [`Lexicon`].
//!
//! A file may hold `groups`, `cues`, `concepts` (with the `criterion` they speak of), `request`, `carry`, `abbreviations`
//! and `common_words`, or tables of
//! weighed words. Groups of all files are read first, because any pattern may name any group.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::discourse::Carry;
use super::lexicon::{Concept, Cue, CueKind, Entry, Lexicon, RequestHint, SameItem};
use super::weights::RawTables;
use super::{PatternError, Request};
use crate::criterion::{CriterionId, CriterionStatus};
use crate::rulebook::layered;
use crate::yaml::decode::{boolean, int, list, map, one_of, spanned, text};
use crate::yaml::{Diagnostic, Diagnostics, Fields, Node, Spanned};

/// A sentence that shows what an entry is for, and one that it must not touch; both run as tests.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct EntryExample {
    /// The entry's id.
    pub id: String,
    /// The entry's number in the lexicon.
    pub entry: usize,
    /// A sentence in which the entry must speak.
    pub example: Option<Spanned<String>>,
    /// A sentence in which it must not.
    pub counter: Option<Spanned<String>>,
    /// Those that are right and that the engine reads wrongly today.
    pub misread: Vec<SentenceKind>,
}

/// What a sentence beside an entry shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum SentenceKind {
    /// The entry must speak in it.
    Example,
    /// It must not.
    Counter,
}

impl SentenceKind {
    /// Both, with the key that the sentence stands under.
    pub const NAMES: &'static [(&'static str, SentenceKind)] =
        &[("example", SentenceKind::Example), ("counter", SentenceKind::Counter)];

    /// The key that the sentence stands under.
    pub fn name(self) -> &'static str {
        Self::NAMES.iter().find(|(_, kind)| *kind == self).map_or("", |(name, _)| name)
    }
}

/// A lexicon and the examples of its entries.
#[derive(Clone, Debug, Default)]
pub struct Loaded {
    /// The lexicon.
    pub lexicon: Lexicon,
    /// Its examples, in the order of the files.
    pub examples: Vec<EntryExample>,
}

/// Lowers the evidence files, given as parsed trees with their layers: an entry of a higher layer replaces the
/// one with the same id. Of `topics`, the files of contradictions, the groups are read. Mistakes are collected; everything else
/// loads.
pub fn load(
    files: &[(u16, &Node)],
    topics: &[(u16, &Node)],
    criteria: &BTreeMap<String, CriterionId>,
    diagnostics: &mut Diagnostics,
) -> Loaded {
    let mut parts = Parts::default();
    for (layer, file) in files {
        read_file(*layer, file, criteria, &mut parts, diagnostics);
    }
    for (layer, file) in topics {
        let groups = file.get("groups").and_then(|node| list(group)(node, diagnostics));
        parts.groups.extend(groups.into_iter().flatten().map(|group| (*layer, group)));
    }
    let mut loaded = Loaded::default();
    let groups = parts.groups.into_iter().map(|(layer, group)| (layer, group.id.clone(), group));
    add_groups(layered(groups, "group", diagnostics), &mut loaded.lexicon, diagnostics);
    let entries = parts.entries.into_iter().map(|(layer, raw)| (layer, raw.common.id.clone(), raw));
    for raw in layered(entries, "entry", diagnostics) {
        add_entry(raw, &mut loaded, diagnostics);
    }
    parts.abbreviations.iter().for_each(|word| loaded.lexicon.add_abbreviation(word));
    parts.common_words.iter().for_each(|word| loaded.lexicon.add_common_word(word));
    if let Some(carry) = parts.carry {
        loaded.lexicon.set_carry(carry);
    }
    loaded.lexicon.weights = parts.tables.into();
    loaded.lexicon.names = names(criteria);
    let same = parts.same_item.into_iter().map(|(class, same)| (class.value, same));
    loaded.lexicon.same_item = same.collect();
    for (class, request) in parts.usual {
        loaded.lexicon.set_default_request(&class.value, request);
    }
    loaded
}

#[derive(Default)]
struct Parts {
    groups: Vec<(u16, Group)>,
    entries: Vec<(u16, RawEntry)>,
    carry: Option<Carry>,
    abbreviations: Vec<String>,
    common_words: Vec<String>,
    usual: Vec<(Spanned<String>, Request)>,
    same_item: Vec<(Spanned<String>, SameItem)>,
    tables: RawTables,
}

/// The criteria's ids in the order that [`CriterionId`] counts.
fn names(criteria: &BTreeMap<String, CriterionId>) -> Vec<String> {
    let mut names: Vec<_> = criteria.iter().map(|(name, id)| (*id, name.clone())).collect();
    names.sort_unstable();
    names.into_iter().map(|(_, name)| name).collect()
}

struct Group {
    id: Spanned<String>,
    phrases: Vec<Spanned<String>>,
}

struct RawEntry {
    entry: Entry,
    common: Common,
}

fn read_file(
    layer: u16,
    node: &Node,
    criteria: &BTreeMap<String, CriterionId>,
    parts: &mut Parts,
    diagnostics: &mut Diagnostics,
) {
    let Some(mut fields) = Fields::of(node, diagnostics) else { return };
    let criterion = fields
        .optional("criterion", |node, diagnostics| known_criterion(node, criteria, diagnostics));
    // A misspelt criterion is told at its place, not again at every concept.
    let named = fields.node("criterion").is_some();
    parts.tables.read(&mut fields, criterion);
    let with_layer = |raw: RawEntry| (layer, raw);
    parts
        .groups
        .extend(fields.or_default("groups", list(group)).into_iter().map(|raw| (layer, raw)));
    parts.entries.extend(fields.or_default("cues", list(cue)).into_iter().map(with_layer));
    let concepts = fields.or_default(
        "concepts",
        list(|node, diagnostics| concept(node, criterion, named, diagnostics)),
    );
    parts.entries.extend(concepts.into_iter().map(with_layer));
    parts
        .entries
        .extend(fields.or_default("request", list(request_hint)).into_iter().map(with_layer));
    parts.usual.extend(fields.or_default("usual_request", map(one_of(Request::NAMES))));
    parts.same_item.extend(fields.or_default("same_item", map(one_of(SameItem::NAMES))));
    parts.carry = fields.optional("carry", carry).or(parts.carry);
    parts.abbreviations.extend(fields.or_default("abbreviations", list(text)));
    parts.common_words.extend(fields.or_default("common_words", list(text)));
    fields.finish();
}

fn known_criterion(
    node: &Node,
    criteria: &BTreeMap<String, CriterionId>,
    diagnostics: &mut Diagnostics,
) -> Option<CriterionId> {
    let written = text(node, diagnostics)?;
    let found = criteria.get(&written).copied();
    if found.is_none() {
        let known = criteria.keys().map(String::as_str);
        diagnostics.report(Diagnostic::unknown(
            "unknown-criterion",
            &node.place,
            "criterion",
            &written,
            known,
        ));
    }
    found
}

fn group(node: &Node, diagnostics: &mut Diagnostics) -> Option<Group> {
    let mut fields = Fields::of(node, diagnostics)?;
    let id = fields.required("id", spanned(text));
    let phrases = fields.required("phrases", list(spanned(text)));
    fields.finish();
    // A group whose phrases have a mistake is known all the same: its users have none.
    Some(Group { id: id?, phrases: phrases.unwrap_or_default() })
}

fn carry(node: &Node, diagnostics: &mut Diagnostics) -> Option<Carry> {
    let mut fields = Fields::of(node, diagnostics)?;
    let mut votes = |key| fields.required(key, int).and_then(|votes| i32::try_from(votes).ok());
    let carry = (votes("clause"), votes("guideline"), votes("patient"), votes("summary"));
    fields.finish();
    Some(Carry { clause: carry.0?, guideline: carry.1?, patient: carry.2?, summary: carry.3? })
}

fn cue(node: &Node, diagnostics: &mut Diagnostics) -> Option<RawEntry> {
    let mut fields = Fields::of(node, diagnostics)?;
    let common = common(&mut fields);
    let kind = fields.required("kind", one_of(CueKind::NAMES));
    let weight = fields.optional("weight", int).unwrap_or(0);
    fields.finish();
    let common = common?;
    let entry = Entry::Cue(Cue {
        id: common.id.value.clone(),
        kind: kind?,
        weight: i32::try_from(weight).unwrap_or(0),
    });
    Some(RawEntry { entry, common })
}

/// What entries of every kind have.
struct Common {
    id: Spanned<String>,
    phrases: Vec<Spanned<String>>,
    example: Option<Spanned<String>>,
    counter: Option<Spanned<String>>,
    misread: Vec<SentenceKind>,
}

fn common(fields: &mut Fields<'_, '_>) -> Option<Common> {
    let id = fields.required("id", spanned(text));
    let phrases = fields.required("phrases", list(spanned(text)));
    let example = fields.optional("example", spanned(text));
    let counter = fields.optional("counter", spanned(text));
    let misread = fields.or_default("misread", list(one_of(SentenceKind::NAMES)));
    for kind in &misread {
        let (name, place) = (kind.name(), fields.place().clone());
        if fields.node(name).is_none() {
            let message = format!("`misread` names `{name}`, which the entry does not have");
            let help = format!("write the sentence under `{name}`, or take it out of `misread`");
            fields.report(Diagnostic::new("missing-key", &place, message).help(help));
        }
    }
    Some(Common { id: id?, phrases: phrases?, example, counter, misread })
}

/// A status as a concept states it; `nothing` says that the concept then says nothing.
pub(crate) const STATUSES: &[(&str, Option<CriterionStatus>)] = &[
    ("met", Some(CriterionStatus::Met)),
    ("not_met", Some(CriterionStatus::NotMet)),
    ("undocumented", Some(CriterionStatus::Undocumented)),
    ("nothing", None),
];

fn concept(
    node: &Node,
    criterion: Option<CriterionId>,
    named: bool,
    diagnostics: &mut Diagnostics,
) -> Option<RawEntry> {
    let mut fields = Fields::of(node, diagnostics)?;
    let common = common(&mut fields);
    let status = |fields: &mut Fields<'_, '_>, key, usual| {
        fields.optional(key, one_of(STATUSES)).unwrap_or(Some(usual))
    };
    let asserted = status(&mut fields, "asserted", CriterionStatus::Met);
    let denied = status(&mut fields, "denied", CriterionStatus::NotMet);
    let absent = status(&mut fields, "absent", CriterionStatus::Undocumented);
    let conditional = fields.optional("conditional", one_of(STATUSES)).unwrap_or(None);
    let normal_denies = fields.or_default("normal_denies", boolean);
    let recited_counts = fields.or_default("recited_counts", boolean);
    let names_item = fields.or_default("names_item", boolean);
    let classes = fields.or_default("classes", list(text));
    let not_classes = fields.or_default("not_classes", list(text));
    let weight = fields.optional("weight", int).and_then(|n| i32::try_from(n).ok()).unwrap_or(2);
    let denied_weight =
        fields.optional("denied_weight", int).and_then(|n| i32::try_from(n).ok()).unwrap_or(weight);
    if !named {
        let place = fields.place().clone();
        let help = "write `criterion: <id>` at the top of the file";
        fields.report(
            Diagnostic::new("missing-key", &place, "this file names no criterion").help(help),
        );
    }
    fields.finish();
    let common = common?;
    let entry = Entry::Concept(Concept {
        id: common.id.value.clone(),
        criterion: criterion?,
        asserted,
        denied,
        absent,
        conditional,
        normal_denies,
        recited_counts,
        names_item,
        classes,
        not_classes,
        weight,
        denied_weight,
    });
    Some(RawEntry { entry, common })
}

fn request_hint(node: &Node, diagnostics: &mut Diagnostics) -> Option<RawEntry> {
    let mut fields = Fields::of(node, diagnostics)?;
    let common = common(&mut fields);
    let request = fields.required("argues_for", one_of(RequestHint::ARGUMENTS));
    let mut weight =
        |key| fields.optional(key, int).and_then(|n| i32::try_from(n).ok()).unwrap_or(0);
    let (heading, rationale, summary) = (weight("heading"), weight("rationale"), weight("summary"));
    let names_item = fields.or_default("names_item", boolean);
    let leaves_out_item = fields.or_default("leaves_out_item", boolean);
    let classes = fields.or_default("classes", list(text));
    let not_classes = fields.or_default("not_classes", list(text));
    fields.finish();
    let common = common?;
    let entry = Entry::Request(RequestHint {
        id: common.id.value.clone(),
        request: request?,
        heading,
        rationale,
        summary,
        names_item,
        leaves_out_item,
        classes,
        not_classes,
    });
    Some(RawEntry { entry, common })
}

/// Adds groups in an order in which every group comes after those it names; what is left names an unknown group or
/// itself.
fn add_groups(mut groups: Vec<Group>, lexicon: &mut Lexicon, diagnostics: &mut Diagnostics) {
    let mut known = BTreeSet::new();
    loop {
        let ready = |group: &Group| {
            group.phrases.iter().all(|p| named_groups(&p.value).all(|name| known.contains(name)))
        };
        let (now, later): (Vec<_>, Vec<_>) = groups.into_iter().partition(ready);
        if now.is_empty() {
            groups = later;
            break;
        }
        for group in now {
            add_group(&group, lexicon, diagnostics);
            known.insert(group.id.value);
        }
        groups = later;
    }
    for group in groups {
        add_group(&group, lexicon, diagnostics);
    }
}

fn named_groups(phrase: &str) -> impl Iterator<Item = &str> {
    phrase.split(['<', '>']).skip(1).step_by(2)
}

fn add_group(group: &Group, lexicon: &mut Lexicon, diagnostics: &mut Diagnostics) {
    let phrases: Vec<String> = group.phrases.iter().map(|phrase| phrase.value.clone()).collect();
    if let Err((place, error)) = lexicon.add_group(&group.id.value, &phrases) {
        report(group.phrases.get(place), &error, diagnostics);
    }
}

fn add_entry(raw: RawEntry, loaded: &mut Loaded, diagnostics: &mut Diagnostics) {
    let Common { id, phrases: written, example, counter, misread } = raw.common;
    let phrases: Vec<String> = written.iter().map(|phrase| phrase.value.clone()).collect();
    let entry = loaded.lexicon.entries.len();
    if let Err(errors) = loaded.lexicon.add(raw.entry, &phrases) {
        for (place, error) in &errors {
            report(written.get(*place), error, diagnostics);
        }
    }
    loaded.examples.push(EntryExample { id: id.value, entry, example, counter, misread });
}

fn report(phrase: Option<&Spanned<String>>, error: &PatternError, diagnostics: &mut Diagnostics) {
    if let Some(phrase) = phrase {
        diagnostics.report(Diagnostic::new("bad-pattern", &phrase.place, error.0.clone()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::yaml;

    fn file(name: &str, phrase: &str) -> Node {
        yaml::read(
            name,
            &format!("criterion: pain\nconcepts:\n  - {{id: relief, phrases: [{phrase}]}}\n"),
        )
        .unwrap()
    }

    fn load_layers(layers: [u16; 2]) -> (Loaded, usize) {
        let criteria = BTreeMap::from([("pain".to_owned(), CriterionId(0))]);
        let (first, second) = (file("a.yaml", "relief"), file("b.yaml", "ease"));
        let mut diagnostics = Diagnostics::default();
        let [low, high] = layers;
        let loaded = load(&[(low, &first), (high, &second)], &[], &criteria, &mut diagnostics);
        (loaded, diagnostics.len())
    }

    #[test]
    fn an_entry_of_a_higher_layer_replaces_the_one_with_its_id() {
        let (loaded, mistakes) = load_layers([0, 1]);
        assert_eq!((loaded.lexicon.entries.len(), mistakes), (1, 0));
    }

    #[test]
    fn the_same_id_twice_in_a_layer_is_a_mistake() {
        let (loaded, mistakes) = load_layers([0, 0]);
        assert_eq!((loaded.lexicon.entries.len(), mistakes), (1, 1));
    }
}
