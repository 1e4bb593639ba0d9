//! Well-known binary: geometries in GeoPackage. Counts are never believed beyond the bytes that are there.

use geojson::{GeometryValue, Position};

use crate::refusal::{self, Refusal};

/// Reads one geometry; positions keep a height as their third number.
pub(crate) fn read(bytes: &[u8]) -> Result<GeometryValue, Refusal> {
    let mut bytes = Bytes { rest: bytes, is_little: true };
    bytes.geometry(0).ok_or_else(|| refusal::unreadable_geometry("the well-known binary breaks off or is not one"))?
}

struct Bytes<'a> {
    rest: &'a [u8],
    is_little: bool,
}

/// Parts within parts that are followed.
const DEEPEST: u32 = 4;

impl Bytes<'_> {
    fn take<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (taken, rest) = self.rest.split_first_chunk::<N>()?;
        self.rest = rest;
        Some(*taken)
    }

    fn count(&mut self) -> Option<u32> {
        let bytes = self.take()?;
        Some(if self.is_little { u32::from_le_bytes(bytes) } else { u32::from_be_bytes(bytes) })
    }

    fn number(&mut self) -> Option<f64> {
        let bytes = self.take()?;
        Some(if self.is_little { f64::from_le_bytes(bytes) } else { f64::from_be_bytes(bytes) })
    }

    /// Nothing when the bytes break off.
    fn geometry(&mut self, depth: u32) -> Option<Result<GeometryValue, Refusal>> {
        self.is_little = self.take::<1>()? == [1];
        let kind = self.count()?;
        // Heights and measures: thousands after ISO, high bits after older PostGIS.
        let (has_z, has_m) = match kind & 0x0fff_ffff {
            1000..2000 => (true, false),
            2000..3000 => (false, true),
            3000..4000 => (true, true),
            _ => (kind & 0x8000_0000 != 0, kind & 0x4000_0000 != 0),
        };
        if kind & 0x2000_0000 != 0 {
            self.count()?;
        }
        let shape = Dimensions { has_z, has_m };
        Some(Ok(match (kind & 0x0fff_ffff) % 1000 {
            1 => {
                let coordinates = self.position(shape)?;
                // An empty point is written as two that are not numbers.
                if coordinates.as_slice().iter().take(2).all(|number| number.is_nan()) {
                    return Some(Err(refusal::no_geometry()));
                }
                GeometryValue::Point { coordinates }
            }
            2 => GeometryValue::LineString { coordinates: self.line(shape)? },
            3 => GeometryValue::Polygon { coordinates: self.rings(shape)? },
            code @ (4..=7) if depth < DEEPEST => return self.parts(code, depth),
            _ => return Some(Err(refusal::unreadable_geometry("a kind of geometry that is not accepted"))),
        }))
    }

    fn parts(&mut self, code: u32, depth: u32) -> Option<Result<GeometryValue, Refusal>> {
        let count = self.count()?;
        let (mut points, mut lines, mut polygons) = (Vec::new(), Vec::new(), Vec::new());
        for _ in 0..count {
            match self.geometry(depth + 1)? {
                Ok(GeometryValue::Point { coordinates }) => points.push(coordinates),
                Ok(GeometryValue::LineString { coordinates }) => lines.push(coordinates),
                Ok(GeometryValue::Polygon { coordinates }) => polygons.push(coordinates),
                Ok(other) => {
                    return Some(Err(refusal::wrong_geometry(other.type_name(), "Point, LineString, Polygon")));
                }
                Err(refusal) => return Some(Err(refusal)),
            }
        }
        // One part is that part: programs wrap single shapes.
        Some(match (code, points.len(), lines.len(), polygons.len()) {
            (_, 0, 0, 0) => Err(refusal::no_geometry()),
            (4, 1, 0, 0) => Ok(GeometryValue::Point { coordinates: points.swap_remove(0) }),
            (5, 0, 1, 0) => Ok(GeometryValue::LineString { coordinates: lines.swap_remove(0) }),
            (5, 0, _, 0) => Ok(GeometryValue::MultiLineString { coordinates: lines }),
            (6, 0, 0, 1) => Ok(GeometryValue::Polygon { coordinates: polygons.swap_remove(0) }),
            (6, 0, 0, _) => Ok(GeometryValue::MultiPolygon { coordinates: polygons }),
            (4, ..) => Err(refusal::wrong_geometry("MultiPoint", "Point, LineString, Polygon")),
            _ => Err(refusal::wrong_geometry("GeometryCollection", "Point, LineString, Polygon")),
        })
    }

    fn rings(&mut self, shape: Dimensions) -> Option<Vec<Vec<Position>>> {
        let count = self.count()?;
        let mut rings = Vec::new();
        for _ in 0..count {
            rings.push(self.line(shape)?);
        }
        Some(rings)
    }

    fn line(&mut self, shape: Dimensions) -> Option<Vec<Position>> {
        let count = self.count()?;
        let mut line = Vec::new();
        for _ in 0..count {
            line.push(self.position(shape)?);
        }
        Some(line)
    }

    fn position(&mut self, Dimensions { has_z, has_m }: Dimensions) -> Option<Position> {
        let (x, y) = (self.number()?, self.number()?);
        let z = if has_z { Some(self.number()?) } else { None };
        if has_m {
            self.number()?;
        }
        Some(z.map_or_else(|| Position::from([x, y]), |z| Position::from(vec![x, y, z])))
    }
}

