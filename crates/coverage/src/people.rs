//! Where people live: hamlets' official totals, cell by cell.

use hatang_core::Planar;
use serde::Serialize;

use crate::apportion;
use crate::grid::Grid;

/// A hamlet (thôn) with its official number of people.
#[derive(Clone, Debug, PartialEq)]
pub struct Hamlet {
    /// Its name, as the plan writes it.
    pub name: String,
    /// How many people live there.
    pub people: u32,
    /// Its outline: rings under the even-odd rule, so holes and separate parts are further rings.
    pub rings: Vec<Vec<Planar>>,
}

/// Why a hamlet's people cannot be placed.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum InvalidHamlet {
    /// There is nowhere to put anybody.
    #[error("hamlet `{name}` has no position in its outline")]
    NoOutline {
        /// The hamlet's name.
        name: String,
    },
    /// Part of the hamlet lies off the raster, so its people would be crowded into the rest.
    #[error("hamlet `{name}` reaches {at:?}, which is off the raster")]
    OffGrid {
        /// The hamlet's name.
        name: String,
        /// The first such position.
        at: Planar,
    },
}

/// The people of one hamlet in one cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Residents {
    /// The cell's index.
    pub cell: usize,
    /// The hamlet's index.
    pub hamlet: usize,
    /// How many live there. Zero where a hamlet has more cells than people.
    pub people: u32,
}

/// Everybody, placed on a raster.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct People {
    grid: Grid,
    hamlets: Vec<String>,
    residents: Vec<Residents>,
}

impl People {
    /// The raster they are placed on.
    #[must_use]
    pub const fn grid(&self) -> &Grid {
        &self.grid
    }

    /// The hamlets' names, in the order they were given.
    #[must_use]
    pub fn hamlets(&self) -> &[String] {
        &self.hamlets
    }

    /// Each cell of each hamlet with its people, by cell and then by hamlet. A cell inside two hamlets has two entries.
    #[must_use]
    pub fn residents(&self) -> &[Residents] {
        &self.residents
    }

    /// The entries of one cell.
    #[must_use]
    pub fn living_in(&self, cell: usize) -> &[Residents] {
        let from = self.residents.partition_point(|r| r.cell < cell);
        let to = self.residents.partition_point(|r| r.cell <= cell);
        &self.residents[from..to]
    }
}

/// Places each hamlet's people evenly in the cells whose centre lies inside it; a hamlet that holds no centre takes the
/// cell of its middle. Every hamlet's sum is exactly its official total, also where hamlets overlap.
///
/// # Errors
/// [`InvalidHamlet`] for the first hamlet without an outline or not wholly on the raster.
pub fn distribute(grid: &Grid, hamlets: &[Hamlet]) -> Result<People, InvalidHamlet> {
    let mut residents = Vec::new();
    for (hamlet, given) in hamlets.iter().enumerate() {
        let cells = cells_of(grid, given)?;
        let parts = u32::try_from(cells.len()).unwrap_or_else(|_| unreachable!("a raster has fewer than 2²⁶ cells"));
        let shares = apportion::evenly(given.people, parts);
        residents.extend(cells.into_iter().zip(shares).map(|(cell, people)| Residents { cell, hamlet, people }));
    }
    residents.sort_unstable();
    Ok(People { grid: *grid, hamlets: hamlets.iter().map(|h| h.name.clone()).collect(), residents })
}

fn cells_of(grid: &Grid, hamlet: &Hamlet) -> Result<Vec<usize>, InvalidHamlet> {
    let name = || hamlet.name.clone();
    if let Some(&at) = hamlet.rings.iter().flatten().find(|at| grid.cell_at(**at).is_none()) {
        return Err(InvalidHamlet::OffGrid { name: name(), at });
    }
    let cells = grid.cells_inside(&hamlet.rings);
    if !cells.is_empty() {
        return Ok(cells);
    }
    // Smaller than a cell: the mean of its corners is as good a middle as any, and is on the raster because they are.
    let (mut count, mut east, mut north) = (0.0, 0.0, 0.0);
    for at in hamlet.rings.iter().flatten() {
        count += 1.0;
        east += at.east;
        north += at.north;
    }
    let middle = grid.cell_at(Planar::new(east / count, north / count));
    middle.map(|cell| vec![cell]).ok_or_else(|| InvalidHamlet::NoOutline { name: name() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{Lcg, grid_of, rectangle};

    fn hamlet(name: &str, people: u32, ring: Vec<Planar>) -> Hamlet {
        Hamlet { name: name.into(), people, rings: vec![ring] }
    }

    fn totals(people: &People) -> Vec<u32> {
        let mut totals = vec![0; people.hamlets().len()];
        for residents in people.residents() {
            totals[residents.hamlet] += residents.people;
        }
        totals
    }

    #[test]
    fn every_hamlet_keeps_its_exact_total_however_hamlets_overlap() {
        let grid = grid_of(40, 30);
        for seed in 0..100 {
            let mut random = Lcg::new(seed);
            let hamlets: Vec<Hamlet> = (0..12)
                .map(|i| {
                    let mut corner = || Planar::new(f64::from(random.below(2001)), f64::from(random.below(1501)));
                    let ring = vec![corner(), corner(), corner()];
                    hamlet(&format!("hamlet {i}"), random.below(3_000), ring)
                })
                .collect();
            let people = distribute(&grid, &hamlets).unwrap();
            assert_eq!(totals(&people), hamlets.iter().map(|h| h.people).collect::<Vec<_>>(), "seed {seed}");
            assert!(people.residents().is_sorted());
        }
    }

    #[test]
    fn a_hamlet_smaller_than_a_cell_takes_the_cell_of_its_middle() {
        let people = distribute(&grid_of(4, 4), &[hamlet("small", 31, rectangle(101.0, 51.0, 109.0, 59.0))]).unwrap();
        assert_eq!(people.residents(), [Residents { cell: 6, hamlet: 0, people: 31 }]);
    }

    #[test]
    fn a_cell_inside_two_hamlets_holds_people_of_both() {
        let square = rectangle(0.0, 0.0, 50.0, 50.0);
        let people = distribute(&grid_of(2, 2), &[hamlet("a", 5, square.clone()), hamlet("b", 7, square)]).unwrap();
        assert_eq!(people.living_in(0).iter().map(|r| r.people).collect::<Vec<_>>(), [5, 7]);
        assert!(people.living_in(1).is_empty());
    }

    #[test]
    fn a_hamlet_that_cannot_be_placed_whole_is_refused() {
        for (name, ring) in [
            ("no outline", vec![]),
            ("off the raster", rectangle(50.0, 50.0, 101.0, 60.0)),
            ("no number", vec![Planar::new(f64::NAN, 0.0)]),
        ] {
            let refused = distribute(&grid_of(2, 2), &[hamlet(name, 9, ring)]).unwrap_err();
            assert!(refused.to_string().contains(name), "{refused}");
        }
    }
}
