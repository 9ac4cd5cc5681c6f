//! What stands at a place: the meaning of a key, the entry behind a name.

use imr_rules::code;
use imr_rules::rulebook::fact::FACTS;
use imr_rules::rulebook::shape::{self, Form, Naming, Seen};
use imr_rules::rulebook::symbols::Symbol;
use imr_rules::yaml::{Diagnostic, Place};

use crate::documents::Documents;

/// Whether a byte lies in a place; the end counts, because that is where one stands after typing a word.
pub(crate) fn within(place: &Place, name: &str, byte: usize) -> bool {
    &*place.file == name && (place.start..=place.end).contains(&byte)
}

/// The name at a place, the innermost one.
pub(crate) fn symbol_at<'s>(symbols: &'s [Symbol], name: &str, byte: usize) -> Option<&'s Symbol> {
    let here = symbols.iter().filter(|symbol| within(&symbol.place, name, byte));
    here.min_by_key(|symbol| symbol.place.end - symbol.place.start)
}

/// What is to be said about a place, in Markdown.
pub(crate) fn meaning(
    documents: &Documents,
    symbols: &[Symbol],
    found: &[Diagnostic],
    name: &str,
    byte: usize,
) -> Option<String> {
    let told = found.iter().find(|one| within(&one.place, name, byte));
    let told = told.and_then(|one| code::find(one.code));
    let told = told.map(|code| format!("**{}**: {} {}", code.code, code.means, code.mend));
    let here = symbol_at(symbols, name, byte).map(|symbol| entry(symbols, symbol));
    let here = here.or_else(|| key(documents, name, byte));
    let parts: Vec<String> = here.into_iter().chain(told).collect();
    (!parts.is_empty()).then(|| parts.join("\n\n---\n\n"))
}

/// The entry that a name stands for.
fn entry(symbols: &[Symbol], symbol: &Symbol) -> String {
    let (title, name) = (symbol.naming.title(), &symbol.name);
    if symbol.naming == Naming::Fact {
        let fact = FACTS.iter().find(|fact| fact.name == *name);
        return format!("fact `{name}`: {}", fact.map_or("unknown", |fact| fact.meaning));
    }
    let defined =
        symbols.iter().rev().find(|other| other.defines.is_some() && other.is_same(symbol));
    match defined.and_then(|other| Some((other, other.defines.as_ref()?))) {
        Some((other, definition)) => {
            format!("{title} `{name}`\n\n{}\n\n*{}*", definition.detail, other.place.file)
        }
        None => format!("{title} `{name}`, which no file defines"),
    }
}

/// The key at a place, with its meaning and the words that may stand under it.
fn key(documents: &Documents, name: &str, byte: usize) -> Option<String> {
    let tree = documents.desk.trees().filter(|tree| &*tree.node.place.file == name).last()?;
    let mut found = None;
    shape::walk(shape::of(tree.folder), &tree.node, &mut |seen| {
        if let Seen::Key { key, place } = seen
            && within(place, name, byte)
        {
            found = Some(key);
        }
    });
    let key = found?;
    let need = if key.required { "required" } else { "may be left out" };
    let words = match key.form {
        Form::Word(words) | Form::List(&Form::Word(words)) => {
            format!("\n\nOne of: {}", words().join(", "))
        }
        _ => String::new(),
    };
    Some(format!("`{}` ({need})\n\n{}{words}", key.name, key.about))
}
