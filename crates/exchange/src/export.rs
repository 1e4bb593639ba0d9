//! Assets as files, as much of them as a view allows.

mod flatgeobuf;
mod formats;
pub(crate) mod geopackage;
mod kml;
mod package;
mod sheets;
mod style;
mod table;

use std::io::{self, Write};

pub use self::{
    formats::{About, ExportError, ExportFormat, write_features},
    package::{PackageTable, write_package},
};

use hatang_core::{
    AssetId, Fields, Lonlat, Shape, View,
    asset::Asset,
    shape::Ring,
    visibility::{Depth, generalise, generalised_accuracy},
};
use serde::{Serialize, Serializer, ser::SerializeMap};
use serde_json::{Map, Value};

use crate::{
    fields::{SeeField, see_shared_fields},
    geometry::wound,
    value::ListPart,
};

/// What somebody who builds on it needs besides: the documents that its place and condition were taken from.
const ENGINEERING: [&str; 1] = ["source"];

/// What owners publish to each other: place and survey, technical condition, capacity and what is in use of it.
///
/// Capacity and free capacity are published by law, so what is in use is no secret either; neither is the strength in use,
/// which is a technical condition of sharing. A field that is named neither here nor in [`ENGINEERING`] is shown at
/// [`Depth::Internal`] only, as is the mark of security sites: whoever adds a field decides.
const PUBLISHED: [&str; 58] = [
    "accuracy_m",
    "address",
    "antenna_height_m",
    "attachments_total",
    "attachments_used",
    "bands_mhz",
    "bore_diameter_mm",
    "bores_total",
    "bores_used",
    "boxes",
    "building_height_m",
    "built_on",
    "cables",
    "clearance_m",
    "code",
    "cover",
    "crossings",
    "depth_m",
    "foundation_use_pct",
    "from_manhole",
    "from_pole",
    "half_width_m",
    "height_m",
    "kind",
    "lease_months",
    "length_m",
    "levels",
    "load_use_pct",
    "longest_span_m",
    "manager",
    "mast",
    "mast_class",
    "material",
    "network",
    "on_building",
    "operators_designed",
    "pole",
    "ports_total",
    "ports_used",
    "power_spare_kw",
    "rent_vnd_year",
    "sharing_conditions",
    "shelves",
    "slots_total",
    "slots_used",
    "strength_class",
    "structural_use_pct",
    "structure",
    "surface",
    "survey_method",
    "surveyed_on",
    "technologies",
    "to_manhole",
    "to_pole",
    "trench",
    "via_poles",
    "width_m",
    "wind_area_free_m2",
];

/// One asset as a GeoJSON feature; serialises without copying the asset.
#[derive(Debug, Serialize)]
#[serde(tag = "type")]
pub struct Feature<'a> {
    id: AssetId,
    geometry: Shape,
    properties: Properties<'a>,
}

impl Feature<'_> {
    /// The GeoJSON name of its geometry's type.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        self.geometry.kind()
    }
}

/// What a view shows of an asset; `None` when it hides it. The one way in which assets leave Hatang.
#[must_use]
pub fn feature<'a>(asset: &'a Asset, view: &View<'a>) -> Option<Feature<'a>> {
    let (shape, properties) = match view {
        View::Hidden => return None,
        View::Generalised => (generalise(&asset.shape), Properties::Generalised(asset)),
        View::Exact(fields) => (asset.shape.clone(), Properties::Exact(asset, *fields)),
    };
    Some(Feature { id: asset.id, geometry: published(shape), properties })
}

/// The exact view's properties as a JSON object.
///
/// # Panics
/// Never: an asset's properties are an object.
#[must_use]
pub fn properties(asset: &Asset, fields: Fields<'_>) -> Map<String, Value> {
    match serde_json::to_value(Properties::Exact(asset, fields)) {
        Ok(Value::Object(properties)) => properties,
        other => unreachable!("an asset's properties are an object, not {other:?}"),
    }
}

/// Writes features as one RFC 7946 document, one per line, each as it comes.
///
/// # Errors
/// Those of the writer.
pub fn write_geojson<'a>(features: impl IntoIterator<Item = Feature<'a>>, mut writer: impl Write) -> io::Result<()> {
    writer.write_all(b"{\"type\":\"FeatureCollection\",\"features\":[")?;
    for (index, feature) in features.into_iter().enumerate() {
        writer.write_all(if index == 0 { b"\n" } else { b",\n" })?;
        serde_json::to_writer(&mut writer, &feature)?;
    }
    writer.write_all(b"\n]}\n")
}

