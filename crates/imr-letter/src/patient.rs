//! The patient's age and sex as the case summary states them.
//!
//! Age is the first number that a word for years of life follows ("59-year-old", "46 y/o") or precedes ("age 33"), in
//! digits or in words. Sex is the word that follows the age, else the first such word, else what most pronouns say;
//! the form's own "he/she" says nothing. All of it is one walk over the words of the summary.

use std::borrow::Cow;

use crate::document::{Patient, Sex};
use crate::outline::HeaderField;
use crate::span::{Located, Slice};
use crate::view::View;

/// Age and sex: as the head states them, else from the case summary.
pub(crate) fn read(view: &View, head: &[(HeaderField, Slice)], summary: Option<Slice>) -> Patient {
    let mut patient = summary.map_or_else(Patient::default, |summary| from_summary(view, summary));
    for &(field, slice) in head {
        match field {
            HeaderField::Age => patient.age = stated_age(view, slice).or(patient.age),
            HeaderField::Sex => {
                if let Some(sex) = stated_sex(words(view, slice).iter()) {
                    patient.sex = Some(sex);
                    patient.sex_from_pronoun = false;
                }
            }
            _ => {}
        }
    }
    patient
}

/// Every age in years of life ("59-year-old") that a passage states, in order. Only what stands around a word for years is read.
pub fn years_old(view: &View, passage: Slice) -> Vec<Located<u16>> {
    let bytes = view.slice(passage).as_bytes();
    let mut ages: Vec<Located<u16>> = Vec::new();
    for (start, end) in year_words(bytes) {
        let from = (0..LONGEST_NUMBER).fold(start, |at, _| word_before(bytes, at));
        let to = (0..BEHIND_YEARS).fold(end, |at, _| word_behind(bytes, at));
        let words = words(view, passage.within(from, to));
        let years = passage.start + start;
        let number = words.partition_point(|word| word.slice.start < years);
        let last = number.checked_sub(1).and_then(|last| words.get(last)).map(|word| word.slice);
        for at in 0..number {
            let Some(own) = words.get(at..) else { continue };
            let place = own.first().map(|word| word.slice.start);
            let inside = ages.last().is_some_and(|age| place < Some(age.slice.end));
            // "Age 59" at other words than a number may be the age of anything.
            let whole = |age: &Located<u16>| {
                Some(age.slice.start) == place && Some(age.slice.end) == last.map(|last| last.end)
            };
            ages.extend(age_at(own).filter(|age| !inside && whole(age)));
        }
    }
    ages
}

/// Words that a number takes at most, and those behind a word for years that tell of what they are.
const LONGEST_NUMBER: usize = 2;
const BEHIND_YEARS: usize = 2;

/// Where words for years of life begin and end.
fn year_words(bytes: &[u8]) -> impl Iterator<Item = (usize, usize)> {
    let begins = |at: &usize| {
        let before = at.checked_sub(1).and_then(|before| bytes.get(before));
        matches!(bytes.get(*at), Some(b'y' | b'Y')) && !before.is_some_and(u8::is_ascii_alphabetic)
    };
    (0..bytes.len()).filter(begins).filter_map(|at| {
        let rest = bytes.get(at..)?;
        let length = rest.iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
        let word = rest.get(..length)?;
        let known = YEARS.iter().any(|known| word.eq_ignore_ascii_case(known.as_bytes()));
        known.then_some((at, at + length))
    })
}

/// The words for years of life that [`age_at`] knows.
const YEARS: [&str; 7] = ["year", "years", "yr", "yrs", "y", "yo", "yearold"];

/// Where the word before a place begins: a run of letters or of digits.
fn word_before(bytes: &[u8], at: usize) -> usize {
    let before = bytes.get(..at).unwrap_or_default().iter().rev();
    let apart = before.clone().take_while(|byte| !byte.is_ascii_alphanumeric()).count();
    let word = before.skip(apart);
    at - apart - run(word)
}

/// Where the word behind a place ends.
fn word_behind(bytes: &[u8], at: usize) -> usize {
    let behind = bytes.get(at..).unwrap_or_default().iter();
    let apart = behind.clone().take_while(|byte| !byte.is_ascii_alphanumeric()).count();
    at + apart + run(behind.skip(apart))
}

/// How many bytes are letters, or digits, as the first is.
fn run<'b>(bytes: impl Iterator<Item = &'b u8>) -> usize {
    let mut bytes = bytes.peekable();
    let digit = bytes.peek().is_some_and(|byte| byte.is_ascii_digit());
    let same = |byte: &&u8| {
        if digit { byte.is_ascii_digit() } else { byte.is_ascii_alphabetic() }
    };
    bytes.take_while(same).count()
}

