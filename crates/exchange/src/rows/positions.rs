//! The columns of a table that say where its rows are.

use geojson::{GeometryValue, Position};
use hatang_crs::Crs;

use super::{Header, Mapping, Place};
use crate::{
    FileError, geometry,
    refusal::{self, Refusal},
    report::quoted,
    value::{Notation, coordinate},
};

/// A pair of numbers or a text.
#[derive(Clone, Debug)]
pub(super) enum PositionColumns {
    /// x and y with the names of their fields.
    Pair([(&'static str, String); 2]),
    Wkt(String),
}

impl PositionColumns {
    pub(super) fn find(header: &Header, mapping: &Mapping, crs: Crs) -> Result<Self, FileError> {
        let (pair, expected) = if crs.is_projected() {
            (EAST_NORTH, "`e`, `n` / `easting`, `northing` / `wkt`")
        } else {
            (LONLAT, "`lon`, `lat` / `longitude`, `latitude` / `kinh_do`, `vi_do` / `wkt`")
        };
        let pair_is_named = pair.iter().any(|(field, _)| mapping.is_named(field));
        if !pair_is_named && (mapping.is_named("wkt") || header.index("wkt").is_some()) {
            return find_column(header, mapping, "wkt", &["wkt"])?
                .map(Self::Wkt)
                .ok_or_else(|| no_columns(header, crs, expected));
        }
        if let Some(pair) = find_pair(header, mapping, pair)? {
            return Ok(Self::Pair(pair));
        }
        if header.index("x").is_some() && header.index("y").is_some() {
            return Err(FileError::AmbiguousAxes);
        }
        Err(no_columns(header, crs, expected))
    }

    /// The fields that the position is read from, with their columns.
    pub(super) fn fields(&self) -> Vec<(&'static str, &str)> {
        match self {
            Self::Pair(pair) => pair.iter().map(|(field, column)| (*field, column.as_str())).collect(),
            Self::Wkt(column) => vec![("wkt", column)],
        }
    }

    /// Where a row is; `cell` gives the text of a column and how it writes numbers.
    pub(super) fn place<'a>(&self, crs: Crs, cell: impl Fn(&str) -> (&'a str, Notation)) -> Place {
        match self {
            Self::Pair([(x_field, x_column), (y_field, y_column)]) => {
                let (x_cell, y_cell) = (cell(x_column), cell(y_column));
                match (number(crs, x_field, x_cell), number(crs, y_field, y_cell)) {
                    (Ok(x), Ok(y)) => {
                        let coordinates = Position::from([x, y]);
                        Place::Given(GeometryValue::Point { coordinates }, Some(format!("{} {}", x_cell.0, y_cell.0)))
                    }
                    (Err(refused), _) | (_, Err(refused)) => refused,
                }
            }
            Self::Wkt(column) => {
                let (text, _) = cell(column);
                let read = if text.is_empty() { Err(refusal::missing_position()) } else { geometry::from_wkt(text) };
                match read {
                    Ok(geometry) => Place::Given(geometry, Some(text.to_owned())),
                    Err(refusal) => refused(refusal, "wkt", text),
                }
            }
        }
    }
}

type Names = [(&'static str, &'static [&'static str]); 2];
const LONLAT: Names = [("lon", &["lon", "longitude", "kinh_do"]), ("lat", &["lat", "latitude", "vi_do"])];
const EAST_NORTH: Names = [("e", &["e", "easting"]), ("n", &["n", "northing"])];

/// The columns with degrees and those with metres, where a table has both: two statements of the same place.
pub(crate) fn both_pairs(header: &Header, mapping: &Mapping) -> Option<BothPairs> {
    let columns = |names| find_pair(header, mapping, names).ok().flatten().map(|pair| pair.map(|(_, column)| column));
    Some(BothPairs { degrees: columns(LONLAT)?, metres: columns(EAST_NORTH)? })
}

/// The columns of two statements of the same place, each x before y.
#[derive(Clone, Debug)]
pub(crate) struct BothPairs {
    pub(crate) degrees: [String; 2],
    pub(crate) metres: [String; 2],
}

fn find_pair(
    header: &Header,
    mapping: &Mapping,
    pair: Names,
) -> Result<Option<[(&'static str, String); 2]>, FileError> {
    let mut columns = Vec::with_capacity(2);
    for (field, names) in pair {
        columns.extend(find_column(header, mapping, field, names)?.map(|column| (field, column)));
    }
    Ok(<[_; 2]>::try_from(columns).ok())
}

fn number(crs: Crs, field: &'static str, (text, notation): (&str, Notation)) -> Result<f64, Place> {
    if text.is_empty() {
        return Err(refused(refusal::missing_position(), field, text));
    }
    coordinate(text, notation, crs.is_projected()).map_err(|refusal| refused(refusal, field, text))
}

fn refused(refusal: Refusal, field: &'static str, text: &str) -> Place {
    Place::Refused { refusal, field, value: (!text.is_empty()).then(|| quoted(text)) }
}

fn no_columns(header: &Header, crs: Crs, expected: &'static str) -> FileError {
    FileError::NoPositionColumns { crs, expected, found: header.names.clone() }
}

/// The column that was named for a field, else the first of its usual names that the file has.
fn find_column(header: &Header, mapping: &Mapping, field: &str, names: &[&str]) -> Result<Option<String>, FileError> {
    if mapping.is_named(field) {
        let column = mapping.column(field);
        let absent = || FileError::MappedColumnAbsent {
            field: field.to_owned(),
            column: column.to_owned(),
            found: header.names.clone(),
        };
        return header.index(column).map(|index| Some(header.names[index].clone())).ok_or_else(absent);
    }
    Ok(names.iter().find_map(|name| header.index(name)).map(|index| header.names[index].clone()))
}
