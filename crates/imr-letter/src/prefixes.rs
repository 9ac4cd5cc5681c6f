//! Which of many words a text begins with: all words in one trie over bytes.
//!
//! A text is read from its first byte for as long as some word goes on, whatever the number of words, and every word that
//! ends on the way is found. Children of a node stand in a row, and the whole is built in
//! one pass over the sorted words, a small part of the time that a general automaton takes. Bytes are told apart only as far as
//! words do: a class for each byte that some word has, after folding. Where many words part, a node has a table of where each
//! class leads; most nodes have one child.

use serde::{Deserialize, Serialize};

use crate::fixed::{self, Fixed};

/// No word, no table.
const NONE: u32 = u32::MAX;

/// A node with more children has a table.
const FEW: u32 = 3;

/// A beginning of some word.
#[derive(Clone, Copy, Debug, Default)]
struct Node {
    /// The first of its children.
    children: u32,
    count: u32,
    /// The word that ends here.
    word: u32,
    /// Where its table begins.
    table: u32,
    /// The class of its first child.
    first: u8,
}

impl Node {
    const LEAF: Self = Self { children: 0, count: 0, word: NONE, table: NONE, first: 0 };
}

impl Fixed for Node {
    const SIZE: usize = 3 * u32::SIZE;

    fn put(&self, out: &mut Vec<u8>) {
        for number in [self.children, self.count, self.word] {
            number.put(out);
        }
    }

    fn take(bytes: &mut &[u8]) -> Option<Self> {
        let mut next = || u32::take(bytes);
        Some(Self { children: next()?, count: next()?, word: next()?, ..Self::LEAF })
    }
}

/// Words by their beginnings.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(from = "Stored")]
pub struct Prefixes {
    #[serde(with = "fixed")]
    nodes: Vec<Node>,
    /// The class that leads to each node; sorted among the children of one node.
    #[serde(with = "fixed")]
    labels: Vec<u8>,
    /// The class of each byte; 0 when no word has it.
    #[serde(with = "fixed")]
    classes: [u8; 256],
    /// The child for each class, of every node that has a table; the root, which is 0, where there is none.
    #[serde(skip_serializing)]
    tables: Vec<u32>,
}

/// What is stored of it: all beginnings, the root first, and what tells bytes apart.
#[derive(Deserialize)]
struct Stored {
    #[serde(with = "fixed")]
    nodes: Vec<Node>,
    #[serde(with = "fixed")]
    labels: Vec<u8>,
    #[serde(with = "fixed")]
    classes: Vec<u8>,
}

/// What many words begin with.
struct Beginning<'w, W> {
    /// Its node.
    at: usize,
    /// The number of the first of the words.
    first: usize,
    /// Those that share so many bytes.
    words: &'w [W],
    depth: usize,
}

impl Stored {
    /// Gives a node its children.
    fn grow<'w, W: AsRef<[u8]>>(
        &mut self,
        Beginning { at, mut first, words, depth }: Beginning<'w, W>,
        classes: &[u8; 256],
        beginnings: &mut Vec<Beginning<'w, W>>,
    ) {
        let mut rest = words;
        let mut word = NONE;
        while let Some((next, others)) = rest.split_first()
            && next.as_ref().len() <= depth
        {
            word = number(first);
            first += 1;
            rest = others;
        }
        let children = number(self.nodes.len());
        let mut count = 0;
        while let Some(label) = rest.first().and_then(|word| word.as_ref().get(depth)).copied() {
            let same = rest.partition_point(|word| word.as_ref().get(depth) <= Some(&label));
            let (group, others) = rest.split_at(same);
            let at = self.nodes.len();
            self.nodes.push(Node::LEAF);
            self.labels.push(classes.get(usize::from(label)).copied().unwrap_or_default());
            beginnings.push(Beginning { at, first, words: group, depth: depth + 1 });
            first += same;
            rest = others;
            count += 1;
        }
        if let Some(node) = self.nodes.get_mut(at) {
            *node = Node { children, count, word, ..Node::LEAF };
        }
    }
}

impl From<Stored> for Prefixes {
    fn from(Stored { nodes, labels, classes: stored }: Stored) -> Self {
        let mut classes = [0; 256];
        classes.iter_mut().zip(stored).for_each(|(class, stored)| *class = stored);
        let mut trie = Self { nodes, labels, classes, tables: Vec::new() };
        trie.lay_tables();
        trie
    }
}

impl Default for Prefixes {
    fn default() -> Self {
        Self { nodes: Vec::new(), labels: Vec::new(), classes: [0; 256], tables: Vec::new() }
    }
}

