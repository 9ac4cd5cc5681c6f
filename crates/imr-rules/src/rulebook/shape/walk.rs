//! Walking a file along its shape: what every key and value in it is.
//!
//! One walk serves all tools, so that completion, hover, definitions and references agree about what a place means. What
//! does not fit the shape is passed over: the loader tells mistakes.

use super::{Form, Key, Naming, Shape, condition};
use crate::rulebook::fact::{FACTS, FactKind};
use crate::yaml::{Node, Place, Value};

/// What stands at a place of a rule file.
#[derive(Clone, Copy, Debug)]
pub enum Seen<'n> {
    /// A map with its shape, before its keys.
    Map {
        /// Its keys.
        shape: &'static Shape,
        /// The map.
        node: &'n Node,
    },
    /// A key that the shape knows.
    Key {
        /// What it means.
        key: &'static Key,
        /// Where it stands.
        place: &'n Place,
    },
    /// An id where it is defined.
    Define {
        /// What it names.
        naming: Naming,
        /// The id.
        name: &'n str,
        /// Where it stands.
        place: &'n Place,
        /// The entry that it names.
        entry: &'n Node,
    },
    /// An id that stands for an entry elsewhere.
    Refer {
        /// What it names.
        naming: Naming,
        /// The id.
        name: &'n str,
        /// Where it stands.
        place: &'n Place,
        /// The map that it stands in.
        within: &'n Node,
    },
    /// Any other value, with the form that it should have.
    Value {
        /// The form.
        form: Form,
        /// The value.
        node: &'n Node,
        /// The map that it stands in.
        within: &'n Node,
    },
}

/// Calls `see` for everything in a file that fits its form, in the order of the file.
pub fn walk<'n>(form: Form, node: &'n Node, see: &mut impl FnMut(Seen<'n>)) {
    value(form, node, node, see);
}

fn value<'n>(form: Form, node: &'n Node, within: &'n Node, see: &mut impl FnMut(Seen<'n>)) {
    match form {
        Form::Define(naming) => {
            if let Some(name) = node.as_text() {
                see(Seen::Define { naming, name, place: &node.place, entry: within });
            }
        }
        Form::Refer(naming) => refer(naming, node, within, see),
        Form::ReferOr(naming, words)
            if !node.as_text().is_some_and(|text| words.contains(&text)) =>
        {
            refer(naming, node, within, see);
        }
        Form::Amount if node.as_text().is_some() => refer(Naming::Parameter, node, within, see),
        Form::FactValue => fact_value(node, within, see),
        Form::Either(word, other) if node.as_text() != Some(word) => {
            value(*other, node, within, see);
        }
        Form::List(item) => {
            if let Value::List(items) = &node.value {
                for one in items {
                    value(*item, one, within, see);
                }
            } else {
                see(Seen::Value { form, node, within });
            }
        }
        Form::Map(key, item) => map(*key, *item, node, see),
        Form::Entry(shape) => entry(shape, node, see),
        Form::OneOf(choices, otherwise) => {
            let told = choices.iter().find(|(key, _)| node.get(key).is_some());
            entry(told.map_or(otherwise, |(_, shape)| shape), node, see);
        }
        Form::Condition => {
            if let Some(shape) = shape_of_condition(node) {
                entry(shape, node, see);
            } else {
                see(Seen::Value { form, node, within });
            }
        }
        _ => see(Seen::Value { form, node, within }),
    }
}

fn refer<'n>(naming: Naming, node: &'n Node, within: &'n Node, see: &mut impl FnMut(Seen<'n>)) {
    if let Some(name) = node.as_text() {
        see(Seen::Refer { naming, name, place: &node.place, within });
    }
}

/// A value of the fact that the map names: an id for some facts, a word for others.
fn fact_value<'n>(node: &'n Node, within: &'n Node, see: &mut impl FnMut(Seen<'n>)) {
    let fact = within.get("fact").and_then(Node::as_text);
    let entry = FACTS.iter().find(|entry| Some(entry.name) == fact);
    match entry.map(|entry| entry.kind) {
        Some(FactKind::ItemClass) => refer(Naming::ItemClass, node, within, see),
        Some(FactKind::Guideline) => refer(Naming::Guideline, node, within, see),
        _ => see(Seen::Value { form: Form::FactValue, node, within }),
    }
}

fn map<'n>(key: Form, item: Form, node: &'n Node, see: &mut impl FnMut(Seen<'n>)) {
    let Value::Map(entries) = &node.value else { return };
    for one in entries {
        let (name, place) = (one.key.value.as_str(), &one.key.place);
        match key {
            Form::Define(naming) => see(Seen::Define { naming, name, place, entry: &one.value }),
            Form::Refer(naming) => see(Seen::Refer { naming, name, place, within: node }),
            _ => {}
        }
        value(item, &one.value, node, see);
    }
}

fn entry<'n>(shape: &'static Shape, node: &'n Node, see: &mut impl FnMut(Seen<'n>)) {
    see(Seen::Map { shape, node });
    let Value::Map(entries) = &node.value else { return };
    for one in entries {
        if let Some(key) = shape.keys.iter().find(|key| key.name == one.key.value) {
            see(Seen::Key { key, place: &one.key.place });
            value(key.form, &one.value, node, see);
        }
    }
}

/// The shape of a condition, told by its operator.
fn shape_of_condition(node: &Node) -> Option<&'static Shape> {
    let Value::Map(entries) = &node.value else { return None };
    let keys: Vec<&str> = entries.iter().map(|entry| entry.key.value.as_str()).collect();
    condition(&keys)
}
