//! The dated figures that a run is computed with, each with its source.

use hatang_core::{Degrees, Metres};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::antenna::Pattern;
use crate::environment::Environment;
use crate::land::{LandClass, LandFigures};
use crate::model::building::Wall;
use crate::model::{Scenario, Surroundings};

/// One figure and where it comes from. The unit is in the field's name.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Figure {
    /// The figure.
    pub value: f64,
    /// The standard, data sheet or person that gives it.
    pub source: String,
    /// Whether it only stands in until somebody who knows gives the real one.
    pub placeholder: bool,
}

/// What a carrier transmits in a range of frequencies.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Carrier {
    /// Lowest frequency it speaks for, in MHz.
    pub from_mhz: f64,
    /// Highest frequency it speaks for, in MHz.
    pub to_mhz: f64,
    /// Power of one cell on one antenna port, in dBm; not the sum over ports.
    pub cell_power_dbm: Figure,
    /// The panel's greatest gain, in dBi.
    pub gain_dbi: Figure,
    /// Resource blocks of twelve subcarriers that share the power.
    pub resource_blocks: Figure,
}

/// Everything that a run depends on beside stations and raster.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Parameters {
    /// Names this set, so that a result can.
    pub code: String,
    /// When the figures were gathered.
    pub dated: Date,
    /// Where the handset is.
    pub environment: Environment,
    /// Powers by frequency; the first that holds a station's frequency speaks.
    pub carriers: Vec<Carrier>,
    /// The model of each class of land; the first of a class speaks.
    pub land: Vec<LandFigures>,
    /// Half-power angle of a panel on the horizon.
    pub horizontal_beamwidth_deg: Figure,
    /// Half-power angle of a panel up and down.
    pub vertical_beamwidth_deg: Figure,
    /// How far below the horizon panels look.
    pub tilt_deg: Figure,
    /// The most that a direction is weaker than ahead.
    pub antenna_floor_db: Figure,
    /// Cables between radio and antenna.
    pub feeder_loss_db: Figure,
    /// Whatever else is lost.
    pub other_loss_db: Figure,
    /// The person who holds the handset.
    pub body_loss_db: Figure,
    /// What other cells' signals take at full load, off the budget.
    pub interference_margin_db: Figure,
    /// Height of the handset.
    pub handset_height_m: Figure,
    /// The weakest reference signal (RSRP) that serves.
    pub threshold_dbm: Figure,
    /// Share of locations from which a cell is covered.
    pub covered_at: Figure,
    /// Share of locations from which a cell is at least partly served.
    pub limited_at: Figure,
    /// Beyond this distance a station is taken not to reach.
    pub cut_off_m: Figure,
}

impl Parameters {
    /// The set for 4G (LTE) that stands in until carriers give their own.
    #[must_use]
    pub fn default_4g() -> Self {
        let wide = |power_dbm, gain_dbi, from_mhz, to_mhz| carrier(from_mhz, to_mhz, power_dbm, gain_dbi, 100.0);
        Self::with_carriers(
            "tr38901-4g-2026-11",
            vec![carrier(600.0, 1_000.0, 46.0, 15.0, 50.0), wide(46.0, 17.0, 1_400.0, 2_700.0)],
        )
    }

    /// The set for 5G (NR) that stands in until carriers give their own.
    #[must_use]
    pub fn default_5g() -> Self {
        Self::with_carriers(
            "tr38901-5g-2026-11",
            vec![carrier(600.0, 1_000.0, 46.0, 15.0, 52.0), carrier(2_300.0, 4_200.0, 53.0, 18.0, 273.0)],
        )
    }

    fn with_carriers(code: &str, carriers: Vec<Carrier>) -> Self {
        Self {
            code: code.into(),
            dated: jiff::civil::date(2026, 11, 22),
            environment: Environment::Outdoor,
            carriers,
            land: usual_land(),
            horizontal_beamwidth_deg: standard(65.0, "Table 7.3-1"),
            vertical_beamwidth_deg: assumed(8.0),
            tilt_deg: assumed(3.0),
            antenna_floor_db: standard(30.0, "Table 7.3-1"),
            feeder_loss_db: assumed(0.5),
            other_loss_db: assumed(1.0),
            body_loss_db: assumed(3.0),
            interference_margin_db: assumed(0.0),
            handset_height_m: standard(1.5, "Table 7.4.1-1, usual value"),
            threshold_dbm: assumed(-110.0),
            covered_at: Figure {
                value: 0.90,
                source: "cell-edge probability that FCC mobile maps ask for".into(),
                placeholder: false,
            },
            limited_at: assumed(0.50),
            cut_off_m: standard(10_000.0, "Table 7.4.1-1, end of the model"),
        }
    }

