//! The figures of the terrain-aware model, beside those of every run.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::land::LandClass;
use crate::p1812::{Polarisation, Zone};
use crate::parameters::{Figure, Parameters, assumed};
use crate::terrain::Heights;

/// The terrain that a run rests on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TerrainFile {
    /// The file's SHA-256, in hexadecimal digits.
    pub sha256: String,
    /// The day that the heights are of; absent where nobody has said it.
    pub dated: Option<Date>,
    /// Where it comes from.
    pub source: String,
}

/// How high buildings and trees stand over a class of land.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ClutterHeight {
    /// The class.
    pub land: LandClass,
    /// Above the ground, in metres.
    pub height_m: Figure,
}

/// What Recommendation ITU-R P.1812 needs beside powers, antennas and thresholds.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OverTerrain {
    /// Whose heights.
    pub terrain: TerrainFile,
    /// How far apart the points of a profile are at most, in metres: the side of the terrain's cells as they were laid.
    pub step_m: f64,
    /// Share of time for which the loss is not exceeded, in per cent.
    pub time_percent: Figure,
    /// Fall of refractivity in the lowest kilometre (`ΔN`), in N-units per km.
    pub refractivity_fall: Figure,
    /// Refractivity at sea level (`N₀`), in N-units.
    pub sea_level_refractivity: Figure,
    /// Latitude of the raster's middle, in degrees.
    pub latitude_deg: f64,
    /// The radio climate of the whole raster.
    pub zone: Zone,
    /// How the wave swings.
    pub polarisation: Polarisation,
    /// How high things stand, by class of land; the first of a class speaks.
    pub clutter: Vec<ClutterHeight>,
    /// The same where nobody has classified the land: outside the territory's raster.
    pub clutter_outside_m: Figure,
}

impl OverTerrain {
    /// The figures for a terrain at a latitude that stand in until somebody enters the place's own.
    #[must_use]
    pub fn usual(terrain: TerrainFile, step_m: f64, latitude_deg: f64) -> Self {
        let stated = |value, source: &str| Figure { value, source: source.into(), placeholder: true };
        let clutter = |land, height_m| ClutterHeight { land, height_m };
        Self {
            terrain,
            step_m,
            time_percent: Figure {
                value: 50.0,
                source: "the median over time, as coverage maps state it".into(),
                placeholder: false,
            },
            refractivity_fall: stated(
                40.0,
                "standard refractivity gradient of ITU-R P.310, for want of the place's own",
            ),
            sea_level_refractivity: stated(315.0, "reference atmosphere of ITU-R P.453, for want of the place's own"),
            latitude_deg,
            zone: Zone::CoastalLand,
            polarisation: Polarisation::Vertical,
            clutter: vec![
                clutter(LandClass::Open, assumed(0.0)),
                clutter(LandClass::Village, assumed(8.0)),
                clutter(LandClass::Town, assumed(15.0)),
            ],
            clutter_outside_m: assumed(0.0),
        }
    }

    /// Every figure with its name.
    pub fn figures(&self) -> impl Iterator<Item = (String, &Figure)> {
        let common = [
            ("time_percent", &self.time_percent),
            ("refractivity_fall", &self.refractivity_fall),
            ("sea_level_refractivity", &self.sea_level_refractivity),
            ("clutter_outside_m", &self.clutter_outside_m),
        ];
        let of_land = self.clutter.iter().map(|one| (format!("clutter_m {}", one.land.code()), &one.height_m));
        common.into_iter().map(|(name, figure)| (name.to_owned(), figure)).chain(of_land)
    }

    /// The names of the figures that are only placeholders, after those of the run's other parameters.
    #[must_use]
    pub fn placeholders(&self, parameters: &Parameters) -> Vec<String> {
        let own = self.figures().filter(|(_, figure)| figure.placeholder).map(|(name, _)| name);
        parameters.placeholders().into_iter().chain(own).collect()
    }

    /// The heights by class; `None` where one of them is missing or no height.
    pub(crate) fn heights(&self) -> Option<Heights> {
        let sensible = |height: f64| (height.is_finite() && 0.0 <= height).then_some(height);
        let mut by_class = [0.0; LandClass::ALL.len()];
        for class in LandClass::ALL {
            let figure = self.clutter.iter().find(|one| one.land == class)?;
            by_class[class as usize] = sensible(figure.height_m.value)?;
        }
        Some(Heights::new(by_class, sensible(self.clutter_outside_m.value)?))
    }
}
