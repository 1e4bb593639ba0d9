//! The best server of every cell of a tile, without asking the stations that cannot matter.

use hatang_core::Planar;

use super::swift::{Bound, CLASSES, Swift};
use crate::land::LandClass;
use crate::station::Operator;

/// A station that serves no more than this share of locations is nobody's server.
pub(super) const LEAST_PROBABILITY: f32 = 0.001;

/// The best server of a cell so far.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Best {
    /// Share of locations at which it fails.
    pub(super) failure: f32,
    /// Its index; [`NOBODY`] where nobody serves.
    pub(super) station: u32,
    /// The operators that cover the cell.
    pub(super) operators: u32,
}

pub(super) const NOBODY: u32 = u32::MAX;

impl Best {
    pub(super) const NONE: Self = Self { failure: 1.0 - LEAST_PROBABILITY, station: NOBODY, operators: 0 };

    /// Takes in what one more station offers; of equals the first station stays.
    #[inline]
    pub(super) fn meet(&mut self, station: &Swift<'_>, failure: f32, covered: f32) {
        if covered <= 1.0 - failure {
            self.operators |= station.bit;
        }
        #[expect(clippy::float_cmp, reason = "equal bits are a tie")]
        let tie = failure == self.failure && station.index < self.station && self.station != NOBODY;
        if failure < self.failure || tie {
            self.failure = failure;
            self.station = station.index;
        }
    }

    /// Whether a station that fails at least so often can change nothing.
    #[inline]
    pub(super) fn is_above(&self, bit: u32, least: f32, covered: f32) -> bool {
        self.failure < least && (self.operators & bit != 0 || 1.0 - least < covered)
    }

    /// Its index, where anybody serves.
    pub(super) fn server(&self) -> Option<u32> {
        (self.station != NOBODY).then_some(self.station)
    }

    pub(super) fn probability(&self) -> f32 {
        if self.station == NOBODY { 0.0 } else { 1.0 - self.failure }
    }
}

/// A cell's centre and class.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cell {
    pub(super) at: Planar,
    pub(super) class: LandClass,
}

/// The rectangle that holds the centres of some cells, and the classes that occur among them.
struct Bounds {
    south_west: Planar,
    north_east: Planar,
    classes: [bool; CLASSES],
}

impl Bounds {
    fn of(cells: &[Cell]) -> Self {
        let (mut low, mut high) =
            (Planar::new(f64::INFINITY, f64::INFINITY), Planar::new(f64::NEG_INFINITY, f64::NEG_INFINITY));
        let mut classes = [false; CLASSES];
        for Cell { at, class } in cells {
            classes[*class as usize] = true;
            low = Planar::new(low.east.min(at.east), low.north.min(at.north));
            high = Planar::new(high.east.max(at.east), high.north.max(at.north));
        }
        Self { south_west: low, north_east: high, classes }
    }

    /// The squared distance from a station to the nearest position inside.
    #[expect(clippy::cast_possible_truncation, reason = "a few kilometres to the millimetre")]
    fn nearest_squared(&self, station: Planar) -> f32 {
        let (low, high) = (self.south_west, self.north_east);
        let east = (low.east - station.east).max(station.east - high.east).max(0.0);
        let north = (low.north - station.north).max(station.north - high.north).max(0.0);
        (east * east + north * north) as f32
    }
}

/// The best server of every cell; cells that lie together are quickest.
///
/// Stations are asked in the order of what they can do at best, and not at all once everybody is served better. What each
/// cell gets does not depend on that order, nor on which other cells are asked about.
pub(super) fn best(cells: &[Cell], stations: &[&Swift<'_>], covered: f32) -> Vec<Best> {
    let bounds = Bounds::of(cells);
    let mut near: Vec<(f32, &Swift<'_>)> = stations
        .iter()
        .filter_map(|station| match station.bound(bounds.nearest_squared(station.ready.at), bounds.classes) {
            Bound::AtLeast(least) if least < Best::NONE.failure => Some((least, *station)),
            _ => None,
        })
        .collect();
    near.sort_by(|(a, first), (b, second)| a.total_cmp(b).then(first.index.cmp(&second.index)));
    let mut found = vec![Best::NONE; cells.len()];
    let mut open = Open::default();
    for (least, station) in near {
        let may_serve = open.is_served_worse(&found, least);
        if !may_serve && 1.0 - least < covered {
            // Those that follow can do no more.
            break;
        }
        if !may_serve && !open.is_not_covered_by(&found, station.bit) {
            continue;
        }
        for (best, cell) in found.iter_mut().zip(cells) {
            let skip = |least| best.is_above(station.bit, least, covered);
            if let Some(failure) = station.failure(cell.at, cell.class, skip) {
                best.meet(station, failure, covered);
            }
        }
    }
    found
}

/// How far each question about all cells has been answered for good: bounds only rise and failures only fall, so a cell that
/// is settled stays so.
#[derive(Default)]
struct Open {
    served: usize,
    covered: [usize; Operator::MOST as usize],
}

impl Open {
    /// Whether any cell fails at least so often.
    fn is_served_worse(&mut self, found: &[Best], least: f32) -> bool {
        let settled = found[self.served..].iter().take_while(|best| best.failure < least).count();
        self.served += settled;
        self.served < found.len()
    }

    /// Whether an operator does not cover every cell.
    fn is_not_covered_by(&mut self, found: &[Best], bit: u32) -> bool {
        let covered = &mut self.covered[bit.trailing_zeros() as usize];
        *covered += found[*covered..].iter().take_while(|best| best.operators & bit != 0).count();
        *covered < found.len()
    }
}
