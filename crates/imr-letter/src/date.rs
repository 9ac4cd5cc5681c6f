//! Civil dates as letters write them.
//!
//! Only forms with one meaning are read: American month-day-year with any of `/ - .`, ISO, and dates with the month's
//! name. A two-digit year below 50 is of this century: injuries of 1950 and later are in the letters, decisions of 2050
//! are not. A date that does not exist is an error, never moved to one that does.

use jiff::civil::Date;

/// Reads a text that is one date. `None` when it is none, or one that does not exist.
pub fn read(text: &str) -> Option<Date> {
    let text = text.trim_matches(|char: char| !char.is_ascii_alphanumeric());
    if text.starts_with(|char: char| char.is_ascii_alphabetic()) {
        return month_first(text);
    }
    let mut parts = text.split(['/', '-', '.']);
    let (first, second, third) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() {
        return None;
    }
    match first.len() {
        4 => date(number(first)?, number(second)?, number(third)?),
        1 | 2 => date(year(third)?, number(first)?, number(second)?),
        _ => None,
    }
}

/// Whether a word is a month's name, whole or cut to three or four letters.
pub fn is_month(word: &str) -> bool {
    month(word).is_some()
}

/// "January 3, 2014", "Jan. 3 2014".
fn month_first(text: &str) -> Option<Date> {
    let mut words = text.split_ascii_whitespace();
    let month = month(words.next()?)?;
    let day = number(words.next()?.trim_end_matches(','))?;
    let year = year(words.next()?)?;
    words.next().is_none().then(|| date(year, month, day))?
}

fn month(word: &str) -> Option<i16> {
    const MONTHS: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let first = word.as_bytes().first().map(u8::to_ascii_lowercase);
    if !matches!(first, Some(b'j' | b'f' | b'm' | b'a' | b's' | b'o' | b'n' | b'd')) {
        return None;
    }
    let word = word.trim_end_matches('.');
    let short = word.len() == 3 || word.eq_ignore_ascii_case("sept");
    let is = |name: &&str| {
        let shown = if short { name.get(..word.len()) } else { Some(*name) };
        shown.is_some_and(|name| name.eq_ignore_ascii_case(word))
    };
    let at = MONTHS.iter().position(is)?;
    i16::try_from(at + 1).ok()
}

fn year(digits: &str) -> Option<i16> {
    let year = number(digits)?;
    match digits.len() {
        4 => Some(year),
        2 if year < 50 => Some(2000 + year),
        2 => Some(1900 + year),
        _ => None,
    }
}

fn number(digits: &str) -> Option<i16> {
    let plain = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    plain.then(|| digits.parse().ok())?
}

fn date(year: i16, month: i16, day: i16) -> Option<Date> {
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_written_form_of_a_date_is_read() {
        let forms = [
            "6/5/2007",
            "06/05/07",
            "6-5-07",
            "06.05.2007",
            "2007-06-05",
            "June 5, 2007",
            "Jun. 5 2007",
        ];
        let expected = Date::new(2007, 6, 5).unwrap();
        assert_eq!(forms.map(read), [Some(expected); 7]);
    }

    #[test]
    fn a_date_that_does_not_exist_is_none() {
        assert_eq!(
            ["2/30/2016", "13/1/2016", "00/00/0000", "1/2/016", "1/2", "N/A", "May be"].map(read),
            [None; 7]
        );
    }

    #[test]
    fn a_two_digit_year_turns_at_fifty() {
        assert_eq!(read("1/2/49").unwrap().year(), 2049);
        assert_eq!(read("1/2/50").unwrap().year(), 1950);
    }
}
