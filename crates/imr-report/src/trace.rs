//! How evidence was read, clause by clause: who speaks and by how many votes, which cues stand there, and what every
//! mention counts for, the losing ones included.

use std::fmt::Write as _;

use imr_letter::Document;
use imr_rules::Rulebook;
use imr_rules::criterion::Part;
use imr_rules::evidence::{self, Clause, CueHit, Entry, Mention, Scratch, Source, Stance, Trace};

use crate::names;
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
    let read = evidence::trace(document, decision, part, lexicon, &mut Scratch::default());
    let writer = Writer { document, read: &read, rulebook, only };
    let mut out = String::new();
    for (at, (clause, stance)) in read.passage.clauses.iter().zip(&read.stances).enumerate() {
        let mentions: Vec<&Mention> =
            read.mentions.iter().filter(|it| it.clause == at && writer.chosen(it)).collect();
        let shown = match clauses {
            Clauses::All => only.is_none() || !mentions.is_empty(),
            Clauses::Deciding => mentions.iter().any(|mention| mention.status.is_some()),
        };
        if shown {
            writer.clause(&mut out, part, clause, *stance);
            for mention in mentions {
                writer.mention(&mut out, mention);
            }
        }
    }
    out
}

struct Writer<'a> {
    document: &'a Document,
    read: &'a Trace,
    rulebook: &'a Rulebook,
    only: Option<&'a str>,
}

impl Writer<'_> {
    fn entry(&self, number: usize) -> &str {
        match self.rulebook.lexicon.entry(number) {
            Some(Entry::Concept(concept)) => &concept.id,
            Some(Entry::Cue(cue)) => &cue.id,
            Some(Entry::Request(hint)) => &hint.id,
            None => "",
        }
    }

    fn chosen(&self, mention: &Mention) -> bool {
        self.only.is_none_or(|id| self.entry(mention.entry) == id)
    }

    fn clause(&self, out: &mut String, part: Part, clause: &Clause, stance: Stance) {
        let words = quoted(self.document.words(self.read.passage.slice_of(clause.range)));
        let concludes = if stance.concludes { ", concludes" } else { "" };
        let _ = writeln!(
            out,
            "    {}, {} speaks (votes: guideline {}, patient {}{concludes}): {words}",
            names::part(part),
            voice(stance.source),
            stance.guideline,
            stance.patient
        );
        let cues: Vec<String> = self
            .read
            .passage
            .cues
            .iter()
            .filter(|cue| clause.range.covers(cue.range))
            .map(|cue| self.cue(cue))
            .collect();
        if !cues.is_empty() {
            let _ = writeln!(out, "      cues: {}", cues.join(", "));
        }
    }

    fn cue(&self, cue: &CueHit) -> String {
        let words = quoted(self.document.words(self.read.passage.slice_of(cue.range)));
        let vote = if cue.weight == 0 { String::new() } else { format!(" {}", cue.weight) };
        format!("{words} {}/{}{vote}", self.entry(cue.entry), cue.kind.name())
    }

    fn mention(&self, out: &mut String, mention: &Mention) {
        let Some(Entry::Concept(concept)) = self.rulebook.lexicon.entry(mention.entry) else {
            return;
        };
        let criterion = self.rulebook.criteria.name(concept.criterion);
        let words = quoted(self.document.words(mention.slice));
        let cue = mention.cue.map(|cue| format!(" by {}", quoted(self.document.words(cue))));
        let counts = match mention.status {
            Some(status) => format!("{criterion} {}", status.name()),
            None => format!("{criterion}: does not count"),
        };
        let past = if mention.axes.past { ", told as history" } else { "" };
        let hedged = if mention.axes.hedged { ", told as a guess" } else { "" };
        let _ = writeln!(
            out,
            "      {words} {} ({}{}{past}{hedged}) -> {counts}, weight {}",
            concept.id,
            mention.axes.assertion.name(),
            cue.unwrap_or_default(),
            mention.weight
        );
    }
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
