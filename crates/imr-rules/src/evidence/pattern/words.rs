//! Which symbols a token is: all words and word beginnings of the patterns in one trie.

use imr_letter::prefixes::Prefixes;
use serde::{Deserialize, Serialize};

use super::Symbol;

/// The words and stems, frozen.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct Words {
    spellings: Prefixes,
    /// What each spelling is: a whole word, a stem, or both.
    symbols: Vec<(Option<Symbol>, Option<Symbol>)>,
}

/// A word, whether it is a stem, and its symbol.
pub(super) type Entry<'w> = (&'w [u8], bool, Symbol);

impl Words {
    /// These words; each word and each stem stands once.
    pub(super) fn new(mut entries: Vec<Entry<'_>>) -> Self {
        entries.sort_unstable();
        let mut spellings = Vec::with_capacity(entries.len());
        let mut symbols = Vec::with_capacity(entries.len());
        for group in entries.chunk_by(|one, next| one.0 == next.0) {
            let of_kind = |wanted: bool| {
                group.iter().find(|(_, stem, _)| *stem == wanted).map(|(_, _, symbol)| *symbol)
            };
            spellings.extend(group.first().map(|(word, _, _)| *word));
            symbols.push((of_kind(false), of_kind(true)));
        }
        Self { spellings: Prefixes::new(&spellings, |byte| byte.to_ascii_lowercase()), symbols }
    }

    /// Calls `found` with the symbol of the word and of every stem that it begins with, letter case aside.
    pub(super) fn of(&self, word: &[u8], mut found: impl FnMut(Symbol)) {
        self.spellings.of(word, |length, number| {
            let Some((whole, stem)) = self.symbols.get(number) else { return };
            let whole = whole.filter(|_| length == word.len());
            for symbol in stem.iter().chain(&whole) {
                found(*symbol);
            }
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn symbols(text: &str) -> Vec<u32> {
        let entries: [Entry<'_>; 5] = [
            (b"improv", true, Symbol(1)),
            (b"improve", false, Symbol(2)),
            (b"in", false, Symbol(3)),
            (b"in", true, Symbol(4)),
            ("\u{e9}t\u{e9}".as_bytes(), false, Symbol(5)),
        ];
        let mut found = Vec::new();
        Words::new(entries.to_vec()).of(text.as_bytes(), |symbol| found.push(symbol.0));
        found
    }

    #[test]
    fn a_word_and_every_stem_that_it_begins_with_are_found() {
        assert_eq!(symbols("Improve"), [1, 2]);
        assert_eq!(symbols("improvement"), [1]);
        assert_eq!(symbols("in"), [4, 3]);
        assert_eq!(symbols("index"), [4]);
        assert_eq!(symbols("\u{e9}t\u{e9}"), [5]);
        assert_eq!(symbols("impro"), [0; 0]);
        assert_eq!(symbols("xyz"), [0; 0]);
    }

    #[test]
    fn without_words_nothing_is_found() {
        Words::default().of(b"word", |_| panic!("there is no word"));
        Words::new(Vec::new()).of(b"word", |_| panic!("there is no word"));
    }
}
