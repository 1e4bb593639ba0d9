//! An official changes the territory's outline from a file, after a look at what would lie outside. On both databases.

use hatang_core::{Role, Shape, Viewer, geodesy, plan::Boundary};
use hatang_desk::{
    Desk, ErrorKind,
    amend_outline::{OutlineChange, OutlineFile, amend_outline, describe_outline},
    amend_plan::{PlanAct, PlanChange, amend_plan},
    demo,
    describe_plan::plan_layer_as_of,
    load_boundary::load_boundary,
    load_plan::load_plan,
    plan_layer::PlanLayer,
    verify_journal::verify_journal,
};
use hatang_exchange::{PlanFolder, read_plan_folder};
use hatang_tests::{both, sample_data};
use jiff::civil::date;
use serde_json::json;

fn lead() -> Viewer {
    Viewer { role: Role::PlanLead, ..Viewer::public() }
}

fn home(desk: &Desk) -> Boundary {
    desk.read(|registry| registry.home().unwrap().1.boundaries.as_ref().unwrap().home.clone())
}

/// The part of the outline's box that lies west of a share of its width.
fn west_of(outline: &Shape, share: f64) -> Vec<u8> {
    let [west, south, east, north] = outline.bounding_box().edges();
    let east = west + (east - west) * share;
    let ring = json!([[west, south], [east, south], [east, north], [west, north], [west, south]]);
    json!({ "type": "Feature", "properties": { "name": "layer 1" }, "geometry": { "type": "Polygon", "coordinates": [ring] } })
        .to_string()
        .into_bytes()
}

fn look() -> OutlineFile {
    OutlineFile { dry_run: true, ..OutlineFile::default() }
}

fn write(seen_version: u32) -> OutlineFile {
    OutlineFile {
        seen_version: Some(seen_version),
        reason: format!("Nghị quyết {seen_version}"),
        ..OutlineFile::default()
    }
}

async fn versions(desk: &Desk) -> usize {
    describe_outline(desk, &lead()).await.unwrap().unwrap().changes.len()
}

/// What of the registry and the plan had a position in the outline and has none in the other, counted one by one.
fn counted(desk: &Desk, before: &Shape, now: &Shape) -> (usize, usize, Vec<String>) {
    let is_in = |area: &Shape, shape: &Shape| shape.positions().any(|at| area.encloses(at));
    let is_left_out = |shape: &Shape| is_in(before, shape) && !is_in(now, shape);
    desk.read(|registry| {
        let plan = registry.home().unwrap().1.plan.as_ref().unwrap();
        let viewer = lead();
        let seen = registry.seen_by(&viewer).all();
        let assets = seen
            .filter(|sight| sight.asset().status.to_string() != "decommissioned" && is_left_out(&sight.shape()))
            .count();
        let planned = plan.planned.iter().filter(|object| is_left_out(&object.shape)).count();
        let hamlets = plan.hamlets.iter().filter(|hamlet| {
            let middle = hamlet.shape.bounding_box().centre();
            before.encloses(middle) && !now.encloses(middle)
        });
        (assets, planned, hamlets.map(|hamlet| hamlet.name.clone()).collect())
    })
}

