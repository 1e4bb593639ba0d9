//! Officials change every part of the plan: what is written, what is refused, and what the day before shows.

use std::collections::BTreeSet;

use hatang_core::{Role, Viewer};
use hatang_desk::{
    Desk, DeskError, Edge, ErrorKind,
    amend_plan::amend_plan,
    demo,
    describe_plan::{describe_plan, plan_layer_as_of},
    plan_layer::{PlanLayer, plan_layer},
    verify_journal::verify_journal,
};
use hatang_store::Store;
use hatang_tests::{both, sample_data};
use jiff::{Timestamp, ToSpan as _};
use serde_json::{Value, json};

/// Everything of the plan that has no identity.
const NUMBERED: [PlanLayer; 5] =
    [PlanLayer::Zones, PlanLayer::Hamlets, PlanLayer::Places, PlanLayer::Roads, PlanLayer::Constraints];

fn official(role: Role) -> Viewer {
    Viewer { role, ..Viewer::public() }
}

fn tomorrow() -> Timestamp {
    Edge::real().now() + 24.hours()
}

async fn amend(desk: &Desk, seen_version: u32, mut act: Value) -> Result<u32, DeskError> {
    act["seen_version"] = json!(seen_version);
    act["reason"] = json!(format!("Lý do {seen_version}"));
    amend_plan(desk, &official(Role::PlanLead), serde_json::from_value(act).unwrap()).await
}

fn layer(desk: &Desk, layer: PlanLayer) -> Vec<Value> {
    plan_layer(desk, &official(Role::PlanLead), layer)
}

/// The feature that the plan calls by this number in a layer of other sectors.
fn constraint(desk: &Desk, word: &str, number: usize) -> Option<Value> {
    let is_it = |one: &Value| one["properties"]["layer"] == word && one["properties"]["number"] == number;
    layer(desk, PlanLayer::Constraints).into_iter().find(is_it)
}

fn planned(desk: &Desk, code: &str) -> Option<Value> {
    layer(desk, PlanLayer::Planned).into_iter().find(|one| one["properties"]["code"] == code)
}

fn point(lon: f64) -> Value {
    json!({ "type": "Point", "coordinates": [lon, 20.68] })
}

fn area(lon: f64) -> Value {
    let (east, north) = (lon + 0.002, 20.682);
    json!({ "type": "Polygon", "coordinates": [[[lon, 20.68], [east, 20.68], [east, north], [lon, 20.68]]] })
}

fn with<const N: usize>(mut act: Value, members: [(&str, Value); N]) -> Value {
    for (member, value) in members {
        act[member] = value;
    }
    act
}

fn line(lon: f64) -> Value {
    json!({ "type": "LineString", "coordinates": [[lon, 20.68], [lon + 0.002, 20.681]] })
}

#[tokio::test]
async fn what_officials_change_is_the_next_version_and_the_day_before_shows_the_plan_as_it_was() {
    for place in both("plan_amendments").await {
        demo::load(&place.desk, &sample_data()).await.unwrap();
        let (yesterday, lead) = (place.desk.today(), official(Role::PlanLead));
        let edge = Edge { now: tomorrow, ..Edge::real() };
        let desk = &Desk::open(Store::open(&place.url).await.unwrap(), edge).await.unwrap();
        let mut then = Vec::new();
        for part in NUMBERED {
            let features = layer(desk, part);
            assert_eq!(features, plan_layer_as_of(desk, &lead, part, yesterday).await.unwrap(), "{}", place.name);
            then.push(features);
        }

        let hamlet = then[1][2].clone();
        assert_eq!(hamlet["properties"]["number"], 2, "{}", place.name);
        let n_places = then[2].len();
        let people =
            json!({ "act": "change_feature", "layer": "hamlets", "number": 2, "properties": { "people": 1_601 } });
        let school = json!({ "kind": "school", "name": "Trường mới", "weight": 40 });
        let added =
            json!({ "act": "add_feature", "layer": "places", "geometry": point(106.481), "properties": school });
        let moved = json!({ "act": "change_feature", "layer": "roads", "number": 1, "geometry": line(106.47) });
        assert_eq!(amend(desk, 1, people).await.unwrap(), 2, "{}", place.name);
        assert_eq!(amend(desk, 2, added).await.unwrap(), 3, "{}", place.name);
        assert_eq!(amend(desk, 3, moved).await.unwrap(), 4, "{}", place.name);

        let now = layer(desk, PlanLayer::Hamlets);
        assert_eq!(now[2]["properties"]["people"], 1_601, "{}", place.name);
        assert_eq!(
            now[2]["properties"]["name"], hamlet["properties"]["name"],
            "{}: what is not named stays",
            place.name
        );
        assert_eq!(now[2]["geometry"], hamlet["geometry"], "{}", place.name);
        assert_eq!(now[3], then[1][3], "{}: its neighbour is as it was", place.name);
        let places = layer(desk, PlanLayer::Places);
        assert_eq!((places.len(), &places[n_places]["geometry"]), (n_places + 1, &point(106.481)), "{}", place.name);
        assert_eq!(places[n_places]["properties"]["number"], n_places, "{}", place.name);
        let road = layer(desk, PlanLayer::Roads)[1].clone();
        assert_eq!(
            (&road["geometry"], &road["properties"]),
            (&line(106.47), &then[3][1]["properties"]),
            "{}",
            place.name
        );

        let gone = json!({ "act": "retire_feature", "layer": "places", "number": n_places });
        assert_eq!(amend(desk, 4, gone).await.unwrap(), 5, "{}", place.name);
        assert_eq!(layer(desk, PlanLayer::Places), then[2], "{}", place.name);

        for (part, before) in NUMBERED.into_iter().zip(&then) {
            let as_of = plan_layer_as_of(desk, &lead, part, yesterday).await.unwrap();
            assert_eq!(as_of, *before, "{}: {part:?} of yesterday", place.name);
        }
        let sheet = describe_plan(desk, &lead).await.unwrap().unwrap();
        let reasons: Vec<Option<&str>> = sheet.changes.iter().map(|change| change.reason.as_deref()).collect();
        let expected = [Some("Lý do 4"), Some("Lý do 3"), Some("Lý do 2"), Some("Lý do 1"), None];
        assert_eq!(reasons, expected, "{}", place.name);
        assert_eq!(verify_journal(desk, &Viewer::console()).await.unwrap().faults, [], "{}", place.name);
    }
}

