//! How well each cell is served over terrain and clutter, by Recommendation ITU-R P.1812.

mod reference;
pub mod revise;

use std::ops::{ControlFlow, Range};

use hatang_core::{Degrees, Planar};
use rayon::prelude::*;

pub use self::reference::TerrainReference;
use super::piece::Piece;
use super::tile::{LEAST_PROBABILITY, NOBODY};
use super::{Flags, LeftOut, Reach, Watch, covered, empty};
use crate::antenna::{Pattern, turned};
use crate::grid::Grid;
use crate::land::{Land, LandClass};
use crate::location;
use crate::model::{NEAREST_M, OutsideModel, Quantity};
use crate::over_terrain::OverTerrain;
use crate::p1812::{self, Profile, ProfilePoint, Radio, location_sigma_db};
use crate::parameters::Parameters;
use crate::station::{NotComputed, Operator, Skipped, Station};
use crate::terrain::{EFFECTIVE_EARTH_M, MissingTerrain, Obstacle, Surface, Terrain, obstacle};

/// The nearest distance that a profile is computed for, in metres. What is nearer is computed there.
const NEAREST_PROFILE_M: f64 = 30.0;
/// From here on the Recommendation speaks, in metres; nearer cells are computed and counted.
///
/// Source: Recommendation ITU-R P.1812-8, §1.
pub const VALID_FROM_M: f64 = 250.0;
/// Joining scatter with the other loss may take so much off free space at most, in dB: `5 log₁₀ 2`, where both are equal.
const JOINING_DB: f64 = 1.506;

/// A station made ready.
struct Ready<'a> {
    station: usize,
    at: Planar,
    operator: Operator,
    azimuths: &'a [Degrees],
    pattern: Pattern,
    height_difference_m: f64,
    cut_off_m: f64,
    radio: Radio,
    /// By class of land: the loss that may be suffered where the antenna looks, and the scatter, in dB.
    links: [Option<(f64, f64)>; LandClass::ALL.len()],
}

/// What a station offers at a place.
#[derive(Clone, Copy, Debug)]
#[expect(clippy::struct_field_names, reason = "all of them are decibels")]
struct Offer {
    allowed_db: f64,
    /// The loss at half of the locations.
    median_db: f64,
    /// The least loss anywhere.
    least_db: f64,
    sigma_db: f64,
}

impl Offer {
    fn failure(&self) -> f64 {
        if self.allowed_db < self.least_db {
            return 1.0;
        }
        location::normal((self.median_db - self.allowed_db) / self.sigma_db)
    }

    fn probability(&self, margin_db: f64) -> f64 {
        let allowed_db = self.allowed_db + margin_db;
        if allowed_db < self.least_db {
            return 0.0;
        }
        location::normal((allowed_db - self.median_db) / self.sigma_db)
    }
}

/// Everything that a run over terrain is computed on.
#[derive(Clone, Copy)]
pub struct OnTerrain<'a> {
    /// What stands on the ground: the whole run's land, also where a piece is computed.
    pub land: &'a Land,
    /// The ground.
    pub terrain: &'a Terrain,
    /// The terrain-aware model's figures.
    pub figures: &'a OverTerrain,
    /// Everything else.
    pub parameters: &'a Parameters,
}

