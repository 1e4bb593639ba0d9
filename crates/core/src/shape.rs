//! The geometry of an asset, a zone or a request, on WGS 84.

mod area;

use geo::{Contains, LineString, MultiPolygon, Polygon};
use serde::{Deserialize, Serialize};

pub use self::area::Area;
use crate::position::{BoundingBox, Lonlat};

/// A line's positions in order.
pub type Line = Vec<Lonlat>;
/// A closed ring: the last position equals the first.
pub type Ring = Vec<Lonlat>;

/// Where something is and how far it extends. Serialises as a GeoJSON geometry (RFC 7946).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", content = "coordinates")]
pub enum Shape {
    /// One position, such as a mast foot.
    Point(Lonlat),
    /// A route of at least two positions.
    LineString(Line),
    /// Several routes that belong together.
    MultiLineString(Vec<Line>),
    /// An area: outer ring first, then holes.
    Polygon(Vec<Ring>),
    /// Several areas that belong together.
    MultiPolygon(Vec<Vec<Ring>>),
}

/// What is wrong with a shape.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum InvalidShape {
    /// Nothing can be that small.
    #[error("a line needs at least 2 positions, this one has {positions}")]
    ShortLine {
        /// How many there are.
        positions: usize,
    },
    /// A line that never leaves its first position.
    #[error("a line has no length: all its positions are {at:?}")]
    NoLength {
        /// The only position.
        at: Lonlat,
    },
    /// A ring is at least a triangle.
    #[error("a ring needs at least 4 positions with the last equal to the first, this one has {positions}")]
    OpenRing {
        /// How many there are.
        positions: usize,
    },
    /// A shape without any part.
    #[error("the geometry has no parts")]
    Empty,
    /// A shape with more positions than any real object has.
    #[error("the geometry has {positions} positions, more than the {MAX_POSITIONS} that are accepted")]
    TooLong {
        /// How many there are.
        positions: usize,
    },
}

/// The most positions a shape may have.
pub const MAX_POSITIONS: usize = 100_000;

impl Shape {
    /// Checks that every part is complete.
    ///
    /// # Errors
    /// [`InvalidShape`] for the first part that is not.
    pub fn check(&self) -> Result<(), InvalidShape> {
        let positions = self.positions().count();
        if MAX_POSITIONS < positions {
            return Err(InvalidShape::TooLong { positions });
        }
        match self {
            Self::Point(_) => Ok(()),
            Self::LineString(line) => check_line(line),
            Self::MultiLineString(lines) if lines.is_empty() => Err(InvalidShape::Empty),
            Self::MultiLineString(lines) => lines.iter().try_for_each(|line| check_line(line)),
            Self::Polygon(rings) => check_rings(rings),
            Self::MultiPolygon(parts) if parts.is_empty() => Err(InvalidShape::Empty),
            Self::MultiPolygon(parts) => parts.iter().try_for_each(|rings| check_rings(rings)),
        }
    }

    /// Every position, part by part.
    #[must_use]
    pub fn positions(&self) -> Box<dyn Iterator<Item = Lonlat> + '_> {
        match self {
            Self::Point(at) => Box::new(std::iter::once(*at)),
            Self::LineString(line) => Box::new(line.iter().copied()),
            Self::MultiLineString(parts) | Self::Polygon(parts) => Box::new(parts.iter().flatten().copied()),
            Self::MultiPolygon(parts) => Box::new(parts.iter().flatten().flatten().copied()),
        }
    }

    /// The smallest box around the shape.
    ///
    /// # Panics
    /// When the shape has no position, which [`Shape::check`] refuses.
    #[must_use]
    pub fn bounding_box(&self) -> BoundingBox {
        BoundingBox::around(self.positions()).expect("a checked shape has at least one position")
    }

    /// Lines and rings as runs of positions; a point is a run of one.
    #[must_use]
    pub fn runs(&self) -> Box<dyn Iterator<Item = &[Lonlat]> + '_> {
        match self {
            Self::Point(at) => Box::new(std::iter::once(std::slice::from_ref(at))),
            Self::LineString(line) => Box::new(std::iter::once(line.as_slice())),
            Self::MultiLineString(parts) | Self::Polygon(parts) => Box::new(parts.iter().map(Vec::as_slice)),
            Self::MultiPolygon(parts) => Box::new(parts.iter().flatten().map(Vec::as_slice)),
        }
    }

    /// Whether a position lies inside this area; never for points and lines.
    #[must_use]
    pub fn encloses(&self, at: Lonlat) -> bool {
        let point = geo::Point::new(at.lon(), at.lat());
        match self {
            Self::Polygon(rings) => polygon(rings).contains(&point),
            Self::MultiPolygon(parts) => {
                parts.iter().map(|rings| polygon(rings)).collect::<MultiPolygon>().contains(&point)
            }
            _ => false,
        }
    }

    /// Whether any part of the shape lies inside the box or on its edge.
    #[must_use]
    pub fn intersects(&self, bounds: BoundingBox) -> bool {
        let crosses = |run: &[Lonlat]| {
            run.iter().any(|at| bounds.contains(*at))
                || run.windows(2).any(|pair| segment_meets(pair[0], pair[1], bounds))
        };
        self.runs().any(crosses) || self.encloses(bounds.centre())
    }

    /// Whether this is an area, which has an inside.
    #[must_use]
    pub const fn is_area(&self) -> bool {
        matches!(self, Self::Polygon(_) | Self::MultiPolygon(_))
    }

    /// The GeoJSON name of the geometry type.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Point(_) => "Point",
            Self::LineString(_) => "LineString",
            Self::MultiLineString(_) => "MultiLineString",
            Self::Polygon(_) => "Polygon",
            Self::MultiPolygon(_) => "MultiPolygon",
        }
    }
}

