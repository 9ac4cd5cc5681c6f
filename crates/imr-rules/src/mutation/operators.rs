//! What a slip of the pen can do to a rule: one small change at a time, made in the tree of its file, so that a mutant has
//! the place of what was changed and means exactly what an author's edit would.

use super::conditions;
use crate::yaml::{Entry, Node, Place, Spanned, Value};

/// A kind of change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Operator {
    /// A condition, requirement, exception, word or finding is left out.
    Drop,
    /// A status, a truth value or a whole condition is turned into its opposite.
    Flip,
    /// A criterion is looked for in another part of the letter too.
    Widen,
    /// A criterion is no longer looked for in a part of the letter.
    Narrow,
    /// A number, a count or a date is one off.
    Nudge,
    /// An outcome is another one, or `all` is `any`.
    Swap,
}

impl Operator {
    /// The stable name used in output.
    pub fn name(self) -> &'static str {
        match self {
            Self::Drop => "drop",
            Self::Flip => "flip",
            Self::Widen => "widen",
            Self::Narrow => "narrow",
            Self::Nudge => "nudge",
            Self::Swap => "swap",
        }
    }
}

/// A changed node: the whole of what it was made from, with one change in it.
#[derive(Clone, Debug)]
pub(super) struct Variant {
    pub(super) operator: Operator,
    /// Where the change is.
    pub(super) place: Place,
    /// What was done, such as "dropped" or "`met` to `not_met`".
    pub(super) what: String,
    pub(super) node: Node,
    /// The word that was dropped from a list, and those that are left.
    pub(super) word: Option<(String, Vec<String>)>,
    /// The number that was changed, before and after.
    pub(super) number: Option<[String; 2]>,
}

impl Variant {
    pub(super) fn new(operator: Operator, place: &Place, what: &str, node: Node) -> Self {
        let (place, what) = (place.clone(), what.to_owned());
        Self { operator, place, what, node, word: None, number: None }
    }

    /// The same change seen from the node that holds the changed one.
    pub(super) fn within(self, wrap: impl FnOnce(Node) -> Node) -> Self {
        Self { node: wrap(self.node), ..self }
    }
}

/// Every variant of a rule's file. Examples are not changed: they are what finds the changes.
pub(super) fn variants(rule: &Node) -> Vec<Variant> {
    let Value::Map(entries) = &rule.value else { return Vec::new() };
    let mut found = Vec::new();
    for entry in entries {
        let key = entry.key.value.as_str();
        let changed = match key {
            "applies_to" | "flag_when" => conditions::variants(&entry.value),
            "requires" | "limits" => named_conditions(&entry.value),
            "exceptions" => exceptions(&entry.value),
            "parameters" => parameters(&entry.value),
            "for_each" => for_each(&entry.value),
            "findings" => dropped_entries(&entry.value, 1),
            "group_by" | "denial_grounds" => dropped_items(&entry.value),
            _ => Vec::new(),
        };
        found.extend(changed.into_iter().map(|one| one.within(|node| with(rule, key, node))));
        if matches!(key, "applies_to" | "denial_grounds" | "open_finding") {
            let node = without(rule, key);
            found.push(Variant::new(Operator::Drop, &entry.value.place, "dropped", node));
        }
    }
    // A requirement that is gone can be waived no more.
    found.into_iter().map(|one| one.within(|node| forget_requirements(&node))).collect()
}

/// A node of a map with another value under a key.
pub(super) fn with(node: &Node, key: &str, value: Node) -> Node {
    let mut copy = node.clone();
    if let Value::Map(entries) = &mut copy.value {
        if let Some(entry) = entries.iter_mut().find(|entry| entry.key.value == key) {
            entry.value = value;
        } else {
            let key = Spanned::new(key.to_owned().into(), node.place.clone());
            entries.push(Entry { key, value });
        }
    }
    copy
}

/// A node of a map without a key.
pub(super) fn without(node: &Node, key: &str) -> Node {
    let mut copy = node.clone();
    if let Value::Map(entries) = &mut copy.value {
        entries.retain(|entry| entry.key.value != key);
    }
    copy
}

