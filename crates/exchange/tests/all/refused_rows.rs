//! One case at least for every rule that refuses a row.

use hatang_core::{AssetClass, AssetCode, BoundingBox, Metres};
use hatang_crs::Crs;
use hatang_exchange::{Extent, Import, ImportOptions, Severity};

use crate::{by_column, import, options};

/// The commune's box with 2 km around it.
fn in_the_commune(class: AssetClass) -> ImportOptions {
    let bbox = BoundingBox::new(106.445, 20.644, 106.515, 20.709).unwrap();
    ImportOptions { extent: Some(Extent { bbox, margin: Metres::computed(2_000.0) }), ..options(class) }
}

/// What each refused row says: its number, rule, field and value.
fn refusals(import: &Import) -> Vec<String> {
    let errors = import.report.findings.iter().filter(|finding| finding.severity == Severity::Error);
    errors
        .map(|finding| {
            let rule = serde_json::to_value(finding.rule).unwrap();
            let text = |part: &Option<String>| part.clone().unwrap_or_else(|| "-".to_owned());
            let row = finding.row.unwrap();
            format!("{row} {} {} {}", rule.as_str().unwrap(), text(&finding.field), text(&finding.value))
        })
        .collect()
}

fn says(import: &Import, vi: &str, en: &str) {
    let findings = &import.report.findings;
    let said = findings.iter().any(|finding| finding.message.vi.contains(vi) && finding.message.en.contains(en));
    assert!(said, "nothing says `{vi}` and `{en}`: {findings:#?}");
}

#[test]
fn a_bad_csv_row_is_refused_by_its_rule_and_the_others_stay() {
    for (name, class, rows, expected) in [
        ("an unknown word", "mast", "lon,lat,status\n106.48,20.69,broken", "2 domain status broken"),
        ("a number in words", "pole", "lon,lat,height_m\n106.48,20.69,ba mươi", "2 domain height_m ba mươi"),
        ("no number at all", "pole", "lon,lat,height_m\n106.48,20.69,NaN", "2 domain height_m NaN"),
        ("a negative length", "pole", "lon,lat,height_m\n106.48,20.69,-7", "2 domain height_m -7"),
        ("half a box", "pole", "lon,lat,boxes\n106.48,20.69,1.5", "2 domain boxes 1.5"),
        (
            "a date in another order",
            "pole",
            "lon,lat,built_on\n106.48,20.69,31/01/2020",
            "2 domain built_on 31/01/2020",
        ),
        ("perhaps", "mast", "lon,lat,on_building\n106.48,20.69,perhaps", "2 domain on_building perhaps"),
        ("a negative share", "mast", "lon,lat,structural_use_pct\n106.48,20.69,-1", "2 domain structural_use_pct -1"),
        (
            "an azimuth beyond the circle",
            "radio_station",
            "lon,lat,azimuths_deg\n106.48,20.69,0;400",
            "2 domain azimuths_deg 0;400",
        ),
        (
            "more used than there are",
            "mast",
            "lon,lat,slots_total,slots_used\n106.48,20.69,3,4",
            "2 domain slots_used 4",
        ),
        ("an unknown reason", "mast", "lon,lat,height_m_null\n106.48,20.69,lazy", "2 domain height_m_null lazy"),
        ("another class", "mast", "lon,lat,class\n106.48,20.69,pole", "2 domain class pole"),
        ("another owner", "mast", "lon,lat,owner\n106.48,20.69,vnpt", "2 reference owner vnpt"),
        ("no longitude", "mast", "lon,lat\n,20.69\n106.48,20.69", "2 required lon -"),
        ("no shape", "mast", "code,wkt\nA,\nB,POINT (106.48 20.69)", "2 required wkt -"),
        ("a word for a latitude", "mast", "lon,lat\n106.48,north", "2 geometry lat north"),
        ("an infinite latitude", "mast", "lon,lat\n106.48,inf", "2 geometry lat inf"),
        ("an empty point", "mast", "wkt\nPOINT EMPTY", "2 geometry wkt POINT EMPTY"),
        ("no well-known text", "mast", "wkt\nPOINT 1", "2 geometry wkt POINT 1"),
        (
            "a mast drawn as a line",
            "mast",
            "wkt\n\"LINESTRING (106.48 20.69, 106.49 20.69)\"",
            "2 geometry geometry LineString",
        ),
        ("a duct drawn as a point", "duct", "wkt\nPOINT (106.48 20.69)", "2 geometry geometry Point"),
        (
            "a collection",
            "host",
            "wkt\nGEOMETRYCOLLECTION (POINT (106.48 20.69))",
            "2 geometry wkt GEOMETRYCOLLECTION (POINT (106.48 20.69))",
        ),
        ("a line of one position", "duct", "wkt\nLINESTRING (106.48 20.69)", "2 geometry geometry -"),
        ("a line that stays", "duct", "wkt\n\"LINESTRING (106.48 20.69, 106.48 20.69)\"", "2 topology geometry -"),
        (
            "an open ring",
            "host",
            "wkt\n\"POLYGON ((106.48 20.69, 106.49 20.69, 106.49 20.7))\"",
            "2 topology geometry -",
        ),
        (
            "a route to where it starts",
            "aerial_route",
            "wkt,from_pole,to_pole\n\"LINESTRING (106.48 20.69, 106.49 20.69)\",P1,P1",
            "2 topology to_pole P1",
        ),
        ("off the earth", "mast", "lon,lat\n106.48,95", "2 crs geometry 106.48 95"),
        ("far outside", "mast", "lon,lat\n105.8542,21.0285", "2 crs geometry 105.8542 21.0285"),
        ("a row that is too short", "mast", "lon,lat,code\n106.48,20.69", "2 length - -"),
        ("a row that is too long", "mast", "lon,lat\n106.48,20.69,x", "2 length - -"),
        ("a code twice", "mast", "lon,lat,code\n106.48,20.69,A\n106.49,20.69,B\n106.5,20.69,A", "4 identity code A"),
    ] {
        let text = format!("{rows}\n");
        let class: AssetClass = class.parse().unwrap();
        let import = import("rows.csv", &text, &in_the_commune(class));
        assert_eq!(refusals(&import), [expected], "{name}");
        let report = &import.report;
        let total = u32::try_from(rows.lines().count()).unwrap() - 1;
        assert_eq!((report.rows_total, report.rows_refused, report.rows_accepted), (total, 1, total - 1), "{name}");
        assert_eq!(import.assets.len(), usize::try_from(total).unwrap() - 1, "{name}");
    }
}

