//! Build requests in.

use hatang_core::{AssetClass, Shape};
use hatang_exchange::read_request;

fn feature(geometry: &str, properties: &str) -> String {
    format!(r#"{{"type":"Feature","geometry":{geometry},"properties":{{{properties}}}}}"#)
}

const POINT: &str = r#"{"type":"Point","coordinates":[106.48,20.69]}"#;
const LINE: &str = r#"{"type":"LineString","coordinates":[[106.48,20.69],[106.49,20.69]]}"#;

#[test]
fn a_request_is_read_with_all_its_fields() {
    let mast = r#""class":"mast","owner":"viettel","network":"viettel","accuracy_m":5,"height_m":36,"on_building":true,
        "building_height_m":12.5,"operators_designed":3"#;
    let duct = r#""class":"duct","owner":"vnpt","depth_m":0.6,"bores":4,"starts_on":"2027-01-01","ends_on":"2027-03-31","note_vi":"x""#;
    let text =
        format!(r#"{{"type":"FeatureCollection","features":[{},{}]}}"#, feature(POINT, mast), feature(LINE, duct));
    let items = read_request(text.as_bytes()).unwrap();
    let [mast, duct] = items.as_slice() else { panic!("{items:?}") };
    assert_eq!((mast.class, mast.owner.as_str()), (AssetClass::Mast, "viettel"));
    assert_eq!(mast.network.as_ref().unwrap().as_str(), "viettel");
    let lengths =
        [mast.accuracy_m, mast.height_m, mast.building_height_m, duct.depth_m].map(|length| length.unwrap().get());
    assert_eq!(lengths.map(|metres| metres.to_string()), ["5", "36", "12.5", "0.6"]);
    assert_eq!((mast.on_building, mast.operators_designed, duct.bores), (Some(true), Some(3), Some(4)));
    assert!(matches!(duct.shape, Shape::LineString(_)));
    assert_eq!(duct.starts_on.unwrap().to_string(), "2027-01-01");
    assert_eq!(duct.ends_on.unwrap().to_string(), "2027-03-31");
    assert_eq!(read_request(feature(POINT, r#""class":"mast","owner":"viettel""#).as_bytes()).unwrap().len(), 1);
}

#[test]
fn a_wrong_field_is_named_with_its_item_and_value() {
    let good = feature(POINT, r#""class":"mast","owner":"viettel""#);
    for (name, item, says) in [
        ("no class", feature(POINT, r#""owner":"viettel""#), "item 2, `class`: the value is missing"),
        (
            "an unknown class",
            feature(POINT, r#""class":"tower","owner":"viettel""#),
            "item 2, `class`, given `tower`: the word is not in its list",
        ),
        ("no owner", feature(POINT, r#""class":"mast","owner":"""#), "item 2, `owner`: the value is missing"),
        (
            "a height in words",
            feature(POINT, r#""class":"mast","owner":"a","height_m":"tall""#),
            "item 2, `height_m`, given `tall`: not a finite number",
        ),
        (
            "a negative height",
            feature(POINT, r#""class":"mast","owner":"a","height_m":-1"#),
            "item 2, `height_m`, given `-1`: the number is out of range",
        ),
        (
            "a mast along a line",
            feature(LINE, r#""class":"mast","owner":"a""#),
            "item 2, `geometry`, given `LineString`: the geometry is a LineString, expected is Point",
        ),
        (
            "swapped axes",
            feature(r#"{"type":"Point","coordinates":[20.69,106.48]}"#, r#""class":"mast","owner":"a""#),
            "the axes seem to be swapped",
        ),
        ("no geometry", feature("null", r#""class":"mast","owner":"a""#), "item 2, `geometry`: the geometry is empty"),
        (
            "an end before the start",
            feature(LINE, r#""class":"duct","owner":"a","starts_on":"2027-02-01","ends_on":"2027-01-01""#),
            "item 2, `ends_on`, given `2027-01-01`",
        ),
        ("no feature", "3".to_owned(), "item 2: not a GeoJSON Feature"),
    ] {
        let text = format!(r#"{{"type":"FeatureCollection","features":[{good},{item}]}}"#);
        let error = read_request(text.as_bytes()).expect_err(name);
        let code = match name {
            "another class" => "class.unknown",
            "a mast along a line" | "swapped axes" | "no geometry" => "geometry.invalid",
            _ => "file.item",
        };
        assert!(error.code() == code || error.code() == "class.unknown", "{name}: {}", error.code());
        assert!(error.to_string().contains(says), "{name}: {error}");
        assert!(error.text().vi.starts_with("đối tượng 2"), "{name}: {:?}", error.text());
    }
}

#[test]
fn what_is_no_request_is_refused_as_a_whole() {
    for (text, code) in [
        ("", "file.empty"),
        ("hello", "file.not_geojson"),
        (r#"{"type":"FeatureCollection","features":[]}"#, "file.empty"),
    ] {
        assert_eq!(read_request(text.as_bytes()).unwrap_err().code(), code, "{text}");
    }
}
