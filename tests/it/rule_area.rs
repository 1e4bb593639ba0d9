//! An official says where a local rule set holds. On both databases.

use hatang_core::{Role, RuleSetCode, Shape, Verdict, Viewer};
use hatang_desk::{
    Desk, Edge, ErrorKind, demo,
    describe_rule_sets::{RuleSetSheet, describe_rule_sets, rule_set_area, rule_set_changes},
    load_plan::load_plan,
    screen_request::screen_request,
    set_rule_area::{AreaChange, AreaFrom, set_rule_area},
    shipped_rule_sets::shipped_rule_sets,
    verify_journal::verify_journal,
};
use hatang_exchange::{PlanFolder, read_plan_folder};
use hatang_tests::{both, sample_data};
use serde_json::json;

const TEMPLATE: &str = "bac-ninh-72-2025";

fn code(code: &str) -> RuleSetCode {
    RuleSetCode::new(code).unwrap()
}

fn lead() -> Viewer {
    Viewer { role: Role::PlanLead, ..Viewer::public() }
}

fn change(seen_version: u32, from: AreaFrom<'_>) -> AreaChange<'_> {
    AreaChange { seen_version, from, reason: format!("Lý do {seen_version}") }
}

fn sheet(desk: &Desk) -> RuleSetSheet {
    describe_rule_sets(desk).into_iter().find(|sheet| sheet.code == code(TEMPLATE)).unwrap()
}

fn outline(desk: &Desk) -> Shape {
    desk.read(|registry| registry.home().unwrap().1.boundaries.as_ref().unwrap().home.shape.clone())
}

/// A square of some hundred metres around a position.
fn around(lon: f64, lat: f64) -> Vec<u8> {
    let (west, south, east, north) = (lon - 0.002, lat - 0.002, lon + 0.002, lat + 0.002);
    let ring = [[west, south], [east, south], [east, north], [west, north], [west, south]];
    json!({ "type": "Polygon", "coordinates": [ring] }).to_string().into_bytes()
}

/// How the sample's mast is judged by the distance to the next mast.
fn spacing(desk: &Desk) -> Option<Verdict> {
    let request = std::fs::read(sample_data().join("requests/mast-near-a-free-slot.geojson")).unwrap();
    let screening = screen_request(desk, &Viewer::console(), &request, Some(&code(TEMPLATE))).unwrap();
    let findings = &screening.items[0].screened.findings;
    findings.iter().find(|finding| finding.rule.as_str() == "SP-BN-1").map(|finding| finding.verdict)
}

#[tokio::test]
async fn a_set_judges_in_the_area_that_an_official_gives_it_and_everywhere_without() {
    for place in both("rule_area").await {
        let desk = &place.desk;
        demo::load(desk, &sample_data()).await.unwrap();
        let judged = spacing(desk);
        assert_eq!(judged, Some(Verdict::DoesNotComply), "{}", place.name);
        assert_eq!((sheet(desk).has_area, sheet(desk).area_km2), (false, None), "{}", place.name);

        let set = code(TEMPLATE);
        set_rule_area(desk, &lead(), &set, change(1, AreaFrom::Outline)).await.unwrap();
        assert_eq!(rule_set_area(desk, &set), Some(outline(desk)), "{}", place.name);
        let area_km2 = sheet(desk).area_km2.unwrap();
        assert!((area_km2 - hatang_core::geodesy::area_m2(&outline(desk)) / 1e6).abs() < 1e-9, "{}", place.name);
        assert_eq!(spacing(desk), judged, "{}: the mast is in the territory", place.name);

        let centre = outline(desk).bounding_box().centre();
        let elsewhere = around(centre.lon() - 0.02, centre.lat());
        set_rule_area(desk, &lead(), &set, change(2, AreaFrom::File(&elsewhere))).await.unwrap();
        assert_ne!(spacing(desk), judged, "{}: the mast is outside", place.name);
        set_rule_area(desk, &lead(), &set, change(3, AreaFrom::Everywhere)).await.unwrap();
        assert_eq!((spacing(desk), sheet(desk).area_km2), (judged, None), "{}", place.name);

        let changes = rule_set_changes(desk, &set).await.unwrap();
        let reasons: Vec<Option<&str>> = changes.iter().map(|change| change.reason.as_deref()).collect();
        assert_eq!(reasons, [Some("Lý do 3"), Some("Lý do 2"), Some("Lý do 1"), None], "{}", place.name);
        assert_eq!(verify_journal(desk, &Viewer::console()).await.unwrap().faults, [], "{}", place.name);
    }
}

#[tokio::test]
async fn an_area_that_no_local_set_can_have_is_refused_and_nothing_is_written() {
    for place in both("rule_area_refusals").await {
        let desk = &place.desk;
        let early = set_rule_area(desk, &lead(), &code(TEMPLATE), change(1, AreaFrom::Outline)).await.unwrap_err();
        assert_eq!(early.code(), "ruleset.no_outline", "{}", place.name);
        demo::load(desk, &sample_data()).await.unwrap();
        let far = around(100.0, 10.0);
        let silent = AreaChange { reason: " ".to_owned(), ..change(1, AreaFrom::Outline) };
        let line = br#"{"type":"LineString","coordinates":[[106.4,20.6],[106.5,20.6]]}"#;
        for (name, set, said, refusal) in [
            ("the national set", "national", change(1, AreaFrom::Outline), "ruleset.national"),
            ("no such set", "none", change(1, AreaFrom::Outline), "rule.unknown"),
            ("a stale version", TEMPLATE, change(2, AreaFrom::Outline), "ruleset.changed_meanwhile"),
            ("no reason", TEMPLATE, silent, "ruleset.reason"),
            ("nothing to take away", TEMPLATE, change(1, AreaFrom::Everywhere), "ruleset.unchanged"),
            ("no area", TEMPLATE, change(1, AreaFrom::File(line)), "geometry.invalid"),
            ("another land", TEMPLATE, change(1, AreaFrom::File(&far)), "ruleset.area_elsewhere"),
        ] {
            let refused = set_rule_area(desk, &lead(), &code(set), said).await.unwrap_err();
            assert_eq!(refused.code(), refusal, "{}: {name}: {refused}", place.name);
        }
        for role in [Role::Assessor, Role::Planner, Role::CarrierAdministrator] {
            let who = Viewer { role, ..Viewer::public() };
            let refused = set_rule_area(desk, &who, &code(TEMPLATE), change(1, AreaFrom::Outline)).await.unwrap_err();
            assert_eq!(refused.kind(), ErrorKind::Refused, "{}: {role:?}", place.name);
        }
        assert_eq!(rule_set_changes(desk, &code(TEMPLATE)).await.unwrap().len(), 1, "{}", place.name);
    }
}

/// The sample's plan folder with the shipped rule sets in it.
fn folder() -> PlanFolder {
    let read = read_plan_folder(&sample_data().join("plan"), &mut Edge::real().asset_ids()).unwrap();
    PlanFolder { rule_sets: shipped_rule_sets().unwrap(), ..read }
}

#[tokio::test]
async fn a_folder_that_is_loaded_again_leaves_the_area_that_an_official_set_or_took_away() {
    for place in both("rule_area_reload").await {
        let (desk, console, set) = (&place.desk, Viewer::console(), code(TEMPLATE));
        load_plan(desk, &console, folder()).await.unwrap();
        let told = |kept: &[hatang_core::Text]| {
            kept.iter().filter(|text| text.vi.contains("phạm vi áp dụng") && text.en.contains("its area")).count()
        };
        set_rule_area(desk, &lead(), &set, change(2, AreaFrom::Outline)).await.unwrap();
        for load in 1..=2 {
            let loaded = load_plan(desk, &console, folder()).await.unwrap();
            assert_eq!(rule_set_area(desk, &set), Some(outline(desk)), "{}: load {load}", place.name);
            assert_eq!(told(&loaded.kept), 1, "{}: {:?}", place.name, loaded.kept);
        }
        set_rule_area(desk, &lead(), &set, change(5, AreaFrom::Everywhere)).await.unwrap();
        let mut with_area = folder();
        for one in with_area.rule_sets.iter_mut().filter(|one| one.code == set) {
            one.area = Some(outline(desk));
        }
        let loaded = load_plan(desk, &console, with_area).await.unwrap();
        assert_eq!((rule_set_area(desk, &set), told(&loaded.kept)), (None, 1), "{}: {:?}", place.name, loaded.kept);
    }
}
