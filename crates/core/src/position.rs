//! Where things are: degrees on the ellipsoid and metres on a map plane, never mixed.

use serde::{Deserialize, Serialize};

/// A position on WGS 84, in degrees: longitude within ±180, latitude within ±90.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "[f64; 2]", into = "[f64; 2]")]
pub struct Lonlat {
    lon: f64,
    lat: f64,
}

/// Two numbers that are no position on the earth.
#[derive(Clone, Copy, Debug, PartialEq, thiserror::Error)]
#[error(
    "longitude {lon}, latitude {lat} is not a position: longitude lies within ±180 and latitude within ±90 degrees"
)]
pub struct InvalidPosition {
    /// The longitude as given, in degrees.
    pub lon: f64,
    /// The latitude as given, in degrees.
    pub lat: f64,
}

impl Lonlat {
    /// Checks and wraps a longitude and a latitude, in degrees.
    ///
    /// # Errors
    /// [`InvalidPosition`] when either number is out of its range or not a number.
    pub fn new(lon: f64, lat: f64) -> Result<Self, InvalidPosition> {
        if (-180.0..=180.0).contains(&lon) && (-90.0..=90.0).contains(&lat) {
            Ok(Self { lon, lat })
        } else {
            Err(InvalidPosition { lon, lat })
        }
    }

    /// Longitude in degrees, east positive.
    #[must_use]
    pub const fn lon(self) -> f64 {
        self.lon
    }

    /// Latitude in degrees, north positive.
    #[must_use]
    pub const fn lat(self) -> f64 {
        self.lat
    }
}

impl TryFrom<[f64; 2]> for Lonlat {
    type Error = InvalidPosition;

    fn try_from([lon, lat]: [f64; 2]) -> Result<Self, Self::Error> {
        Self::new(lon, lat)
    }
}

impl From<Lonlat> for [f64; 2] {
    fn from(at: Lonlat) -> Self {
        [at.lon, at.lat]
    }
}

/// A position on a map plane, in metres. The plane is named by whoever hands it over.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Planar {
    /// Metres east of the plane's false origin.
    pub east: f64,
    /// Metres north of the plane's false origin.
    pub north: f64,
}

impl Planar {
    /// A position from its easting and northing, in metres.
    #[must_use]
    pub const fn new(east: f64, north: f64) -> Self {
        Self { east, north }
    }
}

/// A rectangle in degrees; west ≤ east and south ≤ north (it never crosses the 180° meridian).
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct BoundingBox {
    west: f64,
    south: f64,
    east: f64,
    north: f64,
}

/// Four numbers that do not bound a rectangle.
#[derive(Clone, Copy, Debug, PartialEq, thiserror::Error)]
#[error(
    "{west},{south},{east},{north} is not a box: give west,south,east,north in degrees, west ≤ east and south ≤ north"
)]
pub struct InvalidBox {
    /// Western edge as given.
    pub west: f64,
    /// Southern edge as given.
    pub south: f64,
    /// Eastern edge as given.
    pub east: f64,
    /// Northern edge as given.
    pub north: f64,
}

impl BoundingBox {
    /// The whole earth.
    pub const WORLD: Self = Self { west: -180.0, south: -90.0, east: 180.0, north: 90.0 };

    /// Checks and wraps west, south, east and north, in degrees.
    ///
    /// # Errors
    /// [`InvalidBox`] when an edge is off the earth, not a number, or on the wrong side of its opposite.
    pub fn new(west: f64, south: f64, east: f64, north: f64) -> Result<Self, InvalidBox> {
        let on_earth = Lonlat::new(west, south).is_ok() && Lonlat::new(east, north).is_ok();
        if on_earth && west <= east && south <= north {
            Ok(Self { west, south, east, north })
        } else {
            Err(InvalidBox { west, south, east, north })
        }
    }

    /// The box of one position.
    #[must_use]
    pub const fn at(at: Lonlat) -> Self {
        Self { west: at.lon, south: at.lat, east: at.lon, north: at.lat }
    }

    /// The smallest box around some positions; `None` when there are none.
    #[must_use]
    pub fn around(positions: impl IntoIterator<Item = Lonlat>) -> Option<Self> {
        positions
            .into_iter()
            .fold(None, |seen: Option<Self>, at| Some(seen.map_or(Self::at(at), |seen| seen.joined(Self::at(at)))))
    }

    /// Western, southern, eastern and northern edge, in degrees.
    #[must_use]
    pub const fn edges(self) -> [f64; 4] {
        [self.west, self.south, self.east, self.north]
    }

    /// The smallest box that holds both.
    #[must_use]
    pub const fn joined(self, other: Self) -> Self {
        Self {
            west: self.west.min(other.west),
            south: self.south.min(other.south),
            east: self.east.max(other.east),
            north: self.north.max(other.north),
        }
    }

    /// The middle of the box.
    #[must_use]
    pub fn centre(self) -> Lonlat {
        Lonlat { lon: f64::midpoint(self.west, self.east), lat: f64::midpoint(self.south, self.north) }
    }

    /// Whether the position lies inside or on the edge.
    #[must_use]
    pub fn contains(self, at: Lonlat) -> bool {
        (self.west..=self.east).contains(&at.lon) && (self.south..=self.north).contains(&at.lat)
    }

    /// Whether the two boxes share at least one position.
    #[must_use]
    pub fn intersects(self, other: Self) -> bool {
        self.west <= other.east && other.west <= self.east && self.south <= other.north && other.south <= self.north
    }

    /// A box that holds everything within `metres` of this one; it may hold a little more, never less.
    #[must_use]
    pub fn expanded(self, metres: f64) -> Self {
        // The shortest degree of latitude is 110,574 m and the longest of longitude 111,320 m × cos φ (WGS 84).
        let lat = metres / 110_570.0;
        let farthest = (self.south.abs().max(self.north.abs()) + lat).min(89.9);
        let lon = metres / (111_200.0 * farthest.to_radians().cos());
        Self {
            west: (self.west - lon).max(-180.0),
            south: (self.south - lat).max(-90.0),
            east: (self.east + lon).min(180.0),
            north: (self.north + lat).min(90.0),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_box_has_its_edges_in_order_and_on_the_earth() {
        for (name, [w, s, e, n], good) in [
            ("the commune", [106.44, 20.64, 106.52, 20.71], true),
            ("a point", [106.5, 20.7, 106.5, 20.7], true),
            ("east before west", [106.52, 20.64, 106.44, 20.71], false),
            ("north before south", [106.44, 20.71, 106.52, 20.64], false),
            ("swapped axes", [20.64, 106.44, 20.71, 106.52], false),
            ("no number", [f64::NAN, 20.64, 106.52, 20.71], false),
        ] {
            assert_eq!(BoundingBox::new(w, s, e, n).is_ok(), good, "{name}");
        }
    }
}