/// A shape with seven decimals (about 1 cm) and its rings after the right-hand rule.
fn published(shape: Shape) -> Shape {
    let at = |at: Lonlat| {
        let rounded = |degrees: f64| (degrees * 1e7).round() / 1e7;
        // Rounding cannot leave the earth: its edges are whole degrees.
        Lonlat::new(rounded(at.lon()), rounded(at.lat())).unwrap_or(at)
    };
    let line = |line: Vec<Lonlat>| line.into_iter().map(at).collect::<Vec<_>>();
    let rings = |rings: Vec<Ring>| wound(rings.into_iter().map(line).collect());
    match shape {
        Shape::Point(point) => Shape::Point(at(point)),
        Shape::LineString(positions) => Shape::LineString(line(positions)),
        Shape::MultiLineString(parts) => Shape::MultiLineString(parts.into_iter().map(line).collect()),
        Shape::Polygon(parts) => Shape::Polygon(rings(parts)),
        Shape::MultiPolygon(parts) => Shape::MultiPolygon(parts.into_iter().map(rings).collect()),
    }
}

#[derive(Debug)]
enum Properties<'a> {
    Generalised(&'a Asset),
    Exact(&'a Asset, Fields<'a>),
}

impl Serialize for Properties<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        match self {
            Self::Generalised(asset) => {
                map.serialize_entry("class", &asset.class())?;
                map.serialize_entry("owner", &asset.owner)?;
                map.serialize_entry("status", &asset.status)?;
                map.serialize_entry("generalised", &true)?;
                map.serialize_entry("accuracy_m", &generalised_accuracy())?;
            }
            Self::Exact(asset, fields) => exact(&mut map, asset, *fields)?,
        }
        map.end()
    }
}

fn exact<M: SerializeMap>(map: &mut M, asset: &Asset, fields: Fields<'_>) -> Result<(), M::Error> {
    map.serialize_entry("class", &asset.class())?;
    map.serialize_entry("owner", &asset.owner)?;
    map.serialize_entry("status", &asset.status)?;
    map.serialize_entry("generalised", &false)?;
    let mut writer = FieldWriter { asset, fields, map, result: Ok(()) };
    see_shared_fields(asset, &mut writer);
    writer.result?;
    if asset.survey.accuracy_m.is_none() {
        map.serialize_entry("accuracy_assumed_m", &asset.survey.accuracy().radius)?;
    }
    if let Some(free) = asset.free() {
        map.serialize_entry("free", &free)?;
    }
    let tenants: Vec<_> = asset.tenants.iter().filter(|tenancy| fields.tenants.shows(&tenancy.tenant)).collect();
    if !tenants.is_empty() {
        map.serialize_entry("tenants", &tenants)?;
    }
    if let Some(replaced_by) = asset.replaced_by {
        map.serialize_entry("replaced_by", &replaced_by)?;
    }
    if fields.depth == Depth::Internal && asset.security_site {
        map.serialize_entry("security_site", &true)?;
    }
    if let Some(submitted) = asset.submitted.as_ref().filter(|_| Depth::Engineering <= fields.depth) {
        map.serialize_entry("submitted_crs", &submitted.crs)?;
        map.serialize_entry("submitted_coordinates", &submitted.coordinates)?;
        if let Some(operation) = &submitted.operation {
            map.serialize_entry("submitted_operation", operation)?;
        }
    }
    Ok(())
}

/// Writes fields that have a value, and the reason where one is given for having none.
struct FieldWriter<'a, M: SerializeMap> {
    asset: &'a Asset,
    fields: Fields<'a>,
    map: &'a mut M,
    result: Result<(), M::Error>,
}

impl<M: SerializeMap> FieldWriter<'_, M> {
    fn write(&mut self, field: &str, value: Option<&impl Serialize>) {
        let depth = if PUBLISHED.contains(&field) {
            Depth::Published
        } else if ENGINEERING.contains(&field) {
            Depth::Engineering
        } else {
            Depth::Internal
        };
        if self.result.is_err() || self.fields.depth < depth {
            return;
        }
        self.result = match (value, self.asset.nulls.get(field)) {
            (Some(value), _) => self.map.serialize_entry(field, value),
            (None, Some(reason)) => self.map.serialize_entry(&format!("{field}_null"), reason),
            (None, None) => Ok(()),
        };
    }
}

impl<M: SerializeMap> SeeField for FieldWriter<'_, M> {
    fn value<T: Serialize>(&mut self, field: &'static str, value: &Option<T>) {
        self.write(field, value.as_ref());
    }

    fn list<T: ListPart>(&mut self, field: &'static str, values: &[T]) {
        let text = values.iter().map(ListPart::text).collect::<Vec<_>>().join(";");
        self.write(field, Some(&text).filter(|text| !text.is_empty()));
    }
}
