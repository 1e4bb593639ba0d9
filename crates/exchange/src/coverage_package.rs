//! A coverage run as a `GeoPackage`: a layer of areas by level, and one of hamlets with their covered people.
//!
//! Source: OGC 12-128, `GeoPackage` 1.3.

use hatang_core::{Lonlat, Shape};
use jiff::civil::Date;
use rusqlite::{Connection, params};

use crate::export::geopackage::{SCHEMA, geometry};

/// The areas of one level of service.
#[derive(Clone, Debug, PartialEq)]
pub struct Layer {
    /// `likely`, `limited` or `none`.
    pub level: &'static str,
    /// Its areas: outer rings, closed.
    pub polygons: Vec<Vec<Vec<Lonlat>>>,
}

/// A hamlet with its covered people.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Hamlet<'a> {
    /// Its name.
    pub name: &'a str,
    /// People who live there.
    pub people: u64,
    /// Of them, in covered cells.
    pub covered: u64,
    /// Its outline.
    pub shape: &'a Shape,
}

/// Writes both layers. `note` says in a sentence what they are, `metadata` in JSON what they rest on.
///
/// # Errors
/// When the file cannot be put together.
pub fn write_package(
    layers: &[Layer],
    hamlets: &[Hamlet<'_>],
    note: &str,
    metadata: &str,
    on: Date,
) -> Result<Vec<u8>, rusqlite::Error> {
    let connection = Connection::open_in_memory()?;
    connection.execute_batch(SCHEMA)?;
    connection.execute_batch(
        "create table coverage (fid integer primary key autoincrement not null, geom MULTIPOLYGON, level text);
         create table hamlet (fid integer primary key autoincrement not null, geom GEOMETRY, name text, people integer,
                              people_covered integer, share real);",
    )?;
    let at = format!("{on}T00:00:00.000Z");
    let corners = |shapes: &mut dyn Iterator<Item = Lonlat>| {
        shapes.fold([f64::INFINITY, f64::INFINITY, f64::NEG_INFINITY, f64::NEG_INFINITY], |[w, s, e, n], at| {
            [w.min(at.lon()), s.min(at.lat()), e.max(at.lon()), n.max(at.lat())]
        })
    };
    let of_levels = corners(&mut layers.iter().flat_map(|layer| &layer.polygons).flatten().flatten().copied());
    let of_hamlets =
        corners(&mut hamlets.iter().flat_map(|hamlet| hamlet.shape.runs()).flat_map(|run| run.iter().copied()));
    for (table, kind, extent) in [("coverage", "MULTIPOLYGON", of_levels), ("hamlet", "GEOMETRY", of_hamlets)] {
        let [west, south, east, north] = extent.map(|degrees| degrees.is_finite().then_some(degrees));
        connection.execute(
            "insert into gpkg_contents values (?1, 'features', ?1, ?2, ?3, ?4, ?5, ?6, ?7, 4326)",
            params![table, note, at, west, south, east, north],
        )?;
        connection
            .execute("insert into gpkg_geometry_columns values (?1, 'geom', ?2, 4326, 0, 0)", params![table, kind])?;
    }
    for layer in layers {
        let area = geometry(&Shape::MultiPolygon(layer.polygons.clone()));
        connection.execute("insert into coverage (geom, level) values (?1, ?2)", params![area, layer.level])?;
    }
    for Hamlet { name, people, covered, shape } in hamlets {
        #[expect(clippy::cast_precision_loss, reason = "there are fewer than 2⁵³ people")]
        let share = (0 < *people).then(|| *covered as f64 / *people as f64);
        let [people, covered] = [people, covered].map(|count| i64::try_from(*count).unwrap_or(i64::MAX));
        connection.execute(
            "insert into hamlet (geom, name, people, people_covered, share) values (?1, ?2, ?3, ?4, ?5)",
            params![geometry(shape), name, people, covered, share],
        )?;
    }
    connection.execute(
        "insert into gpkg_metadata values (1, 'dataset', 'https://www.iso.org/standard/53798.html', 'application/json', ?1)",
        [metadata],
    )?;
    for table in ["coverage", "hamlet"] {
        connection.execute(
            "insert into gpkg_metadata_reference values ('table', ?1, null, null, ?2, 1, null)",
            params![table, at],
        )?;
    }
    Ok(connection.serialize("main")?.to_vec())
}
