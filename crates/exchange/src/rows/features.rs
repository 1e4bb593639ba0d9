//! Features of a GeoJSON document.

use std::borrow::Cow;

use geojson::{Geometry, GeometryValue};
use hatang_crs::Crs;
use serde::Deserialize;
use serde_json::{Map, Value, value::RawValue};

use super::{How, Place, Raw, Row, RowSource, Stop, json_text};
use crate::{
    FileError, bytes,
    refusal::{self, Refusal},
};

/// A document whose features have been cut out and not yet read, so that one bad feature does not lose the rest.
pub(crate) struct FeatureFile<'a> {
    features: Vec<&'a RawValue>,
    /// The system that the document's own `crs` member declares.
    pub(crate) crs_member: Option<Crs>,
}

#[derive(Deserialize)]
struct Document<'a> {
    #[serde(rename = "type", borrow)]
    kind: Cow<'a, str>,
    #[serde(borrow)]
    features: Option<Vec<&'a RawValue>>,
    crs: Option<Value>,
}

#[derive(Deserialize)]
struct RawFeature<'a> {
    #[serde(rename = "type", borrow)]
    kind: Cow<'a, str>,
    id: Option<Value>,
    #[serde(borrow)]
    geometry: Option<&'a RawValue>,
    properties: Option<Map<String, Value>>,
}

impl<'a> FeatureFile<'a> {
    pub(crate) fn open(text: &'a str) -> Result<Self, FileError> {
        let not_geojson = |reason: String| FileError::NotGeoJson { beginning: bytes::beginning(text), reason };
        let document: Document<'a> = serde_json::from_str(text).map_err(|error| not_geojson(error.to_string()))?;
        let features = match (&*document.kind, document.features) {
            ("FeatureCollection", Some(features)) => features,
            ("FeatureCollection", None) => return Err(not_geojson("no `features`".to_owned())),
            ("Feature", _) => vec![serde_json::from_str(text).map_err(|error| not_geojson(error.to_string()))?],
            (kind, _) => return Err(not_geojson(format!("type `{kind}` is neither Feature nor FeatureCollection"))),
        };
        let crs_member = document.crs.filter(|crs| !crs.is_null()).map(|crs| declared(&crs)).transpose()?;
        Ok(Self { features, crs_member })
    }

    /// How many features there are.
    pub(crate) fn len(&self) -> usize {
        self.features.len()
    }

    /// Every feature as the document has it, in order.
    pub(crate) fn texts(&self) -> impl Iterator<Item = &str> {
        self.features.iter().map(|raw| raw.get())
    }
}

impl RowSource for FeatureFile<'_> {
    /// Hands over every feature, numbered from 1.
    fn each(&self, how: How, take: &mut dyn FnMut(&Row<'_>) -> Result<(), Stop>) -> Result<(), Stop> {
        for (number, raw) in (1..).zip(&self.features) {
            match serde_json::from_str::<RawFeature<'_>>(raw.get()) {
                Ok(feature) if feature.kind == "Feature" => {
                    let id = feature.id.as_ref().and_then(json_text).map(Cow::into_owned);
                    let properties = feature.properties.unwrap_or_default();
                    let place = place(feature.geometry);
                    take(&Row::new(number, id, Raw::Properties(&properties), how.words, place))?;
                }
                Ok(feature) => {
                    take(&Row::broken(number, refusal::unreadable_feature(&format!("type `{}`", feature.kind))))?;
                }
                Err(error) => take(&Row::broken(number, refusal::unreadable_feature(&error.to_string())))?,
            }
        }
        Ok(())
    }
}

fn place(raw: Option<&RawValue>) -> Place {
    let read = raw.ok_or_else(refusal::no_geometry).and_then(|raw| geometry(raw.get()));
    match read {
        Ok(geometry) => Place::Given(geometry, None),
        Err(refusal) => Place::Refused { refusal, field: "geometry", value: raw.map(|raw| raw.get().to_owned()) },
    }
}

/// Reads a GeoJSON geometry.
fn geometry(text: &str) -> Result<GeometryValue, Refusal> {
    let geometry: Geometry =
        serde_json::from_str(text).map_err(|error| refusal::unreadable_geometry(&error.to_string()))?;
    Ok(geometry.value)
}

/// The system named by the `crs` member of GeoJSON before RFC 7946.
fn declared(member: &Value) -> Result<Crs, FileError> {
    let name = member.pointer("/properties/name").and_then(Value::as_str);
    let unknown = || FileError::UnknownCrs { given: name.map_or_else(|| member.to_string(), str::to_owned) };
    name.and_then(|name| name.parse().ok()).ok_or_else(unknown)
}
