//! Path loss over distance as a table, for the millions of times that a run asks for it.
//!
//! Knots lie evenly within each doubling of the squared distance, so that a knot is found from the bits of a number, without
//! a root or a logarithm. Between knots everything is taken as straight. With `h` the distance of two knots that is wrong by
//! at most `h²/8 · max|f″|`: for a loss of `s · log10 d` that is `s / (16 ln 10 · 32²)`, 0.0012 dB at 44 dB per decade. The
//! fall-off of an antenna up and down bends most, by under 0.02 dB where it is not at its floor; what is at its floor or
//! follows the greater of two losses is decided after the table, so that no edge is rounded off.

use crate::antenna::Pattern;
use crate::model::sight::Sight;
use crate::model::{Model, Slant};

use super::link::Link;
use super::normal::Normal;

/// Bits of the fraction that a knot's number keeps: 32 knots per doubling.
const KEPT_BITS: u32 = 5;
const DROPPED_BITS: u32 = 23 - KEPT_BITS;
/// The squared distance of the first knot, 64 m², is the power of two below the nearest distance's.
const FIRST: u32 = 64_f32.to_bits() >> DROPPED_BITS;
/// Below this squared distance everything is computed in full: up to the knot behind 18 m, where line of sight in a town stops
/// being certain, which no straight line between knots can follow.
pub(super) const NEAREST_SQUARED: f32 = 328.0;

/// Everything about one squared distance, in dB but for the probability of sight.
#[derive(Clone, Copy, Debug)]
pub(super) struct Knot {
    los: f32,
    nlos: f32,
    sight: f32,
    vertical: f32,
}

/// What depends on the height of antenna and handset only.
pub(super) struct Heights {
    /// The way, and the antenna's fall-off up and down, by knot.
    knots: Vec<(Slant, f32)>,
}

/// The probability of line of sight by knot.
pub(super) struct Sights(Vec<f32>);

/// A link's losses by knot.
pub(super) struct Table {
    knots: Vec<Knot>,
}

/// The squared distance of a knot.
#[expect(clippy::cast_possible_truncation, reason = "a few hundred")]
const fn squared_at(knot: usize) -> f32 {
    f32::from_bits((knot as u32 + FIRST) << DROPPED_BITS)
}

/// The knots that reach a distance, and the one beyond.
fn count(farthest_m: f64) -> usize {
    #[expect(clippy::cast_possible_truncation, reason = "at most the square of ten kilometres")]
    let squared = (farthest_m * farthest_m) as f32;
    ((squared.to_bits() >> DROPPED_BITS) - FIRST + 2) as usize
}

impl Heights {
    pub(super) fn new(difference_m: f64, pattern: &Pattern, farthest_m: f64) -> Self {
        let knot = |knot| {
            let distance_m = f64::from(squared_at(knot)).sqrt();
            let below = libm::atan2(difference_m, distance_m).to_degrees();
            (Slant::over(distance_m, difference_m), single(pattern.vertical_db(below)))
        };
        Self { knots: (0..count(farthest_m)).map(knot).collect() }
    }
}

impl Sights {
    pub(super) fn new(sight: &Sight, farthest_m: f64) -> Self {
        let knot = |knot| single(sight.probability(f64::from(squared_at(knot)).sqrt()));
        Self((0..count(farthest_m)).map(knot).collect())
    }
}

#[expect(clippy::cast_possible_truncation, reason = "seven digits are more than the model knows")]
const fn single(number: f64) -> f32 {
    number as f32
}

impl Table {
    pub(super) fn new(heights: &Heights, sights: &Sights, model: &Model) -> Self {
        let knot = |((slant, vertical), sight): (&(Slant, f32), &f32)| {
            let (los, nlos) = model.along(slant);
            Knot { los: single(los), nlos: single(nlos), sight: *sight, vertical: *vertical }
        };
        Self { knots: heights.knots.iter().zip(&sights.0).map(knot).collect() }
    }
}

/// A squared distance between two knots.
#[derive(Clone, Copy)]
pub(super) struct Between {
    pub(super) knot: usize,
    fraction: f32,
}

impl Between {
    /// The knots around a squared distance of at least [`NEAREST_SQUARED`].
    #[inline]
    pub(super) fn of(squared: f32) -> Self {
        let bits = squared.to_bits();
        let knot = ((bits >> DROPPED_BITS) - FIRST) as usize;
        #[expect(clippy::cast_precision_loss, reason = "eighteen bits")]
        let fraction = (bits & ((1 << DROPPED_BITS) - 1)) as f32 * (1.0 / (1_u32 << DROPPED_BITS) as f32);
        Self { knot, fraction }
    }
}

