//! Where people live: hamlets' official totals, cell by cell.

use std::collections::BTreeMap;

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

/// Something that says where within their hamlet people live: a building with its floor area, or a cell of a population
/// grid with its estimate. Only the proportions count.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Dwelling {
    /// Where it is.
    pub at: Planar,
    /// How many people it holds compared with the others.
    pub weight: u64,
}

/// How people were placed by dwellings.
#[derive(Clone, Debug, PartialEq)]
pub struct Placed {
    /// Everybody.
    pub people: People,
    /// Hamlets without any dwelling, whose people were spread evenly, by index.
    pub spread_evenly: Vec<usize>,
    /// Dwellings in no hamlet, which hold nobody.
    pub outside: usize,
}

/// Places each hamlet's people in the cells of its dwellings, in proportion to their weight; where a hamlet has none,
/// evenly as [`distribute`] does. Every hamlet's sum is exactly its official total: dwellings decide where, never how many.
///
/// A dwelling on the border of two hamlets belongs to one of them; in hamlets that overlap, to the first.
///
/// # Errors
/// As for [`distribute`].
pub fn distribute_to(grid: &Grid, hamlets: &[Hamlet], dwellings: &[Dwelling]) -> Result<Placed, InvalidHamlet> {
    let mut free = vec![true; dwellings.len()];
    let mut residents: BTreeMap<(usize, usize), u32> = BTreeMap::new();
    let mut spread_evenly = Vec::new();
    for (hamlet, given) in hamlets.iter().enumerate() {
        let even = cells_of(grid, given)?;
        let own: Vec<usize> =
            (0..dwellings.len()).filter(|index| free[*index] && holds(&given.rings, dwellings[*index].at)).collect();
        let weights: Vec<u64> = own.iter().map(|index| dwellings[*index].weight).collect();
        let cells: Vec<usize> = own.iter().filter_map(|index| grid.cell_at(dwellings[*index].at)).collect();
        for index in own {
            free[index] = false;
        }
        if let (Some(parts), true) = (apportion::by_weight(given.people, &weights), cells.len() == weights.len()) {
            for (cell, people) in cells.into_iter().zip(parts) {
                *residents.entry((cell, hamlet)).or_default() += people;
            }
            // The rest of its land stays its land: a gap is not torn apart by fields between houses.
            for cell in even {
                residents.entry((cell, hamlet)).or_default();
            }
        } else {
            spread_evenly.push(hamlet);
            let parts = u32::try_from(even.len()).unwrap_or_else(|_| unreachable!("a raster has fewer than 2²⁶ cells"));
            for (cell, people) in even.into_iter().zip(apportion::evenly(given.people, parts)) {
                *residents.entry((cell, hamlet)).or_default() += people;
            }
        }
    }
    let residents = residents.into_iter().map(|((cell, hamlet), people)| Residents { cell, hamlet, people }).collect();
    let hamlets = hamlets.iter().map(|hamlet| hamlet.name.clone()).collect();
    let outside = free.into_iter().filter(|free| *free).count();
    Ok(Placed { people: People { grid: *grid, hamlets, residents }, spread_evenly, outside })
}

/// Whether a position lies in some rings, by the even-odd rule; of two areas that share an edge, one holds it.
fn holds(rings: &[Vec<Planar>], at: Planar) -> bool {
    let mut inside = false;
    for ring in rings {
        for (from, to) in ring.iter().zip(ring.iter().cycle().skip(1)) {
            let (low, high) = if from.north <= to.north { (from, to) } else { (to, from) };
            if low.north <= at.north && at.north < high.north {
                let east = low.east + (high.east - low.east) * (at.north - low.north) / (high.north - low.north);
                inside ^= east <= at.east;
            }
        }
    }
    inside
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

    #[test]
    fn dwellings_decide_where_and_the_official_figures_how_many() {
        let grid = grid_of(40, 30);
        for seed in 0..60 {
            let mut random = Lcg::new(seed);
            // Neighbours share edges, and many dwellings stand exactly on them.
            let hamlets: Vec<Hamlet> = (0..6)
                .map(|i| {
                    let west = f64::from(i % 3) * 500.0;
                    let south = f64::from(i / 3) * 500.0;
                    hamlet(
                        &format!("hamlet {i}"),
                        random.below(3_000),
                        rectangle(west, south, west + 500.0, south + 500.0),
                    )
                })
                .collect();
            let dwellings: Vec<Dwelling> = (0..random.below(80))
                .map(|_| Dwelling {
                    at: Planar::new(f64::from(random.below(8)) * 250.0, f64::from(random.below(6)) * 250.0),
                    weight: u64::from(random.below(400)),
                })
                .collect();
            let placed = distribute_to(&grid, &hamlets, &dwellings).unwrap();
            assert_eq!(totals(&placed.people), hamlets.iter().map(|h| h.people).collect::<Vec<_>>(), "seed {seed}");
            assert!(placed.people.residents().is_sorted());
            let within = |d: &&Dwelling| d.at.east < 1_500.0 && d.at.north < 1_000.0;
            assert_eq!(placed.outside, dwellings.len() - dwellings.iter().filter(within).count(), "seed {seed}");
        }
    }

    #[test]
    fn people_live_in_the_cells_of_their_houses_by_their_size() {
        let houses = [(25.0, 25.0, 300), (30.0, 30.0, 300), (175.0, 25.0, 200)];
        let houses = houses.map(|(east, north, weight)| Dwelling { at: Planar::new(east, north), weight });
        let hamlets = [
            hamlet("built", 80, rectangle(0.0, 0.0, 200.0, 50.0)),
            hamlet("empty", 3, rectangle(0.0, 50.0, 50.0, 100.0)),
        ];
        let placed = distribute_to(&grid_of(4, 2), &hamlets, &houses).unwrap();
        let people: Vec<(usize, u32)> = placed.people.residents().iter().map(|r| (r.cell, r.people)).collect();
        assert_eq!(people, [(0, 60), (1, 0), (2, 0), (3, 20), (4, 3)]);
        assert_eq!((placed.spread_evenly, placed.outside), (vec![1], 0));
    }
}
