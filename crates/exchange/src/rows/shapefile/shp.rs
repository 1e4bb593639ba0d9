//! The shapes of a Shapefile.
//!
//! Source: ESRI Shapefile Technical Description, July 1998.

use geojson::{GeometryValue, Position};

use super::broken;
use crate::{
    FileError,
    refusal::{self, Refusal},
    rows::Place,
};

pub(super) fn check(bytes: &[u8]) -> Result<(), FileError> {
    let is_shp = bytes.len() >= 100 && bytes.starts_with(&9994_i32.to_be_bytes());
    if is_shp { Ok(()) } else { Err(broken("the .shp has no Shapefile's header")) }
}

/// One record after the other.
pub(super) struct Shapes<'a> {
    rest: &'a [u8],
}

impl<'a> Shapes<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self { rest: bytes.get(100..).unwrap_or_default() }
    }

    pub(super) fn has_next(&self) -> bool {
        8 < self.rest.len()
    }

    /// The next shape; no geometry where the file has ended or breaks off.
    pub(super) fn next_place(&mut self) -> Place {
        let refused = |refusal: Refusal| Place::Refused { refusal, field: "geometry", value: None };
        let Some(content) = self.next_record() else {
            self.rest = &[];
            return refused(refusal::unreadable_geometry("the .shp breaks off before this record"));
        };
        match geometry(&mut Bytes(content)) {
            Some(Ok(geometry)) => Place::Given(geometry, None),
            Some(Err(refusal)) => refused(refusal),
            None => refused(refusal::unreadable_geometry("the record is shorter than it says")),
        }
    }

    fn next_record(&mut self) -> Option<&'a [u8]> {
        let words = u32::from_be_bytes(self.rest.get(4..8)?.try_into().ok()?);
        let length = usize::try_from(words).ok()?.checked_mul(2)?;
        let content = self.rest.get(8..8_usize.checked_add(length)?)?;
        self.rest = &self.rest[8 + length..];
        Some(content)
    }
}

struct Bytes<'a>(&'a [u8]);

impl Bytes<'_> {
    fn whole(&mut self) -> Option<u32> {
        let (bytes, rest) = self.0.split_first_chunk()?;
        self.0 = rest;
        Some(u32::from_le_bytes(*bytes))
    }

    fn number(&mut self) -> Option<f64> {
        let (bytes, rest) = self.0.split_first_chunk()?;
        self.0 = rest;
        Some(f64::from_le_bytes(*bytes))
    }

    fn position(&mut self) -> Option<Position> {
        Some(Position::from([self.number()?, self.number()?]))
    }
}

/// Nothing when the record breaks off. Heights and measures follow the positions and are not read.
fn geometry(bytes: &mut Bytes<'_>) -> Option<Result<GeometryValue, Refusal>> {
    let kind = bytes.whole()?;
    Some(match kind {
        0 => Err(refusal::no_geometry()),
        1 | 11 | 21 => Ok(GeometryValue::Point { coordinates: bytes.position()? }),
        3 | 13 | 23 => {
            let mut lines = parts(bytes)?;
            match lines.len() {
                0 => Err(refusal::no_geometry()),
                1 => Ok(GeometryValue::LineString { coordinates: lines.swap_remove(0) }),
                _ => Ok(GeometryValue::MultiLineString { coordinates: lines }),
            }
        }
        5 | 15 | 25 => polygons(parts(bytes)?),
        8 | 18 | 28 => {
            for _ in 0..4 {
                bytes.number()?;
            }
            match bytes.whole()? {
                1 => Ok(GeometryValue::Point { coordinates: bytes.position()? }),
                _ => Err(refusal::wrong_geometry("MultiPoint", "Point, LineString, Polygon")),
            }
        }
        _ => Err(refusal::unreadable_geometry("a kind of shape that is not accepted")),
    })
}

fn parts(bytes: &mut Bytes<'_>) -> Option<Vec<Vec<Position>>> {
    for _ in 0..4 {
        bytes.number()?;
    }
    let (n_parts, n_positions) = (bytes.whole()? as usize, bytes.whole()? as usize);
    // Every part and every position has its bytes, whatever the counts say.
    if bytes.0.len() / 4 < n_parts || bytes.0.len() / 16 < n_positions {
        return None;
    }
    let mut starts = Vec::with_capacity(n_parts + 1);
    for _ in 0..n_parts {
        starts.push(bytes.whole()? as usize);
    }
    starts.push(n_positions);
    let mut positions = Vec::with_capacity(n_positions);
    for _ in 0..n_positions {
        positions.push(bytes.position()?);
    }
    starts.windows(2).map(|pair| positions.get(pair[0]..pair[1]).map(<[Position]>::to_vec)).collect()
}

/// Rings that run clockwise begin an area; the others are holes of the area that they lie in.
fn polygons(rings: Vec<Vec<Position>>) -> Result<GeometryValue, Refusal> {
    let (outer, holes): (Vec<_>, Vec<_>) = rings.into_iter().partition(|ring| doubled_area(ring) <= 0.0);
    let mut polygons: Vec<Vec<Vec<Position>>> = outer.into_iter().map(|ring| vec![ring]).collect();
    for hole in holes {
        let around = polygons.iter().position(|rings| hole.first().is_some_and(|at| is_inside(at, &rings[0])));
        match around.or_else(|| (polygons.len() == 1).then_some(0)) {
            Some(index) => polygons[index].push(hole),
            None => polygons.push(vec![hole]),
        }
    }
    match polygons.len() {
        0 => Err(refusal::no_geometry()),
        1 => Ok(GeometryValue::Polygon { coordinates: polygons.swap_remove(0) }),
        _ => Ok(GeometryValue::MultiPolygon { coordinates: polygons }),
    }
}

fn doubled_area(ring: &[Position]) -> f64 {
    ring.windows(2).map(|pair| pair[0][0] * pair[1][1] - pair[1][0] * pair[0][1]).sum()
}

fn is_inside(at: &Position, ring: &[Position]) -> bool {
    let crosses = |pair: &&[Position]| {
        let (a, b) = (&pair[0], &pair[1]);
        (at[1] < a[1]) != (at[1] < b[1]) && at[0] < (b[0] - a[0]) * (at[1] - a[1]) / (b[1] - a[1]) + a[0]
    };
    ring.windows(2).filter(crosses).count() % 2 == 1
}
