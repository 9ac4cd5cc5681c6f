//! How much of a drug is asked for: strength, quantity, refills, days' supply.

use super::token::{Kind, Token};
use crate::span::{Located, Slice};
use crate::vocabulary::Counter;

/// The strength as written, with one space before the unit: "10/325 mg", "5 %", "10 mg/1 ml".
pub(crate) fn strength(row: &[Token], text: &str, base: usize) -> Option<Located<String>> {
    let start = (0..row.len()).find(|at| row.get(*at..).is_some_and(opens_strength))?;
    let mut written = String::new();
    let mut slice = row.get(start)?.slice;
    let mut complete = false;
    for token in row.get(start..)? {
        let words = text.get(token.slice.start - base..token.slice.end - base).unwrap_or_default();
        match token.kind {
            Kind::Number(_) | Kind::Fraction if !complete || written.ends_with('/') => {
                written.push_str(words);
            }
            Kind::Slash => written.push('/'),
            Kind::Counter(Counter::Strength | Counter::Amount | Counter::Hour) => {
                if !written.ends_with('/') {
                    written.push(' ');
                }
                written.push_str(&words.to_ascii_lowercase());
                complete = true;
            }
            _ => break,
        }
        slice.end = token.slice.end;
    }
    let trimmed = written.trim_end_matches('/');
    Some(Located::new(trimmed.to_string(), slice))
}

/// Whether the row begins with numbers joined by slashes and then a unit of strength.
fn opens_strength(row: &[Token]) -> bool {
    let mut numbers = 0;
    for token in row {
        match token.kind {
            Kind::Number(_) | Kind::Fraction => numbers += 1,
            Kind::Slash if numbers > 0 => {}
            Kind::Counter(Counter::Strength) => return numbers > 0,
            _ => return false,
        }
    }
    false
}

/// How many units are asked for: "#90", "qty: 90", "90 count", "60 tablets".
pub(crate) fn quantity(row: &[Token]) -> Option<Located<u32>> {
    let labelled = pairs(row).find_map(|pair| match pair {
        (Kind::Counter(Counter::Quantity), Kind::Number(value), slice) => {
            Some(Located::new(value, slice))
        }
        _ => None,
    });
    let counted = pairs(row).find_map(|pair| match pair {
        (Kind::Number(value), Kind::Counter(Counter::Quantity), slice) => {
            Some(Located::new(value, slice))
        }
        _ => None,
    });
    // "1 tablet by mouth" is a dose; the larger count is the quantity.
    let units = pairs(row).filter_map(|pair| match pair {
        (Kind::Number(value), Kind::Unit, slice) => Some(Located::new(value, slice)),
        _ => None,
    });
    labelled.or(counted).or_else(|| units.max_by_key(|found| found.value))
}

/// How many refills are asked for.
pub(crate) fn refills(row: &[Token]) -> Option<Located<u32>> {
    let before = pairs(row).find_map(|pair| match pair {
        (Kind::Number(value), Kind::Counter(Counter::Refill), slice) => {
            Some(Located::new(value, slice))
        }
        _ => None,
    });
    let times =
        |token: &&Token| !matches!(token.kind, Kind::Counter(Counter::Times | Counter::Quantity));
    let plain: Vec<Token> = row.iter().filter(times).copied().collect();
    before.or_else(|| {
        pairs(&plain).find_map(|pair| match pair {
            (Kind::Counter(Counter::Refill), Kind::Number(value), slice) => {
                Some(Located::new(value, slice))
            }
            _ => None,
        })
    })
}

/// For how many days the supply lasts: "30 day supply".
pub(crate) fn days_supply(row: &[Token]) -> Option<Located<u32>> {
    row.windows(3).find_map(|window| match window {
        [a, b, c]
            if b.kind == Kind::Counter(Counter::Day)
                && c.kind == Kind::Counter(Counter::Supply) =>
        {
            match a.kind {
                Kind::Number(value) => {
                    Some(Located::new(value, Slice::new(a.slice.start, c.slice.end)))
                }
                _ => None,
            }
        }
        _ => None,
    })
}

/// Neighbouring tokens with the slice they span; a break between label and number is passed over.
fn pairs(row: &[Token]) -> impl Iterator<Item = (Kind, Kind, Slice)> {
    row.iter().enumerate().filter_map(|(at, first)| {
        let label = matches!(first.kind, Kind::Counter(_));
        let skipped = |token: &&Token| !(label && token.kind == Kind::Break);
        let second = row.get(at + 1..)?.iter().find(skipped)?;
        Some((first.kind, second.kind, Slice::new(first.slice.start, second.slice.end)))
    })
}
