//! The metric raster that everything is computed on.

use hatang_core::{Metres, Planar};
use serde::{Deserialize, Serialize};

/// Square cells on a map plane, in rows from south to north and columns from west to east.
///
/// A cell is named by its index, `row × columns + column`. The south-west corner is a whole multiple of the cell's side,
/// so that neighbouring territories share their cells.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Grid {
    south_west: Planar,
    cell: Metres,
    columns: u32,
    rows: u32,
}

/// Why a raster cannot be laid.
#[derive(Clone, Copy, Debug, PartialEq, thiserror::Error)]
pub enum InvalidGrid {
    /// The two corners do not bound a rectangle.
    #[error("the corners {south_west:?} and {north_east:?} are not south-west and north-east of a rectangle")]
    Corners {
        /// The first corner as given.
        south_west: Planar,
        /// The second corner as given.
        north_east: Planar,
    },
    /// Cells without extent.
    #[error("a cell of {cell} has no area")]
    NoArea {
        /// The side as given.
        cell: Metres,
    },
    /// More cells than one run holds.
    #[error("{cells:.0} cells of {cell} are more than the {MOST_CELLS} that one raster holds")]
    TooMany {
        /// The side as given.
        cell: Metres,
        /// How many it would take.
        cells: f64,
    },
}

/// A nation at 100 m has 33 million cells; beyond twice that a run is cut into pieces.
const MOST_CELLS: u32 = 1 << 26;

impl Grid {
    /// The smallest raster of `cell`-sided squares that covers the rectangle between two corners.
    ///
    /// # Errors
    /// [`InvalidGrid`] when the corners are not in order, a cell has no area, or there would be too many.
    pub fn covering(south_west: Planar, north_east: Planar, cell: Metres) -> Result<Self, InvalidGrid> {
        let side = cell.get();
        if side <= 0.0 {
            return Err(InvalidGrid::NoArea { cell });
        }
        let finite =
            [south_west.east, south_west.north, north_east.east, north_east.north].iter().all(|c| c.is_finite());
        if !finite || north_east.east < south_west.east || north_east.north < south_west.north {
            return Err(InvalidGrid::Corners { south_west, north_east });
        }
        let west = (south_west.east / side).floor();
        let south = (south_west.north / side).floor();
        let columns = ((north_east.east / side).ceil() - west).max(1.0);
        let rows = ((north_east.north / side).ceil() - south).max(1.0);
        if f64::from(MOST_CELLS) < columns * rows {
            return Err(InvalidGrid::TooMany { cell, cells: columns * rows });
        }
        let south_west = Planar::new(west * side, south * side);
        Ok(Self { south_west, cell, columns: whole(columns), rows: whole(rows) })
    }

    /// The outer corner of the first cell.
    #[must_use]
    pub const fn south_west(&self) -> Planar {
        self.south_west
    }

    /// The outer corner of the last cell.
    #[must_use]
    pub fn north_east(&self) -> Planar {
        self.corner(self.columns, self.rows)
    }

    /// The side of a cell.
    #[must_use]
    pub const fn cell(&self) -> Metres {
        self.cell
    }

    /// The area of a cell, in square metres.
    #[must_use]
    pub fn cell_area_m2(&self) -> f64 {
        self.cell.get() * self.cell.get()
    }

    /// Cells from west to east.
    #[must_use]
    pub const fn columns(&self) -> u32 {
        self.columns
    }

    /// Cells from south to north.
    #[must_use]
    pub const fn rows(&self) -> u32 {
        self.rows
    }

    /// How many cells there are.
    #[must_use]
    #[expect(clippy::len_without_is_empty, reason = "a raster has at least one cell")]
    pub const fn len(&self) -> usize {
        self.columns as usize * self.rows as usize
    }

    /// The index of the cell in a column and row.
    #[must_use]
    pub const fn index(&self, column: u32, row: u32) -> usize {
        row as usize * self.columns as usize + column as usize
    }

