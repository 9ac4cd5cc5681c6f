//! Wilson's interval for a share: it stays between 0 and 1 and is honest for one decision of one.
//!
//! E. B. Wilson, "Probable inference, the law of succession, and statistical inference", JASA 22 (1927), 209-212. The
//! interval that L. D. Brown, T. T. Cai and A. `DasGupta` recommend for small numbers (Statistical Science 16, 2001).

use super::{number, share};

/// From the least to the greatest share that the counts agree with.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Interval {
    /// The least.
    pub low: f64,
    /// The greatest.
    pub high: f64,
}

/// How sure an interval is. Its quantile takes longer to find than an interval, so it is found once.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Confidence {
    /// Between 0 and 1.
    pub level: f64,
    quantile: f64,
}

impl Confidence {
    /// Of a level between 0 and 1.
    pub fn new(level: f64) -> Self {
        Self { level, quantile: quantile(0.5 + level / 2.0) }
    }
}

/// The interval for `part` of `whole`; everything from 0 to 1 when there is nothing.
pub fn interval(part: u64, whole: u64, confidence: Confidence) -> Interval {
    if whole == 0 {
        return Interval { low: 0.0, high: 1.0 };
    }
    let (n, p, z) = (number(whole), share(part, whole), confidence.quantile);
    let scale = 1.0 + z * z / n;
    let middle = (p + z * z / (2.0 * n)) / scale;
    let half = z / scale * (p * (1.0 - p) / n + z * z / (4.0 * n * n)).sqrt();
    let low = if part == 0 { 0.0 } else { (middle - half).max(0.0) };
    let high = if part == whole { 1.0 } else { (middle + half).min(1.0) };
    Interval { low, high }
}

/// The standard normal quantile of a probability above one half, by halving: the tail is a continued fraction (Laplace)
/// beyond two and a series (Abramowitz and Stegun 26.2.10) below.
fn quantile(probability: f64) -> f64 {
    let (mut low, mut high) = (0.0, 9.0);
    for _ in 0..60 {
        let middle = f64::midpoint(low, high);
        if normal(middle) < probability { low = middle } else { high = middle }
    }
    f64::midpoint(low, high)
}

/// The standard normal distribution for `x` of at least 0.
fn normal(x: f64) -> f64 {
    let density = (-x * x / 2.0).exp() / (2.0 * std::f64::consts::PI).sqrt();
    if x > 2.0 {
        let fraction = (1..=60).rev().fold(x, |rest, k| x + f64::from(k) / rest);
        return 1.0 - density / fraction;
    }
    let (mut term, mut sum) = (x, x);
    for k in 1..40 {
        term *= -x * x / f64::from(2 * k) * f64::from(2 * k - 1) / f64::from(2 * k + 1);
        sum += term;
    }
    0.5 + sum / (2.0 * std::f64::consts::PI).sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(value: f64, expected: f64) {
        assert!((value - expected).abs() < 5e-4, "{value} is not {expected}");
    }

    fn sure() -> Confidence {
        Confidence::new(0.95)
    }

    #[test]
    fn quantiles_of_the_tables() {
        near(quantile(0.975), 1.95996);
        near(quantile(0.95), 1.64485);
        near(quantile(0.995), 2.57583);
        near(quantile(0.75), 0.67449);
    }

    #[test]
    fn small_groups_get_wide_intervals() {
        let all = |n| interval(n, n, sure()).low;
        near(all(1), 0.2065);
        near(all(4), 0.5101);
        near(interval(0, 10, sure()).high, 0.2775);
        near(interval(3, 4, sure()).low, 0.3006);
    }

    #[test]
    fn large_groups_get_narrow_ones() {
        let Interval { low, high } = interval(50_000, 100_000, sure());
        near(low, 0.4969);
        near(high, 0.5031);
    }

    #[test]
    fn nothing_can_be_anything() {
        assert_eq!(interval(0, 0, sure()), Interval { low: 0.0, high: 1.0 });
    }
}
