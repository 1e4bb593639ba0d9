//! A place as people paste it: GeoJSON, well-known text, degrees in any notation, or VN-2000 metres in either order.
//!
//! Surveyors in Viet Nam write X for the northing and Y for the easting; map programs mean the opposite. Which order and
//! which system a pair of numbers is in follows from where it would lie; where more than one reading lies in the
//! territory, all of them are handed back and somebody chooses.

mod pair;

use geojson::{Geometry, GeometryValue, Position};
use hatang_core::{BoundingBox, Shape, Text};
use hatang_crs::Crs;
use serde::Serialize;

use self::pair::Pair;
use crate::{
    geometry::{self, Ground},
    refusal::Refusal,
};

/// How the two numbers of each position were taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Order {
    /// Longitude or easting first, as GeoJSON and map programs write.
    EastFirst,
    /// Latitude or northing first, as people and Vietnamese surveyors write.
    NorthFirst,
}

/// One way to understand a pasted place.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Reading {
    /// The system that the numbers are taken to be in, such as `EPSG:9210`.
    pub crs: String,
    /// Its name.
    pub crs_name: &'static str,
    /// The order that the numbers are taken to be in.
    pub order: Order,
    /// The geometry in that system, easting or longitude first: what to hand in together with `crs`.
    pub geometry: Geometry,
    /// Where that is on WGS 84.
    pub shape: Shape,
}

/// A text that is no place, or none where it could be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoPlace {
    /// The part of the text that is at fault.
    pub value: String,
    /// What is wrong with it.
    pub text: Text,
}

/// The longest text that is looked at, in bytes.
const LONGEST: usize = 1 << 20;
/// The most positions that a pasted line may have.
const MOST_POSITIONS: usize = 5_000;

/// Every way to understand a text as a place: one is certain, several must be asked about.
///
/// `crs` is the system that the writer has declared; without it every known system is tried, and where no territory is
/// loaded only WGS 84.
///
/// # Errors
/// [`NoPlace`] when the text cannot be read, or lies nowhere in the territory.
pub fn read_place(text: &str, crs: Option<Crs>, bounds: Option<BoundingBox>) -> Result<Vec<Reading>, NoPlace> {
    let text = text.trim();
    if LONGEST < text.len() {
        return Err(no_place(text, "văn bản dài quá 1 MiB", "the text is longer than 1 MiB"));
    }
    let given = match structured(text)? {
        Some(geometry) => vec![(None, geometry)],
        None => from_pairs(text)?,
    };
    let mut readings: Vec<Reading> = Vec::new();
    for (order, geometry) in &given {
        for crs in systems(crs, geometry, bounds) {
            // Two systems that put it at the same place are one reading: the first, which is the more usual.
            if let Some(reading) = reading_in(crs, *order, geometry, bounds)
                && !readings.iter().any(|known| known.shape == reading.shape)
            {
                readings.push(reading);
            }
        }
    }
    if readings.is_empty() {
        return Err(nowhere(text, &given[0].1, crs, bounds));
    }
    Ok(readings)
}

/// GeoJSON or well-known text; none for anything else.
fn structured(text: &str) -> Result<Option<GeometryValue>, NoPlace> {
    let unreadable = |refusal: Refusal| NoPlace { value: crate::report::quoted(text), text: refusal.message };
    if text.starts_with('{') {
        let value: serde_json::Value = serde_json::from_str(text)
            .map_err(|error| unreadable(crate::refusal::unreadable_geometry(&error.to_string())))?;
        let geometry = match value.get("type").and_then(|kind| kind.as_str()) {
            Some("Feature") => value.get("geometry").cloned().unwrap_or_default(),
            Some("FeatureCollection") => value.pointer("/features/0/geometry").cloned().unwrap_or_default(),
            _ => value,
        };
        let geometry: Geometry = serde_json::from_value(geometry)
            .map_err(|error| unreadable(crate::refusal::unreadable_geometry(&error.to_string())))?;
        return Ok(Some(geometry.value));
    }
    let text = text
        .split_once(';')
        .filter(|(srid, _)| srid.to_ascii_uppercase().starts_with("SRID="))
        .map_or(text, |(_, wkt)| wkt);
    let word: String = text.chars().take_while(char::is_ascii_alphabetic).collect::<String>().to_ascii_uppercase();
    if ["POINT", "LINESTRING", "POLYGON", "MULTIPOLYGON", "MULTILINESTRING", "MULTIPOINT", "GEOMETRYCOLLECTION"]
        .contains(&word.as_str())
    {
        return geometry::from_wkt(text).map(Some).map_err(unreadable);
    }
    Ok(None)
}

