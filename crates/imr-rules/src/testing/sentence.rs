//! The sentences that stand beside the entries of the evidence lexicon: in its example an entry must speak, in its
//! counter-example it must not.
//!
//! Each sentence is the whole rationale of a small letter about an item that the entry counts for. A concept speaks when one of
//! its mentions has a status, a cue when it is found and nothing voids it, a hint at the request when it is found. A sentence
//! that an entry calls `misread` is right and read wrongly today; when it comes out right it fails until the word is taken out.

use imr_letter::{Document, Sample};

use crate::criterion::Part;
use crate::evidence::{CueKind, Entry, EntryExample, Scratch, SentenceKind, Trace, trace};
use crate::rulebook::Rulebook;
use crate::yaml::Spanned;

/// A sentence beside an entry.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Sentence<'r> {
    pub(super) entry: &'r EntryExample,
    pub(super) kind: SentenceKind,
    pub(super) text: &'r Spanned<String>,
}

/// How an entry is read in a sentence.
struct Heard {
    speaks: bool,
    /// What was found of it, for a reader who wonders why.
    found: Vec<String>,
}

impl<'r> Sentence<'r> {
    /// The sentences beside an entry.
    pub(super) fn of(entry: &'r EntryExample) -> impl Iterator<Item = Self> {
        let one = |kind, text: &'r Option<Spanned<String>>| {
            text.as_ref().map(|text| Self { entry, kind, text })
        };
        let example = one(SentenceKind::Example, &entry.example);
        example.into_iter().chain(one(SentenceKind::Counter, &entry.counter))
    }

    /// What it shows.
    pub(super) fn name(self) -> &'static str {
        match self.kind {
            SentenceKind::Example => "example sentence",
            SentenceKind::Counter => "counter-example sentence",
        }
    }

    /// The smallest letter with this rationale, about an item that the entry counts for.
    pub(super) fn document(self, rulebook: &Rulebook) -> Document {
        let sample = Sample { rationale: &self.text.value, ..Sample::default() };
        let mut document = imr_letter::parse(&sample.letter("sentence"), &rulebook.vocabulary);
        let class =
            rulebook.lexicon.entry(self.entry.entry).and_then(|entry| class(entry, rulebook));
        if let (Some(class), Some(decision)) = (class, document.decisions.first_mut()) {
            class.clone_into(&mut decision.item.class);
        }
        document
    }

    /// What differs from what the sentence shows, and what was read of it; nothing when it is read as it should be.
    pub(super) fn differences(self, rulebook: &Rulebook) -> Option<(Vec<String>, Vec<String>)> {
        let heard = self.heard(rulebook);
        let wanted = self.kind == SentenceKind::Example;
        let right = heard.speaks == wanted;
        let misread = self.entry.misread.contains(&self.kind);
        if right != misread {
            return None;
        }
        let (id, text) = (&self.entry.id, &self.text.value);
        let difference = match (misread, wanted) {
            (true, _) => {
                format!("it is read rightly now; take `{}` out of `misread`", self.kind.name())
            }
            (false, true) => format!("`{id}` says nothing in \"{text}\""),
            (false, false) => format!("`{id}` speaks in \"{text}\""),
        };
        let advice = format!("see how it is read: imr-audit try \"{text}\"");
        Some((vec![difference], heard.found.into_iter().chain([advice]).collect()))
    }

    fn heard(self, rulebook: &Rulebook) -> Heard {
        let number = self.entry.entry;
        let document = self.document(rulebook);
        let trace =
            trace(&document, 0, Part::Rationale, &rulebook.lexicon, &mut Scratch::default());
        let heard = match rulebook.lexicon.entry(number) {
            Some(Entry::Concept(_)) => return concept(number, &trace, &document),
            // A void is gone when a passage is read; it has worked when nothing denies any more.
            Some(Entry::Cue(cue)) if cue.kind == CueKind::Void => {
                !trace.passage.cues.iter().any(|cue| cue.kind.negates())
            }
            Some(Entry::Cue(_)) => trace.passage.cues.iter().any(|cue| cue.entry == number),
            Some(Entry::Request(_)) => trace.passage.hints.iter().any(|hint| hint.entry == number),
            None => false,
        };
        let found = if heard { "one of its phrases is found" } else { NOT_FOUND };
        Heard { speaks: heard, found: vec![found.to_owned()] }
    }
}

const NOT_FOUND: &str = "none of its phrases is found, or a longer entry hides it";

fn concept(number: usize, trace: &Trace, document: &Document) -> Heard {
    let mentions: Vec<_> =
        trace.mentions.iter().filter(|mention| mention.entry == number).collect();
    let told = mentions.iter().map(|mention| {
        let words = document.words(mention.slice);
        let (source, assertion) = (mention.axes.source.name(), mention.axes.assertion.name());
        let status = mention.status.map_or("nothing", |status| status.name());
        format!("\"{words}\" is found: {source} speaks, {assertion}, so it says {status}")
    });
    let mut found: Vec<String> = told.collect();
    if found.is_empty() {
        found.push(NOT_FOUND.to_owned());
    }
    Heard { speaks: mentions.iter().any(|mention| mention.status.is_some()), found }
}

/// A class that an entry counts for: the first that it names, or the first of the rulebook that it does not exclude.
fn class<'r>(entry: &'r Entry, rulebook: &'r Rulebook) -> Option<&'r str> {
    let (only, never) = match entry {
        Entry::Concept(concept) => (&concept.classes, &concept.not_classes),
        Entry::Request(hint) => (&hint.classes, &hint.not_classes),
        Entry::Cue(_) => return None,
    };
    if let Some(first) = only.first() {
        return Some(first);
    }
    let mut known = rulebook.vocabulary.entries().classes.iter().map(|class| class.id.as_str());
    known.find(|class| !never.iter().any(|excluded| excluded == class))
}
