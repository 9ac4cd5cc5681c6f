//! The shapes of rule files, from which schemas, completion and the reference are drawn, say what the loader does.
//!
//! Of every kind of map one is taken from the shipped rules. A strange key is put into it, and the keys that the loader then
//! names are compared with the shape's; each of its keys is renamed, and whether the loader misses it is compared with
//! whether the shape requires it.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test fails by panicking"
)]

mod shipped_files;

use std::collections::{BTreeMap, BTreeSet};

use imr_rules::RuleFile;
use imr_rules::rulebook::Desk;
use imr_rules::rulebook::shape::{self, Seen, Shape};
use imr_rules::yaml::{Diagnostic, Node, Value};
use shipped_files::shipped;

/// Maps that no shipped file has outside of the large tables.
const MORE: &str =
    "criterion: pain_relief\nweights: {start: -1, words: [{weight: 2, of: [soothed]}]}\n";

fn files() -> Vec<RuleFile> {
    let mut files: Vec<RuleFile> =
        shipped().into_iter().filter(|file| !file.name.contains("evidence/weights/")).collect();
    files.push(RuleFile::new("rules/evidence/more.yaml", MORE));
    files
}

/// A map of a file with its shape.
struct Map {
    file: RuleFile,
    shape: &'static Shape,
    node: Node,
}

/// Of every shape the map with the most keys.
fn maps(files: &[RuleFile], desk: &Desk) -> Vec<Map> {
    let mut found: BTreeMap<&str, Map> = BTreeMap::new();
    for tree in desk.trees() {
        let file = files.iter().find(|file| file.name == *tree.node.place.file).unwrap();
        shape::walk(shape::of(tree.folder), &tree.node, &mut |seen| {
            if let Seen::Map { shape, node } = seen {
                let keys = |node: &Node| match &node.value {
                    Value::Map(entries) => entries.len(),
                    _ => 0,
                };
                if found.get(shape.name).is_none_or(|known| keys(&known.node) < keys(node)) {
                    found.insert(shape.name, Map { file: file.clone(), shape, node: node.clone() });
                }
            }
        });
    }
    found.into_values().collect()
}

/// The mistakes of the file when its text is changed like this.
fn mistakes(desk: &mut Desk, map: &Map, text: String) -> Vec<Diagnostic> {
    desk.put(&RuleFile { text: text.into(), ..map.file.clone() });
    let found = desk.mistakes();
    desk.put(&map.file);
    found.into_iter().filter(|one| *one.place.file == *map.file.name).collect()
}

fn entries(node: &Node) -> &[imr_rules::yaml::Entry] {
    match &node.value {
        Value::Map(entries) => entries,
        _ => panic!("a map"),
    }
}

/// The text with a strange key before the map's first one.
fn with_strange_key(map: &Map) -> String {
    let text = &map.file.text;
    let at = entries(&map.node)[0].key.place.start;
    let column = at - text[..at].rfind('\n').map_or(0, |end| end + 1);
    let flow = text[map.node.place.start..].starts_with('{');
    let strange = if flow {
        "zzzzzzzz: 1, ".to_owned()
    } else {
        format!("zzzzzzzz: 1\n{}", " ".repeat(column))
    };
    format!("{}{strange}{}", &text[..at], &text[at..])
}

/// Conditions are told apart by their keys, and labels and cases know two forms: what may stand beside depends on what is there.
fn depends_on_its_keys(shape: &Shape) -> bool {
    let conditions = ["all", "any", "not", "at-least", "item-class", "request", "outcome"];
    ["label", "case", "case-expect"].contains(&shape.name)
        || (conditions.contains(&shape.name) && shape.keys.len() == 1)
}

#[test]
fn every_key_of_every_shape_is_what_the_loader_asks_for() {
    let files = files();
    let mut desk = Desk::new(files.clone());
    assert_eq!(desk.mistakes(), Vec::new());
    let maps = maps(&files, &desk);
    let mut wrong = Vec::new();
    for map in maps.iter().filter(|map| !depends_on_its_keys(map.shape)) {
        let found = mistakes(&mut desk, map, with_strange_key(map));
        let told =
            found.iter().find(|one| one.code == "unknown-key" && one.message.contains("zzzzzzzz"));
        let Some(help) = told.and_then(|one| one.help.as_deref()) else {
            wrong.push(format!("{}: a strange key is not refused: {found:?}", map.shape.name));
            continue;
        };
        let known: BTreeSet<&str> = map.shape.keys.iter().map(|key| key.name).collect();
        let same = match help.strip_prefix("allowed here: ") {
            Some(names) => names.split(", ").collect::<BTreeSet<_>>() == known,
            None => help.contains(&format!("of {} names", known.len())),
        };
        if !same {
            wrong.push(format!(
                "{}: the shape has {known:?}, the loader says {help}",
                map.shape.name
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(maps.len() >= 55, "only {} shapes were met", maps.len());
}

#[test]
fn a_key_is_required_by_its_shape_when_the_loader_misses_it() {
    let files = files();
    let mut desk = Desk::new(files.clone());
    desk.mistakes();
    let mut wrong = Vec::new();
    for map in maps(&files, &desk).iter().filter(|map| !depends_on_its_keys(map.shape)) {
        for entry in entries(&map.node) {
            let name = entry.key.value.as_str();
            // They tell which shape it is, or are required by a method of correlations alone.
            let telling = matches!(
                (map.shape.name, name),
                ("item-class", "group")
                    | ("guideline", "source")
                    | ("correlation", "finding" | "group_by")
            ) || shape::conditions()
                .iter()
                .any(|(operator, shape)| shape.name == map.shape.name && *operator == name);
            let Some(key) = map.shape.keys.iter().find(|key| key.name == name && !telling) else {
                continue;
            };
            let place = &entry.key.place;
            let text =
                format!("{}zzzzzzzz{}", &map.file.text[..place.start], &map.file.text[place.end..]);
            let missed = mistakes(&mut desk, map, text).iter().any(|one| {
                one.code == "missing-key" && one.message == format!("the key `{name}` is missing")
            });
            if missed != key.required {
                wrong.push(format!(
                    "{}.{name}: required is {}, missed is {missed}",
                    map.shape.name, key.required
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