#[tokio::test]
async fn an_outline_is_looked_at_then_changed_with_a_reason_and_its_history_is_kept() {
    for place in both("outline").await {
        let desk = &place.desk;
        demo::load(desk, &sample_data()).await.unwrap();
        let before = home(desk);
        let file = west_of(&before.shape, 0.6);
        let looked = amend_outline(desk, &lead(), &file, look()).await.unwrap();
        let expected = counted(desk, &before.shape, &looked.geometry);
        let OutlineChange { left_out, .. } = &looked;
        assert_eq!((left_out.assets, left_out.planned, left_out.hamlets.clone()), expected, "{}", place.name);
        assert!(0 < left_out.assets && !left_out.hamlets.is_empty(), "{}: {left_out:?}", place.name);
        let km2 = |shape: &Shape| geodesy::area_m2(shape) / 1e6;
        assert!((looked.area_before_km2 - km2(&before.shape)).abs() < 1e-9, "{}", place.name);
        assert!((looked.area_km2 - km2(&looked.geometry)).abs() < 1e-9, "{}", place.name);
        assert_eq!((looked.before, looked.version, versions(desk).await), (1, None, 1), "{}", place.name);
        assert_eq!(home(desk), before, "{}: looking writes nothing", place.name);

        let day = desk.today().yesterday().unwrap();
        let said = OutlineFile { people: Some(4_321), valid_on: Some(day), ..write(1) };
        let changed = amend_outline(desk, &lead(), &file, said).await.unwrap();
        assert_eq!((changed.version, &changed.left_out), (Some(2), left_out), "{}", place.name);
        let now = home(desk);
        assert_eq!(
            (&now.name, now.people, &now.shape),
            (&before.name, Some(4_321), &looked.geometry),
            "{}",
            place.name
        );
        let renamed = OutlineFile { name: Some(" Xã Mới ".to_owned()), ..write(2) };
        amend_outline(desk, &lead(), &west_of(&before.shape, 0.7), renamed).await.unwrap();
        assert_eq!((home(desk).name.as_str(), home(desk).people), ("Xã Mới", Some(4_321)), "{}", place.name);

        let sheet = describe_outline(desk, &lead()).await.unwrap().unwrap();
        let reasons: Vec<Option<&str>> = sheet.changes.iter().map(|change| change.reason.as_deref()).collect();
        assert_eq!(reasons, [Some("Nghị quyết 2"), Some("Nghị quyết 1"), None], "{}", place.name);
        let public = describe_outline(desk, &Viewer::public()).await.unwrap().unwrap();
        assert_eq!((public.changes.len(), public.name.as_str()), (0, "Xã Mới"), "{}", place.name);
        let layer = plan_layer_as_of(desk, &lead(), PlanLayer::Boundary, desk.today()).await.unwrap();
        assert_eq!(layer[0]["geometry"], json!(home(desk).shape), "{}", place.name);
        let long_ago = plan_layer_as_of(desk, &lead(), PlanLayer::Boundary, date(2000, 1, 1)).await.unwrap();
        assert!(long_ago.is_empty(), "{}", place.name);
        assert_eq!(verify_journal(desk, &Viewer::console()).await.unwrap().faults, [], "{}", place.name);
    }
}

