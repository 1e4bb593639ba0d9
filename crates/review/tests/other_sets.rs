//! What may be entered as a rule set and none of the shipped ones is like, and what no case's files can say of a plan.
#![expect(clippy::unwrap_used, reason = "the scenes are made here and valid")]

use hatang_core::{
    Asset, Held, Lonlat, Registry, RequestItem, RuleSet, Seq, Shape, Territory, Verdict, Version, Viewer,
    geodesy::TangentPlane, plan::Plan,
};
use hatang_review::{Origin, Scene, Screened, screen};
use serde_json::{Value, json};

/// Positions by metres east and north of a place in the commune.
fn line(positions: &[[f64; 2]]) -> Vec<Lonlat> {
    let plane = TangentPlane::at(Lonlat::new(106.48, 20.68).unwrap());
    positions.iter().map(|at| plane.lonlat(*at)).collect()
}

fn point(at: [f64; 2]) -> Value {
    json!({ "type": "Point", "coordinates": line(&[at])[0] })
}

fn run(positions: &[[f64; 2]]) -> Value {
    json!({ "type": "LineString", "coordinates": line(positions) })
}

fn square(half: f64) -> Shape {
    Shape::Polygon(vec![line(&[[-half, -half], [half, -half], [half, half], [-half, half], [-half, -half]])])
}

/// A record with some fields set otherwise.
fn with(mut record: Value, said: &Value) -> Value {
    for (field, value) in said.as_object().unwrap() {
        record[field] = value.clone();
    }
    record
}

fn request(class: &str, shape: &Value, said: &Value) -> RequestItem {
    let record = json!({ "class": class, "owner": "vnpt", "network": "vinaphone", "accuracy_m": 1.0, "shape": shape });
    serde_json::from_value(with(record, said)).unwrap()
}

fn asset(number: u32, class: &str, shape: &Value, said: &Value) -> Asset {
    let record = json!({
        "id": format!("00000000-0000-0000-0000-{number:012}"), "class": class, "code": format!("C-{number}"),
        "owner": "viettel", "status": "operational", "shape": shape, "survey": { "accuracy_m": 1.0 },
    });
    serde_json::from_value(with(record, said)).unwrap()
}

/// A rule of a set that is made up here, by its predicate.
fn rule(id: &str, subject: &str, predicate: &Value) -> Value {
    json!({
        "id": id, "version": 1, "name": { "vi": "Giả định", "en": "Made up" }, "subjects": [subject],
        "severity": "block", "predicate": predicate,
        "citation": { "instrument": "Giả định", "article": "1", "text_vi": "Giả định.", "confidence": "ENTERED" },
    })
}

fn set(rules: &[Value]) -> RuleSet {
    serde_json::from_value(json!({
        "code": "gia-dinh", "title": { "vi": "Giả định", "en": "Made up" }, "authority": "Giả định", "rules": rules,
    }))
    .unwrap()
}

fn plan() -> Plan {
    serde_json::from_value(json!({
        "title": { "vi": "", "en": "" }, "instrument": "", "synthetic": true, "rule_set": "gia-dinh",
        "years_issued": [2026],
    }))
    .unwrap()
}

/// What is there beside a rule set.
#[derive(Default)]
struct There {
    standing: Vec<Asset>,
    issued: Vec<Asset>,
    plan: Option<Plan>,
}

fn judge(item: &RequestItem, set: &RuleSet, there: &There) -> Screened {
    let mut registry = Registry::new();
    let territory = Territory::new("11824").unwrap();
    let held =
        |asset: &Asset| Held { asset: asset.clone(), territory: territory.clone(), version: Version(1), seq: Seq(1) };
    registry.put_assets(there.standing.iter().map(held));
    let (viewer, issued): (_, Vec<&Asset>) = (Viewer::console(), there.issued.iter().collect());
    let sets = [set];
    let scene = Scene::new(registry.seen_by(&viewer), &sets, jiff::civil::date(2026, 7, 1));
    screen(item, &Scene { plan: there.plan.as_ref(), issued: &issued, ..scene })
}

fn verdict(answer: &Screened, rule: &str) -> (Verdict, Vec<&'static str>) {
    let finding = answer.findings.iter().find(|finding| finding.rule.as_str() == rule).unwrap();
    (finding.verdict, finding.missing.iter().map(|one| one.code).collect())
}