impl<'a> OnTerrain<'a> {
    /// The ground with what stands on it; bare where a clutter height is no number, and then no station is computed.
    fn surface(&self) -> Surface<'a> {
        let heights = self.figures.heights().unwrap_or(crate::terrain::Heights::none());
        Surface { terrain: self.terrain, land: self.land, heights, zone: self.figures.zone }
    }

    /// The least probability that counts as covered.
    fn wanted(&self) -> f64 {
        self.parameters.covered_at.value.max(f64::from(covered(self.parameters)))
    }

    /// What stands highest between a station and a place, where it rises above the straight ray over a bent earth.
    pub(crate) fn obstacle(&self, station: &Station, at: Planar) -> Option<Obstacle> {
        let heights_m = (station.antenna_height?.get(), self.parameters.handset_height_m.value);
        let highest = obstacle(&self.surface(), (station.at, at), heights_m, EFFECTIVE_EARTH_M).ok()??;
        (0.0 < highest.above_m).then_some(highest)
    }

    fn ready<'s>(&self, index: usize, station: &'s Station, refused: &mut Flags) -> Option<Ready<'s>> {
        match self.prepared(index, station) {
            Ok(ready) => {
                if station.azimuths.is_empty() {
                    refused.without_azimuth.push(index);
                }
                if station.eirp_dbm.is_none() {
                    refused.assumed_power.push(index);
                }
                for land in self.land.present().into_iter().filter(|class| ready.links[*class as usize].is_none()) {
                    let reason = NotComputed::NoLand { land };
                    refused.not_computed_over.push(LeftOut { station: index, land, reason });
                }
                Some(ready)
            }
            Err(reason) => {
                refused.not_computed.push(Skipped { station: index, reason });
                None
            }
        }
    }

    /// Every station that can be computed, and what a reader has to know of the others.
    fn all<'s>(&self, stations: &'s [Station]) -> (Vec<Ready<'s>>, Flags) {
        let mut flags = Flags::default();
        let ready = stations.iter().enumerate().filter_map(|(index, station)| self.ready(index, station, &mut flags));
        (ready.collect(), flags)
    }

    fn prepared<'s>(&self, index: usize, station: &'s Station) -> Result<Ready<'s>, NotComputed> {
        let Self { parameters, figures, .. } = self;
        let outside = NotComputed::OutsideModel;
        let antenna_m = station.antenna_height.ok_or(NotComputed::NoAntennaHeight)?.get();
        let frequency_mhz = station.frequency_mhz.ok_or(NotComputed::NoFrequency)?;
        let carrier = parameters.carrier(frequency_mhz).ok_or(NotComputed::NoCarrier { frequency_mhz })?;
        let pattern = parameters.pattern(carrier).ok_or(NotComputed::NotFinite)?;
        let cut_off_m = Quantity::check_cut_off(parameters.cut_off_m.value).map_err(outside)?;
        let handset_m = parameters.handset_height_m.value;
        let radio = Radio {
            frequency_ghz: frequency_mhz / 1_000.0,
            time_percent: figures.time_percent.value,
            transmitter_m: antenna_m,
            receiver_m: handset_m,
            polarisation: figures.polarisation,
            latitude_deg: figures.latitude_deg,
            refractivity_fall: figures.refractivity_fall.value,
            sea_level_refractivity: figures.sea_level_refractivity.value,
            // Over land the distance to the coast does not count.
            coast_km: (500.0, 500.0),
        };
        within_the_recommendation(&radio).map_err(outside)?;
        let budget_db = parameters.allowed_loss_db(carrier, station.eirp_dbm);
        let side_m = self.land.grid().cell().get();
        let mut links = [None; LandClass::ALL.len()];
        for class in self.land.present() {
            let Some(land) = parameters.land(class) else { continue };
            let extra = parameters.environment.extra(land, radio.frequency_ghz);
            let own_db = land
                .sigma_db
                .as_ref()
                .map_or_else(|| location_sigma_db(radio.frequency_ghz, side_m), |measured| measured.value);
            let sigma_db = libm::hypot(own_db, extra.sigma_db);
            let allowed_db = budget_db - extra.loss_db - land.offset_db.value;
            let sensible = allowed_db.is_finite() && sigma_db.is_finite() && 0.0 < sigma_db;
            links[class as usize] = sensible.then_some((allowed_db, sigma_db));
        }
        let numbers = [station.at.east, station.at.north, pattern.floor_db, radio.latitude_deg];
        let climate = [radio.refractivity_fall, radio.sea_level_refractivity];
        let finite = numbers.iter().chain(&climate).all(|number| number.is_finite());
        if !finite || figures.heights().is_none() || links.iter().all(Option::is_none) {
            return Err(NotComputed::NotFinite);
        }
        Ok(Ready {
            station: index,
            at: station.at,
            operator: station.operator,
            azimuths: &station.azimuths,
            pattern,
            height_difference_m: antenna_m - handset_m,
            cut_off_m,
            radio,
            links,
        })
    }
}

