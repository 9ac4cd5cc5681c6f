//! The whole run as one JSON document: the records of [`crate::JsonLines`] in a list, and the summary.
//!
//! It is written piece by piece, so a run of any size needs no more memory than the line format.

use std::io::{self, Write};

use crate::SCHEMA;
use crate::record::Record;
use crate::renderer::{Audited, Renderer};
use crate::summary::Summary;

/// Writes `{"schema", "letters": [...], "summary": {...}}`.
#[derive(Debug, Default)]
pub struct Json {
    summary: Summary,
    begun: bool,
}

impl Json {
    fn open(&mut self, out: &mut dyn Write) -> io::Result<()> {
        let opening = if self.begun {
            ",\n".to_owned()
        } else {
            format!("{{\"schema\": \"{SCHEMA}\", \"letters\": [\n")
        };
        self.begun = true;
        out.write_all(opening.as_bytes())
    }
}

impl Renderer for Json {
    fn part(&self, audited: &Audited) -> Vec<u8> {
        serde_json::to_vec(&Record::of(audited)).unwrap_or_default()
    }

    fn letter(&mut self, audited: Audited, part: Vec<u8>, out: &mut dyn Write) -> io::Result<()> {
        self.summary.add(&audited);
        self.open(out)?;
        out.write_all(&part)
    }

    fn end(&mut self, out: &mut dyn Write) -> io::Result<()> {
        if !self.begun {
            self.open(out)?;
        }
        out.write_all(b"\n], \"summary\": ")?;
        serde_json::to_writer(&mut *out, &self.summary)?;
        out.write_all(b"}\n")
    }
}
