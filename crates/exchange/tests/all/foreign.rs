//! Files as GDAL writes them, which is how QGIS does.

use std::{
    io::Write as _,
    path::{Path, PathBuf},
    process::Command,
};

use hatang_core::AssetClass;
use hatang_crs::Crs;
use hatang_exchange::{Import, ImportOptions, Severity, read_assets};
use serde_json::Value;
use tempfile::TempDir;

use crate::{by_column, comparable, ids, sample};

fn ogr2ogr(folder: &Path, class: AssetClass, driver: &str, to: &str, more: &[&str]) -> PathBuf {
    let from = hatang_testkit::workspace_root().join("sample-data/assets").join(format!("{class}.geojson"));
    let to = folder.join(to);
    let output = Command::new("ogr2ogr").args(["-f", driver]).args(more).arg(&to).arg(from).output().unwrap();
    assert!(output.status.success(), "{driver}: {}", String::from_utf8_lossy(&output.stderr));
    to
}

/// The files beside a path that have its stem, as one archive.
pub(crate) fn zipped(shp: &Path) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for ending in ["shp", "shx", "dbf", "prj", "cpg"] {
        let path = shp.with_extension(ending);
        if let Ok(bytes) = std::fs::read(&path) {
            let name = format!("folder/{}", path.file_name().unwrap().to_string_lossy());
            archive.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
            archive.write_all(&bytes).unwrap();
        }
    }
    archive.finish().unwrap().into_inner()
}

fn errors(import: &Import) -> Vec<String> {
    let errors = import.report.findings.iter().filter(|finding| finding.severity == Severity::Error);
    errors.map(|finding| format!("{finding:?}")).collect()
}

#[test]
fn we_read_what_gdal_writes() {
    let folder = TempDir::new().unwrap();
    for class in [AssetClass::Mast, AssetClass::Pole, AssetClass::Duct, AssetClass::Host] {
        let expected = sample(class);
        for (driver, name, more) in [
            ("GPKG", format!("{class}.gpkg"), &[][..]),
            ("ESRI Shapefile", format!("{class}.shp"), &["-lco", "ENCODING=UTF-8"]),
            ("LIBKML", format!("{class}.kml"), &[]),
            ("LIBKML", format!("{class}.kmz"), &[]),
            ("CSV", format!("{class}.csv"), &["-lco", "GEOMETRY=AS_WKT", "-lco", "SEPARATOR=SEMICOLON"]),
            ("XLSX", format!("{class}.xlsx"), &["-sql", "select *"]),
        ] {
            // A spreadsheet of GDAL's has no geometry; its files with several geometries are not one Shapefile.
            if driver == "XLSX" || (class == AssetClass::Host && driver == "ESRI Shapefile") {
                continue;
            }
            let path = ogr2ogr(folder.path(), class, driver, &name, more);
            let (name, bytes) = if driver == "ESRI Shapefile" {
                ("a.zip".to_owned(), zipped(&path))
            } else {
                (name, std::fs::read(&path).unwrap())
            };
            let options = by_column(class, "owner");
            let options = ImportOptions {
                map: if driver == "CSV" { [("wkt".to_owned(), "WKT".to_owned())].into() } else { options.map.clone() },
                ..options
            };
            let import =
                read_assets(&name, &bytes, &options, ids()).unwrap_or_else(|error| panic!("{driver}: {error}"));
            assert_eq!(errors(&import), [""; 0], "{driver} {class}");
            assert_eq!(import.assets.len(), expected.len(), "{driver} {class}");
            let by_code = |asset: &hatang_core::Asset| asset.code.as_ref().unwrap().to_string();
            for read in &import.assets {
                let went = expected.iter().find(|asset| by_code(asset) == by_code(&read.asset)).unwrap();
                let (came, went) = (comparable(&read.asset), comparable(went));
                let fields: &[&str] = match driver {
                    "GPKG" => &[],
                    // Names cut at ten letters can be told apart or not; these can.
                    "ESRI Shapefile" => &["code", "owner", "status", "shape", "survey", "built_on", "height_m"],
                    _ => &[
                        "code", "owner", "manager", "status", "shape", "survey", "built_on", "source", "note", "slots",
                        "height_m",
                    ],
                };
                if fields.is_empty() {
                    assert_eq!(came, went, "{driver}");
                }
                for field in fields {
                    assert_eq!(
                        came.get(field).unwrap_or(&Value::Null),
                        went.get(field).unwrap_or(&Value::Null),
                        "{driver} {field}"
                    );
                }
            }
        }
    }
}

#[test]
fn a_shapefile_in_vn_2000_is_read_by_its_prj_and_one_of_several_by_its_name() {
    let folder = TempDir::new().unwrap();
    let class = AssetClass::Mast;
    let path =
        ogr2ogr(folder.path(), class, "ESRI Shapefile", "a.shp", &["-t_srs", "EPSG:9210", "-lco", "ENCODING=UTF-8"]);
    let import = read_assets("a.zip", &zipped(&path), &by_column(class, "owner"), ids()).unwrap();
    assert_eq!(import.report.crs, "EPSG:9210");
    assert_eq!(errors(&import), [""; 0]);
    for (read, went) in import.assets.iter().zip(sample(class)) {
        let apart = hatang_core::geodesy::distance(read.asset.anchor(), went.anchor());
        // GDAL chose its own operation; ours is EPSG:6960.
        assert!(apart.get() < 1.0, "{apart}");
        assert!(read.asset.submitted.is_some());
    }
    let conflict = ImportOptions { crs: Some(Crs::WGS84), ..by_column(class, "owner") };
    assert_eq!(read_assets("a.zip", &zipped(&path), &conflict, ids()).unwrap_err().code(), "file.crs_conflict");

    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for stem in ["mast", "other"] {
        for ending in ["shp", "dbf", "prj", "cpg"] {
            archive.start_file(format!("{stem}.{ending}"), zip::write::SimpleFileOptions::default()).unwrap();
            archive.write_all(&std::fs::read(path.with_extension(ending)).unwrap()).unwrap();
        }
    }
    let several = archive.finish().unwrap().into_inner();
    let asked = read_assets("a.zip", &several, &by_column(class, "owner"), ids()).unwrap_err();
    assert_eq!(asked.code(), "file.several_layers");
    let named = ImportOptions { layer: Some("mast".to_owned()), ..by_column(class, "owner") };
    assert_eq!(read_assets("a.zip", &several, &named, ids()).unwrap().assets.len(), import.assets.len());
}
