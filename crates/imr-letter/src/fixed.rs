//! Long lists of numbers as they are stored: each in as many bytes as its type has, the bytes of all in one run.
//!
//! The tries and tables of a rulebook are hundreds of thousands of numbers. Stored one by one, as serde stores a list, they
//! would take longer to read than everything else of a rulebook; a run of bytes is read about as fast as it is copied. The
//! price is room: a small number takes as much as a large one. `#[serde(with = "fixed")]` stores a list so.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{Error, Visitor};
use serde::{Deserializer, Serializer};

/// A value that always takes the same number of bytes.
pub trait Fixed: Default {
    /// That number.
    const SIZE: usize;

    /// Adds its bytes.
    fn put(&self, out: &mut Vec<u8>);

    /// The value that some bytes begin with, which are taken away; `None` when they are too few.
    fn take(bytes: &mut &[u8]) -> Option<Self>;
}

macro_rules! number {
    ($($number:ty),*) => {$(
        impl Fixed for $number {
            const SIZE: usize = size_of::<Self>();

            fn put(&self, out: &mut Vec<u8>) {
                out.extend(self.to_le_bytes());
            }

            fn take(bytes: &mut &[u8]) -> Option<Self> {
                let (own, rest) = bytes.split_first_chunk()?;
                *bytes = rest;
                Some(Self::from_le_bytes(*own))
            }
        }
    )*};
}

number!(u8, u16, u32, u64, i32);

/// Stores a list.
///
/// # Errors
/// Those of what it is stored to.
pub fn serialize<T: Fixed, S: Serializer>(list: &[T], to: S) -> Result<S::Ok, S::Error> {
    let mut bytes = Vec::with_capacity(list.len() * T::SIZE);
    for value in list {
        value.put(&mut bytes);
    }
    to.serialize_bytes(&bytes)
}

/// Reads a list that was stored.
///
/// # Errors
/// Those of what it is read from, and when the bytes are no whole number of values.
pub fn deserialize<'d, T: Fixed, D: Deserializer<'d>>(from: D) -> Result<Vec<T>, D::Error> {
    from.deserialize_bytes(Run(PhantomData))
}

/// Reads a run of bytes.
struct Run<T>(PhantomData<T>);

impl<T: Fixed> Visitor<'_> for Run<T> {
    type Value = Vec<T>;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "values of {} bytes each", T::SIZE)
    }

    fn visit_bytes<E: Error>(self, bytes: &[u8]) -> Result<Vec<T>, E> {
        let values = bytes.chunks_exact(T::SIZE);
        if !values.remainder().is_empty() {
            return Err(E::invalid_length(bytes.len(), &self));
        }
        // Each has the bytes of one value, so none is left out.
        Ok(values.map(|mut value| T::take(&mut value).unwrap_or_default()).collect())
    }
}

#[cfg(test)]
mod tests {
    use serde::Serialize;
    use serde::de::value::{BytesDeserializer, Error};

    use crate::fixed;

    #[derive(Serialize)]
    struct List(#[serde(with = "fixed")] Vec<i32>);

    fn read(bytes: &[u8]) -> Result<Vec<i32>, Error> {
        fixed::deserialize(BytesDeserializer::new(bytes))
    }

    #[test]
    fn what_was_stored_is_read() {
        let stored = serde_json::to_value(List(vec![1, -1, i32::MAX])).unwrap();
        let bytes: Vec<u8> = serde_json::from_value(stored).unwrap();
        assert_eq!(bytes, [1, 0, 0, 0, 255, 255, 255, 255, 255, 255, 255, 127]);
        assert_eq!(read(&bytes), Ok(vec![1, -1, i32::MAX]));
    }

    #[test]
    fn half_a_number_is_refused() {
        assert!(read(&[1, 0, 0, 0, 1]).is_err());
        assert_eq!(read(&[]), Ok(Vec::new()));
    }
}
