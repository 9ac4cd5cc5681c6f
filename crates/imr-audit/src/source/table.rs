//! Rows of tables: which columns hold the text and the id, and what a row is called.
//!
//! A row's letter is named by its id (`table!id`), which stays when rows are added before it; without an id, and for an id
//! that an earlier row has, by its line or row (`table:17`).

use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash, Hasher};

use imr_letter::published;
use imr_letter::source::Limits;
use imr_rules::yaml::nearest;

use super::{Content, Flow, Sink, letter, unreadable};

/// The columns that the command line names.
#[derive(Clone, Debug, Default)]
pub(crate) struct Columns {
    /// The column with the text of the letter.
    pub(crate) text: Option<String>,
    /// The column with its id.
    pub(crate) id: Option<String>,
}

/// Names of columns with a letter's text, the surest first, as [`published::key`] writes them.
const TEXT: [&str; 8] = [
    "text",
    "lettertext",
    "fulltext",
    "letter",
    "body",
    "content",
    "document",
    "determinationtext",
];

/// Names of columns with an id, likewise.
const ID: [&str; 12] = [
    "id",
    "letterid",
    "casenumber",
    "caseno",
    "caseid",
    "case",
    published::ID,
    "documentid",
    "docid",
    "filename",
    "file",
    "name",
];

/// Bytes that a row may have.
pub(super) const ROW_BYTES: usize = 64 << 20;

/// What the columns of a table mean.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Meaning {
    /// Where the text is.
    text: Text,
    /// The column of the id.
    id: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Text {
    /// In this column.
    Column(String),
    /// In the columns of a published table.
    Published,
}

impl Columns {
    /// What columns of these names mean.
    ///
    /// # Errors
    ///
    /// What is wrong and what to do, when the text's column cannot be told.
    pub(super) fn meaning(&self, names: &[String]) -> Result<Meaning, String> {
        let flagged = |wanted: &Option<String>, flag: &str| match wanted {
            None => Ok(None),
            Some(column) if names.contains(column) => Ok(Some(column.clone())),
            Some(column) => {
                let advice = match nearest(column, names.iter().map(String::as_str)) {
                    Some(near) => format!("did you mean {near}?"),
                    None => listed(names),
                };
                Err(format!("has no column {column:?}, which {flag} names; {advice}"))
            }
        };
        let keys: Vec<String> = names.iter().map(|name| published::key(name)).collect();
        let guessed = |known: &[&str]| {
            let at = known.iter().find_map(|known| keys.iter().position(|key| key == known))?;
            names.get(at).cloned()
        };
        let id = flagged(&self.id, "--id-column")?.or_else(|| guessed(&ID));
        if let Some(column) = flagged(&self.text, "--text-column")? {
            return Ok(Meaning { text: Text::Column(column), id });
        }
        if published::is_published(&keys) {
            return Ok(Meaning { text: Text::Published, id });
        }
        let text = guessed(&TEXT).ok_or_else(|| {
            format!(
                "no column is known to hold the letters; name it with --text-column; {}",
                listed(names)
            )
        })?;
        Ok(Meaning { text: Text::Column(text), id })
    }
}

/// Columns that an error message lists.
const LISTED: usize = 12;

fn listed(names: &[String]) -> String {
    let shown: Vec<&str> = names.iter().take(LISTED).map(String::as_str).collect();
    let more = if names.len() > LISTED { ", ..." } else { "" };
    format!("columns: {}{more}", shown.join(", "))
}

impl Meaning {
    /// Whether a column is of use.
    pub(super) fn uses(&self, column: &str) -> bool {
        let text = match &self.text {
            Text::Column(text) => text == column,
            Text::Published => true,
        };
        text || self.is_id(column)
    }

    /// Whether a column holds the id.
    pub(super) fn is_id(&self, column: &str) -> bool {
        self.id.as_deref() == Some(column)
    }