#[tokio::test]
async fn lines_of_other_sectors_are_numbered_each_in_their_own_layer() {
    for place in both("plan_constraints").await {
        let desk = &place.desk;
        demo::load(desk, &sample_data()).await.unwrap();
        let (dyke, wires) = (constraint(desk, "dykes", 0).unwrap(), constraint(desk, "power_lines", 0).unwrap());
        assert_eq!(wires["properties"]["height_m"], 14.0, "{}", place.name);
        let canal = json!({ "act": "add_feature", "layer": "canals", "geometry": line(106.48),
            "properties": { "class": "large", "name": "Kênh thử", "depth_m": 1.5 } });
        assert_eq!(amend(desk, 1, canal).await.unwrap(), 2, "{}", place.name);
        let unknown_height = json!({ "act": "change_feature", "layer": "power_lines", "number": 0,
            "properties": { "height_m": null, "class": "220_kv" } });
        assert_eq!(amend(desk, 2, unknown_height).await.unwrap(), 3, "{}", place.name);

        let canal = constraint(desk, "canals", 0).unwrap();
        assert_eq!(
            (&canal["geometry"], &canal["properties"]["depth_m"]),
            (&line(106.48), &json!(1.5)),
            "{}",
            place.name
        );
        let changed = constraint(desk, "power_lines", 0).unwrap();
        assert_eq!(changed["properties"]["height_m"], Value::Null, "{}", place.name);
        assert_eq!(changed["properties"]["class"], "220_kv", "{}", place.name);
        assert_eq!(changed["properties"]["name"], wires["properties"]["name"], "{}", place.name);

        let retired = json!({ "act": "retire_feature", "layer": "power_lines", "number": 0 });
        assert_eq!(amend(desk, 3, retired).await.unwrap(), 4, "{}", place.name);
        assert_eq!(constraint(desk, "power_lines", 0), None, "{}", place.name);
        assert_eq!(constraint(desk, "dykes", 0), Some(dyke), "{}: others keep theirs", place.name);
        assert_eq!(constraint(desk, "canals", 0), Some(canal), "{}", place.name);
    }
}

