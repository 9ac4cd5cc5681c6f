//! Archives and tables of letters, made for tests.

use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::sync::Arc;

use parquet::basic::Compression;
use parquet::data_type::{ByteArray, ByteArrayType};
use parquet::file::properties::WriterProperties;
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::parser::parse_message_type;
use serde_json::json;

use crate::workspace::{shown, top};

/// A letter's name and bytes.
pub(crate) type Letter = (String, Vec<u8>);

/// The text letters of the corpus' own folder.
pub(crate) fn letters() -> Vec<Letter> {
    let text = shown()
        .into_iter()
        .filter(|path| Path::new(path).extension().is_some_and(|ending| ending == "txt"));
    text.map(|path| {
        let bytes = fs::read(top().join(&path)).expect("a letter can be read");
        (path.rsplit('/').next().expect("a name").to_owned(), bytes)
    })
    .collect()
}

pub(crate) fn zip(letters: &[Letter]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in letters {
        let options = zip::write::SimpleFileOptions::default();
        archive.start_file(name.as_str(), options).expect("a member");
        archive.write_all(bytes).expect("it is written");
    }
    archive.finish().expect("it is finished").into_inner()
}

pub(crate) fn tar(letters: &[Letter]) -> Vec<u8> {
    let mut archive = tar::Builder::new(Vec::new());
    for (name, bytes) in letters {
        let header = tar_header(name, tar::EntryType::Regular, bytes.len());
        archive.append(&header, bytes.as_slice()).expect("a member");
    }
    archive.into_inner().expect("it is finished")
}

/// A header with any name, honest or not.
pub(crate) fn tar_header(name: &str, kind: tar::EntryType, size: usize) -> tar::Header {
    let mut header = tar::Header::new_ustar();
    header.set_size(size as u64);
    header.set_entry_type(kind);
    header.set_mode(0o644);
    header.as_mut_bytes()[..name.len()].copy_from_slice(name.as_bytes());
    header.set_cksum();
    header
}

pub(crate) fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packed.write_all(bytes).expect("it is packed");
    packed.finish().expect("it is finished")
}

pub(crate) fn zstd(bytes: &[u8]) -> Vec<u8> {
    zstd::encode_all(bytes, 1).expect("it is packed")
}

fn text(letter: &Letter) -> String {
    String::from_utf8(letter.1.clone()).expect("letters of the corpus are UTF-8")
}

pub(crate) fn json_lines(letters: &[Letter]) -> Vec<u8> {
    let line = |letter| format!("{}\n", json!({"id": letter_name(letter), "text": text(letter)}));
    letters.iter().map(line).collect::<String>().into_bytes()
}

fn letter_name(letter: &Letter) -> &str {
    &letter.0
}

/// Values parted by a mark, with the columns `Case Number` and `Letter Text`.
pub(crate) fn values(letters: &[Letter], mark: char) -> Vec<u8> {
    let quoted = |text: &str| format!("\"{}\"", text.replace('"', "\"\""));
    let mut table = format!("Case Number{mark}Letter Text{mark}Note\r\n");
    for letter in letters {
        let (name, text) = (quoted(&letter.0), quoted(&text(letter)));
        let _ = write!(table, "{name}{mark}{text}{mark}\r\n");
    }
    table.into_bytes()
}

pub(crate) fn parquet(letters: &[Letter], compression: Compression) -> Vec<u8> {
    let schema = "message letters { required binary id (UTF8); required binary text (UTF8); }";
    let schema = Arc::new(parse_message_type(schema).expect("a schema"));
    let properties = WriterProperties::builder().set_compression(compression).build();
    let mut bytes = Vec::new();
    let mut file =
        SerializedFileWriter::new(&mut bytes, schema, Arc::new(properties)).expect("a file");
    // Two row groups, as large tables have many.
    for part in letters.chunks(letters.len().div_ceil(2)) {
        let mut group = file.next_row_group().expect("a group");
        let columns: [Vec<ByteArray>; 2] = [
            part.iter().map(|(name, _)| name.as_str().into()).collect(),
            part.iter().map(|(_, bytes)| ByteArray::from(bytes.clone())).collect(),
        ];
        for values in &columns {
            let mut column = group.next_column().expect("a column").expect("another one");
            column.typed::<ByteArrayType>().write_batch(values, None, None).expect("values");
            column.close().expect("it is closed");
        }
        group.close().expect("it is closed");
    }
    file.close().expect("it is closed");
    bytes
}
