//! Lengths and distances on the ellipsoid, after Karney.
//!
//! Distances between shapes find the nearest pair of positions on a plane that touches the ellipsoid at the pair's
//! neighbourhood, and then measure that pair geodesically. Within 10 km the choice of the pair costs less than a
//! millimetre; the measured number itself is always geodesic.
//!
//! Source: C. F. F. Karney, Algorithms for geodesics, J. Geodesy 87 (2013), 43–55.

use geo::{Distance, Geodesic, GeodesicArea};

use crate::{
    position::Lonlat,
    shape::{Shape, polygon},
    units::Metres,
};

/// Geodesic metres between two positions.
#[must_use]
pub fn distance(from: Lonlat, to: Lonlat) -> Metres {
    Metres::computed(Geodesic.distance(geo::Point::new(from.lon(), from.lat()), geo::Point::new(to.lon(), to.lat())))
}

/// Geodesic metres along a run of positions.
#[must_use]
pub fn length(run: &[Lonlat]) -> Metres {
    Metres::computed(run.windows(2).map(|pair| distance(pair[0], pair[1]).get()).sum())
}

/// Geodesic square metres of an area; zero for points and lines.
#[must_use]
pub fn area_m2(shape: &Shape) -> f64 {
    match shape {
        Shape::Polygon(rings) => polygon(rings).geodesic_area_signed().abs(),
        Shape::MultiPolygon(parts) => parts.iter().map(|rings| polygon(rings).geodesic_area_signed().abs()).sum(),
        _ => 0.0,
    }
}

/// The nearest positions of two shapes and the metres between them.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Nearest {
    /// The position on the first shape.
    pub from: Lonlat,
    /// The position on the second shape.
    pub to: Lonlat,
    /// Geodesic metres between the two.
    pub distance: Metres,
}

/// Finds where two shapes come nearest. An area touches everything inside it. `O(n × m)` in their positions.
#[must_use]
pub fn nearest(from: &Shape, to: &Shape) -> Nearest {
    if let Some(inside) = common_position(from, to) {
        return Nearest { from: inside, to: inside, distance: Metres::ZERO };
    }
    let plane = TangentPlane::at(from.bounding_box().centre());
    let mut best = (f64::INFINITY, [0.0; 2], [0.0; 2]);
    for a in from.runs() {
        for b in to.runs() {
            let candidate = nearest_on_runs(&plane, a, b);
            if candidate.0 < best.0 {
                best = candidate;
            }
        }
    }
    let (from, to) = (plane.lonlat(best.1), plane.lonlat(best.2));
    Nearest { from, to, distance: distance(from, to) }
}

fn common_position(a: &Shape, b: &Shape) -> Option<Lonlat> {
    let inside = |area: &Shape, other: &Shape| other.positions().find(|at| area.encloses(*at));
    if a.is_area() { inside(a, b) } else { None }.or_else(|| if b.is_area() { inside(b, a) } else { None })
}

/// A plane that touches the ellipsoid, in metres east and north of its origin.
///
/// Scales are those of the ellipsoid's two radii of curvature at the origin: exact there, and within 1 ‰ at 30 km.
#[derive(Clone, Copy, Debug)]
pub struct TangentPlane {
    origin: Lonlat,
    metres_per_lon: f64,
    metres_per_lat: f64,
}

/// Semi-major axis of WGS 84, in metres.
const SEMI_MAJOR: f64 = 6_378_137.0;
/// First eccentricity of WGS 84, squared.
const ECCENTRICITY_2: f64 = 0.006_694_379_990_141_316;

impl TangentPlane {
    /// The plane that touches at `origin`.
    #[must_use]
    pub fn at(origin: Lonlat) -> Self {
        let (sin, cos) = origin.lat().to_radians().sin_cos();
        let w2 = 1.0 - ECCENTRICITY_2 * sin * sin;
        let prime_vertical = SEMI_MAJOR / w2.sqrt();
        let meridian = SEMI_MAJOR * (1.0 - ECCENTRICITY_2) / (w2 * w2.sqrt());
        Self {
            origin,
            metres_per_lon: (prime_vertical * cos).max(1.0).to_radians(),
            metres_per_lat: meridian.to_radians(),
        }
    }

    /// Metres east and north of the origin.
    #[must_use]
    pub fn metres(&self, at: Lonlat) -> [f64; 2] {
        [(at.lon() - self.origin.lon()) * self.metres_per_lon, (at.lat() - self.origin.lat()) * self.metres_per_lat]
    }