#[tokio::test]
async fn an_outline_that_cannot_be_this_territorys_is_refused_and_nothing_is_written() {
    for place in both("outline_refusals").await {
        let desk = &place.desk;
        let early = amend_outline(desk, &lead(), &west_of(&area(), 0.5), look()).await.unwrap_err();
        assert_eq!((early.kind(), early.code()), (ErrorKind::NotFound, "outline.none"), "{}", place.name);
        demo::load(desk, &sample_data()).await.unwrap();
        let before = home(desk);
        let half = west_of(&before.shape, 0.5);
        let elsewhere = |east: f64| {
            let text = String::from_utf8(half.clone()).unwrap();
            let mut value: serde_json::Value = serde_json::from_str(&text).unwrap();
            for at in value["geometry"]["coordinates"][0].as_array_mut().unwrap() {
                at[0] = json!(at[0].as_f64().unwrap() + east);
            }
            value.to_string().into_bytes()
        };
        let of_other =
            String::from_utf8(half.clone()).unwrap().replace("layer 1\"", "x\",\"code\":\"11887\"").into_bytes();
        let same = json!({ "type": "Feature", "properties": null, "geometry": before.shape }).to_string().into_bytes();
        let [west, _, east, _] = before.shape.bounding_box().edges();
        let next_to_it = elsewhere(-(east - west) / 2.0);
        for (name, bytes, said, code) in [
            ("another commune's", of_other, write(1), "file.no_such_boundary"),
            ("far away", elsewhere(2.0), write(1), "outline.elsewhere"),
            ("the neighbour's", next_to_it, write(1), "outline.elsewhere"),
            ("no area", br#"{"type":"Point","coordinates":[106.4,20.6]}"#.to_vec(), write(1), "geometry.invalid"),
            ("the same", same, write(1), "outline.unchanged"),
            ("no reason", half.clone(), OutlineFile { reason: " ".to_owned(), ..write(1) }, "outline.reason"),
            (
                "a day ahead",
                half.clone(),
                OutlineFile { valid_on: desk.today().tomorrow().ok(), ..write(1) },
                "outline.future",
            ),
            ("a stale version", half.clone(), write(7), "outline.changed_meanwhile"),
            ("no version", half.clone(), OutlineFile { seen_version: None, ..write(1) }, "outline.changed_meanwhile"),
        ] {
            let refused = amend_outline(desk, &lead(), &bytes, said).await.unwrap_err();
            assert_eq!(refused.code(), code, "{}: {name}: {refused}", place.name);
        }
        for role in [Role::Assessor, Role::Planner, Role::CarrierAdministrator] {
            let who = Viewer { role, ..Viewer::public() };
            let refused = amend_outline(desk, &who, &half, look()).await.unwrap_err();
            assert_eq!(refused.kind(), ErrorKind::Refused, "{}: {role:?}", place.name);
        }
        assert_eq!((home(desk), versions(desk).await), (before, 1), "{}", place.name);
    }
}

fn area() -> Shape {
    serde_json::from_value(json!({ "type": "Polygon", "coordinates": [[[106, 20], [107, 20], [107, 21], [106, 20]]] }))
        .unwrap()
}

/// The sample's plan folder, read anew.
fn folder() -> PlanFolder {
    read_plan_folder(&sample_data().join("plan"), &mut hatang_desk::Edge::real().asset_ids()).unwrap()
}

#[tokio::test]
async fn a_folder_that_is_loaded_again_leaves_the_outline_that_an_official_changed_and_tells_it() {
    for place in both("outline_reload").await {
        let (desk, console) = (&place.desk, Viewer::console());
        load_plan(desk, &console, folder()).await.unwrap();
        let of_folder = home(desk);
        let again = load_plan(desk, &console, folder()).await.unwrap();
        assert_eq!(again.kept, [], "{}: nothing was decided", place.name);
        amend_outline(desk, &lead(), &west_of(&of_folder.shape, 0.6), write(2)).await.unwrap();
        let decided = home(desk);
        for load in 1..=2 {
            let loaded = load_plan(desk, &console, folder()).await.unwrap();
            assert_eq!(home(desk), decided, "{}: load {load}", place.name);
            let told = |text: &hatang_core::Text| text.vi.starts_with("Ranh giới") && text.en.starts_with("Outline");
            assert!(loaded.kept.iter().any(told), "{}: {:?}", place.name, loaded.kept);
        }
        // The plan itself goes on as before.
        let retire = PlanAct::RetireZone { number: 0 };
        let change = PlanChange { seen_version: 4, reason: "Thử".to_owned(), act: retire };
        amend_plan(desk, &lead(), change).await.unwrap();

        // Whoever names the file of the outline itself replaces also what an official changed.
        let file = std::fs::read(sample_data().join("plan/boundary.geojson")).unwrap();
        load_boundary(desk, &console, &file, &of_folder.code).await.unwrap();
        assert_eq!(home(desk), of_folder, "{}", place.name);
        let loaded = load_plan(desk, &console, folder()).await.unwrap();
        assert!(loaded.kept.iter().all(|text| !text.vi.starts_with("Ranh giới")), "{}: {:?}", place.name, loaded.kept);
        assert_eq!(verify_journal(desk, &console).await.unwrap().faults, [], "{}", place.name);
    }
}
