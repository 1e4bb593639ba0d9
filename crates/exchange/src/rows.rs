//! Rows of either format, one at a time.

mod delimited;
mod features;

use std::{
    borrow::Cow,
    collections::{BTreeMap, HashMap},
};

use csv::StringRecord;
use geojson::GeometryValue;
use serde_json::{Map, Value};

pub(crate) use self::{delimited::DelimitedFile, features::FeatureFile};
use crate::refusal::Refusal;

/// One row before anything in it is judged.
pub(crate) struct Row<'a> {
    pub(crate) number: u32,
    /// The identity that the file gives it.
    pub(crate) id: Option<String>,
    pub(crate) cells: Cells<'a>,
    pub(crate) place: Place,
}

/// Where a row says it is.
pub(crate) enum Place {
    /// Readable, with the text as given where the file has one.
    Given(GeometryValue, Option<String>),
    /// Not readable, in the named field, with the value as given.
    Refused { refusal: Refusal, field: &'static str, value: Option<String> },
    /// The row as a whole is not readable, so that none of its cells can be trusted.
    Broken(Refusal),
}

impl Row<'_> {
    fn broken(number: u32, refusal: Refusal) -> Self {
        Self { number, id: None, cells: Cells::None, place: Place::Broken(refusal) }
    }
}

/// A row's values by the names of their columns.
pub(crate) enum Cells<'a> {
    None,
    Delimited { header: &'a Header, record: &'a StringRecord },
    Properties(&'a Map<String, Value>),
}

impl Cells<'_> {
    /// The text of a cell; none when it is empty or not there. Arrays become lists separated by `;`.
    pub(crate) fn text(&self, column: &str) -> Option<Cow<'_, str>> {
        match self {
            Self::None => None,
            Self::Delimited { header, record } => {
                let text = record.get(header.index(column)?)?;
                (!text.is_empty()).then_some(Cow::Borrowed(text))
            }
            Self::Properties(properties) => json_text(properties.get(column)?),
        }
    }

    /// The names of a feature's properties; a header line has those of delimited text.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        let properties = if let Self::Properties(properties) = self { Some(properties) } else { None };
        properties.into_iter().flat_map(|properties| properties.keys().map(String::as_str))
    }

    /// The value itself where the file is JSON.
    pub(crate) fn json(&self, column: &str) -> Option<&Value> {
        match self {
            Self::None | Self::Delimited { .. } => None,
            Self::Properties(properties) => properties.get(column),
        }
    }
}

pub(crate) fn json_text(value: &Value) -> Option<Cow<'_, str>> {
    match value {
        Value::Null => None,
        Value::String(text) => Some(text.trim()).filter(|text| !text.is_empty()).map(Cow::Borrowed),
        Value::Array(parts) => {
            let parts: Vec<_> = parts.iter().filter_map(json_text).collect();
            Some(parts.join(";")).filter(|text| !text.is_empty()).map(Cow::Owned)
        }
        other => Some(Cow::Owned(other.to_string())),
    }
}

/// A header line: where each column is, by its name as written and in lower case.
pub(crate) struct Header {
    pub(crate) names: Vec<String>,
    by_name: HashMap<String, usize>,
}

impl Header {
    fn new(names: Vec<String>) -> Self {
        let mut by_name = HashMap::new();
        for (index, name) in names.iter().enumerate().filter(|(_, name)| !name.is_empty()) {
            by_name.insert(name.clone(), index);
        }
        for (index, name) in names.iter().enumerate().filter(|(_, name)| !name.is_empty()) {
            by_name.entry(name.to_lowercase()).or_insert(index);
        }
        Self { names, by_name }
    }

    fn index(&self, column: &str) -> Option<usize> {
        self.by_name.get(column).copied()
    }
}

/// Which of the file's columns each of our fields is read from: the named one, else the one of the same name.
#[derive(Clone, Debug)]
pub(crate) struct Mapping(pub(crate) BTreeMap<String, String>);

impl Mapping {
    pub(crate) fn column<'a>(&'a self, field: &'a str) -> &'a str {
        self.0.get(field).map_or(field, String::as_str)
    }

    fn is_named(&self, field: &str) -> bool {
        self.0.contains_key(field)
    }
}
