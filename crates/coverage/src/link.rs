//! One link by itself: what each formula says of it, and what is left over at the handset.

use std::str::FromStr;

use hatang_core::Metres;
use serde::Serialize;

use crate::environment::Environment;
use crate::land::LandFigures;
use crate::location;
use crate::model::extended_hata::{self, over_flat_ground};
use crate::model::{Model, NEAREST_M, OutsideModel, PathLoss, PathLosses, Quantity, Scenario, Surroundings};
use crate::parameters::Parameters;

/// A formula that a link can be computed by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Formula {
    /// A scenario of TR 38.901.
    Standard(Scenario),
    /// Extended Hata over flat ground.
    ExtendedHata(extended_hata::Environment),
    /// Free space.
    FreeSpace,
}

impl Formula {
    /// The names that [`Formula::from_str`] knows.
    pub const NAMES: [&'static str; 8] =
        ["RMa", "SMa", "UMa", "UMi", "eHata-urban", "eHata-suburban", "eHata-rural", "FSPL"];
}

/// A name that no formula has.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{name}` is none of RMa, SMa, UMa, UMi, eHata-urban, eHata-suburban, eHata-rural, FSPL")]
pub struct UnknownFormula {
    /// The name as given.
    pub name: String,
}

impl FromStr for Formula {
    type Err = UnknownFormula;

    fn from_str(name: &str) -> Result<Self, UnknownFormula> {
        let standard = Scenario::ALL.into_iter().find(|scenario| scenario.code().eq_ignore_ascii_case(name));
        if let Some(scenario) = standard {
            return Ok(Self::Standard(scenario));
        }
        match name.to_ascii_lowercase().as_str() {
            "ehata-urban" => Ok(Self::ExtendedHata(extended_hata::Environment::Urban)),
            "ehata-suburban" => Ok(Self::ExtendedHata(extended_hata::Environment::Suburban)),
            "ehata-rural" => Ok(Self::ExtendedHata(extended_hata::Environment::Rural)),
            "fspl" => Ok(Self::FreeSpace),
            _ => Err(UnknownFormula { name: name.to_owned() }),
        }
    }
}

/// One link.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Link {
    /// The formula asked.
    pub formula: Formula,
    /// Carrier frequency, in MHz.
    pub frequency_mhz: f64,
    /// Height of the station's antenna above ground.
    pub antenna_height: Metres,
    /// Distance along the ground.
    pub distance: Metres,
    /// What stands around the handset.
    pub around: Surroundings,
}

/// What a formula says of a link.
#[derive(Clone, Debug, PartialEq)]
pub struct LinkLoss {
    /// Path loss with and without line of sight; the same twice where a formula does not tell them apart.
    pub losses: PathLosses,
    /// The probability of line of sight, where the formula gives one.
    pub los_probability: Option<f64>,
    /// Where the formula left its ground.
    pub notes: Vec<LinkNote>,
}

/// Where a formula left its ground, though it gave a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum LinkNote {
    /// Nearer than 10 m, computed at 10 m.
    TooNear,
    /// Farther than the loss with line of sight goes; extrapolated.
    BeyondLos,
    /// Farther than the loss without line of sight goes; extrapolated.
    BeyondNlos,
    /// The standard did not have an antenna of this height in mind.
    UnusualAntennaHeight,
    /// A height was taken as the nearest that the formula knows.
    HeightClamped,
    /// The frequency lies above those that the formula was fitted to.
    FrequencyExtrapolated,
}

impl LinkNote {
    /// Its word in files.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::TooNear => "too_near",
            Self::BeyondLos => "beyond_los_range",
            Self::BeyondNlos => "beyond_nlos_range",
            Self::UnusualAntennaHeight => "unusual_antenna_height",
            Self::HeightClamped => "height_clamped",
            Self::FrequencyExtrapolated => "frequency_extrapolated",
        }
    }
}

impl Link {
    /// What the link's formula says.
    ///
    /// # Errors
    /// [`OutsideModel`] for the first value that the formula has no meaning for.
    pub fn loss(&self) -> Result<LinkLoss, OutsideModel> {
        match self.formula {
            Formula::Standard(scenario) => self.standard(scenario),
            Formula::ExtendedHata(environment) => self.extended_hata(environment),
            Formula::FreeSpace => self.free_space(),
        }
    }

    fn standard(&self, scenario: Scenario) -> Result<LinkLoss, OutsideModel> {
        let model = Model::new(scenario, self.frequency_mhz / 1_000.0, self.antenna_height, self.around)?;
        let far = self.distance.get();
        let unusual = Model::beyond_standard(scenario, self.antenna_height).is_some();
        let notes = [
            (far < NEAREST_M, LinkNote::TooNear),
            (scenario.farthest_los_m() < far, LinkNote::BeyondLos),
            (scenario.farthest_nlos_m() < far, LinkNote::BeyondNlos),
            (unusual, LinkNote::UnusualAntennaHeight),
        ];
        Ok(LinkLoss {
            losses: model.over(self.distance),
            los_probability: Some(model.los_probability(self.distance)),
            notes: told(notes),
        })
    }

    fn extended_hata(&self, environment: extended_hata::Environment) -> Result<LinkLoss, OutsideModel> {
        let (antenna, handset) = (self.antenna_height, self.around.handset_height);
        let estimate = over_flat_ground(environment, self.frequency_mhz, antenna, handset, self.distance)?;
        let notes = [
            (estimate.height_clamped, LinkNote::HeightClamped),
            (estimate.frequency_extrapolated, LinkNote::FrequencyExtrapolated),
        ];
        let losses = PathLosses { los: estimate.path, nlos: estimate.path };
        Ok(LinkLoss { losses, los_probability: None, notes: told(notes) })
    }

