//! Logistic regression of one column by follow-the-regularised-leader, with rates by coordinate.

/// How a column is fitted.
#[derive(Clone, Copy, Debug)]
pub(super) struct Settings {
    /// How far one example moves a weight at first.
    pub(super) rate: f64,
    /// How slowly that falls off.
    pub(super) steadiness: f64,
    /// The penalty on the sum of weights: the greater, the fewer features have one.
    pub(super) sparse: f64,
    /// The penalty on the sum of squares: the greater, the smaller they are.
    pub(super) small: f64,
    /// Passes over the examples.
    pub(super) passes: u32,
}

/// The state of one column. The last coordinate is the start, which has no penalty.
pub(super) struct Leader {
    settings: Settings,
    /// Sum of adjusted gradients, by coordinate.
    z: Vec<f64>,
    /// Sum of squared gradients, by coordinate.
    n: Vec<f64>,
}

impl Leader {
    pub(super) fn new(features: usize, settings: Settings) -> Self {
        Self { settings, z: vec![0.0; features + 1], n: vec![0.0; features + 1] }
    }

    /// Passes over the examples in a fixed order that mixes their sources.
    pub(super) fn learn(&mut self, rows: &[Vec<u32>], values: &[f64], labels: &[bool]) {
        let stride = stride(rows.len());
        for _ in 0..self.settings.passes {
            let mut at = 0;
            for _ in 0..rows.len() {
                if let (Some(row), Some(label)) = (rows.get(at), labels.get(at)) {
                    self.step(row, values, *label);
                }
                at = (at + stride) % rows.len();
            }
        }
    }

    pub(super) fn weight(&self, at: usize) -> f64 {
        let (z, n) = (self.z.get(at).copied(), self.n.get(at).copied());
        let (z, n) = (z.unwrap_or_default(), n.unwrap_or_default());
        let penalty = if at + 1 == self.z.len() { 0.0 } else { self.settings.sparse };
        if z.abs() <= penalty {
            return 0.0;
        }
        let pull = (self.settings.steadiness + n.sqrt()) / self.settings.rate + self.settings.small;
        -(z - z.signum() * penalty) / pull
    }

    pub(super) fn start(&self) -> f64 {
        self.weight(self.z.len().saturating_sub(1))
    }

    fn step(&mut self, row: &[u32], values: &[f64], label: bool) {
        let start = self.z.len().saturating_sub(1);
        let value = |at: usize| values.get(at).copied().unwrap_or(1.0);
        let coordinates = || row.iter().map(|at| *at as usize).chain([start]);
        let sum: f64 = coordinates().map(|at| self.weight(at) * value(at)).sum();
        let said = 1.0 / (1.0 + (-sum).exp());
        let missed = said - f64::from(u8::from(label));
        for at in coordinates() {
            let weight = self.weight(at);
            let gradient = missed * value(at);
            if let (Some(z), Some(n)) = (self.z.get_mut(at), self.n.get_mut(at)) {
                let grown = *n + gradient * gradient;
                let pull = (grown.sqrt() - n.sqrt()) / self.settings.rate;
                *z += gradient - pull * weight;
                *n = grown;
            }
        }
    }
}

/// A step through the examples that visits every one: about 0.618 of their number, made coprime with it.
fn stride(examples: usize) -> usize {
    let mut stride = (examples / 1000 * 618 + examples % 1000 * 618 / 1000).max(1);
    while gcd(stride, examples) != 1 && stride > 1 {
        stride -= 1;
    }
    stride
}

fn gcd(a: usize, b: usize) -> usize {
    if b == 0 { a } else { gcd(b, a % b) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_telling_feature_gets_a_weight_and_a_useless_one_none() {
        let rows: Vec<Vec<u32>> =
            (0..200).map(|at| if at % 2 == 0 { vec![0, 2] } else { vec![1, 2] }).collect();
        let labels: Vec<bool> = (0..200).map(|at| at % 2 == 0).collect();
        let settings = Settings { rate: 0.3, steadiness: 1.0, sparse: 1.0, small: 0.5, passes: 20 };
        let mut leader = Leader::new(3, settings);
        leader.learn(&rows, &[1.0; 3], &labels);
        assert!(leader.weight(0) > 1.0, "{}", leader.weight(0));
        assert!(leader.weight(1) < -1.0, "{}", leader.weight(1));
        assert!(leader.weight(2).abs() < 0.3, "{}", leader.weight(2));
    }

    #[test]
    fn the_stride_visits_every_example() {
        for examples in [1, 2, 10, 618, 1000, 4096] {
            let stride = stride(examples);
            let mut at = 0;
            let mut seen = vec![false; examples];
            for _ in 0..examples {
                seen[at] = true;
                at = (at + stride) % examples;
            }
            assert!(seen.iter().all(|seen| *seen), "{examples}");
        }
    }
}
