//! Rural macro path loss.
//!
//! Source: 3GPP TR 38.901 v19.4.0, Tables 7.4.1-1 (path loss) and 7.4.2-1 (line-of-sight probability).

use hatang_core::Metres;
use serde::{Deserialize, Serialize};

/// Nearer than this the model says nothing; distances are taken as this.
pub const NEAREST_M: f64 = 10.0;
/// Without line of sight the model ends here; beyond it the formula is extrapolated.
pub const FARTHEST_NLOS_M: f64 = 5_000.0;
/// With line of sight the model ends here.
pub const FARTHEST_LOS_M: f64 = 10_000.0;

/// The speed of light as the standard writes it, in metres per second.
const LIGHT_M_PER_S: f64 = 3.0e8;

/// What stands around the handset, and how high it is held.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Surroundings {
    /// Mean height of buildings (`h`), 5–50 m.
    pub building_height: Metres,
    /// Mean width of streets (`W`), 5–50 m.
    pub street_width: Metres,
    /// Height of the handset's antenna (`h_UT`), 1–10 m.
    pub handset_height: Metres,
}

/// A quantity that the model bounds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Quantity {
    /// Carrier frequency, in GHz.
    FrequencyGhz,
    /// Height of the station's antenna, in metres.
    AntennaHeightM,
    /// Height of the handset, in metres.
    HandsetHeightM,
    /// Mean height of buildings, in metres.
    BuildingHeightM,
    /// Mean width of streets, in metres.
    StreetWidthM,
    /// Distance at which computing stops, in metres.
    CutOffM,
}

/// A value for which the model is not defined.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, thiserror::Error)]
#[error("{quantity:?} {value} lies outside the model's {low} to {high}")]
pub struct OutsideModel {
    /// Which quantity, and its unit.
    pub quantity: Quantity,
    /// The value as given.
    pub value: f64,
    /// The least that the model allows.
    pub low: f64,
    /// The most that the model allows.
    pub high: f64,
}

impl Quantity {
    pub(crate) fn check(self, value: f64) -> Result<f64, OutsideModel> {
        let (low, high) = match self {
            Self::FrequencyGhz => (0.5, 30.0),
            Self::AntennaHeightM => (10.0, 150.0),
            Self::HandsetHeightM => (1.0, 10.0),
            Self::BuildingHeightM | Self::StreetWidthM => (5.0, 50.0),
            Self::CutOffM => (NEAREST_M, FARTHEST_LOS_M),
        };
        if (low..=high).contains(&value) { Ok(value) } else { Err(OutsideModel { quantity: self, value, low, high }) }
    }
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

/// The model for one antenna height and frequency. What does not depend on distance is computed once.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rma {
    height_difference_m: f64,
    breakpoint_m: f64,
    /// `PL1 = constant + slope · log10 d + linear · d`.
    los_constant_db: f64,
    los_slope_db: f64,
    los_linear_db_per_m: f64,
    /// `PL2 = constant + 40 · log10 d`.
    beyond_constant_db: f64,
    /// `NLOS = constant + slope · log10 d`, before the comparison with line of sight.
    nlos_constant_db: f64,
    nlos_slope_db: f64,
}

impl Rma {
    /// Prepares the model.
    ///
    /// # Errors
    /// [`OutsideModel`] for the first value outside the ranges of the standard.
    pub fn new(frequency_ghz: f64, antenna_height: Metres, around: Surroundings) -> Result<Self, OutsideModel> {
        let frequency = Quantity::FrequencyGhz.check(frequency_ghz)?;
        let antenna = Quantity::AntennaHeightM.check(antenna_height.get())?;
        let handset = Quantity::HandsetHeightM.check(around.handset_height.get())?;
        let building = Quantity::BuildingHeightM.check(around.building_height.get())?;
        let street = Quantity::StreetWidthM.check(around.street_width.get())?;

        let building_172 = libm::pow(building, 1.72);
        let los_constant_db =
            20.0 * libm::log10(40.0 * std::f64::consts::PI * frequency / 3.0) - (0.044 * building_172).min(14.77);
        let los_slope_db = 20.0 + (0.03 * building_172).min(10.0);
        let los_linear_db_per_m = 0.002 * libm::log10(building);

        let breakpoint_m = std::f64::consts::TAU * antenna * handset * frequency * 1e9 / LIGHT_M_PER_S;
        let log_breakpoint = libm::log10(breakpoint_m);
        let at_breakpoint_db = los_constant_db + los_slope_db * log_breakpoint + los_linear_db_per_m * breakpoint_m;

        let log_antenna = libm::log10(antenna);
        let nlos_slope_db = 43.42 - 3.1 * log_antenna;
        let log_handset = libm::log10(11.75 * handset);
        let ratio = building / antenna;
        let nlos_constant_db = 161.04 - 7.1 * libm::log10(street) + 7.5 * libm::log10(building)
            - (24.37 - 3.7 * ratio * ratio) * log_antenna
            - 3.0 * nlos_slope_db
            + 20.0 * libm::log10(frequency)
            - (3.2 * log_handset * log_handset - 4.97);

        Ok(Self {
            height_difference_m: antenna - handset,
            breakpoint_m,
            los_constant_db,
            los_slope_db,
            los_linear_db_per_m,
            beyond_constant_db: at_breakpoint_db - 40.0 * log_breakpoint,
            nlos_constant_db,
            nlos_slope_db,
        })
    }

    /// Path loss over a distance along the ground. Under 10 m it is that of 10 m; without line of sight it is
    /// extrapolated beyond 5 km, and with it beyond 10 km.
    #[must_use]
    pub fn over(&self, distance: Metres) -> PathLosses {
        self.over_m(distance.get())
    }

