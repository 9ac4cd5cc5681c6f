//! A value as JSON without white space, the bytes that `serde_json` writes.
//!
//! A record is eight times as long as its letter and nearly all of it is texts, of which `serde_json` looks at every byte by
//! itself. Here many bytes are passed at once when none of them needs an escape, and names of fields, which never do, are not
//! looked at. Numbers with a fraction and the like are left to `serde_json`; a value with a part that no record has, as a whole.

use serde::Serialize;
use serde::ser::{
    Error as _, Impossible, SerializeMap, SerializeSeq, SerializeStruct, SerializeTuple, Serializer,
};
use serde_json::{Error, Result};

/// A value as one line of JSON, without the line's end; empty where it cannot be told in JSON. It usually has `room`.
pub(crate) fn to_vec(value: &impl Serialize, room: usize) -> Vec<u8> {
    let mut out = Vec::with_capacity(room);
    match value.serialize(Writer(&mut out)) {
        Ok(()) => out,
        Err(_) => serde_json::to_vec(value).unwrap_or_default(),
    }
}

/// Writes one value.
struct Writer<'o>(&'o mut Vec<u8>);

/// Writes the items of a list or the entries of a map.
struct Items<'o> {
    out: &'o mut Vec<u8>,
    first: bool,
    /// What stands behind the last.
    close: u8,
}

impl Items<'_> {
    fn next(&mut self) -> &mut Vec<u8> {
        if !std::mem::take(&mut self.first) {
            self.out.push(b',');
        }
        self.out
    }

    fn close(self) -> Result<()> {
        self.out.push(self.close);
        Ok(())
    }
}

/// Writes a text in quotes.
fn text(out: &mut Vec<u8>, text: &str) {
    out.reserve(text.len() + 2);
    out.push(b'"');
    let mut rest = text.as_bytes();
    while !rest.is_empty() {
        let (plain, escaped) = rest.split_at(plain(rest));
        out.extend_from_slice(plain);
        rest = escaped;
        if let Some((byte, behind)) = escaped.split_first() {
            escape(out, *byte);
            rest = behind;
        }
    }
    out.push(b'"');
}

/// How many bytes at the start of a text need no escape.
fn plain(text: &[u8]) -> usize {
    // No branch inside of a chunk: the processor looks at many bytes at once.
    let is_clear =
        |chunk: &&[u8; 32]| !chunk.iter().fold(false, |found, byte| found | needs_escape(*byte));
    let plain = text.as_chunks::<32>().0.iter().take_while(is_clear).count() * 32;
    let rest = text.get(plain..).unwrap_or_default();
    let is_clear = |chunk: &&[u8; 8]| is_plain(u64::from_le_bytes(**chunk));
    let plain = plain + rest.as_chunks::<8>().0.iter().take_while(is_clear).count() * 8;
    let rest = text.get(plain..).unwrap_or_default();
    plain + rest.iter().take_while(|byte| !needs_escape(**byte)).count()
}

fn needs_escape(byte: u8) -> bool {
    byte < b' ' || byte == b'"' || byte == b'\\'
}

/// Whether none of eight bytes needs an escape. A byte that borrows from its neighbour only makes the answer no.
fn is_plain(word: u64) -> bool {
    const ONES: u64 = 0x0101_0101_0101_0101;
    const HIGH: u64 = 0x8080_8080_8080_8080;
    let below = |word: u64, bound: u8| word.wrapping_sub(ONES * u64::from(bound)) & !word;
    let control = below(word, b' ');
    let quote = below(word ^ (ONES * u64::from(b'"')), 1);
    let backslash = below(word ^ (ONES * u64::from(b'\\')), 1);
    (control | quote | backslash) & HIGH == 0
}

fn escape(out: &mut Vec<u8>, byte: u8) {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let short = match byte {
        b'"' => b'"',
        b'\\' => b'\\',
        b'\n' => b'n',
        b'\r' => b'r',
        b'\t' => b't',
        0x08 => b'b',
        0x0c => b'f',
        _ => {
            let digit = |at: u8| DIGITS.get(usize::from(at)).copied().unwrap_or_default();
            out.extend_from_slice(&[b'\\', b'u', b'0', b'0', digit(byte >> 4), digit(byte & 15)]);
            return;
        }
    };
    out.extend_from_slice(&[b'\\', short]);
}

/// Writes a whole number.
fn number(out: &mut Vec<u8>, mut number: u64) {
    let mut digits = [0; 20];
    let mut start = digits.len();
    for digit in digits.iter_mut().rev() {
        // The remainder has one digit.
        *digit = b'0' + u8::try_from(number % 10).unwrap_or_default();
        number /= 10;
        start -= 1;
        if number == 0 {
            break;
        }
    }
    out.extend_from_slice(digits.get(start..).unwrap_or_default());
}

impl<'o> Writer<'o> {
    fn items(self, open: u8, close: u8) -> Items<'o> {
        self.0.push(open);
        Items { out: self.0, first: true, close }
    }

    fn rare(self, value: &(impl Serialize + ?Sized)) -> Result<()> {
        serde_json::to_writer(self.0, value)
    }
}

fn no_part_of_a_record<T>() -> Result<T> {
    Err(Error::custom("no part of a record"))
}

impl<'o> Serializer for Writer<'o> {
    type Ok = ();
    type Error = Error;
    type SerializeSeq = Items<'o>;
    type SerializeTuple = Items<'o>;
    type SerializeTupleStruct = Impossible<(), Error>;
    type SerializeTupleVariant = Impossible<(), Error>;
    type SerializeMap = Items<'o>;
    type SerializeStruct = Items<'o>;
    type SerializeStructVariant = Impossible<(), Error>;

