//! A tree in a few bytes beside its text.
//!
//! The built-in rulebook never changes after the program was built, so it is read then and packed; at start it is
//! unpacked, which costs a small part of reading. Text that stands in the file as it is written is not repeated: its
//! place is enough. The format is no interchange format: it is written and read by one build, and whatever does not unpack is
//! read from its text instead.

use std::sync::Arc;

use super::node::{Entry, Node, Place, Spanned, Text, Value};
use super::read::MAX_DEPTH;

const NULL: u8 = 0;
const FALSE: u8 = 1;
const TRUE: u8 = 2;
const INT: u8 = 3;
const FLOAT: u8 = 4;
const LIST: u8 = 5;
const MAP: u8 = 6;
/// Text that is the bytes at its place.
const PLAIN: u8 = 7;
/// Text that is the bytes at its place without the first and the last, which are quotes.
const QUOTED: u8 = 8;
/// Text that is written otherwise.
const WRITTEN: u8 = 9;

/// The tree of a file with this text, packed.
pub fn pack(node: &Node, text: &str) -> Vec<u8> {
    let mut out = Vec::new();
    put_length(text.len(), &mut out);
    put_node(node, text, &mut out);
    out
}

/// The tree of a file with this name and text, which was packed by [`pack`]. `None` when the bytes are not of that text. Texts
/// are those of the file and not copied, so both must live as long as the program.
pub fn unpack(file: &str, text: &'static str, packed: &'static [u8]) -> Option<Node> {
    let mut packed = Packed { bytes: packed, text, file: Arc::from(file) };
    // Places of another text would name other words.
    if packed.length()? != text.len() {
        return None;
    }
    let node = packed.node(0)?;
    packed.bytes.is_empty().then_some(node)
}

fn put_number(mut number: u64, out: &mut Vec<u8>) {
    while number >= 0x80 {
        out.push(number.to_le_bytes()[0] | 0x80);
        number >>= 7;
    }
    out.push(number.to_le_bytes()[0]);
}

fn put_length(length: usize, out: &mut Vec<u8>) {
    put_number(u64::try_from(length).unwrap_or(u64::MAX), out);
}

fn put_place(kind: u8, place: &Place, out: &mut Vec<u8>) {
    out.push(kind);
    put_length(place.start, out);
    put_length(place.end - place.start, out);
}

fn put_text(value: &str, place: &Place, text: &str, out: &mut Vec<u8>) {
    let written = text.get(place.start..place.end).unwrap_or_default();
    let inside = |quote: char| written.strip_prefix(quote).and_then(|it| it.strip_suffix(quote));
    if written == value {
        put_place(PLAIN, place, out);
    } else if inside('"').or_else(|| inside('\'')) == Some(value) {
        put_place(QUOTED, place, out);
    } else {
        put_place(WRITTEN, place, out);
        put_length(value.len(), out);
        out.extend(value.bytes());
    }
}

fn put_node(node: &Node, text: &str, out: &mut Vec<u8>) {
    let place = &node.place;
    match &node.value {
        Value::Null => put_place(NULL, place, out),
        Value::Bool(value) => put_place(if *value { TRUE } else { FALSE }, place, out),
        Value::Int(value) => {
            put_place(INT, place, out);
            out.extend(value.to_le_bytes());
        }
        Value::Float(value) => {
            put_place(FLOAT, place, out);
            out.extend(value.to_le_bytes());
        }
        Value::Text(value) => put_text(value, place, text, out),
        Value::List(items) => {
            put_place(LIST, place, out);
            put_length(items.len(), out);
            for item in items {
                put_node(item, text, out);
            }
        }
        Value::Map(entries) => {
            put_place(MAP, place, out);
            put_length(entries.len(), out);
            for entry in entries {
                put_text(&entry.key.value, &entry.key.place, text, out);
                put_node(&entry.value, text, out);
            }
        }
    }
}

/// What is still packed.
struct Packed {
    bytes: &'static [u8],
    text: &'static str,
    file: Arc<str>,
}

