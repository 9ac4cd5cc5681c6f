//! Which of many words a text begins with: all words in one trie over bytes.
//!
//! A text is read from its first byte for as long as some word goes on, whatever the number of words, and every word that
//! ends on the way is found. Children of a node stand in a row, so that a node is three numbers and the whole is built in
//! one pass over the sorted words, a small part of the time that a general automaton takes.

use serde::{Deserialize, Serialize};

use crate::fixed::{self, Fixed};

/// No word.
const NONE: u32 = u32::MAX;

/// A beginning of some word.
#[derive(Clone, Copy, Debug, Default)]
struct Node {
    /// The first of its children.
    children: u32,
    count: u32,
    /// The word that ends here.
    word: u32,
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
        Some(Self { children: next()?, count: next()?, word: next()? })
    }
}

/// Words by their beginnings.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(from = "Stored")]
pub struct Prefixes {
    #[serde(with = "fixed")]
    nodes: Vec<Node>,
    /// The byte that leads to each node; sorted among the children of one node.
    #[serde(with = "fixed")]
    labels: Vec<u8>,
    /// The root's child for each byte; the root itself, which is 0, where there is none. Most texts begin with no word.
    #[serde(skip_serializing)]
    first: [u32; 256],
}

/// What is stored of it: all beginnings, the root first.
#[derive(Deserialize)]
struct Stored {
    #[serde(with = "fixed")]
    nodes: Vec<Node>,
    #[serde(with = "fixed")]
    labels: Vec<u8>,
}

impl Stored {
    /// Gives a node its children: `own` are its words, from number `first` on, which share their first `depth` bytes.
    fn grow<'w, W: AsRef<[u8]>>(
        &mut self,
        at: usize,
        (mut first, own, depth): (usize, &'w [W], usize),
        beginnings: &mut Vec<(usize, &'w [W], usize)>,
    ) {
        let mut rest = own;
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
            self.nodes.push(Node { children: 0, count: 0, word: NONE });
            self.labels.push(label);
            beginnings.push((first, group, depth + 1));
            first += same;
            rest = others;
            count += 1;
        }
        if let Some(node) = self.nodes.get_mut(at) {
            *node = Node { children, count, word };
        }
    }
}

impl From<Stored> for Prefixes {
    fn from(Stored { nodes, labels }: Stored) -> Self {
        let children = nodes.first().map_or(0, |root| root.count);
        let mut first = [0; 256];
        for (child, label) in (1..).zip(labels.iter().skip(1)).take(children as usize) {
            if let Some(first) = first.get_mut(usize::from(*label)) {
                *first = child;
            }
        }
        Self { nodes, labels, first }
    }
}

impl Default for Prefixes {
    fn default() -> Self {
        Self { nodes: Vec::new(), labels: Vec::new(), first: [0; 256] }
    }
}

impl Prefixes {
    /// The trie of these words, sorted and distinct; a word is found by its number in this order.
    pub fn new<W: AsRef<[u8]>>(words: &[W]) -> Self {
        let root = Node { children: 0, count: 0, word: NONE };
        let mut trie = Stored { nodes: vec![root], labels: vec![0] };
        // Breadth first: each beginning with its words, which stand in a row because they are sorted.
        let mut beginnings = vec![(0, words, 0)];
        let mut at = 0;
        while let Some((first, own, depth)) = beginnings.get(at).copied() {
            trie.grow(at, (first, own, depth), &mut beginnings);
            at += 1;
        }
        trie.into()
    }

    /// Calls `found` with the length and the number of every word that the bytes begin with, shortest first, after each
    /// byte was folded by `fold`.
    #[inline]
    pub fn of(&self, text: &[u8], fold: impl Fn(u8) -> u8, mut found: impl FnMut(usize, usize)) {
        let Some((first, rest)) = text.split_first() else { return };
        let at = self.first.get(usize::from(fold(*first))).copied().unwrap_or_default();
        if at != 0 {
            self.go_on(at as usize, rest, fold, &mut found);
        }
    }

    /// Goes on from the node that one byte led to.
    fn go_on(
        &self,
        mut at: usize,
        rest: &[u8],
        fold: impl Fn(u8) -> u8,
        found: &mut impl FnMut(usize, usize),
    ) {
        let mut bytes = rest.iter();
        while let Some(node) = self.nodes.get(at) {
            if node.word != NONE {
                found(1 + rest.len() - bytes.len(), node.word as usize);
            }
            let Some(byte) = bytes.next() else { return };
            let byte = fold(*byte);
            let first = node.children as usize;
            let labels = self.labels.get(first..first + node.count as usize).unwrap_or_default();
            match labels.binary_search(&byte) {
                Ok(child) => at = first + child,
                Err(_) => return,
            }
        }
    }
}

fn number(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(NONE)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn beginnings<'w>(words: &[&'w str], text: &str) -> Vec<(usize, &'w str)> {
        let mut found = Vec::new();
        let trie = Prefixes::new(words);
        trie.of(
            text.as_bytes(),
            |byte| byte.to_ascii_lowercase(),
            |length, word| {
                found.push((length, words[word]));
            },
        );
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
    fn without_words_nothing_is_found() {
        assert!(beginnings(&[], "word").is_empty());
        Prefixes::default().of(b"word", |byte| byte, |_, _| panic!("there is no word"));
    }
}