    fn serialize_str(self, value: &str) -> Result<()> {
        text(self.0, value);
        Ok(())
    }

    fn serialize_bool(self, value: bool) -> Result<()> {
        self.0.extend_from_slice(if value { b"true" } else { b"false" });
        Ok(())
    }

    fn serialize_unit(self) -> Result<()> {
        self.0.extend_from_slice(b"null");
        Ok(())
    }

    fn serialize_u64(self, value: u64) -> Result<()> {
        number(self.0, value);
        Ok(())
    }

    fn serialize_u32(self, value: u32) -> Result<()> {
        self.serialize_u64(u64::from(value))
    }

    fn serialize_u16(self, value: u16) -> Result<()> {
        self.serialize_u64(u64::from(value))
    }

    fn serialize_u8(self, value: u8) -> Result<()> {
        self.serialize_u64(u64::from(value))
    }

    fn serialize_none(self) -> Result<()> {
        self.serialize_unit()
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<()> {
        value.serialize(self)
    }

    fn serialize_newtype_struct<T>(self, _: &'static str, value: &T) -> Result<()>
    where
        T: Serialize + ?Sized,
    {
        value.serialize(self)
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Items<'o>> {
        Ok(self.items(b'[', b']'))
    }

    fn serialize_tuple(self, length: usize) -> Result<Items<'o>> {
        self.serialize_seq(Some(length))
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Items<'o>> {
        Ok(self.items(b'{', b'}'))
    }

    fn serialize_struct(self, _: &'static str, length: usize) -> Result<Items<'o>> {
        self.serialize_map(Some(length))
    }

    fn serialize_i8(self, value: i8) -> Result<()> {
        self.rare(&value)
    }

    fn serialize_i16(self, value: i16) -> Result<()> {
        self.rare(&value)
    }

    fn serialize_i32(self, value: i32) -> Result<()> {
        self.rare(&value)
    }

    fn serialize_i64(self, value: i64) -> Result<()> {
        self.rare(&value)
    }

    fn serialize_f32(self, value: f32) -> Result<()> {
        self.rare(&value)
    }

    fn serialize_f64(self, value: f64) -> Result<()> {
        self.rare(&value)
    }

    fn serialize_char(self, value: char) -> Result<()> {
        self.rare(&value)
    }

    fn serialize_bytes(self, value: &[u8]) -> Result<()> {
        self.rare(value)
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<()> {
        self.serialize_unit()
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, name: &'static str) -> Result<()> {
        self.serialize_str(name)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: &T,
    ) -> Result<()> {
        no_part_of_a_record()
    }

    fn serialize_tuple_struct(
        self,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeTupleStruct> {
        no_part_of_a_record()
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeTupleVariant> {
        no_part_of_a_record()
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeStructVariant> {
        no_part_of_a_record()
    }
}

impl SerializeSeq for Items<'_> {
    type Ok = ();
    type Error = Error;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<()> {
        value.serialize(Writer(self.next()))
    }

    fn end(self) -> Result<()> {
        self.close()
    }
}

impl SerializeTuple for Items<'_> {
    type Ok = ();
    type Error = Error;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<()> {
        SerializeSeq::serialize_element(self, value)
    }

    fn end(self) -> Result<()> {
        self.close()
    }
}

impl SerializeMap for Items<'_> {
    type Ok = ();
    type Error = Error;

    /// Keys of records are texts; a number would stand without quotes, so it is refused.
    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<()> {
        let out = self.next();
        let start = out.len();
        key.serialize(Writer(out))?;
        if out.get(start) == Some(&b'"') { Ok(()) } else { no_part_of_a_record() }
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<()> {
        self.out.push(b':');
        value.serialize(Writer(self.out))
    }

    fn end(self) -> Result<()> {
        self.close()
    }
}

impl SerializeStruct for Items<'_> {
    type Ok = ();
    type Error = Error;

    fn serialize_field<T>(&mut self, name: &'static str, value: &T) -> Result<()>
    where
        T: Serialize + ?Sized,
    {
        let out = self.next();
        out.push(b'"');
        out.extend_from_slice(name.as_bytes());
        out.extend_from_slice(b"\":");
        value.serialize(Writer(out))
    }

    fn end(self) -> Result<()> {
        self.close()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn same(value: &impl Serialize) {
        let expected = serde_json::to_string(value).unwrap();
        assert_eq!(String::from_utf8(to_vec(value, 0)).unwrap(), expected);
    }

    #[test]
    fn every_value_is_written_as_serde_json_writes_it() {
        same(
            &json!({"a": [1, -2, 1.5, null, true, "x"], "b\"": {}, "c": [], "d": u64::MAX, "e": 0}),
        );
        same(&std::collections::BTreeMap::from([(1, 2)]));
        same(&[Err::<u8, &str>("no"), Ok(3)]);
        same(&(1_u16, 'c', "d", b"e", 2_i8));
    }

    #[test]
    fn every_byte_is_escaped_as_serde_json_escapes_it_wherever_it_stands() {
        for char in (0..0x180).filter_map(char::from_u32) {
            for before in 0..17 {
                same(&format!("{}{char}{}", "x".repeat(before), "\u{7f}y\u{e9}\u{2019}"));
                same(&format!("{}{char}{char}", " ".repeat(before)));
            }
        }
    }
}
