//! Rows of every format, one at a time.

mod features;
pub(crate) mod geopackage;
mod kml;
mod positions;
mod shapefile;
mod sheet;
mod table;

use std::{
    borrow::Cow,
    cell::RefCell,
    collections::{BTreeMap, HashMap},
};

use csv::StringRecord;
use geojson::GeometryValue;
use serde_json::{Map, Value};

pub(crate) use self::{
    features::FeatureFile,
    geopackage::GeoPackageFile,
    kml::KmlFile,
    positions::{BothPairs, both_pairs},
    shapefile::ShapefileSet,
    sheet::SheetFile,
    table::DelimitedFile,
};
use crate::{
    FileError,
    refusal::Refusal,
    template::TemplateMark,
    text::{Told, Words},
    value::{Notation, is_formula},
};

/// What can be read row by row, as often as needed.
pub(crate) trait RowSource {
    /// The header line of a table.
    fn header(&self) -> Option<&Header> {
        None
    }

    /// The fields that a table's positions are read from, with their columns.
    fn position_fields(&self) -> Vec<(&'static str, &str)> {
        Vec::new()
    }

    /// The mark of our own template.
    fn template(&self) -> Option<&TemplateMark> {
        None
    }

    /// Whether people type the file's numbers, and so perhaps with a decimal comma.
    fn is_typed_by_people(&self) -> bool {
        self.header().is_some()
    }

    /// Hands over every row until one is not taken.
    fn each(&self, how: How, take: &mut dyn FnMut(&Row<'_>) -> Result<(), Stop>) -> Result<(), Stop>;
}

impl<T: RowSource> RowSource for &T {
    fn each(&self, how: How, take: &mut dyn FnMut(&Row<'_>) -> Result<(), Stop>) -> Result<(), Stop> {
        (**self).each(how, take)
    }
}

/// How the cells of a file are read.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct How {
    pub(crate) words: Words,
    pub(crate) notation: Notation,
}

/// Why no further row is read.
#[derive(Debug)]
pub(crate) enum Stop {
    /// Enough has been seen.
    Enough,
    /// The file goes on in a way that nobody can read.
    Failed(FileError),
}

impl From<FileError> for Stop {
    fn from(error: FileError) -> Self {
        Self::Failed(error)
    }
}

/// Turns the end of a reading into what it means for the file.
pub(crate) fn ended(result: Result<(), Stop>) -> Result<(), FileError> {
    match result {
        Ok(()) | Err(Stop::Enough) => Ok(()),
        Err(Stop::Failed(error)) => Err(error),
    }
}

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

impl<'a> Row<'a> {
    fn new(number: u32, id: Option<String>, raw: Raw<'a>, words: Words, place: Place) -> Self {
        Self { number, id, cells: Cells { raw, words, told: RefCell::default() }, place }
    }

    fn broken(number: u32, refusal: Refusal) -> Self {
        Self::new(number, None, Raw::None, Words::default(), Place::Broken(refusal))
    }
}

/// A row's values by the names of their columns.
pub(crate) struct Cells<'a> {
    raw: Raw<'a>,
    words: Words,
    /// What was done to the texts that were asked for, with their columns.
    told: RefCell<Vec<(String, Told)>>,
}

/// A row's values as its file holds them.
#[derive(Clone, Copy)]
pub(crate) enum Raw<'a> {
    None,
    Delimited { header: &'a Header, record: &'a StringRecord },
    Sheet { header: &'a Header, cells: &'a [SheetCell] },
    Properties(&'a Map<String, Value>),
}

/// A cell of a spreadsheet, as text.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct SheetCell {
    pub(crate) text: String,
    /// The sheet holds a number: its text has a decimal point whatever the file writes elsewhere.
    pub(crate) is_number: bool,
}

impl Cells<'_> {
    /// The text of a cell in composed Unicode; none when it is empty or not there. Arrays become lists separated by `;`.
    pub(crate) fn text(&self, column: &str) -> Option<Cow<'_, str>> {
        let text = self.raw.text(column)?;
        Some(self.words.read(text, |told| self.told.borrow_mut().push((column.to_owned(), told))))
    }

    /// Whether a property is a list that says that it holds nothing, which is not the same as not saying it.
    pub(crate) fn is_empty_list(&self, column: &str) -> bool {
        let Raw::Properties(properties) = self.raw else { return false };
        matches!(property(properties, column), Some(Value::Array(parts)) if parts.is_empty())
    }

    /// How a cell writes its number: a number of the file's own type has a point.
    pub(crate) fn notation(&self, column: &str, of_the_file: Notation) -> Notation {
        if self.raw.is_number(column) { Notation::POINT } else { of_the_file }
    }

    /// The names of a feature's properties; a header line has those of delimited text.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        let properties = if let Raw::Properties(properties) = self.raw { Some(properties) } else { None };
        properties.into_iter().flat_map(|properties| properties.keys().map(String::as_str))
    }

    /// The value itself where the file is JSON.
    pub(crate) fn json(&self, column: &str) -> Option<&Value> {
        if let Raw::Properties(properties) = self.raw { properties.get(column) } else { None }
    }

    /// What was done to the texts that were asked for so far.
    pub(crate) fn told(&self) -> Vec<(String, Told)> {
        self.told.take()
    }

    /// Every text of the row, to see which encoding it is in.
    pub(crate) fn all_texts(&self) -> Box<dyn Iterator<Item = &str> + '_> {
        match self.raw {
            Raw::None => Box::new(std::iter::empty()),
            Raw::Delimited { record, .. } => Box::new(record.iter()),
            Raw::Sheet { cells, .. } => Box::new(cells.iter().map(|cell| cell.text.as_str())),
            Raw::Properties(properties) => Box::new(properties.values().filter_map(Value::as_str)),
        }
    }
}

impl<'a> Raw<'a> {
    fn text(self, column: &str) -> Option<Cow<'a, str>> {
        match self {
            Self::None => None,
            Self::Delimited { header, record } => filled(typed(record.get(header.index(column)?)?)),
            Self::Sheet { header, cells } => filled(typed(&cells.get(header.index(column)?)?.text)),
            Self::Properties(properties) => json_text(property(properties, column)?),
        }
    }

    fn is_number(self, column: &str) -> bool {
        match self {
            Self::None | Self::Delimited { .. } => false,
            Self::Sheet { header, cells } => {
                header.index(column).and_then(|index| cells.get(index)).is_some_and(|cell| cell.is_number)
            }
            Self::Properties(properties) => property(properties, column).is_some_and(Value::is_number),
        }
    }
}

/// A property by its name; formats that do not keep the case of names have them in lower case.
fn property<'a>(properties: &'a Map<String, Value>, column: &str) -> Option<&'a Value> {
    properties.get(column).or_else(|| properties.get(&column.to_lowercase()))
}

/// What was meant by a text that an apostrophe keeps a spreadsheet from running.
fn typed(text: &str) -> &str {
    text.strip_prefix('\'').filter(|rest| is_formula(rest)).unwrap_or(text)
}

fn filled(text: &str) -> Option<Cow<'_, str>> {
    Some(text.trim()).filter(|text| !text.is_empty()).map(Cow::Borrowed)
}

pub(crate) fn json_text(value: &Value) -> Option<Cow<'_, str>> {
    match value {
        Value::Null => None,
        Value::String(text) => filled(text),
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
