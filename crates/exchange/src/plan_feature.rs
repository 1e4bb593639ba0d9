//! One feature of the plan: in as the files of a plan folder hold it, and out under the same names.

use hatang_core::{
    Shape,
    plan::{Constraint, Hamlet, Layer, Place, Road, Zone},
};
use serde_json::{Map, Value, json};

use crate::{
    FileError, Finding, RowRule, Severity,
    items::{Item, Judged, judge_items},
};

const AREAS: &[&str] = &["Polygon", "MultiPolygon"];
const LINES: &[&str] = &["LineString", "MultiLineString"];
const ANY: &[&str] = &["Point", "LineString", "MultiLineString", "Polygon", "MultiPolygon"];

/// A feature that a file of a plan folder holds.
pub trait PlanFeature {
    /// What it is called, where it has a name.
    fn name(&self) -> Option<&str>;

    /// Where it is.
    fn shape(&self) -> Shape;

    /// Every property that is read, under its name in files; null where it has no value.
    fn properties(&self) -> Map<String, Value>;
}

impl PlanFeature for Zone {
    fn name(&self) -> Option<&str> {
        self.name.as_deref()
    }

    fn shape(&self) -> Shape {
        self.shape.clone()
    }

    fn properties(&self) -> Map<String, Value> {
        object(json!({ "zone": self.zone, "name": self.name, "instrument": self.instrument }))
    }
}

impl PlanFeature for Hamlet {
    fn name(&self) -> Option<&str> {
        Some(&self.name)
    }

    fn shape(&self) -> Shape {
        self.shape.clone()
    }

    fn properties(&self) -> Map<String, Value> {
        object(json!({ "name": self.name, "people": self.people }))
    }
}

impl PlanFeature for Place {
    fn name(&self) -> Option<&str> {
        Some(&self.name)
    }

    fn shape(&self) -> Shape {
        Shape::Point(self.at)
    }

    fn properties(&self) -> Map<String, Value> {
        object(json!({ "kind": self.kind, "name": self.name, "weight": self.weight }))
    }
}

impl PlanFeature for Road {
    fn name(&self) -> Option<&str> {
        self.name.as_deref()
    }

    fn shape(&self) -> Shape {
        self.shape.clone()
    }

    fn properties(&self) -> Map<String, Value> {
        object(json!({ "name": self.name, "kind": self.kind, "land_width_m": self.land_width_m }))
    }
}

/// The layer is no property: it is the file that says it.
impl PlanFeature for Constraint {
    fn name(&self) -> Option<&str> {
        self.name.as_deref()
    }

    fn shape(&self) -> Shape {
        self.shape.clone()
    }

    fn properties(&self) -> Map<String, Value> {
        object(json!({
            "class": self.class,
            "name": self.name,
            "instrument": self.instrument,
            "height_m": self.height_m,
            "depth_m": self.depth_m,
            "accuracy_m": self.accuracy_m,
        }))
    }
}

/// Reads one GeoJSON feature as `zones.geojson` is read.
///
/// # Errors
/// [`Finding`] with the property, the value and a sentence for the first thing that is wrong.
pub fn read_zone(feature: &Value) -> Result<Zone, Finding> {
    one(feature, zone)
}

/// Reads one GeoJSON feature as `hamlets.geojson` is read.
///
/// # Errors
/// As for [`read_zone`].
pub fn read_hamlet(feature: &Value) -> Result<Hamlet, Finding> {
    one(feature, hamlet)
}

/// Reads one GeoJSON feature as `places.geojson` is read.
///
/// # Errors
/// As for [`read_zone`].
pub fn read_priority_place(feature: &Value) -> Result<Place, Finding> {
    one(feature, place)
}

/// Reads one GeoJSON feature as `roads.geojson` is read.
///
/// # Errors
/// As for [`read_zone`].
pub fn read_road(feature: &Value) -> Result<Road, Finding> {
    one(feature, road)
}

/// Reads one GeoJSON feature as `<layer>.geojson` is read.
///
/// # Errors
/// As for [`read_zone`].
pub fn read_constraint(layer: Layer, feature: &Value) -> Result<Constraint, Finding> {
    one(feature, |item| constraint(layer, item))
}

