//! From one argument of the command line to its letters, pushed one after the other.
//!
//! A letter is a file, a member of an archive or a row of a table. Archives and tables are streamed: what is in hand is
//! one member or row, and nothing is ever unpacked to disk. Letters are *pushed* into a [`Sink`] instead of pulled from
//! an iterator, because a member borrows its archive, which borrows its decoder, which borrows its file; loops nest
//! where iterators would have to own each other. The price: whoever takes the letters works between two of them.
//!
//! What cannot be read is pushed too, in its place, with the name that a person finds it by: `file`, `archive!member`
//! or `table:line`.

mod archive;
mod csv;
mod jsonl;
mod kind;
mod packed;
mod parquet;
mod table;
mod zip;

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

use imr_letter::source::Limits;

use crate::content::patiently;
use crate::input::{Found, Input, Unreadable};
use kind::{Kind, Layer};
pub(crate) use kind::{is_archive, is_letter};
pub(crate) use table::Columns;

/// How a table is written, when its name does not say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TableKind {
    /// One JSON object a line.
    JsonLines,
    /// Values parted by commas, semicolons or tabs, as its first line shows.
    Csv,
    /// Values parted by tabs.
    Tsv,
}

/// One letter as it came.
#[derive(Debug)]
pub(crate) struct Raw {
    /// The name shown in output.
    pub(crate) name: String,
    /// Where its bytes are.
    pub(crate) content: Content,
}

/// The bytes of a letter.
#[derive(Debug)]
pub(crate) enum Content {
    /// In this file, to be read on the thread that works on the letter.
    File(PathBuf),
    /// Text, PDF or DOCX, as its first bytes show.
    Bytes(Vec<u8>),
    /// Text, whatever it looks like: a value of a table.
    Text(Vec<u8>),
}

impl Raw {
    /// Bytes in memory.
    pub(crate) fn weight(&self) -> usize {
        match &self.content {
            Content::File(_) => 0,
            Content::Bytes(bytes) | Content::Text(bytes) => bytes.len(),
        }
    }
}

/// What a source gives.
#[derive(Debug)]
pub(crate) enum Fed {
    /// A letter.
    Letter(Raw),
    /// Something that gave none.
    Failed(Unreadable),
    /// Something to know that is no failure.
    Note(String),
}

/// Whether to go on.
pub(crate) type Flow = ControlFlow<()>;

/// Who takes the letters.
pub(crate) type Sink<'s> = dyn FnMut(Fed) -> Flow + 's;

/// Reads sources as these settings say.
#[derive(Debug)]
pub(crate) struct Reader<'a> {
    /// Which columns of tables hold text and id.
    pub(crate) columns: &'a Columns,
    /// What named files and standard input are, when their names are not to be asked.
    pub(crate) forced: Option<TableKind>,
    /// Bytes of containers read so far.
    pub(crate) consumed: &'a AtomicU64,
}

