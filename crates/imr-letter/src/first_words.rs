//! Whether any of many phrases begins with a word of a text, told before they are looked for.
//!
//! Most words of a letter begin no phrase of a list, and a walk through the trie of all phrases finds that out after some steps,
//! each to another place of something larger than the processor's fast memory. A table of bits by the hash of a first word says
//! it at once: a clear bit is certain, a set one a reason to walk.

use serde::{Deserialize, Serialize};

use crate::fixed;

/// The first words of phrases. A word is a run of bytes of a kind; phrases that begin with another byte have none here.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct FirstWords {
    #[serde(with = "fixed")]
    bits: Vec<u64>,
}

/// Bits for each phrase, so that few are set for another.
const ROOM: usize = 16;

/// Letters that tell a word.
const LETTERS: usize = 8;

/// An odd number with bits all over it.
const FACTOR: u64 = 0x9e37_79b9_7f4a_7c15;

/// Bits of one number.
const BITS: usize = u64::BITS as usize;

impl FirstWords {
    /// Those of these phrases, in lower case, where words are runs of bytes that are `wordy`.
    pub fn of<P: AsRef<[u8]>>(phrases: &[P], wordy: impl Fn(&u8) -> bool) -> Self {
        let count = (phrases.len() * ROOM).next_power_of_two() / BITS;
        let mut first = Self { bits: vec![0; count.max(1)] };
        for phrase in phrases.iter().map(AsRef::as_ref) {
            let end = phrase.iter().position(|byte| !wordy(byte)).unwrap_or(phrase.len());
            let bit = first.bit(phrase, end);
            if let Some(bits) = first.bits.get_mut(bit / BITS) {
                *bits |= 1 << (bit % BITS);
            }
        }
        first
    }

    /// Whether any phrase may begin with the word that takes the first `length` bytes of a text, letter case aside.
    #[inline]
    pub fn may_have(&self, text: &[u8], length: usize) -> bool {
        let bit = self.bit(text, length);
        self.bits.get(bit / BITS).is_some_and(|bits| bits & (1 << (bit % BITS)) != 0)
    }

    /// A word is told by its length and its first eight letters, which are one number.
    fn bit(&self, text: &[u8], length: usize) -> usize {
        let shorter = || {
            let mut letters = [0; LETTERS];
            letters.iter_mut().zip(text).for_each(|(letter, byte)| *letter = *byte);
            letters
        };
        let letters = text.first_chunk().copied().unwrap_or_else(shorter);
        let unused = u64::BITS - u8::BITS * u32::try_from(length.min(LETTERS)).unwrap_or_default();
        let lower = u64::from_le_bytes(letters) | 0x2020_2020_2020_2020;
        let word = lower & u64::MAX.checked_shr(unused).unwrap_or_default();
        let word = word ^ u64::try_from(length).unwrap_or_default().wrapping_mul(FACTOR);
        let hash = (word ^ (word >> 32)).wrapping_mul(FACTOR);
        // The first bits are spread best; there is a power of two of them.
        let count = self.bits.len() * BITS;
        let bit = hash.checked_shr(u64::BITS - count.trailing_zeros()).unwrap_or_default();
        usize::try_from(bit).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn first_words_of_phrases_are_known_and_hardly_any_others() {
        let phrases = ["low back", "mri", "x-ray", "10 mg"];
        let first = FirstWords::of(&phrases, u8::is_ascii_alphabetic);
        for word in ["low", "LOW", "mri", "x"] {
            assert!(first.may_have(word.as_bytes(), word.len()), "{word}");
            let goes_on = format!("{word} back and more");
            assert!(first.may_have(goes_on.as_bytes(), word.len()), "{word}");
        }
        let has = |word: &str| first.may_have(word.as_bytes(), word.len());
        let others = (0..1000).filter(|number| has(&format!("word{number}")));
        assert!(others.count() < 200);
        assert!(!FirstWords::default().may_have(b"mri", 3));
    }
}
