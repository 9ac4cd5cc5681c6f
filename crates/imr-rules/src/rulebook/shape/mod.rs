//! What a rule file may hold, as data: every key with its meaning, whether it is required, and what stands under it.
//!
//! The loader is code, because mistakes need words of their own; tools for authors (the JSON Schema, completion, hover,
//! the language reference, definitions and references) need the same knowledge as data. So it is written twice, and a
//! test holds the two together: it takes every map of a file of each kind, leaves out each key and adds a strange one,
//! and compares what the loader says with what stands here (`tests/shapes.rs`). Lists of words are the loader's own
//! tables.

mod conditions;
mod evidence;
mod rules;
mod vocabulary;
mod walk;

use super::file::Folder;

pub use walk::{Seen, walk};

/// The keys of one kind of map.
#[derive(Debug)]
pub struct Shape {
    /// Its name in the schema and the reference, such as `standard`.
    pub name: &'static str,
    /// What it is, one sentence.
    pub about: &'static str,
    /// Its keys in the order in which they are written.
    pub keys: &'static [Key],
}

/// One key of a map.
#[derive(Debug)]
pub struct Key {
    /// The key as written.
    pub name: &'static str,
    /// Whether it must be there.
    pub required: bool,
    /// What stands under it.
    pub form: Form,
    /// What it means, one sentence.
    pub about: &'static str,
}

/// What a value may be.
#[derive(Clone, Copy, Debug)]
pub enum Form {
    /// Any text.
    Text,
    /// A phrase of the pattern language.
    Phrase,
    /// A message; the names that may stand in its braces.
    Message(fn() -> Vec<&'static str>),
    /// A whole number.
    Whole,
    /// Any number.
    Number,
    /// A number, or the name of a parameter.
    Amount,
    /// `true` or `false`.
    Truth,
    /// A date such as 2016-07-28.
    Date,
    /// Two numbers, the first not greater.
    Range,
    /// One of a table's words.
    Word(fn() -> Vec<&'static str>),
    /// A value of the fact that the map's key `fact` names.
    FactValue,
    /// The id under which this entry is known.
    Define(Naming),
    /// The id of an entry that stands elsewhere.
    Refer(Naming),
    /// The id of an entry that stands elsewhere, or one of these words.
    ReferOr(Naming, &'static [&'static str]),
    /// One word instead of a whole value.
    Either(&'static str, &'static Form),
    /// A list.
    List(&'static Form),
    /// A map from names to values.
    Map(&'static Form, &'static Form),
    /// A map with known keys.
    Entry(&'static Shape),
    /// A map whose keys depend on which of the first ones it has; otherwise the last shape.
    OneOf(&'static [(&'static str, &'static Shape)], &'static Shape),
    /// A condition: one operator and what belongs to it.
    Condition,
}

/// What an id names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Naming {
    /// A criterion of `criteria.yaml`.
    Criterion,
    /// A finding kind of `kinds.yaml`.
    Kind,
    /// An item class of `items/`.
    ItemClass,
    /// A body part of `items/words/`.
    BodyPart,
    /// A guideline document.
    Guideline,
    /// A section of the guideline that the map names.
    Section,
    /// A body that issues guidance.
    GuidelineSource,
    /// A standard, check or correlation.
    Rule,
    /// A fact that conditions may ask for.
    Fact,
    /// A requirement of the same rule.
    Requirement,
    /// A parameter of the same rule.
    Parameter,
    /// An exception of the same rule.
    Exception,
    /// A cue, concept or hint of `evidence/`.
    Entry,
    /// A group of phrases, named as `<id>`.
    Group,
    /// A contradiction topic.
    Topic,
    /// A part of the body in contradictions.
    Zone,
    /// A list of phrases of contradictions, named as `@id`.
    List,
}

impl Naming {
    /// What a message calls it.
    pub fn title(self) -> &'static str {
        match self {
            Self::Criterion => "criterion",
            Self::Kind => "finding kind",
            Self::ItemClass => "item class",
            Self::BodyPart => "body part",
            Self::Guideline => "guideline",
            Self::Section => "guideline section",
            Self::GuidelineSource => "guideline source",
            Self::Rule => "rule",
            Self::Fact => "fact",
            Self::Requirement => "requirement",
            Self::Parameter => "parameter",
            Self::Exception => "exception",
            Self::Entry => "evidence entry",
            Self::Group => "group",
            Self::Topic => "topic",
            Self::Zone => "zone",
            Self::List => "list",
        }
    }

    /// Whether the name is known in its own file only.
    pub fn is_local(self) -> bool {
        matches!(self, Self::Requirement | Self::Parameter | Self::Exception | Self::Section)
    }
}

/// What a file of a folder holds.
pub fn of(folder: Folder) -> Form {
    match folder {
        Folder::Criteria => vocabulary::CRITERIA,
        Folder::Kinds => vocabulary::KINDS,
        Folder::CheckWords => vocabulary::CHECK_WORDS,
        Folder::Items => vocabulary::ITEMS,
        Folder::Guidelines => vocabulary::GUIDELINES,
        Folder::Evidence => Form::Entry(&evidence::EVIDENCE),
        Folder::Contradictions => Form::Entry(&evidence::CONTRADICTIONS),
        Folder::Standards => Form::Entry(&rules::STANDARD),
        Folder::Checks => Form::Entry(&rules::CHECK),
        Folder::Correlations => Form::Entry(&rules::CORRELATION),
    }
}

/// The conditions by the key that names their operator.
pub fn conditions() -> &'static [(&'static str, &'static Shape)] {
    conditions::CONDITIONS
}

/// The shape that a map has, told by its operator.
pub fn condition(keys: &[&str]) -> Option<&'static Shape> {
    let by = |name: &str| {
        let known = conditions::CONDITIONS.iter().find(|(operator, _)| *operator == name);
        known.map(|(_, shape)| *shape)
    };
    // `at_least` beside `fact` is its comparison.
    let fact = keys.iter().find(|key| **key == "fact").and_then(|key| by(key));
    fact.or_else(|| keys.iter().find_map(|key| by(key)))
}

/// A key that must be there.
const fn need(name: &'static str, form: Form, about: &'static str) -> Key {
    Key { name, required: true, form, about }
}

/// A key that may be left out.
const fn may(name: &'static str, form: Form, about: &'static str) -> Key {
    Key { name, required: false, form, about }
}

/// The words of a table.
fn words<T>(table: &[(&'static str, T)]) -> Vec<&'static str> {
    table.iter().map(|(word, _)| *word).collect()
}
