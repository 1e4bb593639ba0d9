//! What this crate's tests share.

use hatang_core::{Metres, Planar};

use crate::grid::Grid;
use crate::people::{Hamlet, People, distribute};

/// A small, fixed source of numbers (Knuth's MMIX generator), so that seeded tests need no dependency.
pub(crate) struct Lcg(u64);

impl Lcg {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub(crate) fn below(&mut self, limit: u32) -> u32 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        u32::try_from((self.0 >> 33) % u64::from(limit)).unwrap()
    }
}

/// A raster of 50 m cells from the origin.
pub(crate) fn grid_of(columns: u32, rows: u32) -> Grid {
    let north_east = Planar::new(f64::from(columns) * 50.0, f64::from(rows) * 50.0);
    Grid::covering(Planar::new(0.0, 0.0), north_east, Metres::computed(50.0)).unwrap()
}

pub(crate) fn rectangle(west: f64, south: f64, east: f64, north: f64) -> Vec<Planar> {
    [(west, south), (east, south), (east, north), (west, north)].map(|(e, n)| Planar::new(e, n)).to_vec()
}

/// People in one hamlet that fills the raster.
pub(crate) fn everywhere(grid: &Grid, people: u32) -> People {
    let end = grid.north_east();
    let hamlet = Hamlet { name: "everywhere".into(), people, rings: vec![rectangle(0.0, 0.0, end.east, end.north)] };
    distribute(grid, &[hamlet]).unwrap()
}
