//! Features by number.
//!
//! A letter has thousands of features and the tables tens of thousands. Names are only needed where people read them, so a
//! feature is looked up by a number of 64 bits that is computed from its name without writing the name out. Two of the names
//! would share a number once in millions of millions of rulebooks of this size; `Table` would then add their weights.

use imr_letter::fixed::Fixed;

use super::features::Features;

/// The number of a feature.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Key(u64);

impl Key {
    /// The number of the feature whose name is these parts put together (FNV-1a, then mixed: Murmur3's finish).
    pub(crate) fn of(parts: &[&str]) -> Self {
        let mut hash = 0xcbf2_9ce4_8422_2325_u64;
        for part in parts {
            for byte in part.as_bytes() {
                hash = (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
            }
        }
        hash = (hash ^ (hash >> 33)).wrapping_mul(0xff51_afd7_ed55_8ccd);
        hash = (hash ^ (hash >> 33)).wrapping_mul(0xc4ce_b9fe_1a85_ec53);
        Self(hash ^ (hash >> 33))
    }

    /// The number that its first bits make, less than `count`, a power of two. A greater key has no lesser one.
    pub(super) fn bucket(self, count: usize) -> usize {
        let bucket = self.0.checked_shr(u64::BITS - count.trailing_zeros()).unwrap_or_default();
        usize::try_from(bucket).unwrap_or_default()
    }
}

impl Fixed for Key {
    const SIZE: usize = u64::SIZE;

    fn put(&self, out: &mut Vec<u8>) {
        self.0.put(out);
    }

    fn take(bytes: &mut &[u8]) -> Option<Self> {
        u64::take(bytes).map(Self)
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
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_put_together() {
        assert_eq!(Key::of(&["mri", "/", "therapy"]), Key::of(&["mri/therapy"]));
        assert_ne!(Key::of(&["mri/"]), Key::of(&["mri"]));
    }
}
