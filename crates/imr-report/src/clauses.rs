//! Every clause of a letter's rationales and case summary as one JSON line: what `explain --format jsonl` prints.
//!
//! The same facts as the text trace, for programs: analysts count them, and the weights of the evidence layer are fitted
//! on them.

use imr_letter::Document;
use imr_rules::Rulebook;
use imr_rules::criterion::Part;
use imr_rules::evidence::{self, Clause, CueHit, Entry, Mention, Scratch, Stance, Trace};
use serde::Serialize;

use crate::names;
use crate::renderer::Audited;

/// One clause.
#[derive(Serialize)]
struct ClauseView<'a> {
    schema: &'static str,
    source: &'a str,
    case_number: Option<&'a str>,
    decision: usize,
    item_class: &'a str,
    r#in: &'static str,
    clause: usize,
    sentence: usize,
    text: &'a str,
    speaker: &'static str,
    votes: Votes,
    concludes: bool,
    cues: Vec<CueView<'a>>,
    mentions: Vec<MentionView<'a>>,
}

#[derive(Serialize)]
struct Votes {
    guideline: i32,
    patient: i32,
}

#[derive(Serialize)]
struct CueView<'a> {
    entry: &'a str,
    kind: &'static str,
    weight: i32,
    text: &'a str,
}

#[derive(Serialize)]
struct MentionView<'a> {
    entry: &'a str,
    criterion: &'a str,
    assertion: &'static str,
    /// What it counts for; `None` when it does not count.
    status: Option<&'static str>,
    /// What it would count for if the clause were about the patient.
    argues_for: Option<&'static str>,
    weight: i32,
    text: &'a str,
    cue: Option<&'a str>,
}

/// The clauses of every decision's rationale, then those of the case summary (as decision 0), one JSON line each.
pub fn clauses(audited: &Audited, rulebook: &Rulebook) -> Vec<u8> {
    let document = &audited.document;
    let mut out = Vec::new();
    for (index, decision) in document.decisions.iter().enumerate() {
        let part = PartOf { audited, rulebook, index, class: &decision.item.class };
        part.write(Part::Rationale, index + 1, &mut out);
    }
    PartOf { audited, rulebook, index: 0, class: "" }.write(Part::Summary, 0, &mut out);
    out
}

#[derive(Clone, Copy)]
struct PartOf<'a> {
    audited: &'a Audited,
    rulebook: &'a Rulebook,
    index: usize,
    class: &'a str,
}

impl PartOf<'_> {
    fn write(self, part: Part, decision: usize, out: &mut Vec<u8>) {
        let (document, lexicon) = (&self.audited.document, &self.rulebook.lexicon);
        let trace = evidence::trace(document, self.index, part, lexicon, &mut Scratch::default());
        for (at, (clause, stance)) in trace.passage.clauses.iter().zip(&trace.stances).enumerate() {
            let view = ClauseView {
                r#in: names::part(part),
                decision,
                ..self.view(document, &trace, at, clause, *stance)
            };
            out.extend(serde_json::to_vec(&view).unwrap_or_default());
            out.push(b'\n');
        }
    }

    fn view<'v>(
        &'v self,
        document: &'v Document,
        trace: &'v Trace,
        at: usize,
        clause: &Clause,
        stance: Stance,
    ) -> ClauseView<'v> {
        let passage = &trace.passage;
        let cues = passage.cues.iter().filter(|cue| clause.range.covers(cue.range));
        let mentions = trace.mentions.iter().filter(|mention| mention.clause == at);
        ClauseView {
            schema: crate::SCHEMA,
            source: &self.audited.letter.name,
            case_number: document.header.case_number.as_ref().map(|number| number.value.as_str()),
            decision: 0,
            item_class: self.class,
            r#in: "",
            clause: at,
            sentence: clause.sentence,
            text: document.words(passage.slice_of(clause.range)),
            speaker: stance.source.name(),
            votes: Votes { guideline: stance.guideline, patient: stance.patient },
            concludes: stance.concludes,
            cues: cues.map(|cue| self.cue(document, trace, cue)).collect(),
            mentions: mentions.filter_map(|mention| self.mention(document, mention)).collect(),
        }
    }

    fn cue<'v>(&'v self, document: &'v Document, trace: &Trace, cue: &CueHit) -> CueView<'v> {
        let entry = match self.rulebook.lexicon.entry(cue.entry) {
            Some(Entry::Cue(cue)) => cue.id.as_str(),
            _ => "",
        };
        let text = document.words(trace.passage.slice_of(cue.range));
        CueView { entry, kind: cue.kind.name(), weight: cue.weight, text }
    }

    fn mention<'v>(&'v self, document: &'v Document, mention: &Mention) -> Option<MentionView<'v>> {
        let Some(Entry::Concept(concept)) = self.rulebook.lexicon.entry(mention.entry) else {
            return None;
        };
        let argued = concept.status(mention.axes.assertion);
        Some(MentionView {
            entry: &concept.id,
            criterion: self.rulebook.criteria.name(concept.criterion),
            assertion: mention.axes.assertion.name(),
            status: mention.status.map(imr_rules::criterion::CriterionStatus::name),
            argues_for: argued.map(imr_rules::criterion::CriterionStatus::name),
            weight: mention.weight,
            text: document.words(mention.slice),
            cue: mention.cue.map(|cue| document.words(cue)),
        })
    }
}
