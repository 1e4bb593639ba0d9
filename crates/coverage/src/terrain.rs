//! The ground as heights on the map plane, what stands on it, and what is in the way between two places.

use hatang_core::Planar;
use serde::{Deserialize, Serialize};

use crate::grid::Grid;
use crate::land::{Land, LandClass};
use crate::p1812::{ProfilePoint, Zone};

/// Heights of the bare ground on a raster of their own.
#[derive(Clone, Debug, PartialEq)]
pub struct Terrain {
    grid: Grid,
    heights_m: Vec<f32>,
}

/// The ground at a place is not known; it is not taken for sea level.
#[derive(Clone, Copy, Debug, PartialEq, thiserror::Error)]
#[error("the terrain at {at:?} is missing")]
pub struct MissingTerrain {
    /// Where.
    pub at: Planar,
    /// The station whose profile needs it, by index.
    pub station: usize,
}

impl Terrain {
    /// Terrain with the height of each cell above sea level, in metres; a height that is no number is missing.
    ///
    /// # Panics
    /// When there is not one height per cell.
    #[must_use]
    pub fn new(grid: Grid, heights_m: Vec<f32>) -> Self {
        assert_eq!(heights_m.len(), grid.len(), "one height per cell");
        Self { grid, heights_m }
    }

    /// The raster of the heights. The side of its cells is how far apart the points of a profile are.
    #[must_use]
    pub const fn grid(&self) -> &Grid {
        &self.grid
    }

    /// The ground at a position, in metres above sea level: that of the cell which holds it. `None` off the raster and
    /// where nobody knows it.
    #[must_use]
    pub fn ground_m(&self, at: Planar) -> Option<f64> {
        let height_m = self.heights_m[self.grid.cell_at(at)?];
        height_m.is_finite().then_some(f64::from(height_m))
    }

    /// The heights in little-endian single precision, the same on every machine.
    #[must_use]
    pub fn bytes(&self) -> Vec<u8> {
        self.heights_m.iter().flat_map(|height| height.to_le_bytes()).collect()
    }

    /// The terrain of such bytes; `None` when there is not one height per cell.
    #[must_use]
    pub fn of_bytes(grid: Grid, bytes: &[u8]) -> Option<Self> {
        let (heights, rest) = bytes.as_chunks::<4>();
        let heights_m: Vec<f32> = heights.iter().map(|height| f32::from_le_bytes(*height)).collect();
        (rest.is_empty() && heights_m.len() == grid.len()).then(|| Self::new(grid, heights_m))
    }

    /// Whether every height is known.
    pub(crate) fn is_whole(&self) -> bool {
        self.heights_m.iter().all(|height| height.is_finite())
    }
}

/// How high buildings and trees stand, in metres above the ground.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Heights {
    by_class: [f64; LandClass::ALL.len()],
    outside: f64,
}

impl Heights {
    pub(crate) const fn new(by_class: [f64; LandClass::ALL.len()], outside: f64) -> Self {
        Self { by_class, outside }
    }

    /// Bare ground everywhere.
    pub(crate) const fn none() -> Self {
        Self::new([0.0; LandClass::ALL.len()], 0.0)
    }
}

/// Ground and what stands on it.
#[derive(Clone, Copy)]
pub(crate) struct Surface<'a> {
    pub(crate) terrain: &'a Terrain,
    pub(crate) land: &'a Land,
    pub(crate) heights: Heights,
    pub(crate) zone: Zone,
}

impl Surface<'_> {
    fn clutter_m(&self, at: Planar) -> f64 {
        match self.land.grid().cell_at(at) {
            Some(cell) => self.heights.by_class[self.land.classes()[cell] as usize],
            None => self.heights.outside,
        }
    }

    /// The places of a profile: as many equal steps as the terrain's cells ask for, two at least.
    pub(crate) fn places(&self, from: Planar, to: Planar) -> impl Iterator<Item = (f64, Planar)> {
        let (east, north) = (to.east - from.east, to.north - from.north);
        let length_m = (east * east + north * north).sqrt();
        let steps = (length_m / self.terrain.grid.cell().get()).ceil().max(2.0);
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a few thousand steps")]
        let last = steps as u32;
        (0..=last).map(move |step| {
            let share = f64::from(step) / steps;
            (length_m * share, Planar::new(from.east + east * share, from.north + north * share))
        })
    }

    /// Writes the profile between two places into `points`.
    ///
    /// # Errors
    /// The first place whose ground is missing.
    pub(crate) fn profile(&self, from: Planar, to: Planar, points: &mut Vec<ProfilePoint>) -> Result<(), Planar> {
        points.clear();
        for (distance_m, at) in self.places(from, to) {
            let ground_m = self.terrain.ground_m(at).ok_or(at)?;
            let distance_km = distance_m / 1_000.0;
            points.push(ProfilePoint { distance_km, ground_m, clutter_m: self.clutter_m(at), zone: self.zone });
        }
        Ok(())
    }
}

