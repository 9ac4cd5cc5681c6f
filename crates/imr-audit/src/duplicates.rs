//! Letters with the same content: audited and counted like all others, and noted.
//!
//! A letter is remembered by eight bytes of its hash and by its number; names are kept as long as there is room for them
//! and pairs are still to be listed. Together that is at most 53 megabytes, whatever the batch.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use crate::content::Digest;

/// Contents remembered at most: 36 megabytes.
const REMEMBERED: usize = 1 << 20;

/// Bytes of names that are kept at most.
const NAMES: usize = 16 << 20;

/// Pairs kept for the manifest.
const LISTED: usize = 1000;

/// Pairs named in the line for people.
const NAMED: usize = 3;

/// The letters of a batch that repeat an earlier one.
#[derive(Debug)]
pub(crate) struct Duplicates {
    /// The number of the first letter with a content, from 0.
    first: HashMap<u64, u32>,
    letters: u32,
    names: Names,
    listed: usize,
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

/// The names of the first letters, in one text.
#[derive(Debug)]
struct Names {
    room: usize,
    text: String,
    ends: Vec<usize>,
}

impl Names {
    /// Keeps the name of the next letter while there is room.
    fn add(&mut self, name: &str) {
        if self.text.len() + name.len() > self.room {
            self.room = 0;
            return;
        }
        self.text.push_str(name);
        self.ends.push(self.text.len());
    }

    /// What a letter is called; its number in the run when its name was not kept.
    fn of(&self, letter: u32) -> String {
        let place = usize::try_from(letter).unwrap_or(usize::MAX);
        let start = place.checked_sub(1).map_or(Some(0), |before| self.ends.get(before).copied());
        let name =
            start.zip(self.ends.get(place)).and_then(|(start, end)| self.text.get(start..*end));
        name.map_or_else(|| format!("letter {} of the run", u64::from(letter) + 1), str::to_owned)
    }
}

impl Default for Duplicates {
    fn default() -> Self {
        Self::within(LISTED, NAMES)
    }
}

impl Duplicates {
    /// None yet; so many pairs will be listed and so many bytes of names kept.
    fn within(listed: usize, names: usize) -> Self {
        Self {
            first: HashMap::new(),
            letters: 0,
            names: Names { room: names, text: String::new(), ends: Vec::new() },
            listed,
            count: 0,
            pairs: Vec::new(),
            overflown: 0,
        }
    }

    /// Looks at the next letter.
    pub(crate) fn add(&mut self, name: &str, digest: &Digest) {
        let Some(key) = digest.first_chunk().map(|bytes| u64::from_le_bytes(*bytes)) else {
            return;
        };
        let number = self.letters;
        self.letters = self.letters.saturating_add(1);
        let listing = self.pairs.len() < self.listed;
        if listing {
            self.names.add(name);
        }
        if let Some(first) = self.first.get(&key) {
            self.count += 1;
            if listing {
                let same_as = self.names.of(*first);
                self.pairs.push(Pair { source: name.to_owned(), same_as });
            }
        } else if self.first.len() < REMEMBERED {
            self.first.insert(key, number);
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

    fn seen(mut duplicates: Duplicates, letters: &[(&str, u8)]) -> Duplicates {
        for (name, content) in letters {
            duplicates.add(name, &[*content; 32]);
        }
        duplicates
    }

    #[test]
    fn letters_with_one_content_are_named_in_pairs() {
        let letters = [("a", 1), ("b", 2), ("c", 1), ("d", 1)];
        let line = seen(Duplicates::default(), &letters).line().unwrap();
        assert_eq!(line, "2 letters have the same content as an earlier one: c = a, d = a");
    }

    #[test]
    fn a_letter_whose_name_was_not_kept_is_told_by_its_number() {
        let letters = [("first", 1), ("second", 2), ("x", 3), ("y", 2), ("z", 1), ("w", 3)];
        let duplicates = seen(Duplicates::within(2, 8), &letters);
        let pairs: Vec<(&str, &str)> =
            duplicates.pairs.iter().map(|pair| (&*pair.source, &*pair.same_as)).collect();
        assert_eq!(pairs, [("y", "letter 2 of the run"), ("z", "first")]);
        assert_eq!(duplicates.count, 3, "what is not listed is counted");
    }
}