impl Prefixes {
    /// The trie of these words, sorted and distinct; a word is found by its number in this order. Every byte of a text is
    /// folded by `fold` before it is compared; the words are folded already.
    pub fn new<W: AsRef<[u8]>>(words: &[W], fold: impl Fn(u8) -> u8) -> Self {
        let own = classes(words);
        let folded = (0..=u8::MAX).map(|byte| own.get(usize::from(fold(byte))).copied());
        let classes = folded.map(Option::unwrap_or_default).collect();
        let mut trie = Stored { nodes: vec![Node::LEAF], labels: vec![0], classes };
        // Each beginning with its words, which stand in a row because they are sorted. The last comes first, so that what goes on
        // in one way only, as most words soon do, stands in a row too: a walk along it touches next to no other memory.
        let mut beginnings = vec![Beginning { at: 0, first: 0, words, depth: 0 }];
        while let Some(beginning) = beginnings.pop() {
            trie.grow(beginning, &own, &mut beginnings);
        }
        trie.into()
    }

    /// Gives every node with many children its table.
    fn lay_tables(&mut self) {
        let Self { nodes, labels, classes, tables } = self;
        let last = labels.iter().chain(&*classes).copied().max().unwrap_or_default();
        let width = usize::from(last) + 1;
        for node in nodes.iter_mut().filter(|node| node.count > 0) {
            let first = node.children as usize;
            let own = labels.get(first..first + node.count as usize).unwrap_or_default();
            node.first = own.first().copied().unwrap_or_default();
            if node.count <= FEW {
                continue;
            }
            let start = tables.len();
            node.table = number(start);
            tables.resize(start + width, 0);
            for (child, class) in (node.children..).zip(own) {
                if let Some(to) = tables.get_mut(start + usize::from(*class)) {
                    *to = child;
                }
            }
        }
    }

    /// Calls `found` with the length and the number of every word that the bytes begin with, shortest first.
    #[inline]
    pub fn of(&self, text: &[u8], mut found: impl FnMut(usize, usize)) {
        let Some(mut node) = self.nodes.first() else { return };
        for (length, byte) in (1..).zip(text) {
            let class = self.classes.get(usize::from(*byte)).copied().unwrap_or_default();
            if class == 0 {
                return;
            }
            let Some(next) = self.child(node, class) else { return };
            if next.word != NONE {
                found(length, next.word as usize);
            }
            node = next;
        }
    }

    /// The child that a class, which is not 0, leads to.
    #[inline]
    fn child(&self, node: &Node, class: u8) -> Option<&Node> {
        let first = node.children as usize;
        let child = if node.table != NONE {
            *self.tables.get(node.table as usize + usize::from(class))? as usize
        } else if node.first == class {
            first
        } else {
            // Most nodes have no other.
            let others = self.labels.get(first + 1..first + node.count as usize)?;
            first + 1 + others.iter().position(|label| *label == class)?
        };
        // The root is nobody's child.
        if child == 0 { None } else { self.nodes.get(child) }
    }
}

/// A class for each byte that some word has, in the order of the bytes.
fn classes<W: AsRef<[u8]>>(words: &[W]) -> [u8; 256] {
    let mut classes = [0; 256];
    for byte in words.iter().flat_map(AsRef::as_ref) {
        if let Some(class) = classes.get_mut(usize::from(*byte)) {
            *class = 1;
        }
    }
    let mut count: u8 = 0;
    for class in classes.iter_mut().filter(|class| **class > 0) {
        // No text has all 256 bytes.
        count = count.saturating_add(1);
        *class = count;
    }
    classes
}

fn number(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(NONE)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn beginnings<'w>(words: &[&'w str], text: &str) -> Vec<(usize, &'w str)> {
        let mut found = Vec::new();
        let trie = Prefixes::new(words, |byte| byte.to_ascii_lowercase());
        trie.of(text.as_bytes(), |length, word| found.push((length, words[word])));
        found
    }

    #[test]
    fn every_word_that_a_text_begins_with_is_found() {
        let words = ["improv", "improve", "in", "index", "\u{e9}t\u{e9}"];
        assert_eq!(beginnings(&words, "Improvement"), [(6, "improv"), (7, "improve")]);
        assert_eq!(beginnings(&words, "in"), [(2, "in")]);
        assert_eq!(beginnings(&words, "indexes"), [(2, "in"), (5, "index")]);
        assert_eq!(beginnings(&words, "\u{e9}t\u{e9}s"), [(5, "\u{e9}t\u{e9}")]);
        assert!(beginnings(&words, "impro").is_empty());
        assert!(beginnings(&words, "").is_empty());
    }

    #[test]
    fn many_words_may_part_at_one_place() {
        let words = ["a", "ab", "ac", "ad", "ae", "af", "b", "c", "d", "e"];
        assert_eq!(beginnings(&words, "Afx"), [(1, "a"), (2, "af")]);
        assert_eq!(beginnings(&words, "agx"), [(1, "a")]);
        assert_eq!(beginnings(&words, "e"), [(1, "e")]);
        assert!(beginnings(&words, "f\u{e9}").is_empty());
    }

    #[test]
    fn without_words_nothing_is_found() {
        assert!(beginnings(&[], "word").is_empty());
        Prefixes::default().of(b"word", |_, _| panic!("there is no word"));
    }
}