/// Whether a segment meets a box: clips it edge by edge (Liang and Barsky, 1984).
fn segment_meets(from: Lonlat, to: Lonlat, bounds: BoundingBox) -> bool {
    let [west, south, east, north] = bounds.edges();
    let (dx, dy) = (to.lon() - from.lon(), to.lat() - from.lat());
    let clips =
        [(-dx, from.lon() - west), (dx, east - from.lon()), (-dy, from.lat() - south), (dy, north - from.lat())];
    let (mut enters, mut leaves) = (0.0_f64, 1.0_f64);
    for (direction, room) in clips {
        if direction == 0.0 {
            if room < 0.0 {
                return false;
            }
        } else if direction < 0.0 {
            enters = enters.max(room / direction);
        } else {
            leaves = leaves.min(room / direction);
        }
    }
    enters <= leaves
}

fn check_line(line: &[Lonlat]) -> Result<(), InvalidShape> {
    match line {
        [] | [_] => Err(InvalidShape::ShortLine { positions: line.len() }),
        [first, rest @ ..] if rest.iter().all(|at| at == first) => Err(InvalidShape::NoLength { at: *first }),
        _ => Ok(()),
    }
}

fn check_rings(rings: &[Ring]) -> Result<(), InvalidShape> {
    if rings.is_empty() {
        return Err(InvalidShape::Empty);
    }
    let open = rings.iter().find(|ring| ring.len() < 4 || ring.first() != ring.last());
    open.map_or(Ok(()), |ring| Err(InvalidShape::OpenRing { positions: ring.len() }))
}

fn line_string(run: &[Lonlat]) -> LineString {
    run.iter().map(|at| (at.lon(), at.lat())).collect()
}

/// Outer ring and holes as the geometry library's polygon, in degrees.
pub(crate) fn polygon(rings: &[Ring]) -> Polygon {
    let mut rings = rings.iter().map(|ring| line_string(ring));
    let outer = rings.next().unwrap_or_else(|| LineString::new(Vec::new()));
    Polygon::new(outer, rings.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(lon: f64, lat: f64) -> Lonlat {
        Lonlat::new(lon, lat).unwrap()
    }

    #[test]
    fn incomplete_shapes_are_refused() {
        let a = at(106.0, 20.0);
        let b = at(106.1, 20.0);
        for (name, shape, good) in [
            ("a point", Shape::Point(a), true),
            ("a line", Shape::LineString(vec![a, b]), true),
            ("a line of one position", Shape::LineString(vec![a]), false),
            ("a line that stays", Shape::LineString(vec![a, a, a]), false),
            ("an open ring", Shape::Polygon(vec![vec![a, b, at(106.1, 20.1), at(106.0, 20.1)]]), false),
            ("no parts", Shape::MultiPolygon(vec![]), false),
        ] {
            assert_eq!(shape.check().is_ok(), good, "{name}");
        }
    }

    #[test]
    fn an_area_does_not_enclose_its_hole() {
        let square =
            |w: f64, e: f64| vec![at(w, w - 86.0), at(e, w - 86.0), at(e, e - 86.0), at(w, e - 86.0), at(w, w - 86.0)];
        let area = Shape::Polygon(vec![square(106.0, 106.9), square(106.3, 106.6)]);
        assert!(area.encloses(at(106.1, 20.1)));
        assert!(!area.encloses(at(106.4, 20.4)));
        assert!(!area.encloses(at(107.0, 20.1)));
    }

    #[test]
    fn a_shape_is_written_as_a_geojson_geometry() {
        let line = Shape::LineString(vec![at(106.0, 20.0), at(106.1, 20.0)]);
        let text = serde_json::to_string(&line).unwrap();
        assert_eq!(text, r#"{"type":"LineString","coordinates":[[106.0,20.0],[106.1,20.0]]}"#);
        assert_eq!(serde_json::from_str::<Shape>(&text).unwrap(), line);
    }
}
