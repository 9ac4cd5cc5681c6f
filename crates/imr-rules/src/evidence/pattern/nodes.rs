//! What the trie of patterns is made of, as it lies in memory and is stored.

use imr_letter::fixed::Fixed;

/// A node: where its edges, gaps and accepted patterns begin; they end where those of the next node begin.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Node {
    pub(super) edges: u32,
    pub(super) gaps: u32,
    pub(super) accepts: u32,
    /// What its symbols are, in short: of up to four the numbers modulo the width of a mask, of more the place of their mask. Nodes
    /// are all over more memory than the processor has close by, so that they are small is worth more than that they are alike.
    pub(super) symbols: u32,
}

/// Symbols that are told one by one.
pub(super) const FEW: usize = 4;

impl Fixed for Node {
    const SIZE: usize = 4 * u32::SIZE;

    fn put(&self, out: &mut Vec<u8>) {
        for place in [self.edges, self.gaps, self.accepts, self.symbols] {
            place.put(out);
        }
    }

    fn take(bytes: &mut &[u8]) -> Option<Self> {
        let mut next = || u32::take(bytes);
        let (edges, gaps, accepts, symbols) = (next()?, next()?, next()?, next()?);
        Some(Self { edges, gaps, accepts, symbols })
    }
}

/// A gap, and what tells without a look at the node behind it that nothing goes on there: most gaps have words behind them and
/// nothing else, and most of these stand nowhere near.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Gap {
    /// The node behind it.
    pub(super) to: u32,
    /// That node's symbols, in short.
    pub(super) symbols: u32,
    pub(super) width: u8,
    /// How many symbols they are, more than a few alike; 0 where the node also ends a pattern or has a gap of its own.
    pub(super) words: u8,
}

impl Gap {
    /// No gap is wider than one byte tells.
    pub(super) fn new(width: usize, to: u32) -> Self {
        Self { to, width: u8::try_from(width).unwrap_or(u8::MAX), ..Self::default() }
    }
}

impl Fixed for Gap {
    const SIZE: usize = 2 * u32::SIZE + 2;

    fn put(&self, out: &mut Vec<u8>) {
        self.to.put(out);
        self.symbols.put(out);
        self.width.put(out);
        self.words.put(out);
    }

    fn take(bytes: &mut &[u8]) -> Option<Self> {
        let (to, symbols) = (u32::take(bytes)?, u32::take(bytes)?);
        Some(Self { to, symbols, width: u8::take(bytes)?, words: u8::take(bytes)? })
    }
}
