//! A plan folder is loaded again: what officials and owners have decided since stays and is told. On both databases.

use std::collections::BTreeMap;

use hatang_core::{
    AssetClass, AssetId, OrganisationCode, Role, RuleId, RuleSet, RuleSetCode, Shape, Text, Version, Viewer,
    plan::Plan,
    rule_set::ClockLimit,
    works::{Works, WorksStage, WorksStep},
};
use hatang_desk::{
    Desk, Edge, ErrorKind,
    amend_clock::{ClockChange, amend_clock},
    amend_plan::{PlanAct, PlanChange, amend_plan},
    amend_rule::{RuleChange, amend_rule},
    load_plan::load_plan,
    shipped_rule_sets::shipped_rule_sets,
    step_works::{reply_works, step_works},
    verify_journal::verify_journal,
};
use hatang_exchange::{PlanFolder, read_plan_folder};
use hatang_tests::{both, sample_data};
use jiff::civil::date;

/// The sample's plan folder with the shipped rule sets in it, read anew: its objects have other identities each time.
fn folder() -> PlanFolder {
    let read = read_plan_folder(&sample_data().join("plan"), &mut Edge::real().asset_ids()).unwrap();
    PlanFolder { rule_sets: shipped_rule_sets().unwrap(), ..read }
}

fn hai_phong() -> RuleSetCode {
    RuleSetCode::new("hai-phong").unwrap()
}

fn spacing() -> RuleId {
    RuleId::new("SP-HP").unwrap()
}

fn official(role: Role) -> Viewer {
    Viewer { role, ..Viewer::public() }
}

fn roads() -> Viewer {
    Viewer { organisation: OrganisationCode::new("road").ok(), ..official(Role::Utility) }
}

fn point(lon: f64) -> Shape {
    serde_json::from_value(serde_json::json!({ "type": "Point", "coordinates": [lon, 20.68] })).unwrap()
}

fn plan(desk: &Desk) -> Plan {
    desk.read(|registry| registry.home().unwrap().1.plan.clone()).unwrap()
}

fn works(desk: &Desk, code: &str) -> Works {
    desk.read(|registry| registry.home().unwrap().1.works[code].clone())
}

fn rules(desk: &Desk) -> RuleSet {
    desk.read(|registry| registry.rule_sets()[&hai_phong()].clone())
}

fn id_of(desk: &Desk, code: &str) -> AssetId {
    let is_it = |asset: &&hatang_core::Asset| asset.code.as_ref().is_some_and(|own| own.as_str() == code);
    plan(desk).planned.iter().find(is_it).unwrap().id
}

/// An official enters a distance, which is version 2 of the rule.
async fn enter_distance(desk: &Desk) {
    let change = RuleChange {
        seen_version: 1,
        valid_from: date(2027, 1, 1),
        parameters: BTreeMap::from([("urban_m".to_owned(), Some(200.0)), ("non_urban_m".to_owned(), Some(200.0))]),
        instrument: "Văn bản thử".to_owned(),
        article: "Điều 1".to_owned(),
        text_vi: "Khoảng cách để thử.".to_owned(),
        reason: "Thử".to_owned(),
    };
    amend_rule(desk, &official(Role::Assessor), &hai_phong(), &spacing(), change).await.unwrap();
}

/// The plan lead adds one mast, moves and gives up one each, and does the same with zones.
async fn change_plan(desk: &Desk) {
    let added = PlanAct::AddPlanned {
        class: AssetClass::Mast,
        owner: OrganisationCode::new("viettel").unwrap(),
        geometry: point(106.4805),
        properties: serde_json::Map::from_iter([("code".to_owned(), "QH-THEM".into())]),
    };
    let area = serde_json::json!({ "type": "Polygon",
        "coordinates": [[[106.48, 20.68], [106.482, 20.68], [106.482, 20.682], [106.48, 20.68]]] });
    let area: Shape = serde_json::from_value(area).unwrap();
    let zone = PlanAct::AddZone {
        zone: "no_new_poles".to_owned(),
        name: Some("Khu thử".to_owned()),
        instrument: None,
        geometry: area.clone(),
    };
    let acts = [
        added,
        PlanAct::MovePlanned { id: id_of(desk, "QH-COT-01"), geometry: point(106.481) },
        PlanAct::RetirePlanned { id: id_of(desk, "QH-COT-02") },
        zone,
        PlanAct::MoveZone { number: 0, geometry: area },
    ];
    for (seen_version, act) in (1..).zip(acts) {
        let change = PlanChange { seen_version, reason: "Thử".to_owned(), act };
        amend_plan(desk, &official(Role::PlanLead), change).await.unwrap();
    }
}