    /// The column and row of a cell's index.
    #[must_use]
    #[expect(clippy::cast_possible_truncation, reason = "a raster has fewer than 2²⁶ cells")]
    pub const fn position(&self, index: usize) -> (u32, u32) {
        (index as u32 % self.columns, index as u32 / self.columns)
    }

    /// The middle of the cell in a column and row.
    #[must_use]
    pub fn centre(&self, column: u32, row: u32) -> Planar {
        self.at(f64::from(column) + 0.5, f64::from(row) + 0.5)
    }

    /// The lattice point south-west of the cell in a column and row.
    #[must_use]
    pub fn corner(&self, column: u32, row: u32) -> Planar {
        self.at(f64::from(column), f64::from(row))
    }

    /// The raster of a rectangle of cells, from the first column and row up to but without the last.
    ///
    /// # Panics
    /// When the rectangle is empty or not inside.
    #[must_use]
    pub fn window(&self, columns: &std::ops::Range<u32>, rows: &std::ops::Range<u32>) -> Self {
        assert!(columns.start < columns.end && columns.end <= self.columns, "{columns:?} of {} columns", self.columns);
        assert!(rows.start < rows.end && rows.end <= self.rows, "{rows:?} of {} rows", self.rows);
        Self {
            south_west: self.corner(columns.start, rows.start),
            cell: self.cell,
            columns: columns.end - columns.start,
            rows: rows.end - rows.start,
        }
    }

    /// The index of the cell that holds a position; a position on an edge belongs to the cell east or north of it, and
    /// on the raster's outer edge to the last cell. `None` off the raster.
    #[must_use]
    pub fn cell_at(&self, at: Planar) -> Option<usize> {
        let column = (at.east - self.south_west.east) / self.cell.get();
        let row = (at.north - self.south_west.north) / self.cell.get();
        let inside = (0.0..=f64::from(self.columns)).contains(&column) && (0.0..=f64::from(self.rows)).contains(&row);
        inside.then(|| self.index(whole(column).min(self.columns - 1), whole(row).min(self.rows - 1)))
    }

    /// The cells whose centre lies inside some rings, by the even-odd rule, in the order of their index.
    ///
    /// Rings may be closed or not; holes and separate parts are simply further rings. Of two areas that share an edge,
    /// exactly one holds a centre on that edge. `O(rows × positions)`.
    #[must_use]
    pub fn cells_inside(&self, rings: &[Vec<Planar>]) -> Vec<usize> {
        let mut cells = Vec::new();
        for row in 0..self.rows {
            let north = self.centre(0, row).north;
            let mut crossings: Vec<f64> =
                rings.iter().flat_map(|ring| edges(ring)).filter_map(|edge| crossing(edge, north)).collect();
            crossings.sort_by(f64::total_cmp);
            for inside in crossings.chunks_exact(2) {
                cells.extend(
                    (self.first_from(inside[0])..self.first_from(inside[1])).map(|column| self.index(column, row)),
                );
            }
        }
        cells
    }

    /// The first column whose centre is not west of an easting.
    fn first_from(&self, east: f64) -> u32 {
        let column = ((east - self.south_west.east) / self.cell.get() - 0.5).ceil();
        whole(column.clamp(0.0, f64::from(self.columns)))
    }

    fn at(&self, column: f64, row: f64) -> Planar {
        let Planar { east, north } = self.south_west;
        Planar::new(east + column * self.cell.get(), north + row * self.cell.get())
    }
}

/// The edges of a ring, the closing one included.
fn edges(ring: &[Planar]) -> impl Iterator<Item = (Planar, Planar)> {
    ring.iter().copied().zip(ring.iter().copied().cycle().skip(1))
}

