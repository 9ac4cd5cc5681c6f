//! The dates of a passage and what each is the date of.
//!
//! The nearest listed word says what a date is of: before it within a short reach, or right behind it. Dates that stand
//! beside no such word are of nothing in particular.

use std::rc::Rc;

use imr_letter::{Slice, date};
use jiff::civil::Date;

use super::super::world::World;
use super::passages;
use crate::rulebook::check_words::WordList;

/// What a date is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) enum Role {
    Injury,
    Review,
    Request,
    Examination,
    Other,
}

const ROLES: [(WordList, Role); 5] = [
    (WordList::InjuryDate, Role::Injury),
    (WordList::ReviewDate, Role::Review),
    (WordList::RequestDate, Role::Request),
    (WordList::ExaminationDate, Role::Examination),
    (WordList::OtherDate, Role::Other),
];

/// How far before a date its word may stand, in bytes.
const BEFORE: usize = 48;

/// How far behind a date its word may begin, in bytes.
const BEHIND: usize = 2;

/// A date in a passage.
#[derive(Clone, Copy, Debug)]
pub(in super::super) struct DateMention {
    /// The words of the date.
    pub(super) slice: Slice,
    /// The date; `None` when there is no such day.
    pub(super) date: Option<Date>,
    /// What it is of.
    pub(super) role: Option<Role>,
    /// The sentence it stands in.
    pub(super) sentence: Slice,
}

/// The dates of a passage with a month, a day and a year.
pub(super) fn date_mentions(world: &World<'_>, passage: Slice) -> Rc<[DateMention]> {
    let sentences = passages::sentences(world, passage);
    let find = || sentences.iter().flat_map(|sentence| of_sentence(world, *sentence)).collect();
    world.case.memo.dates(passage, find)
}

/// The months of a passage with their years ("MRI 03-2016"), each as its last day, because it may be meant.
pub(super) fn month_mentions(world: &World<'_>, passage: Slice) -> Vec<DateMention> {
    let sentences = passages::sentences(world, passage);
    sentences.iter().flat_map(|sentence| months_of_sentence(world, *sentence)).collect()
}

/// Whether a sentence has so many digits in a row. No date is without one and no year without four, and most sentences are.
fn has_digits(world: &World<'_>, sentence: Slice, in_a_row: usize) -> bool {
    let bytes = world.case.document.words(sentence).as_bytes();
    bytes.windows(in_a_row).any(|row| row.iter().all(u8::is_ascii_digit))
}

fn months_of_sentence(world: &World<'_>, sentence: Slice) -> Vec<DateMention> {
    if !has_digits(world, sentence, 4) {
        return Vec::new();
    }
    let text = passages::lower(world.case.document, sentence);
    let months = months(&text);
    if months.is_empty() {
        return Vec::new();
    }
    let words = roles(world, sentence);
    let days = places(&text);
    let mention = |(start, end, date): (usize, usize, Date)| {
        let before = days.iter().map(|(_, end)| *end).filter(|end| *end <= start).max();
        let role = role(&words, &text, (start, end), before.unwrap_or_default());
        DateMention { slice: sentence.within(start, end), date: Some(date), role, sentence }
    };
    months.into_iter().map(mention).collect()
}

/// Where a month stands with a year in four digits ("03-2016", "march 2016"), and its last day.
fn months(text: &str) -> Vec<(usize, usize, Date)> {
    let begins = |at: usize| {
        let before = text.get(..at).and_then(|before| before.chars().next_back());
        before.is_none_or(|char| !char.is_alphanumeric() && !matches!(char, '/' | '-' | '.'))
    };
    let starts =
        text.char_indices().filter(|(at, char)| char.is_ascii_alphanumeric() && begins(*at));
    let read = |(at, _): (usize, char)| {
        let rest = text.get(at..)?;
        let (month, year, length) = numbered_month(rest).or_else(|| named_month(rest))?;
        let first = Date::new(year, month, 1).ok()?;
        Some((at, at + length, first.last_of_month()))
    };
    starts.filter_map(read).collect()
}

/// The month, the year and the length of "03-2016" at the start of a text.
fn numbered_month(text: &str) -> Option<(i8, i16, usize)> {
    let (month, rest) = digits(text, 2)?;
    let rest = rest.strip_prefix(['/', '-'])?;
    let (year, rest) = digits(rest, 4)?;
    let whole = year.len() == 4
        && !rest.starts_with(|next: char| next.is_alphanumeric() || "/-".contains(next));
    whole.then_some((month.parse().ok()?, year.parse().ok()?, text.len() - rest.len()))
}

/// The same of "march 2016" or "march of 2016".
fn named_month(text: &str) -> Option<(i8, i16, usize)> {
    let length = text.len() - text.trim_start_matches(|char: char| char.is_ascii_lowercase()).len();
    let name = text.get(..length).filter(|name| length >= 3 && date::is_month(name))?;
    let rest = text.get(length..)?.trim_start_matches('.').trim_start();
    let rest = rest.strip_prefix("of ").unwrap_or(rest);
    let (year, rest) = digits(rest, 4)?;
    let whole = year.len() == 4 && !rest.starts_with(char::is_alphanumeric);
    let month = date::read(&format!("{name} 1, {year}"))?.month();
    whole.then_some((month, year.parse().ok()?, text.len() - rest.len()))
}

fn of_sentence(world: &World<'_>, sentence: Slice) -> Vec<DateMention> {
    if !has_digits(world, sentence, 1) {
        return Vec::new();
    }
    let text = passages::lower(world.case.document, sentence);
    let places = places(&text);
    if places.is_empty() {
        return Vec::new();
    }
    let words = roles(world, sentence);
    let mut end_before = 0;
    let mut found = Vec::new();
    for (start, end) in places {
        let role = role(&words, &text, (start, end), end_before);
        end_before = end;
        let date = text.get(start..end).and_then(date::read);
        found.push(DateMention { slice: sentence.within(start, end), date, role, sentence });
    }
    found
}

