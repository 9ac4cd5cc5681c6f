//! Lints of the lexicon and of the word lists: phrases that stand twice, match nothing or match everything, and entries
//! that can never say anything.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashMap;

use super::View;
use super::phrases::{
    Element, elements, empty_groups, needs, opens_with_a_gap, says_nothing, ways,
};
use crate::evidence::{Concept, CueKind, Entry, RequestHint};
use crate::rulebook::Folder;
use crate::yaml::{Diagnostic, Diagnostics, Node, Place, Value};

/// Lints of every phrase and entry.
pub(super) fn lint(view: &View<'_>, found: &mut Diagnostics) {
    let empty = empty_groups(&groups(view));
    let entries = written_entries(view);
    let mut seen: BTreeMap<(String, String), Seen<'_>> = BTreeMap::new();
    for (id, entry) in entries.iter().map(|(id, entry)| (*id, entry)) {
        entry_lints(entry, id, found);
        for phrase in texts(entry.node, "phrases") {
            phrase_lints(phrase, &empty, is_boundary(entry.read), found);
            twice(phrase, entry, &mut seen, found);
        }
    }
    for phrase in view.folder(Folder::Contradictions).flat_map(|file| statement_phrases(&file.node))
    {
        phrase_lints(phrase, &empty, false, found);
    }
}

/// An entry as it was read and as it was written.
struct Written<'r> {
    read: &'r Entry,
    node: &'r Node,
    layer: u16,
    /// Whether a lower layer has one of this id, which it replaces.
    replaces: bool,
}

/// Where a way to read a phrase stood first.
#[derive(Clone, Copy)]
struct Seen<'r> {
    place: &'r Place,
    entry: &'r Entry,
}

/// The groups of all files.
fn groups<'r>(view: &View<'r>) -> BTreeMap<&'r str, Vec<&'r str>> {
    let folders = [Folder::Evidence, Folder::Contradictions];
    let files = folders.into_iter().flat_map(|folder| view.folder(folder));
    let groups = files.flat_map(|file| items(&file.node, "groups"));
    groups
        .filter_map(|group| {
            let phrases = texts(group, "phrases").filter_map(Node::as_text).collect();
            Some((group.get("id")?.as_text()?, phrases))
        })
        .collect()
}

/// Every entry of the lexicon with the map it was read from, that of the highest layer.
fn written_entries<'r>(view: &View<'r>) -> BTreeMap<&'r str, Written<'r>> {
    let by_id: BTreeMap<&str, &Entry> =
        view.rulebook.lexicon.entries().map(|entry| (entry.id(), entry)).collect();
    let mut found = BTreeMap::new();
    for file in view.folder(Folder::Evidence) {
        let all =
            ["cues", "concepts", "request"].into_iter().flat_map(|key| items(&file.node, key));
        for node in all {
            let id = node.get("id").and_then(Node::as_text).unwrap_or_default();
            if let Some(read) = by_id.get(id) {
                let (layer, known) = (file.layer, found.get(id));
                let replaces = known.is_some_and(|known: &Written<'_>| known.layer < layer);
                found.insert(id, Written { read, node, layer, replaces });
            }
        }
    }
    found
}

fn items<'n>(node: &'n Node, key: &str) -> impl Iterator<Item = &'n Node> + use<'n> {
    let list = match node.get(key).map(|node| &node.value) {
        Some(Value::List(items)) => items.as_slice(),
        _ => &[],
    };
    list.iter()
}

fn texts<'n>(node: &'n Node, key: &str) -> impl Iterator<Item = &'n Node> + use<'n> {
    items(node, key).filter(|item| item.as_text().is_some())
}

/// The phrases of topics, zones and lists; `@id` stands for a list.
fn statement_phrases(node: &Node) -> Vec<&Node> {
    let topics =
        items(node, "topics").flat_map(|topic| ["claim", "record"].map(|key| topic.get(key)));
    let owners = topics.flatten().chain(items(node, "zones")).chain(items(node, "lists"));
    let phrases = owners.flat_map(|owner| texts(owner, "words").chain(texts(owner, "unless")));
    phrases.filter(|phrase| !phrase.as_text().is_some_and(|text| text.starts_with('@'))).collect()
}

