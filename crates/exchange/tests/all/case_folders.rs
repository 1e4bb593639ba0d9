//! The planners' cases in, and what is said of a case that cannot be opened.

use std::{fs, path::PathBuf};

use hatang_core::{Role, asset::Lifecycle, plan::Layer};
use hatang_exchange::{CaseFolder, FileError, read_case_folder};
use hatang_testkit::workspace_root;
use serde_json::Value;
use tempfile::TempDir;

use crate::ids;

const SHEET: &str =
    r#"{"note_vi":"Thử","note_en":"A try","ruleset":"bac-ninh-72-2025","viewer":"assessor","items":[{"findings":{}}]}"#;
const POINT: &str = r#"{"type":"Point","coordinates":[106.48,20.68]}"#;
const AREA: &str = r#"{"type":"Polygon","coordinates":[[[106.4,20.6],[106.5,20.6],[106.5,20.7],[106.4,20.6]]]}"#;
const LINE: &str = r#"{"type":"LineString","coordinates":[[106.48,20.68],[106.481,20.68]]}"#;
const MAST: &str = r#""class":"mast","owner":"viettel","code":"M-1","status":"operational""#;
const ASKED: &str = r#""class":"mast","owner":"vnpt","height_m":30"#;

fn collection(features: &[(&str, &str)]) -> String {
    let feature = |(geometry, properties): &(&str, &str)| {
        format!(r#"{{"type":"Feature","geometry":{geometry},"properties":{{{properties}}}}}"#)
    };
    let features: Vec<String> = features.iter().map(feature).collect();
    format!(r#"{{"type":"FeatureCollection","features":[{}]}}"#, features.join(","))
}

/// Reads a folder with these three files.
fn read(sheet: &str, scene: &str, request: &str) -> Result<CaseFolder, FileError> {
    let folder = TempDir::new().unwrap();
    for (name, text) in [("expected.json", sheet), ("scene.geojson", scene), ("request.geojson", request)] {
        fs::write(folder.path().join(name), text).unwrap();
    }
    read_case_folder(folder.path(), &mut ids())
}

fn asked() -> String {
    collection(&[(POINT, ASKED)])
}

#[test]
fn a_scene_is_sorted_by_what_each_feature_says_of_itself() {
    let scene = collection(&[
        (AREA, r#""zone":"urban","name":"Thị trấn""#),
        (POINT, MAST),
        (POINT, r#""layer":"planned","class":"mast","owner":"viettel","code":"M-1","status":"planned","note_vi":"x""#),
        (POINT, r#""layer":"issued","class":"mast","owner":"vnpt","status":"planned""#),
        (LINE, r#""layer":"waiting","class":"duct","owner":"viettel","bores":2"#),
        (AREA, r#""name":"Thôn 1","people":900"#),
        (LINE, r#""code":"W-1","sector":"road","owner":"road","stage":"concrete","ducts_agreed":0"#),
        (AREA, r#""boundary":"Xã thử""#),
        (LINE, r#""layer":"roads","kind":"commune""#),
        (LINE, r#""layer":"dykes","class":"iv""#),
    ]);
    let sheet = SHEET.replace(
        r#""items""#,
        r#""on":"2027-01-02","complete":["roads"],"served":{"M-1":{"people":9,"places":[]}},"items""#,
    );
    let case = read(&sheet, &scene, &asked()).unwrap();
    let plan = case.plan.unwrap();
    assert_eq!((plan.zones[0].zone.as_str(), plan.hamlets[0].people), ("urban", 900));
    assert_eq!((plan.roads[0].kind.as_str(), plan.constraints[0].layer), ("commune", Layer::Dykes));
    assert_eq!((plan.planned.len(), plan.planned[0].status), (1, Lifecycle::Planned));
    assert!(plan.synthetic && plan.is_complete("roads") && plan.is_issued(case.on), "the day's year is issued");
    assert!(plan.has_every_zone("urban"), "a scene with an urban zone holds them all");
    let sheet = SHEET.replace(r#""items""#, r#""urban_complete":false,"items""#);
    let not_all = read(&sheet, &scene, &asked()).unwrap().plan.unwrap();
    assert!(!not_all.has_every_zone("urban"), "unless the case says otherwise");
    assert_eq!((case.assets.len(), case.issued.len(), case.waiting[0].bores), (1, 1, Some(2)));
    assert_eq!((case.works[0].ducts_agreed, case.works[0].ends_on), (Some(0), None), "declined is not silent");
    assert_eq!(case.boundary.unwrap().name, "Xã thử");
    assert_eq!((case.on.to_string().as_str(), case.viewer.role), ("2027-01-02", Role::Assessor));
    assert_eq!((case.served["M-1"].people, case.requests.len(), case.note.en.as_str()), (9, 1, "A try"));
}

/// Reading these files says what is wrong, beginning so, in both languages.
fn says(name: &str, sheet: &str, scene: &str, request: &str, beginning: &str) {
    let error = read(sheet, scene, request).unwrap_err();
    assert!(error.to_string().starts_with(beginning), "{name}: {error}");
    let text = error.text();
    assert!(text.vi != text.en && !text.vi.is_empty(), "{name}: {text:?}");
}

#[test]
fn a_feature_that_cannot_be_used_is_told_with_its_number_and_property() {
    let mast = |more: &str| collection(&[(AREA, r#""zone":"urban""#), (POINT, &format!("{MAST},{more}"))]);
    let one = |properties: &str| collection(&[(POINT, properties)]);
    for (name, scene, beginning) in [
        (
            "a layer that nobody knows",
            mast(r#""layer":"roofs""#),
            "item 2, `layer`, given `roofs`: the word is not in its list",
        ),
        (
            "a property that is misspelt",
            mast(r#""heigth_m":30"#),
            "item 2, `heigth_m`: this column is no field of `mast`",
        ),
        ("a number out of range", mast(r#""height_m":-1"#), "item 2, `height_m`, given `-1`"),
        (
            "more in use than there is",
            mast(r#""slots_total":2,"slots_used":3"#),
            "item 2, `slots_used`, given `3`: 3 in use is more than the 2 there are",
        ),
        (
            "a structure of nobody",
            one(r#""class":"mast","status":"operational""#),
            "item 1, `owner`: the value is missing",
        ),
        (
            "a structure that does not say how far it has come",
            one(r#""class":"mast","owner":"viettel""#),
            "item 1, `status`: the value is missing",
        ),
        ("one code twice", collection(&[(POINT, MAST), (POINT, MAST)]), "item 2, `code`, given `M-1`"),
        (
            "two outlines",
            collection(&[(AREA, r#""boundary":"A""#), (AREA, r#""boundary":"B""#)]),
            "item 2, `boundary`: the case already has an outline",
        ),
        (
            "a waiting request that is misspelt",
            one(r#""layer":"waiting","class":"mast","owner":"vnpt","heigth_m":3"#),
            "item 1, `heigth_m`: no field has this name",
        ),
    ] {
        says(name, SHEET, &scene, &asked(), &format!("scene.geojson: {beginning}"));
    }
    let without_a_plan = SHEET.replace(r#""items""#, r#""plan":false,"items""#);
    let zone = mast(r#""height_m":30"#);
    says("a zone of no plan", &without_a_plan, &zone, &asked(), "scene.geojson: item 1: the case has no plan");
    let misspelt = collection(&[(POINT, ASKED), (POINT, r#""class":"mast","owner":"vnpt","heigth_m":3"#)]);
    let told = "request.geojson: item 2, `heigth_m`: no field has this name";
    says("a request that is misspelt", SHEET, &collection(&[]), &misspelt, told);
}

#[test]
fn a_case_that_says_what_nobody_reads_or_asks_for_nothing_is_told_with_its_file() {
    let empty = collection(&[]);
    let with = |more: &str| SHEET.replace(r#""items""#, &format!(r#"{more},"items""#));
    for (name, sheet, beginning) in [
        (
            "a key that is misspelt",
            with(r#""plan_form":"2026-01-01""#),
            "the file is not the expected JSON: unknown field `plan_form`",
        ),
        ("a viewer whom nobody knows", SHEET.replace("assessor", "asessor"), "key `viewer: asessor` is not known"),
        ("a part of the plan that is misspelt", with(r#""complete":["dyke"]"#), "key `complete: dyke` is not known"),
        (
            "a mast that serves and is not there",
            with(r#""served":{"M-9":{"people":1,"places":[]}}"#),
            "key `served: M-9` is not known",
        ),
    ] {
        says(name, &sheet, &empty, &asked(), &format!("expected.json: {beginning}"));
    }
    says("a request for nothing", SHEET, &empty, &empty, "request.geojson: the collection has no features");
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("expected.json"), SHEET).unwrap();
    let missing = read_case_folder(folder.path(), &mut ids()).unwrap_err();
    assert_eq!(missing.to_string(), "scene.geojson: the file is missing");
}

#[test]
fn every_case_of_the_planners_is_read_whole() {
    let mut folders: Vec<PathBuf> =
        fs::read_dir(workspace_root().join("tests/cases")).unwrap().map(|entry| entry.unwrap().path()).collect();
    folders.retain(|path| path.is_dir());
    assert!(100 <= folders.len(), "only {} cases", folders.len());
    for folder in folders {
        let case =
            read_case_folder(&folder, &mut ids()).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
        let features = |file: &str| {
            let json: Value = serde_json::from_slice(&fs::read(folder.join(file)).unwrap()).unwrap();
            json["features"].as_array().unwrap().len()
        };
        let of_the_plan = case.plan.as_ref().map_or(0, |plan| {
            plan.zones.len() + plan.hamlets.len() + plan.roads.len() + plan.constraints.len() + plan.planned.len()
        });
        let others = case.assets.len() + case.issued.len() + case.waiting.len() + case.works.len();
        let sorted = of_the_plan + others + usize::from(case.boundary.is_some());
        assert_eq!(sorted, features("scene.geojson"), "{}", case.name);
        assert_eq!(case.requests.len(), features("request.geojson"), "{}", case.name);
        assert!(!case.note.vi.is_empty() && !case.note.en.is_empty(), "{}", case.name);
    }
}
