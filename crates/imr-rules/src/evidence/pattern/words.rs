//! Which symbols a token is: all words and word beginnings of the patterns in one trie over bytes.
//!
//! A token is read once from its first byte on, whatever the number of words; every beginning that is a stem of some pattern is
//! passed on the way. Children of a node stand in a row, so that a node is three numbers.

use super::Symbol;

/// No symbol.
const NONE: u32 = u32::MAX;

/// A prefix of some word.
#[derive(Clone, Copy, Debug)]
struct Node {
    /// The first of its children.
    children: u32,
    count: u32,
    /// The symbol of the word that ends here.
    word: u32,
    /// The symbol of the stem that ends here.
    stem: u32,
}

/// The words and stems, frozen.
#[derive(Clone, Debug, Default)]
pub(super) struct Words {
    nodes: Vec<Node>,
    /// The byte that leads to each node.
    labels: Vec<u8>,
}

/// A word, whether it is a stem, and its symbol.
pub(super) type Entry<'w> = (&'w [u8], bool, Symbol);

impl Words {
    /// The trie of these words; each word and each stem stands once.
    pub(super) fn new(mut entries: Vec<Entry<'_>>) -> Self {
        entries.sort_unstable();
        let root = Node { children: 0, count: 0, word: NONE, stem: NONE };
        let mut words = Self { nodes: vec![root], labels: vec![0] };
        // Breadth first: each prefix with its entries, which stand in a row because they are sorted.
        let mut at = 0;
        let mut prefixes: Vec<(&[Entry<'_>], usize)> = vec![(&entries, 0)];
        while let Some((own, depth)) = prefixes.get(at).copied() {
            words.grow(at, own, depth, &mut prefixes);
            at += 1;
        }
        words
    }

    /// Adds the children of a node, whose entries share their first `depth` bytes.
    fn grow<'e, 'w>(
        &mut self,
        at: usize,
        own: &'e [Entry<'w>],
        depth: usize,
        prefixes: &mut Vec<(&'e [Entry<'w>], usize)>,
    ) {
        let ending = own.partition_point(|(word, _, _)| word.len() == depth);
        let (ending, mut rest) = own.split_at(ending);
        let of_kind = |wanted: bool| {
            let found = ending.iter().find(|(_, stem, _)| *stem == wanted);
            found.map_or(NONE, |(_, _, symbol)| symbol.0)
        };
        let (word, stem) = (of_kind(false), of_kind(true));
        let children = u32::try_from(self.nodes.len()).unwrap_or(NONE);
        let mut count = 0;
        while let Some(label) = rest.first().and_then(|(word, _, _)| word.get(depth)).copied() {
            let same = rest.partition_point(|(word, _, _)| word.get(depth) == Some(&label));
            let (group, others) = rest.split_at(same);
            self.nodes.push(Node { children: 0, count: 0, word: NONE, stem: NONE });
            self.labels.push(label);
            prefixes.push((group, depth + 1));
            rest = others;
            count += 1;
        }
        if let Some(node) = self.nodes.get_mut(at) {
            *node = Node { children, count, word, stem };
        }
    }

    /// Calls `found` with the symbol of the word and of every stem that it begins with, letter case aside.
    pub(super) fn of(&self, word: &[u8], mut found: impl FnMut(Symbol)) {
        let mut at = 0;
        let mut bytes = word.iter();
        while let Some(node) = self.nodes.get(at) {
            if node.stem != NONE {
                found(Symbol(node.stem));
            }
            let Some(byte) = bytes.next() else {
                if node.word != NONE {
                    found(Symbol(node.word));
                }
                return;
            };
            let first = node.children as usize;
            let labels = self.labels.get(first..first + node.count as usize).unwrap_or_default();
            let byte = byte.to_ascii_lowercase();
            match labels.iter().position(|label| *label == byte) {
                Some(child) => at = first + child,
                None => return,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn symbols(text: &str) -> Vec<u32> {
        let entries: [Entry<'_>; 5] = [
            (b"improv", true, Symbol(1)),
            (b"improve", false, Symbol(2)),
            (b"in", false, Symbol(3)),
            (b"in", true, Symbol(4)),
            ("\u{e9}t\u{e9}".as_bytes(), false, Symbol(5)),
        ];
        let mut found = Vec::new();
        Words::new(entries.to_vec()).of(text.as_bytes(), |symbol| found.push(symbol.0));
        found
    }

    #[test]
    fn a_word_and_every_stem_that_it_begins_with_are_found() {
        assert_eq!(symbols("Improve"), [1, 2]);
        assert_eq!(symbols("improvement"), [1]);
        assert_eq!(symbols("in"), [4, 3]);
        assert_eq!(symbols("index"), [4]);
        assert_eq!(symbols("\u{e9}t\u{e9}"), [5]);
        assert_eq!(symbols("impro"), [0; 0]);
        assert_eq!(symbols("xyz"), [0; 0]);
    }

    #[test]
    fn without_words_nothing_is_found() {
        Words::default().of(b"word", |_| panic!("there is no word"));
        Words::new(Vec::new()).of(b"word", |_| panic!("there is no word"));
    }
}