#[derive(Clone, Copy)]
struct Dimensions {
    has_z: bool,
    has_m: bool,
}

/// Writes a shape, little-endian.
pub(crate) fn write(shape: &hatang_core::Shape) -> Vec<u8> {
    use hatang_core::{Lonlat, Shape};

    fn head(bytes: &mut Vec<u8>, kind: u32) {
        bytes.push(1);
        bytes.extend(kind.to_le_bytes());
    }
    fn count(bytes: &mut Vec<u8>, count: usize) {
        bytes.extend(u32::try_from(count).unwrap_or(u32::MAX).to_le_bytes());
    }
    fn position(bytes: &mut Vec<u8>, at: Lonlat) {
        bytes.extend(at.lon().to_le_bytes());
        bytes.extend(at.lat().to_le_bytes());
    }
    fn line(bytes: &mut Vec<u8>, line: &[Lonlat]) {
        count(bytes, line.len());
        for at in line {
            position(bytes, *at);
        }
    }
    fn rings(bytes: &mut Vec<u8>, rings: &[Vec<Lonlat>]) {
        count(bytes, rings.len());
        for ring in rings {
            line(bytes, ring);
        }
    }

    let mut bytes = Vec::new();
    match shape {
        Shape::Point(at) => {
            head(&mut bytes, 1);
            position(&mut bytes, *at);
        }
        Shape::LineString(run) => {
            head(&mut bytes, 2);
            line(&mut bytes, run);
        }
        Shape::Polygon(parts) => {
            head(&mut bytes, 3);
            rings(&mut bytes, parts);
        }
        Shape::MultiLineString(parts) => {
            head(&mut bytes, 5);
            count(&mut bytes, parts.len());
            for part in parts {
                head(&mut bytes, 2);
                line(&mut bytes, part);
            }
        }
        Shape::MultiPolygon(parts) => {
            head(&mut bytes, 6);
            count(&mut bytes, parts.len());
            for part in parts {
                head(&mut bytes, 3);
                rings(&mut bytes, part);
            }
        }
    }
    bytes
}

#[cfg(test)]
mod tests {
    use hatang_core::{Lonlat, Shape};

    use super::*;

    fn at(lon: f64, lat: f64) -> Lonlat {
        Lonlat::new(lon, lat).unwrap()
    }

    #[test]
    fn what_is_written_is_read_back() {
        let ring = vec![at(1.0, 1.0), at(2.0, 1.0), at(2.0, 2.0), at(1.0, 1.0)];
        for shape in [
            Shape::Point(at(106.48, 20.69)),
            Shape::LineString(vec![at(1.0, 2.0), at(3.0, 4.0)]),
            Shape::Polygon(vec![ring.clone(), ring.clone()]),
            Shape::MultiLineString(vec![vec![at(1.0, 2.0), at(3.0, 4.0)], vec![at(5.0, 6.0), at(7.0, 8.0)]]),
            Shape::MultiPolygon(vec![vec![ring.clone()], vec![ring]]),
        ] {
            let bytes = write(&shape);
            let read_back = read(&bytes).unwrap();
            assert_eq!(
                serde_json::to_value(geojson::Geometry::new(read_back)).unwrap(),
                serde_json::to_value(&shape).unwrap()
            );
            for cut in 0..bytes.len() {
                assert!(read(&bytes[..cut]).is_err(), "cut at {cut}");
            }
        }
    }

    #[test]
    fn a_count_that_lies_allocates_nothing() {
        let mut bytes = vec![1, 2, 0, 0, 0];
        bytes.extend(u32::MAX.to_le_bytes());
        assert!(read(&bytes).is_err());
    }
}
