//! Path loss over terrain and clutter, by Recommendation ITU-R P.1812-8.
//!
//! Free space, delta-Bullington diffraction over the profile of ground and clutter, ducting and layer reflection, and
//! tropospheric scatter, joined as the Recommendation joins them. The radio climate (`ΔN`, `N₀`) is handed in: the
//! Recommendation's own maps may not be passed on. A profile with a hole is an error and never sea level.
//!
//! # Units
//! Distances along the path in kilometres, heights in metres above sea level, angles in milliradians, losses in dB.
//!
//! Source: Recommendation ITU-R P.1812-8; equation numbers are those of its text.

mod anomalous;
mod diffraction;
mod geometry;

use serde::{Deserialize, Serialize};

pub use self::geometry::{MostlyLand, Path, Shape};
use crate::model::{OutsideModel, Quantity};

/// The radio climate of a place on a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Zone {
    /// Sea and other large waters.
    Sea,
    /// Low land within 50 km of the sea.
    CoastalLand,
    /// All other land.
    Inland,
}

/// One point of a path's profile.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ProfilePoint {
    /// Distance from the transmitter, in km.
    pub distance_km: f64,
    /// Ground above sea level, in metres.
    pub ground_m: f64,
    /// Height of buildings and trees above the ground, in metres.
    pub clutter_m: f64,
    /// The radio climate.
    pub zone: Zone,
}

/// A path's profile: at least three points from the transmitter to the receiver, in order.
#[derive(Clone, Debug, PartialEq)]
pub struct Profile {
    points: Vec<ProfilePoint>,
}

/// Why a profile cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, thiserror::Error)]
pub enum InvalidProfile {
    /// Nobody knows the ground there; it is not taken for sea level.
    #[error("the terrain at {distance_km} km is missing")]
    MissingTerrain {
        /// Where, in km from the transmitter.
        distance_km: f64,
    },
    /// Two points at one place or in the wrong order, or a distance that is no number.
    #[error("the profile does not go on at {distance_km} km")]
    Order {
        /// Where, in km from the transmitter.
        distance_km: f64,
    },
    /// Fewer than three points.
    #[error("a profile of {points} points is none")]
    TooShort {
        /// How many there are.
        points: usize,
    },
}

impl Profile {
    /// Checks a profile. Clutter at both ends is cleared away: an antenna stands in its own opening.
    ///
    /// # Errors
    /// [`InvalidProfile`] for the first point that cannot be used.
    pub fn new(mut points: Vec<ProfilePoint>) -> Result<Self, InvalidProfile> {
        if points.len() < 3 {
            return Err(InvalidProfile::TooShort { points: points.len() });
        }
        let mut before = f64::NEG_INFINITY;
        for point in &points {
            let distance_km = point.distance_km;
            if !point.ground_m.is_finite() || !point.clutter_m.is_finite() {
                return Err(InvalidProfile::MissingTerrain { distance_km });
            }
            if !distance_km.is_finite() || distance_km <= before {
                return Err(InvalidProfile::Order { distance_km });
            }
            before = distance_km;
        }
        let last = points.len() - 1;
        points[0].clutter_m = 0.0;
        points[last].clutter_m = 0.0;
        Ok(Self { points })
    }

    /// The points, from the transmitter on.
    #[must_use]
    pub fn points(&self) -> &[ProfilePoint] {
        &self.points
    }

    /// Gives the points back, so that one buffer serves many profiles.
    pub(crate) fn into_points(self) -> Vec<ProfilePoint> {
        self.points
    }

    fn length_km(&self) -> f64 {
        self.points[self.points.len() - 1].distance_km - self.points[0].distance_km
    }
}

/// How the wave swings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Polarisation {
    /// Sideways.
    Horizontal,
    /// Up and down.
    Vertical,
}

/// Everything about a link beside its profile.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Radio {
    /// Frequency, in GHz: 0.03 to 6.
    pub frequency_ghz: f64,
    /// Share of time for which the loss is not exceeded, in per cent: 1 to 50.
    pub time_percent: f64,
    /// Height of the transmitter above its ground, in metres: 1 to 3,000.
    pub transmitter_m: f64,
    /// Height of the receiver above its ground, in metres: 1 to 3,000.
    pub receiver_m: f64,
    /// How the wave swings.
    pub polarisation: Polarisation,
    /// Latitude of the path's middle, in degrees.
    pub latitude_deg: f64,
    /// Fall of refractivity in the lowest kilometre (`ΔN`), in N-units per km.
    pub refractivity_fall: f64,
    /// Refractivity at sea level (`N₀`), in N-units.
    pub sea_level_refractivity: f64,
    /// Over land, how far each end is from the coast, in km.
    pub coast_km: (f64, f64),
}

