//! Three levels of service, as few rectangles for the map.

use hatang_core::Planar;
use serde::{Deserialize, Serialize};

use crate::grid::Grid;
use crate::parameters::Parameters;
use crate::reach::Reach;

/// How well a cell is served, in words that a map can colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// Hardly anywhere.
    None,
    /// In places.
    Limited,
    /// Covered.
    Likely,
}

impl Level {
    /// The level of a probability.
    #[must_use]
    pub fn of(probability: f32, parameters: &Parameters) -> Self {
        let probability = f64::from(probability);
        if parameters.covered_at.value <= probability {
            Self::Likely
        } else if parameters.limited_at.value <= probability {
            Self::Limited
        } else {
            Self::None
        }
    }
}

/// A rectangle of cells of one level.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Band {
    /// Their level.
    pub level: Level,
    /// The outer corner of the first cell.
    pub south_west: Planar,
    /// The outer corner of the last cell.
    pub north_east: Planar,
}

impl Band {
    /// The four corners, counter-clockwise from the south-west.
    #[must_use]
    pub fn corners(&self) -> [Planar; 4] {
        let (from, to) = (self.south_west, self.north_east);
        [from, Planar::new(to.east, from.north), to, Planar::new(from.east, to.north)]
    }
}

/// A run of equal cells that may grow northwards.
#[derive(Clone, Copy)]
struct Run {
    level: Level,
    first_column: u32,
    end_column: u32,
    first_row: u32,
}

/// The cells for which `shown` holds, as rectangles of one level: each row's runs of equal cells, joined with the row
/// below where the run there is the same. Every shown cell is in exactly one rectangle. Rectangles are in the order of
/// their northern edge, then from west to east.
///
/// # Panics
/// When `shown` has not one entry per cell.
#[must_use]
pub fn bands(reach: &Reach, parameters: &Parameters, shown: &[bool]) -> Vec<Band> {
    let grid = &reach.grid;
    assert_eq!(shown.len(), grid.len(), "one entry per cell");
    joined(grid, |cell| shown[cell].then(|| Level::of(reach.probability[cell], parameters)))
}

fn joined(grid: &Grid, level: impl Fn(usize) -> Option<Level>) -> Vec<Band> {
    let mut bands = Vec::new();
    let mut below: Vec<Run> = Vec::new();
    for row in 0..grid.rows() {
        let mut runs = runs(row, grid.columns(), |column| level(grid.index(column, row)));
        for run in &below {
            match runs.iter_mut().find(|above| above.is_same_as(run)) {
                Some(above) => above.first_row = run.first_row,
                None => bands.push(run.up_to(row, grid)),
            }
        }
        below = runs;
    }
    bands.extend(below.iter().map(|run| run.up_to(grid.rows(), grid)));
    bands
}

/// Some cells as few rectangles, each given by its four corners, counter-clockwise from the south-west.
///
/// # Panics
/// When `shown` has not one entry per cell.
#[must_use]
pub fn rectangles(grid: &Grid, shown: &[bool]) -> Vec<[Planar; 4]> {
    assert_eq!(shown.len(), grid.len(), "one entry per cell");
    joined(grid, |cell| shown[cell].then_some(Level::Likely)).iter().map(Band::corners).collect()
}

fn runs(row: u32, columns: u32, level: impl Fn(u32) -> Option<Level>) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    for column in 0..columns {
        let Some(level) = level(column) else { continue };
        match runs.last_mut() {
            Some(run) if run.level == level && run.end_column == column => run.end_column += 1,
            _ => runs.push(Run { level, first_column: column, end_column: column + 1, first_row: row }),
        }
    }
    runs
}

impl Run {
    fn is_same_as(&self, other: &Self) -> bool {
        (self.level, self.first_column, self.end_column) == (other.level, other.first_column, other.end_column)
    }

    fn up_to(&self, end_row: u32, grid: &Grid) -> Band {
        Band {
            level: self.level,
            south_west: grid.corner(self.first_column, self.first_row),
            north_east: grid.corner(self.end_column, end_row),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reach::Flags;
    use crate::testing::{Lcg, grid_of};

    fn with_levels(columns: u32, rows: u32, level: impl FnMut(usize) -> f32) -> Reach {
        let grid = grid_of(columns, rows);
        let probability: Vec<f32> = (0..grid.len()).map(level).collect();
        let (best_server, operators) = (vec![None; grid.len()], vec![0; grid.len()]);
        Reach { grid, best_server, operators, probability, flags: Flags::default() }
    }

    #[test]
    fn every_shown_cell_lies_in_one_rectangle_of_its_level() {
        let parameters = Parameters::default_5g();
        for seed in 0..100 {
            let mut random = Lcg::new(seed);
            let reach =
                with_levels(1 + random.below(20), 1 + random.below(20), |_| [0.0, 0.6, 0.95][random.below(3) as usize]);
            let shown: Vec<bool> = (0..reach.grid.len()).map(|_| 0 < random.below(4)).collect();
            let bands = bands(&reach, &parameters, &shown);
            for (cell, &is_shown) in shown.iter().enumerate() {
                let (column, row) = reach.grid.position(cell);
                let at = reach.grid.centre(column, row);
                let holding: Vec<Level> = bands
                    .iter()
                    .filter(|band| {
                        (band.south_west.east..band.north_east.east).contains(&at.east)
                            && (band.south_west.north..band.north_east.north).contains(&at.north)
                    })
                    .map(|band| band.level)
                    .collect();
                let expected = Level::of(reach.probability[cell], &parameters);
                assert_eq!(holding, if is_shown { vec![expected] } else { vec![] }, "seed {seed}, cell {cell}");
            }
        }
    }

    #[test]
    fn equal_rows_become_one_rectangle() {
        let reach = with_levels(4, 3, |cell| if cell % 4 < 2 { 0.95 } else { 0.0 });
        let bands = bands(&reach, &Parameters::default_5g(), &[true; 12]);
        assert_eq!(bands.iter().map(|band| band.level).collect::<Vec<_>>(), [Level::Likely, Level::None]);
        let corners = bands[0].corners().map(|at| (at.east, at.north));
        assert_eq!(corners, [(0.0, 0.0), (100.0, 0.0), (100.0, 150.0), (0.0, 150.0)]);
    }

    #[test]
    fn a_level_begins_at_its_share() {
        let parameters = Parameters::default_5g();
        for (probability, level) in [
            (0.0, Level::None),
            (0.49, Level::None),
            (0.5, Level::Limited),
            (0.89, Level::Limited),
            (0.91, Level::Likely),
        ] {
            assert_eq!(Level::of(probability, &parameters), level, "{probability}");
        }
    }
}
