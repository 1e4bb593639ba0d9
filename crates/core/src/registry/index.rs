//! One R-tree per class over exact places and one over the blurred places that the public sees.

use rstar::{AABB, PointDistance, RTree, RTreeObject};

use crate::{position::BoundingBox, position::Lonlat, shape::Shape, visibility::generalise};

/// An asset's box in a tree, in degrees.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Boxed {
    pub(super) slot: u32,
    low: [f64; 2],
    high: [f64; 2],
}

impl Boxed {
    fn new(slot: u32, shape: &Shape) -> Self {
        let [west, south, east, north] = shape.bounding_box().edges();
        Self { slot, low: [west, south], high: [east, north] }
    }
}

impl RTreeObject for Boxed {
    type Envelope = AABB<[f64; 2]>;

    fn envelope(&self) -> Self::Envelope {
        AABB::from_corners(self.low, self.high)
    }
}

impl PointDistance for Boxed {
    fn distance_2(&self, point: &[f64; 2]) -> f64 {
        let outside = |axis: usize| (self.low[axis] - point[axis]).max(point[axis] - self.high[axis]).max(0.0);
        outside(0).powi(2) + outside(1).powi(2)
    }
}

/// The two trees of one class.
#[derive(Debug, Default)]
pub(super) struct ClassIndex {
    exact: RTree<Boxed>,
    blurred: RTree<Boxed>,
}

/// Which of an asset's two places a query looks at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    Exact,
    Blurred,
}

impl ClassIndex {
    pub(super) fn bulk<'a>(assets: impl Iterator<Item = (u32, &'a Shape)>) -> Self {
        let (exact, blurred) = assets
            .map(|(slot, shape)| (Boxed::new(slot, shape), Boxed::new(slot, &generalise(shape))))
            .collect::<(Vec<_>, Vec<_>)>();
        Self { exact: RTree::bulk_load(exact), blurred: RTree::bulk_load(blurred) }
    }

    pub(super) fn insert(&mut self, slot: u32, shape: &Shape) {
        self.exact.insert(Boxed::new(slot, shape));
        self.blurred.insert(Boxed::new(slot, &generalise(shape)));
    }

    pub(super) fn remove(&mut self, slot: u32, shape: &Shape) {
        self.exact.remove(&Boxed::new(slot, shape));
        self.blurred.remove(&Boxed::new(slot, &generalise(shape)));
    }

    const fn tree(&self, place: Place) -> &RTree<Boxed> {
        match place {
            Place::Exact => &self.exact,
            Place::Blurred => &self.blurred,
        }
    }

    /// Slots whose boxes meet `bounds`.
    pub(super) fn meeting(&self, place: Place, bounds: BoundingBox) -> impl Iterator<Item = u32> + '_ {
        let [west, south, east, north] = bounds.edges();
        let envelope = AABB::from_corners([west, south], [east, north]);
        self.tree(place).locate_in_envelope_intersecting(&envelope).map(|boxed| boxed.slot)
    }

    /// Slots by distance of their boxes, nearest first, each with a lower bound of that distance in metres.
    pub(super) fn by_distance(&self, place: Place, at: Lonlat) -> impl Iterator<Item = (u32, f64)> + '_ {
        self.tree(place)
            .nearest_neighbor_iter_with_distance_2(&[at.lon(), at.lat()])
            .map(move |(boxed, degrees_2)| (boxed.slot, least_metres(at, degrees_2.sqrt())))
    }
}

/// No two positions `degrees` apart, one of them `at`, lie nearer to each other than this many metres.
fn least_metres(at: Lonlat, degrees: f64) -> f64 {
    let farthest = (at.lat().abs() + degrees).min(90.0);
    // The shortest degree of latitude is 110,574 m; a degree of longitude is at least cos φ of that; 1 % to spare.
    0.99 * 110_574.0 * degrees * farthest.to_radians().cos()
}
