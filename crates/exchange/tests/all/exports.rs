//! Every format that assets leave in, read back by us and by GDAL.

use std::{collections::BTreeMap, process::Command};

use hatang_core::{Asset, AssetClass};
use hatang_exchange::{ExportError, ExportFormat, Severity, read_assets};
use serde_json::Value;
use tempfile::TempDir;

use crate::{by_column, comparable, ids, round_trip::full, sample, written};

/// The formats that are read as well.
const READ_BACK: [ExportFormat; 5] =
    [ExportFormat::GeoJson, ExportFormat::GeoPackage, ExportFormat::Csv, ExportFormat::Xlsx, ExportFormat::Kml];

fn file(format: ExportFormat) -> String {
    format!("out.{}", format.ending())
}

#[test]
fn every_field_of_every_class_comes_back_from_every_format() {
    for class in AssetClass::ALL {
        for format in READ_BACK {
            let mut asset = full(*class);
            // What exports round to.
            if let hatang_core::Shape::Point(at) = &mut asset.shape {
                *at = hatang_core::Lonlat::new(106.480_123_5, 20.69).unwrap();
            }
            asset.note = Some("=1+1; «Ghi chú», \"có dấu\"\nhai dòng <&>".to_owned());
            let bytes = written(format, *class, std::slice::from_ref(&asset));
            let import = read_assets(&file(format), &bytes, &by_column(*class, "owner"), ids()).unwrap();
            let told: Vec<_> =
                import.report.findings.iter().filter(|finding| finding.severity != Severity::Info).collect();
            assert!(told.is_empty(), "{class} {format:?}: {told:?}");
            let back = &import.assets[0];
            let mut expected = comparable(&asset);
            if *class == AssetClass::Host {
                // Rings leave after the right-hand rule.
                expected["shape"] = comparable(&back.asset)["shape"].clone();
            }
            assert_eq!(comparable(&back.asset), expected, "{class} {format:?}");
            assert_eq!(back.given_id, Some(asset.id.to_string()), "{class} {format:?}");
        }
    }
}

#[test]
fn the_sample_registry_goes_out_and_comes_back_without_loss() {
    for class in AssetClass::ALL {
        let assets = sample(*class);
        for format in READ_BACK {
            let bytes = written(format, *class, &assets);
            let import = read_assets(&file(format), &bytes, &by_column(*class, "owner"), ids()).unwrap();
            let came: Vec<Value> = import.assets.iter().map(|read| comparable(&read.asset)).collect();
            let went: Vec<Value> = assets.iter().map(comparable).collect();
            assert_eq!(came.len(), went.len(), "{class} {format:?}: {:?}", import.report.findings);
            for (came, went) in came.iter().zip(&went) {
                assert_eq!(came, went, "{class} {format:?}");
            }
        }
    }
}

#[test]
fn gdal_reads_what_we_write() {
    let folder = TempDir::new().unwrap();
    for class in [AssetClass::Mast, AssetClass::Duct] {
        let assets = sample(class);
        let expected: BTreeMap<String, Value> =
            assets.iter().map(|asset| (asset.code.as_ref().unwrap().to_string(), comparable(asset))).collect();
        for format in [ExportFormat::GeoPackage, ExportFormat::FlatGeobuf, ExportFormat::Kml, ExportFormat::GeoJson] {
            let (from, to) = (folder.path().join(file(format)), folder.path().join("gdal.geojson"));
            std::fs::write(&from, written(format, class, &assets)).unwrap();
            let _ = std::fs::remove_file(&to);
            let mut command = Command::new("ogr2ogr");
            command.args(["-f", "GeoJSON", "-lco", "COORDINATE_PRECISION=9"]).arg(&to).arg(&from);
            if format != ExportFormat::Kml {
                command.arg(if format == ExportFormat::GeoJson { "out" } else { class.code() });
            }
            let output = command.output().unwrap();
            assert!(output.status.success(), "{class} {format:?}: {}", String::from_utf8_lossy(&output.stderr));
            let read: Value = serde_json::from_slice(&std::fs::read(&to).unwrap()).unwrap();
            let features = read["features"].as_array().unwrap();
            assert_eq!(features.len(), expected.len(), "{class} {format:?}");
            for feature in features {
                let code = feature["properties"]["code"].as_str().unwrap();
                let asset = &expected[code];
                assert_eq!(
                    feature["geometry"]["coordinates"].to_string(),
                    asset["shape"]["coordinates"].to_string(),
                    "{code}"
                );
                assert_eq!(feature["properties"]["owner"], asset["owner"], "{code} {format:?}");
                for field in ["height_m", "depth_m"] {
                    let number = |value: &Value| value.as_f64().or_else(|| value.as_str()?.parse().ok());
                    assert_eq!(
                        number(&feature["properties"][field]),
                        number(&asset[field]),
                        "{code} {field} {format:?}"
                    );
                }
            }
        }
    }
}

