//! Whatever bytes come in, the answer is a value.

use hatang_core::{AssetClass, Territory};
use hatang_crs::Crs;
use hatang_exchange::{
    ImportOptions, read_area, read_assets, read_boundaries, read_organisations, read_outline, read_request,
    read_rule_set,
};
use rand::{Rng as _, RngExt as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;

use crate::{ids, options};

const GOOD: [&str; 4] = [
    "lon,lat,e,n,code,status,height_m,on_building,built_on\n106.48,20.69,575851.9,2288806.7,A,operational,\"4\n2\",true,2020-01-31\n",
    "wkt;height_m;slots_total\n\"POLYGON ((106.48 20.69, 106.49 20.69, 106.49 20.7, 106.48 20.69))\";30,5;3\n",
    r#"{"type":"FeatureCollection","crs":{"type":"name","properties":{"name":"EPSG:9210"}},"features":[{"type":"Feature","id":1,"geometry":{"type":"Point","coordinates":[575851.9,2288806.7]},"properties":{"class":"mast","owner":"viettel","code":"A","name":"x","tenants":[{"tenant":"vnpt"}]}}]}"#,
    r#"{"type":"Feature","geometry":{"type":"MultiPolygon","coordinates":[[[[106,20],[107,20],[107,21],[106,20]]]]},"properties":{"code":"11824","name":"x","class":"host","bands_mhz":[1,null,{"a":[[]]}]}}"#,
];

fn read_everything(bytes: &[u8], class: AssetClass, merge: bool, crs: Option<Crs>) {
    let options = ImportOptions { merge_same_position: merge, crs, ..options(class) };
    for file in ["a.csv", "a.geojson", "a"] {
        if let Ok(import) = read_assets(file, bytes, &options, ids()) {
            let report = &import.report;
            assert_eq!(report.rows_total, report.rows_accepted + report.rows_refused);
            assert!(import.assets.iter().all(|read| read.asset.check().is_ok()), "{:?}", import.assets);
        }
    }
    let _ = read_request(bytes);
    let _ = read_boundaries(bytes, &Territory::unbounded());
    let _ = read_area(bytes);
    let _ = read_outline(bytes, &Territory::unbounded());
    let _ = read_organisations(bytes);
    let _ = std::str::from_utf8(bytes).map(read_rule_set);
}

#[test]
fn damaged_files_never_panic() {
    let mut chance = ChaCha8Rng::seed_from_u64(20_261_122);
    for round in 0..6_000_usize {
        let mut bytes = GOOD[round % GOOD.len()].as_bytes().to_vec();
        for _ in 0..chance.random_range(0..6) {
            let at = chance.random_range(0..bytes.len());
            match chance.random_range(0..4) {
                0 => bytes[at] = chance.random(),
                1 => bytes[at] = *b",;\"\n{}[]:0-.eE"[..].get(chance.random_range(0..14)).unwrap_or(&b'0'),
                2 => drop(bytes.remove(at)),
                _ => bytes.insert(at, b"9\"[({,\n"[chance.random_range(0..7)]),
            }
        }
        if chance.random_ratio(1, 4) {
            bytes.truncate(chance.random_range(1..=bytes.len()));
        }
        let class = AssetClass::ALL[chance.random_range(0..AssetClass::ALL.len())];
        let crs = [None, Some(Crs::WGS84), Crs::from_epsg(9210).ok()][round % 3];
        read_everything(&bytes, class, chance.random(), crs);
    }
}

#[test]
fn random_bytes_never_panic() {
    let mut chance = ChaCha8Rng::seed_from_u64(7);
    for _ in 0..2_000 {
        let mut bytes = vec![0; chance.random_range(0..200)];
        chance.fill_bytes(&mut bytes);
        if chance.random() {
            bytes.splice(0..0, [0x1f, 0x8b]);
        }
        read_everything(&bytes, AssetClass::Mast, true, None);
    }
}

#[test]
fn deep_nesting_never_overflows_the_stack() {
    let deep = |open: &str| open.repeat(100_000);
    for text in [
        format!("wkt\n\"{}\"\n", deep("GEOMETRYCOLLECTION(")),
        format!("wkt\n\"{}\"\n", deep("POLYGON((")),
        format!("wkt\n\"POINT{}\"\n", deep("(")),
        format!(r#"{{"type":"Feature","properties":{{}},"geometry":{{"type":"Point","coordinates":{}"#, deep("[")),
        format!(r#"{{"type":"Feature","properties":{{"a":{}{}}},"geometry":null}}"#, deep("["), "]".repeat(100_000)),
        format!(
            r#"{{"type":"Feature","properties":null,"geometry":{}{}}}"#,
            deep(r#"{"type":"GeometryCollection","geometries":["#),
            "]}".repeat(100_000)
        ),
        format!("a = {}", deep("[")),
    ] {
        read_everything(text.as_bytes(), AssetClass::Host, false, None);
    }
}
