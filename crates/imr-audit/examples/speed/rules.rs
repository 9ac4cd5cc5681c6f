//! Rules in great number: every standard, item class and phrase several times over, in words that no letter has.
//!
//! A copy of a word keeps its length and its place in the phrase and has other letters; groups, gaps and classes of tokens
//! stay, so that copies begin to match where their originals do. A copy of a standard is for the copy of its item class.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use imr_yaml::{Node, Value};

use crate::{Outcome, files, top};

/// Writes a folder of rules that are `times - 1` copies of the built-in ones.
pub(crate) fn rules(folder: &Path, times: u8) -> Outcome {
    for copy in 1..times {
        copied(&top().join("rules/standards"), &|_, text| Ok(standard(text, copy)), folder, copy)?;
        copied(
            &top().join("rules/items"),
            &|name, text| item_class(name, text, copy),
            folder,
            copy,
        )?;
        copied(
            &top().join("rules/evidence/concepts"),
            &|name, text| words(name, text, copy),
            folder,
            copy,
        )?;
    }
    Ok(())
}

/// Writes what `changed` makes of each file of a folder; nothing where it makes nothing.
fn copied(
    from: &Path,
    changed: &dyn Fn(&str, &str) -> Outcome<String>,
    to: &Path,
    copy: u8,
) -> Outcome {
    let mut paths: Vec<PathBuf> = Vec::new();
    files(from, "yaml", &mut paths)?;
    let kind = from.strip_prefix(top().join("rules"))?;
    for path in paths {
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let text = changed(&name, &fs::read_to_string(&path)?)?;
        if !text.is_empty() {
            let folder = to.join(kind);
            fs::create_dir_all(&folder)?;
            fs::write(folder.join(format!("{name}-{copy}.yaml")), text)?;
        }
    }
    Ok(())
}

/// A standard for the copy of its item classes.
fn standard(text: &str, copy: u8) -> String {
    let mut out = String::new();
    for line in text.lines() {
        let class = line.starts_with("applies_to:") || line.contains("item_class: [");
        if let Some(id) = line.strip_prefix("id: ") {
            let _ = writeln!(out, "id: {id}-{copy}");
        } else if let Some((before, rest)) = line.split_once("item_class: [").filter(|_| class) {
            let (classes, after) = rest.split_once(']').unwrap_or((rest, ""));
            let classes: Vec<String> =
                classes.split(", ").map(|class| format!("{class}-{copy}")).collect();
            let _ = writeln!(out, "{before}item_class: [{}]{after}", classes.join(", "));
        } else {
            let _ = writeln!(out, "{line}");
        }
    }
    out
}

/// An item class with one service that has all the words of the original.
fn item_class(name: &str, text: &str, copy: u8) -> Outcome<String> {
    let node = read(name, text)?;
    let (Some(id), Some(group)) = (text_of(&node, "id"), text_of(&node, "group")) else {
        return Ok(String::new());
    };
    let mut found = BTreeSet::new();
    for key in ["procedures", "drugs"] {
        node.get(key).iter().for_each(|list| all_texts(list, &mut found));
    }
    let words: Vec<String> =
        found.iter().map(|word| format!("{:?}", other(word, copy, false))).collect();
    Ok(format!(
        "id: {id}-{copy}\ntitle: {id}-{copy}\ngroup: {group}\nprocedures:\n  - {{name: service {id} {copy}, aliases: [{}]}}\n",
        words.join(", ")
    ))
}

/// The concepts of a file with other words.
fn words(name: &str, text: &str, copy: u8) -> Outcome<String> {
    let node = read(name, text)?;
    let Some(criterion) = text_of(&node, "criterion") else { return Ok(String::new()) };
    let mut out = format!("criterion: {criterion}\nconcepts:\n");
    let Some(Value::List(concepts)) = node.get("concepts").map(|list| &list.value) else {
        return Ok(String::new());
    };
    for concept in concepts {
        let mut found = BTreeSet::new();
        concept.get("phrases").iter().for_each(|list| all_texts(list, &mut found));
        // Groups and numbers alone have no other words, and no rulebook may have the same phrase twice.
        let changed = found.iter().map(|phrase| (phrase, other(phrase, copy, true)));
        let changed = changed.filter(|(phrase, changed)| changed != *phrase);
        let phrases: Vec<String> = changed.map(|(_, changed)| format!("{changed:?}")).collect();
        let id = text_of(concept, "id").unwrap_or_default();
        let _ = writeln!(out, "  - {{id: {id}-{copy}, phrases: [{}]}}", phrases.join(", "));
    }
    Ok(out)
}

fn read(name: &str, text: &str) -> Outcome<Node> {
    imr_yaml::read(name, text).map_err(|mistakes| format!("{mistakes:?}").into())
}

fn text_of<'n>(node: &'n Node, key: &str) -> Option<&'n str> {
    node.get(key)?.as_text()
}

/// Every text below a node.
fn all_texts<'n>(node: &'n Node, found: &mut BTreeSet<&'n str>) {
    match &node.value {
        Value::Text(text) => {
            found.insert(text);
        }
        Value::List(items) => items.iter().for_each(|item| all_texts(item, found)),
        Value::Map(entries) => entries.iter().for_each(|entry| all_texts(&entry.value, found)),
        _ => {}
    }
}

/// A text with other letters; in a `pattern` only the words change.
fn other(text: &str, copy: u8, pattern: bool) -> String {
    let word = |word: &str| -> String {
        if pattern && (word.starts_with(['<', '{', '.', '\'']) || word == "n't") {
            return word.to_owned();
        }
        let letter = |char: char| match char {
            'a'..='z' => char::from(b'a' + (char as u8 - b'a' + 3 * copy) % 26),
            'A'..='Z' => char::from(b'A' + (char as u8 - b'A' + 3 * copy) % 26),
            other => other,
        };
        word.chars().map(letter).collect()
    };
    let alternatives = |element: &str| element.split('|').map(word).collect::<Vec<_>>().join("|");
    text.split(' ').map(alternatives).collect::<Vec<_>>().join(" ")
}