#[test]
fn at_the_edge_of_a_sets_area_a_rule_is_met_when_it_is_met_inside_too() {
    let two = rule("MA-2OP", "mast", &json!({ "kind": "designed_for", "operators": 2 }));
    let set = RuleSet { area: Some(square(100.0)), ..set(&[two]) };
    for (name, east, operators, expected) in [
        ("inside, for enough", 0.0, 2, (Verdict::Complies, vec![])),
        ("inside, for too few", 0.0, 1, (Verdict::DoesNotComply, vec![])),
        ("at the edge, for enough", 100.0, 2, (Verdict::Complies, vec![])),
        ("at the edge, for too few", 100.0, 1, (Verdict::CannotTell, vec!["area_edge"])),
        ("outside, for too few", 120.0, 1, (Verdict::DoesNotApply, vec![])),
    ] {
        let item = request("mast", &point([east, 0.0]), &json!({ "operators_designed": operators }));
        assert_eq!(verdict(&judge(&item, &set, &There::default()), "MA-2OP"), expected, "{name}");
    }
    let pole = request("pole", &point([100.0, 0.0]), &json!({}));
    assert_eq!(verdict(&judge(&pole, &set, &There::default()), "MA-2OP").0, Verdict::DoesNotApply, "of another class");
}

#[test]
fn ones_own_planned_mast_is_the_request_itself_as_near_as_the_set_says() {
    let twin =
        asset(1, "mast", &point([30.0, 0.0]), &json!({ "owner": "vnpt", "status": "planned", "height_m": 30.0 }));
    let there = There { plan: Some(Plan { planned: vec![twin], ..plan() }), ..There::default() };
    let item = request("mast", &point([0.0, 0.0]), &json!({ "height_m": 30.0 }));
    let spacing = rule(
        "SP",
        "mast",
        &json!({ "kind": "spacing", "between": "any_network", "urban_m": 200.0, "non_urban_m": 200.0 }),
    );
    for (within_m, expected) in [(10.0, Verdict::DoesNotComply), (40.0, Verdict::Complies)] {
        let in_plan = rule("MA-PLAN", "mast", &json!({ "kind": "in_plan", "within_m": within_m }));
        let answer = judge(&item, &set(&[spacing.clone(), in_plan]), &there);
        assert_eq!(verdict(&answer, "SP").0, expected, "{within_m} m");
    }
}

#[test]
fn between_any_networks_a_mast_counts_whoever_is_on_it() {
    let unknown = asset(1, "mast", &point([100.0, 0.0]), &json!({ "owner": "fpt", "height_m": 30.0 }));
    let there = There { standing: vec![unknown], ..There::default() };
    let item = request("mast", &point([0.0, 0.0]), &json!({ "height_m": 30.0 }));
    let spacing = json!({ "kind": "spacing", "between": "any_network", "urban_m": 200.0, "non_urban_m": 200.0 });
    let answer = judge(&item, &set(&[rule("SP", "mast", &spacing)]), &there);
    assert_eq!(verdict(&answer, "SP"), (Verdict::DoesNotComply, vec![]));
}

#[test]
fn outside_the_zones_that_only_some_masts_need_an_unsaid_class_is_asked_for() {
    let only = json!({
        "kind": "not_in_zone", "zones": ["mast_land"], "side": "outside", "mast_classes": ["A2a", "A2b", "A2c"],
    });
    let there = There {
        plan: Some(Plan { complete: serde_json::from_value(json!(["zone:mast_land"])).unwrap(), ..plan() }),
        ..There::default()
    };
    for (said, expected) in [
        (json!({}), (Verdict::CannotTell, vec!["mast_class"])),
        (json!({ "mast_class": "A2a" }), (Verdict::DoesNotComply, vec![])),
        (json!({ "mast_class": "A1a" }), (Verdict::Complies, vec![])),
    ] {
        let item = request("mast", &point([0.0, 0.0]), &said);
        let answer = judge(&item, &set(&[rule("LAND", "mast", &only)]), &there);
        assert_eq!(verdict(&answer, "LAND"), expected, "{said}");
    }
}

#[test]
fn a_pole_is_no_higher_than_the_plan_has_it() {
    let twin = asset(1, "pole", &point([2.0, 0.0]), &json!({ "owner": "vnpt", "status": "planned", "height_m": 8.0 }));
    let there = There { plan: Some(Plan { planned: vec![twin], ..plan() }), ..There::default() };
    let set = set(&[rule("PO-PLAN", "pole", &json!({ "kind": "in_plan", "within_m": 10.0 }))]);
    for (height_m, expected) in [(7.0, Verdict::Complies), (8.0, Verdict::Complies), (9.0, Verdict::DoesNotComply)] {
        let item = request("pole", &point([0.0, 0.0]), &json!({ "height_m": height_m }));
        assert_eq!(verdict(&judge(&item, &set, &there), "PO-PLAN").0, expected, "{height_m} m");
    }
}

