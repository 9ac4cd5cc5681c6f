//! One clause with what was read in it, as the text trace and the JSON lines show it.

use imr_letter::Document;
use imr_rules::Rulebook;
use imr_rules::evidence::{Clause, Concept, CueHit, Entry, Mention, Stance, Trace};

/// A part of a letter that was read, with what its numbers stand for.
#[derive(Clone, Copy)]
pub(crate) struct Read<'a> {
    pub(crate) document: &'a Document,
    pub(crate) trace: &'a Trace,
    pub(crate) rulebook: &'a Rulebook,
}

/// A clause of it.
pub(crate) struct ReadClause<'a> {
    /// Its number in the part, from 0.
    pub(crate) number: usize,
    pub(crate) clause: &'a Clause,
    pub(crate) stance: Stance,
    pub(crate) text: &'a str,
    pub(crate) cues: Vec<ReadCue<'a>>,
    pub(crate) mentions: Vec<ReadMention<'a>>,
}

/// A cue of the clause.
pub(crate) struct ReadCue<'a> {
    pub(crate) entry: &'a str,
    pub(crate) text: &'a str,
    pub(crate) hit: &'a CueHit,
}

/// A mention of the clause.
pub(crate) struct ReadMention<'a> {
    pub(crate) concept: &'a Concept,
    pub(crate) criterion: &'a str,
    pub(crate) text: &'a str,
    /// The words of the cue that gives it its meaning.
    pub(crate) cue: Option<&'a str>,
    pub(crate) mention: &'a Mention,
}

impl<'a> Read<'a> {
    /// Every clause, in the letter's order.
    pub(crate) fn clauses(self) -> impl Iterator<Item = ReadClause<'a>> {
        let clauses = self.trace.passage.clauses.iter().zip(self.trace.stances.iter()).enumerate();
        clauses.map(move |(number, (clause, stance))| {
            let passage = &self.trace.passage;
            let cues = passage.cues.iter().filter(|cue| clause.range.covers(cue.range));
            let mentions = self.trace.mentions.iter().filter(|it| it.clause == number);
            ReadClause {
                number,
                clause,
                stance: *stance,
                text: self.document.words(passage.slice_of(clause.range)),
                cues: cues.map(|hit| self.cue(hit)).collect(),
                mentions: mentions.filter_map(|mention| self.mention(mention)).collect(),
            }
        })
    }

    fn cue(self, hit: &'a CueHit) -> ReadCue<'a> {
        let text = self.document.words(self.trace.passage.slice_of(hit.range));
        ReadCue { entry: self.rulebook.lexicon.entry(hit.entry).map_or("", Entry::id), text, hit }
    }

    fn mention(self, mention: &'a Mention) -> Option<ReadMention<'a>> {
        let Some(Entry::Concept(concept)) = self.rulebook.lexicon.entry(mention.entry) else {
            return None;
        };
        Some(ReadMention {
            concept,
            criterion: self.rulebook.criteria.name(concept.criterion),
            text: self.document.words(mention.slice),
            cue: mention.cue.map(|cue| self.document.words(cue)),
            mention,
        })
    }
}
