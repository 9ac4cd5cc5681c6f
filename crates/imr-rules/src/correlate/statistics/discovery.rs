//! Many tests at once: of a thousand groups, fifty are "significant" by chance alone.
//!
//! Y. Benjamini and Y. Hochberg, "Controlling the false discovery rate", Journal of the Royal Statistical Society B 57
//! (1995), 289-300. An adjusted value of 0.05 says: of everything found at this value or below, about one in twenty is
//! chance.

/// The adjusted values, in the order of the p-values.
pub fn adjusted(values: &[f64]) -> Vec<f64> {
    let mut order: Vec<(usize, f64)> = values.iter().copied().enumerate().collect();
    order.sort_by(|a, b| b.1.total_cmp(&a.1));
    let mut found = vec![1.0; values.len()];
    let mut least: f64 = 1.0;
    for ((at, value), rank) in order.into_iter().zip((1..=values.len()).rev()) {
        #[expect(clippy::cast_precision_loss, reason = "no batch makes 2^52 tests")]
        let scaled = value * values.len() as f64 / rank as f64;
        least = least.min(scaled);
        if let Some(slot) = found.get_mut(at) {
            *slot = least;
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::adjusted;

    #[test]
    fn values_as_r_gives_them() {
        // p.adjust(c(0.01, 0.04, 0.03, 0.005), "BH")
        let found = adjusted(&[0.01, 0.04, 0.03, 0.005]);
        for (found, expected) in found.iter().zip([0.02, 0.04, 0.04, 0.02]) {
            assert!((found - expected).abs() < 1e-12, "{found} is not {expected}");
        }
    }

    #[test]
    fn one_test_is_not_adjusted() {
        assert_eq!(adjusted(&[0.2]), [0.2]);
        assert!(adjusted(&[]).is_empty());
    }
}
