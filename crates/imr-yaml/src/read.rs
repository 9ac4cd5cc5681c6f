//! Text to nodes: the only code that knows the YAML library.
//!
//! The library's `Spanned` gives the place of each event; a map or list ends where its last part ends, which is worked
//! out here. Anchors, aliases, depth and size are stopped by the library's budgets before they cost anything;
//! tags leave no trace in the values, so they are found in the text between the values.

mod refusal;

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_saphyr::budget::BudgetBreach;
use serde_saphyr::options::{DuplicateKeyPolicy, MergeKeyPolicy};
use serde_saphyr::{Error, Location, Options};

use self::refusal::{anchor, no_yaml, over_budget};
use super::diagnostic::{Diagnostic, Diagnostics};
use super::node::{Entry, Node, Place, Spanned, Text, Value};

/// The longest file that is read. The largest vocabulary is a tenth of it.
pub const MAX_FILE_BYTES: usize = 1 << 20;

/// How deep lists and maps may nest.
pub const MAX_DEPTH: usize = 40;

const BYTE_ORDER_MARK: &str = "\u{feff}";

/// Reads one YAML document.
///
/// # Errors
/// Text that is not YAML gives one mistake, because nothing after it can be trusted. Forbidden constructs (tags,
/// merge keys, duplicate keys, keys that are not text) are all reported.
pub fn read(file: &str, text: &str) -> Result<Node, Vec<Diagnostic>> {
    let file: Arc<str> = Arc::from(file);
    if text.len() > MAX_FILE_BYTES {
        let message = format!("the file is larger than the limit of {MAX_FILE_BYTES} bytes");
        let place = Place::new(&file, 0, 0);
        return Err(vec![
            Diagnostic::new("yaml-too-large", &place, message).help("split it into several files"),
        ]);
    }
    let body = text.strip_prefix(BYTE_ORDER_MARK).unwrap_or(text);
    let mut builder = Builder::new(file, body, text.len() - body.len());
    let raw: RawNode = match serde_saphyr::from_str_with_options(body, options()) {
        Ok(raw) => raw,
        Err(error) => return Err(vec![builder.syntax_error(&error)]),
    };
    let node = builder.node(raw);
    builder.refuse_tags(body.len());
    if builder.diagnostics.is_empty() { Ok(node) } else { Err(builder.diagnostics.into_sorted()) }
}

fn options() -> Options {
    let mut options = Options::default();
    options.strict_booleans = true;
    options.leading_zero_numbers_as_strings = true;
    options.underscored_numbers_as_strings = true;
    options.with_snippet = false;
    // Both are reported by the builder, with both places and without stopping.
    options.duplicate_keys = DuplicateKeyPolicy::PassThrough;
    options.merge_keys = MergeKeyPolicy::AsOrdinary;
    options.budget = serde_saphyr::budget! {
        max_aliases: 0,
        max_anchors: 0,
        max_depth: MAX_DEPTH,
        max_documents: 1,
        flow_nesting_limit: MAX_DEPTH,
    };
    options
}

type RawNode = serde_saphyr::Spanned<RawValue>;

/// A value as the library hands it over.
enum RawValue {
    Null,
    Bool(bool),
    Int(i64),
    Float(f64),
    Text(String),
    List(Vec<RawNode>),
    Map(Vec<(RawNode, RawNode)>),
}

impl<'de> Deserialize<'de> for RawValue {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(RawVisitor)
    }
}

struct RawVisitor;