fn within_the_recommendation(radio: &Radio) -> Result<(), OutsideModel> {
    Quantity::FrequencyGhz.within(radio.frequency_ghz, 0.03, 6.0)?;
    Quantity::TimePercent.within(radio.time_percent, 1.0, 50.0)?;
    Quantity::AntennaHeightM.within(radio.transmitter_m, 1.0, 3_000.0)?;
    Quantity::HandsetHeightM.within(radio.receiver_m, 1.0, 3_000.0)?;
    Ok(())
}

impl Ready<'_> {
    fn distance_m(&self, at: Planar) -> f64 {
        let (east, north) = (at.east - self.at.east, at.north - self.at.north);
        (east * east + north * north).sqrt()
    }

    /// The place that a profile ends at: the cell's centre, or as near as a profile goes.
    fn end(&self, at: Planar) -> Planar {
        let distance_m = self.distance_m(at);
        if NEAREST_PROFILE_M <= distance_m {
            return at;
        }
        // Whoever stands at the foot looks north.
        let (east, north) = if distance_m < NEAREST_M.min(1.0) {
            (0.0, 1.0)
        } else {
            ((at.east - self.at.east) / distance_m, (at.north - self.at.north) / distance_m)
        };
        Planar::new(self.at.east + east * NEAREST_PROFILE_M, self.at.north + north * NEAREST_PROFILE_M)
    }

    /// The loss that may be suffered in a place's direction, and the scatter there; `None` beyond the cut-off.
    fn allowed(&self, at: Planar, class: LandClass) -> Option<(f64, f64)> {
        let (ahead_db, sigma_db) = self.links[class as usize]?;
        let distance_m = self.distance_m(at);
        if self.cut_off_m < distance_m {
            return None;
        }
        let bearing = libm::atan2(at.east - self.at.east, at.north - self.at.north).to_degrees();
        let aside = self.azimuths.iter().map(|azimuth| turned(bearing - azimuth.get())).reduce(f64::min).unwrap_or(0.0);
        let below = libm::atan2(self.height_difference_m, distance_m).to_degrees();
        Some((ahead_db - self.pattern.attenuation_db(aside, below), sigma_db))
    }

    /// A share of locations at which the station fails at least: half of the time nothing is stronger than free space.
    fn least_failure(&self, at: Planar, (allowed_db, sigma_db): (f64, f64)) -> f64 {
        if self.radio.time_percent < 50.0 {
            return 0.0;
        }
        let distance_km = self.distance_m(at).max(NEAREST_PROFILE_M) / 1_000.0;
        let free_db = 92.4 + 20.0 * libm::log10(self.radio.frequency_ghz * distance_km);
        location::normal((free_db - JOINING_DB - allowed_db) / sigma_db)
    }

    fn offer(
        &self,
        surface: &Surface<'_>,
        at: Planar,
        (allowed_db, sigma_db): (f64, f64),
        points: &mut Vec<ProfilePoint>,
    ) -> Result<Option<Offer>, MissingTerrain> {
        surface.profile(self.at, self.end(at), points).map_err(|at| MissingTerrain { at, station: self.station })?;
        let Ok(profile) = Profile::new(std::mem::take(points)) else { return Ok(None) };
        let steps = p1812::loss(&profile, &self.radio);
        *points = profile.into_points();
        // Frequency, time and heights were checked when the station was made ready, the distance by the cut-off.
        let Ok(steps) = steps else { return Ok(None) };
        let (median_db, least_db) = (steps.median_location_db, steps.focused_db);
        Ok(Some(Offer { allowed_db, median_db, least_db, sigma_db }))
    }
}

/// The best server of a cell so far.
struct Best {
    failure: f64,
    station: u32,
    operators: u32,
}

impl Best {
    const NONE: Self = Self { failure: 1.0 - LEAST_PROBABILITY as f64, station: NOBODY, operators: 0 };

    fn meet(&mut self, ready: &Ready<'_>, failure: f64, covered: f64) {
        if covered <= 1.0 - failure {
            self.operators |= ready.operator.bit();
        }
        let station = u32::try_from(ready.station).unwrap_or(NOBODY);
        #[expect(clippy::float_cmp, reason = "equal bits are a tie")]
        let tie = failure == self.failure && station < self.station && self.station != NOBODY;
        if failure < self.failure || tie {
            self.failure = failure;
            self.station = station;
        }
    }

