//! One JSON record a line and letter, then one a line for what was found across letters: the format for programs.

use std::io::{self, Write};

use imr_rules::audit::Reasoned;
use imr_rules::correlate::BatchAudit;

use crate::SCHEMA;
use crate::across::batch_lines;
use crate::compared::{Compared, ComparedLine};
use crate::record::Record;
use crate::renderer::{Audited, Part, Renderer};

/// Writes one [`Record`] a line.
#[derive(Clone, Copy, Debug, Default)]
pub struct JsonLines;

impl JsonLines {
    /// The line of a letter.
    pub fn line(audited: &Audited) -> Vec<u8> {
        let mut line = serde_json::to_vec(&Record::of(audited)).unwrap_or_default();
        line.push(b'\n');
        line
    }
}

impl Renderer for JsonLines {
    fn reasoned(&self) -> Reasoned {
        Reasoned::Applying
    }

    fn part(&self, audited: Audited) -> Part {
        Self::line(&audited).into()
    }

    fn letter(&mut self, part: Part, out: &mut dyn Write) -> io::Result<()> {
        out.write_all(&part.bytes)
    }

    fn batch(&mut self, batch: &BatchAudit, out: &mut dyn Write) -> io::Result<()> {
        for line in batch_lines(batch) {
            serde_json::to_writer(&mut *out, &line)?;
            out.write_all(b"\n")?;
        }
        Ok(())
    }

    fn compared(&mut self, compared: &Compared, out: &mut dyn Write) -> io::Result<()> {
        let line = ComparedLine { schema: SCHEMA, baseline: compared };
        serde_json::to_writer(&mut *out, &line)?;
        out.write_all(b"\n")
    }

    fn end(&mut self, _: &mut dyn Write) -> io::Result<()> {
        Ok(())
    }
}