/// Cues that only cut: for them a single mark is enough.
fn is_boundary(entry: &Entry) -> bool {
    let Entry::Cue(cue) = entry else { return false };
    matches!(
        cue.kind,
        CueKind::ClauseBreak | CueKind::ScopeStop | CueKind::Void | CueKind::HidesConcept
    )
}

/// An entry that can never say anything.
fn entry_lints(entry: &Written<'_>, id: &str, found: &mut Diagnostics) {
    let Some(place) = entry.node.get("id").map(|node| &node.place) else { return };
    let excluded = |classes: &[String], not: &[String]| {
        !classes.is_empty() && classes.iter().all(|class| not.contains(class))
    };
    let why = match entry.read {
        _ if texts(entry.node, "phrases").next().is_none() => {
            // An entry without phrases switches one of a lower layer off.
            (!entry.replaces)
                .then_some("it has no phrase, and there is nothing that it switches off")
        }
        Entry::Concept(concept) if is_mute(concept) => Some("every status of it is `nothing`"),
        Entry::Concept(concept) if excluded(&concept.classes, &concept.not_classes) => {
            Some("`not_classes` excludes all of its `classes`")
        }
        Entry::Request(hint) if excluded(&hint.classes, &hint.not_classes) => {
            Some("`not_classes` excludes all of its `classes`")
        }
        Entry::Request(hint) if weighs(hint) && hint.request.is_none() => {
            Some("it argues for nothing, and its weight counts for nothing")
        }
        Entry::Request(hint) if !weighs(hint) && hint.request.is_some() => {
            Some("it has no weight anywhere")
        }
        Entry::Cue(cue)
            if cue.weight == 0 && matches!(cue.kind, CueKind::Guideline | CueKind::Patient) =>
        {
            Some("its kind only votes, and it has no weight")
        }
        _ => None,
    };
    if let Some(why) = why {
        let message = format!("the entry `{id}` never says anything: {why}");
        found.report(Diagnostic::new("dead-entry", place, message).help("mend it or take it out"));
    }
}

fn is_mute(concept: &Concept) -> bool {
    [concept.asserted, concept.denied, concept.absent, concept.conditional]
        .iter()
        .all(Option::is_none)
}

fn phrase_lints(phrase: &Node, empty: &BTreeSet<&str>, boundary: bool, found: &mut Diagnostics) {
    let Some(text) = phrase.as_text() else { return };
    let parts = elements(text);
    if let Some(group) = needs(text, empty) {
        let message = format!(
            "the phrase matches nothing: the group `<{group}>` has no phrase that can match"
        );
        let help = "give the group a phrase, or write the words here";
        found.report(Diagnostic::new("matches-nothing", &phrase.place, message).help(help));
    } else if !boundary && says_nothing(&parts) {
        let message = "the phrase matches nearly everything: no word in it says what it is about";
        let help = "add a word that must be there, of three letters at least";
        found.report(Diagnostic::new("matches-everything", &phrase.place, message).help(help));
    } else if opens_with_a_gap(&parts) {
        let message = "a gap at the beginning of a phrase matches whatever stands there";
        let help = "leave the gap out, or write the word that must come before it";
        found.report(Diagnostic::new("open-edge", &phrase.place, message).help(help));
    }
}

