//! The outline of a group of cells.

use std::collections::BTreeMap;

use hatang_core::Planar;
use serde::Serialize;

use crate::grid::Grid;

/// A polygon around cells. Rings are closed (the first position is repeated at the end) and have no needless positions.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Outline {
    /// The outer ring, counter-clockwise.
    pub exterior: Vec<Planar>,
    /// The rings of what it leaves out, clockwise.
    pub holes: Vec<Vec<Planar>>,
}

/// A point of the lattice of cell corners: column, row.
type Corner = (u32, u32);

/// Where an edge goes, as a quarter turn: east, north, west, south.
type Heading = u8;

/// Traces cells that are connected side by side.
///
/// Where two of the cells meet only at a corner, the trace turns right, away from its own cell. So no ring touches
/// itself there: what the cells enclose becomes a hole that touches the outer ring, as OGC Simple Features allow.
pub(super) fn around(grid: &Grid, cells: &[usize]) -> Outline {
    let mut edges = boundary(grid, cells);
    let mut rings = Vec::new();
    while let Some((from, heading)) = edges.first_key_value().map(|(&from, headings)| (from, headings[0])) {
        let ring = trace(&mut edges, from, heading);
        rings.push(ring.into_iter().map(|(column, row)| grid.corner(column, row)).collect());
    }
    // The first corner in order is the westernmost of all, so the first ring is the outer one.
    let exterior = rings.remove(0);
    Outline { exterior, holes: rings }
}

/// The edges between a cell of the group and one outside it, by the corner they leave, with the group on their left.
fn boundary(grid: &Grid, cells: &[usize]) -> BTreeMap<Corner, Vec<Heading>> {
    let within = |column: Option<u32>, row: Option<u32>| {
        let (Some(column), Some(row)) = (column, row) else { return false };
        column < grid.columns() && row < grid.rows() && cells.binary_search(&grid.index(column, row)).is_ok()
    };
    let mut edges: BTreeMap<Corner, Vec<Heading>> = BTreeMap::new();
    for &cell in cells {
        let (column, row) = grid.position(cell);
        for (heading, from, beyond) in [
            (0, (column, row), (Some(column), row.checked_sub(1))),
            (1, (column + 1, row), (Some(column + 1), Some(row))),
            (2, (column + 1, row + 1), (Some(column), Some(row + 1))),
            (3, (column, row + 1), (column.checked_sub(1), Some(row))),
        ] {
            if !within(beyond.0, beyond.1) {
                edges.entry(from).or_default().push(heading);
            }
        }
    }
    edges
}

/// Takes one ring out of the edges and keeps only the corners where it turns.
fn trace(edges: &mut BTreeMap<Corner, Vec<Heading>>, start: Corner, first: Heading) -> Vec<Corner> {
    let mut ring = Vec::new();
    let (mut at, mut heading, mut last) = (start, first, None);
    loop {
        if last != Some(heading) {
            ring.push(at);
        }
        take(edges, at, heading);
        at = step(at, heading);
        last = Some(heading);
        // A corner has one edge onwards or, where two cells meet only there, two: the right-hand one comes first.
        let onwards = |turn: u8| edges.get(&at).is_some_and(|headings| headings.contains(&((heading + turn) % 4)));
        match [3, 0, 1].into_iter().find(|turn| onwards(*turn)) {
            Some(turn) => heading = (heading + turn) % 4,
            None => break,
        }
    }
    // The start is the ring's westernmost, then southernmost corner, where every ring turns.
    ring.push(start);
    ring
}

fn take(edges: &mut BTreeMap<Corner, Vec<Heading>>, at: Corner, heading: Heading) {
    if let Some(headings) = edges.get_mut(&at) {
        headings.retain(|other| *other != heading);
        if headings.is_empty() {
            edges.remove(&at);
        }
    }
}

fn step((column, row): Corner, heading: Heading) -> Corner {
    match heading {
        0 => (column + 1, row),
        1 => (column, row + 1),
        2 => (column - 1, row),
        _ => (column, row - 1),
    }
}