impl Packed {
    fn byte(&mut self) -> Option<u8> {
        let (first, rest) = self.bytes.split_first()?;
        self.bytes = rest;
        Some(*first)
    }

    fn take(&mut self, count: usize) -> Option<&'static [u8]> {
        let (taken, rest) = self.bytes.split_at_checked(count)?;
        self.bytes = rest;
        Some(taken)
    }

    fn eight(&mut self) -> Option<[u8; 8]> {
        self.take(8)?.try_into().ok()
    }

    fn number(&mut self) -> Option<u64> {
        let mut number = 0;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            number |= u64::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Some(number);
            }
        }
        None
    }

    fn length(&mut self) -> Option<usize> {
        usize::try_from(self.number()?).ok()
    }

    /// How many parts follow: each takes a byte at least, so no length can ask for more memory than there are bytes.
    fn count(&mut self) -> Option<usize> {
        self.length().filter(|count| *count <= self.bytes.len())
    }

    fn place(&mut self) -> Option<Place> {
        let start = self.length()?;
        let end = start.checked_add(self.length()?)?;
        Some(Place::new(&self.file, start, end))
    }

    fn text(&mut self, kind: u8, place: &Place) -> Option<Text> {
        let text = match kind {
            PLAIN => self.text.get(place.start..place.end)?,
            QUOTED => self.text.get(place.start + 1..place.end.checked_sub(1)?)?,
            WRITTEN => {
                let length = self.length()?;
                std::str::from_utf8(self.take(length)?).ok()?
            }
            _ => return None,
        };
        Some(text.into())
    }

    fn node(&mut self, depth: usize) -> Option<Node> {
        if depth > MAX_DEPTH {
            return None;
        }
        let kind = self.byte()?;
        let place = self.place()?;
        let value = match kind {
            NULL => Value::Null,
            FALSE => Value::Bool(false),
            TRUE => Value::Bool(true),
            INT => Value::Int(i64::from_le_bytes(self.eight()?)),
            FLOAT => Value::Float(f64::from_le_bytes(self.eight()?)),
            LIST => {
                let count = self.count()?;
                let mut items = Vec::with_capacity(count);
                for _ in 0..count {
                    items.push(self.node(depth + 1)?);
                }
                Value::List(items)
            }
            MAP => {
                let count = self.count()?;
                let mut entries = Vec::with_capacity(count);
                for _ in 0..count {
                    let kind = self.byte()?;
                    let place = self.place()?;
                    let key = Spanned::new(self.text(kind, &place)?, place);
                    entries.push(Entry { key, value: self.node(depth + 1)? });
                }
                Value::Map(entries)
            }
            kind => Value::Text(self.text(kind, &place)?),
        };
        Some(Node { value, place })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read;

    const TEXT: &str = "id: opioids\n\"quoted\": 'single'\nescaped: \"a\\tb\"\npages: [78, -3, 1.5, true, false, null]\n\
        why: >-\n  two\n  lines\nempty: {}\nnone:\n";

    /// Bytes that live as long as the program, as those of a built-in file do.
    fn kept(bytes: &[u8]) -> &'static [u8] {
        Box::leak(bytes.to_vec().into_boxed_slice())
    }

    #[test]
    fn what_was_packed_is_unpacked_with_its_places() {
        let node = read("a.yaml", TEXT).unwrap();
        assert_eq!(unpack("a.yaml", TEXT, kept(&pack(&node, TEXT))), Some(node));
    }

    #[test]
    fn other_bytes_unpack_to_nothing_and_never_panic() {
        let packed = pack(&read("a.yaml", TEXT).unwrap(), TEXT);
        for length in 0..packed.len() {
            assert_eq!(unpack("a.yaml", TEXT, kept(&packed[..length])), None, "{length}");
        }
        for at in 0..packed.len() {
            for byte in [0, 1, 0x7f, 0x80, 0xff] {
                let mut other = packed.clone();
                other[at] = byte;
                let _ = unpack("a.yaml", TEXT, kept(&other));
            }
        }
        assert_eq!(unpack("a.yaml", "id: x", kept(&packed)), None);
    }
}
