//! The JSON Schema of rule files, for editors that complete and check while one writes.
//!
//! It is drawn from the shapes that the language server uses. Names of other entries (criteria, item classes) are offered, not
//! enforced, because a layer may add its own; the loader checks them. A schema says nothing about conditions that no
//! letter can meet: that is what `rules check` is for.

use std::collections::BTreeMap;

use imr_rules::Rulebook;
use imr_rules::rulebook::fact::FACTS;
use imr_rules::rulebook::shape::{self, Form, Naming, Shape};
use imr_rules::rulebook::{FOLDERS, Folder};
use serde_json::{Map, Value, json};

/// The schema of the files of a folder; names are those of the rulebook.
pub fn schema(folder: Folder, rulebook: &Rulebook) -> String {
    let mut drawing = Drawing { rulebook, shapes: BTreeMap::new() };
    let form = drawing.form(shape::of(folder));
    let mut definitions = Map::new();
    while let Some((name, shape)) = drawing
        .shapes
        .iter()
        .find(|(name, _)| !definitions.contains_key(**name))
        .map(|(n, s)| (*n, *s))
    {
        let drawn = if name == CONDITION { drawing.condition() } else { drawing.shape(shape) };
        definitions.insert(name.to_owned(), drawn);
    }
    let (name, about) = folder.title();
    let mut whole = json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": format!("imr-audit: {name}"),
        "description": about,
        "$defs": definitions,
    });
    if let (Some(whole), Value::Object(form)) = (whole.as_object_mut(), form) {
        whole.extend(form);
    }
    serde_json::to_string_pretty(&whole).unwrap_or_default() + "\n"
}

/// The folders with the names of their schema files.
pub fn schema_files() -> impl Iterator<Item = (Folder, String)> {
    FOLDERS.iter().map(|folder| (*folder, format!("{}.schema.json", folder.title().0)))
}

/// The definition that all conditions share.
const CONDITION: &str = "condition";

static NOTHING: Shape = Shape { name: CONDITION, about: "A condition.", keys: &[] };

struct Drawing<'r> {
    rulebook: &'r Rulebook,
    /// The shapes that were met, by the name of their definition.
    shapes: BTreeMap<&'static str, &'static Shape>,
}

impl Drawing<'_> {
    fn form(&mut self, form: Form) -> Value {
        match form {
            Form::Text | Form::Phrase | Form::Message(_) | Form::Define(_) => {
                json!({"type": "string"})
            }
            Form::Whole => json!({"type": "integer"}),
            Form::Number => json!({"type": "number"}),
            Form::Amount => json!({"type": ["number", "string"]}),
            Form::Truth => json!({"type": "boolean"}),
            Form::Date => json!({"type": "string", "format": "date"}),
            Form::Range => {
                json!({"type": "array", "items": {"type": "number"}, "minItems": 2, "maxItems": 2})
            }
            Form::Word(words) => json!({"enum": words()}),
            Form::FactValue => json!({"type": "string"}),
            Form::Refer(naming) => self.names(naming, &[]),
            Form::ReferOr(naming, words) => self.names(naming, words),
            Form::Either(word, other) => json!({"anyOf": [{"const": word}, self.form(*other)]}),
            Form::List(item) => json!({"type": "array", "items": self.form(*item)}),
            Form::Map(key, item) => self.map(*key, *item),
            Form::Entry(shape) => self.reference(shape),
            Form::OneOf(choices, otherwise) => {
                let mut drawn = self.reference(otherwise);
                for (key, shape) in choices.iter().rev() {
                    let then = self.reference(shape);
                    drawn = json!({"if": {"required": [key]}, "then": then, "else": drawn});
                }
                drawn
            }
            Form::Condition => {
                self.shapes.insert(CONDITION, &NOTHING);
                json!({"$ref": "#/$defs/condition"})
            }
        }
    }

    fn reference(&mut self, shape: &'static Shape) -> Value {
        self.shapes.insert(shape.name, shape);
        json!({"$ref": format!("#/$defs/{}", shape.name)})
    }

    fn map(&mut self, key: Form, item: Form) -> Value {
        let item = self.form(item);
        let names = match key {
            Form::Word(words) => words(),
            _ => Vec::new(),
        };
        if names.is_empty() {
            return json!({"type": "object", "additionalProperties": item});
        }
        let properties: Map<String, Value> =
            names.iter().map(|name| ((*name).to_owned(), item.clone())).collect();
        json!({"type": "object", "properties": properties, "additionalProperties": false})
    }

    fn shape(&mut self, shape: &'static Shape) -> Value {
        let mut properties = Map::new();
        for key in shape.keys {
            let mut drawn = self.form(key.form);
            if let Some(drawn) = drawn.as_object_mut() {
                drawn.insert("description".to_owned(), json!(key.about));
            }
            properties.insert(key.name.to_owned(), drawn);
        }
        let required: Vec<&str> =
            shape.keys.iter().filter(|key| key.required).map(|key| key.name).collect();
        json!({
            "type": "object",
            "description": shape.about,
            "properties": properties,
            "required": required,
            "additionalProperties": false,
        })
    }

    /// Any operator's map.
    fn condition(&mut self) -> Value {
        let operators: Vec<Value> =
            shape::conditions().iter().map(|(_, shape)| self.shape(shape)).collect();
        json!({"description": "A condition: one operator.", "anyOf": operators})
    }

    /// Names that are offered; facts are the only closed set.
    fn names(&self, naming: Naming, words: &[&str]) -> Value {
        if naming == Naming::Fact {
            return json!({"enum": FACTS.iter().map(|fact| fact.name).collect::<Vec<_>>()});
        }
        let mut known: Vec<&str> = words.to_vec();
        let entries = self.rulebook.vocabulary.entries();
        match naming {
            Naming::Criterion => known.extend(self.rulebook.criteria.names()),
            Naming::Kind => known.extend(self.rulebook.kinds.iter().map(|kind| kind.id.as_str())),
            Naming::ItemClass => {
                known.extend(entries.classes.iter().map(|class| class.id.as_str()));
            }
            Naming::BodyPart => {
                known.extend(entries.body_parts.iter().map(|part| part.id.as_str()));
            }
            Naming::Guideline => {
                known.extend(entries.guidelines.iter().map(|document| document.id.as_str()));
            }
            _ => {}
        }
        if known.is_empty() {
            return json!({"type": "string"});
        }
        json!({"anyOf": [{"enum": known}, {"type": "string"}]})
    }
}
