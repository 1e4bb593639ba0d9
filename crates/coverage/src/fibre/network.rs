//! Routes as a graph: ends that meet are joined, and a route that ends on another splits it there.

use hatang_core::{Capacity, Planar};
use petgraph::graph::{NodeIndex, UnGraph};
use rstar::{AABB, PointDistance, RTree, RTreeObject};

use super::{AccessPoint, Means, Route, Rules};

/// A straight piece between two vertices of a route.
#[derive(Clone, Copy, Debug)]
pub(super) struct Piece {
    pub(super) from: Planar,
    pub(super) to: Planar,
    /// The edge that it became; before that, its own index.
    pub(super) edge: usize,
    pub(super) route: usize,
}

impl Piece {
    /// How far along it the nearest position to `at` lies, and that position.
    pub(super) fn nearest(&self, at: Planar) -> (f64, Planar) {
        let (east, north) = (self.to.east - self.from.east, self.to.north - self.from.north);
        let squared = east * east + north * north;
        if squared <= 0.0 {
            return (0.0, self.from);
        }
        let along = ((at.east - self.from.east) * east + (at.north - self.from.north) * north) / squared;
        let along = along.clamp(0.0, 1.0);
        (along * squared.sqrt(), Planar::new(self.from.east + along * east, self.from.north + along * north))
    }
}

impl RTreeObject for Piece {
    type Envelope = AABB<[f64; 2]>;

    fn envelope(&self) -> Self::Envelope {
        AABB::from_corners([self.from.east, self.from.north], [self.to.east, self.to.north])
    }
}

impl PointDistance for Piece {
    fn distance_2(&self, point: &[f64; 2]) -> f64 {
        let at = Planar::new(point[0], point[1]);
        let (_, nearest) = self.nearest(at);
        (nearest.east - at.east).powi(2) + (nearest.north - at.north).powi(2)
    }
}

/// What an edge of the graph is.
#[derive(Clone, Copy, Debug)]
pub(super) struct Edge {
    pub(super) length_m: f64,
    pub(super) means: Means,
    pub(super) room: Capacity,
}

/// An access point on the graph.
#[derive(Clone, Copy, Debug)]
pub(super) struct Source {
    pub(super) node: NodeIndex,
    /// From the cabinet to the route it stands on.
    pub(super) lead_m: f64,
    pub(super) access_point: usize,
    pub(super) spare: Capacity,
}

/// Routes and access points, joined.
#[derive(Debug)]
pub struct Network {
    pub(super) graph: UnGraph<Planar, Edge>,
    pub(super) pieces: RTree<Piece>,
    pub(super) sources: Vec<Source>,
    /// Access points that stand on no route.
    pub stray: Vec<usize>,
    barriers: RTree<Piece>,
}

/// Where a drop would leave a route.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Snap {
    /// The route's index.
    pub route: usize,
    /// The position on it.
    pub at: Planar,
    /// From there to the building.
    pub drop_m: f64,
    pub(super) edge: usize,
    pub(super) along_m: f64,
}

impl Network {
    /// Joins routes and access points. `barriers` are lines that no drop may cross.
    ///
    /// `O(n log n)` for `n` vertices.
    #[must_use]
    pub fn new(routes: &[Route], access_points: &[AccessPoint], barriers: &[Vec<Planar>], rules: &Rules) -> Self {
        let pieces = pieces_of(routes.iter().map(|route| route.line.as_slice()));
        let tree = RTree::bulk_load(pieces.clone());
        let mut cuts: Vec<Vec<(f64, Planar)>> = vec![Vec::new(); pieces.len()];
        for (route, given) in routes.iter().enumerate() {
            for end in [given.line.first(), given.line.last()].into_iter().flatten() {
                for piece in tree.locate_within_distance([end.east, end.north], rules.join_m * rules.join_m) {
                    if piece.route != route {
                        cuts[piece.edge].push(piece.nearest(*end));
                    }
                }
            }
        }
        let mut attached = Vec::new();
        let mut stray = Vec::new();
        for (access_point, given) in access_points.iter().enumerate() {
            match nearest_of(&tree, given.at).filter(|(_, distance)| *distance <= rules.attach_m) {
                Some((piece, lead_m)) => {
                    let (along, at) = piece.nearest(given.at);
                    cuts[piece.edge].push((along, at));
                    attached.push((access_point, at, lead_m));
                }
                None => stray.push(access_point),
            }
        }
        let mut joined = Joined::new(rules.join_m);
        let mut laid = Vec::new();
        for (piece, cuts) in pieces.iter().zip(&mut cuts) {
            cuts.sort_by(|a, b| a.0.total_cmp(&b.0));
            let stops = cuts.iter().map(|(_, at)| *at).chain([piece.to]);
            let mut from = piece.from;
            for to in stops {
                laid.extend(joined.lay(from, to, piece.route, &routes[piece.route]));
                from = to;
            }
        }
        let sources = attached
            .into_iter()
            .map(|(access_point, at, lead_m)| Source {
                node: joined.node(at),
                lead_m,
                access_point,
                spare: access_points[access_point].spare,
            })
            .collect();
        let barriers = RTree::bulk_load(pieces_of(barriers.iter().map(Vec::as_slice)));
        Self { graph: joined.graph, pieces: RTree::bulk_load(laid), sources, stray, barriers }
    }

