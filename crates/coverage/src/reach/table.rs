//! Path loss over distance as a table, for the millions of times that a run asks for it.
//!
//! Knots lie evenly within each doubling of the squared distance, so that a knot is found from the bits of a number, without
//! a root or a logarithm. Between knots everything is taken as straight. With `h` the distance of two knots that is wrong by
//! at most `h²/8 · max|f″|`: for a loss of `s · log10 d` that is `s / (16 ln 10 · 32²)`, 0.0012 dB at 44 dB per decade. The
//! fall-off of an antenna up and down bends most, by under 0.02 dB where it is not at its floor; what is at its floor or
//! follows the greater of two losses is decided after the table, so that no edge is rounded off.

use crate::antenna::Pattern;
use crate::model::NEAREST_M;

use super::link::Link;
use super::normal::Normal;

/// Bits of the fraction that a knot's number keeps: 32 knots per doubling.
const KEPT_BITS: u32 = 5;
const DROPPED_BITS: u32 = 23 - KEPT_BITS;
/// The squared distance of the first knot, 64 m², is the power of two below the nearest distance's.
const FIRST: u32 = 64_f32.to_bits() >> DROPPED_BITS;
/// Below this squared distance everything is computed in full.
#[expect(clippy::cast_possible_truncation, reason = "one hundred")]
pub(super) const NEAREST_SQUARED: f32 = (NEAREST_M * NEAREST_M) as f32;

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
    difference_m: f64,
    /// Distance along the ground, fall-off up and down, by knot.
    knots: Vec<(f64, f64)>,
}

/// A link's losses by knot.
pub(super) struct Table {
    knots: Vec<Knot>,
}

/// The squared distance of a knot.
fn squared_at(knot: u32) -> f32 {
    f32::from_bits((knot + FIRST) << DROPPED_BITS)
}

/// The knots that reach a distance, and the one beyond.
fn count(farthest_m: f64) -> u32 {
    #[expect(clippy::cast_possible_truncation, reason = "at most the square of ten kilometres")]
    let squared = (farthest_m * farthest_m) as f32;
    (squared.to_bits() >> DROPPED_BITS) - FIRST + 2
}

impl Heights {
    pub(super) fn new(difference_m: f64, pattern: &Pattern, farthest_m: f64) -> Self {
        let knot = |knot| {
            let distance_m = f64::from(squared_at(knot)).sqrt();
            let below = libm::atan2(difference_m, distance_m).to_degrees();
            (distance_m, pattern.vertical_db(below))
        };
        Self { difference_m, knots: (0..count(farthest_m)).map(knot).collect() }
    }
}

#[expect(clippy::cast_possible_truncation, reason = "seven digits are more than the model knows")]
const fn single(number: f64) -> f32 {
    number as f32
}

impl Table {
    pub(super) fn new(heights: &Heights, link: &Link) -> Self {
        let knot = |&(distance_m, vertical): &(f64, f64)| {
            let model = &link.model;
            debug_assert!((model.height_difference_m - heights.difference_m).abs() < 1e-9);
            let (los, nlos) = model.apart_m(distance_m);
            let sight = single(model.los_probability_m(distance_m));
            Knot { los: single(los), nlos: single(nlos), sight, vertical: single(vertical) }
        };
        Self { knots: heights.knots.iter().map(knot).collect() }
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
        let near = squared <= self.breakpoint_squared;
        self.mix(los, nlos, between(from.sight, to.sight), self.allowed_db - weaker, near)
    }

    #[inline]
    fn mix(&self, los: f32, nlos: f32, sight: f32, allowed_db: f32, near: bool) -> f32 {
        let nlos = if self.nlos_at_least_los { nlos.max(los) } else { nlos };
        let [inverse_near, inverse_far, inverse_nlos] = self.inverse_sigma;
        let inverse_los = if near { inverse_near } else { inverse_far };
        let seen = self.normal.below((los - allowed_db) * inverse_los);
        let unseen = self.normal.below((nlos - allowed_db) * inverse_nlos);
        sight * seen + (1.0 - sight) * unseen
    }

    /// A bound of the failure at a knot and everywhere farther.
    #[inline]
    pub(super) fn least(&self, knot: usize) -> f32 {
        self.least[knot]
    }

    /// The bound for each knot: everything between two knots is at best as good as the better of each quantity at its
    /// ends. The mixture is straight in the probability of sight, so both its ends are tried.
    fn bounds(&self) -> Vec<f32> {
        let knots = &self.table.knots;
        let mut least = vec![f32::INFINITY; knots.len()];
        let mut farther = f32::INFINITY;
        for index in (0..knots.len()).rev() {
            let from = &knots[index];
            let to = knots.get(index + 1).unwrap_or(from);
            let allowed_db = self.allowed_db - from.vertical.min(to.vertical).min(self.floor_db);
            let (los, nlos) = (from.los.min(to.los), from.nlos.min(to.nlos));
            for sight in [from.sight, to.sight] {
                for near in [true, false] {
                    farther = farther.min(self.mix(los, nlos, sight, allowed_db, near));
                }
            }
            least[index] = farther * (1.0 - ROUNDING);
        }
        least
    }
}
