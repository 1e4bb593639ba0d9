//! One area in: a territory's outline, or where a rule set holds.

use std::borrow::Cow;

use hatang_core::{Shape, Territory, geodesy};
use serde::Deserialize;

use crate::{
    FileError, bytes,
    items::{self, Item},
    refusal,
    topology::rings_crossing,
};

/// The types of geometry that are areas.
const AREAS: [&str; 2] = ["Polygon", "MultiPolygon"];

/// Reads the one area of a GeoJSON document on WGS 84: a feature, a collection of one feature, or a bare geometry.
///
/// # Errors
/// [`FileError`] when the document is no GeoJSON, holds no area or several, or the area has bad rings or no extent.
pub fn read_area(bytes: &[u8]) -> Result<Shape, FileError> {
    one(read(bytes)?).map(|(shape, _)| shape)
}

/// Reads the outline of a territory. A file of several outlines, such as all communes of a province, holds it under the
/// territory's code, the property `code`; a single one may leave it out.
///
/// # Errors
/// As [`read_area`], and [`FileError::NoSuchBoundary`] when the file is of other territories.
pub fn read_outline(bytes: &[u8], code: &Territory) -> Result<Shape, FileError> {
    let mut outlines = read(bytes)?;
    let found: Vec<String> = outlines.iter().filter_map(|(_, own)| own.as_ref().map(ToString::to_string)).collect();
    if !found.is_empty() {
        outlines.retain(|(_, own)| own.as_ref() == Some(code));
        if outlines.is_empty() {
            return Err(FileError::NoSuchBoundary { code: code.to_string(), found });
        }
    }
    one(outlines).map(|(shape, _)| shape)
}

type Found = (Shape, Option<Territory>);

fn one(mut areas: Vec<Found>) -> Result<Found, FileError> {
    match (areas.pop(), areas.len()) {
        (Some(area), 0) => Ok(area),
        (last, others) => Err(FileError::NotOneArea { count: others + usize::from(last.is_some()) }),
    }
}

/// Every area of a document with the code that it gives.
fn read(bytes: &[u8]) -> Result<Vec<Found>, FileError> {
    let text = bytes::plain_text(bytes)?;
    let text = as_feature(text);
    items::read_each(&items::open(&text)?, |item| Ok((area(item)?, item.optional("code")?)))
}

#[derive(Deserialize)]
struct Kind<'a> {
    #[serde(rename = "type", borrow)]
    kind: Cow<'a, str>,
}

/// A bare geometry as a feature; every other text as it is.
fn as_feature(text: &str) -> Cow<'_, str> {
    const GEOMETRIES: [&str; 7] =
        ["Point", "MultiPoint", "LineString", "MultiLineString", "Polygon", "MultiPolygon", "GeometryCollection"];
    match serde_json::from_str::<Kind<'_>>(text) {
        Ok(Kind { kind }) if GEOMETRIES.contains(&&*kind) => {
            Cow::Owned(format!(r#"{{"type":"Feature","properties":{{}},"geometry":{text}}}"#))
        }
        _ => Cow::Borrowed(text),
    }
}

/// A feature's area, with rings that bound an inside.
fn area(item: &Item<'_>) -> Result<Shape, FileError> {
    let shape = item.shape(&AREAS)?;
    if let Some(at) = rings_crossing(&shape) {
        let place = format!("{} {}", at.lon(), at.lat());
        return Err(item.error(Some("geometry"), None, refusal::rings_cross(&place)));
    }
    if let Some(at) = hole_outside(&shape) {
        return Err(item.error(Some("geometry"), None, refusal::hole_outside(&at)));
    }
    if geodesy::area_m2(&shape) < LEAST_M2 {
        return Err(item.error(Some("geometry"), None, refusal::no_extent()));
    }
    Ok(shape)
}

/// The smallest area, in square metres: a ring that encloses less is a line drawn there and back.
const LEAST_M2: f64 = 1.0;

