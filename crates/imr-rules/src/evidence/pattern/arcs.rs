//! What begins at a token, and a quick test of whether a pattern can go on there.

use super::Symbol;

/// Which symbols a node or a place may have, a bit for each symbol by its number modulo the width: a clear bit is
/// certain, a set one a reason to look. Most places have nothing that a node waits for, and are passed by one test.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Mask([u64; 4]);

impl Mask {
    pub(super) fn add(&mut self, symbol: Symbol) {
        let word = usize::try_from(symbol.0 / 64 % 4).unwrap_or_default();
        if let Some(word) = self.0.get_mut(word) {
            *word |= 1 << (symbol.0 % 64);
        }
    }

    pub(super) fn meets(self, other: Self) -> bool {
        self.0.iter().zip(other.0).any(|(a, b)| a & b != 0)
    }
}

/// What begins at one token: each symbol with the token after its last.
#[derive(Clone, Debug, Default)]
pub(super) struct Arcs {
    pub(super) list: Vec<(Symbol, usize)>,
    pub(super) mask: Mask,
}

impl Arcs {
    pub(super) fn clear(&mut self) {
        self.list.clear();
        self.mask = Mask::default();
    }

    pub(super) fn push(&mut self, symbol: Symbol, end: usize) {
        if !self.list.contains(&(symbol, end)) {
            self.list.push((symbol, end));
            self.mask.add(symbol);
        }
    }
}