/// An age in the head. An age range ("41 to 50") is no age.
fn stated_age(view: &View, slice: Slice) -> Option<Located<u16>> {
    let age = view.slice(slice).trim().parse().ok()?;
    PLAUSIBLE.contains(&age).then(|| Located::new(age, slice))
}

fn from_summary(view: &View, summary: Slice) -> Patient {
    let words = words(view, summary);
    let age = age(&words);
    let from = age
        .as_ref()
        .map_or(0, |age| words.partition_point(|word| word.slice.start < age.slice.end));
    let behind_age = words.get(from..).unwrap_or_default().iter().take(REACH);
    let stated = stated_sex(behind_age).or_else(|| stated_sex(words.iter()));
    let sex_from_pronoun = stated.is_none();
    let sex = stated.or_else(|| sex_of_pronouns(&words));
    Patient { age, sex_from_pronoun: sex_from_pronoun && sex.is_some(), sex }
}

/// How many words of a case summary are read. One has a few hundred; more is no case summary.
const LONGEST: usize = 20_000;

/// Bytes that a word takes with the space behind it.
const USUAL_WORD: usize = 6;

/// How many words behind the age may say the sex: "48 year old right hand dominant male".
const REACH: usize = 8;

/// A run of letters or of digits, in lower case.
#[derive(Clone, Debug)]
struct Word<'t> {
    text: Cow<'t, str>,
    slice: Slice,
    /// Whether a slash stands before or behind it, as in "he/she".
    alternative: bool,
}

fn words(view: &View, summary: Slice) -> Vec<Word<'_>> {
    let text = view.slice(summary);
    let bytes = text.as_bytes();
    let mut words = Vec::with_capacity((text.len() / USUAL_WORD).min(LONGEST));
    let mut at = 0;
    while let Some(byte) = bytes.get(at)
        && words.len() < LONGEST
    {
        if !byte.is_ascii_alphanumeric() {
            at += 1;
            continue;
        }
        let rest = bytes.get(at..).unwrap_or_default().iter();
        let length = if byte.is_ascii_digit() {
            rest.take_while(|byte| byte.is_ascii_digit()).count()
        } else {
            rest.take_while(|byte| byte.is_ascii_alphabetic()).count()
        };
        let slashed = at.checked_sub(1).and_then(|before| bytes.get(before)) == Some(&b'/')
            || bytes.get(at + length) == Some(&b'/');
        let word = text.get(at..at + length).unwrap_or_default();
        let upper = word.bytes().any(|byte| byte.is_ascii_uppercase());
        words.push(Word {
            text: if upper { word.to_ascii_lowercase().into() } else { word.into() },
            slice: summary.within(at, at + length),
            alternative: slashed,
        });
        at += length;
    }
    words
}

/// Ages at which somebody is a patient in a dispute about treatment.
const PLAUSIBLE: std::ops::RangeInclusive<u16> = 1..=110;

