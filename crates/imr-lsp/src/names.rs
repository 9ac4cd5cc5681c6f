//! Definitions, references and renaming.

use std::collections::HashMap;
use std::path::Path;
use std::str::FromStr;

use imr_rules::rulebook::symbols::Symbol;
use imr_rules::yaml::Place;
use lsp_types::{Location, TextEdit, Uri, WorkspaceEdit};

use crate::documents::Documents;
use crate::position::range;
use crate::uri::uri;

/// A place as the editor knows it; `None` for built-in files, which are not on the disk.
pub(crate) fn location(documents: &Documents, place: &Place) -> Option<Location> {
    let path = Path::new(&*place.file);
    if !path.is_absolute() {
        return None;
    }
    let range = range(documents.text(&place.file), place.start, place.end);
    Some(Location { uri: Uri::from_str(&uri(path)).ok()?, range })
}

/// The places of everything that is named like this symbol, definitions only or references too.
pub(crate) fn places<'s>(symbols: &'s [Symbol], of: &Symbol, references: bool) -> Vec<&'s Place> {
    let same = symbols.iter().filter(|symbol| symbol.is_same(of));
    same.filter(|symbol| references || symbol.defines.is_some())
        .map(|symbol| &symbol.place)
        .collect()
}

/// Every change that gives an entry another name, in all files.
///
/// # Errors
/// Why it cannot be renamed.
#[expect(clippy::mutable_key_type, reason = "the protocol's own type is keyed by addresses")]
pub(crate) fn rename(
    documents: &Documents,
    symbols: &[Symbol],
    of: &Symbol,
    name: &str,
) -> Result<WorkspaceEdit, String> {
    let letters = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.');
    if name.is_empty() || !name.chars().all(letters) {
        return Err(format!(
            "`{name}` is no id: letters, digits, `_`, `-` and `.` can stand in one"
        ));
    }
    let (title, old) = (of.naming.title(), &of.name);
    let taken = Symbol { name: name.to_owned(), ..of.clone() };
    if symbols.iter().any(|symbol| symbol.defines.is_some() && symbol.is_same(&taken)) {
        return Err(format!("there is a {title} `{name}` already"));
    }
    let places = places(symbols, of, true);
    if places.iter().any(|place| !Path::new(&*place.file).is_absolute()) {
        return Err(format!(
            "the {title} `{old}` is built in, and the built-in files cannot be changed"
        ));
    }
    let mut changes: HashMap<Uri, Vec<TextEdit>> = HashMap::new();
    for place in places {
        let text = documents.text(&place.file).get(place.start..place.end).unwrap_or_default();
        // Quotation marks stay.
        let new_text = text.replace(old.as_str(), name);
        if let Some(Location { uri, range }) = location(documents, place) {
            changes.entry(uri).or_default().push(TextEdit { range, new_text });
        }
    }
    Ok(WorkspaceEdit { changes: Some(changes), ..WorkspaceEdit::default() })
}