#[tokio::test]
async fn what_the_plan_says_of_itself_is_changed_word_by_word() {
    for place in both("plan_statement").await {
        let (desk, lead) = (&place.desk, official(Role::PlanLead));
        demo::load(desk, &sample_data()).await.unwrap();
        let before = describe_plan(desk, &lead).await.unwrap().unwrap();
        let mut targets = json!(before.targets);
        targets[0]["value"] = json!(95.0);
        targets[0]["by"] = json!("2028-12-31");
        let says = json!({
            "title": { "vi": "Phương án mới", "en": "New plan" }, "instrument": "QĐ 12/2026", "valid_to": null,
            "targets": targets, "complete": ["dykes", "planned", "zone:urban"], "years_issued": [2026, 2027],
        });
        assert_eq!(amend(desk, 1, json!({ "act": "state", "says": says })).await.unwrap(), 2, "{}", place.name);

        let now = describe_plan(desk, &lead).await.unwrap().unwrap();
        assert_eq!((now.title.vi.as_str(), now.instrument.as_str()), ("Phương án mới", "QĐ 12/2026"), "{}", place.name);
        assert_eq!((now.valid_from, now.valid_to), (before.valid_from, None), "{}", place.name);
        assert_eq!(json!(now.targets), targets, "{}", place.name);
        assert_eq!(now.complete, ["dykes", "planned", "zone:urban"], "{}", place.name);
        assert_eq!(now.years_issued, BTreeSet::from([2026, 2027]), "{}", place.name);
        assert_eq!((now.synthetic, now.rule_set), (before.synthetic, before.rule_set), "{}: not named", place.name);
        assert_eq!(now.changes[0].reason.as_deref(), Some("Lý do 1"), "{}", place.name);
    }
}

#[tokio::test]
async fn a_planned_object_is_changed_as_one_in_a_form_and_the_acts_of_before_still_work() {
    for place in both("plan_objects").await {
        let desk = &place.desk;
        demo::load(desk, &sample_data()).await.unwrap();
        let before = planned(desk, "QH-COT-01").unwrap();
        let id = &before["id"];
        let higher = json!({ "act": "change_planned", "id": id, "properties": { "height_m": 42, "structure": null } });
        assert_eq!(amend(desk, 1, higher).await.unwrap(), 2, "{}", place.name);
        let now = planned(desk, "QH-COT-01").unwrap();
        assert_eq!((&now["id"], &now["geometry"]), (id, &before["geometry"]), "{}", place.name);
        assert_eq!((&now["properties"]["height_m"], now["properties"].get("structure")), (&json!(42.0), None));
        assert_eq!(now["properties"]["slots_total"], before["properties"]["slots_total"], "{}: not named", place.name);

        let handed_over = json!({ "act": "change_planned", "id": id, "geometry": point(106.482),
            "properties": { "owner": "vnpt", "code": "QH-COT-09" } });
        assert_eq!(amend(desk, 2, handed_over).await.unwrap(), 3, "{}", place.name);
        let now = planned(desk, "QH-COT-09").unwrap();
        assert_eq!((&now["id"], &now["geometry"]), (id, &point(106.482)), "{}", place.name);
        assert_eq!(now["properties"]["owner"], "vnpt", "{}", place.name);

        let moved = json!({ "act": "move_planned", "id": id, "geometry": point(106.481) });
        assert_eq!(amend(desk, 3, moved).await.unwrap(), 4, "{}", place.name);
        let again = planned(desk, "QH-COT-09").unwrap();
        assert_eq!((&again["geometry"], &again["properties"]), (&point(106.481), &now["properties"]), "{}", place.name);
        let added = json!({ "act": "add_zone", "zone": "no_new_poles", "name": null, "instrument": "QĐ 3",
            "geometry": area(106.48) });
        assert_eq!(amend(desk, 4, added).await.unwrap(), 5, "{}", place.name);
        let number = layer(desk, PlanLayer::Zones).len() - 1;
        let redrawn = json!({ "act": "move_zone", "number": number, "geometry": area(106.47) });
        assert_eq!(amend(desk, 5, redrawn).await.unwrap(), 6, "{}", place.name);
        let zone = layer(desk, PlanLayer::Zones)[number].clone();
        let kept = json!({ "zone": "no_new_poles", "name": null, "instrument": "QĐ 3", "number": number });
        assert_eq!((&zone["geometry"], &zone["properties"]), (&area(106.47), &kept), "{}", place.name);
        let retired = json!({ "act": "retire_zone", "number": number });
        assert_eq!(amend(desk, 6, retired).await.unwrap(), 7, "{}", place.name);
        assert_eq!(layer(desk, PlanLayer::Zones).len(), number, "{}", place.name);
        assert_eq!(amend(desk, 7, json!({ "act": "retire_planned", "id": id })).await.unwrap(), 8, "{}", place.name);
        assert_eq!(planned(desk, "QH-COT-09"), None, "{}", place.name);
    }
}

