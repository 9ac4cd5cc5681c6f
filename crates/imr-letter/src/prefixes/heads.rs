//! Whether any word may begin as a text does, told by the first four bytes.
//!
//! Most words of a letter begin no word of a list, and a walk finds that out after some steps, each to another place of a trie
//! that is larger than the processor's fast memory. Two small tables of bits say it at once for most of them: a clear bit is certain,
//! a set one a reason to walk.

use super::{NONE, Prefixes};

/// Bytes that tell.
const DEPTH: usize = 4;

/// How many bits of the table there are for each head, so that few bits are set for another.
const ROOM: usize = 8;

/// The beginnings of all words, as classes.
#[derive(Clone, Debug, Default)]
pub(super) struct Heads {
    /// How many classes there are.
    width: usize,
    /// A bit for each two classes that are a word, or begin with one.
    short: Vec<u64>,
    /// A bit for each three classes that are a word, and each four that a word begins with, by their [`place`].
    long: Vec<u64>,
}

impl Heads {
    /// The heads of all words of a trie.
    pub(super) fn of(trie: &Prefixes) -> Self {
        let last = trie.labels.iter().max().copied().unwrap_or_default();
        let width = usize::from(last) + 1;
        let mut heads =
            Self { width, short: vec![0; (width * width).div_ceil(64)], long: Vec::new() };
        let mut long = Vec::new();
        // Nodes with the classes that lead to them, the last first: as many as the node is deep.
        let mut open = vec![(0, [0; DEPTH])];
        while let Some((at, head)) = open.pop() {
            let Some(node) = trie.nodes.get(at) else { continue };
            let is_word = node.word != NONE;
            match head {
                [0, ..] => {}
                [a, 0, ..] if is_word => (0..=last).for_each(|b| heads.shorten(a, b)),
                [b, a, 0, _] if is_word => heads.shorten(a, b),
                [c, b, a, 0] if is_word => long.push([a, b, c, 0]),
                [d, c, b, a] if a != 0 => {
                    long.push([a, b, c, d]);
                    continue;
                }
                _ => {}
            }
            let [first, second, third, _] = head;
            let from = node.children as usize;
            let labels = trie.labels.get(from..from + node.count as usize).unwrap_or_default();
            let next = (from..).zip(labels);
            open.extend(next.map(|(child, label)| (child, [*label, first, second, third])));
        }
        let words = (long.len() * ROOM).next_power_of_two().max(64) / 64;
        heads.long = vec![0; words];
        long.into_iter().for_each(|head| set(&mut heads.long, place(head, words)));
        heads
    }

    fn shorten(&mut self, a: u8, b: u8) {
        let at = usize::from(a) * self.width + usize::from(b);
        set(&mut self.short, at);
    }

    /// Whether any word may begin as the text does.
    #[inline]
    pub(super) fn may_begin(&self, text: &[u8], classes: &[u8; 256]) -> bool {
        let Some(first) = text.first_chunk::<DEPTH>() else { return true };
        let head = first.map(|byte| classes.get(usize::from(byte)).copied().unwrap_or_default());
        let [a, b, c, d] = head;
        // A walk ends soon where no word has a byte.
        if a == 0 || b == 0 || c == 0 || d == 0 {
            return a != 0;
        }
        has(&self.short, usize::from(a) * self.width + usize::from(b))
            || has(&self.long, place(head, self.long.len()))
            || has(&self.long, place([a, b, c, 0], self.long.len()))
    }
}

/// The bit of a head among those of so many words, a power of two.
fn place(head: [u8; DEPTH], words: usize) -> usize {
    let spread = u32::from_le_bytes(head).wrapping_mul(0x9e37_79b1);
    // The first bits are spread best.
    let bits = 6 + words.trailing_zeros();
    (spread >> (u32::BITS - bits.min(u32::BITS))) as usize
}

fn set(bits: &mut [u64], at: usize) {
    if let Some(word) = bits.get_mut(at / 64) {
        *word |= 1 << (at % 64);
    }
}

fn has(bits: &[u64], at: usize) -> bool {
    bits.get(at / 64).is_some_and(|word| word & (1 << (at % 64)) != 0)
}