fn age(words: &[Word<'_>]) -> Option<Located<u16>> {
    (0..words.len()).find_map(|at| age_at(words.get(at..)?))
}

/// The age that begins with the first of these words.
fn age_at(words: &[Word<'_>]) -> Option<Located<u16>> {
    let text = |at: usize| words.get(at).map_or("", |word| &*word.text);
    let (start, value, length) = match text(0) {
        "age" | "aged" => {
            let start = if matches!(text(1), "of" | "is") { 2 } else { 1 };
            let (value, length) = number(words.get(start..)?)?;
            (start, value, length)
        }
        _ => {
            let (value, length) = number(words)?;
            let follows = match text(length) {
                "year" | "years" | "yr" | "yrs" => {
                    matches!((text(length + 1), text(length + 2)), ("old" | "o", _) | ("of", "age"))
                }
                "y" => matches!(text(length + 1), "o" | "old"),
                "yo" | "yearold" => true,
                _ => false,
            };
            let thing = matches!(
                text(length + 2),
                "injury" | "accident" | "son" | "daughter" | "child" | "fusion" | "claim"
            );
            if !follows || thing {
                return None;
            }
            (0, value, length)
        }
    };
    let slice = Slice::new(words.get(start)?.slice.start, words.get(start + length - 1)?.slice.end);
    PLAUSIBLE.contains(&value).then(|| Located::new(value, slice))
}

/// A number in digits or in words, and how many words it takes.
fn number(words: &[Word<'_>]) -> Option<(u16, usize)> {
    const TENS: [&str; 10] =
        ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
    const ONES: [&str; 20] = [
        "",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
    ];
    let first = words.first()?;
    if first.text.starts_with(|char: char| char.is_ascii_digit()) {
        return first.text.parse().ok().map(|value| (value, 1));
    }
    // No other letters begin a number in words.
    if !first.text.starts_with(['o', 't', 'f', 's', 'e', 'n']) {
        return None;
    }
    let place = |names: &[&str], text: &str| {
        names.iter().position(|name| *name == text).and_then(|at| u16::try_from(at).ok())
    };
    if let Some(ones) = place(&ONES, &first.text) {
        return Some((ones, 1));
    }
    let tens = place(&TENS, &first.text)? * 10;
    match words
        .get(1)
        .and_then(|word| place(&ONES, &word.text))
        .filter(|ones| (1..10).contains(ones))
    {
        Some(ones) => Some((tens + ones, 2)),
        None => Some((tens, 1)),
    }
}

fn stated_sex<'w>(mut words: impl Iterator<Item = &'w Word<'w>>) -> Option<Located<Sex>> {
    words.find_map(|word| {
        let sex = match &*word.text {
            "female" | "woman" | "lady" => Sex::Female,
            "male" | "man" | "gentleman" => Sex::Male,
            _ => return None,
        };
        (!word.alternative).then(|| Located::new(sex, word.slice))
    })
}

/// The sex that more pronouns say, at its first one; none when they are even.
fn sex_of_pronouns(words: &[Word<'_>]) -> Option<Located<Sex>> {
    let mut female: Vec<Slice> = Vec::new();
    let mut male: Vec<Slice> = Vec::new();
    for word in words.iter().filter(|word| !word.alternative) {
        match &*word.text {
            "she" | "her" | "hers" | "herself" => female.push(word.slice),
            "he" | "him" | "his" | "himself" => male.push(word.slice),
            _ => {}
        }
    }
    let (sex, places) = match female.len().cmp(&male.len()) {
        std::cmp::Ordering::Greater => (Sex::Female, female),
        std::cmp::Ordering::Less => (Sex::Male, male),
        std::cmp::Ordering::Equal => return None,
    };
    places.first().map(|&slice| Located::new(sex, slice))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn patient(text: &str) -> (Option<u16>, Option<Sex>, bool) {
        let view = View::of(text);
        let patient = read(&view, &[], Some(view.whole()));
        (
            patient.age.map(|age| age.value),
            patient.sex.map(|sex| sex.value),
            patient.sex_from_pronoun,
        )
    }

    #[test]
    fn written_forms_of_an_age_are_read() {
        let forms = [
            "a 59-year-old cook",
            "46 year old",
            "46 y/o",
            "46yo",
            "age 46",
            "aged 46",
            "forty-six year old",
            "46 years of age",
        ];
        assert_eq!(
            forms.map(|form| patient(form).0),
            [Some(59), Some(46), Some(46), Some(46), Some(46), Some(46), Some(46), Some(46)]
        );
    }

    #[test]
    fn every_age_of_a_passage_is_read() {
        let text = "A 48 year old, her forty-six-year-old son (9 y/o; 3 years of pain) and age 33; 52yo 61 \
                    Years of age, the 7 year old injury, 12 YEAR OLD";
        let view = View::of(text);
        let ages = years_old(&view, view.whole());
        let words = |age: &Located<u16>| view.slice(age.slice).to_owned();
        assert_eq!(ages.iter().map(|age| age.value).collect::<Vec<_>>(), [48, 9, 52, 61, 12]);
        assert_eq!(ages.iter().map(words).collect::<Vec<_>>(), ["48", "9", "52", "61", "12"]);
        let son = View::of("a forty-six year old");
        assert_eq!(years_old(&son, son.whole()).len(), 1);
    }

    #[test]
    fn years_of_anything_else_are_no_age() {
        assert_eq!(
            ["for 12 years", "a 7 year old injury", "12/07", "pain for 3 years of duration"]
                .map(|form| patient(form).0),
            [None; 4]
        );
    }

    #[test]
    fn the_word_behind_the_age_says_the_sex() {
        assert_eq!(
            patient("hit by a female driver, this 48 year old right-hand dominant male").1,
            Some(Sex::Male)
        );
    }

    #[test]
    fn pronouns_say_the_sex_where_no_word_does() {
        assert_eq!(
            patient("This 59-year-old manager fell and hit her head; he/she"),
            (Some(59), Some(Sex::Female), true)
        );
        assert_eq!(patient("The employee was seen by his/her physician").1, None);
    }
}
