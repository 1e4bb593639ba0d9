//! How well each cell is served.

use hatang_core::Planar;
use rayon::prelude::*;
use serde::Serialize;

use crate::grid::Grid;
use crate::parameters::Parameters;
use crate::rma::{FARTHEST_NLOS_M, NEAREST_M};
use crate::station::{Prepared, Skipped, Station};

/// The result of a run over a raster. Both lists have one entry per cell.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Reach {
    /// The raster.
    pub grid: Grid,
    /// The greatest probability that any one station offers; zero where none reaches.
    pub probability: Vec<f32>,
    /// The index of the station that offers it; the first of equals.
    pub best_server: Vec<Option<u32>>,
    /// What a reader of the result has to know.
    pub flags: Flags,
}

/// Where a run left the model's ground.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Flags {
    /// Stations that were left out.
    pub not_computed: Vec<Skipped>,
    /// Stations without azimuths, computed as if a panel looked every way, which flatters them.
    pub without_azimuth: Vec<usize>,
    /// Stations without a radiated power of their own, computed with the carrier's figures.
    pub assumed_power: Vec<usize>,
    /// Cells whose best server is nearer than 10 m, computed at 10 m.
    pub cells_too_near: u32,
    /// Cells whose best server is farther than 5 km, where the loss without line of sight is extrapolated.
    pub cells_extrapolated: u32,
}

impl Reach {
    /// Whether a cell is covered under some parameters.
    #[must_use]
    pub fn covers(&self, cell: usize, parameters: &Parameters) -> bool {
        parameters.covered_at.value <= f64::from(self.probability[cell])
    }
}

/// The best server of one cell.
#[derive(Clone, Copy, Default)]
struct Best {
    probability: f64,
    station: Option<u32>,
    distance_m: f64,
}

/// Computes what the stations offer in every cell's centre.
///
/// Rows are computed in parallel; the result does not depend on how many cores there are. `O(cells × stations)`.
///
/// # Panics
/// When there are more than 2³² stations.
#[must_use]
pub fn reach(grid: &Grid, stations: &[Station], parameters: &Parameters) -> Reach {
    let mut flags = Flags::default();
    let mut prepared = Vec::with_capacity(stations.len());
    for (index, station) in stations.iter().enumerate() {
        match Prepared::new(index, station, parameters) {
            Ok(ready) => {
                if station.azimuths.is_empty() {
                    flags.without_azimuth.push(index);
                }
                if station.eirp_dbm.is_none() {
                    flags.assumed_power.push(index);
                }
                prepared.push(ready);
            }
            Err(reason) => flags.not_computed.push(Skipped { station: index, reason }),
        }
    }

    let cells: Vec<Best> = (0..grid.len())
        .into_par_iter()
        .with_min_len(64)
        .map(|cell| {
            let (column, row) = grid.position(cell);
            best(&prepared, grid.centre(column, row))
        })
        .collect();

    for best in cells.iter().filter(|best| best.station.is_some()) {
        flags.cells_too_near += u32::from(best.distance_m < NEAREST_M);
        flags.cells_extrapolated += u32::from(FARTHEST_NLOS_M < best.distance_m);
    }
    #[expect(clippy::cast_possible_truncation, reason = "seven digits of a probability are more than the model knows")]
    let probability = cells.iter().map(|best| best.probability as f32).collect();
    Reach { grid: *grid, probability, best_server: cells.iter().map(|best| best.station).collect(), flags }
}

