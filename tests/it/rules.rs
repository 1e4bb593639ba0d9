//! An official enters a number, and the plan is changed: versions, days, what stays, and who may not.

use std::collections::BTreeMap;

use hatang_core::{Event, Role, RuleId, RuleSetCode, Verdict, Viewer};
use hatang_desk::{
    Desk, ErrorKind,
    amend_plan::{PlanAct, PlanChange, amend_plan},
    amend_rule::{RuleChange, amend_rule},
    demo,
    describe_plan::{describe_plan, plan_layer_as_of},
    describe_rule_sets::{describe_rule_sets, rule_set_changes},
    plan_layer::{PlanLayer, plan_layer},
    screen_request::screen_request_on,
    shipped_rule_sets::{NewRules, adopt_new_shipped_rules, new_shipped_rules},
    verify_journal::verify_journal,
};
use hatang_tests::{both, happens, sample_data};
use jiff::civil::date;

fn official(role: Role) -> Viewer {
    Viewer { role, ..Viewer::public() }
}

fn distance(seen_version: u32, metres: f64) -> RuleChange {
    RuleChange {
        seen_version,
        valid_from: date(2027, 1, 1),
        parameters: BTreeMap::from([("urban_m".to_owned(), Some(metres)), ("non_urban_m".to_owned(), Some(metres))]),
        instrument: "Văn bản thử".to_owned(),
        article: "Điều 1".to_owned(),
        text_vi: "Khoảng cách để thử.".to_owned(),
        reason: "Thử".to_owned(),
    }
}

#[tokio::test]
async fn a_number_that_an_official_enters_holds_from_its_day_and_earlier_days_keep_theirs() {
    let (set, rule) = (RuleSetCode::new("hai-phong").unwrap(), RuleId::new("SP-HP").unwrap());
    for place in both("rule_versions").await {
        let desk = &place.desk;
        demo::load(desk, &sample_data()).await.unwrap();
        let spacing = |on| {
            let request = std::fs::read(sample_data().join("requests/mast-near-a-free-slot.geojson")).unwrap();
            let screening = screen_request_on(desk, &Viewer::console(), &request, Some(&set), on).unwrap();
            let finding = screening.items[0].screened.findings.iter().find(|finding| finding.rule == rule).unwrap();
            (finding.version, finding.verdict, serde_json::to_string(&screening.items).unwrap())
        };
        let before = spacing(date(2026, 12, 31));
        assert_eq!((before.0, before.1), (1, Verdict::CannotTell), "{}: nothing is entered", place.name);

        let refused = amend_rule(desk, &official(Role::CarrierEditor), &set, &rule, distance(1, 200.0)).await;
        assert_eq!(refused.unwrap_err().kind(), ErrorKind::Refused, "{}", place.name);
        let nameless = RuleChange { instrument: " ".to_owned(), ..distance(1, 200.0) };
        let refused = amend_rule(desk, &official(Role::Assessor), &set, &rule, nameless).await;
        assert_eq!(refused.unwrap_err().code(), "rule.incomplete", "{}: no number without its text", place.name);

        amend_rule(desk, &official(Role::Assessor), &set, &rule, distance(1, 200.0)).await.unwrap();
        let again = amend_rule(desk, &official(Role::Assessor), &set, &rule, distance(1, 300.0)).await;
        assert_eq!(again.unwrap_err().code(), "rule.changed_meanwhile", "{}", place.name);

        assert_eq!(spacing(date(2026, 12, 31)), before, "{}: the day before keeps its bytes", place.name);
        let after = spacing(date(2027, 1, 1));
        assert_eq!((after.0, after.1), (2, Verdict::DoesNotComply), "{}", place.name);
        let sheets = describe_rule_sets(desk);
        let sheet = sheets.iter().find(|sheet| sheet.code == set).unwrap();
        let versions: Vec<u32> = sheet.rules[0].versions.iter().map(|version| version.version).collect();
        assert_eq!(versions, [2, 1], "{}: the history is readable", place.name);
        let changes = rule_set_changes(desk, &set).await.unwrap();
        assert_eq!(changes.len(), 2, "{}", place.name);
        assert_eq!(changes[0].reason.as_deref(), Some("Thử"), "{}", place.name);
        assert_eq!(verify_journal(desk, &Viewer::console()).await.unwrap().faults, [], "{}", place.name);
    }
}

