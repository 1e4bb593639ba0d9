//! How much of a signal is lost on its way: the macro and micro cells of 3GPP TR 38.901.
//!
//! Line of sight and its absence are kept apart all the way to the location probability, and so are the two path losses
//! that each [`Scenario`] gives. The four scenarios share one form, a line-of-sight loss with a breakpoint beside a
//! straight line without sight, so that they differ in numbers only.
//!
//! Source: 3GPP TR 38.901 v19.4.0, Tables 7.4.1-1 (path loss) and 7.4.2-1 (line-of-sight probability).

pub mod building;
mod coefficients;
pub mod extended_hata;
pub mod range;
pub(crate) mod sight;

use hatang_core::Metres;
use serde::{Deserialize, Serialize};

pub use self::range::{OutsideModel, Quantity};
use self::sight::Sight;

/// Nearer than this the models say nothing; distances are taken as this.
pub const NEAREST_M: f64 = 10.0;

/// The speed of light as the standard writes it, in metres per second.
const LIGHT_M_PER_S: f64 = 3.0e8;

/// The kind of place that a set of formulas speaks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Scenario {
    /// Rural macro cell: low, scattered buildings.
    #[serde(rename = "RMa")]
    RuralMacro,
    /// Suburban macro cell (new in release 19): villages and low towns.
    #[serde(rename = "SMa")]
    SuburbanMacro,
    /// Urban macro cell: antennas above the roofs.
    #[serde(rename = "UMa")]
    UrbanMacro,
    /// Urban micro cell: antennas below the roofs, along a street.
    #[serde(rename = "UMi")]
    UrbanMicro,
}

impl Scenario {
    /// Every scenario.
    pub const ALL: [Self; 4] = [Self::RuralMacro, Self::SuburbanMacro, Self::UrbanMacro, Self::UrbanMicro];

    /// The name that the standard gives it.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::RuralMacro => "RMa",
            Self::SuburbanMacro => "SMa",
            Self::UrbanMacro => "UMa",
            Self::UrbanMicro => "UMi",
        }
    }

    /// Beyond this distance, in metres, the loss with line of sight is extrapolated.
    #[must_use]
    pub const fn farthest_los_m(self) -> f64 {
        match self {
            Self::RuralMacro => 10_000.0,
            _ => 5_000.0,
        }
    }

    /// Beyond this distance, in metres, the loss without line of sight is extrapolated.
    #[must_use]
    pub const fn farthest_nlos_m(self) -> f64 {
        5_000.0
    }
}

/// What stands around the handset, and how high it is held.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Surroundings {
    /// Mean height of buildings (`h`), 5–50 m; the rural and suburban scenarios ask for it.
    pub building_height: Metres,
    /// Mean width of streets (`W`), 5–50 m; the rural and suburban scenarios ask for it.
    pub street_width: Metres,
    /// Height of the handset's antenna (`h_UT`).
    pub handset_height: Metres,
    /// The share of the ground under trees, 0 to 1; the suburban scenario asks for it.
    pub vegetation: f64,
}

/// A median path loss and how much locations scatter around it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PathLoss {
    /// Median basic path loss, in dB.
    pub loss_db: f64,
    /// Standard deviation of shadowing, in dB.
    pub sigma_db: f64,
}

/// Path loss with and without line of sight, kept apart.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PathLosses {
    /// With line of sight.
    pub los: PathLoss,
    /// Without line of sight.
    pub nlos: PathLoss,
}

/// A model for one scenario, antenna height and frequency. What does not depend on distance is computed once.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Model {
    pub(crate) scenario: Scenario,
    pub(crate) height_difference_m: f64,
    /// Up to this distance along the ground the first line-of-sight formula holds, beyond it the second.
    pub(crate) breakpoint_m: f64,
    pub(crate) near: Slope,
    pub(crate) far: Slope,
    pub(crate) nlos: Slope,
    /// Whether the loss without line of sight is at least the one with it.
    pub(crate) nlos_at_least_los: bool,
    pub(crate) sight: Sight,
}

