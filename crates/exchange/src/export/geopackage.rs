//! Features as a GeoPackage, with a style for QGIS and metadata of what they are.
//!
//! Source: OGC 12-128, GeoPackage 1.3; `layer_styles` as QGIS reads it.

use std::io::Write;

use hatang_core::Shape;
use rusqlite::{Connection, params, types::Value as Sql};
use serde_json::Value;

use super::{
    About, ExportError, Feature, style,
    table::{Column, FlatRow, Kind, Layout, text},
};
use crate::wkb;

/// The standard's own tables.
pub(crate) const SCHEMA: &str = include_str!("geopackage.sql");

pub(super) fn write<'a>(
    about: &About,
    layout: &Layout,
    features: impl Iterator<Item = Feature<'a>>,
    mut out: impl Write,
) -> Result<usize, ExportError> {
    let connection = Connection::open_in_memory()?;
    connection.execute_batch(SCHEMA)?;
    let table = about.class.code();
    let kind = match layout.kinds.iter().collect::<Vec<_>>()[..] {
        [only] => only.to_uppercase(),
        _ => "GEOMETRY".to_owned(),
    };
    let columns = layout
        .columns
        .iter()
        .map(|column| format!(", {} {}", quoted(&column.name), sql_type(column)))
        .collect::<Vec<_>>()
        .concat();
    connection.execute_batch(&format!(
        "create table {} (fid integer primary key autoincrement not null, geom {kind}{columns})",
        quoted(table)
    ))?;
    describe(&connection, about, layout, &kind)?;
    let places = (0..layout.columns.len()).map(|index| format!(", ?{}", index + 2)).collect::<Vec<_>>().concat();
    let names = layout.columns.iter().map(|column| format!(", {}", quoted(&column.name))).collect::<Vec<_>>().concat();
    let insert = format!("insert into {} (geom{names}) values (?1{places})", quoted(table));
    let mut written = 0;
    {
        let transaction = connection.unchecked_transaction()?;
        let mut statement = transaction.prepare(&insert)?;
        for feature in features {
            let FlatRow { shape, values } = FlatRow::of(feature)?;
            let cells = layout.columns.iter().map(|column| cell(column, values.get(&column.name)));
            statement.execute(rusqlite::params_from_iter(std::iter::once(Sql::Blob(geometry(&shape))).chain(cells)))?;
            written += 1;
        }
        drop(statement);
        transaction.commit()?;
    }
    out.write_all(&connection.serialize("main")?)?;
    Ok(written)
}

fn describe(connection: &Connection, about: &About, layout: &Layout, kind: &str) -> Result<(), ExportError> {
    let table = about.class.code();
    let at = about.at.strftime("%Y-%m-%dT%H:%M:%S.000Z").to_string();
    let [west, south, east, north] = layout.extent.map_or([None; 4], |extent| extent.map(Some));
    connection.execute(
        "insert into gpkg_contents values (?1, 'features', ?1, ?2, ?3, ?4, ?5, ?6, ?7, 4326)",
        params![table, about.sentence(), at, west, south, east, north],
    )?;
    connection
        .execute("insert into gpkg_geometry_columns values (?1, 'geom', ?2, 4326, 0, 0)", params![table, kind])?;
    connection.execute(
        "insert into gpkg_contents values ('layer_styles', 'attributes', 'layer_styles', '', ?1, null, null, null, null, 0)",
        [&at],
    )?;
    connection.execute(
        "insert into layer_styles
             (f_table_catalog, f_table_schema, f_table_name, f_geometry_column, styleName, styleQML, styleSLD,
              useAsDefault, description, owner, ui, update_time)
         values ('', '', ?1, 'geom', ?1, ?2, ?3, 1, 'Hatang', '', null, ?4)",
        params![table, style::qml(about.class, kind), style::sld(about.class, kind), at],
    )?;
    connection.execute(
        "insert into gpkg_metadata values (1, 'dataset', 'https://www.iso.org/standard/53798.html', 'application/json', ?1)",
        [about.metadata().to_string()],
    )?;
    connection.execute(
        "insert into gpkg_metadata_reference values ('table', ?1, null, null, ?2, 1, null)",
        params![table, at],
    )?;
    Ok(())
}

pub(super) fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

pub(super) const fn sql_type(column: &Column) -> &'static str {
    match column.kind {
        Kind::Boolean => "boolean",
        Kind::Whole => "integer",
        Kind::Number => "real",
        Kind::Date => "date",
        Kind::Text => "text",
    }
}

pub(super) fn cell(column: &Column, value: Option<&Value>) -> Sql {
    match (column.kind, value) {
        (_, None) => Sql::Null,
        (Kind::Boolean, Some(Value::Bool(yes))) => Sql::Integer(i64::from(*yes)),
        (Kind::Whole, Some(Value::Number(number))) => number.as_i64().map_or(Sql::Null, Sql::Integer),
        (Kind::Number, Some(Value::Number(number))) => number.as_f64().map_or(Sql::Null, Sql::Real),
        (_, Some(value)) => text(value).map_or(Sql::Null, Sql::Text),
    }
}

/// The standard's header without an envelope, then well-known binary.
pub(crate) fn geometry(shape: &Shape) -> Vec<u8> {
    const LITTLE_ENDIAN_NO_ENVELOPE: u8 = 1;
    let mut bytes = vec![b'G', b'P', 0, LITTLE_ENDIAN_NO_ENVELOPE];
    bytes.extend(4326_i32.to_le_bytes());
    bytes.extend(wkb::write(shape));
    bytes
}