/// The loss with every step on the way to it, by the Recommendation's equation numbers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Steps {
    /// What is met on the way, and the shape of the path.
    pub shape: Shape,
    /// Free space, (8).
    pub free_space_db: f64,
    /// Free space with focusing, for the share of time, (10).
    pub focused_db: f64,
    /// The same for the share of anomalous time, (11).
    pub focused_beta_db: f64,
    /// Median diffraction, (39).
    pub diffraction_median_db: f64,
    /// Diffraction for the share of time, (41).
    pub diffraction_db: f64,
    /// Median loss by diffraction, (42).
    pub by_diffraction_median_db: f64,
    /// Loss by diffraction for the share of time, (43).
    pub by_diffraction_db: f64,
    /// Notional least loss by line of sight and over sea, (59).
    pub least_sight_db: f64,
    /// Loss by ducting and layer reflection, (46).
    pub anomalous_db: f64,
    /// Notional least loss by anomalous propagation, (60).
    pub least_anomalous_db: f64,
    /// Loss by diffraction and anomalous propagation, (61).
    pub joined_db: f64,
    /// The same, joined with line of sight, (62).
    pub modified_db: f64,
    /// Loss by tropospheric scatter, (44).
    pub scatter_db: f64,
    /// Loss at half of locations, (63).
    pub median_location_db: f64,
}

impl Steps {
    /// The loss that is exceeded at a share of outdoor locations that scatter by `sigma_db`, (69): at half of them for a
    /// share of one half.
    ///
    /// `deviations` counts standard deviations from the median: 1.2816 for the loss that nine locations in ten stay within.
    #[must_use]
    pub fn loss_db(&self, deviations: f64, sigma_db: f64) -> f64 {
        self.focused_db.max(self.median_location_db + deviations * sigma_db)
    }
}

/// The scatter of outdoor locations in a square of `side_m` metres, (66) with Table 6.
#[must_use]
pub fn location_sigma_db(frequency_ghz: f64, side_m: f64) -> f64 {
    (0.024 * frequency_ghz + 0.52) * libm::pow(side_m, 0.28)
}

/// The loss over a profile, with every step.
///
/// # Errors
/// [`OutsideModel`] for the first value that the Recommendation does not speak of.
pub fn loss(profile: &Profile, radio: &Radio) -> Result<Steps, OutsideModel> {
    Quantity::FrequencyGhz.within(radio.frequency_ghz, 0.03, 6.0)?;
    Quantity::TimePercent.within(radio.time_percent, 1.0, 50.0)?;
    Quantity::AntennaHeightM.within(radio.transmitter_m, 1.0, 3_000.0)?;
    Quantity::HandsetHeightM.within(radio.receiver_m, 1.0, 3_000.0)?;
    Quantity::DistanceM.within(profile.length_km() * 1_000.0, 30.0, 3_000_000.0)?;
    let path = Path::of(profile, radio);
    let shape = path.shape;

    let slant_km = libm::hypot(path.length_km, (shape.transmitter_m - shape.receiver_m) / 1_000.0);
    let free_space_db = 92.4 + 20.0 * libm::log10(radio.frequency_ghz) + 20.0 * libm::log10(slant_km);
    let horizons_km = shape.transmitter_horizon_km + shape.receiver_horizon_km;
    let focusing = |percent: f64| 2.6 * (1.0 - libm::exp(-0.1 * horizons_km)) * libm::log10(percent / 50.0);
    let focused_db = free_space_db + focusing(radio.time_percent);
    let focused_beta_db = free_space_db + focusing(shape.anomalous_percent);

    let diffraction_median_db = diffraction::delta_bullington(&path, shape.earth_radius_km);
    let towards_beta = path.towards_anomalous(radio.time_percent);
    let diffraction_db = if 0.0 < towards_beta {
        let beta_db = diffraction::delta_bullington(&path, geometry::ANOMALOUS_EARTH_RADIUS_KM);
        diffraction_median_db + towards_beta * (beta_db - diffraction_median_db)
    } else {
        diffraction_median_db
    };
    let by_diffraction_median_db = free_space_db + diffraction_median_db;
    let by_diffraction_db = focused_db + diffraction_db;

    let over_land_db = (1.0 - shape.sea_share) * diffraction_db;
    let least_sight_db = if radio.time_percent < shape.anomalous_percent {
        focused_db + over_land_db
    } else {
        by_diffraction_median_db + (focused_beta_db + over_land_db - by_diffraction_median_db) * towards_beta
    };
    let anomalous_db = anomalous::ducting(&path);
    // (60), with the smaller loss taken out of the exponentials, which would not fit otherwise.
    let (low, high) = (anomalous_db.min(focused_db), anomalous_db.max(focused_db));
    let least_anomalous_db = high + 2.5 * libm::log1p(libm::exp((low - high) / 2.5));
    let joined_db = if by_diffraction_db < least_anomalous_db {
        by_diffraction_db
    } else {
        least_anomalous_db + (by_diffraction_db - least_anomalous_db) * path.far_share()
    };
    let modified_db = joined_db + (least_sight_db - joined_db) * path.sight_share();
    let scatter_db = anomalous::scatter(&path);
    let power = |loss_db: f64| libm::pow(10.0, -0.2 * loss_db);
    let median_location_db = -5.0 * libm::log10(power(scatter_db) + power(modified_db));
    Ok(Steps {
        shape,
        free_space_db,
        focused_db,
        focused_beta_db,
        diffraction_median_db,
        diffraction_db,
        by_diffraction_median_db,
        by_diffraction_db,
        least_sight_db,
        anomalous_db,
        least_anomalous_db,
        joined_db,
        modified_db,
        scatter_db,
        median_location_db,
    })
}

#[cfg(test)]
mod tests;
