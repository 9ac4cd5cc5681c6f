//! The titles of the guideline map, ready to be compared with what may be a misspelling of one.
//!
//! A citation is compared with every title, and an edit distance costs the product of both lengths. Two texts that are few
//! edits apart are made of nearly the same letters, so the letters are counted first: a title whose letters differ too
//! much is passed over without comparing. The count is a bound and never wrong; what it lets through is compared in full.

use super::entries::GuidelineEntry;
use super::fold;

/// How often each letter occurs; letters that share their lowest five bits are counted together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Letters([u16; 32]);

impl Letters {
    /// The letters of a text. What is not ASCII is not counted, so that a letter is one byte.
    fn of(text: &str) -> Self {
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
        let (mut more, mut fewer) = (0, 0);
        for (own, other) in self.0.iter().zip(other.0) {
            more += usize::from(own.saturating_sub(other));
            fewer += usize::from(other.saturating_sub(*own));
        }
        more.max(fewer)
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

    /// How many edits lie between the title and a folded text, when they are no more than `most`.
    pub(crate) fn distance(&self, text: &str, most: usize) -> Option<usize> {
        if self.letters.edits(&Letters::of(text)) > most {
            return None;
        }
        let (text, title) = without_common_ends(text, &self.folded);
        let distance = strsim::damerau_levenshtein(text, title);
        (distance <= most).then_some(distance)
    }
}

/// Both texts without the characters that they begin and end with alike, which no edit touches.
fn without_common_ends<'t>(one: &'t str, other: &'t str) -> (&'t str, &'t str) {
    let pairs = one.chars().zip(other.chars()).take_while(|(a, b)| a == b);
    let start: usize = pairs.map(|(a, _)| a.len_utf8()).sum();
    let (one, other) =
        (one.get(start..).unwrap_or_default(), other.get(start..).unwrap_or_default());
    let pairs = one.chars().rev().zip(other.chars().rev()).take_while(|(a, b)| a == b);
    let end: usize = pairs.map(|(a, _)| a.len_utf8()).sum();
    let cut = |text: &'t str| text.get(..text.len() - end).unwrap_or_default();
    (cut(one), cut(other))
}

/// Every title of these documents, each before its aliases.
pub(super) fn titles(guidelines: &[GuidelineEntry]) -> Vec<Title> {
    let spellings = |(at, entry): (usize, &GuidelineEntry)| -> Vec<Title> {
        let all = std::iter::once(&entry.title).chain(&entry.aliases);
        all.map(|title| Title::new(at, title)).collect()
    };
    guidelines.iter().enumerate().flat_map(spellings).collect()
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
            assert_eq!(title.distance(text, 8), Some(edits), "{text}");
        }
    }

    #[test]
    fn what_both_begin_and_end_with_does_not_change_the_distance() {
        let words = ["", "a", "ab", "ba", "aba", "abab", "abba", "baab", "bca", "acb", "cab"];
        for (one, other) in words.iter().flat_map(|one| words.iter().map(move |it| (one, it))) {
            let (short, shorter) = without_common_ends(one, other);
            assert_eq!(
                strsim::damerau_levenshtein(short, shorter),
                strsim::damerau_levenshtein(one, other),
                "{one} and {other}"
            );
        }
    }

    #[test]
    fn a_text_of_other_letters_is_passed_over() {
        let title = Title::new(0, "Knee Complaints");
        assert_eq!(title.distance("zzzzzzzzzzzzzzz", 2), None);
        assert_eq!(title.distance("knee complaixxx", 2), None);
    }
}
