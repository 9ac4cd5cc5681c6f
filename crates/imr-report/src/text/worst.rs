//! The letters with the gravest findings, by name: where an auditor of a folder starts to read.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::gravest::{Weight, weight};
use crate::renderer::Audited;
use crate::snippet::printable;
use crate::summary::SEVERITIES;

/// Letters that are listed.
const LISTED: usize = 10;

/// The worst letters so far.
#[derive(Debug, Default)]
pub(super) struct WorstLetters {
    letters: usize,
    kept: BTreeMap<(Reverse<Weight>, usize), String>,
}

impl WorstLetters {
    /// Takes the next letter.
    pub(super) fn add(&mut self, audited: &Audited) {
        self.letters += 1;
        let weight = weight(audited);
        if weight == Weight::default() {
            return;
        }
        self.kept.insert((Reverse(weight), self.letters), named(audited));
        if self.kept.len() > LISTED {
            self.kept.pop_last();
        }
    }

    /// One line a letter; nothing for a single letter, whose counts stand above.
    pub(super) fn written(&self, color: bool) -> String {
        let (bold, plain) = if color { ("\u{1b}[1m", "\u{1b}[0m") } else { ("", "") };
        let mut out = String::new();
        if self.letters < 2 || self.kept.is_empty() {
            return out;
        }
        let _ = writeln!(out, "{bold}Letters to read first{plain}");
        for ((Reverse(weight), _), name) in &self.kept {
            let counts = SEVERITIES.iter().zip(weight).filter(|(_, count)| **count > 0);
            let counts: Vec<String> =
                counts.map(|(severity, count)| format!("{} {count}", severity.name())).collect();
            let _ = writeln!(out, "  {}: {}", printable(name), counts.join(", "));
        }
        out
    }
}

/// The letter's name, with its case number where it states one.
fn named(audited: &Audited) -> String {
    match &audited.document.header.case_number {
        Some(number) => format!("{} ({})", audited.letter.name, number.value),
        None => audited.letter.name.clone(),
    }
}
