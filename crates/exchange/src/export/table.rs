//! Features as rows under columns: what every format but GeoJSON needs to know before it begins.

use std::collections::{BTreeMap, BTreeSet};

use hatang_core::{AssetClass, Shape};
use serde_json::{Map, Value};

use super::{ExportError, Feature};
use crate::fields;

/// What a column can hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    Boolean,
    Whole,
    Number,
    Date,
    Text,
}

/// One column of an export.
#[derive(Clone, Debug)]
pub(super) struct Column {
    pub(super) name: String,
    pub(super) kind: Kind,
}

/// What all features together have.
pub(super) struct Layout {
    pub(super) columns: Vec<Column>,
    /// The GeoJSON names of their types.
    pub(super) kinds: BTreeSet<&'static str>,
    /// West, south, east, north; none where there are no features.
    pub(super) extent: Option<[f64; 4]>,
}

/// A feature with its properties as values.
pub(super) struct FlatRow {
    pub(super) shape: Shape,
    pub(super) values: Map<String, Value>,
}

impl FlatRow {
    pub(super) fn of(feature: Feature<'_>) -> Result<Self, ExportError> {
        let id = Value::String(feature.id.to_string());
        let properties = serde_json::to_value(&feature.properties).map_err(|error| ExportError::library(&error))?;
        let mut values = Map::from_iter([("asset_id".to_owned(), id)]);
        if let Value::Object(properties) = properties {
            values.extend(properties.into_iter().map(|(name, value)| (name, flat(value))));
        }
        Ok(Self { shape: feature.geometry, values })
    }
}

/// Lists and records as text; a list of codes only is written as cells have it.
fn flat(value: Value) -> Value {
    match value {
        Value::Array(parts) => {
            let bare = |part: &Value| match part {
                Value::Object(tenancy) if tenancy.len() == 1 => tenancy.get("tenant")?.as_str().map(str::to_owned),
                _ => None,
            };
            let codes: Option<Vec<String>> = parts.iter().map(bare).collect();
            Value::String(codes.map_or_else(|| Value::Array(parts).to_string(), |codes| codes.join(";")))
        }
        Value::Object(record) => match record.values().next() {
            Some(only) if record.len() == 1 => only.clone(),
            _ => Value::String(Value::Object(record).to_string()),
        },
        other => other,
    }
}

impl Layout {
    /// Looks at every feature once.
    pub(super) fn of<'a>(class: AssetClass, features: impl Iterator<Item = Feature<'a>>) -> Result<Self, ExportError> {
        let mut found: BTreeMap<String, Kind> = BTreeMap::new();
        let mut kinds = BTreeSet::new();
        let mut extent: Option<[f64; 4]> = None;
        let mut any_exact = false;
        for feature in features {
            let row = FlatRow::of(feature)?;
            any_exact |= row.values.get("generalised") == Some(&Value::Bool(false));
            kinds.insert(row.shape.kind());
            for at in row.shape.positions() {
                let [west, south, east, north] = extent.unwrap_or([at.lon(), at.lat(), at.lon(), at.lat()]);
                extent = Some([west.min(at.lon()), south.min(at.lat()), east.max(at.lon()), north.max(at.lat())]);
            }
            for (name, value) in row.values {
                let kind = Kind::of(&name, &value);
                found.entry(name).and_modify(|known| *known = known.with(kind)).or_insert(kind);
            }
        }
        Ok(Self { columns: columns(class, any_exact, found), kinds, extent })
    }

    /// Whether every feature is a point, so that two numbers say where it is.
    pub(super) fn is_points(&self) -> bool {
        self.kinds.iter().all(|kind| *kind == "Point")
    }
}

/// The columns in the order of the contract. A class's own fields are always there once anything is shown exactly.
fn columns(class: AssetClass, any_exact: bool, mut found: BTreeMap<String, Kind>) -> Vec<Column> {
    let mut order: Vec<String> =
        ["asset_id", "code", "class", "owner", "manager", "tenants", "status"].map(str::to_owned).to_vec();
    for name in fields::names(class) {
        if !order.iter().any(|known| known == name) && name != "security_site" {
            order.push(name.to_owned());
        }
        order.push(format!("{name}_null"));
    }
    if any_exact {
        for field in fields::described(class).into_iter().filter(|field| field.name != "security_site") {
            found.entry(field.name.to_owned()).or_insert(field.kind_when_empty());
        }
    }
    let mut columns: Vec<Column> = Vec::with_capacity(found.len());
    for name in order {
        if let Some(kind) = found.remove(&name) {
            columns.push(Column { name, kind });
        }
    }
    columns.extend(found.into_iter().map(|(name, kind)| Column { name, kind }));
    columns
}

impl Kind {
    pub(super) fn of(name: &str, value: &Value) -> Self {
        match value {
            Value::Bool(_) => Self::Boolean,
            Value::Number(number) if number.is_u64() || number.is_i64() => Self::Whole,
            Value::Number(_) => Self::Number,
            _ if name.ends_with("_on") => Self::Date,
            _ => Self::Text,
        }
    }

    /// What holds both.
    pub(super) fn with(self, other: Self) -> Self {
        match (self, other) {
            (one, other) if one == other => one,
            (Self::Whole, Self::Number) | (Self::Number, Self::Whole) => Self::Number,
            _ => Self::Text,
        }
    }
}

impl fields::FieldInfo {
    fn kind_when_empty(&self) -> Kind {
        match (self.name, self.is_number, self.is_yes_or_no()) {
            (_, _, true) => Kind::Boolean,
            (_, true, _) if !self.is_list => Kind::Number,
            (name, ..) if name.ends_with("_on") => Kind::Date,
            _ => Kind::Text,
        }
    }
}

/// A value as a cell's text; none where there is none.
pub(super) fn text(value: &Value) -> Option<String> {
    match value {
        Value::Null => None,
        Value::String(text) => Some(text.clone()),
        other => Some(other.to_string()),
    }
}