    pub(crate) fn over_m(&self, distance_m: f64) -> PathLosses {
        let ground_m = distance_m.max(NEAREST_M);
        let slant_m = (ground_m * ground_m + self.height_difference_m * self.height_difference_m).sqrt();
        let log_slant = libm::log10(slant_m);
        let los = if ground_m <= self.breakpoint_m {
            let loss_db = self.los_constant_db + self.los_slope_db * log_slant + self.los_linear_db_per_m * slant_m;
            PathLoss { loss_db, sigma_db: 4.0 }
        } else {
            PathLoss { loss_db: self.beyond_constant_db + 40.0 * log_slant, sigma_db: 6.0 }
        };
        let alone_db = self.nlos_constant_db + self.nlos_slope_db * log_slant;
        PathLosses { los, nlos: PathLoss { loss_db: alone_db.max(los.loss_db), sigma_db: 8.0 } }
    }

    /// How far the station's antenna is above the handset, in metres.
    pub(crate) const fn height_difference_m(&self) -> f64 {
        self.height_difference_m
    }
}

/// The probability of line of sight over a distance along the ground. It does not depend on heights.
#[must_use]
pub fn los_probability(distance: Metres) -> f64 {
    los_probability_m(distance.get())
}

pub(crate) fn los_probability_m(distance_m: f64) -> f64 {
    libm::exp((NEAREST_M - distance_m.max(NEAREST_M)) / 1_000.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn surroundings(building: f64, street: f64, handset: f64) -> Surroundings {
        Surroundings {
            building_height: Metres::computed(building),
            street_width: Metres::computed(street),
            handset_height: Metres::computed(handset),
        }
    }

    fn rma(frequency_ghz: f64, antenna: f64) -> Rma {
        Rma::new(frequency_ghz, Metres::computed(antenna), surroundings(5.0, 20.0, 1.5)).unwrap()
    }

    #[test]
    fn the_formula_gives_the_examples_of_the_ns_3_suite() {
        let los = rma(5.0, 35.0).over(Metres::computed(1_000.0)).los.loss_db;
        assert!((los - 108.5577).abs() < 0.02, "line of sight at 1 km: {los}");
        let nlos = rma(5.0, 35.0).over(Metres::computed(5_000.0)).nlos.loss_db;
        assert!((nlos - 160.5169).abs() < 0.02, "no line of sight at 5 km: {nlos}");
    }

    #[test]
    fn a_higher_mast_loses_less_without_line_of_sight() {
        for (antenna, expected_db) in [(15.0, 151.7), (30.0, 143.8), (45.0, 139.2), (60.0, 136.1)] {
            let seen = rma(3.5, antenna).over(Metres::computed(2_000.0)).nlos.loss_db;
            assert!((seen - expected_db).abs() < 0.05, "{antenna} m: {seen}");
        }
    }

    #[test]
    fn only_sigma_jumps_at_the_breakpoint() {
        for (frequency_ghz, expected_km) in [(0.7, 0.66), (1.8, 1.70), (3.5, 3.30)] {
            let model = rma(frequency_ghz, 30.0);
            assert!((model.breakpoint_m / 1_000.0 - expected_km).abs() < 0.005, "{}", model.breakpoint_m);
            let before = model.over_m(model.breakpoint_m).los;
            let after = model.over_m(model.breakpoint_m + 1e-6).los;
            assert_eq!((before.sigma_db, after.sigma_db), (4.0, 6.0));
            // The slant at the breakpoint is a little longer than the breakpoint itself.
            assert!((before.loss_db - after.loss_db).abs() < 0.02);
        }
    }

    #[test]
    fn loss_is_finite_and_grows_from_the_foot_of_the_mast_to_the_end_of_the_model() {
        for antenna in [10.0, 15.0, 60.0, 150.0] {
            for frequency_ghz in [0.5, 0.7, 3.5, 30.0] {
                let model = rma(frequency_ghz, antenna);
                let mut last = model.over_m(0.0);
                assert_eq!(last, model.over_m(NEAREST_M), "clamped to 10 m");
                for metre in (10..10_000).step_by(7) {
                    let next = model.over_m(f64::from(metre));
                    assert!(last.los.loss_db <= next.los.loss_db + 0.02, "{frequency_ghz} GHz, {antenna} m, {metre} m");
                    assert!(next.los.loss_db <= next.nlos.loss_db);
                    last = next;
                }
            }
        }
    }

    #[test]
    fn values_outside_the_standard_are_refused_by_name() {
        let usual = surroundings(5.0, 20.0, 1.5);
        for (quantity, frequency_ghz, antenna, around) in [
            (Quantity::FrequencyGhz, 0.45, 30.0, usual),
            (Quantity::FrequencyGhz, f64::NAN, 30.0, usual),
            (Quantity::AntennaHeightM, 0.7, 9.9, usual),
            (Quantity::AntennaHeightM, 0.7, 151.0, usual),
            (Quantity::HandsetHeightM, 0.7, 30.0, surroundings(5.0, 20.0, 0.5)),
            (Quantity::BuildingHeightM, 0.7, 30.0, surroundings(4.0, 20.0, 1.5)),
            (Quantity::StreetWidthM, 0.7, 30.0, surroundings(5.0, 60.0, 1.5)),
        ] {
            let refused = Rma::new(frequency_ghz, Metres::computed(antenna), around).unwrap_err();
            assert_eq!(refused.quantity, quantity, "{refused}");
        }
    }
}