/// What stands highest above the straight ray between two places.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Obstacle {
    /// How far from the first place, in metres along the ground.
    pub distance_m: f64,
    /// How far above the ray it reaches, in metres.
    pub above_m: f64,
    /// Whether the bare ground alone is in the way.
    pub is_ground: bool,
    /// Where.
    pub at: Planar,
}

/// The effective radius of the earth, in metres: four thirds of the mean one, for the standard fall of refractivity.
///
/// Source: Recommendation ITU-R P.310, definition of the effective radius.
pub const EFFECTIVE_EARTH_M: f64 = 4.0 / 3.0 * 6_371_000.0;

/// What is highest above the bare ground's straight ray between two places, or reaches least below it; negative
/// [`Obstacle::above_m`] where the one sees the other. `heights_m` are those of both ends above their ground,
/// `earth_radius_m` bends the ground down (infinite: a flat earth). `O(length / cell)`.
///
/// # Errors
/// [`MissingTerrain`] with the first such place, of station 0.
pub fn highest_between(
    terrain: &Terrain,
    ends: (Planar, Planar),
    heights_m: (f64, f64),
    earth_radius_m: f64,
) -> Result<Option<Obstacle>, MissingTerrain> {
    let land = Land::uniform(terrain.grid, LandClass::Open);
    let surface = Surface { terrain, land: &land, heights: Heights::none(), zone: Zone::Inland };
    obstacle(&surface, ends, heights_m, earth_radius_m).map_err(|at| MissingTerrain { at, station: 0 })
}

pub(crate) fn obstacle(
    surface: &Surface<'_>,
    (from, to): (Planar, Planar),
    (from_m, to_m): (f64, f64),
    earth_radius_m: f64,
) -> Result<Option<Obstacle>, Planar> {
    let mut points = Vec::new();
    surface.profile(from, to, &mut points)?;
    let last = points.len() - 1;
    let length_m = points[last].distance_km * 1_000.0;
    let (start_m, end_m) = (points[0].ground_m + from_m, points[last].ground_m + to_m);
    let above = |point: &ProfilePoint| {
        let along_m = point.distance_km * 1_000.0;
        let bulge_m = along_m * (length_m - along_m) / (2.0 * earth_radius_m);
        point.ground_m + bulge_m - (start_m + (end_m - start_m) * along_m / length_m)
    };
    let inner = points[1..last].iter().map(|point| {
        let (ground_m, clutter_m) = (above(point), point.clutter_m);
        let share = point.distance_km * 1_000.0 / length_m;
        Obstacle {
            distance_m: point.distance_km * 1_000.0,
            above_m: ground_m + clutter_m,
            is_ground: 0.0 < ground_m || clutter_m <= 0.0,
            at: Planar::new(from.east + (to.east - from.east) * share, from.north + (to.north - from.north) * share),
        }
    });
    Ok(inner.reduce(|highest, next| if highest.above_m < next.above_m { next } else { highest }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::grid_of;

    /// Level ground of 2 m with a wall of 40 m along one column.
    fn walled(column: u32) -> Terrain {
        let grid = grid_of(60, 20);
        let height = |cell| if grid.position(cell).0 == column { 40.0 } else { 2.0 };
        Terrain::new(grid, (0..grid.len()).map(height).collect())
    }

    #[test]
    fn a_wall_is_in_the_way_of_whoever_looks_through_it() {
        let terrain = walled(30);
        let at = |column| terrain.grid().centre(column, 10);
        let seen = |to| highest_between(&terrain, (at(5), at(to)), (30.0, 1.5), EFFECTIVE_EARTH_M).unwrap().unwrap();
        assert!(seen(25).above_m < 0.0);
        let wall = seen(45);
        // 30 m at the mast fall to 1.5 m over 40 cells; the wall is 25 cells away.
        let ray_m = 30.0 + (1.5 - 30.0) * 25.0 / 40.0;
        assert!((wall.above_m - (38.0 - ray_m)).abs() < 0.1, "{wall:?}");
        assert!((wall.distance_m - 1_250.0).abs() <= 50.0 && wall.is_ground, "{wall:?}");
    }

    #[test]
    fn what_nobody_knows_is_named_and_never_sea_level() {
        let mut terrain = walled(30);
        terrain.heights_m[terrain.grid.index(20, 10)] = f32::NAN;
        let at = |column| terrain.grid.centre(column, 10);
        let missing = highest_between(&terrain, (at(5), at(45)), (30.0, 1.5), f64::INFINITY).unwrap_err();
        assert_eq!(terrain.grid.cell_at(missing.at), Some(terrain.grid.index(20, 10)));
        assert!(highest_between(&terrain, (at(5), at(15)), (30.0, 1.5), f64::INFINITY).is_ok());
        let beyond = Planar::new(-500.0, 500.0);
        assert!(highest_between(&terrain, (at(5), beyond), (30.0, 1.5), f64::INFINITY).is_err(), "off the raster");
    }
}
