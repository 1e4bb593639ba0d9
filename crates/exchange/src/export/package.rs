//! Several layers and tables in one GeoPackage, with metadata of what they are.
//!
//! Source: OGC 12-128, GeoPackage 1.3.

use std::{
    collections::{BTreeMap, BTreeSet},
    io::Write,
};

use hatang_core::Shape;
use jiff::Timestamp;
use rusqlite::{Connection, params, types::Value as Sql};
use serde_json::{Map, Value};

use super::{
    ExportError,
    geopackage::{SCHEMA, cell, geometry, quoted, sql_type},
    table::{Column, Kind},
};

/// One table of a package.
#[derive(Clone, Debug)]
pub struct PackageTable {
    /// Its name.
    pub name: String,
    /// What it holds, in one sentence.
    pub description: String,
    /// Whether its rows have a place.
    pub is_spatial: bool,
    /// Its rows: the place, where there is one, and the values under their columns' names.
    pub rows: Vec<(Option<Shape>, Map<String, Value>)>,
}

/// Writes a package, and says how many rows it has. Tables without rows are there all the same. The metadata are of the
/// whole package, one JSON text.
///
/// # Errors
/// [`ExportError`] when the writer fails.
pub fn write_package(
    tables: &[PackageTable],
    metadata: &Value,
    at: Timestamp,
    mut out: impl Write,
) -> Result<usize, ExportError> {
    let connection = Connection::open_in_memory()?;
    connection.execute_batch(SCHEMA)?;
    // Styles are by class of asset; a plan's layers are left to the reader.
    connection.execute_batch("drop table layer_styles")?;
    let at = at.strftime("%Y-%m-%dT%H:%M:%S.000Z").to_string();
    let transaction = connection.unchecked_transaction()?;
    let mut written = 0;
    for table in tables {
        written += write_table(&transaction, table, &at)?;
    }
    transaction.execute(
        "insert into gpkg_metadata values (1, 'dataset', 'https://www.iso.org/standard/53798.html', 'application/json', ?1)",
        [metadata.to_string()],
    )?;
    transaction
        .execute("insert into gpkg_metadata_reference values ('geopackage', null, null, null, ?1, 1, null)", [&at])?;
    transaction.commit()?;
    out.write_all(&connection.serialize("main")?)?;
    Ok(written)
}

fn write_table(connection: &Connection, table: &PackageTable, at: &str) -> Result<usize, ExportError> {
    let columns = columns(table);
    let defined = columns.iter().map(|column| format!(", {} {}", quoted(&column.name), sql_type(column)));
    let defined: String = defined.collect();
    let kind = geometry_kind(table);
    let geometry_column = if table.is_spatial { format!(", geom {kind}") } else { String::new() };
    connection.execute_batch(&format!(
        "create table {} (fid integer primary key autoincrement not null{geometry_column}{defined})",
        quoted(&table.name)
    ))?;
    describe(connection, table, &kind, at)?;
    let names: Vec<String> = columns.iter().map(|column| format!(", {}", quoted(&column.name))).collect();
    let places: Vec<String> = (0..columns.len()).map(|index| format!(", ?{}", index + 2)).collect();
    let (first_name, first_place) = if table.is_spatial { ("geom", "?1") } else { ("fid", "?1") };
    let mut statement = connection.prepare(&format!(
        "insert into {} ({first_name}{}) values ({first_place}{})",
        quoted(&table.name),
        names.concat(),
        places.concat()
    ))?;
    for (shape, values) in &table.rows {
        let first = match shape {
            Some(shape) if table.is_spatial => Sql::Blob(geometry(shape)),
            _ => Sql::Null,
        };
        let cells = columns.iter().map(|column| cell(column, values.get(&column.name)));
        statement.execute(rusqlite::params_from_iter(std::iter::once(first).chain(cells)))?;
    }
    Ok(table.rows.len())
}

fn describe(connection: &Connection, table: &PackageTable, kind: &str, at: &str) -> Result<(), ExportError> {
    if !table.is_spatial {
        connection.execute(
            "insert into gpkg_contents values (?1, 'attributes', ?1, ?2, ?3, null, null, null, null, 0)",
            params![table.name, table.description, at],
        )?;
        return Ok(());
    }
    let positions = table.rows.iter().filter_map(|(shape, _)| shape.as_ref()).flat_map(Shape::positions);
    let extent = positions.fold(None::<[f64; 4]>, |extent, at| {
        let [west, south, east, north] = extent.unwrap_or([at.lon(), at.lat(), at.lon(), at.lat()]);
        Some([west.min(at.lon()), south.min(at.lat()), east.max(at.lon()), north.max(at.lat())])
    });
    let [west, south, east, north] = extent.map_or([None; 4], |extent| extent.map(Some));
    connection.execute(
        "insert into gpkg_contents values (?1, 'features', ?1, ?2, ?3, ?4, ?5, ?6, ?7, 4326)",
        params![table.name, table.description, at, west, south, east, north],
    )?;
    connection
        .execute("insert into gpkg_geometry_columns values (?1, 'geom', ?2, 4326, 0, 0)", params![table.name, kind])?;
    Ok(())
}

fn geometry_kind(table: &PackageTable) -> String {
    let kinds: BTreeSet<&str> = table.rows.iter().filter_map(|(shape, _)| Some(shape.as_ref()?.kind())).collect();
    match kinds.into_iter().collect::<Vec<_>>()[..] {
        [only] => only.to_uppercase(),
        _ => "GEOMETRY".to_owned(),
    }
}

/// Every column that any row has, in the order of their names.
fn columns(table: &PackageTable) -> Vec<Column> {
    let mut found: BTreeMap<&str, Option<Kind>> = BTreeMap::new();
    for (name, value) in table.rows.iter().flat_map(|(_, values)| values) {
        let kind = (!value.is_null()).then(|| Kind::of(name, value));
        let known = found.entry(name).or_default();
        *known = match (*known, kind) {
            (Some(known), Some(kind)) => Some(known.with(kind)),
            (known, kind) => known.or(kind),
        };
    }
    let column = |(name, kind): (&str, Option<Kind>)| Column {
        name: name.to_owned(),
        kind: kind.unwrap_or_else(|| Kind::of(name, &Value::Null)),
    };
    found.into_iter().map(column).collect()
}
