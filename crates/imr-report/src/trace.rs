//! How evidence was read, clause by clause: who speaks and by how many votes, which cues stand there, and what every
//! mention counts for, the losing ones included.

use std::fmt::Write as _;

use imr_letter::Document;
use imr_rules::Rulebook;
use imr_rules::criterion::Part;
use imr_rules::evidence::{self, Scratch, Source};

use crate::names;
use crate::read_clause::{Read, ReadClause, ReadCue, ReadMention};
use crate::snippet::printable;

/// Bytes of a clause that are shown.
const SHOWN: usize = 200;

/// Which clauses to show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Clauses {
    /// Every clause.
    All,
    /// Those in which a mention counts.
    Deciding,
}

/// How one part of the letter was read for the decision with this index (from 0), indented by four spaces. `only`
/// narrows it to one entry of the lexicon.
pub fn trace(
    document: &Document,
    decision: usize,
    part: Part,
    rulebook: &Rulebook,
    clauses: Clauses,
    only: Option<&str>,
) -> String {
    let lexicon = &rulebook.lexicon;
    let trace = evidence::trace(document, decision, part, lexicon, &mut Scratch::default());
    let mut out = String::new();
    for mut read in (Read { document, trace: &trace, rulebook }).clauses() {
        read.mentions.retain(|mention| only.is_none_or(|id| mention.concept.id == id));
        let shown = match clauses {
            Clauses::All => only.is_none() || !read.mentions.is_empty(),
            Clauses::Deciding => read.mentions.iter().any(|it| it.mention.status.is_some()),
        };
        if shown {
            write_clause(&mut out, part, &read);
        }
    }
    out
}

fn write_clause(out: &mut String, part: Part, read: &ReadClause<'_>) {
    let concludes = if read.stance.concludes { ", concludes" } else { "" };
    let _ = writeln!(
        out,
        "    {}, {} speaks (votes: guideline {}, patient {}{concludes}): {}",
        names::part(part),
        voice(read.stance.source),
        read.stance.guideline,
        read.stance.patient,
        quoted(read.text)
    );
    if !read.cues.is_empty() {
        let cues: Vec<String> = read.cues.iter().map(cue).collect();
        let _ = writeln!(out, "      cues: {}", cues.join(", "));
    }
    for mention in &read.mentions {
        write_mention(out, mention);
    }
}

fn cue(cue: &ReadCue<'_>) -> String {
    let vote = if cue.hit.weight == 0 { String::new() } else { format!(" {}", cue.hit.weight) };
    format!("{} {}/{}{vote}", quoted(cue.text), cue.entry, cue.hit.kind.name())
}

fn write_mention(out: &mut String, read: &ReadMention<'_>) {
    let ReadMention { concept, criterion, mention, .. } = read;
    let cue = read.cue.map(|cue| format!(" by {}", quoted(cue)));
    let counts = match mention.status {
        Some(status) => format!("{criterion} {}", status.name()),
        None => format!("{criterion}: does not count"),
    };
    let past = if mention.axes.past { ", told as history" } else { "" };
    let hedged = if mention.axes.hedged { ", told as a guess" } else { "" };
    let _ = writeln!(
        out,
        "      {} {} ({}{}{past}{hedged}) -> {counts}, weight {}",
        quoted(read.text),
        concept.id,
        mention.axes.assertion.name(),
        cue.unwrap_or_default(),
        mention.weight
    );
}

fn voice(source: Source) -> &'static str {
    match source {
        Source::Guideline => "the guideline",
        Source::Patient => "the reviewer of the patient",
        Source::OtherReviewer => "another reviewer",
    }
}

fn quoted(text: &str) -> String {
    let cut = text.get(..text.floor_char_boundary(SHOWN)).unwrap_or(text);
    let more = if cut.len() < text.len() { "..." } else { "" };
    format!("\"{}{more}\"", printable(cut))
}
