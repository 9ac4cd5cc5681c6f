//! Every clause of a letter's rationales and case summary as one JSON line: what `explain --format jsonl` prints.
//!
//! The same facts as the text trace, for programs: analysts count them, and the weights of the evidence layer are fitted
//! on them.

use imr_rules::Rulebook;
use imr_rules::criterion::{CriterionStatus, Part};
use imr_rules::evidence::{self, CueHit, Scratch};
use serde::Serialize;

use crate::names;
use crate::read_clause::{Read, ReadClause, ReadCue, ReadMention};
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
    let mut out = Vec::new();
    for (index, decision) in audited.document.decisions.iter().enumerate() {
        let place = Place { decision: index + 1, item_class: &decision.item.class };
        write(audited, rulebook, index, Part::Rationale, place, &mut out);
    }
    let summary = Place { decision: 0, item_class: "" };
    write(audited, rulebook, 0, Part::Summary, summary, &mut out);
    out
}

/// What a line says of the decision that its clause belongs to.
#[derive(Clone, Copy)]
struct Place<'a> {
    decision: usize,
    item_class: &'a str,
}

fn write(
    audited: &Audited,
    rulebook: &Rulebook,
    index: usize,
    part: Part,
    place: Place<'_>,
    out: &mut Vec<u8>,
) {
    let (document, lexicon) = (&audited.document, &rulebook.lexicon);
    let trace = evidence::trace(document, index, part, lexicon, &mut Scratch::default());
    for read in (Read { document, trace: &trace, rulebook }).clauses() {
        out.extend(serde_json::to_vec(&view(audited, part, place, &read)).unwrap_or_default());
        out.push(b'\n');
    }
}

fn view<'a>(
    audited: &'a Audited,
    part: Part,
    place: Place<'a>,
    read: &ReadClause<'a>,
) -> ClauseView<'a> {
    let number = audited.document.header.case_number.as_ref();
    ClauseView {
        schema: crate::SCHEMA,
        source: &audited.letter.name,
        case_number: number.map(|number| number.value.as_str()),
        decision: place.decision,
        item_class: place.item_class,
        r#in: names::part(part),
        clause: read.number,
        sentence: read.clause.sentence,
        text: read.text,
        speaker: read.stance.source.name(),
        votes: Votes { guideline: read.stance.guideline, patient: read.stance.patient },
        concludes: read.stance.concludes,
        cues: read.cues.iter().map(cue).collect(),
        mentions: read.mentions.iter().map(mention).collect(),
    }
}

fn cue<'a>(cue: &ReadCue<'a>) -> CueView<'a> {
    let CueHit { kind, weight, .. } = cue.hit;
    CueView { entry: cue.entry, kind: kind.name(), weight: *weight, text: cue.text }
}

fn mention<'a>(read: &ReadMention<'a>) -> MentionView<'a> {
    let ReadMention { concept, criterion, mention, .. } = read;
    MentionView {
        entry: &concept.id,
        criterion,
        assertion: mention.axes.assertion.name(),
        status: mention.status.map(CriterionStatus::name),
        argues_for: concept.status(mention.axes.assertion).map(CriterionStatus::name),
        weight: mention.weight,
        text: read.text,
        cue: read.cue,
    }
}