impl<'de> Visitor<'de> for RawVisitor {
    type Value = RawValue;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("a text, a number within 64 bits, a truth value, a list or a map")
    }

    fn visit_unit<E>(self) -> Result<RawValue, E> {
        Ok(RawValue::Null)
    }

    fn visit_none<E>(self) -> Result<RawValue, E> {
        Ok(RawValue::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<RawValue, E> {
        Ok(RawValue::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<RawValue, E> {
        Ok(RawValue::Int(value))
    }

    fn visit_u64<E: serde::de::Error>(self, value: u64) -> Result<RawValue, E> {
        i64::try_from(value)
            .map(RawValue::Int)
            .map_err(|_| E::invalid_value(serde::de::Unexpected::Unsigned(value), &self))
    }

    fn visit_f64<E>(self, value: f64) -> Result<RawValue, E> {
        Ok(RawValue::Float(value))
    }

    fn visit_str<E>(self, value: &str) -> Result<RawValue, E> {
        Ok(RawValue::Text(value.to_owned()))
    }

    fn visit_string<E>(self, value: String) -> Result<RawValue, E> {
        Ok(RawValue::Text(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<RawValue, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element()? {
            list.push(item);
        }
        Ok(RawValue::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<RawValue, A::Error> {
        let mut map = Vec::new();
        while let Some(entry) = entries.next_entry()? {
            map.push(entry);
        }
        Ok(RawValue::Map(map))
    }
}

/// Turns raw values into nodes in the order of the text.
struct Builder<'t> {
    file: Arc<str>,
    text: &'t str,
    /// Bytes before `text` in the file.
    offset: usize,
    /// The end of the last scalar or bracket that was seen.
    cursor: usize,
    /// The stretches of text between the values, in which a tag would stand.
    gaps: Vec<(usize, usize)>,
    diagnostics: Diagnostics,
}

impl<'t> Builder<'t> {
    fn new(file: Arc<str>, text: &'t str, offset: usize) -> Self {
        Self {
            file,
            text,
            offset,
            cursor: 0,
            gaps: Vec::new(),
            diagnostics: Diagnostics::default(),
        }
    }

    fn place(&self, start: usize, end: usize) -> Place {
        Place::new(&self.file, start + self.offset, end.max(start) + self.offset)
    }

    fn node(&mut self, raw: RawNode) -> Node {
        let (start, end) = self.range(raw.referenced);
        let value = match raw.value {
            RawValue::Null => self.scalar(start, end, Value::Null),
            RawValue::Bool(value) => self.scalar(start, end, Value::Bool(value)),
            RawValue::Int(value) => self.scalar(start, end, Value::Int(value)),
            RawValue::Float(value) => self.scalar(start, end, Value::Float(value)),
            RawValue::Text(value) => self.scalar(start, end, Value::Text(value.into())),
            RawValue::List(items) => {
                // A list without brackets begins where its first item does, which may be in brackets.
                let first = items.first().map(|item| self.range(item.referenced).0);
                self.open(start);
                let items = items.into_iter().map(|item| self.node(item)).collect();
                if first != Some(start) {
                    self.close(start, b'[');
                }
                Value::List(items)
            }
            RawValue::Map(entries) => {
                self.open(start);
                let entries = self.entries(entries);
                self.close(start, b'{');
                Value::Map(entries)
            }
        };
        Node { value, place: self.place(start, self.cursor) }
    }

    fn scalar(&mut self, start: usize, end: usize, value: Value) -> Value {
        self.gaps.push((self.cursor, start));
        // A block scalar's span takes in the line breaks after it.
        let written = self.text.get(start..end).map_or(0, |words| words.trim_end().len());
        self.cursor = (start + written).max(self.cursor);
        value
    }

    fn open(&mut self, start: usize) {
        self.gaps.push((self.cursor, start));
        self.cursor = self.cursor.max(start);
    }

    /// Moves past the closing bracket of a list or map in flow style.
    fn close(&mut self, start: usize, bracket: u8) {
        let bytes = self.text.as_bytes();
        if bytes.get(start) != Some(&bracket) {
            return;
        }
        self.cursor = self.cursor.max(start + 1);
        let closing = if bracket == b'[' { b']' } else { b'}' };
        let rest = bytes.get(self.cursor..).unwrap_or_default();
        let mut comment = false;
        for (index, byte) in rest.iter().enumerate() {
            match byte {
                b'\n' => comment = false,
                b'#' => comment = true,
                byte if !comment && *byte == closing => {
                    self.gaps.push((self.cursor, self.cursor + index));
                    self.cursor += index + 1;
                    return;
                }
                _ => {}
            }
        }
    }

    fn entries(&mut self, raw: Vec<(RawNode, RawNode)>) -> Vec<Entry> {
        let mut entries = Vec::with_capacity(raw.len());
        let mut first_places: BTreeMap<Text, Place> = BTreeMap::new();
        for (key, value) in raw {
            let key = self.node(key);
            let value = self.node(value);
            let Some(key) = self.key(key) else { continue };
            if let Some(first) = first_places.get(&key.value) {
                let message = format!("the key `{}` stands twice in one map", key.value);
                let diagnostic = Diagnostic::new("yaml-duplicate-key", &key.place, message)
                    .help("keep one of the two; the second would hide the first")
                    .related(first, "first here");
                self.diagnostics.report(diagnostic);
                continue;
            }
            first_places.insert(key.value.clone(), key.place.clone());
            entries.push(Entry { key, value });
        }
        entries
    }

    fn key(&mut self, node: Node) -> Option<Spanned<Text>> {
        match node.value {
            Value::Text(text) if text == "<<" => {
                let diagnostic =
                    Diagnostic::new("yaml-merge-key", &node.place, "merge keys are not used here")
                        .help("write the merged keys out");
                self.diagnostics.report(diagnostic);
                None
            }
            Value::Text(text) => Some(Spanned::new(text, node.place)),
            _ => {
                let message = format!("a key must be text, but this is {}", node.describe());
                self.diagnostics.report(
                    Diagnostic::new("yaml-key-not-text", &node.place, message)
                        .help("write it in quotes"),
                );
                None
            }
        }
    }

    /// Reports every tag: outside of comments, `!` stands between values only to start one.
    fn refuse_tags(&mut self, end: usize) {
        let mut gaps = std::mem::take(&mut self.gaps);
        gaps.push((self.cursor, end));
        for (start, end) in gaps {
            let gap = self.text.get(start..end).unwrap_or_default();
            if let Some((offset, length)) = tag_in(gap) {
                let place = self.place(start + offset, start + offset + length);
                let diagnostic =
                    Diagnostic::new("yaml-tag", &place, "tags and directives are not used here")
                        .help("remove it; quote the value to make it text");
                self.diagnostics.report(diagnostic);
            }
        }
    }

    fn range(&self, location: Location) -> (usize, usize) {
        let span = location.span();
        let (Some(start), Some(length)) = (span.byte_offset(), span.byte_len()) else {
            return (self.cursor, self.cursor);
        };
        let start = usize::try_from(start).unwrap_or(self.cursor).min(self.text.len());
        let length = usize::try_from(length).unwrap_or(0);
        (start, start.saturating_add(length).min(self.text.len()))
    }

    /// The range of an error; the scanner's own errors come with line and column alone.
    fn error_range(&self, location: Location) -> (usize, usize) {
        if location.span().byte_offset().is_some() {
            return self.range(location);
        }
        let line = usize::try_from(location.line().saturating_sub(1)).unwrap_or(usize::MAX);
        let column = usize::try_from(location.column().saturating_sub(1)).unwrap_or(usize::MAX);
        let start: usize = self.text.split_inclusive('\n').take(line).map(str::len).sum();
        let rest = self.text.get(start..).unwrap_or_default();
        let into = rest.char_indices().take_while(|(_, char)| *char != '\n').nth(column);
        let at =
            into.map_or(start + rest.find('\n').unwrap_or(rest.len()), |(index, _)| start + index);
        (at, at)
    }

    /// The sign of an anchor or alias, which the library places at the value.
    fn sign(&self, at: usize) -> Place {
        let before = self.text.get(..at).unwrap_or_default();
        let line = before.rfind('\n').map_or(0, |end| end + 1);
        let sign =
            before.get(line..).and_then(|words| words.rfind(['&', '*'])).map(|sign| line + sign);
        self.place(sign.unwrap_or(at), at)
    }

    fn syntax_error(&self, error: &Error) -> Diagnostic {
        let (start, end) = error.location().map_or((0, 0), |location| self.error_range(location));
        let place = self.place(start, end);
        match error {
            Error::UnknownAnchor { .. }
            | Error::Budget {
                breach: BudgetBreach::Aliases { .. } | BudgetBreach::Anchors { .. },
                ..
            } => anchor(&self.sign(start)),
            Error::Budget { breach, .. } => over_budget(breach, &place),
            Error::MultipleDocuments { .. } => {
                Diagnostic::new("yaml-documents", &place, "a second document starts here")
                    .help("one file holds one document: remove the line `---`")
            }
            error => no_yaml(error, &place),
        }
    }
}

/// Where a tag or directive stands in the text between two values.
fn tag_in(gap: &str) -> Option<(usize, usize)> {
    let mut comment = false;
    for (index, byte) in gap.bytes().enumerate() {
        match byte {
            b'\n' => comment = false,
            b'#' => comment = true,
            b'!' | b'%' if !comment => {
                let rest = gap.get(index..).unwrap_or_default();
                return Some((index, rest.find(char::is_whitespace).unwrap_or(rest.len())));
            }
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests;
