//! Plan folders, boundaries, rule sets and organisations in.

use std::collections::{BTreeMap, BTreeSet};

use hatang_core::{Territory, geodesy::area_m2};
use hatang_exchange::{
    FileError, PlanFolder, read_boundaries, read_organisations, read_plan_files, read_plan_folder, read_rule_set,
    read_works,
};
use hatang_testkit::{shared_data, workspace_root};

use crate::ids;

const SHEET: &str = r#"
code = "11824"
title_vi = "Quy hoạch thử"
title_en = "A plan for trying out"
instrument = "QĐ 1/2026"
valid_from = 2026-01-01
synthetic = true
population = 45332
years_issued = [2026, 2027]
rule_set = "bac-ninh-72-2025"
"#;

const RULES: &str = r#"
code = "bac-ninh-72-2025"
title = { vi = "Bắc Ninh (mẫu)", en = "Bắc Ninh (template)" }
authority = "UBND tỉnh Bắc Ninh"
template = true
valid_from = "2025-12-01"

[[rules]]
id = "SP-BN-1"
version = 1
name = { vi = "Khoảng cách cột", en = "Mast spacing" }
subjects = ["mast"]
severity = "share_or_move"
predicate = { kind = "spacing", between = "other_networks", urban_m = 100, non_urban_m = 200.0 }
citation = { instrument = "QĐ 72/2025/QĐ-UBND", article = "15(5)", text_vi = "…", confidence = "TEXT" }
"#;

const SQUARE: &str = r#"{"type":"Polygon","coordinates":[[[106.4,20.6],[106.5,20.6],[106.5,20.7],[106.4,20.6]]]}"#;
const LINE: &str = r#"{"type":"LineString","coordinates":[[106.48,20.69],[106.49,20.69]]}"#;
const POINT: &str = r#"{"type":"Point","coordinates":[106.48,20.69]}"#;