    /// The places where a drop to `at` could leave a route, the nearest first, of equals the lowest route; not beyond
    /// `farthest_m`. Second: whether the nearest of all was left out because its drop would cross a barrier.
    pub(super) fn snaps(&self, at: Planar, farthest_m: f64) -> impl Iterator<Item = (Snap, bool)> {
        let by_distance = self.pieces.nearest_neighbor_iter_with_distance_2(&[at.east, at.north]);
        by_distance.take_while(move |(_, squared)| *squared <= farthest_m * farthest_m).map(move |(piece, squared)| {
            let (along_m, on_route) = piece.nearest(at);
            let snap = Snap { route: piece.route, at: on_route, drop_m: squared.sqrt(), edge: piece.edge, along_m };
            (snap, self.crosses(at, on_route))
        })
    }

    fn crosses(&self, from: Planar, to: Planar) -> bool {
        let drop = Piece { from, to, edge: 0, route: 0 };
        self.barriers.locate_in_envelope_intersecting(&drop.envelope()).any(|barrier| cross(&drop, barrier))
    }
}

fn pieces_of<'a>(lines: impl Iterator<Item = &'a [Planar]>) -> Vec<Piece> {
    let mut pieces = Vec::new();
    for (route, line) in lines.enumerate() {
        for ends in line.windows(2) {
            pieces.push(Piece { from: ends[0], to: ends[1], edge: pieces.len(), route });
        }
    }
    pieces
}

fn nearest_of(tree: &RTree<Piece>, at: Planar) -> Option<(&Piece, f64)> {
    let mut by_distance = tree.nearest_neighbor_iter_with_distance_2(&[at.east, at.north]);
    by_distance.next().map(|(piece, squared)| (piece, squared.sqrt()))
}

/// Whether two pieces have a position in common.
fn cross(a: &Piece, b: &Piece) -> bool {
    let side = |piece: &Piece, at: Planar| {
        let (east, north) = (piece.to.east - piece.from.east, piece.to.north - piece.from.north);
        east * (at.north - piece.from.north) - north * (at.east - piece.from.east)
    };
    let parted = |piece: &Piece, other: &Piece| side(piece, other.from) * side(piece, other.to) <= 0.0;
    let overlap = |low: (f64, f64), high: (f64, f64)| {
        low.0.min(low.1) <= high.0.max(high.1) && high.0.min(high.1) <= low.0.max(low.1)
    };
    parted(a, b)
        && parted(b, a)
        && overlap((a.from.east, a.to.east), (b.from.east, b.to.east))
        && overlap((a.from.north, a.to.north), (b.from.north, b.to.north))
}

/// A graph whose nodes swallow positions near them.
struct Joined {
    graph: UnGraph<Planar, Edge>,
    nodes: RTree<rstar::primitives::GeomWithData<[f64; 2], NodeIndex>>,
    join_m: f64,
}

impl Joined {
    fn new(join_m: f64) -> Self {
        Self { graph: UnGraph::default(), nodes: RTree::new(), join_m }
    }

    fn node(&mut self, at: Planar) -> NodeIndex {
        let place = [at.east, at.north];
        if let Some(near) = self.nodes.nearest_neighbor(&place)
            && near.distance_2(&place) <= self.join_m * self.join_m
        {
            return near.data;
        }
        let node = self.graph.add_node(at);
        self.nodes.insert(rstar::primitives::GeomWithData::new(place, node));
        node
    }

    /// Adds an edge; none where both ends are one node.
    fn lay(&mut self, from: Planar, to: Planar, route: usize, given: &Route) -> Option<Piece> {
        let (start, end) = (self.node(from), self.node(to));
        if start == end {
            return None;
        }
        let length_m = (to.east - from.east).hypot(to.north - from.north);
        let edge = self.graph.add_edge(start, end, Edge { length_m, means: given.means, room: given.room });
        Some(Piece { from, to, edge: edge.index(), route })
    }
}
