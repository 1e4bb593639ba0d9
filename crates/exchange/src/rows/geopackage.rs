//! Rows of a GeoPackage: an SQLite file after the OGC's standard. What the file would run is not run.

use std::io::Cursor;

use geojson::GeometryValue;
use hatang_crs::Crs;
use rusqlite::{Connection, OptionalExtension as _, types::ValueRef};
use serde_json::{Map, Value};

use super::{How, Place, Raw, Row, RowSource, Stop};
use crate::{
    FileError,
    refusal::{self, Refusal},
    wkb,
};

/// How every SQLite file begins.
pub(crate) const MAGIC: &[u8] = b"SQLite format 3\0";

/// One table of features.
pub(crate) struct GeoPackageFile {
    connection: Connection,
    table: String,
    geometry_column: String,
    /// The system that the table declares.
    pub(crate) crs: Option<Crs>,
}

#[expect(clippy::needless_pass_by_value, reason = "for `map_err`")]
fn broken(error: rusqlite::Error) -> FileError {
    FileError::GeoPackage { reason: error.to_string() }
}

impl GeoPackageFile {
    pub(crate) fn open(bytes: &[u8], layer: Option<&str>) -> Result<Self, FileError> {
        let mut connection = Connection::open_in_memory().map_err(broken)?;
        connection.deserialize_read_exact("main", Cursor::new(bytes), bytes.len(), true).map_err(broken)?;
        // A crafted schema may call functions; none of its is trusted, and pages are checked.
        connection
            .execute_batch("pragma trusted_schema = off; pragma cell_size_check = on; pragma query_only = on;")
            .map_err(broken)?;
        let tables = tables(&connection)?;
        let found = || tables.iter().map(|(table, ..)| table.clone()).collect::<Vec<_>>();
        let chosen = match layer {
            Some(layer) => tables.iter().find(|(table, ..)| table == layer),
            None if tables.len() < 2 => tables.first(),
            None => return Err(FileError::SeveralLayers { found: found() }),
        };
        let missing = || match layer {
            Some(layer) => FileError::NoSuchLayer { layer: layer.to_owned(), found: found() },
            None => FileError::GeoPackage { reason: "it has no table of features".to_owned() },
        };
        let (table, geometry_column, srs) = chosen.cloned().ok_or_else(missing)?;
        let crs = system(&connection, srs)?;
        Ok(Self { connection, table, geometry_column, crs })
    }

    /// The names of the table's columns; a damaged file may have some that are no text.
    fn columns(&self) -> Result<Vec<String>, FileError> {
        let mut statement = self.connection.prepare("select name from pragma_table_info(?1)").map_err(broken)?;
        let names = statement.query_map([&self.table], |row| row.get(0)).map_err(broken)?;
        names.collect::<Result<_, _>>().map_err(broken)
    }
}

/// Each table of features with its geometry column and its system's number. Views and virtual tables are no tables.
fn tables(connection: &Connection) -> Result<Vec<(String, String, i64)>, FileError> {
    let mut statement = connection
        .prepare(
            "select g.table_name, g.column_name, g.srs_id
             from gpkg_geometry_columns g
             join sqlite_master m
               on m.name = g.table_name
              and m.type = 'table'
              and m.sql not like 'create virtual%'
             order by g.table_name",
        )
        .map_err(broken)?;
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?))).map_err(broken)?;
    rows.collect::<Result<_, _>>().map_err(broken)
}

/// The system of that number; none where the table says that it has none.
fn system(connection: &Connection, srs: i64) -> Result<Option<Crs>, FileError> {
    // Undefined Cartesian and undefined geographic, after the standard.
    if srs <= 0 {
        return Ok(None);
    }
    let named: Option<(String, i64)> = connection
        .query_row(
            "select organization, organization_coordsys_id
             from gpkg_spatial_ref_sys
             where srs_id = ?1",
            [srs],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )
        .optional()
        .map_err(broken)?;
    let given = named.map_or_else(|| format!("srs_id {srs}"), |(organisation, code)| format!("{organisation}:{code}"));
    given.parse().map(Some).map_err(|_| FileError::UnknownCrs { given })
}

fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

impl RowSource for GeoPackageFile {
    fn each(&self, how: How, take: &mut dyn FnMut(&Row<'_>) -> Result<(), Stop>) -> Result<(), Stop> {
        let names = self.columns()?;
        let columns: Vec<String> = names.iter().map(|name| quoted(name)).collect();
        let select = format!("select {} from {}", columns.join(", "), quoted(&self.table));
        let mut statement = self.connection.prepare(&select).map_err(broken)?;
        let mut rows = statement.query([]).map_err(broken)?;
        let mut number = 0;
        while let Some(row) = rows.next().map_err(broken)? {
            number += 1;
            let mut place = Place::Refused { refusal: refusal::no_geometry(), field: "geometry", value: None };
            let mut properties = Map::new();
            for (index, name) in names.iter().enumerate() {
                let value = row.get_ref(index).map_err(broken)?;
                if *name == self.geometry_column {
                    if let ValueRef::Blob(bytes) = value {
                        place = placed(geometry(bytes));
                    }
                } else if let Some(value) = json(value) {
                    properties.insert(name.to_lowercase(), value);
                }
            }
            // The table's own count of its rows is nobody's field.
            properties.remove("fid");
            take(&Row::new(number, None, Raw::Properties(&properties), how.words, place))?;
        }
        Ok(())
    }
}

fn placed(read: Result<GeometryValue, Refusal>) -> Place {
    match read {
        Ok(geometry) => Place::Given(geometry, None),
        Err(refusal) => Place::Refused { refusal, field: "geometry", value: None },
    }
}

fn json(value: ValueRef<'_>) -> Option<Value> {
    match value {
        ValueRef::Null | ValueRef::Blob(_) => None,
        ValueRef::Integer(whole) => Some(whole.into()),
        ValueRef::Real(number) => Some(number.into()),
        ValueRef::Text(text) => Some(Value::String(String::from_utf8_lossy(text).into_owned())),
    }
}

/// Reads the standard's header and the well-known binary after it.
///
/// Source: OGC 12-128, GeoPackage 1.3, clause 2.1.3.
fn geometry(bytes: &[u8]) -> Result<GeometryValue, Refusal> {
    let unreadable = || refusal::unreadable_geometry("no GeoPackage geometry");
    let &[b'G', b'P', _version, flags, _, _, _, _, ..] = bytes else { return Err(unreadable()) };
    let envelope = match flags >> 1 & 7 {
        0 => 0,
        1 => 32,
        2 | 3 => 48,
        4 => 64,
        _ => return Err(unreadable()),
    };
    wkb::read(bytes.get(8 + envelope..).ok_or_else(unreadable)?)
}
