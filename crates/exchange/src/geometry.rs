//! Geometry as submitted, and where it lies on WGS 84.

use std::str::FromStr as _;

use geojson::{GeometryValue, Position};
use hatang_core::{BoundingBox, Lonlat, Shape, shape::Ring};
use hatang_crs::{Crs, to_wgs84};
use wkt::{
    Wkt,
    types::{Coord, LineString, Polygon},
};

use crate::{
    crs_check::Axes,
    refusal::{self, Explanation, Refusal},
};

/// Where positions may lie, and in which numbers they are given.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Ground {
    pub(crate) crs: Crs,
    /// The order of the two numbers.
    pub(crate) axes: Axes,
    /// The loaded territory with its margin; `None` is the world.
    pub(crate) bounds: Option<BoundingBox>,
}

impl Ground {
    /// WGS 84 anywhere.
    pub(crate) const WORLD: Self = Self { crs: Crs::WGS84, axes: Axes::EastFirst, bounds: None };

    /// The geometry on WGS 84, checked. A refusal comes with the position it is about, if it is about one.
    pub(crate) fn shape(&self, given: &GeometryValue) -> Result<Shape, (Refusal, Option<String>)> {
        let run = |positions: &[Position]| positions.iter().map(|at| self.lonlat(at)).collect::<Result<Vec<_>, _>>();
        let runs = |parts: &[Vec<Position>]| parts.iter().map(|part| run(part)).collect::<Result<Vec<_>, _>>();
        let shape = match given {
            GeometryValue::Point { coordinates } => Shape::Point(self.lonlat(coordinates)?),
            GeometryValue::LineString { coordinates } => Shape::LineString(run(coordinates)?),
            GeometryValue::MultiLineString { coordinates } => Shape::MultiLineString(runs(coordinates)?),
            GeometryValue::Polygon { coordinates } => Shape::Polygon(wound(runs(coordinates)?)),
            GeometryValue::MultiPolygon { coordinates } => {
                Shape::MultiPolygon(coordinates.iter().map(|part| runs(part).map(wound)).collect::<Result<_, _>>()?)
            }
            other => {
                let expected = "Point, LineString, Polygon, MultiLineString, MultiPolygon";
                return Err((refusal::wrong_geometry(other.type_name(), expected), None));
            }
        };
        shape.check().map_err(|error| (refusal::invalid_shape(&error), None))?;
        Ok(shape)
    }

    fn lonlat(&self, at: &Position) -> Result<Lonlat, (Refusal, Option<String>)> {
        let &[x, y, ..] = at.as_slice() else { return Err((refusal::no_geometry(), None)) };
        let given = || Some(format!("{x} {y}"));
        if !(x.is_finite() && y.is_finite()) {
            return Err((refusal::not_a_coordinate(), given()));
        }
        let found = self.read_in(self.crs, x, y);
        let loaded = self.bounds.is_some();
        found.ok_or_else(|| (refusal::out_of_place(self.crs, loaded, self.explanation(x, y)), given()))
    }

    /// Whether a position is out of place, and in place with its two numbers swapped.
    pub(crate) fn is_swapped(&self, at: &Position) -> bool {
        matches!(at.as_slice(), &[x, y, ..]
            if self.read_in(self.crs, x, y).is_none() && self.read_in(self.crs, y, x).is_some())
    }

    fn read_in(&self, crs: Crs, x: f64, y: f64) -> Option<Lonlat> {
        let (x, y) = if self.axes == Axes::EastFirst { (x, y) } else { (y, x) };
        to_wgs84(crs, x, y).ok().filter(|at| self.bounds.is_none_or(|bounds| bounds.contains(*at)))
    }

    fn explanation(&self, x: f64, y: f64) -> Option<Explanation> {
        if self.read_in(self.crs, y, x).is_some() {
            return Some(Explanation::Swapped);
        }
        // Without a territory nearly any system would do.
        self.bounds?;
        let fits = |crs: &&Crs| **crs != self.crs && self.read_in(**crs, x, y).is_some();
        Crs::all().iter().find(fits).map(|crs| Explanation::OtherCrs(*crs))
    }
}

/// Rings after the right-hand rule: the outer one counter-clockwise, holes clockwise. Files are read in either order.
///
/// Source: RFC 7946, 3.1.6.
pub(crate) fn wound(mut rings: Vec<Ring>) -> Vec<Ring> {
    for (index, ring) in rings.iter_mut().enumerate() {
        let Some(first) = ring.first().copied() else { continue };
        let doubled_area: f64 = ring
            .windows(2)
            .map(|pair| (pair[1].lon() - pair[0].lon()) * (pair[1].lat() + pair[0].lat() - 2.0 * first.lat()))
            .sum();
        let is_clockwise = 0.0 < doubled_area;
        if is_clockwise == (index == 0) {
            ring.reverse();
        }
    }
    rings
}

