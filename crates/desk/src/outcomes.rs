//! The substance of an answer, part by part, as it is kept and compared.

use hatang_core::{
    Capacity, Verdict,
    case::{About, Outcome},
};
use hatang_review::{Condition, DigOnce, Finding, HostCandidate, Screened, Way};

/// The parts of an answer that a verdict can be given on. Rules that do not judge such structures are left out.
pub(crate) fn outcomes(screened: &[Screened]) -> Vec<Outcome> {
    let numbered = (1..).zip(screened);
    let parts = numbered.flat_map(|(item, screened)| {
        let findings = screened.findings.iter().filter(|finding| finding.verdict != Verdict::DoesNotApply);
        let findings = findings.map(move |finding| of_finding(item, finding));
        let hosts = screened.hosts.iter().map(move |host| of_host(item, host));
        let way = screened.way.iter().map(move |way| of_way(item, way));
        let works = screened.dig_once.iter().map(move |works| of_works(item, works));
        let conditions = screened.conditions.iter().map(move |condition| of_condition(item, condition));
        findings.chain(hosts).chain(way).chain(works).chain(conditions)
    });
    parts.collect()
}

fn of_finding(item: u32, finding: &Finding) -> Outcome {
    let version = format!("version {}", finding.version);
    let assets = finding.assets.iter().map(|asset| format!("asset {asset}"));
    let unit = finding.measured.map(|measured| measured.unit).or(finding.limit.map(|limit| limit.unit));
    let missing = finding.missing.iter().map(|missing| format!("missing {}", missing.code));
    Outcome {
        item,
        about: About::Rule { rule: finding.rule.clone() },
        verdict: finding.verdict.code().to_owned(),
        figure: finding.measured.map(|measured| measured.value),
        unit: unit.map(str::to_owned),
        limit: finding.limit.map(|limit| limit.value),
        grounds: std::iter::once(version).chain(assets).chain(missing).collect(),
    }
}

fn of_host(item: u32, host: &HostCandidate) -> Outcome {
    let (figure, unknown) = match host.free {
        Capacity::Known(free) => (Some(f64::from(free)), None),
        Capacity::Unknown(reason) => (None, Some(format!("free {reason}"))),
    };
    let distance = format!("{:.1} m away", host.distance_m);
    Outcome {
        item,
        about: About::Host { asset: host.asset },
        verdict: host.verdict.code().to_owned(),
        unit: figure.map(|_| "free".to_owned()),
        figure,
        limit: None,
        grounds: std::iter::once(distance).chain(unknown).collect(),
    }
}

/// What a way saves, and on which lines that rests: the same metres in other lines are asked of other owners.
fn of_way(item: u32, way: &Way) -> Outcome {
    let verdict = match (0.0 < way.shared_m, 0.0 < way.ask_m || 0.0 < way.new_m) {
        (true, false) => "shared",
        (true, true) => "partly_shared",
        (false, _) => "to_ask",
    };
    let mut assets: Vec<String> =
        way.parts.iter().filter_map(|part| part.asset).map(|asset| format!("asset {asset}")).collect();
    assets.dedup();
    let metres = [format!("{:.1} m to ask for", way.ask_m), format!("{:.1} m new", way.new_m)];
    Outcome {
        item,
        about: About::Way,
        verdict: verdict.to_owned(),
        figure: Some(way.shared_m),
        unit: Some("m".to_owned()),
        limit: None,
        grounds: metres.into_iter().chain(assets).collect(),
    }
}

fn of_condition(item: u32, condition: &Condition) -> Outcome {
    let verdict = match condition.met {
        Some(true) => "met",
        Some(false) => "not_met",
        None => "not_said",
    };
    Outcome {
        item,
        about: About::Condition { condition: condition.code.to_owned() },
        verdict: verdict.to_owned(),
        figure: Some(f64::from(condition.value)),
        unit: None,
        limit: None,
        grounds: Vec::new(),
    }
}

fn of_works(item: u32, works: &DigOnce) -> Outcome {
    let verdict = if works.missing.is_empty() { "meets" } else { "may_meet" };
    let day = |day: Option<jiff::civil::Date>| day.map_or_else(|| "?".to_owned(), |day| day.to_string());
    Outcome {
        item,
        about: About::Works { works: works.works.clone() },
        verdict: verdict.to_owned(),
        figure: Some(works.overlap_m),
        unit: Some("m".to_owned()),
        limit: None,
        grounds: vec![format!("{}/{}", day(works.starts_on), day(works.ends_on)), works.stage.to_string()],
    }
}

