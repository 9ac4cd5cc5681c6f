//! How well single mentions are read: a phrase at its place in a letter against what a reader says of it.
//!
//! A mention is found by its sentence, letters and digits alone, because line ends and hyphens differ between a label
//! and a letter. It is read where it stands, so that the sentences before it count as they do in an audit. A recited
//! mention that is read as a fact of the patient is the error that matters most; it has its own figure.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use imr_letter::quote::Plain;
use imr_letter::{Document, Slice};
use imr_rules::Rulebook;
use imr_rules::criterion::Part;
use imr_rules::evidence::{self, PhraseStatus, Scratch};
use serde::{Deserialize, Serialize};

use super::{LabelError, Share};
use crate::renderer::Audited;

/// The label of one mention.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
pub struct MentionLabel {
    /// The case number or the name of the letter's file.
    pub file: String,
    /// The sentence that it stands in.
    pub sentence: String,
    /// First byte of its words in the sentence.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// What a reader says of it, by the names of [`PhraseStatus`] and `other_treatment`.
    pub status: String,
    /// The disputed item that it is about, as the heading has it; empty for the case summary.
    #[serde(default)]
    pub item: String,
}

/// How well mentions are read.
#[derive(Clone, Debug, Default, Serialize)]
pub struct MentionFigures {
    /// Labelled mentions of letters that were read.
    pub mentions: usize,
    /// Those whose sentence stands in the letter.
    pub found: usize,
    /// Those whose status is the label's.
    pub status: Share,
    /// Recited mentions that are read as facts of the patient.
    pub recited_as_evidence: Share,
    /// What is read, by what the label says.
    pub confusions: BTreeMap<String, BTreeMap<&'static str, usize>>,
    /// The mentions that are read otherwise; in JSON only.
    pub wrong: Vec<WrongMention>,
}

/// A mention that is read otherwise than its label says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct WrongMention {
    /// What was labelled.
    pub label: MentionLabel,
    /// What was read.
    pub read_as: &'static str,
}

impl MentionLabel {
    /// Reads labels, one JSON object a line.
    ///
    /// # Errors
    /// The line that is no label, and why.
    pub fn read(text: &str) -> Result<Vec<Self>, LabelError> {
        let lines = (1..).zip(text.lines()).filter(|(_, line)| !line.trim().is_empty());
        lines
            .map(|(line, json)| {
                serde_json::from_str(json).map_err(|error: serde_json::Error| LabelError {
                    line,
                    reason: error.to_string(),
                })
            })
            .collect()
    }
}

impl MentionFigures {
    /// The figures of the labels whose letters are among `letters`.
    pub fn of(labels: &[MentionLabel], letters: &[Audited], rulebook: &Rulebook) -> Self {
        let mut figures = Self::default();
        for label in labels {
            let stem = label.file.trim_end_matches(".txt").trim_end_matches(".pdf");
            let letter = letters.iter().find(|audited| audited.letter.name.contains(stem));
            if let Some(audited) = letter {
                figures.add_label(label, status(label, &audited.document, rulebook));
            }
        }
        figures
    }

    fn add_label(&mut self, label: &MentionLabel, said: Option<PhraseStatus>) {
        self.add(&label.status, said);
        let name = name(said);
        if name != label.status {
            self.wrong.push(WrongMention { label: label.clone(), read_as: name });
        }
    }

    /// Counts a mention by the status that its label gives and what is read, if its words were found.
    pub fn add(&mut self, label: &str, said: Option<PhraseStatus>) {
        self.mentions += 1;
        self.found += usize::from(said.is_some());
        let name = name(said);
        self.status.add(name == label);
        if label == PhraseStatus::Recited.name() {
            let harmless = [PhraseStatus::Recited, PhraseStatus::Hypothetical];
            self.recited_as_evidence.add(said.is_some_and(|said| !harmless.contains(&said)));
        }
        let row = self.confusions.entry(label.to_owned()).or_default();
        *row.entry(name).or_default() += 1;
    }

    /// The figures as Markdown.
    pub fn markdown(&self) -> String {
        let mut out = format!(
            "| | |\n|---|---:|\n| mentions | {} |\n| found in their letter | {} |\n| status, exact | {:.4} |\n| recited, read as facts of \
             the patient | {:.4} |\n\n| labelled | read as |\n|---|---|\n",
            self.mentions,
            self.found,
            self.status.share(),
            self.recited_as_evidence.share()
        );
        for (label, row) in &self.confusions {
            let row: Vec<String> = row.iter().map(|(said, n)| format!("{said} {n}")).collect();
            let _ = writeln!(out, "| `{label}` | {} |", row.join(", "));
        }
        out
    }
}

fn name(said: Option<PhraseStatus>) -> &'static str {
    said.map_or("not_found", PhraseStatus::name)
}

/// How the mention is read in its letter; `None` when its sentence is not found.
fn status(label: &MentionLabel, document: &Document, rulebook: &Rulebook) -> Option<PhraseStatus> {
    let rationales = document.decisions.iter().enumerate().filter_map(|(at, decision)| {
        Some((decision.heading.value == label.item, at, Part::Rationale, decision.rationale?))
    });
    let summary = document.summary.map(|summary| (false, 0, Part::Summary, summary));
    let mut places: Vec<_> = rationales.chain(summary).collect();
    places.sort_by_key(|(named, at, ..)| (!named, *at));
    places.into_iter().find_map(|(_, decision, part, whole)| {
        let sentence = Plain::of(&label.sentence);
        let have = Plain::of(document.words(whole));
        let words = have.find_part(&sentence, Slice { start: label.start, end: label.end })?;
        let words = Slice { start: whole.start + words.start, end: whole.start + words.end };
        let lexicon = &rulebook.lexicon;
        let trace = evidence::trace(document, decision, part, lexicon, &mut Scratch::default());
        evidence::phrase_at(document.words(whole), (&trace, part), words, lexicon)
            .map(|reading| reading.status)
    })
}