/// The easting at which an edge crosses a parallel. An edge holds its lower end and not its upper one, so that a ring
/// crosses every parallel an even number of times.
fn crossing((from, to): (Planar, Planar), north: f64) -> Option<f64> {
    // Both areas beside an edge must compute the same easting, whichever way round they name it.
    let (low, high) = if from.north <= to.north { (from, to) } else { (to, from) };
    (low.north <= north && north < high.north)
        .then(|| low.east + (high.east - low.east) * (north - low.north) / (high.north - low.north))
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "callers pass 0 to 2²⁶")]
fn whole(number: f64) -> u32 {
    number as u32
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{Lcg, grid_of, rectangle};

    #[test]
    fn a_raster_covers_its_rectangle_on_whole_multiples_of_the_cell() {
        let grid = Grid::covering(Planar::new(120.0, 49.0), Planar::new(250.0, 101.0), Metres::computed(50.0)).unwrap();
        assert_eq!((grid.south_west(), grid.north_east()), (Planar::new(100.0, 0.0), Planar::new(250.0, 150.0)));
        assert_eq!((grid.columns(), grid.rows(), grid.len()), (3, 3, 9));
        assert_eq!(grid.centre(1, 2), Planar::new(175.0, 125.0));
        assert_eq!(grid.position(grid.index(1, 2)), (1, 2));
    }

    #[test]
    fn a_raster_that_cannot_be_laid_is_refused() {
        let (origin, metre) = (Planar::new(0.0, 0.0), Metres::computed(1.0));
        for (name, south_west, north_east, cell) in [
            ("cells without area", origin, Planar::new(9.0, 9.0), Metres::ZERO),
            ("corners swapped", Planar::new(9.0, 9.0), origin, metre),
            ("no number", origin, Planar::new(f64::NAN, 9.0), metre),
            ("too many cells", origin, Planar::new(1e5, 1e5), metre),
        ] {
            assert!(Grid::covering(south_west, north_east, cell).is_err(), "{name}");
        }
    }

    #[test]
    fn a_position_falls_into_one_cell_or_off_the_raster() {
        let grid = grid_of(4, 3);
        for (name, east, north, cell) in [
            ("inside", 75.0, 25.0, Some(1)),
            ("on an inner edge", 50.0, 0.0, Some(1)),
            ("on the outer corner", 200.0, 150.0, Some(11)),
            ("west", -0.1, 25.0, None),
            ("north", 75.0, 150.1, None),
            ("no number", f64::NAN, 25.0, None),
        ] {
            assert_eq!(grid.cell_at(Planar::new(east, north)), cell, "{name}");
        }
    }

    #[test]
    fn an_area_holds_the_cells_whose_centre_is_inside() {
        let grid = grid_of(4, 4);
        let with_hole = vec![rectangle(0.0, 0.0, 200.0, 200.0), rectangle(40.0, 40.0, 160.0, 160.0)];
        assert_eq!(grid.cells_inside(&with_hole), [0, 1, 2, 3, 4, 7, 8, 11, 12, 13, 14, 15]);
        let far_beyond = vec![rectangle(-1e6, -1e6, 1e6, 1e6)];
        assert_eq!(grid.cells_inside(&far_beyond).len(), 16);
        assert!(grid.cells_inside(&[rectangle(26.0, 26.0, 74.0, 74.0)]).is_empty());
    }

    #[test]
    fn neighbouring_areas_share_no_cell_and_leave_none_out() {
        let grid = grid_of(20, 20);
        let mut random = Lcg::new(7);
        for _ in 0..200 {
            // A square cut in four along lines through a common point, often exactly on cell centres.
            let middle = Planar::new(f64::from(random.below(40)) * 25.0, f64::from(random.below(40)) * 25.0);
            let corners = rectangle(0.0, 0.0, 1000.0, 1000.0);
            let mut times = vec![0; grid.len()];
            for quarter in 0..4 {
                let ring = vec![corners[quarter], corners[(quarter + 1) % 4], middle];
                for cell in grid.cells_inside(&[ring]) {
                    times[cell] += 1;
                }
            }
            assert!(times.iter().all(|&n| n == 1), "middle {middle:?}");
        }
    }
}
