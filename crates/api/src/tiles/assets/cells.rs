//! Many assets in a small tile: counted by cells, so that none disappears and a tile stays small.

use std::collections::{BTreeMap, BTreeSet};

use hatang_core::{Shape, Sight};

use super::{middle, number, properties};
use crate::tiles::{
    clip,
    mercator::{BUFFER, EXTENT, InTile, Tile},
    mvt::{Geometry, Layer, Unit, Value},
};

/// The side of a cell: 8 pixels of a tile that is drawn 512 pixels wide. The buffer is one whole cell, so that
/// neighbouring tiles count alike.
const CELL: i32 = 64;

const _: () = assert!(EXTENT.is_multiple_of(CELL as u32) && BUFFER == CELL as u32);

/// Lines are drawn to the nearest 2 pixels, on which many fall together.
const GRID: i32 = 16;

/// What is counted together.
#[derive(Default)]
struct Cell<'a> {
    members: Vec<&'a Sight<'a>>,
    sum: [i64; 2],
    segments: BTreeSet<[Unit; 2]>,
}

/// Adds one feature per cell and kind of geometry.
pub(super) fn count<'a>(layer: &mut Layer, tile: Tile, sights: &'a [Sight<'a>]) {
    let mut points: BTreeMap<Unit, Cell<'_>> = BTreeMap::new();
    let mut lines: BTreeMap<Unit, Cell<'_>> = BTreeMap::new();
    for sight in sights {
        let shape = sight.shape();
        let at = clip::unit(tile.project(middle(shape.bounding_box())));
        let is_line = matches!(&*shape, Shape::LineString(_) | Shape::MultiLineString(_));
        let cells = if is_line { &mut lines } else { &mut points };
        let cell = cells.entry(at.map(|units| units.div_euclid(CELL))).or_default();
        cell.members.push(sight);
        cell.sum = [0, 1].map(|axis| cell.sum[axis] + i64::from(at[axis]));
        if is_line {
            for run in shape.runs() {
                cell.draw(&run.iter().map(|at| tile.project(*at)).collect::<Vec<_>>());
            }
        }
    }
    for cell in points.into_values() {
        layer.add(cell.number(), cell.properties(), &Geometry::Point(cell.middle()));
    }
    for cell in lines.into_values() {
        layer.add(cell.number(), cell.properties(), &Geometry::Lines(cell.lines()));
    }
}

impl Cell<'_> {
    /// Draws a line on the coarse grid; what falls together is drawn once.
    fn draw(&mut self, run: &[InTile]) {
        let on_grid = |units: i32| (units + GRID / 2).div_euclid(GRID) * GRID;
        for part in clip::line(run, 0.0) {
            let mut nodes: Vec<Unit> = part.into_iter().map(|at| at.map(on_grid)).collect();
            nodes.dedup();
            self.segments.extend(nodes.windows(2).map(|pair| [pair[0].min(pair[1]), pair[0].max(pair[1])]));
        }
    }

    /// The drawn segments, or a dash where all of them are too short to draw.
    fn lines(&self) -> Vec<Vec<Unit>> {
        if self.segments.is_empty() {
            // The middle of a line that only touches the tile may lie far outside.
            let [x, y] = self.middle().map(|units| units.clamp(-CELL, EXTENT.cast_signed() + CELL));
            return vec![vec![[x - GRID / 2, y], [x + GRID / 2, y]]];
        }
        self.segments.iter().map(|segment| segment.to_vec()).collect()
    }

    /// The mean of the members' places.
    fn middle(&self) -> Unit {
        let members = i64::try_from(self.members.len()).unwrap_or(i64::MAX);
        self.sum.map(|sum| i32::try_from(sum.div_euclid(members)).unwrap_or_default())
    }

    /// A single member keeps its identity.
    fn number(&self) -> Option<u64> {
        if let [only] = self.members[..] { Some(number(only)) } else { None }
    }

    /// A single member's own properties; of several, what they have in common and how many they are.
    fn properties(&self) -> Vec<(&'static str, Value)> {
        if let [only] = self.members[..] {
            return properties(only);
        }
        let mut shared = vec![("count", Value::Count(self.members.len() as u64))];
        let common = |of: fn(&Sight<'_>) -> Value| {
            let mut values = self.members.iter().map(|sight| of(sight));
            let first = values.next()?;
            values.all(|value| value == first).then_some(first)
        };
        let owner = common(|sight| Value::Text(sight.asset().owner.to_string()));
        let status = common(|sight| Value::Text(sight.asset().status.code().to_owned()));
        shared.extend(owner.map(|owner| ("owner", owner)));
        shared.extend(status.map(|status| ("status", status)));
        let generalised = self.members.iter().any(|sight| sight.is_generalised());
        shared.push(("generalised", Value::Flag(generalised)));
        shared
    }
}