#[cfg(test)]
mod tests {
    use hatang_core::{
        AssetClass, BoundingBox, Lonlat, Reads, Record, Registry, RequestItem, Seq, Shape, Territory, Version, Viewer,
        case::changes, event::Boundaries, geodesy::TangentPlane, plan::Layer, registry::Ground,
    };
    use hatang_review::Part;
    use jiff::civil::date;
    use serde_json::json;

    use super::*;
    use crate::screen_request::judge_part;

    /// Metres east and north of a place in the commune.
    fn line(positions: &[[f64; 2]]) -> Shape {
        let plane = TangentPlane::at(Lonlat::new(106.48, 20.68).unwrap());
        Shape::LineString(positions.iter().map(|at| plane.lonlat(*at)).collect())
    }

    const DUCT: &str = "018f0000-0000-7000-8000-000000000001";

    fn duct() -> Shape {
        line(&[[100.0, 200.0], [900.0, 200.0]])
    }

    fn roads() -> [Shape; 2] {
        [100.0, 900.0].map(|east| line(&[[east, -50.0], [east, 250.0]]))
    }

    /// A duct of four bores 200 m beside the street, and two roads that lead to it.
    fn registry(used: u32) -> Registry {
        let mut registry = Registry::new();
        let home = Territory::new("11824").unwrap();
        let mut put = |record| registry.put(&home, Seq(1), Version(1), record);
        let [west, south, east, north] = duct().bounding_box().expanded(5_000.0).edges();
        let outline = json!({ "type": "Polygon",
            "coordinates": [[[west, south], [east, south], [east, north], [west, north], [west, south]]] });
        let home = serde_json::from_value(json!({ "code": "11824", "name": "Vĩnh Bảo", "shape": outline })).unwrap();
        put(Record::Boundary { boundaries: Boundaries { home, neighbours: vec![] } });
        let text = json!({ "vi": "Thử", "en": "A trial" });
        let plan = json!({ "title": text, "instrument": "", "rule_set": "local",
            "roads": roads().map(|shape| json!({ "kind": "lane", "shape": shape })) });
        put(Record::Plan { plan: Box::new(serde_json::from_value(plan).unwrap()) });
        let rule_set = json!({ "code": "local", "title": text, "authority": "", "rules": [] });
        put(Record::RuleSet { rule_set: serde_json::from_value(rule_set).unwrap() });
        let asset = json!({ "id": DUCT, "class": "duct", "owner": "vnpt", "status": "operational", "shape": duct(),
            "survey": { "accuracy_m": 1.0 }, "bores": { "total": 4, "used": used } });
        put(Record::Asset { asset: Box::new(serde_json::from_value(asset).unwrap()) });
        registry
    }

    fn judged(used: u32) -> (Vec<Outcome>, std::collections::BTreeMap<Ground, BoundingBox>) {
        let registry = registry(used);
        let owner = hatang_core::OrganisationCode::new("viettel").unwrap();
        let street = line(&[[0.0, 0.0], [1_000.0, 0.0]]);
        let item = RequestItem { bores: Some(1), ..RequestItem::new(AssetClass::Duct, owner, street) };
        let rules = registry.rule_sets().values().next().unwrap();
        let reads = Reads::default();
        let part = (Part::Whole, &reads);
        let screened = judge_part(&registry, &Viewer::console(), &[item], rules, date(2026, 7, 1), part);
        (outcomes(&screened), reads.into_boxes())
    }

    #[test]
    fn a_duct_beside_the_street_that_fills_up_is_another_answer_and_its_place_was_looked_at() {
        let (before, boxes) = judged(3);
        let way = before.iter().find(|part| part.about == About::Way).unwrap();
        assert!((way.figure.unwrap() - 800.0).abs() < 1.0, "{way:?}");
        assert_eq!((way.verdict.as_str(), way.unit.as_deref()), ("partly_shared", Some("m")));
        assert!(way.grounds.contains(&format!("asset {DUCT}")), "{:?}", way.grounds);
        assert!(way.grounds.contains(&"0.0 m to ask for".to_owned()), "{:?}", way.grounds);

        let (now, _) = judged(4);
        let found = changes(&before, &now);
        let of_way = found.iter().find(|change| change.before.as_ref() == Some(way)).unwrap();
        assert_eq!(of_way.now, None, "all of it must be built");
        assert!(boxes[&Ground::Assets(AssetClass::Duct)].intersects(duct().bounding_box()));
        for road in roads() {
            assert!(boxes[&Ground::Lines(Layer::Roads)].intersects(road.bounding_box()), "a road that leads to it");
        }
    }
}