/// One position on each line, in the orders that its notation leaves open.
fn from_pairs(text: &str) -> Result<Vec<(Option<Order>, GeometryValue)>, NoPlace> {
    let lines: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    if MOST_POSITIONS < lines.len() {
        return Err(no_place(&lines.len().to_string(), "quá 5.000 vị trí", "there are more than 5,000 positions"));
    }
    let pairs = lines.iter().map(|line| Pair::read(line)).collect::<Result<Vec<_>, _>>()?;
    let Some(first) = pairs.first() else {
        return Err(no_place(text, "chưa có toạ độ nào", "there are no coordinates"));
    };
    let orders: &[Order] = match first.order {
        Some(Order::EastFirst) => &[Order::EastFirst],
        Some(Order::NorthFirst) => &[Order::NorthFirst],
        None => &[Order::EastFirst, Order::NorthFirst],
    };
    Ok(orders
        .iter()
        .map(|order| {
            let at = |pair: &Pair| match order {
                Order::EastFirst => Position::from([pair.first, pair.second]),
                Order::NorthFirst => Position::from([pair.second, pair.first]),
            };
            let geometry = match pairs.as_slice() {
                [only] => GeometryValue::Point { coordinates: at(only) },
                several => GeometryValue::LineString { coordinates: several.iter().map(at).collect() },
            };
            (Some(*order), geometry)
        })
        .collect())
}

/// The systems to try: the declared one; else those whose numbers are of that size.
fn systems(declared: Option<Crs>, given: &GeometryValue, bounds: Option<BoundingBox>) -> Vec<Crs> {
    if let Some(crs) = declared {
        return vec![crs];
    }
    let in_degrees =
        geometry::positions(given).all(|at| at.as_slice().iter().take(2).all(|number| number.abs() <= 180.0));
    if in_degrees {
        // The two systems of degrees lie 224 m apart: which of them it is cannot be told from the numbers.
        return vec![Crs::WGS84];
    }
    // Without a territory nearly any system would do.
    let known = Crs::all().iter().copied().filter(|crs| crs.is_projected());
    if bounds.is_some() { known.collect() } else { Vec::new() }
}

fn reading_in(crs: Crs, order: Option<Order>, given: &GeometryValue, bounds: Option<BoundingBox>) -> Option<Reading> {
    let shape = Ground { crs, bounds }.shape(given).ok()?;
    Some(Reading {
        crs: crs.to_string(),
        crs_name: crs.name(),
        order: order.unwrap_or(Order::EastFirst),
        geometry: Geometry::new(given.clone()),
        shape,
    })
}

fn nowhere(text: &str, given: &GeometryValue, crs: Option<Crs>, bounds: Option<BoundingBox>) -> NoPlace {
    let crs = crs.unwrap_or(Crs::WGS84);
    match (Ground { crs, bounds }).shape(given) {
        Err((refusal, value)) => {
            NoPlace { value: value.unwrap_or_else(|| crate::report::quoted(text)), text: refusal.message }
        }
        Ok(_) => no_place(text, "không có vị trí nào như vậy", "there is no such place"),
    }
}

