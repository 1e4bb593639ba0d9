use super::*;
use crate::units::Metres;

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

fn rule(id: &str, version: u32, from: Option<&str>, below: f64) -> Rule {
    Rule {
        id: RuleId::new(id).unwrap(),
        version,
        name: Text::default(),
        subjects: vec![AssetClass::Mast],
        severity: Severity::Warn,
        valid_from: from.map(day),
        valid_to: None,
        predicate: Predicate::BelowHeight { below_m: Metres::new(below).ok() },
        gate: None,
        contradicts: Vec::new(),
        citation: Citation {
            instrument: String::new(),
            article: String::new(),
            text_vi: String::new(),
            confidence: Confidence::Text,
            reviewed_by: None,
        },
    }
}

fn set(rules: Vec<Rule>) -> RuleSet {
    RuleSet {
        code: RuleSetCode::new("test").unwrap(),
        title: Text::default(),
        authority: String::new(),
        template: false,
        valid_from: Some(day("2026-01-01")),
        valid_to: Some(day("2027-12-31")),
        area: None,
        rules,
        clocks: Vec::new(),
    }
}

#[test]
fn a_day_finds_the_latest_version_that_holds_on_it() {
    let set = set(vec![rule("A", 1, None, 1.0), rule("A", 2, Some("2026-07-01"), 2.0), rule("B", 1, None, 9.0)]);
    for (name, on, version, in_force) in [
        ("before the set", "2025-12-31", 2, false),
        ("its first day", "2026-01-01", 1, true),
        ("the day before the change", "2026-06-30", 1, true),
        ("the day of the change", "2026-07-01", 2, true),
        ("its last day", "2027-12-31", 2, true),
        ("after it", "2028-01-01", 2, false),
    ] {
        let found = set.on(day(on));
        assert_eq!(found.len(), 2, "{name}: each rule once");
        let (rule, holds) = match found[0] {
            Standing::InForce(rule) => (rule, true),
            Standing::NotInForce(rule) => (rule, false),
        };
        assert_eq!((rule.version, holds), (version, in_force), "{name}");
    }
}

#[test]
fn a_later_decision_outweighs_an_earlier_one_from_its_own_first_day() {
    let two = set(vec![rule("A", 1, None, 1.0), rule("A", 2, Some("2027-01-01"), 2.0)]);
    let three = two.with_next_version(rule("A", 0, Some("2026-06-01"), 3.0));
    assert_eq!(three.newest(&RuleId::new("A").unwrap()).map(|rule| rule.version), Some(3));
    assert_eq!(three.rule(&RuleId::new("A").unwrap(), 1), two.rule(&RuleId::new("A").unwrap(), 1), "old ones stay");
    for (on, version) in [("2026-05-31", 1), ("2026-06-01", 3), ("2027-01-01", 3)] {
        let Standing::InForce(rule) = three.on(day(on))[0] else { panic!("{on}") };
        assert_eq!(rule.version, version, "{on}");
    }
}

fn clock(version: u32, from: Option<&str>, days: u32) -> Clock {
    Clock {
        id: RuleId::new("CK").unwrap(),
        version,
        name: Text::default(),
        limit: Some(ClockLimit::Days { count: days }),
        extension: None,
        valid_from: from.map(day),
        valid_to: None,
        contradicts: Vec::new(),
        citation: rule("A", 1, None, 1.0).citation,
    }
}

#[test]
fn a_clock_gets_its_next_version_behind_the_others_and_earlier_days_keep_theirs() {
    let other = Clock { id: RuleId::new("CK-OTHER").unwrap(), ..clock(1, None, 9) };
    let one = RuleSet { clocks: vec![clock(1, None, 30), other], ..set(Vec::new()) };
    let two = one.with_next_clock_version(clock(0, Some("2026-07-01"), 15));
    let order: Vec<(&str, u32)> = two.clocks.iter().map(|clock| (clock.id.as_str(), clock.version)).collect();
    assert_eq!(order, [("CK", 1), ("CK", 2), ("CK-OTHER", 1)]);
    assert_eq!(two.clock(&one.clocks[0].id, 1), Some(&one.clocks[0]), "what stands is not changed");
    for (on, days) in [("2026-06-30", 30), ("2026-07-01", 15)] {
        let found = two.clocks_on(day(on));
        assert_eq!((found.len(), found[0].limit), (2, Some(ClockLimit::Days { count: days })), "{on}");
    }
}

