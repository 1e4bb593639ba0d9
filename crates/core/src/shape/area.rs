//! Areas that are asked much about: what lies in them, and how much of one lies in another.

use geo::{Area as _, BooleanOps as _, Contains as _, MultiPolygon};

use super::{Shape, polygon};
use crate::position::{BoundingBox, Lonlat};

/// An area made ready for many questions.
#[derive(Clone, Debug)]
pub struct Area {
    parts: MultiPolygon,
    bounds: BoundingBox,
}

impl Area {
    /// The inside of a shape; none of points and lines, which have none.
    #[must_use]
    pub fn of(shape: &Shape) -> Option<Self> {
        let parts: MultiPolygon = match shape {
            Shape::Polygon(rings) => MultiPolygon(vec![polygon(rings)]),
            Shape::MultiPolygon(parts) => parts.iter().map(|rings| polygon(rings)).collect(),
            Shape::Point(_) | Shape::LineString(_) | Shape::MultiLineString(_) => return None,
        };
        Some(Self { parts, bounds: BoundingBox::around(shape.positions())? })
    }

    /// Whether a position lies inside. `O(n)` in the area's positions, and at once outside its box.
    #[must_use]
    pub fn encloses(&self, at: Lonlat) -> bool {
        self.bounds.contains(at) && self.parts.contains(&geo::Point::new(at.lon(), at.lat()))
    }

    /// Whether any position of a shape lies inside.
    #[must_use]
    pub fn encloses_some_of(&self, shape: &Shape) -> bool {
        shape.positions().any(|at| self.encloses(at))
    }

    /// Which share of the area lies in another, from 0 to 1; 0 of an area without extent.
    #[must_use]
    pub fn share_in(&self, other: &Self) -> f64 {
        let whole = self.parts.unsigned_area();
        // Degrees are of one size for both, because they lie in one place.
        if whole <= 0.0 { 0.0 } else { self.parts.intersection(&other.parts).unsigned_area() / whole }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn square(west: f64, side: f64) -> Shape {
        let at = |lon, lat| Lonlat::new(lon, lat).unwrap();
        let (east, north) = (west + side, 20.0 + side);
        Shape::Polygon(vec![vec![at(west, 20.0), at(east, 20.0), at(east, north), at(west, north), at(west, 20.0)]])
    }

    #[test]
    fn the_share_of_an_area_in_another_is_told_and_touching_is_no_share() {
        let area = |west, side| Area::of(&square(west, side)).unwrap();
        let unit = area(106.0, 1.0);
        for (name, other, share) in [
            ("itself", area(106.0, 1.0), 1.0),
            ("half of it", area(106.5, 1.0), 0.5),
            ("a larger one around it", area(105.5, 3.0), 1.0),
            ("a smaller one in it", area(106.25, 0.5), 0.25),
            ("one that touches it", area(107.0, 1.0), 0.0),
            ("one far away", area(110.0, 1.0), 0.0),
        ] {
            assert!((unit.share_in(&other) - share).abs() < 1e-9, "{name}: {}", unit.share_in(&other));
        }
        assert_eq!(area(106.0, 0.0).share_in(&unit).to_bits(), 0.0_f64.to_bits(), "an area without extent");
    }

    #[test]
    fn an_area_encloses_what_its_shape_does() {
        let shape = square(106.0, 1.0);
        let area = Area::of(&shape).unwrap();
        for (lon, lat) in [(106.5, 20.5), (106.5, 21.5), (105.9, 20.5), (106.999, 20.001)] {
            let at = Lonlat::new(lon, lat).unwrap();
            assert_eq!(area.encloses(at), shape.encloses(at), "{lon} {lat}");
        }
        assert!(area.encloses_some_of(&square(106.5, 0.5)) && !area.encloses_some_of(&square(107.5, 0.5)));
        assert!(Area::of(&Shape::Point(Lonlat::new(106.0, 20.0).unwrap())).is_none());
    }
}