    fn free_space(&self) -> Result<LinkLoss, OutsideModel> {
        let frequency_ghz = Quantity::FrequencyGhz.within(self.frequency_mhz / 1_000.0, 0.03, 100.0)?;
        let height_m = self.antenna_height.get() - self.around.handset_height.get();
        let slant_m = Quantity::DistanceM.within(libm::hypot(self.distance.get(), height_m), 1.0, 1e6)?;
        let loss_db = 92.45 + 20.0 * libm::log10(frequency_ghz * slant_m / 1_000.0);
        let path = PathLoss { loss_db, sigma_db: 0.0 };
        Ok(LinkLoss { losses: PathLosses { los: path, nlos: path }, los_probability: Some(1.0), notes: Vec::new() })
    }
}

fn told<const N: usize>(notes: [(bool, LinkNote); N]) -> Vec<LinkNote> {
    notes.into_iter().filter_map(|(holds, note)| holds.then_some(note)).collect()
}

/// What is left at the handset straight ahead of an antenna.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Received {
    /// Where the handset is.
    pub environment: Environment,
    /// Median reference signal (RSRP) with line of sight, in dBm.
    pub los_dbm: f64,
    /// The same without line of sight.
    pub nlos_dbm: f64,
    /// Share of locations at which the signal is strong enough; absent where the formula has no line-of-sight probability.
    pub probability: Option<f64>,
}

impl LinkLoss {
    /// What is left at the handset, by where it is, under some parameters; none where they have no carrier for the
    /// frequency.
    #[must_use]
    pub fn received(
        &self,
        parameters: &Parameters,
        land: &LandFigures,
        frequency_mhz: f64,
        eirp_dbm: Option<f64>,
    ) -> Vec<Received> {
        let Some(carrier) = parameters.carrier(frequency_mhz) else { return Vec::new() };
        let allowed_db = parameters.allowed_loss_db(carrier, eirp_dbm);
        let in_environment = |environment: Environment| {
            let extra = environment.extra(land, frequency_mhz / 1_000.0);
            let left_dbm = |path: PathLoss| parameters.threshold_dbm.value + allowed_db - extra.loss_db - path.loss_db;
            let wider = |path: PathLoss| PathLoss { sigma_db: libm::hypot(path.sigma_db, extra.sigma_db), ..path };
            let losses = PathLosses { los: wider(self.losses.los), nlos: wider(self.losses.nlos) };
            let scattered = 0.0 < losses.los.sigma_db && 0.0 < losses.nlos.sigma_db;
            let probability = self.los_probability.filter(|_| scattered);
            Received {
                environment,
                los_dbm: left_dbm(self.losses.los),
                nlos_dbm: left_dbm(self.losses.nlos),
                probability: probability.map(|p| location::probability(p, &losses, allowed_db - extra.loss_db)),
            }
        };
        Environment::ALL.map(in_environment).to_vec()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::land::LandClass;

    fn link(formula: &str, antenna: f64, distance: f64) -> Link {
        Link {
            formula: formula.parse().unwrap(),
            frequency_mhz: 3_500.0,
            antenna_height: Metres::computed(antenna),
            distance: Metres::computed(distance),
            around: Surroundings {
                building_height: Metres::computed(5.0),
                street_width: Metres::computed(20.0),
                handset_height: Metres::computed(1.5),
                vegetation: 0.1,
            },
        }
    }

    #[test]
    fn every_formula_has_a_name_and_answers() {
        for name in Formula::NAMES {
            let loss = link(name, 30.0, 2_000.0).loss().unwrap();
            assert!((100.0..170.0).contains(&loss.losses.nlos.loss_db), "{name}: {loss:?}");
        }
        assert!("RMb".parse::<Formula>().is_err());
        let free = link("FSPL", 1.5, 2_000.0).loss().unwrap().losses.los.loss_db;
        assert!((free - 109.35).abs() < 0.01, "{free}");
    }

    #[test]
    fn a_link_tells_where_its_formula_left_its_ground() {
        for (formula, antenna, distance, notes) in [
            ("RMa", 30.0, 2_000.0, vec![]),
            ("RMa", 30.0, 5.0, vec![LinkNote::TooNear]),
            ("RMa", 30.0, 6_000.0, vec![LinkNote::BeyondNlos]),
            ("RMa", 30.0, 12_000.0, vec![LinkNote::BeyondLos, LinkNote::BeyondNlos]),
            ("UMa", 30.0, 2_000.0, vec![LinkNote::UnusualAntennaHeight]),
            ("eHata-rural", 15.0, 2_000.0, vec![LinkNote::HeightClamped, LinkNote::FrequencyExtrapolated]),
        ] {
            assert_eq!(link(formula, antenna, distance).loss().unwrap().notes, notes, "{formula} {distance} m");
        }
    }

    #[test]
    fn walls_and_cars_leave_less_at_the_handset() {
        let parameters = Parameters::default_5g();
        let land = parameters.land(LandClass::Open).unwrap();
        let loss = link("RMa", 30.0, 700.0).loss().unwrap();
        let [outdoor, indoor, in_vehicle] = loss.received(&parameters, land, 3_500.0, None)[..] else {
            panic!("three environments")
        };
        assert!((outdoor.los_dbm - in_vehicle.los_dbm - 9.0).abs() < 1e-9);
        assert!((outdoor.nlos_dbm - indoor.nlos_dbm - 15.1975).abs() < 1e-3, "12.70 dB of wall, 5 m inside");
        let [a, b, c] = [outdoor, in_vehicle, indoor].map(|received| received.probability.unwrap());
        assert!(c < b && b < a, "{a}, {b}, {c}");
        assert!(loss.received(&parameters, land, 1_800.0, None).is_empty(), "no carrier speaks for it");
    }
}