/// The listed words of a sentence with their roles, by their places in it.
fn roles(world: &World<'_>, sentence: Slice) -> Vec<(Slice, Role)> {
    let of = |(list, role): (WordList, Role)| {
        let listed = passages::listed(world, sentence, list).into_iter();
        let within =
            |slice: Slice| Slice::new(slice.start - sentence.start, slice.end - sentence.start);
        listed.map(move |slice| (within(slice), role))
    };
    let mut found: Vec<(Slice, Role)> = ROLES.into_iter().flat_map(of).collect();
    // The longest of the words that end at one place comes last.
    found.sort_by_key(|(slice, _)| (slice.end, slice.len()));
    found
}

fn role(
    words: &[(Slice, Role)],
    text: &str,
    (start, end): (usize, usize),
    from: usize,
) -> Option<Role> {
    let behind = words.iter().filter(|(slice, _)| {
        slice.start >= end
            && text
                .get(end..slice.start)
                .is_some_and(|between| between.len() <= BEHIND && between.trim().is_empty())
    });
    let behind = behind.max_by_key(|(slice, _)| slice.len());
    let from = from.max(start.saturating_sub(BEFORE));
    let before = words.iter().rev().find(|(slice, _)| slice.end <= start && slice.start >= from);
    behind.or(before).map(|(_, role)| *role)
}

/// Where dates with a month, a day and a year stand in a text in lower case.
fn places(text: &str) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut at = 0;
    // A date begins with a digit or a letter; nothing else is looked at twice.
    while let Some(next) =
        text.get(at..).and_then(|rest| rest.find(|c: char| c.is_ascii_alphanumeric()))
    {
        at += next;
        let rest = text.get(at..).unwrap_or_default();
        let starts = text.get(..at).is_none_or(|before| !before.ends_with(char::is_alphanumeric));
        let length = if starts { numeric(rest).or_else(|| named(rest)) } else { None };
        at += match length {
            Some(length) => {
                found.push((at, at + length));
                length
            }
            // The rest of a word begins no date.
            None => rest.bytes().take_while(u8::is_ascii_alphanumeric).count(),
        };
    }
    found
}

/// The length of "10/12/2015", "2015-10-12" and the like at the start of a text.
fn numeric(text: &str) -> Option<usize> {
    let (first, rest) = digits(text, 4)?;
    let mark = rest.chars().next().filter(|mark| matches!(mark, '/' | '-' | '.'))?;
    let (second, rest) = digits(rest.get(1..)?, 2)?;
    let (third, rest) = digits(rest.strip_prefix(mark)?, 4)?;
    let lengths = (first.len(), second.len(), third.len());
    let fits = matches!(lengths, (1 | 2, 1 | 2, 4 | 2) | (4, 2, 2));
    // A longer row of numbers ("1.2.10.4") is none.
    let goes_on = rest.starts_with(mark) && mark != '.' && mark != '-'
        || rest.starts_with(char::is_alphanumeric)
        || rest
            .strip_prefix(mark)
            .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
    (fits && !goes_on).then_some(text.len() - rest.len())
}

/// The length of "october 12, 2015" at the start of a text.
fn named(text: &str) -> Option<usize> {
    let month = text.len() - text.trim_start_matches(|char: char| char.is_ascii_lowercase()).len();
    if month < 3 || !date::is_month(text.get(..month)?) {
        return None;
    }
    let rest = text.get(month..)?.trim_start_matches('.').trim_start();
    let (day, rest) = digits(rest, 2)?;
    let rest = rest.trim_start_matches(',').trim_start();
    let (year, rest) = digits(rest, 4)?;
    let fits = !day.is_empty() && year.len() == 4;
    (fits && !rest.starts_with(char::is_alphanumeric)).then_some(text.len() - rest.len())
}

/// Up to `most` digits at the start of a text, and the rest.
fn digits(text: &str, most: usize) -> Option<(&str, &str)> {
    let count = text.bytes().take(most).take_while(u8::is_ascii_digit).count();
    (count > 0).then(|| text.split_at_checked(count))?
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(text: &str) -> Vec<&str> {
        places(text).into_iter().filter_map(|(start, end)| text.get(start..end)).collect()
    }

    #[test]
    fn dates_are_found_in_every_form() {
        let text = "seen 1/2/2015, 01-02-15 and 2015-01-02; on december 9, 3026 or sept. 3 2014.";
        let expected = ["1/2/2015", "01-02-15", "2015-01-02", "december 9, 3026", "sept. 3 2014"];
        assert_eq!(written(text), expected);
    }

    #[test]
    fn a_month_is_its_last_day() {
        let read = |text: &str| -> Vec<String> {
            months(text).into_iter().map(|(_, _, date)| date.to_string()).collect()
        };
        assert_eq!(
            read("mri 03-2016, x-ray 2/2015; seen in march of 2014"),
            ["2016-03-31", "2015-02-28", "2014-03-31"]
        );
        assert_eq!(read("on 01/02/2015, 10/325 mg, since 2014, 13-2015, march 3"), [""; 0]);
    }

    #[test]
    fn other_numbers_are_no_dates() {
        let text =
            "section 9792.23.5.1 of 2009; 10/325 mg; 4-5/5; l4-5-6 of 7; march 2014; may be 3";
        assert_eq!(written(text), [""; 0]);
    }
}
