//! Patterns as they are stored: what matches, and nothing of what it was read from.

use imr_letter::fixed::Fixed;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{Frozen, Patterns, Symbol};

impl Serialize for Patterns {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        self.frozen().serialize(to)
    }
}

impl<'d> Deserialize<'d> for Patterns {
    fn deserialize<D: Deserializer<'d>>(from: D) -> Result<Self, D::Error> {
        let frozen = Frozen::deserialize(from)?.into();
        Ok(Self { frozen, stored: true, ..Self::default() })
    }
}

impl Fixed for Symbol {
    const SIZE: usize = u32::SIZE;

    fn put(&self, out: &mut Vec<u8>) {
        self.0.put(out);
    }

    fn take(bytes: &mut &[u8]) -> Option<Self> {
        u32::take(bytes).map(Self)
    }
}