/// Acts that nothing comes of, each with the code of its refusal and the words that its sentences have.
fn refused(id: &Value) -> Vec<(Value, &'static str, &'static str)> {
    let change = |layer: &str, properties: Value| {
        let first = json!({ "act": "change_feature", "layer": layer, "number": 0 });
        with(first, [("properties", properties)])
    };
    let add = |layer: &str, geometry: Value, properties: Value| {
        let new = json!({ "act": "add_feature", "layer": layer });
        with(new, [("geometry", geometry), ("properties", properties)])
    };
    let object = |properties: Value| json!({ "act": "change_planned", "id": id, "properties": properties });
    let state = |says: Value| json!({ "act": "state", "says": says });
    let target = json!({ "code": "5g", "name": { "vi": "a", "en": "a" }, "value": 1, "unit": "%" });
    vec![
        (change("rivers", json!({})), "plan.layer", "hamlets|power_lines"),
        (change("boundary", json!({})), "plan.layer", "zones"),
        (change("water_pipes", json!({})), "plan.not_there", "water_pipes|0"),
        (json!({ "act": "retire_feature", "layer": "hamlets", "number": 999 }), "plan.not_there", "hamlets|31"),
        (change("hamlets", json!({ "people": "many" })), "plan.feature", "Thôn An Bình|hamlets|people|many"),
        (change("hamlets", json!({ "people": null })), "plan.feature", "Thôn An Bình|people"),
        (change("hamlets", json!({ "pepole": 3 })), "plan.property", "Thôn An Bình|pepole|people"),
        (change("hamlets", json!({})), "plan.unchanged", ""),
        (change("roads", json!({ "land_width_m": -1 })), "plan.feature", "roads|land_width_m"),
        (add("places", point(106.48), json!({ "kind": "pagoda", "name": "Chùa" })), "plan.feature", "Chùa|school"),
        (add("places", line(106.48), json!({ "kind": "school", "name": "x" })), "plan.feature", "geometry|Point"),
        (add("dykes", Value::Null, json!({})), "plan.feature", "dykes|geometry"),
        (add("dykes", line(106.48), json!({ "layer": "canals" })), "plan.property", "layer|height_m"),
        (json!({ "act": "add_zone", "zone": " ", "geometry": area(106.48) }), "plan.feature", "zones|zone"),
        (state(json!({ "complete": ["dykes", "rivers"] })), "plan.part", "waterways|planned|zone:"),
        (state(json!({ "complete": ["zone:"] })), "plan.part", "waterways"),
        (state(json!({ "valid_to": "2020-12-31" })), "plan.statement", ""),
        (state(json!({ "valid_to": "soon" })), "plan.statement", "valid_to"),
        (state(json!({ "title": null })), "plan.statement", "title"),
        (state(json!({ "instrument": " " })), "plan.statement", "instrument"),
        (state(json!({ "rule_set": "national" })), "plan.statement", "targets"),
        (state(json!({ "targets": [target, target] })), "plan.statement", ""),
        (state(json!({ "targets": [{ "code": "5g", "vlaue": 3 }] })), "plan.statement", "vlaue|value"),
        (state(json!({})), "plan.unchanged", ""),
        (object(json!({ "height_m": "tall" })), "asset.fields", ""),
        (object(json!({ "heihgt_m": 3 })), "asset.fields", ""),
        (object(json!({ "class": "pole" })), "plan.class_fixed", ""),
        (object(json!({ "owner": null })), "plan.owner", ""),
        (object(json!({ "status": "operational" })), "plan.not_planned", ""),
        (object(json!({ "owner": "vnpt", "code": "QH-COT-02" })), "plan.code_taken", ""),
        (json!({ "act": "move_planned", "id": id, "geometry": point(106.9) }), "asset.fields", ""),
        (json!({ "act": "retire_planned", "id": uuid::Uuid::nil() }), "plan.not_there", ""),
    ]
}

#[tokio::test]
async fn what_cannot_be_is_refused_with_the_name_of_the_feature_and_the_plan_stays() {
    for place in both("plan_refusals").await {
        let (desk, lead) = (&place.desk, official(Role::PlanLead));
        demo::load(desk, &sample_data()).await.unwrap();
        let id = planned(desk, "QH-COT-01").unwrap()["id"].clone();
        for (act, code, words) in refused(&id) {
            let error = amend(desk, 1, act.clone()).await.unwrap_err();
            assert_eq!(error.code(), code, "{}: {act}: {error}", place.name);
            let text = error.text();
            for word in words.split('|') {
                assert!(text.vi.contains(word) && text.en.contains(word), "{}: {act}: {text:?}", place.name);
            }
        }
        let people = json!({ "act": "change_feature", "layer": "hamlets", "number": 0, "properties": { "people": 1 },
            "seen_version": 1, "reason": "Thử" });
        for role in [Role::Assessor, Role::Planner, Role::CarrierAdministrator, Role::Public] {
            let change = serde_json::from_value(people.clone()).unwrap();
            let kind = amend_plan(desk, &official(role), change).await.unwrap_err().kind();
            assert!(matches!(kind, ErrorKind::Refused | ErrorKind::SignInNeeded), "{}: {role:?}", place.name);
        }
        assert_eq!(describe_plan(desk, &lead).await.unwrap().unwrap().changes.len(), 1, "{}", place.name);
    }
}
