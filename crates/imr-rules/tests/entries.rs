//! The sentences that stand beside the entries of the evidence lexicon: in its example an entry must speak, in its
//! counter-example it must not.
//!
//! Each sentence is the whole rationale of a small letter. A concept speaks when one of its mentions has a status, a cue
//! when it is found and nothing voids it, a hint at the request when it is found.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod shipped_files;

use std::collections::BTreeSet;

use imr_letter::{Document, Sample};
use imr_rules::Rulebook;
use imr_rules::criterion::Part;
use imr_rules::evidence::{Concept, CueKind, Entry, EntryExample, Scratch, Trace, trace};

/// Examples and counter-examples that are right, and that the engine reads wrongly. The list may only shrink: a line that
/// has come right fails the test until it is taken out.
const KNOWN_FAILURES: &[&str] = &[
    // A rationale opens in the guideline's voice; in these nothing but the past tense or the finding itself tells that
    // they are about the patient.
    "aberrance-shown example",
    "red-flags example",
    "within example",
    // "The patient" with a verb that the lexicon does not know, or with "should".
    "harm-present example",
    "weaning example",
    // "is appropriate after", "is approved for" in the guideline's voice.
    "insomnia counter",
    // "not supported until", "do not support the use of".
    "results-awaited example",
];

/// A class for concepts that do not name theirs: the first that they do not exclude.
const CLASSES: [&str; 5] = ["opioid", "physical_therapy", "surgery", "mri", "other"];

/// The smallest letter with this rationale, about an item of this class.
fn document(class: &str, rationale: &str) -> Document {
    let sample = Sample { rationale, ..Sample::default() };
    let mut document =
        imr_letter::parse(&sample.letter("sentence"), &Rulebook::default().vocabulary);
    class.clone_into(&mut document.decisions.first_mut().unwrap().item.class);
    document
}

fn class(concept: &Concept) -> &str {
    let applies = |class: &&str| !concept.not_classes.iter().any(|excluded| excluded == class);
    let named = concept.classes.first().map(String::as_str);
    named.or_else(|| CLASSES.into_iter().find(applies)).unwrap()
}

fn read(entry: &Entry, sentence: &str, rulebook: &Rulebook) -> Trace {
    let class = match entry {
        Entry::Concept(concept) => class(concept),
        Entry::Request(hint) => hint.classes.first().map_or("opioid", String::as_str),
        Entry::Cue(_) => "opioid",
    };
    let document = document(class, sentence);
    trace(&document, 0, Part::Rationale, &rulebook.lexicon, &mut Scratch::default())
}

/// A void is gone when a passage is read; it has worked when nothing denies any more.
fn denies(kind: CueKind) -> bool {
    use CueKind::{AbsentAround, AbsentBackward, AbsentForward, DeniedBackward, DeniedForward};
    matches!(kind, AbsentForward | AbsentBackward | AbsentAround | DeniedForward | DeniedBackward)
}

/// Whether the entry with this number speaks in a sentence.
fn speaks(number: usize, sentence: &str, rulebook: &Rulebook) -> bool {
    let entry = rulebook.lexicon.entry(number).unwrap();
    let trace = read(entry, sentence, rulebook);
    match entry {
        Entry::Cue(cue) if cue.kind == CueKind::Void => {
            !trace.passage.cues.iter().any(|cue| denies(cue.kind))
        }
        Entry::Cue(_) => trace.passage.cues.iter().any(|cue| cue.entry == number),
        Entry::Request(_) => trace.passage.hints.iter().any(|hint| hint.entry == number),
        Entry::Concept(_) => {
            trace.mentions.iter().any(|mention| mention.entry == number && mention.status.is_some())
        }
    }
}

/// What is wrong with an entry's sentences: "id example: sentence".
fn mistakes(entry: &EntryExample, rulebook: &Rulebook) -> Vec<(String, String)> {
    let mut mistakes = Vec::new();
    for (name, sentence, expected) in
        [("example", &entry.example, true), ("counter", &entry.counter, false)]
    {
        let wrong = |sentence: &str| speaks(entry.entry, sentence, rulebook) != expected;
        if let Some(sentence) = sentence
            && wrong(&sentence.value)
        {
            let place = format!("{}: {}", sentence.place.file, sentence.value);
            mistakes.push((format!("{} {name}", entry.id), place));
        }
    }
    mistakes
}

#[test]
fn every_entry_speaks_in_its_example_and_not_in_its_counter_example() {
    let rulebook = shipped_files::rulebook();
    let mistakes: Vec<_> =
        rulebook.entry_examples.iter().flat_map(|entry| mistakes(entry, &rulebook)).collect();
    let known = |name: &str| KNOWN_FAILURES.contains(&name);
    let new: Vec<_> = mistakes
        .iter()
        .filter(|(name, _)| !known(name))
        .map(|(name, sentence)| format!("{name}: {sentence}"))
        .collect();
    assert!(
        new.is_empty(),
        "sentences that are read otherwise ({}):\n{}",
        new.len(),
        new.join("\n")
    );
    let failed: BTreeSet<&str> = mistakes.iter().map(|(name, _)| name.as_str()).collect();
    let right: Vec<_> = KNOWN_FAILURES.iter().filter(|name| !failed.contains(**name)).collect();
    assert!(right.is_empty(), "these come out right now: take them off the list: {right:?}");
}

#[test]
fn every_entry_has_an_example() {
    let rulebook = shipped_files::rulebook();
    let without: Vec<_> = rulebook
        .entry_examples
        .iter()
        .filter(|entry| entry.example.is_none())
        .map(|entry| entry.id.as_str())
        .collect();
    assert!(without.is_empty(), "entries without an example sentence: {}", without.join(", "));
}
