//! The report page: one HTML file that holds everything it needs and asks nobody for anything.
//!
//! Counts and charts are drawn here; filtering the table and opening a letter is done by a script in the page. A letter is
//! data in the page (JSON in a script element that no browser runs) and becomes text nodes when it is opened, so no word
//! of it is ever markup; a content security policy lets only our own script and style run, by their hashes.
//!
//! A page that holds every letter of a large run could not be opened. So at most [`table::ROOM`] findings are listed and a
//! bounded number of letters embedded, the gravest first, and the page says what it left out.

mod chart;
mod charts;
mod escape;
mod letter;
mod page;
mod reading;
mod table;

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::io::{self, Write};

use imr_rules::audit::Reasoned;
use imr_rules::correlate::BatchAudit;

use crate::compared::Compared;
use crate::gravest::{Weight, weight};
use crate::handbook::Handbook;
use crate::names;
use crate::renderer::{Audited, Part, Renderer};
use crate::summary::Summary;
use crate::unreadable::Unreadable;
use table::Table;

/// Writes one page.
#[derive(Debug)]
pub struct Html {
    handbook: Handbook,
    summary: Summary,
    /// Decisions by class of item, and within it by outcome.
    classes: BTreeMap<String, BTreeMap<&'static str, usize>>,
    table: Table,
    room: usize,
    /// The letters to embed, the worst first.
    letters: BTreeMap<(Reverse<Weight>, usize), Audited>,
    batch: Option<BatchAudit>,
    /// How the run differs from an earlier one, in words.
    compared: Option<String>,
    unreadable: Unreadable,
}

impl Html {
    /// A page that embeds at most so many letters and names rules and kinds from this handbook.
    pub fn new(handbook: Handbook, letters: usize) -> Self {
        Self {
            handbook,
            summary: Summary::default(),
            classes: BTreeMap::new(),
            table: Table::default(),
            room: letters,
            letters: BTreeMap::new(),
            batch: None,
            compared: None,
            unreadable: Unreadable::default(),
        }
    }

    fn keep(&mut self, audited: Audited) {
        let key = (Reverse(weight(&audited)), self.summary.letters);
        if self.letters.len() >= self.room {
            if self.letters.last_key_value().is_none_or(|(last, _)| *last < key) {
                return;
            }
            self.letters.pop_last();
        }
        self.letters.insert(key, audited);
    }
}

impl Renderer for Html {
    fn reasoned(&self) -> Reasoned {
        Reasoned::Applying
    }

    fn part(&self, audited: Audited) -> Part {
        audited.into()
    }

    fn letter(&mut self, part: Part, _: &mut dyn Write) -> io::Result<()> {
        let Some(audited) = part.letter else { return Ok(()) };
        self.summary.add(&audited);
        for decision in &audited.document.decisions {
            let outcomes = self.classes.entry(decision.item.class.clone()).or_default();
            *outcomes.entry(names::outcome(decision.outcome)).or_default() += 1;
        }
        self.table.add(self.summary.letters, &audited);
        self.keep(*audited);
        Ok(())
    }

    fn unreadable(&mut self, message: &str, _: &mut dyn Write) -> io::Result<()> {
        self.unreadable.add(message);
        Ok(())
    }

    fn batch(&mut self, batch: &BatchAudit, _: &mut dyn Write) -> io::Result<()> {
        self.summary.add_batch(batch);
        self.batch = Some(batch.clone());
        Ok(())
    }

    fn compared(&mut self, compared: &Compared, _: &mut dyn Write) -> io::Result<()> {
        self.compared = Some(compared.counts());
        Ok(())
    }

    fn end(&mut self, out: &mut dyn Write) -> io::Result<()> {
        page::write(self, out)
    }
}