fn tells(told: &[Text], word: &str) -> bool {
    told.iter().any(|text| text.vi.contains(word) && text.en.contains(word))
}

#[tokio::test]
async fn a_folder_that_is_loaded_again_leaves_what_was_decided_since_and_tells_it() {
    for place in both("plan_reload").await {
        let (desk, console) = (&place.desk, Viewer::console());
        let first = load_plan(desk, &console, folder()).await.unwrap();
        assert_eq!((first.kept, first.replaced), (vec![], vec![]), "{}: there was nothing to keep", place.name);
        let fresh = plan(desk);
        let again = load_plan(desk, &console, folder()).await.unwrap();
        assert_eq!((again.kept, again.replaced), (vec![], vec![]), "{}: nothing was decided", place.name);
        assert_eq!(plan(desk), fresh, "{}: the same objects under the same identities", place.name);

        enter_distance(desk).await;
        let version = desk.read(|registry| registry.home().unwrap().1.works_versions["CT-01"]);
        assert_eq!(version, Version(2), "{}", place.name);
        let begun = step_works(desk, &roads(), "CT-01", version, WorksStep::Start).await.unwrap();
        reply_works(desk, &roads(), "CT-01", begun.version, 2).await.unwrap();
        assert_eq!(verify_journal(desk, &console).await.unwrap().faults, [], "{}", place.name);
        let (rules_before, works_before) = (rules(desk), works(desk, "CT-01"));

        let loaded = load_plan(desk, &console, folder()).await.unwrap();
        assert_eq!(rules(desk), rules_before, "{}", place.name);
        assert_eq!(rules(desk).newest(&spacing()).unwrap().version, 2, "{}", place.name);
        assert_eq!(works(desk, "CT-01"), works_before, "{}", place.name);
        assert_eq!((works_before.stage, works_before.ducts_agreed), (WorksStage::InProgress, Some(2)));
        assert_eq!(loaded.kept.len(), 2, "{}: {:?}", place.name, loaded.kept);
        assert!(tells(&loaded.kept, "SP-HP") && tells(&loaded.kept, "CT-01"), "{}: {:?}", place.name, loaded.kept);
        assert_eq!(loaded.replaced, [], "{}", place.name);
    }
}

#[tokio::test]
async fn planned_objects_and_zones_stay_as_officials_left_them() {
    for place in both("plan_reload_objects").await {
        let (desk, console) = (&place.desk, Viewer::console());
        load_plan(desk, &console, folder()).await.unwrap();
        change_plan(desk).await;
        let decided = plan(desk);
        for load in 1..=2 {
            let loaded = load_plan(desk, &console, folder()).await.unwrap();
            assert_eq!(plan(desk), decided, "{}: load {load}", place.name);
            for word in ["QH-THEM", "QH-COT-01", "QH-COT-02", "Khu thử"] {
                assert!(tells(&loaded.kept, word), "{}: {word} in {:?}", place.name, loaded.kept);
            }
            assert_eq!(loaded.replaced, [], "{}: load {load}", place.name);
        }
        // What the folder itself gives up goes, and is told; what officials entered stays.
        let mut smaller = folder();
        smaller.plan.planned.retain(|asset| asset.class() == AssetClass::Mast);
        let loaded = load_plan(desk, &console, smaller).await.unwrap();
        assert!(tells(&loaded.replaced, "QH-ONG-01") && tells(&loaded.kept, "QH-THEM"), "{}: {loaded:?}", place.name);
        let ducts = plan(desk).planned.iter().filter(|asset| asset.class() == AssetClass::Duct).count();
        assert_eq!(ducts, 0, "{}", place.name);
        assert_eq!(verify_journal(desk, &console).await.unwrap().faults, [], "{}", place.name);
    }
}

