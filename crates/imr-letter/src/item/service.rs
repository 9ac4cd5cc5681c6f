//! Dates written in a heading.

use jiff::civil::Date;

use crate::date;
use crate::span::{Located, Slice};

/// The dates written in digits, in their order.
pub(crate) fn dates(text: &str, base: usize) -> Vec<Located<Date>> {
    let mut found = Vec::new();
    let mut start = 0;
    for run in text.split(|c: char| !(c.is_ascii_digit() || matches!(c, '/' | '-' | '.'))) {
        let written = run.trim_matches(['/', '-', '.']);
        if let Some(value) = date::read(written) {
            let at = start + run.find(written).unwrap_or(0);
            found.push(Located::new(value, Slice::new(base + at, base + at + written.len())));
        }
        // The separator is one character of any length.
        start += run.len();
        start += text.get(start..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_found_between_words_and_ranges_are_two() {
        let found = dates("visits – DOS 3/4/13 to 5/31/2013, L4-5", 10);
        let written: Vec<String> = found.iter().map(|d| d.value.to_string()).collect();
        assert_eq!(written, ["2013-03-04", "2013-05-31"]);
        assert_eq!(found[0].slice, Slice::new(10 + 15, 10 + 21));
    }
}
