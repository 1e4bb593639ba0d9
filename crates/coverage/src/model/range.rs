//! For which values a model is meant.

use hatang_core::Metres;
use serde::{Deserialize, Serialize};

use super::{NEAREST_M, Scenario, Surroundings};

/// A quantity that a model bounds.
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
    /// Share of ground under trees, 0 to 1.
    Vegetation,
    /// Distance along the ground, in metres.
    DistanceM,
    /// Distance at which computing stops, in metres.
    CutOffM,
    /// Share of time, in per cent.
    TimePercent,
}

/// A value for which a model is not defined.
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
    pub(crate) fn within(self, value: f64, low: f64, high: f64) -> Result<f64, OutsideModel> {
        if (low..=high).contains(&value) { Ok(value) } else { Err(OutsideModel { quantity: self, value, low, high }) }
    }

    pub(crate) fn check_cut_off(value: f64) -> Result<f64, OutsideModel> {
        Self::CutOffM.within(value, NEAREST_M, Scenario::RuralMacro.farthest_los_m())
    }
}

/// Refuses what a scenario's formulas cannot take.
///
/// The rural bounds are the standard's. The suburban row has the rural formulas and so their bounds. The urban rows are
/// written for one antenna height; a mast must at least stand above the handsets and the ground they stand on.
pub(super) fn check(
    scenario: Scenario,
    frequency_ghz: f64,
    antenna_height: Metres,
    around: Surroundings,
) -> Result<(), OutsideModel> {
    let handset_m = around.handset_height.get();
    match scenario {
        Scenario::RuralMacro | Scenario::SuburbanMacro => {
            Quantity::FrequencyGhz.within(frequency_ghz, 0.5, 30.0)?;
            Quantity::AntennaHeightM.within(antenna_height.get(), 10.0, 150.0)?;
            // At 10 m antenna and handset would be level, and the suburban clutter would divide by nothing.
            Quantity::HandsetHeightM.within(handset_m, 1.0, 10.0_f64.min(antenna_height.get() - 0.5))?;
            Quantity::BuildingHeightM.within(around.building_height.get(), 5.0, 50.0)?;
            Quantity::StreetWidthM.within(around.street_width.get(), 5.0, 50.0)?;
            if scenario == Scenario::SuburbanMacro {
                Quantity::Vegetation.within(around.vegetation, 0.0, 0.9)?;
            }
        }
        Scenario::UrbanMacro | Scenario::UrbanMicro => {
            Quantity::FrequencyGhz.within(frequency_ghz, 0.5, 100.0)?;
            Quantity::AntennaHeightM.within(antenna_height.get(), 5.0, 150.0)?;
            // From 13 m the environment's height is drawn at random, which a reproducible map cannot do.
            Quantity::HandsetHeightM.within(handset_m, 1.5, 12.999_f64.min(antenna_height.get() - 0.5))?;
        }
    }
    Ok(())
}

/// Tells an antenna height that the standard did not have in mind.
pub(super) fn beyond_standard(scenario: Scenario, antenna_height: Metres) -> Option<OutsideModel> {
    let (low, high) = match scenario {
        Scenario::RuralMacro => (10.0, 150.0),
        Scenario::SuburbanMacro => (25.0, 35.0),
        Scenario::UrbanMacro => (25.0, 25.0),
        Scenario::UrbanMicro => (10.0, 10.0),
    };
    Quantity::AntennaHeightM.within(antenna_height.get(), low, high).err()
}