fn one<T>(feature: &Value, read: impl FnMut(&Item<'_>) -> Result<T, FileError>) -> Result<T, Finding> {
    match judge_items(feature.to_string().as_bytes(), read) {
        Ok(Judged { items, findings, .. }) => match (items.into_iter().next(), findings.into_iter().next()) {
            (Some((_, one)), _) => Ok(one),
            (None, Some(finding)) => Err(finding),
            (None, None) => Err(as_a_whole(&FileError::NoItems)),
        },
        Err(error) => Err(as_a_whole(&error)),
    }
}

fn as_a_whole(error: &FileError) -> Finding {
    let (rule, severity) = (RowRule::Geometry, Severity::Error);
    Finding { row: None, rule, severity, field: None, value: error.value(), message: error.text() }
}

pub(crate) fn zone(item: &Item<'_>) -> Result<Zone, FileError> {
    Ok(Zone {
        zone: item.required("zone")?,
        name: item.optional("name")?,
        instrument: item.optional("instrument")?,
        shape: item.shape(AREAS)?,
    })
}

pub(crate) fn hamlet(item: &Item<'_>) -> Result<Hamlet, FileError> {
    Ok(Hamlet { name: item.required("name")?, people: item.required("people")?, shape: item.shape(AREAS)? })
}

pub(crate) fn place(item: &Item<'_>) -> Result<Place, FileError> {
    let Shape::Point(at) = item.shape(&["Point"])? else { unreachable!("only points pass") };
    Ok(Place { kind: item.required("kind")?, name: item.required("name")?, weight: item.optional("weight")?, at })
}

pub(crate) fn road(item: &Item<'_>) -> Result<Road, FileError> {
    Ok(Road {
        name: item.optional("name")?,
        kind: item.required("kind")?,
        land_width_m: item.optional("land_width_m")?,
        shape: item.shape(LINES)?,
    })
}

pub(crate) fn constraint(layer: Layer, item: &Item<'_>) -> Result<Constraint, FileError> {
    Ok(Constraint {
        layer,
        class: item.optional("class")?,
        name: item.optional("name")?,
        instrument: item.optional("instrument")?,
        height_m: item.optional("height_m")?,
        depth_m: item.optional("depth_m")?,
        accuracy_m: item.optional("accuracy_m")?,
        shape: item.shape(ANY)?,
    })
}

fn object(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(object) => object,
        _ => Map::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn feature(geometry: &Value, properties: &Map<String, Value>) -> Value {
        json!({ "type": "Feature", "geometry": geometry, "properties": properties })
    }

    /// What is shown of a feature is read back as the same feature.
    fn comes_back<T: PlanFeature + PartialEq + std::fmt::Debug>(
        geometry: &Value,
        properties: &Value,
        read: impl Fn(&Value) -> Result<T, Finding>,
    ) {
        let first = read(&feature(geometry, properties.as_object().unwrap())).unwrap();
        let again = read(&feature(&json!(first.shape()), &first.properties())).unwrap();
        assert_eq!(again, first);
        for (property, value) in properties.as_object().unwrap() {
            assert_eq!(first.properties()[property], *value, "{property}");
        }
    }

    #[test]
    fn what_is_shown_of_a_feature_is_what_is_read() {
        let area =
            json!({ "type": "Polygon", "coordinates": [[[106.1, 20.1], [106.2, 20.1], [106.2, 20.2], [106.1, 20.1]]] });
        let line = json!({ "type": "LineString", "coordinates": [[106.123_456_789, 20.1], [106.2, 20.1]] });
        let point = json!({ "type": "Point", "coordinates": [106.1, 20.1] });
        comes_back(&area, &json!({ "zone": "urban", "name": "Thị tứ", "instrument": null }), read_zone);
        comes_back(&area, &json!({ "name": "Thôn Đông", "people": 1_200 }), read_hamlet);
        comes_back(&point, &json!({ "kind": "school", "name": "Trường", "weight": 40 }), read_priority_place);
        comes_back(&line, &json!({ "name": null, "kind": "commune", "land_width_m": 7.5 }), read_road);
        let line_of_power = json!({ "class": "110_kv", "name": "Đường dây", "instrument": "QĐ 1", "height_m": 14.0,
            "depth_m": null, "accuracy_m": 2.0 });
        comes_back(&line, &line_of_power, |feature| read_constraint(Layer::PowerLines, feature));
    }

    #[test]
    fn what_cannot_be_read_names_the_property_and_the_value() {
        let point = json!({ "type": "Point", "coordinates": [106.1, 20.1] });
        let swapped = json!({ "type": "Point", "coordinates": [20.1, 106.1] });
        let school = json!({ "kind": "school", "name": "Trường" });
        for (name, geometry, properties, field, value) in [
            ("an unknown kind", &point, json!({ "kind": "pagoda", "name": "Chùa" }), "kind", Some("pagoda")),
            ("no name", &point, json!({ "kind": "school" }), "name", None),
            ("not whole", &point, json!({ "kind": "school", "name": "x", "weight": 1.5 }), "weight", Some("1.5")),
            ("the axes swapped", &swapped, school.clone(), "geometry", Some("20.1 106.1")),
            ("no geometry", &Value::Null, school, "geometry", None),
        ] {
            let refused = read_priority_place(&feature(geometry, properties.as_object().unwrap())).unwrap_err();
            assert_eq!((refused.field.as_deref(), refused.value.as_deref()), (Some(field), value), "{name}");
        }
    }
}