/// The items of a list.
pub(super) fn items(node: &Node) -> &[Node] {
    match &node.value {
        Value::List(items) => items,
        _ => &[],
    }
}

/// The list with another item at a place, or without it.
pub(super) fn replaced(list: &Node, at: usize, item: Option<Node>) -> Node {
    let mut copy = list.clone();
    if let Value::List(items) = &mut copy.value
        && let Some(slot) = items.get_mut(at)
    {
        match item {
            Some(item) => *slot = item,
            None => {
                items.remove(at);
            }
        }
    }
    copy
}

/// A list of several without each of its items in turn.
pub(super) fn dropped_items(list: &Node) -> Vec<Variant> {
    let items = items(list);
    let several = items.iter().enumerate().filter(|_| items.len() > 1);
    let dropped = several.map(|(at, item)| {
        let left = replaced(list, at, None);
        let words = self::items(&left).iter().filter_map(Node::as_text).map(str::to_owned);
        let word = item.as_text().map(|word| (word.to_owned(), words.collect()));
        Variant { word, ..Variant::new(Operator::Drop, &item.place, "dropped", left) }
    });
    dropped.collect()
}

fn entries(map: &Node) -> &[Entry] {
    match &map.value {
        Value::Map(entries) => entries,
        _ => &[],
    }
}

/// A map without each of its entries in turn, when it has at least `least`.
fn dropped_entries(map: &Node, least: usize) -> Vec<Variant> {
    let entries = entries(map);
    let enough = entries.iter().filter(|_| entries.len() >= least);
    let dropped = enough.map(|entry| {
        let place = Place { end: entry.value.place.end, ..entry.key.place.clone() };
        Variant::new(Operator::Drop, &place, "dropped", without(map, &entry.key.value))
    });
    dropped.collect()
}

fn named_conditions(map: &Node) -> Vec<Variant> {
    let mut found = dropped_entries(map, 1);
    for entry in entries(map) {
        let changed = conditions::variants(&entry.value).into_iter();
        found.extend(changed.map(|one| one.within(|node| with(map, &entry.key.value, node))));
    }
    found
}

fn exceptions(map: &Node) -> Vec<Variant> {
    let mut found = dropped_entries(map, 1);
    for entry in entries(map) {
        let parts = [("when", conditions::variants as fn(&Node) -> _), ("waives", dropped_items)];
        for (key, change) in parts {
            let Some(part) = entry.value.get(key) else { continue };
            found.extend(change(part).into_iter().map(|one: Variant| {
                one.within(|node| with(map, &entry.key.value, with(&entry.value, key, node)))
            }));
        }
    }
    found
}

/// Every parameter one step up and one step down; a step that leaves the range is refused when the rule is read.
fn parameters(map: &Node) -> Vec<Variant> {
    let mut found = Vec::new();
    for entry in entries(map) {
        let Some(default) = entry.value.get("default") else { continue };
        found.extend(conditions::nudged(default).into_iter().map(|one| {
            one.within(|node| with(map, &entry.key.value, with(&entry.value, "default", node)))
        }));
    }
    found
}

fn for_each(map: &Node) -> Vec<Variant> {
    let Some(list) = map.get("criterion") else { return Vec::new() };
    let dropped = dropped_items(list).into_iter();
    dropped.map(|one| one.within(|node| with(map, "criterion", node))).collect()
}

/// Takes the names of requirements that are gone out of what exceptions waive.
fn forget_requirements(rule: &Node) -> Node {
    let (Some(requires), Some(exceptions)) = (rule.get("requires"), rule.get("exceptions")) else {
        return rule.clone();
    };
    let mut left = exceptions.clone();
    if let Value::Map(entries) = &mut left.value {
        for entry in entries {
            let Some(mut waives) = entry.value.get("waives").cloned() else { continue };
            if let Value::List(items) = &mut waives.value {
                items.retain(|item| item.as_text().is_none_or(|name| requires.get(name).is_some()));
            }
            entry.value = with(&entry.value, "waives", waives);
        }
    }
    with(rule, "exceptions", left)
}