/// Where a hole begins that does not lie in its outer ring.
fn hole_outside(shape: &Shape) -> Option<String> {
    let parts: Vec<_> = match shape {
        Shape::Polygon(rings) => vec![rings],
        Shape::MultiPolygon(parts) => parts.iter().collect(),
        _ => Vec::new(),
    };
    for rings in parts {
        let [outer, holes @ ..] = rings.as_slice() else { continue };
        let outer = Shape::Polygon(vec![outer.clone()]);
        let stray = holes.iter().find(|hole| !hole.iter().any(|at| outer.encloses(*at)));
        if let Some(at) = stray.and_then(|hole| hole.first()) {
            return Some(format!("{} {}", at.lon(), at.lat()));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    const SQUARE: &str = r#"{"type":"Polygon","coordinates":[[[106,20],[106.1,20],[106.1,20.1],[106,20.1],[106,20]]]}"#;

    fn feature(properties: &str, geometry: &str) -> String {
        format!(r#"{{"type":"Feature","properties":{properties},"geometry":{geometry}}}"#)
    }

    fn collection(features: &[String]) -> String {
        format!(r#"{{"type":"FeatureCollection","features":[{}]}}"#, features.join(","))
    }

    fn rings(rings: &str) -> String {
        format!(r#"{{"type":"Polygon","coordinates":[{rings}]}}"#)
    }

    #[test]
    fn one_area_is_read_however_geojson_wraps_it() {
        let multi = format!(r#"{{"type":"MultiPolygon","coordinates":[{}]}}"#, &SQUARE[32..SQUARE.len() - 1]);
        for text in [
            SQUARE.to_owned(),
            multi,
            feature("{}", SQUARE),
            feature("null", SQUARE),
            collection(&[feature("{}", SQUARE)]),
            format!("\u{feff}{SQUARE}"),
        ] {
            let shape = read_area(text.as_bytes()).unwrap_or_else(|error| panic!("{error}: {text}"));
            assert!((geodesy::area_m2(&shape) / 1e6 - 115.8).abs() < 0.3, "{text}");
        }
    }

    #[test]
    fn whatever_is_not_one_area_is_refused_in_both_languages() {
        let ring = "[[106,20],[106.1,20],[106.1,20.1],[106,20.1],[106,20]]";
        let away = "[[107,20],[107.1,20],[107.1,20.1],[107,20]]";
        let across = "[[106.05,20.05],[106.2,20.05],[106.2,20.06],[106.05,20.05]]";
        for (name, text, code, word) in [
            ("nothing", " ".to_owned(), "file.empty", ""),
            ("no JSON", "<kml/>".to_owned(), "file.not_geojson", "<kml/>"),
            ("no feature", collection(&[]), "area.not_one", "0"),
            ("two", collection(&[feature("{}", SQUARE), feature("{}", SQUARE)]), "area.not_one", "2"),
            ("no geometry", feature("{}", "null"), "geometry.invalid", "geometry"),
            ("a point", r#"{"type":"Point","coordinates":[106,20]}"#.to_owned(), "geometry.invalid", "Polygon"),
            ("an open ring", rings("[[106,20],[106.1,20],[106.1,20.1],[106,20.1]]"), "geometry.invalid", "geometry"),
            (
                "a figure of eight",
                rings("[[106,20],[106.1,20.1],[106.1,20],[106,20.1],[106,20]]"),
                "geometry.invalid",
                "106",
            ),
            ("there and back", rings("[[106,20],[106.1,20],[106,20],[106,20]]"), "geometry.invalid", "geometry"),
            ("a hole outside", rings(&format!("{ring},{away}")), "geometry.invalid", "107"),
            ("a hole across", rings(&format!("{ring},{across}")), "geometry.invalid", "106"),
            ("axes swapped", rings("[[20,106],[20,106.1],[20.1,106.1],[20,106]]"), "geometry.swapped_axes", "20 106"),
            (
                "metres",
                rings("[[590000,2287000],[591000,2287000],[591000,2288000],[590000,2287000]]"),
                "geometry.invalid",
                "590000",
            ),
        ] {
            let error = read_area(text.as_bytes()).unwrap_err();
            assert_eq!(error.code(), code, "{name}: {error}");
            let said = error.text();
            assert!(said.vi.contains(word) && said.en.contains(word) && said.vi != said.en, "{name}: {said:?}");
        }
    }

    #[test]
    fn an_outline_is_found_by_its_code_and_one_alone_needs_none() {
        let home = Territory::new("11824").unwrap();
        let other = feature(r#"{"code":"11887"}"#, &SQUARE.replace("106", "107"));
        let own = feature(r#"{"code":"11824"}"#, SQUARE);
        let shape = read_area(SQUARE.as_bytes()).unwrap();
        for text in [SQUARE.to_owned(), own.clone(), collection(&[other.clone(), own.clone()])] {
            assert_eq!(read_outline(text.as_bytes(), &home).unwrap(), shape, "{text}");
        }
        for (text, code) in [
            (other.clone(), "file.no_such_boundary"),
            (collection(&[other.clone(), other]), "file.no_such_boundary"),
            (collection(&[own.clone(), own]), "area.not_one"),
            (collection(&[feature("{}", SQUARE), feature("{}", SQUARE)]), "area.not_one"),
        ] {
            assert_eq!(read_outline(text.as_bytes(), &home).unwrap_err().code(), code, "{text}");
        }
    }
}