    /// The position that many metres east and north of the origin.
    ///
    /// # Panics
    /// When that leaves the earth, which no position between two given ones does.
    #[must_use]
    pub fn lonlat(&self, [east, north]: [f64; 2]) -> Lonlat {
        let lon = (self.origin.lon() + east / self.metres_per_lon).clamp(-180.0, 180.0);
        let lat = (self.origin.lat() + north / self.metres_per_lat).clamp(-90.0, 90.0);
        Lonlat::new(lon, lat).expect("clamped to the earth")
    }
}

/// Two positions, and the square of the metres between them: which pair is nearest needs no root.
type Pair = (f64, [f64; 2], [f64; 2]);

fn nearest_on_runs(plane: &TangentPlane, a: &[Lonlat], b: &[Lonlat]) -> Pair {
    let a: Vec<[f64; 2]> = a.iter().map(|at| plane.metres(*at)).collect();
    let b: Vec<[f64; 2]> = b.iter().map(|at| plane.metres(*at)).collect();
    let mut best = (f64::INFINITY, [0.0; 2], [0.0; 2]);
    for s in segments(&a) {
        for t in segments(&b) {
            if best.0 <= at_least_apart_2(s, t) {
                continue;
            }
            let candidate = nearest_on_segments(s, t);
            if candidate.0 < best.0 {
                best = candidate;
            }
        }
    }
    best
}

/// A run's segments; a run of one position is one segment of no length.
fn segments(run: &[[f64; 2]]) -> impl Iterator<Item = [[f64; 2]; 2]> + '_ {
    let single = (run.len() == 1).then(|| [run[0], run[0]]);
    single.into_iter().chain(run.windows(2).map(|pair| [pair[0], pair[1]]))
}

/// A lower bound of the squared metres between two segments, by their boxes: much cheaper than the metres themselves.
fn at_least_apart_2([a, b]: [[f64; 2]; 2], [c, d]: [[f64; 2]; 2]) -> f64 {
    let gap = |axis: usize| {
        let beyond = c[axis].min(d[axis]) - a[axis].max(b[axis]);
        beyond.max(a[axis].min(b[axis]) - c[axis].max(d[axis])).max(0.0)
    };
    gap(0).powi(2) + gap(1).powi(2)
}

fn nearest_on_segments([a, b]: [[f64; 2]; 2], [c, d]: [[f64; 2]; 2]) -> Pair {
    if let Some(at) = crossing([a, b], [c, d]) {
        return (0.0, at, at);
    }
    let ends = [
        (foot(a, [c, d]), a, true),
        (foot(b, [c, d]), b, true),
        (foot(c, [a, b]), c, false),
        (foot(d, [a, b]), d, false),
    ];
    let pairs = ends.map(|(foot, end, end_is_on_first)| {
        let metres_2 = (foot[0] - end[0]).powi(2) + (foot[1] - end[1]).powi(2);
        if end_is_on_first { (metres_2, end, foot) } else { (metres_2, foot, end) }
    });
    pairs.into_iter().fold(pairs[0], |best, pair| if pair.0 < best.0 { pair } else { best })
}

/// The position of a segment that is nearest to `p`.
fn foot(p: [f64; 2], [a, b]: [[f64; 2]; 2]) -> [f64; 2] {
    let (dx, dy) = (b[0] - a[0], b[1] - a[1]);
    let length_2 = dx * dx + dy * dy;
    if length_2 <= 0.0 {
        return a;
    }
    let along = (((p[0] - a[0]) * dx + (p[1] - a[1]) * dy) / length_2).clamp(0.0, 1.0);
    [a[0] + along * dx, a[1] + along * dy]
}

/// Where two segments cross, if they do.
fn crossing(first: [[f64; 2]; 2], second: [[f64; 2]; 2]) -> Option<[f64; 2]> {
    let minus = |p: [f64; 2], q: [f64; 2]| [p[0] - q[0], p[1] - q[1]];
    let cross = |p: [f64; 2], q: [f64; 2]| p[0] * q[1] - p[1] * q[0];
    let (along, across) = (minus(first[1], first[0]), minus(second[1], second[0]));
    let turn = cross(along, across);
    if turn.abs() <= f64::EPSILON {
        return None;
    }
    let start = minus(second[0], first[0]);
    let (on_first, on_second) = (cross(start, across) / turn, cross(start, along) / turn);
    let inside = (0.0..=1.0).contains(&on_first) && (0.0..=1.0).contains(&on_second);
    inside.then(|| [first[0][0] + on_first * along[0], first[0][1] + on_first * along[1]])
}

#[cfg(test)]
mod tests;
