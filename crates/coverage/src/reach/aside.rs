//! An antenna's fall-off to the side as a table over the cosine of the angle, so that no bearing is worked out.

use crate::antenna::Pattern;

/// Knots from straight behind to straight ahead. Between them the fall-off is taken as straight; over the angles that
/// [`Aside::of`] accepts that is wrong by under 0.001 dB.
const KNOTS: usize = 2_048;
/// Farther aside than this the table is too coarse, so the antenna must have reached its floor.
const FARTHEST_DEG: f64 = 160.0;

/// The fall-off by cosine, before the floor, in dB.
pub(super) struct Aside {
    knots: Vec<f32>,
    floor_db: f32,
}

impl Aside {
    /// The table of a pattern; `None` for one so wide that its back is not at its floor.
    pub(super) fn of(pattern: &Pattern) -> Option<Self> {
        let at_floor = pattern.floor_db <= pattern.horizontal_db(FARTHEST_DEG);
        #[expect(clippy::cast_precision_loss, clippy::cast_possible_truncation, reason = "small numbers")]
        let knot = |knot: usize| {
            let cosine = (knot as f64 / (KNOTS as f64 / 2.0) - 1.0).clamp(-1.0, 1.0);
            pattern.horizontal_db(libm::acos(cosine).to_degrees()) as f32
        };
        #[expect(clippy::cast_possible_truncation, reason = "decibels")]
        at_floor.then(|| Self { knots: (0..KNOTS + 2).map(knot).collect(), floor_db: pattern.floor_db as f32 })
    }

    /// The fall-off, in dB.
    #[inline]
    pub(super) fn db(&self, cosine: f32) -> f32 {
        #[expect(clippy::cast_precision_loss, reason = "a small number")]
        let at = (cosine.clamp(-1.0, 1.0) + 1.0) * (KNOTS as f32 / 2.0);
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to the number of knots")]
        let knot = at as usize;
        #[expect(clippy::cast_precision_loss, reason = "a small number")]
        let beyond = at - knot as f32;
        let (from, to) = (self.knots[knot], self.knots[knot + 1]);
        (from + (to - from) * beyond).min(self.floor_db)
    }
}
