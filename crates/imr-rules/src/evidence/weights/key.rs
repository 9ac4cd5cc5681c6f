//! Features by number.
//!
//! A letter has thousands of features and the tables tens of thousands. Names are only needed where people read them, so a
//! feature is looked up by a number of 64 bits that is computed from its name without writing the name out. Two of the names
//! would share a number once in millions of millions of rulebooks of this size; `Table` would then add their weights.

use rustc_hash::FxHashSet;

use super::features::Features;

/// The number of a feature.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Key(u64);

/// A part of a feature's name with what its number is made of. A word of a letter stands in dozens of features; its letters are
/// gone through once.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Word<'t> {
    pub(super) text: &'t str,
    hash: Hash,
}

/// The bytes of a text as the digits of a number, modulo two to the 64th, and the power of the base that they take up.
#[derive(Clone, Copy, Debug)]
pub(super) struct Hash {
    digits: u64,
    power: u64,
}

/// The base in which bytes are digits: odd, so that no digit is lost, and of bits without a pattern.
const BASE: u64 = 0x9e37_79b9_7f4a_7c15;

impl Hash {
    const EMPTY: Self = Self { digits: 0, power: 1 };

    pub(super) const fn of(text: &str) -> Self {
        let Self { mut digits, mut power } = Self::EMPTY;
        let mut rest = text.as_bytes();
        while let Some((byte, others)) = rest.split_first() {
            digits = digits.wrapping_mul(BASE).wrapping_add(*byte as u64 + 1);
            power = power.wrapping_mul(BASE);
            rest = others;
        }
        Self { digits, power }
    }

    /// The hash of two texts put together.
    const fn then(self, next: Self) -> Self {
        let digits = self.digits.wrapping_mul(next.power).wrapping_add(next.digits);
        Self { digits, power: self.power.wrapping_mul(next.power) }
    }
}

impl<'t> Word<'t> {
    /// This text.
    pub(crate) const fn new(text: &'t str) -> Self {
        Self { text, hash: Hash::of(text) }
    }

    /// Whether it is among some words.
    pub(super) fn is_in(&self, words: &FxHashSet<String>) -> bool {
        words.contains(self.text)
    }

    /// A text with its hash.
    pub(super) const fn hashed(text: &'t str, hash: Hash) -> Self {
        Self { text, hash }
    }
}

impl Key {
    /// The number of the feature whose name is these parts put together.
    pub(crate) fn of(parts: &[&str]) -> Self {
        let hashes = parts.iter().map(|part| Hash::of(part));
        Self::mixed(hashes.fold(Hash::EMPTY, Hash::then))
    }

    fn of_words(parts: &[Word<'_>]) -> Self {
        Self::mixed(parts.iter().fold(Hash::EMPTY, |all, part| all.then(part.hash)))
    }

    /// Spreads the numbers of like names (Murmur3's finish).
    fn mixed(Hash { digits: mut hash, .. }: Hash) -> Self {
        hash = (hash ^ (hash >> 33)).wrapping_mul(0xff51_afd7_ed55_8ccd);
        hash = (hash ^ (hash >> 33)).wrapping_mul(0xc4ce_b9fe_1a85_ec53);
        Self(hash ^ (hash >> 33))
    }

    /// The number that its first bits make, less than `count`, a power of two. A greater key has no lesser one.
    pub(super) fn bucket(self, count: usize) -> usize {
        let bucket = self.0.checked_shr(u64::BITS - count.trailing_zeros()).unwrap_or_default();
        usize::try_from(bucket).unwrap_or_default()
    }

    /// All its bits.
    pub(super) fn bits(self) -> u64 {
        self.0
    }
}

/// Features by number; one that was added again counts once.
#[derive(Clone, Debug)]
pub(crate) struct Keys(Vec<Key>);

/// Features that most clauses have room for.
const USUAL: usize = 128;

impl Default for Keys {
    fn default() -> Self {
        Self(Vec::with_capacity(USUAL))
    }
}

impl Keys {
    /// Forgets all.
    pub(crate) fn clear(&mut self) {
        self.0.clear();
    }

    /// All that were added.
    pub(super) fn all(&self) -> &[Key] {
        &self.0
    }
}

impl From<Vec<Key>> for Keys {
    fn from(keys: Vec<Key>) -> Self {
        Self(keys)
    }
}

impl Features for Keys {
    fn add(&mut self, parts: &[&str]) {
        self.0.push(Key::of(parts));
    }

    fn join(&mut self, parts: &[Word<'_>]) {
        self.0.push(Key::of_words(parts));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_put_together() {
        assert_eq!(Key::of(&["mri", "/", "therapy"]), Key::of(&["mri/therapy"]));
        assert_ne!(Key::of(&["mri/"]), Key::of(&["mri"]));
        let words = ["mri", "/", "therapy"].map(Word::new);
        assert_eq!(Key::of_words(&words), Key::of(&["mri/therapy"]));
    }
}
