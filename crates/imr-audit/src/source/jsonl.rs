//! JSON lines: one object a line. A line that is no object costs itself alone.
//!
//! Messages name the place of a mistake and never quote the line, which is somebody's letter.

use std::io::{self, BufRead};

use serde_json::{Map, Value};

use super::table::{Columns, Meaning, ROW_BYTES, Row, Table};
use super::{Flow, Sink, cannot_be_read, unreadable};

/// Pushes the letters of a stream of JSON lines.
pub(super) fn feed(
    stream: &mut dyn BufRead,
    name: &str,
    columns: &Columns,
    sink: &mut Sink<'_>,
) -> Flow {
    let mut table = Table::new(name);
    let mut meaning = None;
    let (mut line, mut rows) = (Vec::new(), 0_u64);
    for number in 1.. {
        let whole = match read_line(stream, &mut line) {
            Ok(None) => break,
            Ok(Some(whole)) => whole,
            Err(error) => {
                return sink(unreadable(format!("{name}:{number}"), cannot_be_read(&error)));
            }
        };
        if line.trim_ascii().is_empty() {
            continue;
        }
        rows += 1;
        if !whole {
            let reason = format!("the line is longer than {} MiB; split it", ROW_BYTES >> 20);
            table.fail(number, reason, sink)?;
            continue;
        }
        match object(&line) {
            Ok(object) => one(&object, number, columns, &mut meaning, &mut table, sink)?,
            Err(reason) => table.fail(number, reason, sink)?,
        }
    }
    if rows == 0 {
        return sink(unreadable(
            name,
            "the table is empty; expected one JSON object a line".to_owned(),
        ));
    }
    Flow::Continue(())
}

/// What the fields mean is told by the first line that tells it.
fn one(
    object: &Map<String, Value>,
    number: u64,
    columns: &Columns,
    meaning: &mut Option<Meaning>,
    table: &mut Table<'_>,
    sink: &mut Sink<'_>,
) -> Flow {
    let known = if let Some(known) = meaning {
        known
    } else {
        let names: Vec<String> = object.keys().cloned().collect();
        match columns.meaning(&names) {
            Ok(told) => meaning.insert(told),
            Err(reason) => return table.fail(number, reason, sink),
        }
    };
    let numbers: Vec<(&String, String)> = object
        .iter()
        .filter(|(name, value)| known.is_id(name) && value.is_number())
        .map(|(name, value)| (name, value.to_string()))
        .collect();
    let texts = object.iter().filter_map(|(name, value)| Some((name, value.as_str()?)));
    let values = texts.chain(numbers.iter().map(|(name, value)| (*name, value.as_str())));
    let row = values.filter(|(name, _)| known.uses(name));
    table.push(
        number,
        &Row(row.map(|(name, value)| (name.as_str(), value.as_bytes())).collect()),
        known,
        sink,
    )
}

fn object(line: &[u8]) -> Result<Map<String, Value>, String> {
    match serde_json::from_slice(line) {
        Ok(Value::Object(object)) => Ok(object),
        Ok(_) => Err("expected a JSON object".to_owned()),
        Err(_) if std::str::from_utf8(line).is_err() => {
            Err("is not valid UTF-8; save the table as UTF-8".to_owned())
        }
        Err(error) => {
            Err(format!("is no valid JSON, column {}; expected one object a line", error.column()))
        }
    }
}

/// Reads a line without its end; `false` when it was too long and its rest was passed over, `None` behind the last.
fn read_line(stream: &mut dyn BufRead, line: &mut Vec<u8>) -> io::Result<Option<bool>> {
    line.clear();
    let mut whole = true;
    let mut any = false;
    loop {
        let available = match stream.fill_buf() {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            available => available?,
        };
        if available.is_empty() {
            return Ok(any.then_some(whole));
        }
        any = true;
        let end = memchr::memchr(b'\n', available);
        let part = available.get(..end.unwrap_or(available.len())).unwrap_or_default();
        whole = whole && line.len() + part.len() <= ROW_BYTES;
        if whole {
            line.extend_from_slice(part);
        }
        let taken = end.map_or(available.len(), |end| end + 1);
        stream.consume(taken);
        if end.is_some() {
            return Ok(Some(whole));
        }
    }
}
