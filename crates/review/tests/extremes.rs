//! Numbers that are valid and mad: judging them neither fails nor answers with what is no number.
#![expect(clippy::unwrap_used, reason = "the scenes are made here and valid")]

use hatang_core::{Asset, Held, Registry, RequestItem, RuleSet, Seq, Territory, Version, Viewer, plan::Plan};
use hatang_review::{Scene, screen};
use serde_json::json;

const RULES: [&str; 2] =
    [include_str!("../../../rule-sets/bac-ninh-72-2025.toml"), include_str!("../../../rule-sets/national.toml")];

#[test]
fn the_longest_lengths_are_judged_and_every_number_of_the_answer_is_one() {
    for metres in [0.0, 1e-300, 10_000.0, f64::MAX / 2.0, f64::MAX] {
        let sets: Vec<RuleSet> = RULES.iter().map(|text| toml::from_str(text).unwrap()).collect();
        check(metres, &sets);
        let mut mad = sets;
        for rule in mad.iter_mut().flat_map(|set| &mut set.rules) {
            for parameter in rule.predicate.parameters() {
                // What cannot hold the number, such as a count, keeps its own.
                let _ = rule.predicate.set(&parameter.name, Some(metres));
            }
        }
        check(metres, &mad);
    }
}

/// A line of every layer through the place, one metre beside it and far away.
fn plan(metres: f64) -> Plan {
    let layers = ["dykes", "canals", "waterways", "railways", "power_lines", "bridges", "water_pipes"];
    let lines =
        [[[106.479, 20.68], [106.481, 20.68]], [[106.48, 20.679], [106.48, 20.681]], [[106.6, 20.0], [106.6, 21.0]]];
    let constraints = layers.iter().flat_map(|layer| {
        lines.iter().map(move |line| {
            json!({
                "layer": layer, "shape": { "type": "LineString", "coordinates": line }, "height_m": metres,
                "depth_m": metres, "accuracy_m": metres,
            })
        })
    });
    let constraints: Vec<_> = constraints.collect();
    serde_json::from_value(json!({
        "title": { "vi": "", "en": "" }, "instrument": "", "rule_set": "national", "constraints": constraints,
        "complete": layers,
    }))
    .unwrap()
}

fn check(metres: f64, sets: &[RuleSet]) {
    let sets: Vec<&RuleSet> = sets.iter().collect();
    let plan = plan(metres.min(1e300));
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
        let on = jiff::civil::date(2026, 7, 1);
        let scene = Scene { plan: Some(&plan), ..Scene::new(registry.seen_by(viewer), &sets, on) };
        for (class, shape) in
            [("mast", &place), ("aerial_route", &route), ("pole", &place), ("duct", &route), ("cabinet", &place)]
        {
            for accuracy in [0.0, 5.0, metres] {
                let item: RequestItem = serde_json::from_value(json!({
                    "class": class, "owner": "vnpt", "shape": shape, "accuracy_m": accuracy,
                    "height_m": metres, "on_building": true, "building_height_m": metres, "clearance_m": metres,
                    "depth_m": metres, "half_width_m": metres, "mast_class": "A1a", "surface": "pavement",
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
