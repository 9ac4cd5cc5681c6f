//! The changes that can be made to one condition.

use jiff::civil::Date;

use super::operators::{Operator, Variant, dropped_items, items, replaced, with, without};
use crate::yaml::{Entry, Node, Spanned, Value};

/// Every status, in the order in which messages list them.
const STATUSES: [&str; 5] = ["met", "not_met", "undocumented", "conflicting", "silent"];

/// Every variant of a condition.
pub(super) fn variants(node: &Node) -> Vec<Variant> {
    let has = |key| node.get(key).is_some();
    if has("all") {
        joined(node, "all", "any")
    } else if has("any") {
        joined(node, "any", "all")
    } else if let Some(part) = node.get("not") {
        negation(node, part)
    } else if has("criterion") {
        criterion(node)
    } else if has("status_of") {
        status_of(node)
    } else if has("fact") {
        fact(node)
    } else if let Some(of) = node.get("at_least") {
        let inner = counted(of).into_iter();
        inner.map(|one| one.within(|of| with(node, "at_least", of))).collect()
    } else {
        short(node)
    }
}

/// `all` and `any`: the other of the two, without each part, and each part changed.
fn joined(node: &Node, key: &str, other: &str) -> Vec<Variant> {
    let Some(list) = node.get(key) else { return Vec::new() };
    let mut found = Vec::new();
    if items(list).len() > 1 {
        let swapped = map(node, other, list.clone());
        let what = format!("`{key}` to `{other}`");
        found.push(Variant::new(Operator::Swap, &node.place, &what, swapped));
    }
    found.extend(parts(list).into_iter().map(|one| one.within(|list| with(node, key, list))));
    found
}

/// A list of conditions without each, and with each changed.
fn parts(list: &Node) -> Vec<Variant> {
    let mut found = dropped_items(list);
    for (at, part) in items(list).iter().enumerate() {
        let changed = variants(part).into_iter();
        found.extend(changed.map(|one| one.within(|part| replaced(list, at, Some(part)))));
    }
    found
}

fn counted(of: &Node) -> Vec<Variant> {
    let mut found = Vec::new();
    if let Some(count) = of.get("count") {
        found.extend(
            nudged(count).into_iter().map(|one| one.within(|node| with(of, "count", node))),
        );
    }
    if let Some(list) = of.get("of") {
        found.extend(parts(list).into_iter().map(|one| one.within(|node| with(of, "of", node))));
    }
    found
}

fn negation(node: &Node, part: &Node) -> Vec<Variant> {
    let bare = Variant::new(Operator::Flip, &node.place, "`not` left out", part.clone());
    let inner = variants(part).into_iter().map(|one| one.within(|part| with(node, "not", part)));
    std::iter::once(bare).chain(inner).collect()
}

fn criterion(node: &Node) -> Vec<Variant> {
    let flipped = || {
        let not_met = with(node, "is", texts(node, &["not_met"]));
        vec![Variant::new(Operator::Flip, &node.place, "`met` to `not_met`", not_met)]
    };
    let mut found = node.get("is").map_or_else(flipped, |is| statuses(node, is));
    let parts: Vec<&str> = match node.get("in") {
        Some(parts) => items(parts).iter().filter_map(Node::as_text).collect(),
        None => vec!["rationale"],
    };
    let mut scope = |operator, what: &str, parts: &[&str]| {
        let changed = with(node, "in", texts(node, parts));
        found.push(Variant::new(operator, &node.place, what, changed));
    };
    if let [_] = parts.as_slice() {
        scope(Operator::Widen, "looked for in both parts", &["rationale", "summary"]);
    } else {
        scope(Operator::Narrow, "looked for in the rationale only", &["rationale"]);
        scope(Operator::Narrow, "looked for in the summary only", &["summary"]);
    }
    found
}

