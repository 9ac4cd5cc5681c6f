//! What begins at each token, and a quick test of whether a pattern can go on there.

use imr_letter::fixed::Fixed;

use super::{GAP, Symbol};

/// Which symbols a node or a place may have, a bit for each symbol by its number modulo the width: a clear bit is
/// certain, a set one a reason to look. Most places have nothing that a node waits for, and are passed by one test.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Mask([u64; 4]);

impl Fixed for Mask {
    const SIZE: usize = 4 * u64::SIZE;

    fn put(&self, out: &mut Vec<u8>) {
        for word in self.0 {
            word.put(out);
        }
    }

    fn take(bytes: &mut &[u8]) -> Option<Self> {
        let mut next = || u64::take(bytes);
        Some(Self([next()?, next()?, next()?, next()?]))
    }
}

impl Mask {
    /// The bit of a symbol.
    pub(super) fn bit(symbol: Symbol) -> u8 {
        let [bit, ..] = symbol.0.to_le_bytes();
        bit
    }

    pub(super) fn add(&mut self, symbol: Symbol) {
        let bit = Self::bit(symbol);
        if let Some(word) = self.0.get_mut(usize::from(bit / 64)) {
            *word |= 1 << (bit % 64);
        }
    }

    pub(super) fn has(&self, bit: u8) -> bool {
        self.0.get(usize::from(bit / 64)).is_some_and(|word| word & (1 << (bit % 64)) != 0)
    }

    fn join(&mut self, other: &Self) {
        self.0.iter_mut().zip(&other.0).for_each(|(own, other)| *own |= other);
    }

    pub(super) fn meets(&self, other: &Self) -> bool {
        self.0.iter().zip(&other.0).fold(0, |met, (own, other)| met | own & other) != 0
    }
}

/// A symbol that begins at a token, with the token after its last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Arc {
    pub(super) symbol: Symbol,
    pub(super) end: u32,
}

/// What begins at one token.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Place {
    from: u32,
    to: u32,
    pub(super) mask: Mask,
    /// What begins here or behind a usual gap.
    pub(super) ahead: Mask,
    /// Whether a gap ends before it.
    pub(super) stops: bool,
}

/// What begins at each token of a text. It is filled from the last token to the first, because what begins at a token
/// depends on what begins behind it.
#[derive(Clone, Debug, Default)]
pub(super) struct Arcs {
    places: Vec<Place>,
    all: Vec<Arc>,
}

impl Arcs {
    /// Forgets everything; there are `tokens` places.
    pub(super) fn clear(&mut self, tokens: usize) {
        self.places.clear();
        self.places.resize(tokens, Place::default());
        self.all.clear();
    }

    /// Goes on to the place before; `stops`: a gap ends before it.
    pub(super) fn open(&mut self, at: usize, stops: bool) {
        let from = u32::try_from(self.all.len()).unwrap_or(u32::MAX);
        if let Some(place) = self.places.get_mut(at) {
            *place = Place { from, to: from, stops, ..Place::default() };
        }
    }

    /// Adds an arc to the place that was opened last.
    pub(super) fn push(&mut self, at: usize, symbol: Symbol, end: u32) {
        let Some(place) = self.places.get_mut(at) else { return };
        let arc = Arc { symbol, end };
        if !self.all.get(place.from as usize..).is_some_and(|own| own.contains(&arc)) {
            self.all.push(arc);
            place.mask.add(symbol);
            place.to += 1;
        }
    }

    /// Ends the place that was opened last: nothing more begins there.
    pub(super) fn close(&mut self, at: usize) {
        let mut ahead = Mask::default();
        for place in self.places(at, GAP) {
            ahead.join(&place.mask);
            if place.stops {
                break;
            }
        }
        if let Some(place) = self.places.get_mut(at) {
            place.ahead = ahead;
        }
    }

    /// The place of a token; `None` behind the last.
    pub(super) fn place(&self, at: usize) -> Option<&Place> {
        self.places.get(at)
    }

    /// The places from a token on, `width` more than one unless the text ends.
    pub(super) fn places(&self, at: usize, width: usize) -> &[Place] {
        self.places.get(at..).map_or(&[], |rest| rest.get(..=width).unwrap_or(rest))
    }

    /// What begins at a token.
    pub(super) fn at(&self, at: usize) -> &[Arc] {
        self.places.get(at).map_or(&[], |place| self.of(*place))
    }

    /// What begins at a place.
    pub(super) fn of(&self, place: Place) -> &[Arc] {
        self.all.get(place.from as usize..place.to as usize).unwrap_or_default()
    }
}
