//! How well each cell is served.

mod aside;
mod link;
mod normal;
pub mod piece;
pub mod reference;
pub mod revise;
mod swift;
mod table;
pub mod terrain;
mod tile;

use std::ops::{ControlFlow, Range};

use rayon::prelude::*;
use serde::Serialize;

use self::link::{Preparation, Ready};
use self::swift::{Swift, Tables};
use self::tile::{Best, Cell};
use crate::grid::Grid;
use crate::land::{Land, LandClass};
use crate::model::{NEAREST_M, OutsideModel};
use crate::parameters::Parameters;
use crate::station::{NotComputed, Skipped, Station};

/// The result of a run over a raster. Each list has one entry per cell.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Reach {
    /// The raster.
    pub grid: Grid,
    /// The greatest probability that any one station offers; zero where none serves a thousandth of locations.
    pub probability: Vec<f32>,
    /// The index of the station that offers it; the first of equals.
    pub best_server: Vec<Option<u32>>,
    /// The operators that cover the cell, each by the bit of [`crate::Operator::bit`].
    pub operators: Vec<u32>,
    /// What a reader of the result has to know.
    pub flags: Flags,
}

/// Where a run left the model's ground.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Flags {
    /// Stations that were left out.
    pub not_computed: Vec<Skipped>,
    /// Stations that were left out over one class of land.
    pub not_computed_over: Vec<LeftOut>,
    /// Stations that the standard did not have in mind over one class of land.
    pub beyond_standard: Vec<Beyond>,
    /// Stations without azimuths, computed as if a panel looked every way, which flatters them.
    pub without_azimuth: Vec<usize>,
    /// Stations without a radiated power of their own, computed with the carrier's figures.
    pub assumed_power: Vec<usize>,
    /// Cells whose best server is nearer than the model goes: than 10 m, computed at 10 m; over terrain than 250 m.
    pub cells_too_near: u32,
    /// Cells whose best server is farther than its model goes, where the loss is extrapolated.
    pub cells_extrapolated: u32,
}

/// A station that is not computed over one class of land.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct LeftOut {
    /// The station's index.
    pub station: usize,
    /// The class.
    pub land: LandClass,
    /// Why.
    pub reason: NotComputed,
}

/// A station that the standard did not have in mind.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Beyond {
    /// The station's index.
    pub station: usize,
    /// The class of land.
    pub land: LandClass,
    /// What it exceeds.
    pub what: OutsideModel,
}

impl Reach {
    /// Whether a cell is covered under some parameters.
    #[must_use]
    pub fn covers(&self, cell: usize, parameters: &Parameters) -> bool {
        parameters.covered_at.value <= f64::from(self.probability[cell])
    }

    /// How many operators cover a cell.
    #[must_use]
    pub fn n_operators(&self, cell: usize) -> u32 {
        self.operators[cell].count_ones()
    }
}

/// Follows a long run and may end it.
pub trait Watch: Sync {
    /// Hears that so many further cells are done.
    fn advanced(&self, cells: usize) -> ControlFlow<()>;
}

/// Nobody watches.
#[derive(Clone, Copy, Debug)]
pub struct Unwatched;

impl Watch for Unwatched {
    fn advanced(&self, _: usize) -> ControlFlow<()> {
        ControlFlow::Continue(())
    }
}

/// Computes what the stations offer in every cell's centre.
///
/// Bands of rows are computed in parallel; the result does not depend on how many cores there are, nor on how the raster
/// is cut: every cell has the value that the same tables give for it alone. The tables are within 0.1 dB of
/// [`reference::Reference`].
///
/// # Panics
/// When there are 2³² stations or more.
#[must_use]
pub fn reach(land: &Land, stations: &[Station], parameters: &Parameters) -> Reach {
    watched(land, stations, parameters, &Unwatched)
        .unwrap_or_else(|| unreachable!("nobody ends a run that nobody watches"))
}

/// Computes as [`reach`] does, telling how far it is; `None` when the watcher ended it.
///
/// # Panics
/// When there are 2³² stations or more.
pub fn watched(land: &Land, stations: &[Station], parameters: &Parameters, watch: &impl Watch) -> Option<Reach> {
    let (ready, flags) = prepare(land, stations, parameters);
    let tables = Tables::of(&ready);
    let swift = Swift::all(&ready, &tables);
    let mut reach = empty(*land.grid(), flags);
    let covered = covered(parameters);
    let grid = *land.grid();
    let side = tile_side(&grid);
    let band = side as usize * grid.columns() as usize;
    let rows_of = |band: usize| {
        let first = u32::try_from(band).unwrap_or(u32::MAX) * side;
        first..(first + side).min(grid.rows())
    };
    let bands = reach.probability.par_chunks_mut(band).zip(reach.best_server.par_chunks_mut(band));
    let ended = bands.zip(reach.operators.par_chunks_mut(band)).enumerate().any(|(number, ((share, server), by))| {
        let rows = rows_of(number);
        let stations = within(&grid, &rows, &swift);
        let band = grid.index(0, rows.start);
        for columns in tiles(&grid, side) {
            let cells: Vec<usize> = cells_of(&grid, &columns, &rows).collect();
            for (cell, best) in cells.iter().zip(best_of(land, &cells, &stations, covered)) {
                share[cell - band] = best.probability();
                server[cell - band] = best.server();
                by[cell - band] = best.operators;
            }
        }
        watch.advanced(share.len()).is_break()
    });
    if ended {
        return None;
    }
    count_distances(&mut reach, land, &ready);
    Some(reach)
}

