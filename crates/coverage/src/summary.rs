//! The covered share of people, in all and by hamlet.

use serde::Serialize;

use crate::land::Land;
use crate::parameters::Parameters;
use crate::people::People;
use crate::reach::{Reach, reach};
use crate::station::Station;

/// How many people are covered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Coverage {
    /// Everybody.
    pub people: u64,
    /// Those who live in covered cells.
    pub covered: u64,
    /// The sum of everybody's own probability: a softer figure beside the counted one.
    pub expected: f64,
}

/// The coverage of one hamlet.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct HamletCoverage {
    /// Its name.
    pub name: String,
    /// Its people.
    pub coverage: Coverage,
}

/// The coverage of a territory.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Summary {
    /// All hamlets together.
    pub total: Coverage,
    /// Each hamlet, in the order they were given.
    pub by_hamlet: Vec<HamletCoverage>,
}

impl Coverage {
    /// The covered share, 0 to 1; `None` where nobody lives.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "there are fewer than 2⁵³ people")]
    pub fn share(&self) -> Option<f64> {
        (0 < self.people).then(|| self.covered as f64 / self.people as f64)
    }

    fn count(&mut self, people: u32, covered: bool, probability: f32) {
        self.people += u64::from(people);
        self.covered += if covered { u64::from(people) } else { 0 };
        self.expected += f64::from(people) * f64::from(probability);
    }
}

/// Counts covered people.
///
/// # Panics
/// When reach and people are on different rasters.
#[must_use]
pub fn summarise(reach: &Reach, people: &People, parameters: &Parameters) -> Summary {
    assert_eq!(&reach.grid, people.grid(), "reach and people must be on one raster");
    let mut total = Coverage::default();
    let mut by_hamlet: Vec<HamletCoverage> = people
        .hamlets()
        .iter()
        .map(|name| HamletCoverage { name: name.clone(), coverage: Coverage::default() })
        .collect();
    for residents in people.residents() {
        let covered = reach.covers(residents.cell, parameters);
        let probability = reach.probability[residents.cell];
        for coverage in [&mut total, &mut by_hamlet[residents.hamlet].coverage] {
            coverage.count(residents.people, covered, probability);
        }
    }
    Summary { total, by_hamlet }
}

/// How many uncovered people some further stations would cover, with the flags of computing them.
///
/// # Panics
/// When reach and people are on different rasters.
#[must_use]
pub fn newly_covered(
    before: &Reach,
    land: &Land,
    people: &People,
    further: &[Station],
    parameters: &Parameters,
) -> (u64, crate::Flags) {
    assert_eq!(&before.grid, people.grid(), "reach and people must be on one raster");
    assert_eq!(&before.grid, land.grid(), "reach and land must be on one raster");
    let added = reach(land, further, parameters);
    let gained = people
        .residents()
        .iter()
        .filter(|residents| !before.covers(residents.cell, parameters) && added.covers(residents.cell, parameters))
        .map(|residents| u64::from(residents.people))
        .sum();
    (gained, added.flags)
}

#[cfg(test)]
mod tests {
    use hatang_core::{Metres, Planar};

    use super::*;
    use crate::land::LandClass;
    use crate::people::{Hamlet, distribute};
    use crate::station::Operator;
    use crate::testing::{everywhere, grid_of, rectangle};

    fn station(east: f64) -> Station {
        Station {
            at: Planar::new(east, 500.0),
            antenna_height: Some(Metres::computed(30.0)),
            frequency_mhz: Some(3_750.0),
            azimuths: Vec::new(),
            eirp_dbm: None,
            operator: Operator::default(),
        }
    }

    #[test]
    fn hamlets_add_up_to_the_territory() {
        let grid = grid_of(120, 20);
        let land = Land::uniform(grid, LandClass::Open);
        let parameters = Parameters::default_5g();
        let hamlets = [("near", 700, 0.0, 900.0), ("far", 300, 5_000.0, 6_000.0), ("empty", 0, 2_000.0, 2_500.0)].map(
            |(name, people, west, east)| Hamlet {
                name: name.into(),
                people,
                rings: vec![rectangle(west, 0.0, east, 1_000.0)],
            },
        );
        let people = distribute(&grid, &hamlets).unwrap();
        let summary = summarise(&reach(&land, &[station(400.0)], &parameters), &people, &parameters);
        let counts: Vec<(u64, u64)> =
            summary.by_hamlet.iter().map(|hamlet| (hamlet.coverage.people, hamlet.coverage.covered)).collect();
        assert_eq!(counts, [(700, 700), (300, 0), (0, 0)]);
        assert_eq!((summary.total.people, summary.total.covered), (1_000, 700));
        assert_eq!(summary.total.share(), Some(0.7));
        assert_eq!(summary.by_hamlet[2].coverage.share(), None);
        assert!((690.0..710.0).contains(&summary.total.expected), "{}", summary.total.expected);
    }

    #[test]
    fn what_a_further_station_gains_is_the_difference_of_two_runs() {
        let grid = grid_of(120, 20);
        let land = Land::uniform(grid, LandClass::Open);
        let parameters = Parameters::default_5g();
        let people = everywhere(&grid, 45_332);
        let covered =
            |stations: &[Station]| summarise(&reach(&land, stations, &parameters), &people, &parameters).total.covered;
        let before = reach(&land, &[station(500.0)], &parameters);
        for east in [500.0, 1_500.0, 4_000.0] {
            let (gained, flags) = newly_covered(&before, &land, &people, &[station(east)], &parameters);
            assert_eq!(gained, covered(&[station(500.0), station(east)]) - covered(&[station(500.0)]), "{east}");
            assert_eq!(flags.without_azimuth, [0]);
        }
    }
}