    /// The single-precision share of locations that are served.
    fn probability(&self) -> f32 {
        #[expect(clippy::cast_possible_truncation, reason = "a share in seven digits")]
        let share = (1.0 - self.failure) as f32;
        if self.station == NOBODY { 0.0 } else { share }
    }

    fn write(&self, reach: &mut Reach, cell: usize) {
        reach.probability[cell] = self.probability();
        reach.best_server[cell] = (self.station != NOBODY).then_some(self.station);
        reach.operators[cell] = self.operators;
    }
}

/// Computes what the stations offer in the centre of every cell of `land`, over terrain.
///
/// Each cell and station have a profile of their own. The result depends neither on how many cores there are nor on how
/// the raster is cut. `None` when the watcher ended it. `O(cells × stations × length of a profile)`.
///
/// # Errors
/// [`MissingTerrain`] when the ground under any profile within the cut-off is missing, whether or not the profile would
/// have mattered: the first by station, then by cell.
///
/// # Panics
/// When there are 2³² stations or more.
pub fn reach_over_terrain(
    on: OnTerrain<'_>,
    stations: &[Station],
    watch: &impl Watch,
) -> Result<Option<Reach>, MissingTerrain> {
    let grid = *on.land.grid();
    window(on, stations, (0..grid.columns(), 0..grid.rows()), watch)
}

/// Computes a piece of a run over terrain as [`reach_over_terrain`] computes the whole; `on.land` is that of the whole.
///
/// # Errors
/// As for [`reach_over_terrain`], for the profiles of the piece's cells.
///
/// # Panics
/// When there are 2³² stations or more.
pub fn reach_piece_over_terrain(
    on: OnTerrain<'_>,
    stations: &[Station],
    piece: &Piece,
    watch: &impl Watch,
) -> Result<Option<Reach>, MissingTerrain> {
    window(on, stations, (piece.columns.clone(), piece.rows.clone()), watch)
}

fn window(
    on: OnTerrain<'_>,
    stations: &[Station],
    (columns, rows): (Range<u32>, Range<u32>),
    watch: &impl Watch,
) -> Result<Option<Reach>, MissingTerrain> {
    let whole = *on.land.grid();
    let grid = whole.window(&columns, &rows);
    let (ready, flags) = on.all(stations);
    let surface = on.surface();
    check(&surface, &grid, &ready)?;
    let wanted = on.wanted();
    let mut reach = empty(grid, flags);
    let by_row: Vec<_> = (0..grid.rows()).collect();
    let row = |row: &u32| -> Result<Vec<Best>, Option<MissingTerrain>> {
        let mut points = Vec::new();
        let mut found = Vec::with_capacity(grid.columns() as usize);
        for column in 0..grid.columns() {
            let class = on.land.classes()[whole.index(columns.start + column, rows.start + row)];
            found.push(best(&surface, &ready, (grid.centre(column, *row), class), wanted, &mut points).map_err(Some)?);
        }
        match watch.advanced(found.len()) {
            ControlFlow::Continue(()) => Ok(found),
            ControlFlow::Break(()) => Err(None),
        }
    };
    let found: Result<Vec<Vec<Best>>, Option<MissingTerrain>> = by_row.par_iter().map(row).collect();
    let found = match found {
        Ok(found) => found,
        Err(None) => return Ok(None),
        Err(Some(missing)) => return Err(missing),
    };
    for (cell, best) in found.into_iter().flatten().enumerate() {
        best.write(&mut reach, cell);
    }
    count_near(&mut reach, stations);
    Ok(Some(reach))
}

/// Counts the cells that are nearer to their server than the Recommendation speaks of.
fn count_near(reach: &mut Reach, stations: &[Station]) {
    let (grid, servers) = (&reach.grid, &reach.best_server);
    let near = (0..grid.len()).filter(|cell| {
        let (column, row) = grid.position(*cell);
        let server = servers[*cell].map(|server| &stations[server as usize]);
        server.is_some_and(|station| {
            let at = grid.centre(column, row);
            (at.east - station.at.east).hypot(at.north - station.at.north) < VALID_FROM_M
        })
    });
    reach.flags.cells_too_near = u32::try_from(near.count()).unwrap_or(u32::MAX);
}

