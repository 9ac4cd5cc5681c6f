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
    let mut nodes: Vec<Node> = files
        .iter()
        .filter(|file| Folder::of(&file.name) == Some(Folder::Evidence))
        .filter_map(|file| yaml::read(&file.name, &file.text).ok())
        .collect();
    let mut places = BTreeSet::new();
    for node in &mut nodes {
        each_list(node, &mut |phrases| places.extend(phrases.iter().map(|p| p.place.clone())));
    }
    let counts = attestations(rulebook, &nodes, letters);
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
    WithoutSingles { lexicon, phrases: places.len(), attested: counts.len(), single: taken }
}

fn lexicon(rulebook: &Rulebook, nodes: &[Node]) -> evidence::Loaded {
    let ids: BTreeMap<_, _> =
        rulebook.criteria.iter().map(|(id, criterion)| (criterion.id.clone(), id)).collect();
    let nodes: Vec<(u16, &Node)> = nodes.iter().map(|node| (0, node)).collect();
    // What the shortened files lack was no mistake of their author.
    evidence::load(&nodes, &ids, &mut Diagnostics::default())
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

/// In how many letters each phrase matches, by its place; phrases that match in none are left out.
fn attestations(
    rulebook: &Rulebook,
    nodes: &[Node],
    letters: &[&Document],
) -> BTreeMap<Place, usize> {
    let mut places = Vec::new();
    let probes: Vec<Node> = nodes.iter().map(|node| probe(node, &mut places)).collect();
    let loaded = lexicon(rulebook, &probes);
    let by_id: BTreeMap<String, Place> = places.into_iter().collect();
    let by_entry: BTreeMap<usize, &Place> = loaded
        .examples
        .iter()
        .filter_map(|entry| Some((entry.entry, by_id.get(&entry.id)?)))
        .collect();
    let mut scratch = Scratch::default();
    let mut counts = BTreeMap::new();
    for letter in letters {
        let mut matched = BTreeSet::new();
        for slice in evidence_parts(letter) {
            let passage = Passage::read(letter.words(slice), slice, &loaded.lexicon, &mut scratch);
            matched.extend(passage.hints.iter().filter_map(|hit| by_entry.get(&hit.entry)));
        }
        for place in matched {
            let count: &mut usize = counts.entry(Place::clone(place)).or_default();
            *count += 1;
        }
    }
    counts
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
    let text = |text: &str| Value::Text(text.to_owned());
    let entries = vec![
        entry("id", text(id), &phrase.place),
        entry("argues_for", text("unclear"), &phrase.place),
        entry("phrases", Value::List(vec![phrase.clone()]), &phrase.place),
    ];
    Node { value: Value::Map(entries), place: phrase.place.clone() }
}

fn entry(key: &str, value: Value, place: &Place) -> Entry {
    let key = Spanned::new(key.to_owned(), place.clone());
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
