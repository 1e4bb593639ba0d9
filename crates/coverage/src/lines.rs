//! Roads as lines that want coverage: which share of their length is served.

use hatang_core::Planar;
use serde::Serialize;

use crate::grid::Grid;

/// How much of some lines is served, in metres.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct LineCoverage {
    /// The part on the raster.
    pub length_m: f64,
    /// Of that, the part in served cells.
    pub covered_m: f64,
}

impl LineCoverage {
    /// The served share, 0 to 1; `None` for lines without length.
    #[must_use]
    pub fn share(&self) -> Option<f64> {
        (0.0 < self.length_m).then(|| self.covered_m / self.length_m)
    }
}

/// How much of a line lies in served cells.
#[must_use]
pub fn line_coverage(grid: &Grid, line: &[Planar], served: impl Fn(usize) -> bool) -> LineCoverage {
    let mut coverage = LineCoverage::default();
    along(grid, line, |cell, length_m| {
        coverage.length_m += length_m;
        coverage.covered_m += if served(cell) { length_m } else { 0.0 };
    });
    coverage
}

/// Cuts a line at the edges of cells and tells each piece's cell and length, in metres; what is off the raster is left out.
///
/// A piece along an edge belongs to one of the two cells, so no metre counts twice. `O(cells crossed · log)`.
pub fn along(grid: &Grid, line: &[Planar], mut piece: impl FnMut(usize, f64)) {
    let side = grid.cell().get();
    let origin = grid.south_west();
    for ends in line.windows(2) {
        let (from, to) = (ends[0], ends[1]);
        let (east, north) = (to.east - from.east, to.north - from.north);
        let length_m = east.hypot(north);
        if !(0.0 < length_m && length_m.is_finite()) {
            continue;
        }
        let mut stops = vec![0.0, 1.0];
        stops.extend(crossings(from.east - origin.east, east, side));
        stops.extend(crossings(from.north - origin.north, north, side));
        stops.sort_by(f64::total_cmp);
        for between in stops.windows(2) {
            let middle = f64::midpoint(between[0], between[1]);
            let at = Planar::new(from.east + middle * east, from.north + middle * north);
            if let (Some(cell), true) = (grid.cell_at(at), between[0] < between[1]) {
                piece(cell, (between[1] - between[0]) * length_m);
            }
        }
    }
}

/// The shares of a way from `from` over `over` at which it passes a whole multiple of `side`.
fn crossings(from: f64, over: f64, side: f64) -> Vec<f64> {
    let (low, high) = (from.min(from + over), from.max(from + over));
    let mut crossings = Vec::new();
    let mut multiple = (low / side).floor() + 1.0;
    while over != 0.0 && multiple * side < high {
        crossings.push((multiple * side - from) / over);
        multiple += 1.0;
    }
    crossings
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{Lcg, grid_of};

    fn at(east: f64, north: f64) -> Planar {
        Planar::new(east, north)
    }

    #[test]
    fn a_line_is_counted_once_however_it_runs_over_the_cells() {
        let grid = grid_of(20, 20);
        let mut random = Lcg::new(11);
        for _ in 0..300 {
            // Often along the edges of cells or through their corners.
            let mut corner = || at(f64::from(random.below(41)) * 25.0, f64::from(random.below(41)) * 25.0);
            let line = vec![corner(), corner(), corner()];
            let length_m: f64 = line.windows(2).map(|e| (e[1].east - e[0].east).hypot(e[1].north - e[0].north)).sum();
            let odd = line_coverage(&grid, &line, |cell| cell % 2 == 1);
            let even = line_coverage(&grid, &line, |cell| cell % 2 == 0);
            assert!((odd.length_m - length_m).abs() < 1e-6, "{line:?}");
            assert!((odd.covered_m + even.covered_m - length_m).abs() < 1e-6, "{line:?}");
        }
    }

    #[test]
    fn the_share_is_that_of_the_metres_in_served_cells() {
        let coverage = line_coverage(&grid_of(4, 1), &[at(10.0, 10.0), at(190.0, 10.0)], |cell| cell == 1);
        assert!((coverage.share().unwrap() - 50.0 / 180.0).abs() < 1e-12);
        let beyond = line_coverage(&grid_of(4, 1), &[at(-100.0, 10.0), at(100.0, 10.0)], |_| true);
        assert!((beyond.length_m - 100.0).abs() < 1e-9);
        assert_eq!(line_coverage(&grid_of(4, 1), &[at(1.0, 1.0)], |_| true).share(), None);
    }
}
