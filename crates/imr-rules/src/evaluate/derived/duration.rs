//! Spans of complaints or treatment that are longer than the time since the injury.
//!
//! "Pain for ten months" cannot be true of an injury of three months ago. A span counts only in a sentence that says how
//! long something of this injury has lasted, and only well beyond the time that passed, because people round.

use imr_letter::Slice;
use jiff::civil::Date;

use super::super::world::World;
use super::passages;
use crate::rulebook::check_words::WordList;

/// Days beyond the time since the injury that are a matter of rounding.
const ROUNDING: i64 = 45;

/// Words for the length of a span, in days.
const UNITS: [(&str, i64); 3] = [("year", 365), ("month", 30), ("week", 7)];

/// Numbers in words.
const NUMBERS: [&str; 12] = [
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
    "twelve",
];

/// The date of injury and the spans that are longer than the time since then.
pub(super) fn longer_than_injury(world: &World<'_>) -> Vec<Slice> {
    let document = world.case.document;
    let header = &document.header;
    let ends = [&header.decision, &header.assigned, &header.received, &header.ur_denial];
    let end: Option<Date> = ends.into_iter().flatten().map(|date| date.value).max();
    let (Some(injury), Some(end)) = (&header.injury, end) else { return Vec::new() };
    let passed = i64::from((end - injury.value).get_days());
    if passed <= 0 {
        return Vec::new();
    }
    let narratives = passages::narratives(document).into_iter();
    let sentences = narratives.flat_map(|passage| passages::sentences(world, passage).to_vec());
    let longer = |sentence: Slice| {
        let has = |list: WordList| passages::has_listed(world, sentence, list);
        let telling = has(WordList::Lasting) && !has(WordList::EarlierTime);
        let found = if telling { spans(&passages::lower(document, sentence)) } else { Vec::new() };
        let long = found.into_iter().filter(|(_, _, days)| *days > passed + ROUNDING + passed / 5);
        long.map(move |(start, end, _)| sentence.within(start, end)).collect::<Vec<_>>()
    };
    let mut found: Vec<Slice> = sentences.flat_map(longer).collect();
    if !found.is_empty() {
        found.insert(0, injury.slice);
    }
    found
}

/// Spans ("10 months", "three years") of a text in lower case: where they stand and how many days they are. What was "ago" or is
/// an age is none.
fn spans(text: &str) -> Vec<(usize, usize, i64)> {
    let words: Vec<(usize, &str)> = text
        .split_whitespace()
        .map(|word| (word.as_ptr() as usize - text.as_ptr() as usize, word))
        .collect();
    let pairs = words.iter().zip(words.iter().skip(1)).enumerate();
    pairs
        .filter_map(|(at, (&(start, number), &(unit_at, unit)))| {
            let count = count(number)?;
            let unit = unit.trim_end_matches(|char: char| !char.is_alphanumeric());
            let (_, days) =
                UNITS.iter().find(|(name, _)| unit.strip_suffix('s').unwrap_or(unit) == *name)?;
            let next = words.get(at + 2).map(|(_, word)| *word).unwrap_or_default();
            let other = ["ago", "old", "prior", "before", "after", "later", "earlier", "duration,"];
            let is_other = other.iter().any(|word| next.starts_with(word));
            (!is_other).then_some((start, unit_at + unit.len(), count * days))
        })
        .collect()
}

/// A number in digits or words.
fn count(word: &str) -> Option<i64> {
    let word = word.trim_matches(|char: char| !char.is_alphanumeric());
    let worded = NUMBERS.iter().zip(1_i64..).find(|(name, _)| **name == word);
    let digits = || word.parse::<i64>().ok().filter(|count| (1..100).contains(count));
    worded.map(|(_, count)| count).or_else(digits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_are_read_in_digits_and_words() {
        let days =
            |text: &str| spans(text).into_iter().map(|(_, _, days)| days).collect::<Vec<_>>();
        assert_eq!(days("pain for 10 months and three years."), [300, 1095]);
        assert_eq!(days("a 40 year old who was seen 2 weeks ago"), [0_i64; 0]);
    }
}
