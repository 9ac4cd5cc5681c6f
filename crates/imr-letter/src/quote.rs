//! Where words that a reader copied stand in a text.
//!
//! Only letters and digits are compared, letter case aside: line ends, hyphens and quotation marks differ between a copy
//! and its letter. The price is that a quote may be found across the border of two words.

use crate::span::Slice;

/// The letters and digits of a text in lower case, each with its byte.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plain {
    letters: String,
    /// The byte of each letter; letters are ASCII, so a letter's number is its byte in `letters`.
    places: Vec<usize>,
}

impl Plain {
    /// The letters and digits of a text.
    pub fn of(text: &str) -> Self {
        let kept = text.char_indices().filter(|(_, char)| char.is_ascii_alphanumeric());
        let (places, letters) = kept.map(|(byte, char)| (byte, char.to_ascii_lowercase())).unzip();
        Self { letters, places }
    }

    /// Where a quote stands; `None` when it does not, or has no letters.
    pub fn find(&self, quote: &Self) -> Option<Slice> {
        self.find_part(quote, Slice::new(0, usize::MAX))
    }

    /// Where a part of a quote stands: the bytes `part` of the text that `quote` is of.
    pub fn find_part(&self, quote: &Self, part: Slice) -> Option<Slice> {
        let at = self.letters.find(&quote.letters).filter(|_| !quote.letters.is_empty())?;
        let first = quote.places.iter().position(|byte| *byte >= part.start)?;
        let last = quote.places.iter().rposition(|byte| *byte < part.end)?;
        let (start, end) = (self.places.get(at + first)?, self.places.get(at + last)?);
        (first <= last).then_some(Slice::new(*start, end + 1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quote_is_found_across_line_ends_and_hyphens() {
        let text = "First. There is non-malignant\npain. Last.";
        let quote = "There is non- malignant pain.";
        let found = |part| Plain::of(text).find_part(&Plain::of(quote), part);
        let words = |found: Slice| text.get(found.start..found.end);
        assert_eq!(found(Slice::new(9, 28)).and_then(words), Some("non-malignant\npain"));
        assert_eq!(
            Plain::of(text).find(&Plain::of(quote)).and_then(words),
            Some("There is non-malignant\npain")
        );
        assert_eq!(Plain::of(text).find(&Plain::of("...")), None);
        assert_eq!(Plain::of(text).find(&Plain::of("first pain")), None);
    }
}
