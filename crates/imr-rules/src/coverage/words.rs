//! Which cues, concepts and hints of the evidence lexicon spoke, with what they said.

use std::collections::BTreeMap;

use imr_letter::Document;

use crate::criterion::{CriterionStatus, Part};
use crate::evidence::{self, CueKind, Entry, Scratch, Trace};
use crate::rulebook::Rulebook;

/// What an entry of the lexicon is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// Words that say how a clause is meant.
    Cue,
    /// Words that name a fact.
    Concept,
    /// A hint at the phase of the request.
    Hint,
}

impl Kind {
    /// The stable name used in output.
    pub fn name(self) -> &'static str {
        match self {
            Self::Cue => "cue",
            Self::Concept => "concept",
            Self::Hint => "hint",
        }
    }
}

/// What one entry said, mention by mention. A cue or a hint only speaks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Uses {
    /// It was found.
    pub found: u64,
    /// It said that its criterion is met.
    pub met: u64,
    /// That it is not met.
    pub not_met: u64,
    /// That it is not documented.
    pub undocumented: u64,
}

/// An entry of the lexicon.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WordCoverage {
    /// Its id.
    pub id: String,
    /// What it is.
    pub kind: Kind,
    /// What it belongs to: its criterion, what the cue does, or the phase that is hinted at.
    pub group: String,
    /// What it said.
    pub uses: Uses,
}

/// What every entry of a lexicon said.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WordTally(BTreeMap<usize, Uses>);

impl WordTally {
    /// Counts a letter.
    pub fn count(&mut self, document: &Document, rulebook: &Rulebook) {
        let mut scratch = Scratch::default();
        for decision in 0..document.decisions.len() {
            for part in [Part::Rationale, Part::Summary] {
                // The summary is the same for every decision: it counts once.
                if part == Part::Rationale || decision == 0 {
                    let lexicon = &rulebook.lexicon;
                    self.trace(&evidence::trace(document, decision, part, lexicon, &mut scratch));
                }
            }
        }
    }

    fn trace(&mut self, trace: &Trace) {
        let hits = trace.passage.cues.iter().map(|cue| cue.entry);
        for entry in hits.chain(trace.passage.hints.iter().map(|hint| hint.entry)) {
            self.0.entry(entry).or_default().found += 1;
        }
        for mention in &trace.mentions {
            let uses = self.0.entry(mention.entry).or_default();
            uses.found += 1;
            match mention.status {
                Some(CriterionStatus::Met) => uses.met += 1,
                Some(CriterionStatus::NotMet) => uses.not_met += 1,
                Some(CriterionStatus::Undocumented) => uses.undocumented += 1,
                _ => {}
            }
        }
    }

    /// Adds the counts of the same lexicon.
    pub fn add(&mut self, other: &Self) {
        for (entry, uses) in &other.0 {
            let mine = self.0.entry(*entry).or_default();
            mine.found += uses.found;
            mine.met += uses.met;
            mine.not_met += uses.not_met;
            mine.undocumented += uses.undocumented;
        }
    }

    /// Every entry of the lexicon, in its order, without those that void others: they are gone when a passage is read.
    pub fn entries(&self, rulebook: &Rulebook) -> Vec<WordCoverage> {
        let entries = rulebook.lexicon.entries().enumerate();
        let void = |entry: &Entry| matches!(entry, Entry::Cue(cue) if cue.kind == CueKind::Void);
        let entry = |(number, entry): (usize, &Entry)| {
            let (kind, group) = match entry {
                Entry::Cue(cue) => (Kind::Cue, cue.kind.name().to_owned()),
                Entry::Concept(concept) => {
                    (Kind::Concept, rulebook.criteria.name(concept.criterion).to_owned())
                }
                Entry::Request(hint) => (Kind::Hint, hint.argues_for().to_owned()),
            };
            let uses = self.0.get(&number).copied().unwrap_or_default();
            WordCoverage { id: entry.id().to_owned(), kind, group, uses }
        };
        entries.filter(|(_, entry)| !void(entry)).map(entry).collect()
    }
}
