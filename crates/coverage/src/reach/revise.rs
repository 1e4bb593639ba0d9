//! A run brought up to date after some stations came, went or moved.

use hatang_core::Planar;
use rayon::prelude::*;

use super::link::{Preparation, Ready};
use super::swift::{Swift, Tables};
use super::tile::Best;
use super::{Reach, best_of, cells_of, count_distances, covered, prepare, tile_side, tiles, within};
use crate::grid::Grid;
use crate::land::Land;
use crate::parameters::Parameters;
use crate::station::Station;

/// Brings a run up to date, asking only about cells that a changed station serves, covers or could take over.
///
/// `previous` must be the run of `before` over the same land with the same parameters; the result is that of `after`, to
/// the last bit. Stations that stay must be in the same order. Where most have changed, everything is computed anew.
///
/// # Panics
/// When the previous run is on another raster, or there are 2³² stations or more.
#[must_use]
pub fn revise(previous: &Reach, land: &Land, before: &[Station], after: &[Station], parameters: &Parameters) -> Reach {
    assert_eq!(&previous.grid, land.grid(), "a run and its land must be on one raster");
    let kept = kept(before, after);
    let stay = kept.iter().flatten().count();
    if stay * 2 < after.len() {
        return super::reach(land, after, parameters);
    }
    let (ready, flags) = prepare(land, after, parameters);
    let present = land.present();
    let gone: Vec<Ready<'_>> = (before.iter().enumerate())
        .filter(|(old, _)| kept[*old].is_none())
        .filter_map(|(old, station)| Preparation::of(old, station, &present, parameters).ready.ok())
        .collect();
    let (tables, gone_tables) = (Tables::of(&ready), Tables::of(&gone));
    let (all, gone) = (Swift::all(&ready, &tables), Swift::all(&gone, &gone_tables));
    let mut is_new = vec![true; after.len()];
    let mut place = vec![None; after.len()];
    for new in kept.iter().flatten() {
        is_new[*new as usize] = false;
    }
    for (at, station) in all.iter().enumerate() {
        place[station.index as usize] = Some(at);
    }
    let change = Change {
        grid: *land.grid(),
        land,
        kept: &kept,
        all: &all,
        place: &place,
        gone: gone.iter().collect(),
        come: all.iter().filter(|station| is_new[station.index as usize]).collect(),
        covered: covered(parameters),
    };
    let mut reach = Reach { flags, ..previous.clone() };
    let side = tile_side(&reach.grid);
    let grid = reach.grid;
    let revised: Vec<Vec<(usize, Best)>> = (0..grid.rows().div_ceil(side))
        .into_par_iter()
        .map(|band| {
            let rows = band * side..((band + 1) * side).min(grid.rows());
            let stations = within(&grid, &rows, &all);
            let of_tile = |columns| change.cells(previous, cells_of(&grid, &columns, &rows), &stations);
            tiles(&grid, side).flat_map(of_tile).collect()
        })
        .collect();
    for server in reach.best_server.iter_mut().flatten() {
        // A server that went has its cells among the revised ones.
        *server = kept[*server as usize].unwrap_or(*server);
    }
    for (cell, best) in revised.into_iter().flatten() {
        reach.probability[cell] = best.probability();
        reach.best_server[cell] = best.server();
        reach.operators[cell] = best.operators;
    }
    count_distances(&mut reach, land, &ready);
    reach
}

struct Change<'c, 't> {
    grid: Grid,
    land: &'c Land,
    kept: &'c [Option<u32>],
    all: &'c [Swift<'t>],
    /// Where in `all` the station of an index is.
    place: &'c [Option<usize>],
    gone: Vec<&'c Swift<'t>>,
    come: Vec<&'c Swift<'t>>,
    covered: f32,
}

