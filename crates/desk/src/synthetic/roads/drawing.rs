//! Roads on the draft while they are drawn.

use hatang_core::Planar;

use super::{Road, RoadKind};
use crate::synthetic::{
    path::Path,
    plane::{crossing, distance, nearest_on_segment},
};

/// The roads so far.
#[derive(Default)]
pub(super) struct Drawing {
    pub(super) roads: Vec<Road>,
}

/// The place of the network nearest to somewhere.
#[derive(Clone, Copy)]
pub(super) struct Joint {
    road: usize,
    /// The place.
    pub(super) at: Planar,
    /// Metres from where it was asked.
    pub(super) away: f64,
}

impl Drawing {
    pub(super) fn draw(&mut self, name: String, kind: RoadKind, path: Path) {
        self.roads.push(Road { name, kind, path });
    }

    /// The nearest place on any road.
    pub(super) fn nearest(&self, from: Planar) -> Joint {
        let places = self.roads.iter().enumerate().flat_map(|(road, drawn)| {
            drawn.path.0.windows(2).map(move |pair| {
                let at = nearest_on_segment(pair[0], pair[1], from);
                Joint { road, at, away: distance(at, from) }
            })
        });
        places.reduce(|best, next| if next.away < best.away { next } else { best }).expect("the trunk roads come first")
    }

    /// Makes that place a point of its road and answers it; a point that is there already within 15 m serves.
    pub(super) fn joint(&mut self, joint: Joint) -> Planar {
        let points = &mut self.roads[joint.road].path.0;
        if let Some(near) = points.iter().find(|at| distance(**at, joint.at) < 15.0) {
            return *near;
        }
        insert(points, joint.at);
        joint.at
    }

    /// Whether a path crosses a road or comes within `metres` of one.
    pub(super) fn meets(&self, path: &Path, metres: f64) -> bool {
        let near = |road: &Road, at: Planar| road.path.nearest(at).1 < metres;
        self.roads.iter().any(|road| path.0.iter().any(|at| near(road, *at)) || !crossings(&road.path, path).is_empty())
    }

    /// Gives both roads a common point wherever two cross.
    pub(super) fn join_crossings(&mut self) {
        for second in 1..self.roads.len() {
            for first in 0..second {
                for at in crossings(&self.roads[first].path, &self.roads[second].path) {
                    insert(&mut self.roads[first].path.0, at);
                    insert(&mut self.roads[second].path.0, at);
                }
            }
        }
    }
}

fn crossings(a: &Path, b: &Path) -> Vec<Planar> {
    let pairs = |path: &Path| path.0.windows(2).map(|pair| [pair[0], pair[1]]).collect::<Vec<_>>();
    let others = pairs(b);
    pairs(a).iter().flat_map(|side| others.iter().filter_map(|other| crossing(*side, *other))).collect()
}

/// Puts a point of the line between the two it lies between.
fn insert(points: &mut Vec<Planar>, at: Planar) {
    let away = |index: usize| distance(nearest_on_segment(points[index - 1], points[index], at), at);
    if let Some(place) = (1..points.len()).min_by(|a, b| away(*a).total_cmp(&away(*b))) {
        points.insert(place, at);
    }
}
