//! Which phrases of the evidence lexicon rest on a single letter, and the lexicon without them.
//!
//! A lexicon that was written letter by letter scores well on those letters and nowhere else. To see how much it owes to
//! single letters, every phrase (of cues, concepts, request hints and groups) that matches in exactly one letter of a set
//! is taken out; what the figures lose without them is the share that was memorised. A phrase counts where it matches at
//! all, governed or not, which errs on the side of keeping it.

use std::collections::{BTreeMap, BTreeSet};

use imr_letter::{Document, Slice};

use crate::evidence::{self, Lexicon, Passage, Scratch};
use crate::rulebook::{Folder, RuleFile, Rulebook};
use crate::yaml::{self, Diagnostics, Entry, Node, Place, Spanned, Value};

/// The lexicon without the phrases that only one letter attests.
#[derive(Clone, Debug, Default)]
pub struct WithoutSingles {
    /// What is left.
    pub lexicon: Lexicon,
    /// Phrases in the files.
    pub phrases: usize,
    /// Those that match in at least one letter.
    pub attested: usize,
    /// Those that match in exactly one, which were taken out.
    pub single: usize,
}

/// Takes the phrases that exactly one of `letters` attests out of the evidence files among `files`.
pub fn without_singles(
    rulebook: &Rulebook,
    files: &[RuleFile],
    letters: &[&Document],
) -> WithoutSingles {
    let mut nodes = evidence_nodes(files);
    let phrases = PhraseProbe::of(rulebook, files);
    let mut counts = BTreeMap::new();
    for letter in letters {
        phrases.count(letter, &mut counts);
    }
    let single = |place: &Place| counts.get(place) == Some(&1);
    let mut taken = 0;
    for node in &mut nodes {
        each_list(node, &mut |phrases| {
            let before = phrases.len();
            phrases.retain(|phrase| !single(&phrase.place));
            taken += before - phrases.len();
        });
    }
    let lexicon = lexicon(rulebook, &nodes).lexicon;
    let (attested, phrases) = (counts.len(), phrases.places().count());
    WithoutSingles { lexicon, phrases, attested, single: taken }
}

/// The evidence files, read.
pub(crate) fn evidence_nodes(files: &[RuleFile]) -> Vec<Node> {
    files
        .iter()
        .filter(|file| Folder::of(&file.name) == Some(Folder::Evidence))
        .filter_map(|file| yaml::read(&file.name, &file.text).ok())
        .collect()
}

/// Every phrase of the evidence files as an entry of its own, so that it can be told which of them match.
#[derive(Clone, Debug)]
pub struct PhraseProbe {
    lexicon: Lexicon,
    by_entry: BTreeMap<usize, Place>,
    texts: BTreeMap<Place, String>,
    /// Which of them are phrases of cues.
    cues: BTreeSet<Place>,
}

impl PhraseProbe {
    /// The phrases of the evidence files among `files`.
    pub fn of(rulebook: &Rulebook, files: &[RuleFile]) -> Self {
        let nodes = evidence_nodes(files);
        let (mut places, mut texts) = (Vec::new(), BTreeMap::new());
        let probes: Vec<Node> = nodes.iter().map(|node| probe(node, &mut places)).collect();
        let mut cues = BTreeSet::new();
        for mut node in nodes {
            each_list(&mut only(&node, &["cues"]), &mut |phrases| {
                cues.extend(phrases.iter().map(|phrase| phrase.place.clone()));
            });
            each_list(&mut node, &mut |phrases| {
                let written = phrases.iter().filter_map(|phrase| {
                    Some((phrase.place.clone(), phrase.as_text()?.to_owned()))
                });
                texts.extend(written);
            });
        }
        let loaded = lexicon(rulebook, &probes);
        let by_id: BTreeMap<String, Place> = places.into_iter().collect();
        let entries = loaded.examples.iter();
        let by_entry =
            entries.filter_map(|entry| Some((entry.entry, by_id.get(&entry.id)?.clone())));
        Self { by_entry: by_entry.collect(), lexicon: loaded.lexicon, texts, cues }
    }

    /// Where each phrase stands, with its words, by file and place.
    pub fn places(&self) -> impl Iterator<Item = (&Place, &str)> {
        self.texts.iter().map(|(place, text)| (place, text.as_str()))
    }

    /// Counts a letter for every phrase that matches in it at least once.
    pub fn count(&self, letter: &Document, counts: &mut BTreeMap<Place, usize>) {
        let mut scratch = Scratch::default();
        let mut matched = BTreeSet::new();
        for slice in evidence_parts(letter) {
            let passage = Passage::read(letter.words(slice), slice, &self.lexicon, &mut scratch);
            matched.extend(passage.hints.iter().filter_map(|hit| self.by_entry.get(&hit.entry)));
        }
        for place in matched {
            *counts.entry(place.clone()).or_default() += 1;
        }
    }
}

fn lexicon(rulebook: &Rulebook, nodes: &[Node]) -> evidence::Loaded {
    let ids: BTreeMap<_, _> =
        rulebook.criteria.iter().map(|(id, criterion)| (criterion.id.clone(), id)).collect();
    let nodes: Vec<(u16, &Node)> = nodes.iter().map(|node| (0, node)).collect();
    // What the shortened files lack was no mistake of their author.
    evidence::load(&nodes, &[], &ids, &mut Diagnostics::default())
}

/// Calls `with` for every list of phrases below a node.
fn each_list(node: &mut Node, with: &mut impl FnMut(&mut Vec<Node>)) {
    match &mut node.value {
        Value::Map(entries) => {
            for entry in entries {
                match &mut entry.value.value {
                    Value::List(phrases) if entry.key.value == "phrases" => with(phrases),
                    _ => each_list(&mut entry.value, with),
                }
            }
        }
        Value::List(items) => items.iter_mut().for_each(|item| each_list(item, with)),
        _ => {}
    }
}

