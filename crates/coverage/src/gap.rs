//! Where people or priority places are and no signal is, ranked.

pub mod outline;
pub mod shortfall;

use std::cmp::Reverse;
use std::collections::BTreeMap;

use hatang_core::Planar;
use serde::Serialize;

pub use self::outline::Outline;
pub use self::shortfall::{Shortfall, shortfall, shortfall_over_terrain};
use crate::grid::Grid;
use crate::lines::along;
use crate::people::People;

/// One connected uncovered place with people or priority places in it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Gap {
    /// Its cells, in order; connected side by side, not by corners.
    pub cells: Vec<usize>,
    /// Everybody who lives there.
    pub people: u64,
    /// The hamlets that they belong to, in order.
    pub hamlets: Vec<HamletInGap>,
    /// Indices of the priority places there, in order.
    pub places: Vec<usize>,
    /// Roads there, in metres.
    pub road_m: f64,
    /// Area of the cells, in square metres.
    pub area_m2: f64,
    /// The centre of the cell that is nearest to the middle of its people (of its cells, where nobody lives), and so
    /// always inside the gap.
    pub centre: Planar,
    /// The outline of its cells.
    pub outline: Outline,
}

/// How many of a hamlet's people live in a gap.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct HamletInGap {
    /// The hamlet's index.
    pub hamlet: usize,
    /// Its people there; never zero.
    pub people: u64,
}

/// Every gap, the most pressing first.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Gaps {
    /// Ranked by priority places, then people, then area, then the first cell.
    pub ranked: Vec<Gap>,
    /// Indices of the priority places that lie off the raster, about which nothing is known.
    pub places_off_grid: Vec<usize>,
}

/// Finds and ranks the gaps: `served` tells of each cell whether it is none, for example because one operator covers it,
/// or because enough do for a choice. Roads are measured inside the gaps that people or places make.
///
/// A cell belongs to a gap when it is not served and lies in an inhabited hamlet or holds a priority place. Rounding
/// people to whole numbers leaves cells of a hamlet empty; they still count as its land, so that they do not tear a gap
/// apart. A group of cells with neither people nor places is no gap.
///
/// Source of the order: key sites below the threshold come first, then people out of reach.
///
#[must_use]
pub fn gaps(people: &People, places: &[Planar], roads: &[Vec<Planar>], served: impl Fn(usize) -> bool) -> Gaps {
    let grid = people.grid();
    let mut places_in: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    let mut places_off_grid = Vec::new();
    for (place, at) in places.iter().enumerate() {
        match grid.cell_at(*at) {
            Some(cell) => places_in.entry(cell).or_default().push(place),
            None => places_off_grid.push(place),
        }
    }
    let mut wanted = vec![false; grid.len()];
    for cell in inhabited(people).chain(places_in.keys().copied()) {
        wanted[cell] = !served(cell);
    }
    let mut road_m = vec![0.0; grid.len()];
    for road in roads {
        along(grid, road, |cell, length_m| road_m[cell] += length_m);
    }
    let mut ranked: Vec<Gap> = components(grid, wanted)
        .into_iter()
        .map(|cells| describe(people, &places_in, &road_m, cells))
        .filter(|gap| 0 < gap.people || !gap.places.is_empty())
        .collect();
    // Components come in the order of their first cell, and the sort is stable.
    ranked.sort_by_key(|gap| Reverse((gap.places.len(), gap.people, gap.cells.len())));
    Gaps { ranked, places_off_grid }
}

/// The cells of hamlets in which anybody lives.
fn inhabited(people: &People) -> impl Iterator<Item = usize> {
    let mut anybody = vec![false; people.hamlets().len()];
    for residents in people.residents() {
        anybody[residents.hamlet] |= 0 < residents.people;
    }
    people.residents().iter().filter(move |residents| anybody[residents.hamlet]).map(|residents| residents.cell)
}

/// Groups of wanted cells that are connected side by side; each group and the groups in the order of their cells.
fn components(grid: &Grid, mut wanted: Vec<bool>) -> Vec<Vec<usize>> {
    let mut components = Vec::new();
    for start in 0..grid.len() {
        let mut cells = Vec::new();
        let mut open = vec![start];
        while let Some(cell) = open.pop() {
            if std::mem::take(&mut wanted[cell]) {
                cells.push(cell);
                open.extend(beside(grid, cell));
            }
        }
        if !cells.is_empty() {
            cells.sort_unstable();
            components.push(cells);
        }
    }
    components
}

fn beside(grid: &Grid, cell: usize) -> impl Iterator<Item = usize> {
    let (column, row) = grid.position(cell);
    let columns = grid.columns() as usize;
    [
        (0 < column).then(|| cell - 1),
        (column + 1 < grid.columns()).then_some(cell + 1),
        (0 < row).then(|| cell - columns),
        (row + 1 < grid.rows()).then_some(cell + columns),
    ]
    .into_iter()
    .flatten()
}

fn describe(people: &People, places_in: &BTreeMap<usize, Vec<usize>>, road_m: &[f64], cells: Vec<usize>) -> Gap {
    let grid = people.grid();
    let mut by_hamlet: BTreeMap<usize, u64> = BTreeMap::new();
    let mut places = Vec::new();
    let mut area_m2 = 0.0;
    let mut weighted: Vec<(Planar, f64)> = Vec::with_capacity(cells.len());
    for &cell in &cells {
        let mut living = 0.0;
        for residents in people.living_in(cell).iter().filter(|residents| 0 < residents.people) {
            *by_hamlet.entry(residents.hamlet).or_default() += u64::from(residents.people);
            living += f64::from(residents.people);
        }
        places.extend(places_in.get(&cell).into_iter().flatten().copied());
        area_m2 += grid.cell_area_m2();
        let (column, row) = grid.position(cell);
        weighted.push((grid.centre(column, row), living));
    }
    places.sort_unstable();
    Gap {
        people: by_hamlet.values().sum(),
        hamlets: by_hamlet.into_iter().map(|(hamlet, people)| HamletInGap { hamlet, people }).collect(),
        places,
        road_m: cells.iter().map(|cell| road_m[*cell]).sum(),
        area_m2,
        centre: middle(weighted),
        outline: outline::around(grid, &cells),
        cells,
    }
}

/// The position that is nearest to the weighted mean of all; the first of equals.
fn middle(mut weighted: Vec<(Planar, f64)>) -> Planar {
    if weighted.iter().all(|(_, weight)| *weight <= 0.0) {
        for (_, weight) in &mut weighted {
            *weight = 1.0;
        }
    }
    let (mut east, mut north, mut sum) = (0.0, 0.0, 0.0);
    for (at, weight) in &weighted {
        east += at.east * weight;
        north += at.north * weight;
        sum += weight;
    }
    let away = |at: &Planar| (at.east - east / sum).hypot(at.north - north / sum);
    weighted
        .iter()
        .map(|(at, _)| *at)
        .min_by(|a, b| away(a).total_cmp(&away(b)))
        .unwrap_or_else(|| unreachable!("a component has at least one cell"))
}

#[cfg(test)]
mod tests;
