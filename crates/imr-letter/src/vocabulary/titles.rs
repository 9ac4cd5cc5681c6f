//! The titles of the guideline map, ready to be compared with what may be a misspelling of one.
//!
//! A citation is compared with every title, and an edit distance costs the product of both lengths. Two texts that are few
//! edits apart are made of nearly the same letters, so the letters are counted first: a title whose letters differ too
//! much is passed over without comparing. The count is a bound and never wrong; what it lets through is compared in full.

use std::collections::HashMap;

use rapidfuzz::distance::damerau_levenshtein::{Args, distance_with_args};
use rapidfuzz::distance::levenshtein;

use super::entries::GuidelineEntry;
use super::fold;

/// How often each letter occurs; letters that share their lowest five bits are counted together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Letters([u16; 32]);

impl Letters {
    /// The letters of a text. What is not ASCII is not counted, so that a letter is one byte.
    pub(crate) fn of(text: &str) -> Self {
        let mut letters = Self::default();
        for byte in text.bytes().filter(u8::is_ascii) {
            if let Some(count) = letters.0.get_mut(usize::from(byte % 32)) {
                *count = count.saturating_add(1);
            }
        }
        letters
    }

    /// At least so many edits lie between a text with these letters and one with the others.
    fn edits(&self, other: &Self) -> usize {
        // Sums that cannot overflow let the processor count many letters at once.
        let (mut more, mut fewer) = (0_u32, 0_u32);
        for (own, other) in self.0.iter().zip(other.0) {
            more += u32::from(own.saturating_sub(other));
            fewer += u32::from(other.saturating_sub(*own));
        }
        usize::try_from(more.max(fewer)).unwrap_or(usize::MAX)
    }
}

/// One spelling of a document's title.
#[derive(Clone, Debug)]
pub(crate) struct Title {
    /// The document's place among the guidelines.
    pub(crate) guideline: usize,
    /// The title as texts are compared: see [`fold`].
    pub(crate) folded: String,
    /// How many words it has.
    pub(crate) words: usize,
    letters: Letters,
}

impl Title {
    fn new(guideline: usize, title: &str) -> Self {
        let folded = fold(title);
        let (words, letters) = (folded.split(' ').count(), Letters::of(&folded));
        Self { guideline, folded, words, letters }
    }

    /// Whether a text of these letters may be no more than `most` edits from the title.
    pub(crate) fn may_be(&self, letters: &Letters, most: usize) -> bool {
        self.letters.edits(letters) <= most
    }

    /// How many edits lie between the title and a folded text, when they are no more than `most`.
    pub(crate) fn distance(&self, text: &str, most: usize) -> Option<usize> {
        // An exchange of two letters is two changes, so there are at most twice as many of these, which are counted faster.
        let changes = levenshtein::Args::default().score_cutoff(2 * most);
        let fewest = levenshtein::distance_with_args(text.chars(), self.folded.chars(), &changes)?;
        // One change alone is no exchange.
        if fewest <= 1 {
            return (fewest <= most).then_some(fewest);
        }
        let args = Args::default().score_cutoff(most);
        distance_with_args(text.chars(), self.folded.chars(), &args)
    }
}

/// Every title of these documents, each before its aliases, by the body that issues them.
pub(super) fn titles(guidelines: &[GuidelineEntry]) -> HashMap<String, Vec<Title>> {
    let mut titles: HashMap<String, Vec<Title>> = HashMap::new();
    for (at, entry) in guidelines.iter().enumerate() {
        let all = std::iter::once(&entry.title).chain(&entry.aliases);
        let own = titles.entry(entry.source.clone()).or_default();
        own.extend(all.map(|title| Title::new(at, title)));
    }
    titles
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counting_letters_never_hides_a_title_that_is_near() {
        let title = Title::new(0, "Chronic Pain Medical Treatment Guidelines");
        for (text, edits) in [
            ("chronic pain medical treatment guidelines", 0),
            ("chronic pain medical treatement guidlines", 2),
            ("chornic pain medical treatment guidelines", 1),
            ("chronic pain médical treatment guidelines", 1),
            ("chronic chronic pain medical treatment guidelines", 8),
        ] {
            assert!(title.may_be(&Letters::of(text), 8), "{text}");
            assert_eq!(title.distance(text, 8), Some(edits), "{text}");
        }
    }

    #[test]
    fn a_text_of_other_letters_is_passed_over() {
        let title = Title::new(0, "Knee Complaints");
        for text in ["zzzzzzzzzzzzzzz", "knee complaixxx", "complaints knee"] {
            let near = title.may_be(&Letters::of(text), 2);
            assert_eq!(near.then(|| title.distance(text, 2)).flatten(), None, "{text}");
        }
    }
}
