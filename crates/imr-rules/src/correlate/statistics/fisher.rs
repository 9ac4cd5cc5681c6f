//! Fisher's exact test for a table of two rows and two columns.
//!
//! R. A. Fisher, *Statistical Methods for Research Workers*, 5th edition 1934, section 21.02. Two-sided in the sense of
//! Irwin (1935), as in R's `fisher.test`: the probability, with both margins fixed, of every table that is no likelier
//! than the one at hand.

use super::{number, terms};

/// Two rows of two counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Table {
    /// With and without the trait in the first group.
    pub first: (u64, u64),
    /// The same in the second.
    pub second: (u64, u64),
}

/// Terms that differ by less than this are equally likely: rounding must not decide.
const EQUAL: f64 = 1e-7;

/// The two-sided p-value; 1 for an empty row or column.
pub fn two_sided(table: Table) -> f64 {
    let row = table.first.0 + table.first.1;
    let column = table.first.0 + table.second.0;
    let all = row + table.second.0 + table.second.1;
    let (least, most) = ((row + column).saturating_sub(all), row.min(column));
    if least == most {
        return 1.0;
    }
    let ratio = |at: u64| {
        let up = number(row - at + 1) * number(column - at + 1);
        up / (number(at) * number(all + at - row - column))
    };
    // A product of counts may be larger than 64 bits hold.
    let summit = u128::from(row + 1) * u128::from(column + 1) / u128::from(all + 2);
    let summit = u64::try_from(summit).unwrap_or(most);
    let tables = terms(least, most, summit, ratio);
    let observed =
        tables.iter().find(|(at, _)| *at == table.first.0).map_or(0.0, |(_, term)| *term);
    let sum: f64 = tables.iter().map(|(_, term)| term).sum();
    let unlikely =
        tables.iter().map(|(_, term)| term).filter(|term| **term <= observed * (1.0 + EQUAL));
    (unlikely.sum::<f64>() / sum).min(1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn p(first: (u64, u64), second: (u64, u64)) -> f64 {
        two_sided(Table { first, second })
    }

    fn near(value: f64, expected: f64) {
        assert!((value / expected - 1.0).abs() < 1e-4, "{value} is not {expected}");
    }

    #[test]
    fn textbook_tables() {
        // Fisher's lady tasting tea: three of four cups right (34/70), and all of them (2/70).
        near(p((3, 1), (1, 3)), 34.0 / 70.0);
        near(p((4, 0), (0, 4)), 2.0 / 70.0);
        // Fisher's twins of criminals: R gives 0.0005367.
        near(p((2, 15), (10, 3)), 0.000_536_7);
        // Four denials that rest on a fact against one approval that ignores it.
        near(p((4, 0), (0, 1)), 0.2);
    }

    #[test]
    fn a_table_without_a_choice_tells_nothing() {
        near(p((0, 0), (3, 4)), 1.0);
        near(p((5, 0), (7, 0)), 1.0);
        near(p((0, 0), (0, 0)), 1.0);
        near(p((1, 0), (0, 1)), 1.0);
    }

    #[test]
    fn rows_may_change_places() {
        near(p((30, 70), (55, 45)), p((55, 45), (30, 70)));
    }

    #[test]
    fn a_hundred_thousand_decisions_neither_overflow_nor_lose_the_answer() {
        assert!(p((60_000, 20_000), (5_000, 15_000)) < 1e-100);
        assert!(p((30_000, 30_000), (20_000, 20_000)) > 0.99);
        let p = p((50_500, 49_500), (50_000, 50_000));
        assert!((0.02..0.03).contains(&p), "{p}");
    }
}
