//! What an answer says of lines that a request could run in: the ways through them, and who reads how wide they are.
#![expect(clippy::unwrap_used, reason = "the scenes are made here and valid")]

use hatang_core::{
    Asset, Held, Lonlat, Registry, RequestItem, Seq, Shape, Territory, Version, Viewer,
    geodesy::TangentPlane,
    plan::{Plan, Road},
};
use hatang_review::{Scene, Screened, screen};
use serde_json::{Value, json};

/// Positions by metres east and north of the middle of a cell of the public view.
fn line(positions: &[[f64; 2]]) -> Vec<Lonlat> {
    let plane = TangentPlane::at(Lonlat::new(106.4825, 20.6825).unwrap());
    positions.iter().map(|at| plane.lonlat(*at)).collect()
}

/// A duct of four bores, one in use, with what else is said of it.
fn duct(number: u32, positions: &[[f64; 2]], said: &[(&str, Value)]) -> Asset {
    let mut record = json!({
        "id": format!("00000000-0000-0000-0000-{number:012}"), "class": "duct", "code": format!("C-{number}"),
        "owner": "viettel", "status": "operational", "shape": Shape::LineString(line(positions)),
        "survey": { "accuracy_m": 1.0 }, "bores": { "total": 4, "used": 1 },
    });
    for (field, value) in said {
        record[*field] = value.clone();
    }
    serde_json::from_value(record).unwrap()
}

fn request(shape: &Shape, said: &[(&str, Value)]) -> RequestItem {
    let mut record = json!({ "class": "duct", "owner": "vnpt", "accuracy_m": 1.0, "bores": 1, "shape": shape });
    for (field, value) in said {
        record[*field] = value.clone();
    }
    serde_json::from_value(record).unwrap()
}

fn answer(viewer: &Viewer, assets: &[Asset], item: &RequestItem) -> Screened {
    answer_with(viewer, assets, item, None)
}

fn answer_with(viewer: &Viewer, assets: &[Asset], item: &RequestItem, plan: Option<&Plan>) -> Screened {
    let mut registry = Registry::new();
    let territory = Territory::new("11824").unwrap();
    let held =
        |asset: &Asset| Held { asset: asset.clone(), territory: territory.clone(), version: Version(1), seq: Seq(1) };
    registry.put_assets(assets.iter().map(held));
    screen(item, &Scene { plan, ..Scene::new(registry.seen_by(viewer), &[], jiff::civil::date(2026, 7, 1)) })
}

#[test]
fn a_way_is_told_by_its_own_length_for_every_part_of_a_request() {
    let parts = [[[0.0, 0.0], [200.0, 0.0]], [[0.0, 1_000.0], [200.0, 1_000.0]]];
    let item = request(&Shape::MultiLineString(parts.iter().map(|part| line(part)).collect()), &[]);
    let beside = [duct(1, &[[0.0, 1.0], [200.0, 1.0]], &[]), duct(2, &[[0.0, 1_001.0], [200.0, 1_001.0]], &[])];
    let way = answer(&Viewer::console(), &beside, &item).way.unwrap();
    let kinds: Vec<&str> = way.parts.iter().map(|part| part.kind).collect();
    assert_eq!(kinds, ["new", "shared", "new", "new", "shared", "new"]);
    assert_eq!(
        (&*way.reason_en, &*way.reason_vi),
        (
            "The way is 404 m: 400 m in what stands, 0 m to ask for, 4 m new (the request is 400 m).",
            "Cách đi dài 404 m: 400 m trong công trình có sẵn, 0 m cần hỏi chủ sở hữu, 4 m phải làm mới (tuyến đề nghị \
             dài 400 m).",
        )
    );
    assert!(!serde_json::to_string(&way).unwrap().contains("-0.0"), "no length is less than nothing");
}

#[test]
fn a_way_says_where_it_enters_a_line_midway_and_which_line_is_not_built_yet() {
    let item = request(&Shape::LineString(line(&[[0.0, 0.0], [100.0, 0.0]])), &[]);
    let assumed = |from: f64, to: f64, status: &str| {
        let beside = duct(7, &[[from, 1.0], [to, 1.0]], &[("status", json!(status))]);
        let way = answer(&Viewer::console(), &[beside], &item).way.unwrap();
        way.assumptions.into_iter().map(|text| text.en).collect::<Vec<_>>()
    };
    let midway = "Lines are taken to be entered where they come nearest: whether a manhole is there must be checked.";
    let unbuilt = "Not built yet, and of use only once built: C-7.";
    for (name, from, to, status, expected) in [
        ("from end to end", 0.0, 100.0, "operational", [false, false]),
        ("beside its middle", -100.0, 200.0, "operational", [true, false]),
        ("under construction", 0.0, 100.0, "under_construction", [false, true]),
    ] {
        let said = assumed(from, to, status);
        let found = [midway, unbuilt].map(|sentence| said.iter().any(|text| text == sentence));
        assert_eq!(found, expected, "{name}: {said:?}");
    }
}

