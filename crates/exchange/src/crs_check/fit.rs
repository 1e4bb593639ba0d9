//! How well positions lie along roads.

use std::collections::BTreeMap;

use hatang_core::Lonlat;

use super::{
    ROADSIDE_M,
    landscape::{FAR_M, Landscape},
    ratio,
};

/// Distances to roads in one reading.
pub(super) struct RoadFit {
    /// Metres to the nearest road, at most [`FAR_M`], with the road's number where one is beside.
    distances: Vec<(f64, Option<usize>)>,
    /// Share of positions beside a road.
    pub(super) share: f64,
}

/// The least share of roadside structures that stand beside a registered road when the system is right.
const LEAST_SHARE: f64 = 0.6;
/// Distances must differ by this much to count for either reading, in metres.
const DECIDED_M: f64 = 10.0;
/// The fewest positions that must speak.
const LEAST_POSITIONS: usize = 12;
/// The fewest roads that they must stand beside: all along one road, a parallel lane would deceive.
const LEAST_ROADS: usize = 3;
/// No road may have more than this share of them.
const MOST_OF_ONE_ROAD: f64 = 0.6;

impl RoadFit {
    pub(super) fn of(positions: &[Option<Lonlat>], landscape: &Landscape) -> Self {
        let distances: Vec<(f64, Option<usize>)> = positions
            .iter()
            .map(|at| match at.and_then(|at| landscape.nearest_road(at)) {
                Some(road) => (road.metres, (road.metres <= ROADSIDE_M).then_some(road.road)),
                None => (FAR_M, None),
            })
            .collect();
        let beside = distances.iter().filter(|(_, road)| road.is_some()).count();
        Self { share: ratio(beside, distances.len()), distances }
    }

    /// Whether these positions lie along roads and the other reading's clearly do not: most are beside a road, at least
    /// twice as many as there, nine of ten that differ are nearer here, and they stand along several roads.
    pub(super) fn clearly_beats(&self, other: &Self) -> bool {
        let mut nearer_here: BTreeMap<usize, usize> = BTreeMap::new();
        let (mut here, mut there) = (0_usize, 0_usize);
        for ((mine, road), (theirs, _)) in self.distances.iter().zip(&other.distances) {
            if DECIDED_M < theirs - mine {
                here += 1;
                if let Some(road) = road {
                    *nearer_here.entry(*road).or_default() += 1;
                }
            } else if DECIDED_M < mine - theirs {
                there += 1;
            }
        }
        let beside: usize = nearer_here.values().sum();
        let most = nearer_here.values().copied().max().unwrap_or(0);
        LEAST_SHARE <= self.share
            && other.share * 2.0 <= self.share
            && LEAST_POSITIONS <= beside
            && 9 * there <= here
            && LEAST_ROADS <= nearer_here.len()
            && ratio(most, beside) <= MOST_OF_ONE_ROAD
    }
}
