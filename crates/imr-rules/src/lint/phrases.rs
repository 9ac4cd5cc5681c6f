//! Phrases taken apart, to tell those that match nothing, match everything, or stand twice.

use std::collections::{BTreeMap, BTreeSet};

/// One element of a phrase.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Element<'p> {
    /// A gap.
    Gap,
    /// One of these words; an optional one may be left out.
    Words {
        /// The alternatives.
        words: Vec<&'p str>,
        /// Whether it may be left out.
        optional: bool,
    },
}

/// The elements of a phrase that loaded.
pub(super) fn elements(phrase: &str) -> Vec<Element<'_>> {
    phrase
        .split_whitespace()
        .map(|element| {
            if element.starts_with("...") {
                return Element::Gap;
            }
            let (body, optional) =
                element.strip_suffix('?').map_or((element, false), |body| (body, true));
            Element::Words { words: body.split('|').collect(), optional }
        })
        .collect()
}

/// The group that a word names.
pub(super) fn group(word: &str) -> Option<&str> {
    word.strip_prefix('<')?.strip_suffix('>')
}

/// Whether a phrase begins with a gap.
pub(super) fn opens_with_a_gap(elements: &[Element<'_>]) -> bool {
    elements.first() == Some(&Element::Gap)
}

/// The groups of which no phrase can match, so that whatever needs one of them cannot match either.
pub(super) fn empty_groups<'p>(groups: &BTreeMap<&'p str, Vec<&'p str>>) -> BTreeSet<&'p str> {
    let mut empty: BTreeSet<&str> = BTreeSet::new();
    loop {
        let more: Vec<&str> = groups
            .iter()
            .filter(|(id, phrases)| {
                !empty.contains(**id)
                    && phrases.iter().all(|phrase| needs(phrase, &empty).is_some())
            })
            .map(|(id, _)| *id)
            .collect();
        if more.is_empty() {
            return empty;
        }
        empty.extend(more);
    }
}

/// The empty group that a phrase cannot do without.
pub(super) fn needs<'p>(phrase: &'p str, empty: &BTreeSet<&str>) -> Option<&'p str> {
    elements(phrase).into_iter().find_map(|element| match element {
        Element::Words { words, optional: false } => {
            let all = words.iter().all(|word| group(word).is_some_and(|name| empty.contains(name)));
            words.first().filter(|_| all).and_then(|word| group(word))
        }
        _ => None,
    })
}

/// Letters that a word or a word's beginning needs to say something by itself.
const TELLING: usize = 3;

/// Whether nothing in a phrase tells what it is about: only marks, numbers and beginnings of a letter or two.
pub(super) fn says_nothing(elements: &[Element<'_>]) -> bool {
    elements.iter().all(|element| match element {
        Element::Gap | Element::Words { optional: true, .. } => true,
        Element::Words { words, .. } => words.iter().any(|word| is_vague(word)),
    })
}

fn is_vague(word: &str) -> bool {
    let short_stem = word.strip_suffix('*').is_some_and(|stem| stem.chars().count() < TELLING);
    short_stem || word.starts_with('{') || !word.contains(char::is_alphanumeric)
}

/// Phrases with more ways to read them than this are compared as written.
const MOST_WAYS: usize = 256;

/// Every way to read a phrase, in lower case, one text each.
pub(super) fn ways(phrase: &str) -> Vec<String> {
    let count: usize = elements(phrase).iter().fold(1, |count, element| match element {
        Element::Gap => count,
        Element::Words { words, optional } => {
            count.saturating_mul(words.len() + usize::from(*optional))
        }
    });
    if count > MOST_WAYS {
        return vec![phrase.to_lowercase()];
    }
    let mut ways = vec![String::new()];
    for element in phrase.split_whitespace() {
        let (body, optional) =
            element.strip_suffix('?').map_or((element, false), |body| (body, true));
        let alternatives: Vec<&str> =
            if body.starts_with("...") { vec![body] } else { body.split('|').collect() };
        ways = ways
            .iter()
            .flat_map(|way| {
                let left_out = optional.then(|| way.clone());
                let taken = alternatives.iter().map(move |word| joined(way, word));
                left_out.into_iter().chain(taken)
            })
            .collect();
    }
    ways
}

fn joined(way: &str, word: &str) -> String {
    let space = if way.is_empty() { "" } else { " " };
    format!("{way}{space}{}", word.to_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_way_to_read_a_phrase_is_listed_once() {
        assert_eq!(
            ways("no|not clear? Evidence"),
            ["no evidence", "no clear evidence", "not evidence", "not clear evidence",]
        );
    }

    #[test]
    fn a_phrase_says_something_when_one_word_must_be_there() {
        let vague = |phrase| says_nothing(&elements(phrase));
        assert!(vague("{n}") && vague("a* ... {percent}") && vague("improved? ,"));
        assert!(!vague("{n} percent") && !vague("imp*") && !vague("no"));
    }

    #[test]
    fn a_group_whose_phrases_need_an_empty_group_is_empty_too() {
        let groups = BTreeMap::from([
            ("a", vec![]),
            ("b", vec!["<a> pain"]),
            ("c", vec!["<a>? pain", "<b>"]),
        ]);
        let empty = empty_groups(&groups);
        assert_eq!(empty, BTreeSet::from(["a", "b"]));
        assert_eq!(needs("no <b>|<a>", &empty), Some("b"));
        assert_eq!(needs("no <b>|pain", &empty), None);
    }
}
