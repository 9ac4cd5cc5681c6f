//! The words of a passage as they are weighed: lower case, cut after seven letters, numbers and dates by their kind.

use super::super::passage::{Passage, Range};
use super::super::token::Kind;
use super::key::{Hash, Word};

/// Letters of a word that count.
const STEM: usize = 7;

/// The stem of every token; marks have none. All stand in one text.
#[derive(Clone, Debug, Default)]
pub(crate) struct Stems {
    text: String,
    /// Where the stem of each token begins and ends, with its hash.
    places: Vec<(usize, usize, Hash)>,
}

impl Stems {
    /// The stems of a passage of this text.
    pub(crate) fn of(text: &str, passage: &Passage) -> Self {
        let mut stems = Self {
            text: String::with_capacity(text.len()),
            places: Vec::with_capacity(passage.tokens.len()),
        };
        for token in &passage.tokens {
            let start = stems.text.len();
            match token.kind {
                Kind::Number => stems.text.push_str("{n}"),
                Kind::Date => stems.text.push_str("{d}"),
                Kind::Ratio => stems.text.push_str("{ratio}"),
                Kind::Percent => stems.text.push_str("{percent}"),
                Kind::Mark => {}
                Kind::Word => stems.push(text.get(token.start..token.end).unwrap_or_default()),
            }
            let hash = Hash::of(stems.text.get(start..).unwrap_or_default());
            stems.places.push((start, stems.text.len(), hash));
        }
        stems
    }

    fn push(&mut self, word: &str) {
        if word.is_ascii() {
            let start = self.text.len();
            self.text.push_str(word.get(..STEM).unwrap_or(word));
            if let Some(own) = self.text.get_mut(start..) {
                own.make_ascii_lowercase();
            }
        } else {
            self.text.extend(word.chars().take(STEM).flat_map(char::to_lowercase));
        }
    }

    /// The stems of a range of tokens, in order.
    pub(crate) fn within(&self, range: Range) -> impl Iterator<Item = &str> {
        self.words(range).map(|word| word.text)
    }

    /// The same, ready to be put together.
    pub(super) fn words(&self, range: Range) -> impl Iterator<Item = Word<'_>> {
        let places = self.places.get(range.start..range.end).unwrap_or_default().iter();
        let own = places.filter(|(start, end, _)| start < end);
        own.filter_map(|(start, end, hash)| Some(Word::hashed(self.text.get(*start..*end)?, *hash)))
    }
}
