//! Two-dimensional affine maps, in the row-vector convention of PDF: `[x y 1] * M`.

/// The map `x' = a x + c y + e`, `y' = b x + d y + f`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Matrix {
    pub a: f64,
    pub b: f64,
    pub c: f64,
    pub d: f64,
    pub e: f64,
    pub f: f64,
}

impl Matrix {
    /// The map that changes nothing.
    pub(super) const IDENTITY: Self = Self { a: 1.0, b: 0.0, c: 0.0, d: 1.0, e: 0.0, f: 0.0 };

    /// The map of the six numbers, if they are six.
    #[expect(
        clippy::many_single_char_names,
        reason = "the names that the PDF standard gives the six numbers"
    )]
    pub(super) fn from_numbers(numbers: &[f64]) -> Option<Self> {
        match *numbers {
            [a, b, c, d, e, f] => Some(Self { a, b, c, d, e, f }),
            _ => None,
        }
    }

    /// A shift.
    pub(super) fn shift(x: f64, y: f64) -> Self {
        Self { e: x, f: y, ..Self::IDENTITY }
    }

    /// First `self`, then `next`.
    pub(super) fn then(self, next: Self) -> Self {
        Self {
            a: self.a * next.a + self.b * next.c,
            b: self.a * next.b + self.b * next.d,
            c: self.c * next.a + self.d * next.c,
            d: self.c * next.b + self.d * next.d,
            e: self.e * next.a + self.f * next.c + next.e,
            f: self.e * next.b + self.f * next.d + next.f,
        }
    }

    /// Where the point goes.
    pub(super) fn apply(self, x: f64, y: f64) -> (f64, f64) {
        (x * self.a + y * self.c + self.e, x * self.b + y * self.d + self.f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn maps_apply_in_order() {
        let double = Matrix { a: 2.0, d: 2.0, ..Matrix::IDENTITY };
        assert_eq!(Matrix::shift(1.0, 0.0).then(double).apply(1.0, 1.0), (4.0, 2.0));
        assert_eq!(double.then(Matrix::shift(1.0, 0.0)).apply(1.0, 1.0), (3.0, 2.0));
    }
}