/// Refuses terrain with a hole under a profile. Asked before anything is computed, so that it does not depend on which
/// profiles turn out not to matter.
fn check(surface: &Surface<'_>, grid: &Grid, ready: &[Ready<'_>]) -> Result<(), MissingTerrain> {
    let corners = [grid.south_west(), grid.north_east()];
    let inside = |at: Planar| surface.terrain.grid().cell_at(at).is_some();
    // The terrain's raster is a rectangle: what lies between places inside is inside.
    let around = [-NEAREST_PROFILE_M, NEAREST_PROFILE_M];
    let ends =
        |ready: &Ready<'_>| around.iter().all(|more| inside(Planar::new(ready.at.east + more, ready.at.north + more)));
    if corners.into_iter().all(inside) && ready.iter().all(ends) && surface.terrain.is_whole() {
        return Ok(());
    }
    for ready in ready {
        let first = (0..grid.len()).into_par_iter().find_map_first(|cell| {
            let (column, row) = grid.position(cell);
            let at = grid.centre(column, row);
            if ready.cut_off_m < ready.distance_m(at) {
                return None;
            }
            let mut places = surface.places(ready.at, ready.end(at));
            places.find(|(_, at)| surface.terrain.ground_m(*at).is_none()).map(|(_, at)| at)
        });
        if let Some(at) = first {
            return Err(MissingTerrain { at, station: ready.station });
        }
    }
    Ok(())
}

/// The best server of a cell. Stations are asked in the order of what free space would allow, and not at all where that
/// cannot matter.
fn best<'r>(
    surface: &Surface<'_>,
    ready: impl IntoIterator<Item = &'r Ready<'r>>,
    (at, class): (Planar, LandClass),
    covered: f64,
    points: &mut Vec<ProfilePoint>,
) -> Result<Best, MissingTerrain> {
    let mut near: Vec<(f64, &Ready<'_>, (f64, f64))> = ready
        .into_iter()
        .filter_map(|ready| {
            let allowed = ready.allowed(at, class)?;
            let least = ready.least_failure(at, allowed);
            (least < Best::NONE.failure).then_some((least, ready, allowed))
        })
        .collect();
    near.sort_by(|(a, first, _), (b, second, _)| a.total_cmp(b).then(first.station.cmp(&second.station)));
    let mut best = Best::NONE;
    for (least, ready, allowed) in near {
        let covers_already = best.operators & ready.operator.bit() != 0;
        if best.failure < least && (covers_already || 1.0 - least < covered) {
            continue;
        }
        if let Some(offer) = ready.offer(surface, at, allowed, points)? {
            best.meet(ready, offer.failure(), covered);
        }
    }
    Ok(best)
}

/// The probability that stations offer in some cells of `on.land` alone, each as [`reach_over_terrain`] has it, and what a
/// reader has to know of the stations.
///
/// # Errors
/// As for [`reach_over_terrain`], for the profiles of every cell: who is computed here is computed there too.
///
/// # Panics
/// When a cell is off the raster, or there are 2³² stations or more.
pub fn cells_over_terrain(
    on: OnTerrain<'_>,
    stations: &[Station],
    cells: &[usize],
) -> Result<(Vec<f32>, Flags), MissingTerrain> {
    let grid = on.land.grid();
    let (ready, flags) = on.all(stations);
    let surface = on.surface();
    check(&surface, grid, &ready)?;
    let wanted = on.wanted();
    let probability = |points: &mut Vec<ProfilePoint>, &cell: &usize| {
        let (column, row) = grid.position(cell);
        let place = (grid.centre(column, row), on.land.classes()[cell]);
        best(&surface, &ready, place, wanted, points).map(|best| best.probability())
    };
    let found: Result<_, MissingTerrain> = cells.par_iter().map_init(Vec::new, probability).collect();
    Ok((found?, flags))
}

#[cfg(test)]
mod tests;
