use hatang_core::{Degrees, Metres, Planar};

use super::reference::Reference;
use super::*;
use crate::environment::Environment;
use crate::model::Quantity;
use crate::station::Operator;
use crate::testing::{Lcg, grid_of};

fn open(grid: Grid) -> Land {
    Land::uniform(grid, LandClass::Open)
}

fn station(east: f64, north: f64) -> Station {
    Station {
        at: Planar::new(east, north),
        antenna_height: Some(Metres::computed(30.0)),
        frequency_mhz: Some(3_750.0),
        azimuths: [0.0, 120.0, 240.0].map(|azimuth| Degrees::new(azimuth).unwrap()).to_vec(),
        eirp_dbm: None,
        operator: Operator::default(),
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
        let (weak, strong) = (reach(&open(grid), &weak, &parameters), reach(&open(grid), &strong, &parameters));
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
        let (fewer, all) =
            (reach(&open(grid), &stations[..4], &parameters), reach(&open(grid), &stations, &parameters));
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
    let many = reach(&open(grid), &stations, &parameters);
    let one = rayon::ThreadPoolBuilder::new().num_threads(1).build().unwrap();
    assert_eq!(one.install(|| reach(&open(grid), &stations, &parameters)), many);
}

#[test]
fn a_sector_serves_the_side_it_looks_to() {
    let grid = grid_of(61, 61);
    let east_only = Station { azimuths: vec![Degrees::new(90.0).unwrap()], ..station(1_525.0, 1_525.0) };
    let reach = reach(&open(grid), &[east_only], &Parameters::default_5g());
    let served = |column: u32, row: u32| reach.probability[grid.index(column, row)];
    assert!(0.9 < served(45, 30), "750 m ahead: {}", served(45, 30));
    assert!(served(15, 30) < 0.5, "750 m behind: {}", served(15, 30));
    assert!((served(30, 45) - served(30, 15)).abs() < 1e-6, "both sides are alike");
}

#[test]
fn of_equal_stations_the_first_is_the_best_server() {
    let reach = reach(&open(grid_of(3, 3)), &[station(75.0, 75.0), station(75.0, 75.0)], &Parameters::default_5g());
    assert!(reach.best_server.iter().all(|server| *server == Some(0)));
}

#[test]
fn the_foot_of_a_mast_is_served_and_flagged() {
    let grid = grid_of(3, 3);
    let reach = reach(&open(grid), &[station(75.0, 75.0)], &Parameters::default_5g());
    assert_eq!(reach.flags.cells_too_near, 1);
    assert!(reach.probability.iter().all(|p| 0.99 < *p), "{:?}", reach.probability);
}

#[test]
fn cells_far_away_are_flagged_as_extrapolated_and_then_nobodys() {
    let grid = grid_of(220, 1);
    let reach = reach(&open(grid), &[station(0.0, 25.0)], &Parameters::default_5g());
    // Centres lie at 25, 75, … m: 100 of them up to 5 km.
    let served = reach.best_server.iter().filter(|server| server.is_some()).count();
    assert!((100..160).contains(&served), "{served}");
    assert_eq!(reach.flags.cells_extrapolated as usize, served - 100);
    let least = reach.probability.iter().filter(|p| 0.0 < **p).copied().reduce(f32::min);
    assert!(least.is_some_and(|p| (0.001..0.0011).contains(&p)), "{least:?}");
}

#[test]
fn a_station_that_cannot_be_computed_is_listed_with_the_reason() {
    let good = station(75.0, 75.0);
    let outside = |quantity, value, low, high| NotComputed::OutsideModel(OutsideModel { quantity, value, low, high });
    let cases = [
        (Station { antenna_height: None, ..good.clone() }, NotComputed::NoAntennaHeight),
        (Station { frequency_mhz: None, ..good.clone() }, NotComputed::NoFrequency),
        (Station { frequency_mhz: Some(1_800.0), ..good.clone() }, NotComputed::NoCarrier { frequency_mhz: 1_800.0 }),
        (
            Station { antenna_height: Some(Metres::computed(6.0)), ..good.clone() },
            outside(Quantity::AntennaHeightM, 6.0, 10.0, 150.0),
        ),
        (Station { eirp_dbm: Some(f64::NAN), ..good.clone() }, NotComputed::NotFinite),
        (Station { at: Planar::new(f64::INFINITY, 0.0), ..good.clone() }, NotComputed::NotFinite),
    ];
    let stations: Vec<Station> = cases.iter().map(|(station, _)| station.clone()).chain([good.clone()]).collect();
    let reach = reach(&open(grid_of(3, 3)), &stations, &Parameters::default_5g());
    let reasons: Vec<NotComputed> = reach.flags.not_computed.iter().map(|skipped| skipped.reason).collect();
    assert_eq!(reasons, cases.map(|(_, reason)| reason));
    assert!(reach.best_server.iter().all(|server| *server == Some(6)), "the last station keeps its own index");

    let mut too_far = Parameters::default_5g();
    too_far.cut_off_m.value = 20_000.0;
    let refused = super::reach(&open(grid_of(1, 1)), &[good], &too_far).flags.not_computed[0].reason;
    assert_eq!(refused, outside(Quantity::CutOffM, 20_000.0, 10.0, 10_000.0));
}

#[test]
fn a_station_without_azimuths_looks_every_way_and_is_listed() {
    let grid = grid_of(21, 21);
    let every_way = Station { azimuths: Vec::new(), ..station(525.0, 525.0) };
    let reach = reach(&open(grid), &[station(525.0, 525.0), every_way], &Parameters::default_5g());
    assert_eq!(reach.flags.without_azimuth, [1]);
    assert_eq!(reach.flags.assumed_power, [0, 1]);
    assert_eq!(reach.best_server[grid.index(20, 16)], Some(1), "between two sectors of the other");
}

/// Land of all classes in patches, and masts of all kinds: low and high, one to six sectors or none, two at one place.
fn mixed(seed: u64, grid: Grid, count: u32) -> (Land, Vec<Station>) {
    let mut random = Lcg::new(seed);
    let patches: Vec<LandClass> = (0..100).map(|_| LandClass::ALL[random.below(3) as usize]).collect();
    let patch = |cell| {
        let (column, row) = grid.position(cell);
        patches[(column / 7 % 10 + row / 5 % 10 * 10) as usize]
    };
    let land = Land::new(grid, (0..grid.len()).map(patch).collect());
    let mut stations = random_stations(&mut random, &grid, count);
    for (place, station) in stations.iter_mut().enumerate() {
        station.antenna_height = Some(Metres::computed(10.0 + f64::from(random.below(600)) / 10.0));
        station.frequency_mhz = Some([700.0, 2_600.0, 3_750.0][random.below(3) as usize]);
        let first = f64::from(random.below(3_600)) / 10.0;
        let sectors = random.below(7);
        let azimuth = |sector| Degrees::new(first + 360.0 * f64::from(sector) / f64::from(sectors)).unwrap();
        station.azimuths = (0..sectors).map(azimuth).collect();
        station.eirp_dbm = (random.below(2) == 0).then(|| 40.0 + f64::from(random.below(30)));
        station.operator = Operator::new(place % 5).unwrap();
    }
    if let [first, second, ..] = &mut stations[..] {
        second.at = first.at;
    }
    (land, stations)
}

/// Every cell of the fast run lies between the references with all losses a tenth of a decibel greater and smaller.
fn assert_within_a_tenth_of_a_decibel(land: &Land, stations: &[Station], parameters: &Parameters) {
    let reach = reach(land, stations, parameters);
    let reference = Reference::new(land, stations, parameters);
    for cell in 0..land.grid().len() {
        let (column, row) = land.grid().position(cell);
        let (at, class) = (land.grid().centre(column, row), land.classes()[cell]);
        let [low, high] = [-0.1, 0.1].map(|margin_db| reference.probability(at, class, margin_db));
        let seen = f64::from(reach.probability[cell]);
        let is_nobodys = reach.best_server[cell].is_none() && low < 0.001;
        // Near one, single precision itself is coarser than a tenth of a decibel.
        let between = low - 1.2e-7 <= seen && seen <= high + 1.2e-7;
        assert!(between || is_nobodys, "cell {cell} at {at:?}, {class:?}: {seen} is not in {low}..{high}");
    }
}

#[test]
fn the_fast_run_is_within_a_tenth_of_a_decibel_of_the_full_one_everywhere() {
    for seed in 0..6 {
        let (land, stations) = mixed(seed, grid_of(90, 70), 14);
        for environment in Environment::ALL {
            let parameters = Parameters::default_5g().in_environment(environment);
            assert_within_a_tenth_of_a_decibel(&land, &stations, &parameters);
        }
    }
}

#[test]
fn the_fast_run_is_right_at_the_foot_of_a_mast_to_the_metre() {
    // A fast approximation once went 30 dB wrong near masts: cells of one metre around several, for every antenna form.
    let far = Planar::new(160.0, 160.0);
    let grid = Grid::covering(Planar::new(0.0, 0.0), far, Metres::computed(1.0)).unwrap();
    let mut parameters = Parameters::default_5g();
    for (horizontal_deg, vertical_deg, tilt_deg) in
        [(65.0, 8.0, 3.0), (33.0, 4.0, 10.0), (65.0, 65.0, 0.0), (120.0, 10.0, 0.0)]
    {
        parameters.horizontal_beamwidth_deg.value = horizontal_deg;
        parameters.vertical_beamwidth_deg.value = vertical_deg;
        parameters.tilt_deg.value = tilt_deg;
        for antenna in [10.0, 45.0] {
            let weak =
                Station { antenna_height: Some(Metres::computed(antenna)), eirp_dbm: Some(2.0), ..station(80.3, 79.9) };
            for class in LandClass::ALL {
                assert_within_a_tenth_of_a_decibel(
                    &Land::uniform(grid, class),
                    std::slice::from_ref(&weak),
                    &parameters,
                );
            }
        }
    }
}

#[test]
fn a_run_does_not_depend_on_how_the_raster_is_cut() {
    let (land, stations) = mixed(9, grid_of(70, 40), 20);
    let parameters = Parameters::default_5g();
    let whole = reach(&land, &stations, &parameters);
    for (column, row) in [(0, 0), (33, 17), (69, 39), (16, 32)] {
        let cell = land.grid().index(column, row);
        let corner = |column, row| land.grid().corner(column, row);
        let alone = Grid::covering(corner(column, row), corner(column + 1, row + 1), land.grid().cell()).unwrap();
        let alone = reach(&Land::uniform(alone, land.classes()[cell]), &stations, &parameters);
        assert_eq!(
            (alone.probability[0].to_bits(), alone.best_server[0], alone.operators[0]),
            (whole.probability[cell].to_bits(), whole.best_server[cell], whole.operators[cell]),
        );
    }
}

#[test]
fn operators_are_counted_where_each_covers_by_itself() {
    let (land, stations) = mixed(4, grid_of(60, 60), 25);
    let parameters = Parameters::default_5g();
    let together = reach(&land, &stations, &parameters);
    for operator in 0..5 {
        let operator = Operator::new(operator).unwrap();
        let own: Vec<Station> = stations.iter().filter(|station| station.operator == operator).cloned().collect();
        let alone = reach(&land, &own, &parameters);
        for cell in 0..land.grid().len() {
            assert_eq!(together.operators[cell] & operator.bit() != 0, alone.covers(cell, &parameters), "{cell}");
        }
    }
    assert!((0..land.grid().len()).any(|cell| 2 < together.n_operators(cell)));
}

#[test]
fn indoors_and_in_cars_less_is_covered_than_outdoors() {
    let (land, stations) = mixed(2, grid_of(60, 60), 6);
    let count = |environment| {
        let parameters = Parameters::default_5g().in_environment(environment);
        let reach = reach(&land, &stations, &parameters);
        (0..land.grid().len()).filter(|cell| reach.covers(*cell, &parameters)).count()
    };
    let [outdoor, indoor, in_vehicle] = Environment::ALL.map(count);
    assert!(indoor < in_vehicle && in_vehicle < outdoor, "{indoor}, {in_vehicle}, {outdoor}");
}

#[test]
fn what_measurements_say_of_a_class_of_land_counts_there_only() {
    let (land, stations) = mixed(3, grid_of(40, 40), 4);
    let usual = Parameters::default_5g();
    let mut measured = usual.clone();
    let village = measured.land.iter_mut().find(|figures| figures.class == LandClass::Village).unwrap();
    village.offset_db.value = 6.0;
    let (usual, measured) = (reach(&land, &stations, &usual), reach(&land, &stations, &measured));
    for (cell, class) in land.classes().iter().enumerate() {
        let same = usual.probability[cell].to_bits() == measured.probability[cell].to_bits();
        assert!(*class == LandClass::Village || same);
        assert!(measured.probability[cell] <= usual.probability[cell]);
    }
    assert_ne!(usual.probability, measured.probability);
}

#[test]
fn a_low_antenna_is_a_micro_cell_in_town_and_left_out_over_fields() {
    let grid = grid_of(4, 1);
    let classes = vec![LandClass::Open, LandClass::Open, LandClass::Town, LandClass::Town];
    let low = Station { antenna_height: Some(Metres::computed(6.0)), ..station(100.0, 25.0) };
    let reach = reach(&Land::new(grid, classes), &[low], &Parameters::default_5g());
    assert_eq!(reach.best_server, [None, None, Some(0), Some(0)]);
    let left_out: Vec<LandClass> = reach.flags.not_computed_over.iter().map(|left_out| left_out.land).collect();
    assert_eq!(left_out, [LandClass::Open]);
    assert!(reach.flags.not_computed.is_empty());
    assert_eq!(reach.flags.beyond_standard.len(), 1, "the standard's micro cell is 10 m high");
}

#[test]
fn a_watcher_hears_every_cell_and_may_end_a_run() {
    use std::sync::atomic::{AtomicUsize, Ordering};
    struct Until(usize, AtomicUsize);
    impl Watch for Until {
        fn advanced(&self, cells: usize) -> ControlFlow<()> {
            let heard = self.1.fetch_add(cells, Ordering::Relaxed) + cells;
            if self.0 <= heard { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        }
    }
    let (land, stations) = mixed(1, grid_of(50, 50), 3);
    let parameters = Parameters::default_5g();
    let patient = Until(usize::MAX, AtomicUsize::new(0));
    assert_eq!(watched(&land, &stations, &parameters, &patient), Some(reach(&land, &stations, &parameters)));
    assert_eq!(patient.1.into_inner(), 2_500);
    assert_eq!(watched(&land, &stations, &parameters, &Until(1, AtomicUsize::new(0))), None);
}