/// `constant + slope · log10 d + linear · d`, with `d` the slant distance in metres, and its scatter.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Slope {
    pub(crate) constant_db: f64,
    pub(crate) per_decade_db: f64,
    pub(crate) linear_db_per_m: f64,
    pub(crate) sigma_db: f64,
}

/// The way from antenna to handset.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Slant {
    /// Along the ground, at least 10 m.
    pub(crate) ground_m: f64,
    through_air_m: f64,
    log: f64,
}

impl Slant {
    pub(crate) fn over(distance_m: f64, height_difference_m: f64) -> Self {
        let ground_m = distance_m.max(NEAREST_M);
        let slant_m = (ground_m * ground_m + height_difference_m * height_difference_m).sqrt();
        Self { ground_m, through_air_m: slant_m, log: libm::log10(slant_m) }
    }
}

impl Slope {
    fn at(&self, slant: &Slant) -> f64 {
        self.constant_db + self.per_decade_db * slant.log + self.linear_db_per_m * slant.through_air_m
    }
}

impl Model {
    /// Prepares a model.
    ///
    /// # Errors
    /// [`OutsideModel`] for the first value for which the formulas have no meaning. Values that the formulas take but
    /// the standard did not have in mind are told by [`Model::beyond_standard`].
    pub fn new(
        scenario: Scenario,
        frequency_ghz: f64,
        antenna_height: Metres,
        around: Surroundings,
    ) -> Result<Self, OutsideModel> {
        range::check(scenario, frequency_ghz, antenna_height, around)?;
        Ok(coefficients::prepare(scenario, frequency_ghz, antenna_height.get(), around))
    }

    /// What the standard did not have in mind, though the formulas can be evaluated: nothing in most cases.
    #[must_use]
    pub fn beyond_standard(scenario: Scenario, antenna_height: Metres) -> Option<OutsideModel> {
        range::beyond_standard(scenario, antenna_height)
    }

    /// Path loss over a distance along the ground. Under 10 m it is that of 10 m; farther than the scenario goes it is
    /// extrapolated.
    #[must_use]
    pub fn over(&self, distance: Metres) -> PathLosses {
        self.over_m(distance.get())
    }

    pub(crate) fn over_m(&self, distance_m: f64) -> PathLosses {
        let (los_db, alone_db) = self.apart_m(distance_m);
        let nlos_db = if self.nlos_at_least_los { alone_db.max(los_db) } else { alone_db };
        let slope = if distance_m.max(NEAREST_M) <= self.breakpoint_m { &self.near } else { &self.far };
        PathLosses {
            los: PathLoss { loss_db: los_db, sigma_db: slope.sigma_db },
            nlos: PathLoss { loss_db: nlos_db, sigma_db: self.nlos.sigma_db },
        }
    }

    /// Median losses with and without line of sight, the second not yet compared with the first.
    pub(crate) fn apart_m(&self, distance_m: f64) -> (f64, f64) {
        let slant = Slant::over(distance_m, self.height_difference_m);
        self.along(&slant)
    }

    /// The same for a slant that was worked out before.
    pub(crate) fn along(&self, slant: &Slant) -> (f64, f64) {
        let slope = if slant.ground_m <= self.breakpoint_m { &self.near } else { &self.far };
        (slope.at(slant), self.nlos.at(slant))
    }

    /// The probability of line of sight over a distance along the ground.
    #[must_use]
    pub fn los_probability(&self, distance: Metres) -> f64 {
        self.los_probability_m(distance.get())
    }

    pub(crate) fn los_probability_m(&self, distance_m: f64) -> f64 {
        self.sight.probability(distance_m)
    }

    /// The scenario it was prepared for.
    #[must_use]
    pub const fn scenario(&self) -> Scenario {
        self.scenario
    }
}

#[cfg(test)]
mod tests;
