//! Values parted by commas, semicolons or tabs, with a header: RFC 4180 as spreadsheets write it.
//!
//! `csv-core` and not `csv`: the reader above it holds a row of any length, and an unclosed quotation mark makes one row
//! of the rest of a table. Here a row has at most [`ROW_BYTES`], its line is known, and a mark that is never closed is an
//! error instead of one very long letter.

use std::io::{self, BufRead};

use csv_core::{ReadRecordResult, ReaderBuilder};

use super::table::{Columns, ROW_BYTES, Row, Table};
use super::{Flow, Sink, cannot_be_read, unreadable};

/// Fields that a row may have.
const FIELDS: usize = 4096;

/// Pushes the letters of a table. Without a delimiter the header shows it.
pub(super) fn feed(
    stream: &mut dyn BufRead,
    delimiter: Option<u8>,
    name: &str,
    columns: &Columns,
    sink: &mut Sink<'_>,
) -> Flow {
    let delimiter = match delimiter.map_or_else(|| sniff(stream), Ok) {
        Ok(delimiter) => delimiter,
        Err(error) => return sink(unreadable(name, cannot_be_read(&error))),
    };
    let mut rows = Rows::new(stream, delimiter);
    let header: Vec<String> = match rows.next() {
        Ok(Some((_, Ok(header)))) => {
            header.fields().map(|field| String::from_utf8_lossy(field).trim().to_owned()).collect()
        }
        Ok(Some((line, Err(reason)))) => return sink(unreadable(format!("{name}:{line}"), reason)),
        Ok(None) => {
            return sink(unreadable(name, "the table is empty; expected a header".to_owned()));
        }
        Err(error) => return sink(unreadable(name, cannot_be_read(&error))),
    };
    if header.iter().any(|column| column.contains('\0')) {
        let reason = "is saved as UTF-16 or no table; save it as CSV in UTF-8".to_owned();
        return sink(unreadable(name, reason));
    }
    let meaning = match columns.meaning(&header) {
        Ok(meaning) => meaning,
        Err(reason) => return sink(unreadable(name, reason)),
    };
    let mut table = Table::new(name);
    loop {
        match rows.next() {
            Ok(None) => return Flow::Continue(()),
            Ok(Some((line, Ok(row)))) if row.ends.len() == header.len() => {
                let named = header.iter().map(String::as_str).zip(row.fields());
                let row = Row(named.filter(|(column, _)| meaning.uses(column)).collect());
                table.push(line, &row, &meaning, sink)?;
            }
            Ok(Some((line, Ok(row)))) => {
                let (has, wants) = (row.ends.len(), header.len());
                let reason = format!("the row has {has} values, expected {wants} as in the header");
                table.fail(line, reason, sink)?;
            }
            Ok(Some((line, Err(reason)))) => table.fail(line, reason, sink)?,
            Err(error) => return table.fail(rows.line, cannot_be_read(&error), sink),
        }
    }
}

/// The mark that stands most often in the first line.
fn sniff(stream: &mut dyn BufRead) -> io::Result<u8> {
    let head = stream.fill_buf()?;
    let line = head.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let count = |mark: u8| memchr::memchr_iter(mark, line).count();
    Ok([b'\t', b';', b','].into_iter().max_by_key(|mark| count(*mark)).unwrap_or(b','))
}

/// The rows of a table.
struct Rows<'s> {
    stream: &'s mut dyn BufRead,
    parser: csv_core::Reader,
    row: Buffer,
    /// The line at which the next row starts, from 1.
    line: u64,
}

/// One row: its values one after the other, and where each ends.
struct Buffer {
    bytes: Vec<u8>,
    ends: Vec<usize>,
}

impl Buffer {
    fn fields(&self) -> impl Iterator<Item = &[u8]> {
        let starts = std::iter::once(0).chain(self.ends.iter().copied());
        starts.zip(&self.ends).map(|(start, end)| self.bytes.get(start..*end).unwrap_or_default())
    }
}

/// The line at which a row starts, and the row, or what is wrong with it.
type Parsed<'r> = (u64, Result<&'r Buffer, String>);

impl<'s> Rows<'s> {
    fn new(stream: &'s mut dyn BufRead, delimiter: u8) -> Self {
        let parser = ReaderBuilder::new().delimiter(delimiter).build();
        let row = Buffer { bytes: Vec::new(), ends: Vec::new() };
        Self { stream, parser, row, line: 1 }
    }