impl PhraseProbe {
    /// How many words each phrase has, without its gaps, and whether it is one of a cue.
    pub fn lengths(&self) -> impl Iterator<Item = (bool, usize)> {
        self.texts.iter().map(|(place, text)| {
            let words = text.split_whitespace().filter(|word| !word.starts_with("..."));
            (self.cues.contains(place), words.count())
        })
    }
}

/// The words of one evidence file, to be matched by themselves.
#[derive(Clone, Debug)]
pub struct WordGroup {
    /// The file; empty for the group without words.
    pub file: String,
    /// How many phrases it has.
    pub phrases: usize,
    lexicon: Lexicon,
}

/// A group without words, whose matching costs what every group's does, then one for each evidence file with entries.
pub fn groups(rulebook: &Rulebook, files: &[RuleFile]) -> Vec<WordGroup> {
    let nodes = evidence_nodes(files);
    let shared: Vec<Node> = nodes.iter().map(|node| only(node, &["groups"])).collect();
    let of = |node: Option<&Node>| {
        let mut all = shared.clone();
        let own = node.map(|node| only(node, &["criterion", "cues", "concepts", "request"]));
        let mut phrases = 0;
        if let Some(mut own) = own {
            each_list(&mut own, &mut |list| phrases += list.len());
            all.push(own);
        }
        let file = node.map(|node| node.place.file.to_string()).unwrap_or_default();
        WordGroup { file, phrases, lexicon: lexicon(rulebook, &all).lexicon }
    };
    let with_entries = nodes
        .iter()
        .filter(|node| ["cues", "concepts", "request"].iter().any(|key| node.get(key).is_some()));
    std::iter::once(None).chain(with_entries.map(Some)).map(of).collect()
}

/// A file with these keys only.
fn only(node: &Node, keys: &[&str]) -> Node {
    let mut copy = node.clone();
    if let Value::Map(entries) = &mut copy.value {
        entries.retain(|entry| keys.contains(&entry.key.value.as_str()));
    }
    copy
}

impl WordGroup {
    /// How many entries it has.
    pub fn entries(&self) -> usize {
        self.lexicon.entries().count()
    }

    /// How often one of its entries is found in a letter.
    pub fn hits(&self, letter: &Document) -> u64 {
        let mut scratch = Scratch::default();
        let found = evidence_parts(letter).map(|slice| {
            let passage = Passage::read(letter.words(slice), slice, &self.lexicon, &mut scratch);
            passage.cues.len() + passage.concepts.len() + passage.hints.len()
        });
        found.map(|count| u64::try_from(count).unwrap_or(u64::MAX)).sum()
    }
}

/// The parts of a letter that evidence is read in.
fn evidence_parts(letter: &Document) -> impl Iterator<Item = Slice> {
    let decisions = letter.decisions.iter();
    let own = decisions.flat_map(|d| std::iter::once(d.heading.slice).chain(d.rationale));
    own.chain(letter.summary)
}

/// A file in which every phrase of `node` is an entry of its own, as a request hint without weight: hints are kept
/// whatever else matches over them. Groups stay, because phrases name them.
fn probe(node: &Node, places: &mut Vec<(String, Place)>) -> Node {
    let mut hints = Vec::new();
    let mut copy = node.clone();
    each_list(&mut copy, &mut |phrases| {
        for phrase in phrases.iter() {
            let id = format!("{}:{}", phrase.place.file, phrase.place.start);
            hints.push(hint(&id, phrase));
            places.push((id, phrase.place.clone()));
        }
    });
    let mut entries = vec![entry("request", Value::List(hints), &node.place)];
    if let Some(groups) = node.get("groups") {
        entries.push(entry("groups", groups.value.clone(), &groups.place));
    }
    Node { value: Value::Map(entries), place: node.place.clone() }
}

fn hint(id: &str, phrase: &Node) -> Node {
    let text = |text: &str| Value::Text(text.to_owned().into());
    let entries = vec![
        entry("id", text(id), &phrase.place),
        entry("argues_for", text("unclear"), &phrase.place),
        entry("phrases", Value::List(vec![phrase.clone()]), &phrase.place),
    ];
    Node { value: Value::Map(entries), place: phrase.place.clone() }
}

fn entry(key: &str, value: Value, place: &Place) -> Entry {
    let key = Spanned::new(key.to_owned().into(), place.clone());
    Entry { key, value: Node { value, place: place.clone() } }
}

#[cfg(test)]
mod tests {
    use imr_letter::Sample;
    use imr_letter::vocabulary::Vocabulary;

    use super::*;

    fn letter(rationale: &str) -> Document {
        let sample = Sample { rationale, ..Sample::default() };
        imr_letter::parse(&sample.letter("letter"), &Vocabulary::default())
    }

    #[test]
    fn a_phrase_of_one_letter_is_taken_out_and_others_stay() {
        let file = RuleFile::new(
            "rules/evidence/words.yaml",
            "groups:\n  - id: drug\n    phrases: [norco, soma]\nrequest:\n  - id: use\n    argues_for: \
             continuation\n    rationale: 3\n    phrases: [\"continued <drug>\", \"long use\", \"never said\"]\n",
        );
        let letters =
            [letter("The continued Norco helps. A long use."), letter("The continued Norco.")];
        let letters: Vec<&Document> = letters.iter().collect();
        let left = without_singles(&Rulebook::default(), &[file], &letters);
        assert_eq!((left.phrases, left.attested, left.single), (5, 3, 1));
    }
}
