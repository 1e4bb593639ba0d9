//! Why a place is not covered: what the best station lacks there.

use hatang_core::Planar;
use serde::Serialize;

use crate::land::{Land, LandClass};
use crate::parameters::Parameters;
use crate::reach::reference::Reference;
use crate::reach::terrain::{OnTerrain, TerrainReference};
use crate::station::Station;
use crate::terrain::Obstacle;

/// What a place lacks.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Shortfall {
    /// The station that comes nearest to covering it, by index.
    pub station: usize,
    /// How far it is, in metres.
    pub distance_m: f64,
    /// By how much its signal is too weak, in dB; never negative.
    pub missing_db: f64,
    /// How much of that is lost because none of its sectors looks this way, in dB.
    pub turned_away_db: f64,
    /// What surrounds the place.
    pub land: LandClass,
}

/// More than this is missing of no signal that is worth naming, in dB.
const MOST_DB: f64 = 80.0;

/// What the best station lacks at a position, within a hundredth of a decibel; `None` off the raster, where it is covered,
/// and where no station is within 80 dB of covering it. `O(stations)`.
#[must_use]
pub fn shortfall(land: &Land, stations: &[Station], at: Planar, parameters: &Parameters) -> Option<Shortfall> {
    lacking(land, stations, at, parameters, &OnFlatLand { land, parameters })
}

/// The same for a run over terrain, with what stands highest between the station and the place.
#[must_use]
pub fn shortfall_over_terrain(
    on: OnTerrain<'_>,
    stations: &[Station],
    at: Planar,
) -> Option<(Shortfall, Option<Obstacle>)> {
    let short = lacking(on.land, stations, at, on.parameters, &on)?;
    Some((short, on.obstacle(&stations[short.station], at)))
}

/// A model that can be asked about a few stations at one place.
trait Model {
    /// Looks at the greatest probability that any of some stations offers, if every loss were smaller by a margin in dB.
    fn ask<T>(&self, stations: &[Station], at: (Planar, LandClass), look: impl FnOnce(&dyn Fn(f64) -> f64) -> T) -> T;
}

struct OnFlatLand<'a> {
    land: &'a Land,
    parameters: &'a Parameters,
}

impl Model for OnFlatLand<'_> {
    fn ask<T>(
        &self,
        stations: &[Station],
        (at, class): (Planar, LandClass),
        look: impl FnOnce(&dyn Fn(f64) -> f64) -> T,
    ) -> T {
        let reference = Reference::new(self.land, stations, self.parameters);
        look(&|margin_db| reference.probability(at, class, margin_db))
    }
}

impl Model for OnTerrain<'_> {
    fn ask<T>(
        &self,
        stations: &[Station],
        (at, class): (Planar, LandClass),
        look: impl FnOnce(&dyn Fn(f64) -> f64) -> T,
    ) -> T {
        look(&TerrainReference::new(*self, stations).at(at, class))
    }
}

fn lacking(
    land: &Land,
    stations: &[Station],
    at: Planar,
    parameters: &Parameters,
    model: &impl Model,
) -> Option<Shortfall> {
    let class = land.classes()[land.grid().cell_at(at)?];
    let here = (at, class);
    let wanted = parameters.covered_at.value;
    let missing_db = model.ask(stations, here, |probability| missing(probability, wanted))?;
    // The station that covers the place once all signals are so much stronger.
    let nearest = stations.iter().enumerate().find(|(_, station)| {
        model.ask(std::slice::from_ref(station), here, |probability| wanted <= probability(missing_db))
    });
    let (station, of) = nearest?;
    let every_way = [Station { azimuths: Vec::new(), ..of.clone() }];
    let facing_db = model.ask(&every_way, here, |probability| {
        if wanted <= probability(0.0) { 0.0 } else { missing(probability, wanted).unwrap_or(missing_db) }
    });
    let distance_m = (at.east - of.at.east).hypot(at.north - of.at.north);
    Some(Shortfall { station, distance_m, missing_db, turned_away_db: (missing_db - facing_db).max(0.0), land: class })
}

/// The least gain in dB at which a place is covered.
fn missing(probability: &dyn Fn(f64) -> f64, wanted: f64) -> Option<f64> {
    let covered = |margin_db: f64| wanted <= probability(margin_db);
    if covered(0.0) || !covered(MOST_DB) {
        return None;
    }
    let (mut low, mut high) = (0.0, MOST_DB);
    while 0.005 < high - low {
        let middle = f64::midpoint(low, high);
        if covered(middle) { high = middle } else { low = middle }
    }
    Some(high)
}

#[cfg(test)]
mod tests {
    use hatang_core::{Degrees, Metres};

    use super::*;
    use crate::reach::reach;
    use crate::station::Operator;
    use crate::testing::grid_of;

    fn station(east: f64, azimuths: &[f64]) -> Station {
        Station {
            at: Planar::new(east, 1_025.0),
            antenna_height: Some(Metres::computed(30.0)),
            frequency_mhz: Some(3_750.0),
            azimuths: azimuths.iter().map(|azimuth| Degrees::new(*azimuth).unwrap()).collect(),
            eirp_dbm: Some(60.0),
            operator: Operator::default(),
        }
    }

    #[test]
    fn that_much_more_power_covers_the_place_and_a_little_less_does_not() {
        let land = Land::uniform(grid_of(120, 41), LandClass::Open);
        let parameters = Parameters::default_5g();
        let at = land.grid().centre(80, 20);
        let stations = [station(25.0, &[90.0]), station(2_025.0, &[90.0])];
        let short = shortfall(&land, &stations, at, &parameters).unwrap();
        assert_eq!(short.station, 1);
        assert!((short.distance_m - 2_000.0).abs() < 1.0, "{short:?}");
        assert!(short.turned_away_db < 0.01, "it looks that way: {short:?}");
        for (more_db, covered) in [(0.15, true), (-0.15, false)] {
            let stronger =
                stations.clone().map(|one| Station { eirp_dbm: Some(60.0 + short.missing_db + more_db), ..one });
            let reach = reach(&land, &stronger, &parameters);
            assert_eq!(reach.covers(land.grid().cell_at(at).unwrap(), &parameters), covered, "{short:?}, {more_db}");
        }
    }

    #[test]
    fn a_sector_that_looks_away_is_named_as_the_reason() {
        let land = Land::uniform(grid_of(120, 41), LandClass::Open);
        let parameters = Parameters::default_5g();
        let at = land.grid().centre(60, 20);
        let short = shortfall(&land, &[station(2_025.0, &[270.0])], at, &parameters).unwrap();
        assert!(20.0 < short.turned_away_db, "{short:?}");
        assert_eq!(shortfall(&land, &[station(3_000.0, &[])], at, &parameters), None, "covered");
        assert_eq!(shortfall(&land, &[], at, &parameters), None, "nobody");
    }
}
