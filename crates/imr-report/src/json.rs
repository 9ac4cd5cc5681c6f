//! The whole run as one JSON document: the records of [`crate::JsonLines`] in a list, what was found across letters, and
//! the summary.
//!
//! It is written piece by piece, so a run of any size needs no more memory than the line format.

use std::io::{self, Write};

use imr_rules::audit::Reasoned;
use imr_rules::correlate::BatchAudit;

use crate::SCHEMA;
use crate::across::batch_lines;
use crate::compared::Compared;
use crate::record::Record;
use crate::renderer::{Audited, Part, Renderer};
use crate::summary::Summary;

/// Writes `{"schema", "letters": [...], "batch": [...], "baseline": {...}, "summary": {...}}`; without `batch` and
/// `baseline` when nothing was compared.
#[derive(Debug, Default)]
pub struct Json {
    summary: Summary,
    begun: bool,
    batch: Option<Vec<u8>>,
    baseline: Option<Compared>,
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
    fn reasoned(&self) -> Reasoned {
        Reasoned::Applying
    }

    fn part(&self, audited: Audited) -> Part {
        let bytes = serde_json::to_vec(&Record::of(&audited)).unwrap_or_default();
        Part { bytes, ..audited.into() }
    }

    fn letter(&mut self, part: Part, out: &mut dyn Write) -> io::Result<()> {
        if let Some(audited) = &part.letter {
            self.summary.add(audited);
        }
        self.open(out)?;
        out.write_all(&part.bytes)
    }

    fn batch(&mut self, batch: &BatchAudit, _: &mut dyn Write) -> io::Result<()> {
        self.summary.add_batch(batch);
        let lines: Vec<_> = batch_lines(batch).collect();
        self.batch = Some(serde_json::to_vec(&lines)?);
        Ok(())
    }

    fn compared(&mut self, compared: &Compared, _: &mut dyn Write) -> io::Result<()> {
        self.baseline = Some(compared.clone());
        Ok(())
    }

    fn end(&mut self, out: &mut dyn Write) -> io::Result<()> {
        if !self.begun {
            self.open(out)?;
        }
        out.write_all(b"\n]")?;
        if let Some(batch) = &self.batch {
            out.write_all(b", \"batch\": ")?;
            out.write_all(batch)?;
        }
        if let Some(baseline) = &self.baseline {
            out.write_all(b", \"baseline\": ")?;
            serde_json::to_writer(&mut *out, baseline)?;
        }
        out.write_all(b", \"summary\": ")?;
        serde_json::to_writer(&mut *out, &self.summary)?;
        out.write_all(b"}\n")
    }
}
