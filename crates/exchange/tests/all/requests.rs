//! Build requests in.

use std::io::Write as _;

use flate2::{Compression, write::GzEncoder};
use hatang_core::{AssetClass, Shape};
use hatang_exchange::{MAX_ITEM_POSITIONS, MAX_REQUEST_ITEMS, MAX_REQUEST_POSITIONS, ReadRequest, read_request};

fn feature(geometry: &str, properties: &str) -> String {
    format!(r#"{{"type":"Feature","geometry":{geometry},"properties":{{{properties}}}}}"#)
}

const POINT: &str = r#"{"type":"Point","coordinates":[106.48,20.69]}"#;
const LINE: &str = r#"{"type":"LineString","coordinates":[[106.48,20.69],[106.49,20.69]]}"#;

fn a_mast(more: &str) -> String {
    feature(POINT, &format!(r#""class":"mast","owner":"viettel"{more}"#))
}

fn a_duct(positions: usize) -> String {
    let positions: Vec<_> = (0..positions).map(|at| format!("[106.{at:06},20.69]")).collect();
    let line = format!(r#"{{"type":"LineString","coordinates":[{}]}}"#, positions.join(","));
    feature(&line, r#""class":"duct","owner":"vnpt""#)
}

fn collection(features: &[String]) -> String {
    format!(r#"{{"type":"FeatureCollection","features":[{}]}}"#, features.join(","))
}

#[test]
fn a_request_is_read_with_all_its_fields() {
    let mast = r#""class":"mast","owner":"viettel","network":"viettel","accuracy_m":5,"height_m":36,"on_building":true,
        "building_height_m":12.5,"operators_designed":3"#;
    let duct = r#""class":"duct","owner":"vnpt","depth_m":0.6,"bores":4,"starts_on":"2027-01-01","ends_on":"2027-03-31","note_vi":"x""#;
    let text =
        format!(r#"{{"type":"FeatureCollection","features":[{},{}]}}"#, feature(POINT, mast), feature(LINE, duct));
    let ReadRequest { items, ignored } = read_request(text.as_bytes()).unwrap();
    assert_eq!(ignored, [], "every field is read, and a note needs no reader");
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
    assert_eq!(read_request(a_mast("").as_bytes()).unwrap().items.len(), 1);
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
            "item 2, `geometry`, given `20.69 106.48`: there is no such latitude, and the axes seem to be swapped",
        ),
        (
            "off the earth either way",
            feature(r#"{"type":"Point","coordinates":[106.48,206.9]}"#, r#""class":"mast","owner":"a""#),
            "item 2, `geometry`, given `106.48 206.9`: the position lies outside the area of EPSG:4326",
        ),
        (
            "a mast of 36 km",
            feature(POINT, r#""class":"mast","owner":"a","height_m":36000"#),
            "item 2, `height_m`, given `36000`: the number is out of range: 0 to 10000 m",
        ),
        (
            "a position known to 6 km",
            feature(POINT, r#""class":"mast","owner":"a","accuracy_m":6000"#),
            "item 2, `accuracy_m`, given `6000`: the number is out of range: 0 to 5000 m",
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
            "an unknown class" => "class.unknown",
            "a mast along a line" | "off the earth either way" | "no geometry" => "geometry.invalid",
            "swapped axes" => "geometry.swapped_axes",
            _ => "file.item",
        };
        assert_eq!(error.code(), code, "{name}");
        assert!(error.to_string().contains(says), "{name}: {error}");
        assert!(error.text().vi.starts_with("đối tượng 2"), "{name}: {:?}", error.text());
        assert!(!error.text().vi.contains("lãnh thổ"), "{name}: no territory was consulted: {:?}", error.text());
    }
}

#[test]
fn what_is_no_request_is_refused_as_a_whole() {
    for (text, code) in [
        ("", "file.empty"),
        ("hello", "file.not_geojson"),
        (r#"{"type":"FeatureCollection","features":[]}"#, "request.no_items"),
    ] {
        assert_eq!(read_request(text.as_bytes()).unwrap_err().code(), code, "{text}");
    }
}

#[test]
fn compressed_bytes_are_no_request() {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(a_mast("").as_bytes()).unwrap();
    let error = read_request(&encoder.finish().unwrap()).unwrap_err();
    assert_eq!(error.code(), "file.not_utf8");
    assert!(read_request(format!("\u{feff}{}", a_mast("")).as_bytes()).is_ok(), "a byte-order mark is text");
}

#[test]
fn a_request_has_bounds_and_says_by_how_much_they_are_passed() {
    let (items, item, all) = ("request.too_many_items", "request.too_many_positions", "request.too_many_positions");
    let full = MAX_REQUEST_POSITIONS / MAX_ITEM_POSITIONS;
    for (name, features, refused) in [
        ("as many items as are accepted", vec![a_mast(""); MAX_REQUEST_ITEMS], None),
        ("one item more", vec![a_mast(""); MAX_REQUEST_ITEMS + 1], Some((items, "501"))),
        ("broken items beyond", vec!["3".to_owned(); 900], Some((items, "900"))),
        ("as long a line as is accepted", vec![a_duct(MAX_ITEM_POSITIONS)], None),
        ("one position more", vec![a_mast(""), a_duct(MAX_ITEM_POSITIONS + 1)], Some((item, "2001"))),
        ("as many long lines as are accepted", vec![a_duct(MAX_ITEM_POSITIONS); full], None),
        ("a mast more", [vec![a_duct(MAX_ITEM_POSITIONS); full], vec![a_mast("")]].concat(), Some((all, "20001"))),
    ] {
        let read = read_request(collection(&features).as_bytes());
        let found = read.as_ref().map_err(|error| (error.code(), error.value().unwrap()));
        assert_eq!(found.err(), refused.map(|(code, value)| (code, value.to_owned())), "{name}");
        if let (Err(error), Some((_, value))) = (read, refused) {
            let text = error.text();
            assert!(text.vi.contains(value) && text.en.contains(value) && text.vi != text.en, "{name}: {text:?}");
        }
    }
}

#[test]
fn a_property_that_nothing_reads_is_named_with_its_item() {
    let text =
        collection(&[a_mast(r#","note":"a","notes_vi":"b""#), a_mast(r#","heigth_m":36,"Network":null,"note_en":1"#)]);
    let ReadRequest { items, ignored } = read_request(text.as_bytes()).unwrap();
    assert_eq!(items.len(), 2);
    let told = serde_json::to_string(&ignored).unwrap();
    assert_eq!(told, r#"[{"item":2,"property":"Network"},{"item":2,"property":"heigth_m"}]"#);
}
