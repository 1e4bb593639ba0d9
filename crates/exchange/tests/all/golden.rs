//! The cases of `tests/import-cases`: a file per format and fault with the report that must come out.

use std::{env, fs};

use hatang_core::{AssetClass, BoundingBox, Lonlat, Metres, Shape};
use hatang_crs::Crs;
use hatang_exchange::{Encoding, Extent, ImportOptions, Surroundings, read_assets};
use hatang_testkit::workspace_root;
use serde_json::{Value, json};

use crate::{ids, options};

/// The commune's extent, rounded; what lies 2 km outside is refused.
fn in_the_commune(class: AssetClass) -> ImportOptions {
    let at = |lon, lat| Lonlat::new(lon, lat).unwrap();
    let corners =
        [at(106.445, 20.644), at(106.515, 20.644), at(106.515, 20.709), at(106.445, 20.709), at(106.445, 20.644)];
    let bbox = BoundingBox::around(corners).unwrap();
    ImportOptions {
        extent: Some(Extent { bbox, margin: Metres::new(2_000.0).unwrap() }),
        surroundings: Some(Surroundings { outline: Shape::Polygon(vec![corners.to_vec()]), roads: Vec::new() }),
        ..options(class)
    }
}

/// How a case is read, where that is not plainly as masts anywhere.
fn options_of(case: &str) -> ImportOptions {
    let vn2000 = Some(Crs::from_epsg(9210).unwrap());
    match case {
        "ducts-that-cross-themselves.geojson" => options(AssetClass::Duct),
        "wrong-zone.csv" | "axes-swapped.csv" => ImportOptions { crs: vn2000, ..in_the_commune(AssetClass::Mast) },
        "tcvn3-capitals.csv" => ImportOptions { encoding: Some(Encoding::Tcvn3), ..options(AssetClass::Mast) },
        _ => options(AssetClass::Mast),
    }
}

fn outcome(case: &str, bytes: &[u8]) -> Value {
    match read_assets(case, bytes, &options_of(case), ids()) {
        Err(error) => json!({ "refused": error.code(), "message": error.text() }),
        Ok(import) => {
            let assets: Vec<Value> = import
                .assets
                .iter()
                .map(|read| {
                    let mut asset = serde_json::to_value(&read.asset).unwrap();
                    asset.as_object_mut().unwrap().remove("id");
                    round(&mut asset);
                    asset
                })
                .collect();
            json!({ "report": import.report, "assets": assets })
        }
    }
}

/// Positions to 1e-7 degrees (1 cm), so that the last bits of PROJ do not count.
fn round(value: &mut Value) {
    match value {
        Value::Number(number) if number.is_f64() => {
            let number = number.as_f64().unwrap();
            *value = json!((number * 1e7).round() / 1e7);
        }
        Value::Array(parts) => parts.iter_mut().for_each(round),
        Value::Object(parts) => parts.values_mut().for_each(round),
        _ => {}
    }
}

#[test]
fn every_case_has_the_report_that_stands_beside_it() {
    let folder = workspace_root().join("tests/import-cases");
    let mut cases: Vec<String> = fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name != "README.md" && std::path::Path::new(name).extension().is_none_or(|end| end != "json"))
        .collect();
    cases.sort();
    assert!(30 <= cases.len(), "{cases:?}");
    for case in cases {
        let found = outcome(&case, &fs::read(folder.join(&case)).unwrap());
        let beside = folder.join(format!("{case}.json"));
        if env::var_os("HATANG_BLESS").is_some() {
            fs::write(&beside, format!("{}\n", serde_json::to_string_pretty(&found).unwrap())).unwrap();
        }
        let expected: Value =
            serde_json::from_str(&fs::read_to_string(&beside).unwrap_or_default()).unwrap_or_default();
        assert_eq!(found, expected, "{case}");
    }
}
