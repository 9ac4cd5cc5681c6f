//! Letters with the same content: audited and counted like all others, and noted.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use crate::content::Digest;

/// Contents remembered at most: about 100 bytes each.
const REMEMBERED: usize = 1 << 20;

/// Pairs kept for the manifest.
const LISTED: usize = 1000;

/// Pairs named in the line for people.
const NAMED: usize = 3;

/// The letters of a batch that repeat an earlier one.
#[derive(Debug, Default)]
pub(crate) struct Duplicates {
    first: HashMap<[u8; 16], Box<str>>,
    /// How many there are.
    pub(crate) count: u64,
    /// The first of them.
    pub(crate) pairs: Vec<Pair>,
    /// Letters that were not compared with those behind them.
    overflown: u64,
}

/// A letter and the earlier one with its content.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Pair {
    /// The later letter.
    pub(crate) source: String,
    /// The earlier one.
    pub(crate) same_as: String,
}

impl Duplicates {
    /// Looks at the next letter.
    pub(crate) fn add(&mut self, name: &str, digest: &Digest) {
        let Some(key) = digest.first_chunk::<16>() else { return };
        if let Some(first) = self.first.get(key) {
            self.count += 1;
            if self.pairs.len() < LISTED {
                self.pairs.push(Pair { source: name.to_owned(), same_as: first.to_string() });
            }
        } else if self.first.len() < REMEMBERED {
            self.first.insert(*key, name.into());
        } else {
            self.overflown += 1;
        }
    }

    /// What a person should know of them; `None` when there are none.
    pub(crate) fn line(&self) -> Option<String> {
        if self.count == 0 {
            return None;
        }
        let named = self.pairs.iter().take(NAMED);
        let named: Vec<String> =
            named.map(|pair| format!("{} = {}", pair.source, pair.same_as)).collect();
        let more = if self.count > NAMED as u64 { ", ..." } else { "" };
        let unknown = match self.overflown {
            0 => String::new(),
            letters => format!("; {letters} letters were not compared, there are too many"),
        };
        let letters = if self.count == 1 { "letter has" } else { "letters have" };
        Some(format!(
            "{} {letters} the same content as an earlier one: {}{more}{unknown}",
            self.count,
            named.join(", ")
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::Duplicates;

    #[test]
    fn letters_with_one_content_are_named_in_pairs() {
        let mut duplicates = Duplicates::default();
        for (name, content) in [("a", 1), ("b", 2), ("c", 1), ("d", 1)] {
            duplicates.add(name, &[content; 32]);
        }
        let line = duplicates.line().unwrap();
        assert_eq!(line, "2 letters have the same content as an earlier one: c = a, d = a");
    }
}