#[tokio::test]
async fn a_version_that_an_official_entered_is_not_written_over_and_one_from_a_file_is() {
    for place in both("plan_reload_rules").await {
        let (desk, console) = (&place.desk, Viewer::console());
        load_plan(desk, &console, folder()).await.unwrap();
        let with = |change: &dyn Fn(&RuleSet) -> RuleSet| {
            let mut folder = folder();
            for set in folder.rule_sets.iter_mut().filter(|set| set.code == hai_phong()) {
                *set = change(set);
            }
            folder
        };
        let reworded = with(&|set: &RuleSet| {
            let mut set = set.clone();
            set.rules.iter_mut().find(|rule| rule.id == spacing()).unwrap().citation.article = "Điều 9".to_owned();
            set
        });
        let loaded = load_plan(desk, &console, reworded).await.unwrap();
        assert_eq!(rules(desk).rule(&spacing(), 1).unwrap().citation.article, "Điều 9", "{}", place.name);
        assert!(tells(&loaded.replaced, "SP-HP"), "{}: {loaded:?}", place.name);
        load_plan(desk, &console, folder()).await.unwrap();

        enter_distance(desk).await;
        let before = rules(desk);
        let second = |set: &RuleSet| set.with_next_version(set.newest(&spacing()).unwrap().clone());
        let refused = load_plan(desk, &console, with(&second)).await.unwrap_err();
        assert_eq!((refused.kind(), refused.code()), (ErrorKind::Conflict, "plan.rule_entered"), "{}", place.name);
        assert_eq!(refused.value().as_deref(), Some("hai-phong: SP-HP (2)"), "{}", place.name);
        assert_eq!(rules(desk), before, "{}: nothing was written", place.name);
        // Its next number is free, once the version of the official is in the folder too.
        let third = with(&|_: &RuleSet| before.with_next_version(before.newest(&spacing()).unwrap().clone()));
        load_plan(desk, &console, third).await.unwrap();
        let versions: Vec<u32> =
            rules(desk).rules.iter().filter(|rule| rule.id == spacing()).map(|rule| rule.version).collect();
        assert_eq!(versions, [1, 2, 3], "{}", place.name);
    }
}

#[tokio::test]
async fn a_work_of_a_folder_that_no_form_would_take_is_refused_with_everything_else() {
    for place in both("plan_reload_works").await {
        let mut folder = folder();
        folder.works[0].sector = "gas".to_owned();
        let refused = load_plan(&place.desk, &Viewer::console(), folder).await.unwrap_err();
        assert_eq!(refused.code(), "works.sector_unknown", "{}", place.name);
        assert!(refused.value().is_some_and(|value| value.contains("CT-01")), "{}: {refused}", place.name);
        assert!(place.desk.read(|registry| registry.home().is_none()), "{}: nothing was written", place.name);
    }
}

#[tokio::test]
async fn every_other_part_and_the_statement_stay_as_officials_left_them() {
    for place in both("plan_reload_parts").await {
        let (desk, console) = (&place.desk, Viewer::console());
        load_plan(desk, &console, folder()).await.unwrap();
        let fresh = plan(desk);
        let said = |said: serde_json::Value| said.as_object().unwrap().clone();
        let acts = [
            PlanAct::ChangeFeature {
                layer: "hamlets".to_owned(),
                number: 0,
                properties: said(serde_json::json!({ "people": 1234 })),
                geometry: None,
            },
            PlanAct::AddFeature {
                layer: "places".to_owned(),
                properties: said(serde_json::json!({ "kind": "school", "name": "Trường thử" })),
                geometry: serde_json::json!({ "type": "Point", "coordinates": [106.48, 20.68] }),
            },
            PlanAct::RetireFeature { layer: "roads".to_owned(), number: 0 },
            PlanAct::RetireFeature { layer: fresh.constraints[0].layer.to_string(), number: 0 },
            PlanAct::State { says: said(serde_json::json!({ "instrument": "QĐ thử", "complete": [] })) },
        ];
        for (seen_version, act) in (1..).zip(acts) {
            let change = PlanChange { seen_version, reason: "Thử".to_owned(), act };
            amend_plan(desk, &official(Role::PlanLead), change).await.unwrap();
        }
        let decided = plan(desk);
        assert_eq!((decided.roads.len() + 1, decided.places.len()), (fresh.roads.len(), fresh.places.len() + 1));
        for load in 1..=2 {
            let loaded = load_plan(desk, &console, folder()).await.unwrap();
            let now = plan(desk);
            // What came last of a list may come elsewhere in it.
            assert_eq!(all(&now, "hamlets"), all(&decided, "hamlets"), "{}: load {load}", place.name);
            assert_eq!(all(&now, "places"), all(&decided, "places"), "{}: load {load}", place.name);
            assert_eq!(all(&now, "roads"), all(&decided, "roads"), "{}: load {load}", place.name);
            assert_eq!(all(&now, "constraints"), all(&decided, "constraints"), "{}: load {load}", place.name);
            assert_eq!((&*now.instrument, now.complete.len()), ("QĐ thử", 0), "{}: load {load}", place.name);
            for word in [&*fresh.hamlets[0].name, "Trường thử", "`instrument`", "`complete`"] {
                assert!(tells(&loaded.kept, word), "{}: {word} in {:?}", place.name, loaded.kept);
            }
            assert_eq!(loaded.replaced, [], "{}: load {load}", place.name);
        }
        assert_eq!(verify_journal(desk, &console).await.unwrap().faults, [], "{}", place.name);
    }
}

