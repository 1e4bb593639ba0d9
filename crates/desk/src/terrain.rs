//! Lays a terrain file on a run's plane.

use hatang_core::{Metres, Planar};
use hatang_coverage::{Grid, Terrain};
use hatang_crs::{Crs, from_wgs84};
use hatang_exchange::geotiff::Raster;

use crate::error::{DeskError, ErrorKind};

/// A degree of latitude, in metres: near enough to say how fine a file is.
const DEGREE_M: f64 = 111_132.0;

/// Profiles are never finer than this, in metres.
const FINEST_M: f64 = 10.0;

/// The terrain of a rectangle in cells as fine as the file's own, in whole metres, which meet at `anchor` however large the
/// rectangle is. Each height is interpolated between the four that lie around the cell's middle, to the centimetre; one that
/// rests on a missing height is missing.
///
/// # Errors
/// [`ErrorKind::BadInput`] when the rectangle is too large or cannot be told in the file's system.
pub(crate) fn lay(
    raster: &Raster,
    plane: Crs,
    anchor: Planar,
    (south_west, north_east): (Planar, Planar),
) -> Result<Terrain, DeskError> {
    let own = Crs::from_epsg(u32::from(raster.epsg)).map_err(cannot_lay)?;
    let side_m = if own.is_projected() { raster.cell.1 } else { raster.cell.1 * DEGREE_M };
    let side_m = side_m.round().max(FINEST_M);
    let before = |anchor: f64, at: f64| anchor - ((anchor - at) / side_m).ceil() * side_m;
    let corner = Planar::new(before(anchor.east, south_west.east), before(anchor.north, south_west.north));
    let grid = Grid::covering(corner, north_east, Metres::computed(side_m)).map_err(cannot_lay)?;
    let height = |cell: usize| -> Result<f32, DeskError> {
        let (column, row) = grid.position(cell);
        let at = grid.centre(column, row);
        let (x, y) = if own.code() == plane.code() {
            (at.east, at.north)
        } else {
            from_wgs84(own, plane.lonlat_of(at).map_err(cannot_lay)?).map_err(cannot_lay)?
        };
        Ok(between(raster, x, y))
    };
    let heights = (0..grid.len()).map(height).collect::<Result<_, _>>()?;
    Ok(Terrain::new(grid, heights))
}

/// The height between the four middles of cells around a place; not a number off the raster and beside what is missing.
fn between(raster: &Raster, x: f64, y: f64) -> f32 {
    let column = (x - raster.south_west.east) / raster.cell.0 - 0.5;
    let row = (y - raster.south_west.north) / raster.cell.1 - 0.5;
    let (west, south) = (column.floor(), row.floor());
    let (east_share, north_share) = (column - west, row - south);
    let mut sum = 0.0;
    for (more_column, share_x) in [(0.0, 1.0 - east_share), (1.0, east_share)] {
        for (more_row, share_y) in [(0.0, 1.0 - north_share), (1.0, north_share)] {
            // A height without weight need not be known.
            if 0.0 < share_x * share_y {
                sum += share_x * share_y * at(raster, west + more_column, south + more_row);
            }
        }
    }
    #[expect(clippy::cast_possible_truncation, reason = "a height")]
    let height = ((sum * 100.0).round() / 100.0) as f32;
    height
}

fn at(raster: &Raster, column: f64, row: f64) -> f64 {
    let inside = (0.0..f64::from(raster.columns)).contains(&column) && (0.0..f64::from(raster.rows())).contains(&row);
    if !inside {
        return f64::NAN;
    }
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "inside the raster")]
    let (column, row) = (column as usize, row as usize);
    f64::from(raster.values[row * raster.columns as usize + column])
}

fn cannot_lay(error: impl std::fmt::Display) -> DeskError {
    DeskError::input(
        ErrorKind::BadInput,
        "terrain.cannot_lay",
        error,
        "Không đưa được địa hình lên mặt phẳng tính toán.",
        "The terrain cannot be laid on the plane of computing.",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn slope() -> Raster {
        // Rises a metre per cell eastwards and ten per cell northwards.
        let values = (0..12_u8).map(|cell| f32::from(cell % 4) + 10.0 * f32::from(cell / 4)).collect();
        Raster { epsg: 3405, south_west: Planar::new(600_000.0, 2_280_000.0), cell: (20.0, 20.0), columns: 4, values }
    }

    #[test]
    fn terrain_in_the_runs_own_cells_is_taken_as_it_is() {
        let raster = slope();
        let far = Planar::new(600_080.0, 2_280_060.0);
        let plane = Crs::from_epsg(3405).unwrap();
        let terrain = lay(&raster, plane, raster.south_west, (raster.south_west, far)).unwrap();
        assert_eq!(terrain.grid().cell(), Metres::computed(20.0));
        for cell in 0..12 {
            let seen = terrain.ground_m(raster.centre(cell)).unwrap();
            assert!((seen - f64::from(raster.values[cell])).abs() < 1e-9, "cell {cell}: {seen}");
        }
    }

    #[test]
    fn a_larger_rectangle_has_the_same_heights() {
        let raster = slope();
        let plane = Crs::from_epsg(3405).unwrap();
        let anchor = Planar::new(600_025.0, 2_280_025.0);
        let far = Planar::new(600_065.0, 2_280_045.0);
        let small = lay(&raster, plane, anchor, (anchor, far)).unwrap();
        let large = lay(&raster, plane, anchor, (Planar::new(600_001.0, 2_280_002.0), far)).unwrap();
        assert!(small.grid().len() < large.grid().len());
        for cell in 0..small.grid().len() {
            let (column, row) = small.grid().position(cell);
            let at = small.grid().centre(column, row);
            let near = Planar::new(at.east + 9.0, at.north - 9.0);
            assert_eq!(small.ground_m(near), large.ground_m(near), "{near:?}");
        }
    }

    #[test]
    fn heights_between_cells_are_interpolated_and_holes_stay_holes() {
        let mut raster = slope();
        assert!((between(&raster, 600_020.0, 2_280_010.0) - 0.5).abs() < 1e-6);
        assert!((between(&raster, 600_010.0, 2_280_020.0) - 5.0).abs() < 1e-6);
        raster.values[1] = f32::NAN;
        assert!(between(&raster, 600_020.0, 2_280_010.0).is_nan(), "beside a hole");
        assert!((between(&raster, 600_010.0, 2_280_010.0)).abs() < 1e-6, "on the middle of its neighbour");
        assert!(between(&raster, 600_005.0, 2_280_010.0).is_nan(), "off the raster");
    }
}
