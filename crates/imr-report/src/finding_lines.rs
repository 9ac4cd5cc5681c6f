//! One JSON object a line and finding, with what says where it stands: a run over a million letters, of which most are sound.
//!
//! Findings look as they do in the records of `--format jsonl`, and so do the lines about the batch, which follow. A letter
//! without a finding has no line; how many letters were read is among the lines about the batch.

use std::io::{self, Write};

use imr_rules::correlate::BatchAudit;
use serde::Serialize;

use crate::SCHEMA;
use crate::compared::Compared;
use crate::jsonl::JsonLines;
use crate::record::FindingView;
use crate::renderer::{Audited, Part, Renderer};
use crate::row::{Row, rows_with_waived};

/// Writes one line a finding; accepted ones say why in `waived`.
#[derive(Clone, Copy, Debug, Default)]
pub struct FindingLines;

#[derive(Serialize)]
struct FindingLine<'a> {
    schema: &'static str,
    source: &'a str,
    case_number: Option<&'a str>,
    heading: Option<&'a str>,
    outcome: Option<&'static str>,
    item_class: Option<&'a str>,
    request: Option<&'static str>,
    finding: FindingView<'a>,
}

impl<'a> FindingLine<'a> {
    fn of(row: Row<'a>) -> Self {
        let Row { audited, finding, decision } = row;
        Self {
            schema: SCHEMA,
            source: &audited.letter.name,
            case_number: row.case_number(),
            heading: decision.map(|decision| decision.heading.value.as_str()),
            outcome: row.outcome(),
            item_class: decision.map(|decision| decision.item.class.as_str()),
            request: row.request(),
            finding: FindingView::of(audited, finding),
        }
    }
}

impl Renderer for FindingLines {
    fn part(&self, audited: Audited) -> Part {
        let audited = &audited;
        let mut lines = Vec::new();
        for row in rows_with_waived(audited) {
            // Writing to memory cannot fail.
            let _ = serde_json::to_writer(&mut lines, &FindingLine::of(row));
            lines.push(b'\n');
        }
        lines.into()
    }

    fn letter(&mut self, part: Part, out: &mut dyn Write) -> io::Result<()> {
        out.write_all(&part.bytes)
    }

    fn batch(&mut self, batch: &BatchAudit, out: &mut dyn Write) -> io::Result<()> {
        JsonLines.batch(batch, out)
    }

    fn compared(&mut self, compared: &Compared, out: &mut dyn Write) -> io::Result<()> {
        JsonLines.compared(compared, out)
    }

    fn end(&mut self, _: &mut dyn Write) -> io::Result<()> {
        Ok(())
    }
}