fn no_place(value: &str, vi: &str, en: &str) -> NoPlace {
    NoPlace { value: crate::report::quoted(value), text: Text::new(vi, en) }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Vĩnh Bảo with two kilometres around it.
    fn commune() -> BoundingBox {
        BoundingBox::new(106.425, 20.625, 106.535, 20.73).unwrap()
    }

    fn told(text: &str) -> String {
        match read_place(text, None, Some(commune())) {
            Ok(readings) => {
                let of_each = readings.iter().map(|reading| {
                    let at = reading.shape.positions().next().unwrap();
                    format!("{} {:?} {:.4} {:.4}", reading.crs, reading.order, at.lon(), at.lat())
                });
                of_each.collect::<Vec<_>>().join(" | ")
            }
            Err(error) => format!("- {}", error.value),
        }
    }

    #[test]
    fn a_place_is_read_in_every_notation_that_people_paste() {
        for (text, expected) in [
            ("106.4805 20.6780", "EPSG:4326 EastFirst 106.4805 20.6780"),
            ("20.6780, 106.4805", "EPSG:4326 NorthFirst 106.4805 20.6780"),
            ("20,6780; 106,4805", "EPSG:4326 NorthFirst 106.4805 20.6780"),
            ("20°40'40.8\"N 106°28'49.8\"E", "EPSG:4326 NorthFirst 106.4805 20.6780"),
            ("20°40’40,8”B, 106°28’49,8”Đ", "EPSG:4326 NorthFirst 106.4805 20.6780"),
            ("POINT (106.4805 20.678)", "EPSG:4326 EastFirst 106.4805 20.6780"),
            ("SRID=9210;POINT(575910.005 2287478.442)", "EPSG:9210 EastFirst 106.4805 20.6780"),
            (r#"{"type":"Point","coordinates":[106.4805,20.678]}"#, "EPSG:4326 EastFirst 106.4805 20.6780"),
            (
                r#"{"type":"Feature","properties":{},"geometry":{"type":"Point","coordinates":[106.4805,20.678]}}"#,
                "EPSG:4326 EastFirst 106.4805 20.6780",
            ),
            ("575910.005 2287478.442", "EPSG:9210 EastFirst 106.4805 20.6780"),
            ("2287478.442 575910.005", "EPSG:9210 NorthFirst 106.4805 20.6780"),
            ("X=2287478.442 Y=575910.005", "EPSG:9210 NorthFirst 106.4805 20.6780"),
            ("x: 575910,005; y: 2287478,442", "EPSG:9210 EastFirst 106.4805 20.6780"),
            ("E 575910.005 N 2287478.442", "EPSG:9210 EastFirst 106.4805 20.6780"),
            ("601957.368 2287615.492", "EPSG:9209 EastFirst 106.4805 20.6780"),
            ("nowhere", "- nowhere"),
            ("", "- "),
            ("106.4805", "- 106.4805"),
            ("NaN NaN", "- NaN NaN"),
        ] {
            assert_eq!(told(text), expected, "{text}");
        }
    }

    #[test]
    fn numbers_that_two_systems_share_are_asked_about() {
        // Zone 482 and UTM 48N lie 690 m apart here, both within the commune.
        let told = told("654010.649 2287323.604");
        assert!(told.contains("EPSG:3405") && told.contains("EPSG:5897") && told.contains(" | "), "{told}");
        let declared =
            read_place("654010.649 2287323.604", Some(Crs::from_epsg(3405).unwrap()), Some(commune())).unwrap();
        assert_eq!(declared.len(), 1);
    }

    #[test]
    fn a_line_has_one_position_on_each_line_of_the_text() {
        let readings = read_place("20.678, 106.4805\n20.679, 106.4815\n", None, Some(commune())).unwrap();
        assert_eq!(readings.len(), 1);
        assert_eq!(readings[0].shape.kind(), "LineString");
        assert_eq!(told("20.678, 106.4805\nhere"), "- here");
    }

    #[test]
    fn without_a_territory_metres_need_their_system_and_degrees_their_order() {
        assert!(read_place("575910.005 2287478.442", None, None).is_err());
        let declared = read_place("575910.005 2287478.442", Some(Crs::from_epsg(9210).unwrap()), None).unwrap();
        assert_eq!(declared.len(), 1);
        assert_eq!(read_place("10.5 20.5", None, None).unwrap().len(), 2, "either order is a place");
    }
}