#[tokio::test]
async fn a_planned_object_is_moved_and_retired_with_a_reason_and_the_day_before_still_shows_it() {
    for place in both("plan_versions").await {
        let desk = &place.desk;
        demo::load(desk, &sample_data()).await.unwrap();
        let console = Viewer::console();
        let planned = |desk: &Desk| plan_layer(desk, &console, PlanLayer::Planned);
        let first = planned(desk);
        let id = first.iter().find(|feature| feature["geometry"]["type"] == "Point").unwrap()["id"].clone();
        let change = |seen_version, reason: &str, act| PlanChange { seen_version, reason: reason.to_owned(), act };
        let moved = || PlanAct::MovePlanned {
            id: serde_json::from_value(id.clone()).unwrap(),
            geometry: serde_json::from_str(r#"{"type":"Point","coordinates":[106.48,20.68]}"#).unwrap(),
        };
        let lead = official(Role::PlanLead);
        let refused = amend_plan(desk, &official(Role::Assessor), change(1, "Thử", moved())).await;
        assert_eq!(refused.unwrap_err().kind(), ErrorKind::Refused, "{}", place.name);
        let silent = amend_plan(desk, &lead, change(1, " ", moved())).await;
        assert_eq!(silent.unwrap_err().code(), "plan.reason", "{}", place.name);

        assert_eq!(amend_plan(desk, &lead, change(1, "Dời", moved())).await.unwrap(), 2, "{}", place.name);
        let stale = amend_plan(desk, &lead, change(1, "Dời", moved())).await;
        assert_eq!(stale.unwrap_err().code(), "plan.changed_meanwhile", "{}", place.name);
        let retire = PlanAct::RetirePlanned { id: serde_json::from_value(id.clone()).unwrap() };
        assert_eq!(amend_plan(desk, &lead, change(2, "Bỏ", retire)).await.unwrap(), 3, "{}", place.name);

        assert_eq!(planned(desk).len(), first.len() - 1, "{}", place.name);
        let sheet = describe_plan(desk, &lead).await.unwrap().unwrap();
        let reasons: Vec<Option<&str>> = sheet.changes.iter().map(|change| change.reason.as_deref()).collect();
        assert_eq!(reasons, [Some("Bỏ"), Some("Dời"), None], "{}", place.name);
        let long_ago = plan_layer_as_of(desk, &console, PlanLayer::Planned, date(2000, 1, 1)).await.unwrap();
        assert!(long_ago.is_empty(), "{}: there was no plan then", place.name);
        let now = plan_layer_as_of(desk, &console, PlanLayer::Planned, desk.today()).await.unwrap();
        assert_eq!(now, planned(desk), "{}", place.name);
        let public = describe_plan(desk, &Viewer::public()).await.unwrap().unwrap();
        assert!(public.changes.is_empty(), "{}: how often it changed may tell what somebody plans", place.name);
    }
}

#[tokio::test]
async fn rules_that_a_newer_version_brings_are_adopted_on_request_and_nothing_else_changes() {
    let (set, missing) = (RuleSetCode::new("hai-phong").unwrap(), RuleId::new("MA-ZONE").unwrap());
    for place in both("rules_new").await {
        let desk = &place.desk;
        demo::load(desk, &sample_data()).await.unwrap();
        assert_eq!(new_shipped_rules(desk).unwrap(), [], "{}", place.name);
        let whole = desk.read(|registry| registry.rule_sets()[&set].clone());
        // As an earlier version of the product shipped it, with a number that an official has entered since.
        let mut earlier = whole.clone();
        earlier.rules.retain(|rule| rule.id != missing);
        happens(&place, Event::RuleSetAdopted { rule_set: earlier, reason: None }).await;
        let rule = RuleId::new("SP-HP").unwrap();
        let entered = amend_rule(desk, &official(Role::Assessor), &set, &rule, distance(1, 200.0)).await.unwrap();

        let new = vec![NewRules { rule_set: set.clone(), new: vec![missing.clone()] }];
        assert_eq!(new_shipped_rules(desk).unwrap(), new, "{}", place.name);
        let refused = adopt_new_shipped_rules(desk, &official(Role::Assessor), "x").await.unwrap_err();
        assert_eq!(refused.kind(), ErrorKind::Refused, "{}", place.name);
        let refused = adopt_new_shipped_rules(desk, &Viewer::console(), " ").await.unwrap_err();
        assert_eq!(refused.code(), "rule.incomplete", "{}", place.name);
        assert_eq!(adopt_new_shipped_rules(desk, &Viewer::console(), "Bản mới").await.unwrap(), new, "{}", place.name);
        let now = desk.read(|registry| registry.rule_sets()[&set].clone());
        let (added, kept): (Vec<_>, Vec<_>) = now.rules.into_iter().partition(|rule| rule.id == missing);
        assert_eq!(kept, entered.rules, "{}: what is there stays", place.name);
        assert!(!added.is_empty() && added.iter().all(|rule| whole.rules.contains(rule)), "{}", place.name);
        let again = adopt_new_shipped_rules(desk, &Viewer::console(), "Bản mới").await.unwrap_err();
        assert_eq!(again.code(), "rule.nothing_new", "{}", place.name);
    }
}
