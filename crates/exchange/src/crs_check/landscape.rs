//! The outline and the roads on a plane, for asking distances.

use std::collections::HashMap;

use hatang_core::{BoundingBox, Lonlat, Shape, geodesy::TangentPlane};

use super::{NEAR_M, Surroundings};

/// Side of the cells that road segments are found by, in metres.
const CELL_M: f64 = 250.0;
/// Distances to roads are of interest up to here, in metres.
pub(super) const FAR_M: f64 = 250.0;

pub(super) struct Landscape<'a> {
    outline: &'a Shape,
    around: BoundingBox,
    plane: TangentPlane,
    edges: Vec<Segment>,
    roads: Vec<(usize, Segment)>,
    cells: HashMap<[i32; 2], Vec<u32>>,
}

type Segment = [[f64; 2]; 2];

/// The nearest road: its distance in metres and its number.
pub(super) struct Road {
    pub(super) metres: f64,
    pub(super) road: usize,
}

impl<'a> Landscape<'a> {
    pub(super) fn new(surroundings: &'a Surroundings) -> Self {
        let outline = &surroundings.outline;
        let plane = TangentPlane::at(outline.bounding_box().centre());
        let segments = |shape: &Shape| -> Vec<Segment> {
            let run = |run: &[Lonlat]| -> Vec<Segment> {
                run.windows(2).map(|pair| [plane.metres(pair[0]), plane.metres(pair[1])]).collect()
            };
            shape.runs().flat_map(run).collect()
        };
        let roads: Vec<(usize, Segment)> = surroundings
            .roads
            .iter()
            .enumerate()
            .flat_map(|(road, shape)| segments(shape).into_iter().map(move |segment| (road, segment)))
            .collect();
        let mut cells: HashMap<[i32; 2], Vec<u32>> = HashMap::new();
        for (index, (_, [a, b])) in (0..).zip(&roads) {
            let [west, east] = [a[0].min(b[0]) - FAR_M, a[0].max(b[0]) + FAR_M].map(cell);
            let [south, north] = [a[1].min(b[1]) - FAR_M, a[1].max(b[1]) + FAR_M].map(cell);
            for x in west..=east {
                for y in south..=north {
                    cells.entry([x, y]).or_default().push(index);
                }
            }
        }
        Self {
            outline,
            around: outline.bounding_box().expanded(2.0 * NEAR_M),
            edges: segments(outline),
            plane,
            roads,
            cells,
        }
    }

    pub(super) fn has_roads(&self) -> bool {
        !self.roads.is_empty()
    }

    /// How far outside the outline a position lies, in metres; 0 inside, and only roughly when far away.
    pub(super) fn metres_outside(&self, at: Lonlat) -> f64 {
        if !self.around.contains(at) {
            return f64::INFINITY;
        }
        if self.outline.encloses(at) {
            return 0.0;
        }
        let at = self.plane.metres(at);
        self.edges.iter().map(|edge| metres(at, edge)).fold(f64::INFINITY, f64::min)
    }

    /// The nearest road within [`FAR_M`].
    pub(super) fn nearest_road(&self, at: Lonlat) -> Option<Road> {
        let at = self.plane.metres(at);
        let near = self.cells.get(&at.map(cell))?;
        let roads = near.iter().map(|index| {
            let (road, segment) = &self.roads[*index as usize];
            Road { metres: metres(at, segment), road: *road }
        });
        roads.min_by(|a, b| a.metres.total_cmp(&b.metres)).filter(|road| road.metres <= FAR_M)
    }
}

#[expect(clippy::cast_possible_truncation, reason = "cells of a commune")]
fn cell(metres: f64) -> i32 {
    (metres / CELL_M).floor() as i32
}

fn metres([x, y]: [f64; 2], [[ax, ay], [bx, by]]: &Segment) -> f64 {
    let (dx, dy) = (bx - ax, by - ay);
    let squared = dx * dx + dy * dy;
    let along = if 0.0 < squared { (((x - ax) * dx + (y - ay) * dy) / squared).clamp(0.0, 1.0) } else { 0.0 };
    (x - ax - along * dx).hypot(y - ay - along * dy)
}