#[test]
fn a_bad_feature_is_refused_by_its_rule_and_the_others_stay() {
    let good = r#"{"type":"Feature","geometry":{"type":"Point","coordinates":[106.48,20.69]},"properties":{}}"#;
    for (name, feature, expected) in [
        ("no geometry", r#"{"type":"Feature","geometry":null,"properties":{}}"#, "2 geometry geometry -"),
        (
            "no position",
            r#"{"type":"Feature","geometry":{"type":"Point","coordinates":[]},"properties":{}}"#,
            "2 geometry geometry {\"type\":\"Point\",\"coordinates\":[]}",
        ),
        (
            "half a position",
            r#"{"type":"Feature","geometry":{"type":"Point","coordinates":[106]},"properties":{}}"#,
            "2 geometry geometry {\"type\":\"Point\",\"coordinates\":[106]}",
        ),
        (
            "text for numbers",
            r#"{"type":"Feature","geometry":{"type":"Point","coordinates":["a","b"]},"properties":{}}"#,
            "2 geometry geometry {\"type\":\"Point\",\"coordinates\":[\"a\",\"b\"]}",
        ),
        (
            "a number too large",
            r#"{"type":"Feature","geometry":{"type":"Point","coordinates":[1e999,2]},"properties":{}}"#,
            "2 geometry geometry {\"type\":\"Point\",\"coordinates\":[1e999,2]}",
        ),
        (
            "several points",
            r#"{"type":"Feature","geometry":{"type":"MultiPoint","coordinates":[[106.48,20.69]]},"properties":{}}"#,
            "2 geometry geometry MultiPoint",
        ),
        ("no feature", r"[1,2]", "2 geometry - -"),
        ("a bare geometry", r#"{"type":"Point","coordinates":[106.48,20.69]}"#, "2 geometry - -"),
        (
            "a wrong value",
            r#"{"type":"Feature","geometry":{"type":"Point","coordinates":[106.48,20.69]},"properties":{"height_m":"-1"}}"#,
            "2 domain height_m -1",
        ),
        (
            "tenants in another form",
            r#"{"type":"Feature","geometry":{"type":"Point","coordinates":[106.48,20.69]},"properties":{"tenants":[{"who":1}]}}"#,
            "2 domain tenants {\"who\":1}",
        ),
    ] {
        let text = format!(r#"{{"type":"FeatureCollection","features":[{good},{feature},{good}]}}"#);
        let import = import("masts.geojson", &text, &in_the_commune(AssetClass::Mast));
        assert_eq!(refusals(&import), [expected], "{name}");
        assert_eq!(import.assets.len(), 2, "{name}");
    }
}

#[test]
fn a_number_beyond_what_its_field_can_hold_is_refused_with_the_range() {
    for (class, field, accepted, refused, range) in [
        ("mast", "height_m", ["0", "10000"], ["-0.1", "10000.1"], "0 to 10000 m"),
        ("mast", "accuracy_m", ["0", "5000"], ["-1", "5001"], "0 to 5000 m"),
        ("manhole", "depth_m", ["0", "10000"], ["-1", "36000"], "0 to 10000 m"),
        ("mast", "structural_use_pct", ["0", "1000"], ["-1", "1000.5"], "0 to 1000 %"),
        ("radio_station", "bands_mhz", ["1", "900;1000000"], ["0", "900;1000001"], "1 to 1000000 MHz"),
        ("radio_station", "eirp_dbm", ["-200", "200"], ["-201", "201"], "-200 to 200 dBm"),
        ("radio_station", "azimuths_deg", ["0", "0;360"], ["-1", "0;361"], "0 to 360 °"),
    ] {
        let [low, high] = accepted;
        let [below, above] = refused;
        let text = format!("lon,lat,{field}\n1,2,{low}\n1,3,{high}\n1,4,{below}\n1,5,{above}\n");
        let import = import("a.csv", &text, &options(class.parse().unwrap()));
        let expected = [format!("4 domain {field} {below}"), format!("5 domain {field} {above}")];
        assert_eq!(refusals(&import), expected, "{class}");
        assert_eq!(import.assets.len(), 2, "{field}");
        says(&import, "số nằm ngoài phạm vi: từ ", &format!("the number is out of range: {range}"));
    }
    let bore = "wkt,bore_diameter_mm\n\"LINESTRING (1 2, 3 4)\",10000\n\"LINESTRING (1 2, 3 4)\",10001\n";
    let import = import("a.csv", bore, &options(AssetClass::Duct));
    assert_eq!(refusals(&import), ["3 domain bore_diameter_mm 10001"]);
    says(&import, "từ 1 đến 10000 mm", "1 to 10000 mm");
}

#[test]
fn an_id_may_occur_once_in_a_file() {
    let feature = |id: &str| {
        format!(
            r#"{{"type":"Feature","id":{id},"geometry":{{"type":"Point","coordinates":[106.48,20.69]}},"properties":{{}}}}"#
        )
    };
    let text = format!(r#"{{"type":"FeatureCollection","features":[{},{}]}}"#, feature("7"), feature("\"7\""));
    assert_eq!(refusals(&import("a.geojson", &text, &options(AssetClass::Mast))), ["2 identity id 7"]);
}

#[test]
fn every_reason_of_a_row_is_told_not_only_the_first() {
    let text = "lon,lat,status,height_m,owner\n,20.69,broken,-1,\n";
    let import = import("a.csv", text, &by_column(AssetClass::Mast, "owner"));
    let expected = ["2 domain status broken", "2 domain height_m -1", "2 required owner -", "2 required lon -"];
    assert_eq!(refusals(&import), expected);
}

#[test]
fn a_text_beyond_its_limit_is_refused() {
    let text =
        format!("lon,lat,code,note\n1,2,{},\n1,2,,{}\n1,2,,{}\n", "c".repeat(121), "n".repeat(2001), "n".repeat(2000));
    let import = import("a.csv", &text, &options(AssetClass::Mast));
    let expected = [format!("2 length code {}", "c".repeat(120)), format!("3 length note {}", "n".repeat(120))];
    assert_eq!(refusals(&import), expected);
    assert_eq!(import.assets.len(), 1);
}

#[test]
fn an_unknown_word_is_answered_with_the_words_there_are() {
    let import = import("a.csv", "lon,lat,mast_class\n1,2,B7\n", &options(AssetClass::Mast));
    says(&import, "các từ được nhận: A1a, A1b, A2a, A2b, A2c", "allowed are: A1a, A1b, A2a, A2b, A2c");
}

#[test]
fn swapped_axes_are_named() {
    for options in [in_the_commune(AssetClass::Mast), options(AssetClass::Mast)] {
        let import = import("a.csv", "lon,lat\n20.69,106.48\n", &options);
        assert_eq!(refusals(&import), ["2 crs geometry 20.69 106.48"]);
        says(&import, "có vẻ hai trục bị đảo", "the axes seem to be swapped");
        let speaks_of_a_territory =
            import.report.findings.iter().any(|finding| finding.message.vi.contains("lãnh thổ"));
        assert_eq!(speaks_of_a_territory, options.extent.is_some());
    }
}

#[test]
fn a_wrong_zone_is_named_where_a_territory_is_loaded() {
    let text = "e,n\n575851.93,2288806.71\n";
    let in_zone = |code| ImportOptions { crs: Some(Crs::from_epsg(code).unwrap()), ..in_the_commune(AssetClass::Mast) };
    let refused = import("a.csv", text, &in_zone(9209));
    assert_eq!(refusals(&refused), ["2 crs geometry 575851.93 2288806.71"]);
    says(&refused, "nếu đọc theo EPSG:9210", "read in EPSG:9210 (VN-2000 / TM-3 105-45) it would be inside");
    assert_eq!(import("a.csv", text, &in_zone(9210)).assets.len(), 1);
}

#[test]
fn an_asset_that_the_registry_has_is_refused_afterwards() {
    let mut import = import("a.csv", "lon,lat,code\n1,2,A\n1,3,B\n", &options(AssetClass::Mast));
    import.report.refuse_registered(&[(vec![3], AssetCode::new("B").unwrap())]);
    assert_eq!(refusals(&import), ["3 identity code B"]);
    let report = &import.report;
    assert_eq!((report.rows_accepted, report.rows_refused, report.assets), (1, 1, 1));
}