    /// The letter's text in a row, or why there is none.
    fn text(&self, row: &Row<'_>) -> Result<Vec<u8>, String> {
        match &self.text {
            Text::Column(column) => match row.get(column) {
                Some(value) => Ok(value.to_vec()),
                None => {
                    Err(format!("has no value {column:?}, which should hold the letter's text"))
                }
            },
            Text::Published => {
                let values: Vec<(String, String)> = row
                    .0
                    .iter()
                    .map(|(name, value)| (published::key(name), decoded(value)))
                    .collect();
                let value = |key: &str| {
                    values.iter().find(|(name, _)| name == key).map(|(_, value)| value.as_str())
                };
                let text = published::letter(value);
                text.map(String::into_bytes).ok_or_else(|| "has no value \"Findings\"".to_owned())
            }
        }
    }
}

/// A value as text: tables are written in the same encodings as letters.
fn decoded(value: &[u8]) -> String {
    let read = imr_letter::source::read_text("", value, &Limits::default());
    read.map(|letter| letter.text).unwrap_or_default()
}

/// The values of a row by column.
pub(super) struct Row<'r>(pub(super) Vec<(&'r str, &'r [u8])>);

impl<'r> Row<'r> {
    fn get(&self, column: &str) -> Option<&'r [u8]> {
        self.0.iter().find(|(name, _)| *name == column).map(|(_, value)| *value)
    }
}

/// A table being read: what it is called, and the ids that it had.
pub(super) struct Table<'t> {
    name: &'t str,
    ids: HashSet<u64>,
}

impl<'t> Table<'t> {
    pub(super) fn new(name: &'t str) -> Self {
        Self { name, ids: HashSet::new() }
    }

    /// Pushes the letter of a row.
    pub(super) fn push(
        &mut self,
        number: u64,
        row: &Row<'_>,
        meaning: &Meaning,
        sink: &mut Sink<'_>,
    ) -> Flow {
        match meaning.text(row) {
            Ok(text) => {
                let id = meaning.id.as_deref().and_then(|column| row.get(column));
                let name = self.name(number, id);
                sink(letter(name, Content::Text(text)))
            }
            Err(reason) => self.fail(number, reason, sink),
        }
    }

    /// Pushes that a row gave no letter.
    pub(super) fn fail(&self, number: u64, reason: String, sink: &mut Sink<'_>) -> Flow {
        sink(unreadable(format!("{}:{number}", self.name), reason))
    }

    fn name(&mut self, number: u64, id: Option<&[u8]>) -> String {
        let id = id.map(decoded).unwrap_or_default();
        let id = id.trim();
        let mut hasher = DefaultHasher::new();
        id.hash(&mut hasher);
        if id.is_empty() || !self.ids.insert(hasher.finish()) {
            return format!("{}:{number}", self.name);
        }
        format!("{}!{id}", self.name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(names: &[&str]) -> Vec<String> {
        names.iter().map(|name| (*name).to_owned()).collect()
    }

    #[test]
    fn columns_are_guessed_where_their_names_are_plain() {
        let meaning = Columns::default().meaning(&names(&["Case Number", "Text", "note"])).unwrap();
        assert_eq!(meaning.text, Text::Column("Text".into()));
        assert_eq!(meaning.id.as_deref(), Some("Case Number"));
        assert!(!meaning.uses("note"));
        let error = Columns::default().meaning(&names(&["a", "b"])).unwrap_err();
        assert!(error.contains("--text-column") && error.ends_with("columns: a, b"), "{error}");
    }

    #[test]
    fn a_named_column_must_be_there_and_wins() {
        let columns = Columns { text: Some("note".into()), id: None };
        let meaning = columns.meaning(&names(&["id", "text", "note"])).unwrap();
        assert_eq!(meaning.text, Text::Column("note".into()));
        let error = columns.meaning(&names(&["id", "notes"])).unwrap_err();
        assert!(error.contains("did you mean notes?"), "{error}");
    }

    #[test]
    fn the_department_s_table_needs_no_flag() {
        let columns = names(&["Reference ID", "Determination", "Findings"]);
        assert_eq!(Columns::default().meaning(&columns).unwrap().text, Text::Published);
    }

    #[test]
    fn rows_are_named_by_their_id_once() {
        let mut table = Table::new("a.csv");
        assert_eq!(table.name(2, Some(b"CM1")), "a.csv!CM1");
        assert_eq!(table.name(3, Some(b"CM1")), "a.csv:3");
        assert_eq!(table.name(4, Some(b" ")), "a.csv:4");
        assert_eq!(table.name(5, None), "a.csv:5");
    }
}
