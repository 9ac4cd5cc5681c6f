//! The exact binomial test: how likely so many hits are, if each trial hits with a given chance.
//!
//! J. Bernoulli, *Ars Conjectandi*, 1713; one-sided, because only too many are of interest here.

use super::{number, terms};

/// The probability of at least `hits` in `trials`, each with this chance.
pub fn at_least(hits: u64, trials: u64, chance: f64) -> f64 {
    if hits == 0 || chance >= 1.0 {
        return 1.0;
    }
    if hits > trials || chance <= 0.0 {
        return 0.0;
    }
    let odds = chance / (1.0 - chance);
    let ratio = |at: u64| number(trials - at + 1) / number(at) * odds;
    // A cast of a number that was rounded down and lies between 0 and `trials` + 1 loses nothing.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "see above")]
    let summit = (number(trials + 1) * chance).floor() as u64;
    let (mut above, mut all) = (0.0, 0.0);
    for (at, term) in terms(0, trials, summit, ratio) {
        all += term;
        above += if at >= hits { term } else { 0.0 };
    }
    above / all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_numbers_by_hand() {
        assert!((at_least(1, 2, 0.5) - 0.75).abs() < 1e-12);
        assert!((at_least(2, 2, 0.1) - 0.01).abs() < 1e-12);
        assert!((at_least(3, 3, 0.2) - 0.008).abs() < 1e-12);
        assert!((at_least(0, 9, 0.2) - 1.0).abs() < 1e-12);
    }

    #[test]
    fn large_numbers_stay_finite() {
        assert!(at_least(50_000, 100_000, 0.2) < 1e-300);
        assert!(at_least(10_000, 100_000, 0.2) > 0.999_999);
        assert!((at_least(20_000, 100_000, 0.2) - 0.5).abs() < 0.01);
    }

    #[test]
    fn the_impossible_and_the_certain() {
        assert_eq!(at_least(3, 2, 0.5).to_bits(), 0.0_f64.to_bits());
        assert_eq!(at_least(1, 2, 0.0).to_bits(), 0.0_f64.to_bits());
        assert_eq!(at_least(1, 2, 1.0).to_bits(), 1.0_f64.to_bits());
    }
}