#[test]
fn what_binds_one_kind_of_predicate_is_found_as_among_all_rules_and_in_their_order() {
    let unset = |id: &str| Rule { predicate: Predicate::BelowHeight { below_m: None }, ..rule(id, 1, None, 0.0) };
    let other = Rule { predicate: Predicate::InPlan { within_m: Metres::ZERO }, ..rule("C", 1, None, 0.0) };
    let set = set(vec![
        unset("A"),
        other,
        rule("B", 1, None, 9.0),
        rule("A", 2, Some("2026-07-01"), 2.0),
        rule("B", 2, Some("2027-01-01"), 8.0),
    ]);
    let states_a_height = |predicate: &Predicate| matches!(predicate, Predicate::BelowHeight { below_m: Some(_) });
    for on in ["2025-12-31", "2026-06-30", "2026-07-01", "2027-01-01", "2028-01-01"] {
        let among_all: Vec<&Rule> = set
            .on(day(on))
            .into_iter()
            .filter_map(|standing| match standing {
                Standing::InForce(rule) if states_a_height(&rule.predicate) => Some(rule),
                _ => None,
            })
            .collect();
        assert_eq!(set.in_force_where(day(on), states_a_height), among_all, "{on}");
    }
    let found = set.in_force_where(day("2027-01-01"), states_a_height);
    let found: Vec<(&str, u32)> = found.iter().map(|rule| (rule.id.as_str(), rule.version)).collect();
    assert_eq!(found, [("A", 2), ("B", 2)], "a number that came later keeps its rule's place");
}

#[test]
fn a_parameter_is_set_by_its_name_and_keeps_to_what_it_can_hold() {
    let mut predicate: Predicate = serde_json::from_value(serde_json::json!({
        "kind": "clear_of", "layer": "dykes",
        "strips": [{ "classes": ["I"], "least_m": 5.0 }, { "classes": ["IV"] }],
    }))
    .unwrap();
    let names: Vec<String> = predicate.parameters().into_iter().map(|one| one.name).collect();
    assert_eq!(
        names,
        ["strips.0.least_m", "strips.0.most_m", "strips.1.least_m", "strips.1.most_m", "heights", "vertical_m"]
    );
    predicate.set("strips.1.least_m", Some(7.5)).unwrap();
    assert_eq!(predicate.parameters()[2].value, Some(7.5));
    for (name, value) in [("strips.2.least_m", Some(1.0)), ("heights", Some(-1.0)), ("vertical_m", Some(f64::NAN))] {
        assert!(predicate.set(name, value).is_err(), "{name} {value:?}");
    }
    let mut boxes = Predicate::BoxesPerOperator { most: None };
    assert!(boxes.set("most", Some(1.5)).is_err());
    boxes.set("most", Some(1.0)).unwrap();
    assert_eq!(boxes, Predicate::BoxesPerOperator { most: Some(1) });
}

#[test]
fn a_rule_from_before_owed_papers_and_mast_classes_is_read_and_written_as_it_was() {
    let predicate = r#"{"kind":"not_in_zone","zones":["mast_land"],"side":"outside"}"#;
    let read: Predicate = serde_json::from_str(predicate).unwrap();
    assert_eq!(serde_json::to_string(&read).unwrap(), predicate, "so that its hash stands");
    let gate = r#"{"authority":{"vi":"a","en":"b"},"approval":{"vi":"c","en":"d"},"clock":"CK-AIR"}"#;
    let read: Gate = serde_json::from_str(gate).unwrap();
    assert!(!read.owed);
    assert_eq!(serde_json::to_string(&read).unwrap(), gate, "so that its hash stands");
}