    /// The same figures for a handset that is somewhere else.
    #[must_use]
    pub fn in_environment(mut self, environment: Environment) -> Self {
        self.environment = environment;
        self
    }

    /// What speaks for a class of land.
    #[must_use]
    pub fn land(&self, class: LandClass) -> Option<&LandFigures> {
        self.land.iter().find(|figures| figures.class == class)
    }

    /// Every figure with its name, for a page that lists them; carriers' figures are told apart by frequency, those of
    /// the land by its class.
    pub fn figures(&self) -> impl Iterator<Item = (String, &Figure)> {
        let of_carriers = self.carriers.iter().flat_map(|carrier| {
            let named = |name| format!("{name} {}-{} MHz", carrier.from_mhz, carrier.to_mhz);
            [
                (named("cell_power_dbm"), &carrier.cell_power_dbm),
                (named("gain_dbi"), &carrier.gain_dbi),
                (named("resource_blocks"), &carrier.resource_blocks),
            ]
        });
        let common = [
            ("horizontal_beamwidth_deg", &self.horizontal_beamwidth_deg),
            ("vertical_beamwidth_deg", &self.vertical_beamwidth_deg),
            ("tilt_deg", &self.tilt_deg),
            ("antenna_floor_db", &self.antenna_floor_db),
            ("feeder_loss_db", &self.feeder_loss_db),
            ("other_loss_db", &self.other_loss_db),
            ("body_loss_db", &self.body_loss_db),
            ("interference_margin_db", &self.interference_margin_db),
            ("handset_height_m", &self.handset_height_m),
            ("threshold_dbm", &self.threshold_dbm),
            ("covered_at", &self.covered_at),
            ("limited_at", &self.limited_at),
            ("cut_off_m", &self.cut_off_m),
        ];
        let of_land = self.land.iter().flat_map(LandFigures::figures);
        of_carriers.chain(of_land).chain(common.into_iter().map(|(name, figure)| (name.to_owned(), figure)))
    }

    /// The names of the figures that are only placeholders.
    #[must_use]
    pub fn placeholders(&self) -> Vec<String> {
        self.figures().filter(|(_, figure)| figure.placeholder).map(|(name, _)| name).collect()
    }

    /// What speaks for a frequency, in MHz.
    #[must_use]
    pub fn carrier(&self, frequency_mhz: f64) -> Option<&Carrier> {
        self.carriers.iter().find(|carrier| (carrier.from_mhz..=carrier.to_mhz).contains(&frequency_mhz))
    }

    /// The path loss, in dB, at which the reference signal falls to the threshold where the antenna looks.
    ///
    /// A station's own `eirp_dbm` (per cell and port, in the direction of greatest gain) takes the place of the
    /// carrier's power, gain and feeder.
    ///
    /// Source: RSRP is a power per resource element; 3GPP TS 38.215 §5.1.1, TS 36.214 §5.1.1.
    #[must_use]
    pub fn allowed_loss_db(&self, carrier: &Carrier, eirp_dbm: Option<f64>) -> f64 {
        let assumed_dbm = || carrier.cell_power_dbm.value + carrier.gain_dbi.value - self.feeder_loss_db.value;
        let per_element_dbm =
            eirp_dbm.unwrap_or_else(assumed_dbm) - 10.0 * libm::log10(12.0 * carrier.resource_blocks.value);
        per_element_dbm
            - self.other_loss_db.value
            - self.body_loss_db.value
            - self.interference_margin_db.value
            - self.threshold_dbm.value
    }

    /// The surroundings that the path loss depends on over a class of land; `None` when a figure is no length.
    pub(crate) fn surroundings(&self, land: &LandFigures) -> Option<Surroundings> {
        let length = |figure: &Figure| Metres::new(figure.value).ok();
        Some(Surroundings {
            building_height: length(&land.building_height_m)?,
            street_width: length(&land.street_width_m)?,
            handset_height: length(&self.handset_height_m)?,
            vegetation: land.vegetation.value,
        })
    }

    /// A panel with a carrier's gain; `None` when a figure is no angle.
    pub(crate) fn pattern(&self, carrier: &Carrier) -> Option<Pattern> {
        let angle = |figure: &Figure| Degrees::new(figure.value).ok();
        Some(Pattern {
            gain_dbi: carrier.gain_dbi.value,
            horizontal_beamwidth: angle(&self.horizontal_beamwidth_deg)?,
            vertical_beamwidth: angle(&self.vertical_beamwidth_deg)?,
            tilt: angle(&self.tilt_deg)?,
            floor_db: self.antenna_floor_db.value,
        })
    }
}

fn carrier(from_mhz: f64, to_mhz: f64, power_dbm: f64, gain_dbi: f64, resource_blocks: f64) -> Carrier {
    Carrier {
        from_mhz,
        to_mhz,
        cell_power_dbm: assumed(power_dbm),
        gain_dbi: assumed(gain_dbi),
        resource_blocks: assumed(resource_blocks),
    }
}