impl Reader<'_> {
    /// Pushes every letter of an input.
    pub(crate) fn feed(&self, found: &Found, sink: &mut Sink<'_>) -> Flow {
        let input = &found.input;
        match input {
            Input::File(path) => {
                let forced = self.forced.filter(|_| found.named);
                if forced.is_none() && is_letter(path) {
                    return sink(letter(input.name(), Content::File(path.clone())));
                }
                Self { forced, ..*self }.feed_file(path, &input.name(), sink)
            }
            Input::Stdin => {
                let mut stdin = BufReader::new(io::stdin().lock());
                self.feed_stream(Place { name: "-", shape: "" }, &mut stdin, sink)
            }
        }
    }

    fn feed_file(&self, path: &Path, name: &str, sink: &mut Sink<'_>) -> Flow {
        let file = match open(path) {
            Ok(file) => file,
            Err(error) => {
                return sink(Fed::Failed(Unreadable::of(printable(name.to_owned()), &error)));
            }
        };
        let mut stream = BufReader::with_capacity(BUFFER, Counted { file, count: self.consumed });
        let head = match peek(&mut stream) {
            Ok(head) => head,
            Err(error) => return sink(unreadable(name, cannot_be_read(&error))),
        };
        let kind = self.forced.map_or_else(|| Kind::of(name, head), Kind::Table);
        match kind {
            Kind::Letter => sink(letter(name.to_owned(), Content::File(path.to_owned()))),
            Kind::Zip => zip::feed(stream, name, sink),
            Kind::Parquet => match open(path) {
                Ok(file) => parquet::feed(file, name, self.columns, sink),
                Err(error) => sink(Fed::Failed(Unreadable::of(printable(name.to_owned()), &error))),
            },
            Kind::Tar | Kind::Table(_) | Kind::Packed(_) => {
                self.feed_as(kind, Place { name, shape: name }, &mut stream, sink)
            }
        }
    }

    /// Pushes the letters of a stream that cannot be read twice.
    fn feed_stream(&self, place: Place<'_>, stream: &mut dyn BufRead, sink: &mut Sink<'_>) -> Flow {
        let head = match peek(stream) {
            Ok(head) => head,
            Err(error) => return sink(unreadable(place.name, cannot_be_read(&error))),
        };
        let kind = self.forced.map_or_else(|| Kind::of_stream(place.shape, head), Kind::Table);
        self.feed_as(kind, place, stream, sink)
    }

    fn feed_as(
        &self,
        kind: Kind,
        place: Place<'_>,
        stream: &mut dyn BufRead,
        sink: &mut Sink<'_>,
    ) -> Flow {
        let name = place.name;
        match kind {
            Kind::Letter => match small(stream) {
                Ok(bytes) => sink(letter(name.to_owned(), Content::Bytes(bytes))),
                Err(error) => sink(unreadable(name, cannot_be_read(&error))),
            },
            Kind::Zip => match small(stream) {
                Ok(bytes) => zip::feed(io::Cursor::new(bytes), name, sink),
                Err(error) => sink(unreadable(name, cannot_be_read(&error))),
            },
            Kind::Tar => archive::feed(stream, name, sink),
            Kind::Table(TableKind::JsonLines) => jsonl::feed(stream, name, self.columns, sink),
            Kind::Table(TableKind::Csv) => csv::feed(stream, None, name, self.columns, sink),
            Kind::Table(TableKind::Tsv) => csv::feed(stream, Some(b'\t'), name, self.columns, sink),
            Kind::Packed(layer) => self.feed_packed(layer, place, stream, sink),
            Kind::Parquet => {
                let reason =
                    "Parquet cannot be read from a stream; save it to a file and name that";
                sink(unreadable(name, reason.to_owned()))
            }
        }
    }

    /// Takes one layer of packing off. A second layer has no honest use.
    fn feed_packed(
        &self,
        layer: Layer,
        place: Place<'_>,
        stream: &mut dyn BufRead,
        sink: &mut Sink<'_>,
    ) -> Flow {
        let mut unpacked = match packed::open(layer, stream) {
            Ok(reader) => reader,
            Err(error) => return sink(unreadable(place.name, cannot_be_read(&error))),
        };
        let inner = Place { name: place.name, shape: kind::unpacked(place.shape) };
        let head = match peek(&mut unpacked) {
            Ok(head) => head,
            Err(error) => return sink(unreadable(place.name, cannot_be_read(&error))),
        };
        let kind = self.forced.map_or_else(|| Kind::of_stream(inner.shape, head), Kind::Table);
        match kind {
            Kind::Packed(_) | Kind::Zip | Kind::Parquet => {
                let reason = "packed more than once; unpack it and name what is inside";
                sink(unreadable(place.name, reason.to_owned()))
            }
            kind => self.feed_as(kind, inner, &mut unpacked, sink),
        }
    }
}

/// What a stream is called, and the file name that tells its kind.
#[derive(Clone, Copy)]
struct Place<'a> {
    name: &'a str,
    shape: &'a str,
}

const BUFFER: usize = 1 << 18;

/// Bytes at the beginning that tell what a file is: up to the mark of a tar archive.
const HEAD: usize = 512;

/// The first bytes of a stream, which stay in it.
///
/// Pipes may give a few bytes at a time, and then the head is short: a kind that it does not show is told by name.
fn peek(stream: &mut (impl BufRead + ?Sized)) -> io::Result<&[u8]> {
    stream.fill_buf().map(|bytes| bytes.get(..HEAD).unwrap_or(bytes))
}

/// Everything that a letter may hold, and one byte more when it holds more: the readers of letters refuse that.
fn small(stream: &mut (impl Read + ?Sized)) -> io::Result<Vec<u8>> {
    let most = u64::try_from(Limits::default().file_bytes).unwrap_or(u64::MAX).saturating_add(1);
    let mut bytes = Vec::new();
    stream.take(most).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn open(path: &Path) -> io::Result<File> {
    if path.is_dir() {
        return Err(io::Error::other("it is a folder"));
    }
    patiently(|| File::open(path))
}

fn cannot_be_read(error: &io::Error) -> String {
    format!("cannot be read ({error})")
}

fn letter(name: String, content: Content) -> Fed {
    Fed::Letter(Raw { name: printable(name), content })
}

fn unreadable(name: impl Into<String>, reason: String) -> Fed {
    Fed::Failed(Unreadable::new(printable(name.into()), reason))
}

/// A name without characters that could steer a terminal.
fn printable(name: String) -> String {
    if name.chars().any(char::is_control) {
        name.chars().map(|c| if c.is_control() { '\u{fffd}' } else { c }).collect()
    } else {
        name
    }
}

/// A file that says how much of it has been read.
struct Counted<'a> {
    file: File,
    count: &'a AtomicU64,
}

impl Read for Counted<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = self.file.read(into)?;
        self.count.fetch_add(u64::try_from(read).unwrap_or_default(), Ordering::Relaxed);
        Ok(read)
    }
}

impl io::Seek for Counted<'_> {
    fn seek(&mut self, to: io::SeekFrom) -> io::Result<u64> {
        self.file.seek(to)
    }
}