/// The columns of each tile of a band.
fn tiles(grid: &Grid, side: u32) -> impl Iterator<Item = Range<u32>> {
    let columns = grid.columns();
    (0..columns).step_by(side as usize).map(move |start| start..(start + side).min(columns))
}

/// The indices of a rectangle's cells, row by row.
fn cells_of(grid: &Grid, columns: &Range<u32>, rows: &Range<u32>) -> impl Iterator<Item = usize> {
    rows.clone().flat_map(move |row| columns.clone().map(move |column| grid.index(column, row)))
}

fn best_of(land: &Land, cells: &[usize], stations: &[&Swift<'_>], covered: f32) -> Vec<Best> {
    let grid = land.grid();
    let cell = |&cell: &usize| {
        let (column, row) = grid.position(cell);
        Cell { at: grid.centre(column, row), class: land.classes()[cell] }
    };
    let cells: Vec<Cell> = cells.iter().map(cell).collect();
    tile::best(&cells, stations, covered)
}

/// Stations whose cut-off reaches a band of rows.
fn within<'s, 't>(grid: &Grid, rows: &Range<u32>, stations: &'s [Swift<'t>]) -> Vec<&'s Swift<'t>> {
    let (south, north) = (grid.corner(0, rows.start).north, grid.corner(0, rows.end).north);
    let reaches = |station: &&Swift<'_>| {
        let (at, far) = (station.ready.at.north, station.ready.cut_off_m);
        south - far <= at && at <= north + far
    };
    stations.iter().filter(reaches).collect()
}

/// Small tiles where there are few cells, so that there is work for every core.
fn tile_side(grid: &Grid) -> u32 {
    if grid.len() < 100_000 { 16 } else { 32 }
}

/// The least single-precision probability that counts as covered.
fn covered(parameters: &Parameters) -> f32 {
    let wanted = parameters.covered_at.value;
    #[expect(clippy::cast_possible_truncation, reason = "rounded up just below")]
    let near = wanted as f32;
    if f64::from(near) < wanted { near.next_up() } else { near }
}

fn empty(grid: Grid, flags: Flags) -> Reach {
    let cells = grid.len();
    Reach { grid, probability: vec![0.0; cells], best_server: vec![None; cells], operators: vec![0; cells], flags }
}

fn prepare<'a>(land: &Land, stations: &'a [Station], parameters: &Parameters) -> (Vec<Ready<'a>>, Flags) {
    let present = land.present();
    let mut flags = Flags::default();
    let mut prepared = Vec::with_capacity(stations.len());
    for (index, station) in stations.iter().enumerate() {
        let Preparation { ready, refused, beyond } = Preparation::of(index, station, &present, parameters);
        match ready {
            Ok(ready) => {
                if station.azimuths.is_empty() {
                    flags.without_azimuth.push(index);
                }
                if station.eirp_dbm.is_none() {
                    flags.assumed_power.push(index);
                }
                let left_out = |(land, reason)| LeftOut { station: index, land, reason };
                flags.not_computed_over.extend(refused.into_iter().map(left_out));
                flags.beyond_standard.extend(beyond.into_iter().map(|(land, what)| Beyond {
                    station: index,
                    land,
                    what,
                }));
                prepared.push(ready);
            }
            Err(reason) => flags.not_computed.push(Skipped { station: index, reason }),
        }
    }
    (prepared, flags)
}

/// Counts the cells that are nearer to their server, or farther from it, than its model goes.
fn count_distances(reach: &mut Reach, land: &Land, ready: &[Ready<'_>]) {
    let grid = *land.grid();
    let last = ready.last().map_or(0, |ready| ready.station + 1);
    let mut by_station = vec![None; last];
    for ready in ready {
        by_station[ready.station] = Some(ready);
    }
    let count = |(cell, server): (usize, &Option<u32>)| {
        let Some(ready) = server.and_then(|server| by_station[server as usize]) else { return (0, 0) };
        let (column, row) = grid.position(cell);
        let centre = grid.centre(column, row);
        let (east, north) = (centre.east - ready.at.east, centre.north - ready.at.north);
        let squared = east * east + north * north;
        let farthest = ready.links[land.classes()[cell] as usize].map_or(f64::INFINITY, |link| {
            let scenario = link.model.scenario();
            scenario.farthest_nlos_m().min(scenario.farthest_los_m())
        });
        (u32::from(squared < NEAREST_M * NEAREST_M), u32::from(farthest * farthest < squared))
    };
    let (near, far) = reach
        .best_server
        .par_iter()
        .with_min_len(4_096)
        .enumerate()
        .map(count)
        .reduce(|| (0, 0), |(a, b), (c, d)| (a + c, b + d));
    reach.flags.cells_too_near = near;
    reach.flags.cells_extrapolated = far;
}

#[cfg(test)]
mod tests;