/// A link as the fast computation needs it.
pub(super) struct Ladder<'t> {
    table: &'t Table,
    /// The least failure at this knot or farther, where no direction is weakened.
    least: Vec<f32>,
    allowed_db: f32,
    floor_db: f32,
    breakpoint_squared: f32,
    inverse_sigma: [f32; 3],
    nlos_at_least_los: bool,
    normal: Normal,
}

/// Knots that share one bound.
const STRIDE: usize = 4;

/// What rounding may take off a bound, as a share of it: eight digits of 150 dB, through the distribution's steepest part.
const ROUNDING: f32 = 1e-4;

impl<'t> Ladder<'t> {
    pub(super) fn new(table: &'t Table, link: &Link, pattern: &Pattern) -> Self {
        let mut ladder = Self {
            table,
            least: Vec::new(),
            allowed_db: single(link.allowed_db),
            floor_db: single(pattern.floor_db),
            breakpoint_squared: single(link.model.breakpoint_m * link.model.breakpoint_m),
            inverse_sigma: link.sigma_db.map(|sigma| single(1.0 / sigma)),
            nlos_at_least_los: link.model.nlos_at_least_los,
            normal: Normal::table(),
        };
        ladder.least = ladder.bounds();
        ladder
    }

    /// The share of locations that fail at a squared distance, in a direction that is `aside_db` weaker.
    #[inline]
    pub(super) fn failure(&self, squared: f32, at: Between, aside_db: f32) -> f32 {
        let (from, to) = (&self.table.knots[at.knot], &self.table.knots[at.knot + 1]);
        let between = |from: f32, to: f32| from + (to - from) * at.fraction;
        let weaker = (between(from.vertical, to.vertical).min(self.floor_db) + aside_db).min(self.floor_db);
        let los = between(from.los, to.los);
        let nlos = between(from.nlos, to.nlos);
        let [inverse_near, inverse_far, _] = self.inverse_sigma;
        let inverse_los = if squared <= self.breakpoint_squared { inverse_near } else { inverse_far };
        let sight = between(from.sight, to.sight);
        let (seen, unseen) = self.shares(los, nlos, self.allowed_db - weaker, inverse_los);
        sight * seen + (1.0 - sight) * unseen
    }

    /// The shares that fail with and without line of sight.
    #[inline]
    fn shares(&self, los: f32, nlos: f32, allowed_db: f32, inverse_los: f32) -> (f32, f32) {
        let nlos = if self.nlos_at_least_los { nlos.max(los) } else { nlos };
        let seen = self.normal.below((los - allowed_db) * inverse_los);
        let unseen = self.normal.below((nlos - allowed_db) * self.inverse_sigma[2]);
        (seen, unseen)
    }

    /// A bound of the failure at a knot and everywhere farther.
    #[inline]
    pub(super) fn least(&self, knot: usize) -> f32 {
        self.least[knot / STRIDE]
    }

    /// The bound for each stride of knots: everything between its ends is at best as good as the best of each quantity on
    /// the way. The mixture is straight in the probability of sight, so both its extremes are tried.
    fn bounds(&self) -> Vec<f32> {
        let knots = &self.table.knots;
        let mut least = vec![f32::INFINITY; knots.len().div_ceil(STRIDE)];
        let mut farther = f32::INFINITY;
        for (number, bound) in least.iter_mut().enumerate().rev() {
            let first = number * STRIDE;
            // The last knot of a stride is the first of the next.
            let stride = &knots[first..knots.len().min(first + STRIDE + 1)];
            let best = |of: fn(&Knot) -> f32| stride.iter().map(of).fold(f32::INFINITY, f32::min);
            let (los, nlos) = (best(|knot| knot.los), best(|knot| knot.nlos));
            let allowed_db = self.allowed_db - best(|knot| knot.vertical).min(self.floor_db);
            let sights = [best(|knot| knot.sight), -best(|knot| -knot.sight)];
            // A stride across the breakpoint may have either scatter.
            let [near, far, _] = self.inverse_sigma;
            let ends = [first, first + STRIDE].map(squared_at);
            let scatters = ends.map(|squared| if squared <= self.breakpoint_squared { near } else { far });
            let across = ends[0] <= self.breakpoint_squared && self.breakpoint_squared < ends[1];
            for inverse_los in if across { &scatters[..] } else { &scatters[..1] } {
                let (seen, unseen) = self.shares(los, nlos, allowed_db, *inverse_los);
                for sight in sights {
                    farther = farther.min(sight * seen + (1.0 - sight) * unseen);
                }
            }
            *bound = farther * (1.0 - ROUNDING);
        }
        least
    }
}
