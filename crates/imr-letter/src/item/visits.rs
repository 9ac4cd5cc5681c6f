//! How often a service is asked for: visits in total, visits a week, weeks.
//!
//! Where a range is written ("12-18 sessions", "two to three times a week"), the request is for the most it
//! allows, so the upper end is read.

use super::token::{Kind, Token};
use crate::span::{Located, Slice};
use crate::vocabulary::Counter;

/// How often a service is asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Schedule {
    pub(crate) visits: Option<Located<u32>>,
    pub(crate) per_week: Option<Located<u32>>,
    pub(crate) weeks: Option<Located<u32>>,
}

/// The schedule that a heading states; `visits` is the product where only frequency and duration are stated.
pub(crate) fn schedule(row: &[Token]) -> Schedule {
    let row = without_range_starts(row);
    let mut found = Schedule { visits: visits(&row), ..Schedule::default() };
    for at in 0..row.len() {
        let Some(rest) = row.get(at..) else { break };
        if found.per_week.is_none() {
            found.per_week = per_week(rest);
        }
        if found.weeks.is_none() && !at.checked_sub(1).is_some_and(|p| is_frequency(row.get(p))) {
            found.weeks = weeks(rest);
        }
    }
    if found.per_week.is_none()
        && let Some((per_week, weeks)) = (0..row.len()).find_map(|at| crossed(row.get(at..)?))
    {
        found.per_week = Some(per_week);
        found.weeks = Some(weeks);
    }
    if found.visits.is_none() {
        found.visits = match (&found.per_week, &found.weeks) {
            (Some(often), Some(long)) => {
                let slice = Slice::new(
                    often.slice.start.min(long.slice.start),
                    long.slice.end.max(often.slice.end),
                );
                Some(Located::new(often.value.saturating_mul(long.value), slice))
            }
            (None, None) => counted_times(&row),
            _ => None,
        };
    }
    found
}

/// The row without "12-" of "12-18" and "two to" of "two to three"; "(12)" after "twelve" stays.
fn without_range_starts(row: &[Token]) -> Vec<Token> {
    let mut kept: Vec<Token> = Vec::new();
    let mut at = 0;
    while let Some(token) = row.get(at) {
        let number = |token: Option<&Token>| {
            token.is_some_and(|token| matches!(token.kind, Kind::Number(_)))
        };
        let joined = matches!(row.get(at + 1).map(|t| t.kind), Some(Kind::Dash | Kind::Other));
        let close = row.get(at + 1).is_some_and(|t| t.kind == Kind::Dash || t.slice.len() == 2);
        if number(Some(token)) && joined && close && number(row.get(at + 2)) {
            at += 2;
            continue;
        }
        kept.push(*token);
        at += 1;
    }
    kept
}

fn kind(row: &[Token], at: usize) -> Option<Kind> {
    row.get(at).map(|token| token.kind)
}

fn counter(row: &[Token], at: usize) -> Option<Counter> {
    match kind(row, at)? {
        Kind::Counter(counter) => Some(counter),
        Kind::Slash => Some(Counter::Per),
        _ => None,
    }
}

fn is_frequency(token: Option<&Token>) -> bool {
    token.is_some_and(|token| token.kind == Kind::Counter(Counter::Per))
}

/// "2 times a week", "twice weekly", "3 visits per week", "2x/week", "3 x week".
fn per_week(row: &[Token]) -> Option<Located<u32>> {
    let Some(Kind::Number(value)) = kind(row, 0) else { return None };
    let mut at = 1;
    let mut linked = false;
    while let Some(Counter::Times | Counter::Visit | Counter::Per) = counter(row, at) {
        linked = true;
        at += 1;
    }
    let end = match counter(row, at)? {
        Counter::Weekly => at,
        Counter::Week if linked => at,
        _ => return None,
    };
    Some(Located::new(value, Slice::new(row.first()?.slice.start, row.get(end)?.slice.end)))
}

/// "3 weeks".
fn weeks(row: &[Token]) -> Option<Located<u32>> {
    match (kind(row, 0)?, counter(row, 1)?) {
        (Kind::Number(value), Counter::Week) => {
            Some(Located::new(value, Slice::new(row.first()?.slice.start, row.get(1)?.slice.end)))
        }
        _ => None,
    }
}

/// "2 x 6", "2 times 6 weeks": visits a week, and weeks.
fn crossed(row: &[Token]) -> Option<(Located<u32>, Located<u32>)> {
    match (kind(row, 0)?, counter(row, 1)?, kind(row, 2)?) {
        (Kind::Number(often), Counter::Times, Kind::Number(long)) => Some((
            Located::new(often, row.first()?.slice),
            Located::new(long, Slice::new(row.get(2)?.slice.start, row.get(2)?.slice.end)),
        )),
        _ => None,
    }
}

/// "12 sessions", "Eight physical therapy sessions"; not "3 visits per week".
fn visits(row: &[Token]) -> Option<Located<u32>> {
    row.iter().enumerate().find_map(|(at, token)| {
        let Kind::Number(value) = token.kind else { return None };
        let after = row.get(at + 1..)?;
        let steps = after.iter().take(6).position(|t| t.kind == Kind::Counter(Counter::Visit))?;
        let between = after.get(..steps)?;
        let plain =
            between.iter().all(|t| matches!(t.kind, Kind::Other | Kind::Break | Kind::Number(_)));
        let frequency = matches!(
            counter(after, steps + 1),
            Some(Counter::Per | Counter::Week | Counter::Weekly)
        );
        let nearest = !between.iter().any(|t| matches!(t.kind, Kind::Number(_)));
        (plain && nearest && !frequency).then(|| {
            Located::new(
                value,
                Slice::new(token.slice.start, after.get(steps).map_or(0, |t| t.slice.end)),
            )
        })
    })
}

/// "x 8", "times 12", "sessions #8": a count with no frequency.
fn counted_times(row: &[Token]) -> Option<Located<u32>> {
    (0..row.len()).find_map(|at| {
        let rest = row.get(at..)?;
        match (counter(rest, 0)?, kind(rest, 1)?) {
            (Counter::Times, Kind::Number(value)) => Some(Located::new(
                value,
                Slice::new(rest.first()?.slice.start, rest.get(1)?.slice.end),
            )),
            _ => None,
        }
    })
}
