//! Scores and numbers that two statements have.

use std::collections::BTreeSet;

use super::Scores;

/// The score of full muscle strength.
const FULL_STRENGTH: &str = "5";

/// Whether both texts have a number in common: "5 visits were had" and "5 of 6 visits".
pub(super) fn share_number(one: &str, other: &str) -> bool {
    let own: BTreeSet<&[u8]> = numbers(one).collect();
    !own.is_empty() && numbers(other).any(|number| own.contains(number))
}

fn numbers(text: &str) -> impl Iterator<Item = &[u8]> {
    text.as_bytes().split(|byte| !byte.is_ascii_digit()).filter(|run| !run.is_empty())
}

impl Scores {
    /// Whether the scores of a text are as wanted. A text without scores has nothing to compare.
    pub(super) fn fit(self, text: &str) -> bool {
        let scores: Vec<(&str, &str)> = text.split_whitespace().filter_map(score).collect();
        let Some((first, rest)) = scores.split_first() else { return true };
        match self {
            Self::BelowFull => {
                scores.iter().any(|(have, full)| *full == FULL_STRENGTH && have != full)
            }
            Self::Differing => rest.is_empty() || rest.iter().any(|(have, _)| *have != first.0),
        }
    }
}

/// "4+/5," as ("4+", "5").
fn score(word: &str) -> Option<(&str, &str)> {
    let (have, full) = word.trim_matches(|c: char| !c.is_ascii_digit()).split_once('/')?;
    let digits = |text: &str| text.starts_with(|c: char| c.is_ascii_digit());
    (digits(have) && digits(full)).then_some((have, full))
}