fn collection(features: &[(&str, &str)]) -> String {
    let features: Vec<_> = features
        .iter()
        .map(|(geometry, properties)| {
            format!(r#"{{"type":"Feature","geometry":{geometry},"properties":{{{properties}}}}}"#)
        })
        .collect();
    format!(r#"{{"type":"FeatureCollection","features":[{}]}}"#, features.join(","))
}

fn folder() -> BTreeMap<String, Vec<u8>> {
    [
        ("plan.toml", SHEET.to_owned()),
        ("boundary.geojson", collection(&[(SQUARE, r#""code":"11824","name":"Vĩnh Bảo""#)])),
        ("neighbours.geojson", collection(&[(SQUARE, r#""code":"n1","name":"Lân cận""#)])),
        ("zones.geojson", collection(&[(SQUARE, r#""zone":"urban","name":"Thị trấn","instrument":"NQ 1""#)])),
        ("hamlets.geojson", collection(&[(SQUARE, r#""name":"Thôn 1","people":1200"#)])),
        ("places.geojson", collection(&[(POINT, r#""kind":"school","name":"Trường""#)])),
        ("roads.geojson", collection(&[(LINE, r#""kind":"commune""#)])),
        ("planned_duct.geojson", collection(&[(LINE, r#""code":"D1","owner":"ubnd-vinh-bao","bores_total":4"#)])),
        (
            "works.geojson",
            collection(&[(
                LINE,
                r#""code":"CT-01","sector":"road","owner":"road","starts_on":"2027-01-01","stage":"concrete""#,
            )]),
        ),
        ("rules/bac-ninh-72-2025.toml", RULES.to_owned()),
        ("organisations.json", r#"[{"code":"road","name":"Đường bộ","kind":"utility_road"}]"#.to_owned()),
    ]
    .map(|(name, text)| (name.to_owned(), text.into_bytes()))
    .into()
}

fn read(files: &BTreeMap<String, Vec<u8>>) -> Result<PlanFolder, FileError> {
    read_plan_files(files, &mut ids())
}

#[test]
fn a_plan_folder_is_read_whole() {
    let PlanFolder { territory, boundaries, plan, works, rule_sets, organisations } = read(&folder()).unwrap();
    assert_eq!(territory.to_string(), "11824");
    let boundaries = boundaries.unwrap();
    assert_eq!((boundaries.home.name.as_str(), boundaries.home.people), ("Vĩnh Bảo", Some(45_332)));
    assert_eq!(boundaries.neighbours.len(), 1);
    assert_eq!(plan.title.vi, "Quy hoạch thử");
    assert_eq!(plan.valid_from.unwrap().to_string(), "2026-01-01");
    assert_eq!(plan.years_issued, BTreeSet::from([2026, 2027]));
    assert!(plan.synthetic);
    assert_eq!(plan.rule_set.as_str(), "bac-ninh-72-2025");
    assert_eq!((plan.zones[0].zone.as_str(), plan.hamlets[0].people), ("urban", 1_200));
    assert_eq!((plan.places[0].kind.code(), plan.roads[0].kind.as_str()), ("school", "commune"));
    assert_eq!((plan.planned[0].status.code(), plan.planned[0].owner.as_str()), ("planned", "ubnd-vinh-bao"));
    assert_eq!((works[0].stage.code(), works[0].starts_on.unwrap().to_string().as_str()), ("concrete", "2027-01-01"));
    assert_eq!((rule_sets.len(), organisations.len()), (1, 1));
}

#[test]
fn a_wrong_plan_file_is_named_with_its_feature() {
    for (name, file, text, says) in [
        (
            "no people",
            "hamlets.geojson",
            collection(&[(SQUARE, r#""name":"Thôn 1""#)]),
            "hamlets.geojson: item 1, `people`: the value is missing",
        ),
        (
            "an unknown kind",
            "places.geojson",
            collection(&[(POINT, r#""kind":"pub","name":"x""#)]),
            "places.geojson: item 1, `kind`, given `pub`",
        ),
        (
            "a zone along a line",
            "zones.geojson",
            collection(&[(LINE, r#""zone":"urban""#)]),
            "zones.geojson: item 1, `geometry`, given `LineString`",
        ),
        (
            "a bad planned object",
            "planned_duct.geojson",
            collection(&[(POINT, r#""owner":"x""#)]),
            "planned_duct.geojson: item 1, `geometry`, given `Point`",
        ),
        (
            "a planned object of nobody",
            "planned_duct.geojson",
            collection(&[(LINE, r#""owner":"x""#), (LINE, "")]),
            "planned_duct.geojson: item 2, `owner`: the owner is missing",
        ),
        ("a misspelt key", "plan.toml", format!("{SHEET}\nsynthetc = true"), "plan.toml: key `synthetc` is not known"),
        (
            "a misspelt limit",
            "rules/bac-ninh-72-2025.toml",
            RULES.replace("urban_m = 100", "urban_metres = 100"),
            "key `rules[1].predicate.urban_metres` is not known",
        ),
        (
            "a negative limit",
            "rules/bac-ninh-72-2025.toml",
            RULES.replace("urban_m = 100", "urban_m = -100"),
            "-100 is not a length",
        ),
        ("a misspelt file", "road.geojson", collection(&[]), "road.geojson: a plan folder has no such file"),
        (
            "another commune",
            "boundary.geojson",
            collection(&[(SQUARE, r#""code":"1","name":"x""#)]),
            "boundary.geojson: the file has no boundary with code `11824`",
        ),
    ] {
        let mut files = folder();
        files.insert(file.to_owned(), text.into_bytes());
        let error = read(&files).expect_err(name);
        assert!(error.to_string().contains(says), "{name}: {error}");
        assert!(error.text().vi.starts_with(file), "{name}: {:?}", error.text());
    }
    let mut files = folder();
    files.remove("plan.toml");
    assert_eq!(read(&files).unwrap_err().code(), "file.missing");
}

#[test]
fn a_file_of_works_tells_of_every_feature_that_cannot_be_used_and_reads_the_others() {
    let good = r#""code":"CT-1","sector":"road","owner":"road","stage":"forward""#;
    let file = collection(&[
        (LINE, good),
        (LINE, r#""code":"CT-2","sector":"road","owner":"road","stage":"begun""#),
        (LINE, r#""sector":"road","owner":"road","stage":"forward""#),
        (r#"{"type":"Point","coordinates":[20.69,106.48]}"#, good),
        (POINT, good),
    ]);
    let read = read_works(file.as_bytes()).unwrap();
    let rows: Vec<u32> = read.works.iter().map(|(row, _)| *row).collect();
    assert_eq!((rows, read.more), (vec![1, 5], 0));
    let told: Vec<_> = read.findings.iter().map(|one| (one.row, one.field.as_deref(), one.value.as_deref())).collect();
    assert_eq!(
        told,
        [
            (Some(2), Some("stage"), Some("begun")),
            (Some(3), Some("code"), None),
            (Some(4), Some("geometry"), Some("20.69 106.48")),
        ]
    );
    for finding in &read.findings {
        assert_ne!(finding.message.vi, finding.message.en);
    }
    assert_eq!(read_works(collection(&[]).as_bytes()).unwrap_err().code(), "request.no_items");
}

#[test]
fn a_rule_set_may_leave_numbers_unset_and_dates_in_either_form() {
    let unset = RULES.replace(", urban_m = 100, non_urban_m = 200.0", "").replace("\"2025-12-01\"", "2025-12-01");
    let rules = read_rule_set(&unset).unwrap();
    assert_eq!(rules.valid_from.unwrap().to_string(), "2025-12-01");
    assert_eq!(read_rule_set("code = ").unwrap_err().code(), "file.not_toml");
}

#[test]
fn the_sample_plan_and_the_shipped_rule_sets_can_be_read() {
    let folder = read_plan_folder(&workspace_root().join("sample-data/plan"), &mut ids()).unwrap();
    assert_eq!(folder.plan.years_issued, BTreeSet::from([2026]), "the demonstration has the plan of one year");
    assert_eq!(folder.plan.hamlets.iter().map(|hamlet| hamlet.people).sum::<u32>(), 45_332);
    assert!(!folder.works.is_empty() && !folder.plan.planned.is_empty() && !folder.organisations.is_empty());
    assert!(!folder.boundaries.unwrap().neighbours.is_empty());

    let mut codes = Vec::new();
    for entry in std::fs::read_dir(workspace_root().join("rule-sets")).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|ending| ending == "toml") {
            let rule_set = read_rule_set(&std::fs::read_to_string(&path).unwrap());
            let rule_set = rule_set.unwrap_or_else(|error| panic!("{}: {error}", path.display()));
            assert_eq!(
                path.file_stem().unwrap().to_str(),
                Some(rule_set.code.as_str()),
                "a file is named after its code"
            );
            codes.push(rule_set.code);
        }
    }
    assert!(codes.contains(&folder.plan.rule_set), "{codes:?}");
}

#[test]
fn organisations_have_one_code_each() {
    let twice = r#"[{"code":"a","name":"A","kind":"carrier"},{"code":"a","name":"B","kind":"carrier"}]"#;
    assert_eq!(read_organisations(twice.as_bytes()).unwrap_err().code(), "file.item");
    assert_eq!(read_organisations(b"{}").unwrap_err().code(), "file.not_json");
}

#[test]
fn the_real_commune_is_found_among_its_six_neighbours() {
    let Some(path) = shared_data("vinh_bao_and_6_neighbours.geojson") else { return };
    let bytes = std::fs::read(path).unwrap();
    let boundaries = read_boundaries(&bytes, &Territory::new("11824").unwrap()).unwrap();
    assert_eq!((boundaries.home.name.as_str(), boundaries.neighbours.len()), ("Vĩnh Bảo", 6));
    let area_km2 = area_m2(&boundaries.home.shape) / 1e6;
    assert!((area_km2 - 30.596).abs() < 0.0005, "{area_km2} km²");

    let error = read_boundaries(&bytes, &Territory::new("99999").unwrap()).unwrap_err();
    assert_eq!(error.code(), "file.no_such_boundary");
    assert!(error.to_string().contains("11779, 11824"), "{error}");
}