fn status_of(node: &Node) -> Vec<Variant> {
    let mut found = node.get("is").map(|is| statuses(node, is)).unwrap_or_default();
    if let Some(part) = node.get("in") {
        let other = if part.as_text() == Some("summary") { "rationale" } else { "summary" };
        let swapped = with(node, "in", text(part, other));
        let what = format!("asked of the {other}");
        found.push(Variant::new(Operator::Swap, &part.place, &what, swapped));
    }
    found
}

/// A list of statuses turned into all others, and without each.
fn statuses(node: &Node, is: &Node) -> Vec<Variant> {
    let listed: Vec<&str> = items(is).iter().filter_map(Node::as_text).collect();
    let others: Vec<&str> =
        STATUSES.into_iter().filter(|status| !listed.contains(status)).collect();
    let what = format!("to `{}`", others.join(", "));
    let flipped = with(node, "is", texts(is, &others));
    let mut found = vec![Variant::new(Operator::Flip, &is.place, &what, flipped)];
    found.extend(dropped_items(is).into_iter().map(|one| one.within(|is| with(node, "is", is))));
    found
}

fn fact(node: &Node) -> Vec<Variant> {
    let mut found = Vec::new();
    if let Some(Node { value: Value::Bool(present), place }) = node.get("present") {
        let other = Node { value: Value::Bool(!present), place: place.clone() };
        let what = format!("`{present}` to `{}`", !present);
        found.push(Variant::new(Operator::Flip, place, &what, with(node, "present", other)));
        return found;
    }
    let negated = map(node, "not", node.clone());
    found.push(Variant::new(Operator::Flip, &node.place, "negated", negated));
    if let Some(is) = node.get("is") {
        found
            .extend(dropped_items(is).into_iter().map(|one| one.within(|is| with(node, "is", is))));
    }
    for (key, other) in [("at_least", "at_most"), ("at_most", "at_least")] {
        if let Some(bound) = node.get(key) {
            let swapped = with(&without(node, key), other, bound.clone());
            let what = format!("`{key}` to `{other}`");
            found.push(Variant::new(Operator::Swap, &node.place, &what, swapped));
        }
    }
    for key in ["at_least", "at_most", "before_date", "from_date"] {
        let changed = node.get(key).map(nudged).unwrap_or_default().into_iter();
        found.extend(changed.map(|one| one.within(|bound| with(node, key, bound))));
    }
    found
}

/// `item_class`, `request` and `outcome`: without each word; a single outcome is turned into the other.
fn short(node: &Node) -> Vec<Variant> {
    let Value::Map(entries) = &node.value else { return Vec::new() };
    let Some(Entry { key, value: list }) = entries.first() else { return Vec::new() };
    let mut found: Vec<Variant> = dropped_items(list)
        .into_iter()
        .map(|one| one.within(|list| with(node, &key.value, list)))
        .collect();
    let words: Vec<&str> = items(list).iter().filter_map(Node::as_text).collect();
    let other = match words.as_slice() {
        ["upheld"] => Some("overturned"),
        ["overturned"] => Some("upheld"),
        _ => None,
    };
    found.push(if let Some(other) = other {
        let swapped = with(node, &key.value, texts(list, &[other]));
        Variant::new(Operator::Swap, &list.place, &format!("to `{other}`"), swapped)
    } else {
        Variant::new(Operator::Flip, &node.place, "negated", map(node, "not", node.clone()))
    });
    found
}