/// Reads well-known text of the shapes that assets can have.
pub(crate) fn from_wkt(text: &str) -> Result<GeometryValue, Refusal> {
    // Collections nest without bound, and a reader that follows them may run out of stack.
    if text.trim_start().to_ascii_uppercase().starts_with("GEOMETRYCOLLECTION") {
        return Err(refusal::wrong_geometry("GeometryCollection", "Point, LineString, Polygon"));
    }
    let positions = |line: &LineString<f64>| line.coords().iter().map(position).collect::<Vec<_>>();
    let rings = |polygon: &Polygon<f64>| polygon.rings().iter().map(positions).collect::<Vec<_>>();
    Ok(match Wkt::<f64>::from_str(text).map_err(refusal::unreadable_geometry)? {
        Wkt::Point(point) => {
            GeometryValue::Point { coordinates: point.coord().map(position).ok_or_else(refusal::no_geometry)? }
        }
        Wkt::LineString(line) => GeometryValue::LineString { coordinates: positions(&line) },
        Wkt::Polygon(polygon) => GeometryValue::Polygon { coordinates: rings(&polygon) },
        Wkt::MultiLineString(lines) => {
            GeometryValue::MultiLineString { coordinates: lines.line_strings().iter().map(positions).collect() }
        }
        Wkt::MultiPolygon(parts) => {
            GeometryValue::MultiPolygon { coordinates: parts.polygons().iter().map(rings).collect() }
        }
        Wkt::MultiPoint(_) => return Err(refusal::wrong_geometry("MultiPoint", "Point, LineString, Polygon")),
        Wkt::GeometryCollection(_) => {
            return Err(refusal::wrong_geometry("GeometryCollection", "Point, LineString, Polygon"));
        }
    })
}

fn position(at: &Coord<f64>) -> Position {
    at.z.map_or_else(|| Position::from([at.x, at.y]), |z| Position::from(vec![at.x, at.y, z]))
}

/// The submitted numbers as text: two numbers for a point, well-known text for anything else.
pub(crate) fn to_text(given: &GeometryValue) -> String {
    let pair = |at: &Position| at.as_slice().iter().take(2).map(f64::to_string).collect::<Vec<_>>().join(" ");
    let run = |line: &Vec<Position>| bracketed(line, pair);
    let runs = |parts: &Vec<Vec<Position>>| bracketed(parts, run);
    match given {
        GeometryValue::Point { coordinates } => pair(coordinates),
        GeometryValue::LineString { coordinates } => format!("LINESTRING {}", run(coordinates)),
        GeometryValue::MultiLineString { coordinates } => format!("MULTILINESTRING {}", runs(coordinates)),
        GeometryValue::Polygon { coordinates } => format!("POLYGON {}", runs(coordinates)),
        GeometryValue::MultiPolygon { coordinates } => format!("MULTIPOLYGON {}", bracketed(coordinates, runs)),
        other => other.type_name().to_owned(),
    }
}

fn bracketed<T>(parts: &[T], text: impl Fn(&T) -> String) -> String {
    format!("({})", parts.iter().map(text).collect::<Vec<_>>().join(", "))
}

/// Every submitted position of a geometry of a type that [`Ground::shape`] accepts.
pub(crate) fn positions(given: &GeometryValue) -> Box<dyn Iterator<Item = &Position> + '_> {
    match given {
        GeometryValue::Point { coordinates } => Box::new(std::iter::once(coordinates)),
        GeometryValue::LineString { coordinates } => Box::new(coordinates.iter()),
        GeometryValue::MultiLineString { coordinates } | GeometryValue::Polygon { coordinates } => {
            Box::new(coordinates.iter().flatten())
        }
        GeometryValue::MultiPolygon { coordinates } => Box::new(coordinates.iter().flatten().flatten()),
        _ => Box::new(std::iter::empty()),
    }
}

/// A shape on WGS 84 as well-known text.
pub(crate) fn well_known_text(shape: &Shape) -> String {
    let pair = |at: &Lonlat| format!("{} {}", at.lon(), at.lat());
    let run = |line: &Vec<Lonlat>| bracketed(line, pair);
    let runs = |parts: &Vec<Vec<Lonlat>>| bracketed(parts, run);
    match shape {
        Shape::Point(at) => format!("POINT ({})", pair(at)),
        Shape::LineString(line) => format!("LINESTRING {}", run(line)),
        Shape::MultiLineString(parts) => format!("MULTILINESTRING {}", runs(parts)),
        Shape::Polygon(parts) => format!("POLYGON {}", runs(parts)),
        Shape::MultiPolygon(parts) => format!("MULTIPOLYGON {}", bracketed(parts, runs)),
    }
}
