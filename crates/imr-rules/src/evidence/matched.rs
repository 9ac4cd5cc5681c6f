//! The parts of a letter with everything that the lexicon matches in them.
//!
//! A part is matched once, whoever reads it: the evidence of every decision, the contradictions, the rules. A rationale
//! that several decisions share is one part.

use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;

use imr_letter::document::Decision;
use imr_letter::{Document, Slice};

use super::discourse::{Opening, Stance};
use super::lexicon::Lexicon;
use super::mention::{self, Meant};
use super::passage::{Passage, Scratch};
use super::weights::{self, Clauses, Stems};
use super::{Evidence, Trace, aggregate, names_item, passage, read_with, stances};
use crate::criterion::Part;
use crate::rulebook::Rulebook;

/// The parts of a letter, matched.
#[derive(Clone, Debug, Default)]
pub(crate) struct Parts {
    pub(crate) summary: Matched,
    /// Those of each decision.
    pub(crate) decisions: Vec<DecisionParts>,
}

/// The parts of a decision, matched.
#[derive(Clone, Debug, Default)]
pub(crate) struct DecisionParts {
    pub(crate) heading: Passage,
    pub(crate) rationale: Rc<Matched>,
}

impl Parts {
    /// Matches every part of a letter.
    pub(crate) fn of(document: &Document, lexicon: &Lexicon) -> Self {
        Self::matched(document, lexicon, &mut Scratch::default())
    }

    /// The same with buffers that are used from letter to letter.
    pub(crate) fn matched(document: &Document, lexicon: &Lexicon, scratch: &mut Scratch) -> Self {
        let summary = Matched::of(document, document.summary, Opening::Summary, lexicon, scratch);
        let mut known: BTreeMap<Slice, Rc<Matched>> = BTreeMap::new();
        let mut read = |decided: &Decision| {
            let same = decided.rationale.and_then(|slice| known.get(&slice)).cloned();
            let rationale =
                same.unwrap_or_else(|| Rc::new(rationale(document, decided, lexicon, scratch)));
            known.extend(decided.rationale.map(|slice| (slice, Rc::clone(&rationale))));
            let heading = passage(document, Some(decided.heading.slice), lexicon, scratch);
            DecisionParts { heading, rationale }
        };
        let decisions = document.decisions.iter().map(&mut read).collect();
        Self { summary, decisions }
    }

    /// Reads the evidence for every decision.
    pub(crate) fn read(&self, document: &Document, rulebook: &Rulebook) -> Vec<Evidence> {
        let parts = self.decisions.iter().enumerate();
        parts.map(|(at, own)| read_with(document, at, (own, &self.summary), rulebook)).collect()
    }
}

impl DecisionParts {
    /// Matches the parts of one decision.
    pub(super) fn of(
        document: &Document,
        decided: &Decision,
        lexicon: &Lexicon,
        scratch: &mut Scratch,
    ) -> Self {
        let heading = passage(document, Some(decided.heading.slice), lexicon, scratch);
        Self { heading, rationale: Rc::new(rationale(document, decided, lexicon, scratch)) }
    }
}

fn rationale(
    document: &Document,
    decided: &Decision,
    lexicon: &Lexicon,
    scratch: &mut Scratch,
) -> Matched {
    Matched::of(document, decided.rationale, Opening::Rationale, lexicon, scratch)
}

/// A part of a letter that was matched, before anything is read for a decision.
#[derive(Clone, Debug, Default)]
pub(crate) struct Matched {
    pub(crate) passage: Arc<Passage>,
    pub(crate) stems: Stems,
    pub(crate) stances: Arc<[Stance]>,
    meant: Vec<Meant>,
}

impl Matched {
    /// Matches the words at a slice.
    pub(crate) fn of(
        document: &Document,
        slice: Option<Slice>,
        opening: Opening,
        lexicon: &Lexicon,
        scratch: &mut Scratch,
    ) -> Self {
        let passage = passage(document, slice, lexicon, scratch);
        let stems = Stems::of(document.words(passage.slice), &passage);
        let stances = stances(&passage, &stems, opening, lexicon);
        let meant = mention::meant(&passage, &stances, lexicon);
        Self { passage: passage.into(), stems, stances: stances.into(), meant }
    }

    /// What is mentioned in the light of one decision; no criterion is read.
    fn mentioned(&self, document: &Document, decision: usize, lexicon: &Lexicon) -> Trace {
        let Some(decided) = document.decisions.get(decision) else { return Trace::default() };
        let names_item = names_item(document, decision, &self.passage, lexicon);
        let context = mention::Context { class: &decided.item.class, names_item: &names_item };
        let mentions = mention::mentions(&self.passage, &self.meant, lexicon, context);
        let (passage, stances) = (self.passage.clone(), self.stances.clone());
        Trace { passage, stances, names_item, mentions, readings: BTreeMap::new() }
    }

    /// What the part says in the light of one decision.
    pub(super) fn trace(
        &self,
        document: &Document,
        decision: usize,
        part: Part,
        lexicon: &Lexicon,
    ) -> Trace {
        let Some(decided) = document.decisions.get(decision) else { return Trace::default() };
        let mut trace = self.mentioned(document, decision, lexicon);
        let class = decided.item.class.as_str();
        let conclusion = decided.conclusion.value;
        let (passage, mentions) = (&*trace.passage, trace.mentions.as_slice());
        let mut readings = aggregate::readings(passage, mentions, lexicon, part, conclusion);
        if part == Part::Rationale {
            let stems = &self.stems;
            let stances = &*trace.stances;
            let clauses = Clauses { passage, stems, stances, lexicon, class, mentions, conclusion };
            weights::weigh(&mut readings, clauses, part);
        }
        trace.readings = readings;
        trace
    }
}