/// A number one step up and one step down, or a date by a day. Whole numbers step by one, others by a tenth of themselves.
pub(super) fn nudged(node: &Node) -> Vec<Variant> {
    let stepped: Vec<(Value, String)> = match &node.value {
        Value::Int(number) => {
            let steps = [number.saturating_sub(1), number.saturating_add(1)];
            steps.map(|step| (Value::Int(step), step.to_string())).to_vec()
        }
        Value::Float(number) => {
            [number * 0.9, number * 1.1].map(|step| (Value::Float(step), step.to_string())).to_vec()
        }
        Value::Text(written) => {
            let day: Option<Date> = written.parse().ok();
            let days = day.into_iter().flat_map(|day| [day.yesterday(), day.tomorrow()]);
            days.flatten()
                .map(|day| (Value::Text(day.to_string().into()), day.to_string()))
                .collect()
        }
        _ => Vec::new(),
    };
    let nudge = |(value, shown): (Value, String)| {
        let number = match node.value {
            Value::Int(number) => Some([number.to_string(), shown.clone()]),
            _ => None,
        };
        let changed = Node { value, place: node.place.clone() };
        let what = format!("to {shown}");
        Variant { number, ..Variant::new(Operator::Nudge, &node.place, &what, changed) }
    };
    stepped.into_iter().map(nudge).collect()
}

/// A map with one key, at the place of another node.
fn map(at: &Node, key: &str, value: Node) -> Node {
    let key = Spanned::new(key.to_owned().into(), at.place.clone());
    Node { value: Value::Map(vec![Entry { key, value }]), place: at.place.clone() }
}

fn text(at: &Node, word: &str) -> Node {
    Node { value: Value::Text(word.to_owned().into()), place: at.place.clone() }
}

fn texts(at: &Node, words: &[&str]) -> Node {
    let words = words.iter().map(|word| text(at, word)).collect();
    Node { value: Value::List(words), place: at.place.clone() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::yaml;

    /// What is done to a condition, each with the place that it is done at.
    fn changes(condition: &str) -> Vec<String> {
        let node = yaml::read("a.yaml", condition).unwrap();
        let told = |one: Variant| {
            let words = condition.get(one.place.start..one.place.end).unwrap();
            format!("{} {words}: {}", one.operator.name(), one.what)
        };
        variants(&node).into_iter().map(told).collect()
    }

    #[test]
    fn a_criterion_is_flipped_and_looked_for_elsewhere() {
        let whole = "{criterion: a}";
        assert_eq!(
            changes(whole),
            [
                format!("flip {whole}: `met` to `not_met`"),
                format!("widen {whole}: looked for in both parts")
            ]
        );
        let both = "{criterion: a, in: [rationale, summary], is: [met, silent]}";
        let found = changes(both);
        assert!(found.contains(&"drop silent: dropped".to_owned()), "{found:?}");
        assert!(
            found.contains(
                &"flip [met, silent]: to `not_met, undocumented, conflicting`".to_owned()
            )
        );
        assert_eq!(found.iter().filter(|change| change.starts_with("narrow ")).count(), 2);
    }

    #[test]
    fn parts_are_dropped_and_all_is_any() {
        let found = changes("{all: [{outcome: [upheld]}, {not: {fact: side, present: true}}]}");
        for change in [
            "drop {outcome: [upheld]}: dropped",
            "swap [upheld]: to `overturned`",
            "flip {not: {fact: side, present: true}}: `not` left out",
            "flip true: `true` to `false`",
        ] {
            assert!(found.contains(&change.to_owned()), "{change} is not among {found:?}");
        }
        assert!(found.iter().any(|change| change.ends_with("`all` to `any`")));
        assert!(!changes("{all: [{outcome: [upheld]}]}").iter().any(|one| one.starts_with("drop")));
    }

    #[test]
    fn numbers_and_dates_are_one_off() {
        let found = changes("{fact: item_visits, at_most: 12}");
        assert!(found.contains(&"nudge 12: to 11".to_owned()), "{found:?}");
        assert!(found.contains(&"nudge 12: to 13".to_owned()), "{found:?}");
        assert!(found.iter().any(|change| change.ends_with("`at_most` to `at_least`")));
        let found = changes("{fact: decision_date, from_date: 2016-07-28}");
        assert!(found.contains(&"nudge 2016-07-28: to 2016-07-27".to_owned()), "{found:?}");
    }
}