/// The classes of land with the standard's usual values, or a planner's guess where the standard leaves the choice.
fn usual_land() -> Vec<LandFigures> {
    let class = |class, scenario, building_m, street_m, wall| LandFigures {
        class,
        scenario,
        micro_up_to_m: None,
        building_height_m: building_m,
        street_width_m: street_m,
        vegetation: assumed(0.10),
        wall,
        indoor_depth_m: assumed(5.0),
        offset_db: not_measured(),
        sigma_db: None,
    };
    let usual = |value| standard(value, "Table 7.4.1-1, usual value");
    vec![
        class(LandClass::Open, Scenario::RuralMacro, usual(5.0), usual(20.0), Wall::Low),
        class(LandClass::Village, Scenario::SuburbanMacro, usual(10.0), usual(10.0), Wall::Low),
        LandFigures {
            micro_up_to_m: Some(assumed(15.0)),
            ..class(LandClass::Town, Scenario::UrbanMacro, assumed(15.0), assumed(20.0), Wall::Low)
        },
    ]
}

pub(crate) fn assumed(value: f64) -> Figure {
    Figure { value, source: "planning assumption until carriers give their own figures".into(), placeholder: true }
}

fn not_measured() -> Figure {
    Figure { value: 0.0, source: "no measurements have corrected the model here yet".into(), placeholder: false }
}

fn standard(value: f64, place: &str) -> Figure {
    Figure { value, source: format!("3GPP TR 38.901 v19.4.0, {place}"), placeholder: false }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::location;
    use crate::model::Model;

    /// The distance at which a cell stops being covered straight ahead of an antenna, in kilometres.
    fn radius_km(parameters: &Parameters, frequency_mhz: f64, antenna: f64) -> f64 {
        let land = parameters.land(LandClass::Open).unwrap();
        let surroundings = parameters.surroundings(land).unwrap();
        let height = Metres::computed(antenna);
        let model = Model::new(land.scenario, frequency_mhz / 1_000.0, height, surroundings).unwrap();
        let allowed_db = parameters.allowed_loss_db(parameters.carrier(frequency_mhz).unwrap(), None);
        let covered = |&metre: &u32| {
            let distance = Metres::computed(f64::from(metre));
            let p_los = model.los_probability(distance);
            parameters.covered_at.value <= location::probability(p_los, &model.over(distance), allowed_db)
        };
        f64::from((10..10_000).take_while(covered).last().unwrap()) / 1_000.0
    }

    #[test]
    fn the_placeholder_budgets_reach_as_far_as_planners_expect() {
        let (lte, nr) = (Parameters::default_4g(), Parameters::default_5g());
        for (name, parameters, frequency_mhz, at_30_m, at_45_m) in [
            ("4G, 700 MHz", &lte, 700.0, 1.94, 2.49),
            ("4G, 1800 MHz", &lte, 1_800.0, 1.19, 1.50),
            ("5G, 2550 MHz", &nr, 2_550.0, 1.23, 1.55),
            ("5G, 3750 MHz", &nr, 3_750.0, 1.04, 1.30),
        ] {
            for (antenna, expected_km) in [(30.0, at_30_m), (45.0, at_45_m)] {
                let seen = radius_km(parameters, frequency_mhz, antenna);
                assert!((seen - expected_km).abs() < 0.011, "{name} at {antenna} m: {seen} km");
            }
        }
    }

    #[test]
    fn a_stations_own_radiated_power_replaces_the_carriers() {
        let parameters = Parameters::default_5g();
        let carrier = parameters.carrier(3_750.0).unwrap();
        let assumed_db = parameters.allowed_loss_db(carrier, None);
        let same_eirp = parameters.allowed_loss_db(carrier, Some(53.0 + 18.0 - 0.5));
        assert!((assumed_db - same_eirp).abs() < 1e-9);
        assert!((parameters.allowed_loss_db(carrier, Some(60.5)) - (assumed_db - 10.0)).abs() < 1e-9);
    }

    #[test]
    fn the_map_can_name_every_placeholder() {
        let placeholders = Parameters::default_5g().placeholders();
        assert!(placeholders.contains(&"threshold_dbm".to_owned()));
        assert!(placeholders.contains(&"cell_power_dbm 2300-4200 MHz".to_owned()));
        assert!(!placeholders.contains(&"covered_at".to_owned()));
    }

    #[test]
    fn no_carrier_speaks_for_a_frequency_that_nobody_described() {
        assert!(Parameters::default_5g().carrier(1_800.0).is_none());
        assert!(Parameters::default_4g().carrier(f64::NAN).is_none());
    }
}