fn best(prepared: &[Prepared<'_>], at: Planar) -> Best {
    let mut best = Best::default();
    for station in prepared {
        let Some(service) = station.service(at) else { continue };
        if best.probability < service.probability {
            let index = u32::try_from(station.station).expect("fewer than 2³² stations");
            best = Best { probability: service.probability, station: Some(index), distance_m: service.distance_m };
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use hatang_core::{Degrees, Metres};

    use super::*;
    use crate::rma::{OutsideModel, Quantity};
    use crate::station::NotComputed;
    use crate::testing::{Lcg, grid_of};

    fn station(east: f64, north: f64) -> Station {
        Station {
            at: Planar::new(east, north),
            antenna_height: Some(Metres::computed(30.0)),
            frequency_mhz: Some(3_750.0),
            azimuths: [0.0, 120.0, 240.0].map(|azimuth| Degrees::new(azimuth).unwrap()).to_vec(),
            eirp_dbm: None,
        }
    }

    fn random_stations(random: &mut Lcg, grid: &Grid, count: u32) -> Vec<Station> {
        let end = grid.north_east();
        let mut within = |end: f64| f64::from(random.below(10_000)) / 10_000.0 * end;
        (0..count).map(|_| station(within(end.east), within(end.north))).collect()
    }

    #[test]
    fn more_power_never_serves_less() {
        let grid = grid_of(40, 40);
        let parameters = Parameters::default_5g();
        for seed in 0..5 {
            let weak: Vec<Station> = random_stations(&mut Lcg::new(seed), &grid, 3)
                .into_iter()
                .map(|station| Station { eirp_dbm: Some(58.0), ..station })
                .collect();
            let strong: Vec<Station> =
                weak.iter().map(|station| Station { eirp_dbm: Some(61.0), ..station.clone() }).collect();
            let (weak, strong) = (reach(&grid, &weak, &parameters), reach(&grid, &strong, &parameters));
            assert!(weak.flags.assumed_power.is_empty());
            assert!(weak.probability.iter().zip(&strong.probability).all(|(w, s)| w <= s), "seed {seed}");
            assert_ne!(weak.probability, strong.probability);
        }
    }

    #[test]
    fn one_more_mast_never_serves_less_and_takes_only_cells_it_serves_better() {
        let grid = grid_of(40, 40);
        let parameters = Parameters::default_5g();
        for seed in 0..5 {
            let stations = random_stations(&mut Lcg::new(seed), &grid, 5);
            let (fewer, all) = (reach(&grid, &stations[..4], &parameters), reach(&grid, &stations, &parameters));
            for cell in 0..grid.len() {
                assert!(fewer.probability[cell] <= all.probability[cell]);
                let taken = all.best_server[cell] == Some(4);
                assert!(taken || fewer.best_server[cell] == all.best_server[cell]);
            }
        }
    }

    #[test]
    fn the_same_inputs_give_the_same_bits_on_one_core_and_on_many() {
        let grid = grid_of(60, 50);
        let stations = random_stations(&mut Lcg::new(3), &grid, 8);
        let parameters = Parameters::default_5g();
        let many = reach(&grid, &stations, &parameters);
        let one = rayon::ThreadPoolBuilder::new().num_threads(1).build().unwrap();
        assert_eq!(one.install(|| reach(&grid, &stations, &parameters)), many);
    }

    #[test]
    fn a_sector_serves_the_side_it_looks_to() {
        let grid = grid_of(61, 61);
        let east_only = Station { azimuths: vec![Degrees::new(90.0).unwrap()], ..station(1_525.0, 1_525.0) };
        let reach = reach(&grid, &[east_only], &Parameters::default_5g());
        let served = |column: u32, row: u32| reach.probability[grid.index(column, row)];
        assert!(0.9 < served(45, 30), "750 m ahead: {}", served(45, 30));
        assert!(served(15, 30) < 0.5, "750 m behind: {}", served(15, 30));
        assert!((served(30, 45) - served(30, 15)).abs() < 1e-6, "both sides are alike");
    }

    #[test]
    fn of_equal_stations_the_first_is_the_best_server() {
        let reach = reach(&grid_of(3, 3), &[station(75.0, 75.0), station(75.0, 75.0)], &Parameters::default_5g());
        assert!(reach.best_server.iter().all(|server| *server == Some(0)));
    }

    #[test]
    fn the_foot_of_a_mast_is_served_and_flagged() {
        let grid = grid_of(3, 3);
        let reach = reach(&grid, &[station(75.0, 75.0)], &Parameters::default_5g());
        assert_eq!(reach.flags.cells_too_near, 1);
        assert!(reach.probability.iter().all(|p| 0.99 < *p), "{:?}", reach.probability);
    }

    #[test]
    fn cells_far_away_are_flagged_as_extrapolated_and_then_cut_off() {
        let grid = grid_of(220, 1);
        let reach = reach(&grid, &[station(0.0, 25.0)], &Parameters::default_5g());
        // Centres lie at 25, 75, … m: 100 of them between 5 and 10 km, and 20 beyond.
        assert_eq!(reach.flags.cells_extrapolated, 100);
        assert_eq!(reach.best_server.iter().filter(|server| server.is_none()).count(), 20);
    }

    #[test]
    fn a_station_that_cannot_be_computed_is_listed_with_the_reason() {
        let good = station(75.0, 75.0);
        let outside =
            |quantity, value, low, high| NotComputed::OutsideModel(OutsideModel { quantity, value, low, high });
        let cases = [
            (Station { antenna_height: None, ..good.clone() }, NotComputed::NoAntennaHeight),
            (Station { frequency_mhz: None, ..good.clone() }, NotComputed::NoFrequency),
            (
                Station { frequency_mhz: Some(1_800.0), ..good.clone() },
                NotComputed::NoCarrier { frequency_mhz: 1_800.0 },
            ),
            (
                Station { antenna_height: Some(Metres::computed(6.0)), ..good.clone() },
                outside(Quantity::AntennaHeightM, 6.0, 10.0, 150.0),
            ),
            (Station { eirp_dbm: Some(f64::NAN), ..good.clone() }, NotComputed::NotFinite),
            (Station { at: Planar::new(f64::INFINITY, 0.0), ..good.clone() }, NotComputed::NotFinite),
        ];
        let stations: Vec<Station> = cases.iter().map(|(station, _)| station.clone()).chain([good.clone()]).collect();
        let reach = reach(&grid_of(3, 3), &stations, &Parameters::default_5g());
        let reasons: Vec<NotComputed> = reach.flags.not_computed.iter().map(|skipped| skipped.reason).collect();
        assert_eq!(reasons, cases.map(|(_, reason)| reason));
        assert!(reach.best_server.iter().all(|server| *server == Some(6)), "the last station keeps its own index");

        let mut too_far = Parameters::default_5g();
        too_far.cut_off_m.value = 20_000.0;
        let refused = super::reach(&grid_of(1, 1), &[good], &too_far).flags.not_computed[0].reason;
        assert_eq!(refused, outside(Quantity::CutOffM, 20_000.0, 10.0, 10_000.0));
    }

    #[test]
    fn a_station_without_azimuths_looks_every_way_and_is_listed() {
        let grid = grid_of(21, 21);
        let every_way = Station { azimuths: Vec::new(), ..station(525.0, 525.0) };
        let reach = reach(&grid, &[station(525.0, 525.0), every_way], &Parameters::default_5g());
        assert_eq!(reach.flags.without_azimuth, [1]);
        assert_eq!(reach.flags.assumed_power, [0, 1]);
        assert_eq!(reach.best_server[grid.index(20, 16)], Some(1), "between two sectors of the other");
    }
}
