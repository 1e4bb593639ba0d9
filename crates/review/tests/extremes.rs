//! Numbers that are valid and mad: judging them neither fails nor answers with what is no number.
#![expect(clippy::unwrap_used, reason = "the scenes are made here and valid")]

use hatang_core::{Asset, Held, Registry, RequestItem, RuleSet, Seq, Territory, Version, Viewer};
use hatang_review::{Scene, screen};
use serde_json::json;

const RULES: &str = include_str!("../../../rule-sets/bac-ninh-72-2025.toml");

#[test]
fn the_longest_lengths_are_judged_and_every_number_of_the_answer_is_one() {
    for metres in [0.0, 1e-300, 10_000.0, f64::MAX / 2.0, f64::MAX] {
        let mut set: RuleSet = toml::from_str(RULES).unwrap();
        check(metres, &set);
        let mut rules = serde_json::to_value(&set.rules).unwrap();
        for (rule, field) in [(0, "urban_m"), (0, "non_urban_m"), (3, "corridor_m"), (3, "shortest_run_m")] {
            rules[rule]["predicate"][field] = json!(metres);
        }
        rules[1]["predicate"] = rules[0]["predicate"].clone();
        set.rules = serde_json::from_value(rules).unwrap();
        check(metres, &set);
    }
}

fn check(metres: f64, rule_set: &RuleSet) {
    let place = json!({ "type": "Point", "coordinates": [106.48, 20.68] });
    let beyond = json!({ "type": "Point", "coordinates": [106.49, 20.68] });
    let route = json!({ "type": "LineString", "coordinates": [[106.48, 20.68], [106.483, 20.68]] });
    let mut registry = Registry::new();
    let classes = ["mast", "mast", "host", "radio_station", "pole", "pole", "aerial_route", "duct", "trench"];
    let assets = classes.iter().enumerate().map(|(number, class)| {
        let shape = match *class {
            "aerial_route" | "duct" | "trench" => &route,
            _ if number % 2 == 0 => &place,
            _ => &beyond,
        };
        let asset: Asset = serde_json::from_value(json!({
            "id": format!("00000000-0000-0000-0000-00000000000{number}"),
            "class": class, "owner": "viettel", "status": "operational", "kind": null, "shape": shape,
            "survey": { "accuracy_m": metres }, "height_m": metres, "on_building": true, "building_height_m": metres,
            "structural_use_pct": metres, "antenna_height_m": metres,
        }))
        .unwrap();
        Held { asset, territory: Territory::new("11824").unwrap(), version: Version(1), seq: Seq(1) }
    });
    registry.put_assets(assets.collect::<Vec<_>>());
    let viewers = [Viewer::console(), Viewer::public()];
    for viewer in &viewers {
        let scene = Scene { seen: registry.seen_by(viewer), rule_set, plan: None, works: &[] };
        for (class, shape) in [("mast", &place), ("aerial_route", &route), ("pole", &place), ("duct", &route)] {
            for accuracy in [0.0, 5.0, metres] {
                let item: RequestItem = serde_json::from_value(json!({
                    "class": class, "owner": "vnpt", "shape": shape, "accuracy_m": accuracy,
                    "height_m": metres, "on_building": true, "building_height_m": metres,
                }))
                .unwrap();
                let answer = screen(&item, &scene);
                assert!(answer.hosts.iter().all(|host| host.score.is_finite() && host.accuracy_m.is_finite()));
                for finding in answer.findings {
                    let measured = finding.measured.map(|measured| [measured.value, measured.accuracy]);
                    assert!(measured.is_none_or(|numbers| numbers.iter().all(|number| number.is_finite())));
                    assert!(!finding.reason_en.contains("inf"), "{}", finding.reason_en);
                }
            }
        }
    }
}