/// The parts of a list of the plan, in whichever order.
fn all(plan: &Plan, list: &str) -> Vec<String> {
    let whole = serde_json::json!(plan);
    let mut said: Vec<String> = whole[list].as_array().unwrap().iter().map(ToString::to_string).collect();
    said.sort();
    said
}

#[tokio::test]
async fn a_period_that_an_official_entered_is_not_written_over_and_one_from_a_file_is() {
    for place in both("plan_reload_clocks").await {
        let (desk, console) = (&place.desk, Viewer::console());
        load_plan(desk, &console, folder()).await.unwrap();
        let clock = RuleId::new("CK-SHARE").unwrap();
        let with = |version: u32, days: u32| {
            let mut folder = folder();
            for set in folder.rule_sets.iter_mut().filter(|set| set.code == hai_phong()) {
                let mut own = set.newest_clock(&clock).unwrap().clone();
                (own.version, own.limit) = (version, Some(ClockLimit::Days { count: days }));
                set.clocks.retain(|other| other.id != clock || other.version != version);
                set.clocks.push(own);
            }
            folder
        };
        let limits = || {
            let versions = rules(desk).clocks.into_iter().filter(|one| one.id == clock);
            versions.map(|one| (one.version, one.limit)).collect::<Vec<_>>()
        };
        let days = |count| Some(ClockLimit::Days { count });
        let loaded = load_plan(desk, &console, with(1, 30)).await.unwrap();
        assert!(tells(&loaded.replaced, "CK-SHARE"), "{}: {loaded:?}", place.name);
        assert_eq!(limits(), [(1, days(30))], "{}", place.name);

        let change = ClockChange {
            seen_version: 1,
            valid_from: date(2027, 1, 1),
            limit: days(7),
            extension: None,
            instrument: "Văn bản thử".to_owned(),
            article: "Điều 1".to_owned(),
            text_vi: "Thời hạn để thử.".to_owned(),
            reason: "Thử".to_owned(),
        };
        amend_clock(desk, &official(Role::Assessor), &hai_phong(), &clock, change).await.unwrap();
        let before = rules(desk);
        let loaded = load_plan(desk, &console, with(1, 30)).await.unwrap();
        assert!(tells(&loaded.kept, "CK-SHARE"), "{}: {loaded:?}", place.name);
        assert_eq!((rules(desk), loaded.replaced), (before.clone(), vec![]), "{}", place.name);

        let refused = load_plan(desk, &console, with(2, 15)).await.unwrap_err();
        assert_eq!((refused.kind(), refused.code()), (ErrorKind::Conflict, "plan.rule_entered"), "{}", place.name);
        assert_eq!(refused.value().as_deref(), Some("hai-phong: CK-SHARE (2)"), "{}", place.name);
        assert_eq!(rules(desk), before, "{}: nothing was written", place.name);
    }
}
