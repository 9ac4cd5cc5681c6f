//! Spinal levels: "L4-5", "L4-L5", "C5/6", "L3, L4 and L5", "L4 through S1".
//!
//! A level is one of the letters C, T, L, S with a number that the spine has; the notation is anatomy, not
//! vocabulary. A second number after a hyphen, slash, "to" or "through" closes an interspace.

use crate::span::{Located, Slice};

/// The levels named in `text`, normalised to "L4" or "L4-L5", in their order.
pub(crate) fn levels(text: &str, base: usize) -> Vec<Located<String>> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let free =
            !at.checked_sub(1).and_then(|p| bytes.get(p)).is_some_and(u8::is_ascii_alphanumeric);
        let Some((letter, number, end)) = free.then(|| vertebra(bytes, at, None)).flatten() else {
            at += 1;
            continue;
        };
        let second = joiner(bytes, end).and_then(|next| vertebra(bytes, next, Some(letter)));
        let (level, end) = match second {
            Some((other, second, end)) => (format!("{letter}{number}-{other}{second}"), end),
            None => (format!("{letter}{number}"), end),
        };
        found.push(Located::new(level, Slice::new(base + at, base + end)));
        at = end;
    }
    found
}

/// A letter and number at `at`; with `implied`, the letter may be left out.
fn vertebra(bytes: &[u8], at: usize, implied: Option<char>) -> Option<(char, u8, usize)> {
    let first = char::from(bytes.get(at)?.to_ascii_uppercase());
    let (letter, digits) = match (first, implied) {
        ('C' | 'T' | 'L' | 'S', _) => (first, at + 1),
        (_, Some(letter)) => (letter, at),
        _ => return None,
    };
    let mut end = digits;
    let mut number: u8 = 0;
    while let Some(digit) = bytes.get(end).filter(|byte| byte.is_ascii_digit()) {
        number = number.checked_mul(10)?.checked_add(digit - b'0')?;
        end += 1;
    }
    let most = match letter {
        'C' => 8,
        'T' => 12,
        'L' => 6,
        _ => 5,
    };
    let closed = !bytes.get(end).is_some_and(u8::is_ascii_alphabetic);
    (end > digits && closed && (1..=most).contains(&number)).then_some((letter, number, end))
}

/// Where the second half of an interspace would begin.
fn joiner(bytes: &[u8], at: usize) -> Option<usize> {
    let rest = bytes.get(at..)?;
    [&b" through "[..], b" to ", b" - ", b"- ", b"-", b"/"]
        .iter()
        .find(|join| rest.get(..join.len()).is_some_and(|head| head.eq_ignore_ascii_case(join)))
        .map(|join| at + join.len())
}