#[test]
fn gdal_reads_our_tables_with_their_places_their_letters_and_their_numbers() {
    let folder = TempDir::new().unwrap();
    for class in [AssetClass::Mast, AssetClass::Duct] {
        let mut assets = sample(class);
        assets[0].note = Some("=1+1; «Trạm Vĩnh Bảo», \"có dấu\"".to_owned());
        for format in [ExportFormat::Csv, ExportFormat::Xlsx] {
            let (from, to) = (folder.path().join(file(format)), folder.path().join("gdal.geojson"));
            std::fs::write(&from, written(format, class, &assets)).unwrap();
            let _ = std::fs::remove_file(&to);
            let mut command = Command::new("ogr2ogr");
            command.args(["-f", "GeoJSON", "-lco", "COORDINATE_PRECISION=9"]).arg(&to);
            match format {
                ExportFormat::Csv => command.args(["-oo", "GEOM_POSSIBLE_NAMES=wkt", "-oo", "X_POSSIBLE_NAMES=lon"]),
                _ => command.args(["-oo", "HEADERS=FORCE"]),
            };
            let output = command.args(["-oo", "Y_POSSIBLE_NAMES=lat"]).arg(&from).output().unwrap();
            let said = String::from_utf8_lossy(&output.stderr);
            assert!(output.status.success(), "{class} {format:?}: {said}");
            let read: Value = serde_json::from_slice(&std::fs::read(&to).unwrap()).unwrap();
            let features = read["features"].as_array().unwrap();
            assert_eq!(features.len(), assets.len(), "{class} {format:?}");
            for (feature, asset) in features.iter().zip(&assets) {
                let (properties, asset) = (&feature["properties"], comparable(asset));
                let number = |value: &Value| value.as_f64().or_else(|| value.as_str()?.parse().ok());
                let code = &asset["code"];
                assert_eq!((&properties["code"], &properties["owner"]), (code, &asset["owner"]), "{class} {format:?}");
                for field in ["height_m", "depth_m"] {
                    assert_eq!(number(&properties[field]), number(&asset[field]), "{code} {field} {format:?}");
                }
                if format == ExportFormat::Csv {
                    let (there, here) = (&feature["geometry"]["coordinates"], &asset["shape"]["coordinates"]);
                    assert_eq!(there.to_string(), here.to_string(), "{code}");
                }
            }
            let note = features[0]["properties"]["note"].as_str().unwrap();
            assert!(note.ends_with("=1+1; «Trạm Vĩnh Bảo», \"có dấu\""), "{format:?}: {note}");
        }
    }
}

#[test]
fn a_geopackage_has_the_style_and_the_metadata_that_qgis_looks_for() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("masts.gpkg");
    std::fs::write(&path, written(ExportFormat::GeoPackage, AssetClass::Mast, &sample(AssetClass::Mast))).unwrap();
    let output = Command::new("ogrinfo").args(["-ro", "-al", "-so"]).arg(&path).output().unwrap();
    let said = format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    for expected in [
        "Layer name: mast",
        "Geometry: Point",
        "Layer name: layer_styles",
        "surveyed_on: Date",
        "height_m: Real",
        "journal_position",
    ] {
        assert!(said.contains(expected), "{expected} in {said}");
    }
    assert!(!said.contains("Warning") && !said.contains("ERROR"), "{said}");
}

#[test]
fn flatgeobuf_refuses_what_it_cannot_hold() {
    let point: Asset = serde_json::from_value(serde_json::json!({ "id": "00000000-0000-0000-0000-000000000002",
        "class": "host", "owner": "x", "status": "operational", "shape": { "type": "Point", "coordinates": [106.4, 20.6] } }))
    .unwrap();
    let assets = [full(AssetClass::Host), point];
    let view = hatang_core::View::Exact(hatang_core::Fields::ALL);
    let about = hatang_exchange::About {
        class: AssetClass::Host,
        at: "2026-03-15T00:00:00Z".parse().unwrap(),
        view: String::new(),
        position: String::new(),
    };
    let features = || assets.iter().filter_map(|asset| hatang_exchange::feature(asset, &view));
    let refused = hatang_exchange::write_features(ExportFormat::FlatGeobuf, &about, features, Vec::new()).unwrap_err();
    assert!(matches!(&refused, ExportError::MixedGeometry { found } if found.len() == 2), "{refused}");
}
