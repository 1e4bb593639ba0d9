//! The normal distribution as a table, for the millions of times that a run asks for it.

use std::sync::LazyLock;

use crate::location;

/// Knots per standard deviation. Between knots the distribution is taken as straight, which is wrong by at most
/// `h²/8 · max|Φ″|`, 0.242 / 8 / 128² < 1.9 · 10⁻⁶.
const KNOTS: f32 = 128.0;
/// Beyond so many deviations the share is that of the last knot: 10⁻¹⁹.
const FARTHEST: f32 = 9.0;
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "2306")]
const COUNT: usize = (2.0 * FARTHEST * KNOTS) as usize + 2;

static TABLE: LazyLock<Box<[f32]>> = LazyLock::new(|| {
    #[expect(clippy::cast_precision_loss, clippy::cast_possible_truncation, reason = "a share from a small number")]
    let knot = |knot: usize| location::normal(knot as f64 / f64::from(KNOTS) - f64::from(FARTHEST)) as f32;
    (0..COUNT).map(knot).collect()
});

/// The standard normal distribution function, close to a table's knots.
#[derive(Clone, Copy)]
pub(super) struct Normal(&'static [f32; COUNT]);

impl Normal {
    pub(super) fn table() -> Self {
        Self(TABLE[..].try_into().unwrap_or_else(|_| unreachable!("the table has its length")))
    }

    /// The share below so many deviations. It never falls where the argument rises.
    #[inline]
    pub(super) fn below(self, deviations: f32) -> f32 {
        let at = (deviations.clamp(-FARTHEST, FARTHEST) + FARTHEST) * KNOTS;
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 2304")]
        let knot = at as usize;
        #[expect(clippy::cast_precision_loss, reason = "0 to 2304")]
        let beyond = at - knot as f32;
        let (from, to) = (self.0[knot], self.0[knot + 1]);
        from + (to - from) * beyond
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_within_two_millionths_of_the_distribution_and_never_falls() {
        let table = Normal::table();
        let mut last = 0.0;
        for step in -100_000..=100_000_i32 {
            #[expect(clippy::cast_precision_loss, reason = "a small number")]
            let deviations = step as f32 / 10_000.0;
            let seen = table.below(deviations);
            let exact = location::normal(f64::from(deviations));
            assert!((f64::from(seen) - exact).abs() < 2e-6, "{deviations}");
            assert!(last <= seen, "{deviations}");
            // In the tail, where the foot of a mast is judged, the share is right by its size.
            if (-8.0..0.0).contains(&deviations) {
                assert!((f64::from(seen) / exact - 1.0).abs() < 2e-3, "{deviations}: {seen} for {exact}");
            }
            last = seen;
        }
    }
}