    /// The next row; `None` behind the last.
    fn next(&mut self) -> io::Result<Option<Parsed<'_>>> {
        self.skip_empty_lines()?;
        let start = self.line;
        let (mut written, mut ended) = (0, 0);
        let (mut marks, mut closed, mut long) = (0_u64, true, false);
        self.row.bytes.resize(1 << 14, 0);
        self.row.ends.resize(64, 0);
        loop {
            let input = self.stream.fill_buf()?;
            closed = closed && !input.is_empty();
            let output = self.row.bytes.get_mut(written..).unwrap_or_default();
            let ends = self.row.ends.get_mut(ended..).unwrap_or_default();
            let (result, taken, wrote, ends) = self.parser.read_record(input, output, ends);
            let consumed = input.get(..taken).unwrap_or_default();
            marks += count(consumed, b'"');
            self.line += count(consumed, b'\n');
            self.stream.consume(taken);
            written += wrote;
            ended += ends;
            match result {
                ReadRecordResult::InputEmpty => {}
                ReadRecordResult::OutputFull if written < ROW_BYTES => {
                    self.row.bytes.resize(self.row.bytes.len() * 2, 0);
                }
                ReadRecordResult::OutputEndsFull if ended < FIELDS => {
                    self.row.ends.resize(self.row.ends.len() * 2, 0);
                }
                // Too long: the rest is read over what is there.
                ReadRecordResult::OutputFull => (long, written) = (true, 0),
                ReadRecordResult::OutputEndsFull => (long, ended) = (true, 0),
                ReadRecordResult::Record => break,
                ReadRecordResult::End => return Ok(None),
            }
        }
        self.row.bytes.truncate(written);
        self.row.ends.truncate(ended);
        let row = if !closed && marks % 2 == 1 {
            Err("a quotation mark of this row is never closed, so that the rest of the table \
                 cannot be told from it; close it"
                .to_owned())
        } else if long {
            Err(format!(
                "the row is longer than {} MiB or {FIELDS} values; split it",
                ROW_BYTES >> 20
            ))
        } else {
            Ok(&self.row)
        };
        Ok(Some((start, row)))
    }

    fn skip_empty_lines(&mut self) -> io::Result<()> {
        loop {
            let input = self.stream.fill_buf()?;
            let empty = input.iter().take_while(|byte| matches!(byte, b'\n' | b'\r')).count();
            if empty == 0 {
                return Ok(());
            }
            self.line += count(input.get(..empty).unwrap_or_default(), b'\n');
            self.stream.consume(empty);
        }
    }
}

fn count(bytes: &[u8], wanted: u8) -> u64 {
    u64::try_from(memchr::memchr_iter(wanted, bytes).count()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str) -> Vec<(u64, Result<Vec<String>, String>)> {
        let mut stream = io::BufReader::with_capacity(7, text.as_bytes());
        let mut rows = Rows::new(&mut stream, b',');
        let mut found = Vec::new();
        loop {
            let row = match rows.next().unwrap() {
                None => return found,
                Some((start, Ok(row))) => (
                    start,
                    Ok(row.fields().map(|f| String::from_utf8_lossy(f).into_owned()).collect()),
                ),
                Some((start, Err(reason))) => (start, Err(reason)),
            };
            found.push(row);
        }
    }

    fn values(values: &[&str]) -> Vec<String> {
        values.iter().map(|value| (*value).to_owned()).collect()
    }

    #[test]
    fn rows_know_their_lines() {
        let found = rows("\u{feff}id,text\r\n\r\n1,\"a\nb \"\"c\"\"\"\n\n\n2,=SUM(A1)\n3,<b>x</b>");
        assert_eq!(
            found,
            [
                (1, Ok(values(&["id", "text"]))),
                (3, Ok(values(&["1", "a\nb \"c\""]))),
                (7, Ok(values(&["2", "=SUM(A1)"]))),
                (8, Ok(values(&["3", "<b>x</b>"]))),
            ]
        );
    }

    #[test]
    fn an_unclosed_quotation_mark_is_an_error_and_not_a_long_letter() {
        let found = rows("id,text\n1,\"a\n2,b\n3,c\n");
        assert_eq!(found.len(), 2);
        assert_eq!(found[1].0, 2);
        assert!(found[1].1.as_ref().unwrap_err().contains("never closed"));
    }
}
