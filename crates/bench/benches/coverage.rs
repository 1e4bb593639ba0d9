//! The radio model over a commune at 50 m, with 10, 30 and 60 masts of three sectors.

use std::hint::black_box;

use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use hatang_core::{Degrees, Metres, Planar};
use hatang_coverage::{Grid, Land, LandClass, Operator, Parameters, Station, reach};

/// The side of a square as large as the commune (30.6 km²), in metres.
const SIDE_M: f64 = 5_530.0;

/// Masts on a lattice, so that every run is the same.
fn masts(count: u32) -> Vec<Station> {
    let columns = f64::from(count).sqrt().ceil();
    let sectors: Vec<Degrees> = [0.0, 120.0, 240.0].into_iter().filter_map(|d| Degrees::new(d).ok()).collect();
    (0..count)
        .map(|number| {
            let (row, column) = ((f64::from(number) / columns).floor(), f64::from(number) % columns);
            Station {
                at: Planar::new((column + 0.5) / columns * SIDE_M, (row + 0.5) / columns * SIDE_M),
                antenna_height: Metres::new(30.0).ok(),
                frequency_mhz: Some(2_600.0),
                azimuths: sectors.clone(),
                eirp_dbm: None,
                operator: Operator::default(),
            }
        })
        .collect()
}

fn runs(criterion: &mut Criterion) {
    let corner = Planar::new(SIDE_M, SIDE_M);
    let grid = Grid::covering(Planar::new(0.0, 0.0), corner, Metres::computed(50.0)).expect("a small raster");
    let land = Land::uniform(grid, LandClass::Open);
    let parameters = Parameters::default_5g();
    let mut group = criterion.benchmark_group("coverage of a commune at 50 m");
    for count in [10, 30, 60] {
        let stations = masts(count);
        group.bench_function(BenchmarkId::new("masts of three sectors", count), |bench| {
            bench.iter(|| black_box(reach(&land, &stations, &parameters)));
        });
    }
    group.finish();
}

criterion_group!(benches, runs);
criterion_main!(benches);
