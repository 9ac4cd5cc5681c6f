//! Words, numbers, dates and marks of a stretch of the view.
//!
//! A token is what patterns match. Hyphens and slashes between words separate them without leaving a token, so
//! that "first-line" and "first line" are the same words; "patient's" is "patient" and "'s"; "doesn't" is "does" and
//! "n't". Scores ("8/10"), fractions of a date ("7/15/2014") and percentages stay whole, because their parts mean
//! nothing alone.

/// What kind of token it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Letters, or letters and digits.
    Word,
    /// A number such as "12" or "4.5".
    Number,
    /// A number over another: "8/10", "4+/5".
    Ratio,
    /// A date in digits: "7/15/2014", "10-13-16".
    Date,
    /// A number with a percent sign.
    Percent,
    /// One punctuation mark.
    Mark,
}

/// One token with its byte range relative to the tokenised text.
#[derive(Clone, Copy, Debug)]
pub struct Token {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// What it is.
    pub kind: Kind,
}

/// Bytes that a token takes with the space behind it, or fewer.
const USUAL_TOKEN: usize = 5;

/// Splits `text` (normalised: see [`imr_letter::view`]) into tokens. Linear; every byte is read once.
pub(super) fn tokenize(text: &str, tokens: &mut Vec<Token>) {
    tokens.clear();
    tokens.reserve(text.len() / USUAL_TOKEN);
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let (end, kind) = if byte.is_ascii_digit() {
            number(bytes, at)
        } else if is_letter(byte) {
            (word(bytes, at), Kind::Word)
        } else if byte == b'\'' {
            apostrophe(bytes, at)
        } else {
            (at + 1, Kind::Mark)
        };
        if kind != Kind::Mark || keeps(byte) {
            tokens.push(Token { start: at, end, kind });
        }
        at = end;
    }
}

fn is_letter(byte: u8) -> bool {
    byte.is_ascii_alphabetic() || byte >= 0x80
}

/// Marks that patterns and clauses look at; the rest (hyphens, slashes, quotes, spaces) only separates.
fn keeps(byte: u8) -> bool {
    matches!(byte, b'.' | b',' | b';' | b':' | b'?' | b'!' | b'(' | b')' | b'#' | b'%')
}

fn word(bytes: &[u8], start: usize) -> usize {
    let mut end = start;
    while bytes.get(end).is_some_and(|&b| is_letter(b) || b.is_ascii_digit()) {
        end += 1;
    }
    let contracted = bytes.get(end) == Some(&b'\'')
        && bytes.get(end + 1).is_some_and(|b| b.eq_ignore_ascii_case(&b't'))
        && bytes.get(end - 1).is_some_and(|b| b.eq_ignore_ascii_case(&b'n'));
    match (contracted, end - start) {
        (true, 1) => end + 2,
        (true, _) => end - 1,
        (false, _) => end,
    }
}

/// "'s" and "n't" are words of their own; any other apostrophe is a mark.
fn apostrophe(bytes: &[u8], start: usize) -> (usize, Kind) {
    let end = start + 2;
    let possessive = bytes.get(start + 1).is_some_and(|b| b.eq_ignore_ascii_case(&b's'))
        && !bytes.get(end).is_some_and(|&b| is_letter(b));
    if possessive { (end, Kind::Word) } else { (start + 1, Kind::Mark) }
}

fn digits(bytes: &[u8], mut at: usize) -> usize {
    while bytes.get(at).is_some_and(u8::is_ascii_digit) {
        at += 1;
    }
    at
}

fn number(bytes: &[u8], start: usize) -> (usize, Kind) {
    let mut end = digits(bytes, start);
    if let Some(date_end) = date(bytes, end) {
        return (date_end, Kind::Date);
    }
    if matches!(bytes.get(end), Some(b'.' | b','))
        && bytes.get(end + 1).is_some_and(u8::is_ascii_digit)
    {
        end = digits(bytes, end + 1);
    }
    let plus = usize::from(bytes.get(end) == Some(&b'+'));
    if bytes.get(end + plus) == Some(&b'/')
        && bytes.get(end + plus + 1).is_some_and(u8::is_ascii_digit)
    {
        return (digits(bytes, end + plus + 1), Kind::Ratio);
    }
    if bytes.get(end) == Some(&b'%') {
        return (end + 1, Kind::Percent);
    }
    // "97110a", "12th", "3x": letters glued to a number stay with it and make it a word; "10mg" likewise.
    let glued = word(bytes, end);
    if glued > end { (glued, Kind::Word) } else { (end, Kind::Number) }
}

/// The end of a date whose first number ended at `at`: separator, one or two digits, the same separator, digits.
fn date(bytes: &[u8], at: usize) -> Option<usize> {
    let separator = *bytes.get(at).filter(|&&b| b == b'/' || b == b'-')?;
    let middle = digits(bytes, at + 1);
    let short = (1..=2).contains(&(middle - at - 1));
    let end = digits(bytes, middle + 1);
    (short && bytes.get(middle) == Some(&separator) && matches!(end - middle - 1, 2 | 4))
        .then_some(end)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<&str> {
        let mut tokens = Vec::new();
        tokenize(text, &mut tokens);
        tokens.iter().filter_map(|t| text.get(t.start..t.end)).collect()
    }

    #[test]
    fn hyphens_and_slashes_separate_words_without_a_token() {
        assert_eq!(words("first-line and/or opioid"), ["first", "line", "and", "or", "opioid"]);
    }

    #[test]
    fn possessives_and_contractions_are_two_words() {
        assert_eq!(words("patient's doesn't"), ["patient", "'s", "does", "n't"]);
    }

    #[test]
    fn scores_dates_and_percentages_stay_whole() {
        assert_eq!(
            words("8/10, 4+/5 on 7/15/2014 by 50%."),
            ["8/10", ",", "4+/5", "on", "7/15/2014", "by", "50%", "."]
        );
    }

    #[test]
    fn an_unfinished_date_is_not_a_date() {
        assert_eq!(words("10-13-"), ["10", "13"]);
    }
}