#[test]
fn a_line_known_worse_than_a_corridor_is_wide_is_asked_about() {
    let item = request(&Shape::LineString(line(&[[0.0, 0.0], [100.0, 0.0]])), &[]);
    for (accuracy_m, kind) in [(10.0, "shared"), (30.0, "ask")] {
        let beside = duct(1, &[[0.0, 1.0], [100.0, 1.0]], &[("survey", json!({ "accuracy_m": accuracy_m }))]);
        let way = answer(&Viewer::console(), &[beside], &item).way.unwrap();
        assert_eq!(way.parts[1].kind, kind, "± {accuracy_m} m");
    }
}

#[test]
fn how_wide_the_bores_of_a_blurred_duct_are_changes_nothing_that_the_public_reads() {
    let route = Shape::LineString(line(&[[-100.0, 0.0], [100.0, 0.0]]));
    let item = request(&route, &[("bore_diameter_mm", json!(110.0))]);
    let read = |viewer: &Viewer, there: Value| {
        let beside = duct(1, &[[-100.0, 2.0], [100.0, 2.0]], &[("bore_diameter_mm", there)]);
        serde_json::to_string(&answer(viewer, &[beside], &item)).unwrap()
    };
    let (public, office) = (Viewer::public(), Viewer::console());
    let unknown = read(&public, Value::Null);
    assert!(unknown.contains("110 mm are needed: ask the owner"), "the duct is a host: {unknown}");
    for there in [63.0, 110.0, 125.0] {
        assert_eq!(read(&public, json!(there)), unknown, "{there} mm");
        assert_ne!(read(&office, json!(there)), read(&office, Value::Null), "the office reads {there} mm");
    }
}

#[test]
fn of_thousands_of_pieces_of_road_beside_hundreds_of_corners_those_not_looked_along_are_counted() {
    let corners: Vec<[f64; 2]> = (0..300_u32).map(|n| [f64::from(n) * 4.0, f64::from(n % 2) * 3.0]).collect();
    let item = request(&Shape::LineString(line(&corners)), &[]);
    let beside = [duct(1, &[[0.0, 5.0], [1_196.0, 5.0]], &[])];
    // Short pieces in rows, some of them crossing the request and the others beside it, farther and farther away.
    let roads = |n_pieces: u32| {
        let piece = |n: u32| {
            let (east, north) = (f64::from(n % 100) * 12.0, f64::from(n / 100) * 10.0);
            let shape = Shape::LineString(line(&[[east, north - 4.0], [east + 2.0, north + 4.0]]));
            let road: Road = serde_json::from_value(json!({ "kind": "lane", "shape": shape })).unwrap();
            road
        };
        (0..n_pieces).map(piece).collect::<Vec<_>>()
    };
    let told = |n_pieces: u32| {
        let plan: Plan = serde_json::from_value(json!({
            "title": { "vi": "", "en": "" }, "instrument": "", "synthetic": true, "rule_set": "national",
        }))
        .unwrap();
        let plan = Plan { roads: roads(n_pieces), ..plan };
        let way = answer_with(&Viewer::console(), &beside, &item, Some(&plan)).way.unwrap();
        assert_eq!(way.parts.iter().map(|part| part.kind).collect::<Vec<_>>(), ["new", "shared", "new"]);
        way.assumptions.into_iter().filter(|text| text.en.contains("road")).collect::<Vec<_>>()
    };
    assert!(told(2_000).is_empty());
    let expected = (
        "New ground was not sought along 100 pieces of road, the farthest from the request.",
        "Không xét 100 đoạn đường ở xa tuyến đề nghị nhất khi tìm đất làm mới.",
    );
    let found = told(2_100);
    assert_eq!(found.iter().map(|text| (&*text.en, &*text.vi)).collect::<Vec<_>>(), [expected]);
}
