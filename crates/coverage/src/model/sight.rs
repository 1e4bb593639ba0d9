//! How likely an antenna is in sight.

use super::{NEAREST_M, Scenario, Surroundings};

/// The clutter of the suburban row: height in metres and the share of ground under it.
const COMMERCIAL: (f64, f64) = (20.0, 0.02);
const RESIDENTIAL: (f64, f64) = (8.0, 0.18);
const TREES_M: f64 = 15.0;
/// The side of the squares over which the suburban row counts clutter, in metres.
const CLUTTER_M: f64 = 30.0;

/// The line-of-sight probability of a scenario.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Sight {
    /// `exp(-(d - 10) / 1000)`
    Rural,
    /// `exp(-d · blocked)`, `blocked` per metre.
    Suburban { blocked_per_m: f64 },
    /// `18/d + exp(-d/decay)(1 - 18/d)`, `decay` in metres.
    Urban { decay_m: f64 },
}

impl Sight {
    pub(super) fn new(scenario: Scenario, antenna_m: f64, around: Surroundings) -> Self {
        let handset_m = around.handset_height.get();
        match scenario {
            Scenario::RuralMacro => Self::Rural,
            Scenario::SuburbanMacro => {
                let blocked = |(height_m, share): (f64, f64)| {
                    -libm::log1p(-share) / CLUTTER_M * (height_m - handset_m).max(0.0) / (antenna_m - handset_m)
                };
                let trees = (TREES_M, around.vegetation);
                Self::Suburban { blocked_per_m: blocked(COMMERCIAL) + blocked(RESIDENTIAL) + blocked(trees) }
            }
            // For handsets up to 13 m the urban row's term for greater heights is zero.
            Scenario::UrbanMacro => Self::Urban { decay_m: 63.0 },
            Scenario::UrbanMicro => Self::Urban { decay_m: 36.0 },
        }
    }

    /// What tells one from another, by its bits.
    pub(crate) fn key(&self) -> (u8, u64) {
        match *self {
            Self::Rural => (0, 0),
            Self::Suburban { blocked_per_m } => (1, blocked_per_m.to_bits()),
            Self::Urban { decay_m } => (2, decay_m.to_bits()),
        }
    }

    pub(crate) fn probability(&self, distance_m: f64) -> f64 {
        let distance_m = distance_m.max(NEAREST_M);
        match *self {
            Self::Rural => libm::exp((NEAREST_M - distance_m) / 1_000.0),
            Self::Suburban { blocked_per_m } => libm::exp(-distance_m * blocked_per_m),
            Self::Urban { decay_m } => {
                let surely = (18.0 / distance_m).min(1.0);
                surely + libm::exp(-distance_m / decay_m) * (1.0 - surely)
            }
        }
    }
}