impl Change<'_, '_> {
    /// The cells of a tile that change, with what they become.
    fn cells(
        &self,
        previous: &Reach,
        cells: impl Iterator<Item = usize>,
        stations: &[&Swift<'_>],
    ) -> Vec<(usize, Best)> {
        let mut anew = Vec::new();
        let mut changed = Vec::new();
        for cell in cells {
            if self.loses(previous, cell) {
                anew.push(cell);
            } else if let Some(best) = self.gains(previous, cell) {
                changed.push((cell, best));
            }
        }
        if !anew.is_empty() {
            let best = best_of(self.land, &anew, stations, self.covered);
            changed.extend(anew.into_iter().zip(best));
        }
        changed
    }

    fn centre(&self, cell: usize) -> Planar {
        let (column, row) = self.grid.position(cell);
        self.grid.centre(column, row)
    }

    /// Whether a cell was served or covered by a station that went.
    fn loses(&self, previous: &Reach, cell: usize) -> bool {
        if previous.best_server[cell].is_some_and(|server| self.kept[server as usize].is_none()) {
            return true;
        }
        let (at, class) = (self.centre(cell), self.land.classes()[cell]);
        self.gone.iter().any(|station| {
            let cannot_cover = |least: f32| 1.0 - least < self.covered;
            previous.operators[cell] & station.bit != 0
                && station.failure(at, class, cannot_cover).is_some_and(|failure| self.covered <= 1.0 - failure)
        })
    }

    /// What a cell becomes, where a station that came could change it.
    fn gains(&self, previous: &Reach, cell: usize) -> Option<Best> {
        let (at, class) = (self.centre(cell), self.land.classes()[cell]);
        // The stored probability is rounded; a little more never skips a station that matters.
        let rough = Best {
            failure: ((1.0 - previous.probability[cell]) * (1.0 + 1e-6) + 1e-6).min(Best::NONE.failure),
            operators: previous.operators[cell],
            ..Best::NONE
        };
        let mut best: Option<Best> = None;
        for station in &self.come {
            let skip = |least| best.unwrap_or(rough).is_above(station.bit, least, self.covered);
            let Some(failure) = station.failure(at, class, skip) else { continue };
            best.get_or_insert_with(|| self.standing(previous, cell)).meet(station, failure, self.covered);
        }
        best
    }

    /// What a cell has from its present server, to the last bit.
    fn standing(&self, previous: &Reach, cell: usize) -> Best {
        let operators = previous.operators[cell];
        let server = previous.best_server[cell].and_then(|server| self.kept[server as usize]);
        let station = server.and_then(|server| Some(&self.all[self.place[server as usize]?]));
        let (at, class) = (self.centre(cell), self.land.classes()[cell]);
        let failure = station.and_then(|station| station.failure(at, class, |_| false));
        match (server, failure) {
            (Some(station), Some(failure)) => Best { failure, station, operators },
            _ => Best { operators, ..Best::NONE },
        }
    }
}

/// For each station before, its index afterwards, where it stays; in order.
pub(super) fn kept(before: &[Station], after: &[Station]) -> Vec<Option<u32>> {
    let mut next = 0;
    before
        .iter()
        .map(|station| {
            let found = after[next..].iter().position(|candidate| candidate == station)?;
            let index = next + found;
            next = index + 1;
            u32::try_from(index).ok()
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use hatang_core::{Degrees, Metres};

    use super::*;
    use crate::land::LandClass;
    use crate::reach::reach;
    use crate::station::Operator;
    use crate::testing::{Lcg, grid_of};

    fn random_station(random: &mut Lcg) -> Station {
        let mut within = || f64::from(random.below(32_000)) / 10.0 - 100.0;
        let at = Planar::new(within(), within());
        let first = f64::from(random.below(360));
        Station {
            at,
            antenna_height: Some(Metres::computed(f64::from(15 + random.below(40)))),
            frequency_mhz: Some([700.0, 2_600.0, 3_750.0][random.below(3) as usize]),
            azimuths: (0..random.below(4))
                .map(|sector| Degrees::new(first + 120.0 * f64::from(sector)).unwrap())
                .collect(),
            eirp_dbm: (random.below(3) == 0).then(|| 50.0 + f64::from(random.below(20))),
            operator: Operator::new(random.below(4) as usize).unwrap(),
        }
    }

    #[test]
    fn a_revised_run_equals_a_new_one_to_the_last_bit() {
        let grid = grid_of(60, 50);
        let mut changed = 0;
        for seed in 0..40 {
            let mut random = Lcg::new(seed);
            let class = |random: &mut Lcg| LandClass::ALL[random.below(3) as usize];
            let land = Land::new(grid, (0..grid.len()).map(|_| class(&mut random)).collect());
            let parameters = crate::Parameters::default_5g();
            let before: Vec<Station> = (0..12).map(|_| random_station(&mut random)).collect();
            let mut after = before.clone();
            match seed % 4 {
                0 => after[random.below(12) as usize].at = Planar::new(1_000.0, 1_234.5),
                1 => drop(after.remove(random.below(12) as usize)),
                2 => after.insert(random.below(12) as usize, random_station(&mut random)),
                _ => {
                    after.remove(3);
                    after.insert(7, random_station(&mut random));
                    // The same again: a tie for every one of its cells.
                    after.push(after[0].clone());
                }
            }
            let previous = reach(&land, &before, &parameters);
            let new = reach(&land, &after, &parameters);
            assert!(revise(&previous, &land, &before, &after, &parameters) == new, "seed {seed}");
            changed += u32::from(previous.probability != new.probability);
        }
        // A weak station among strong ones may serve nobody.
        assert!(30 <= changed, "{changed} of 40 changes matter");
    }

    #[test]
    fn a_revision_of_most_stations_is_a_new_run() {
        let (grid, mut random) = (grid_of(20, 20), Lcg::new(1));
        let land = Land::uniform(grid, LandClass::Open);
        let parameters = crate::Parameters::default_5g();
        let some: Vec<Station> = (0..5).map(|_| random_station(&mut random)).collect();
        let others: Vec<Station> = (0..5).map(|_| random_station(&mut random)).collect();
        let previous = reach(&land, &some, &parameters);
        let revised = revise(&previous, &land, &some, &others, &parameters);
        assert_eq!(revised, reach(&land, &others, &parameters));
    }
}