/// A phrase that adds nothing: each way to read it is a way to read phrases before it, of this entry or of one like it.
fn twice<'r>(
    phrase: &'r Node,
    entry: &Written<'r>,
    seen: &mut BTreeMap<(String, String), Seen<'r>>,
    found: &mut Diagnostics,
) {
    let Some(text) = phrase.as_text() else { return };
    let mut first: Option<Seen<'r>> = None;
    let mut known = true;
    if let Some(word) = repeated_word(text) {
        let message = format!("\"{word}\" stands twice among alternatives");
        let help = "take one out; alternatives are single words, so write `due to` and `related to` as two phrases";
        found.report(Diagnostic::new("duplicate-phrase", &phrase.place, message).help(help));
        return;
    }
    for way in ways(text) {
        let key = (meaning(entry.read), way);
        match seen.get(&key) {
            Some(before) if alike(before.entry, entry.read) => first = first.or(Some(*before)),
            Some(_) => known = false,
            None => {
                known = false;
                seen.insert(key, Seen { place: &phrase.place, entry: entry.read });
            }
        }
    }
    let Some(first) = first.filter(|_| known) else { return };
    let (help, note) = if first.entry.id() == entry.read.id() {
        ("take one of them out", "first here".to_owned())
    } else {
        ("both entries read it; keep it in one of them", format!("first in `{}`", first.entry.id()))
    };
    let message = format!("the phrase \"{text}\" adds nothing: its words are read already");
    let diagnostic = Diagnostic::new("duplicate-phrase", &phrase.place, message);
    found.report(diagnostic.help(help).related(first.place, note));
}

fn weighs(hint: &RequestHint) -> bool {
    (hint.heading, hint.rationale, hint.summary) != (0, 0, 0)
}

/// Entries with one meaning compete for the same words.
fn meaning(entry: &Entry) -> String {
    match entry {
        Entry::Cue(cue) => format!("cue {}", cue.kind.name()),
        Entry::Concept(concept) => format!("criterion {}", concept.criterion.0),
        Entry::Request(hint) => format!("request {}", hint.argues_for()),
    }
}

/// Whether two entries differ in nothing but their ids: then a phrase of the second adds nothing to the first. Entries that
/// differ may share phrases, because the more special one adds its own weight.
fn alike(a: &Entry, b: &Entry) -> bool {
    match (a, b) {
        (Entry::Cue(a), Entry::Cue(b)) => (a.kind, a.weight) == (b.kind, b.weight),
        (Entry::Concept(a), Entry::Concept(b)) => Concept { id: b.id.clone(), ..a.clone() } == *b,
        (Entry::Request(a), Entry::Request(b)) => {
            RequestHint { id: b.id.clone(), ..a.clone() } == *b
        }
        _ => false,
    }
}

/// A word that stands twice among the alternatives of one element.
fn repeated_word(phrase: &str) -> Option<&str> {
    elements(phrase).into_iter().find_map(|element| match element {
        Element::Words { words, .. } => {
            let mut rest = words.iter().enumerate();
            rest.find(|(at, word)| words.iter().take(*at).any(|one| one == *word))
                .map(|(_, word)| *word)
        }
        Element::Gap => None,
    })
}

/// Texts that stand twice in one list, whatever the list is.
pub(super) fn repeated(node: &Node, found: &mut Diagnostics) {
    match &node.value {
        // Phrases of entries are compared in every way to read them.
        Value::Map(entries) => {
            let others = entries.iter().filter(|entry| entry.key.value != "phrases");
            others.for_each(|entry| repeated(&entry.value, found));
        }
        Value::List(items) => {
            // Lists have ten thousands of words.
            let mut seen: FxHashMap<Cow<'_, str>, &Place> = FxHashMap::default();
            for item in items {
                let Some(text) = item.as_text() else {
                    repeated(item, found);
                    continue;
                };
                let same = |byte: u8| byte.is_ascii() && !byte.is_ascii_uppercase();
                let lower = if text.bytes().all(same) {
                    Cow::Borrowed(text)
                } else {
                    Cow::Owned(text.to_lowercase())
                };
                match seen.get(&lower) {
                    Some(first) => {
                        let message = format!("\"{text}\" stands twice in one list");
                        let diagnostic = Diagnostic::new("duplicate-phrase", &item.place, message)
                            .help("take one of them out")
                            .related(first, "first here");
                        found.report(diagnostic);
                    }
                    None => {
                        seen.insert(lower, &item.place);
                    }
                }
            }
        }
        _ => {}
    }
}
