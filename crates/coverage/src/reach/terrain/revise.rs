//! A run over terrain brought up to date after some stations came, went or moved.

use hatang_core::Planar;
use rayon::prelude::*;

use super::{Best, OnTerrain, Ready, best, check, count_near, reach_over_terrain};
use crate::land::LandClass;
use crate::p1812::ProfilePoint;
use crate::reach::revise::kept;
use crate::reach::{Reach, Unwatched};
use crate::station::Station;
use crate::terrain::{MissingTerrain, Surface};

/// Brings a run over terrain up to date, with profiles only where a changed station reaches.
///
/// `previous` must be the run of `before` on the same ground with the same figures; the result is that of `after`, to the
/// last bit. Stations that stay must be in the same order. Where most have changed, everything is computed anew.
///
/// # Errors
/// As for [`reach_over_terrain`].
///
/// # Panics
/// When the previous run is on another raster, or there are 2³² stations or more.
pub fn revise_over_terrain(
    previous: &Reach,
    on: OnTerrain<'_>,
    before: &[Station],
    after: &[Station],
) -> Result<Reach, MissingTerrain> {
    assert_eq!(&previous.grid, on.land.grid(), "a run and its land must be on one raster");
    let kept = kept(before, after);
    if kept.iter().flatten().count() * 2 < after.len() {
        let anew = reach_over_terrain(on, after, &Unwatched)?;
        return Ok(anew.unwrap_or_else(|| unreachable!("nobody ends a run that nobody watches")));
    }
    let grid = previous.grid;
    let (ready, flags) = on.all(after);
    let mut gone = on.all(before).0;
    gone.retain(|station| kept[station.station].is_none());
    let mut is_new = vec![true; after.len()];
    for new in kept.iter().flatten() {
        is_new[*new as usize] = false;
    }
    let (come, stay): (Vec<Ready<'_>>, Vec<Ready<'_>>) = ready.into_iter().partition(|one| is_new[one.station]);
    let surface = on.surface();
    check(&surface, &grid, &come)?;

    let mut reach = Reach { flags, ..previous.clone() };
    for server in reach.best_server.iter_mut().flatten() {
        // A server that went has its cells among the revised ones.
        *server = kept[*server as usize].unwrap_or(*server);
    }
    let change = Change { previous, on, kept: &kept, surface, wanted: on.wanted(), gone, come, stay };
    let revised = |points: &mut Vec<ProfilePoint>, cell| Ok(change.cell(cell, points)?.map(|best| (cell, best)));
    let revised: Vec<Option<(usize, Best)>> =
        (0..grid.len()).into_par_iter().map_init(Vec::new, revised).collect::<Result<_, MissingTerrain>>()?;
    for (cell, best) in revised.into_iter().flatten() {
        best.write(&mut reach, cell);
    }
    count_near(&mut reach, after);
    Ok(reach)
}

struct Change<'c> {
    previous: &'c Reach,
    on: OnTerrain<'c>,
    kept: &'c [Option<u32>],
    surface: Surface<'c>,
    wanted: f64,
    gone: Vec<Ready<'c>>,
    come: Vec<Ready<'c>>,
    stay: Vec<Ready<'c>>,
}

impl Change<'_> {
    /// Whether a station that went covered a place for its operator.
    fn lost_cover(
        &self,
        (at, class): (Planar, LandClass),
        operators: u32,
        points: &mut Vec<ProfilePoint>,
    ) -> Result<bool, MissingTerrain> {
        for ready in self.gone.iter().filter(|ready| operators & ready.operator.bit() != 0) {
            let Some(allowed) = ready.allowed(at, class) else { continue };
            if 1.0 - ready.least_failure(at, allowed) < self.wanted {
                continue;
            }
            let offer = ready.offer(&self.surface, at, allowed, points)?;
            if offer.is_some_and(|offer| self.wanted <= 1.0 - offer.failure()) {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// What a cell becomes, where a station that went mattered to it or one that came could.
    fn cell(&self, cell: usize, points: &mut Vec<ProfilePoint>) -> Result<Option<Best>, MissingTerrain> {
        let (previous, grid) = (self.previous, &self.previous.grid);
        let (column, row) = grid.position(cell);
        let place = (grid.centre(column, row), self.on.land.classes()[cell]);
        let (server, operators) = (previous.best_server[cell], previous.operators[cell]);
        let server_went = server.is_some_and(|server| self.kept[server as usize].is_none());
        if server_went || self.lost_cover(place, operators, points)? {
            let all = self.stay.iter().chain(&self.come);
            return best(&self.surface, all, place, self.wanted, points).map(Some);
        }
        // The stored probability is rounded; a little more never leaves out a station that matters.
        let rough = f64::from(1.0 - previous.probability[cell]) + 1e-6;
        let matters = |ready: &&Ready<'_>| {
            let Some(allowed) = ready.allowed(place.0, place.1) else { return false };
            let least = ready.least_failure(place.0, allowed);
            let adds_operator = operators & ready.operator.bit() == 0 && self.wanted <= 1.0 - least;
            least <= rough.min(Best::NONE.failure) || adds_operator
        };
        let come: Vec<&Ready<'_>> = self.come.iter().filter(matters).collect();
        if come.is_empty() {
            return Ok(None);
        }
        let standing = server.and_then(|server| self.kept[server as usize]).and_then(|server| {
            let at = self.stay.binary_search_by_key(&(server as usize), |ready| ready.station).ok()?;
            Some(&self.stay[at])
        });
        let mut found = best(&self.surface, come.into_iter().chain(standing), place, self.wanted, points)?;
        found.operators |= operators;
        Ok(Some(found))
    }
}