#[test]
fn hosts_of_poles_and_of_ducts_are_looked_for_as_wide_as_the_rule_for_each_says() {
    let wide = json!({ "kind": "no_parallel_line", "corridor_m": 40.0, "shortest_run_m": 50.0 });
    let narrow = json!({ "kind": "no_new_where_room", "corridor_m": 10.0, "shortest_run_m": 50.0 });
    let of_poles = rule("PO-DUP", "aerial_route", &wide);
    let of_ducts = rule("DU-NEWDUP", "duct", &narrow);
    let beside = |north: f64| run(&[[0.0, north], [200.0, north]]);
    let there = There {
        standing: vec![
            asset(1, "aerial_route", &beside(25.0), &json!({})),
            asset(2, "duct", &beside(12.0), &json!({ "bores": { "total": 4, "used": 1 } })),
        ],
        ..There::default()
    };
    // Whichever of the two stands first.
    for set in [set(&[of_poles.clone(), of_ducts.clone()]), set(&[of_ducts, of_poles])] {
        for (class, expected) in [("aerial_route", vec!["C-1"]), ("duct", vec![])] {
            let item = request(class, &run(&[[0.0, 0.0], [200.0, 0.0]]), &json!({}));
            let hosts = judge(&item, &set, &there).hosts;
            let codes: Vec<String> = hosts.iter().filter_map(|host| Some(host.code.as_ref()?.to_string())).collect();
            assert_eq!(codes, expected, "{class}");
        }
    }
}

#[test]
fn a_planned_mast_that_was_answered_is_one_and_the_answered_one() {
    let slots = json!({ "total": 4, "used": 1 });
    let twin = asset(1, "mast", &point([50.0, 0.0]), &json!({ "status": "planned", "height_m": 42.0, "slots": slots }));
    let there =
        There { issued: vec![twin.clone()], plan: Some(Plan { planned: vec![twin], ..plan() }), ..There::default() };
    let item = request("mast", &point([0.0, 0.0]), &json!({ "height_m": 30.0 }));
    let hosts = judge(&item, &set(&[]), &there).hosts;
    assert_eq!(hosts.iter().map(|host| host.origin).collect::<Vec<_>>(), [Origin::Issued]);
}

#[test]
fn a_plan_that_names_places_and_no_hamlets_says_which_places_depend_on_a_mast() {
    let mast = asset(
        1,
        "mast",
        &point([50.0, 0.0]),
        &json!({ "height_m": 42.0, "slots": { "total": 4, "used": 1 }, "structural_use_pct": 40.0 }),
    );
    let place =
        |name: &str, east: f64| json!({ "kind": "health_station", "name": name, "at": line(&[[east, 0.0]])[0] });
    let places = json!([place("Trạm y tế xã (giả định)", 300.0), place("Trạm y tế khác (giả định)", 1_100.0)]);
    let plan = Plan { places: serde_json::from_value(places).unwrap(), ..plan() };
    let there = There { standing: vec![mast], plan: Some(plan), ..There::default() };
    let item = request("mast", &point([0.0, 0.0]), &json!({ "height_m": 30.0 }));
    let lost = judge(&item, &set(&[]), &there).hosts.remove(0).fails_together.unwrap();
    assert_eq!((lost.people, lost.places), (0, vec!["Trạm y tế xã (giả định)".to_owned()]));
}

#[test]
fn a_row_of_poles_leads_from_no_part_of_a_request_to_the_next() {
    let no_parallel = json!({ "kind": "no_parallel_line", "corridor_m": 15.0, "shortest_run_m": 100.0 });
    let set = set(&[rule("PO-DUP", "aerial_route", &no_parallel)]);
    let two_parts = [line(&[[0.0, 0.0], [110.0, 0.0]]), line(&[[610.0, 0.0], [720.0, 0.0]])];
    // Beside the last 50 m of the one and the first 50 m of the other, and as one row beside a request of one part.
    let beside_both = [60.0, 85.0, 110.0, 610.0, 635.0, 660.0];
    let in_a_row = [60.0, 85.0, 110.0, 135.0, 160.0, 185.0];
    for (shape, places, expected) in [
        (json!({ "type": "MultiLineString", "coordinates": two_parts }), beside_both, Verdict::Complies),
        (run(&[[0.0, 0.0], [220.0, 0.0]]), in_a_row, Verdict::DoesNotComply),
    ] {
        let pole = |(number, east)| asset(number, "pole", &point([east, 3.0]), &json!({}));
        let there = There { standing: (1..).zip(places).map(pole).collect(), ..There::default() };
        let item = request("aerial_route", &shape, &json!({}));
        assert_eq!(verdict(&judge(&item, &set, &there), "PO-DUP").0, expected, "{shape}");
    }
}
