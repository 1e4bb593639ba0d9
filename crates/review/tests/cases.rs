//! The planners' cases of `tests/cases`, judged one by one.
#![expect(clippy::unwrap_used, reason = "a case that cannot be read fails its test")]

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use hatang_core::{
    Asset, AssetId, Capacity, Held, NetworkCode, Organisation, OrganisationCode, OrganisationKind, Record, Registry,
    RequestItem, Role, RuleSet, Seq, Territory, Verdict, Version, Viewer,
    plan::{Plan, Works, Zone},
};
use hatang_review::{HostCandidate, HostVerdict, Missing, Saves, Scene, Screened, screen};
use serde_json::{Value, json};

/// Each carrier with its only network, and a tower company, which runs none.
const ORGANISATIONS: [(&str, OrganisationKind, &[&str]); 4] = [
    ("viettel", OrganisationKind::Carrier, &["viettel"]),
    ("vnpt", OrganisationKind::Carrier, &["vinaphone"]),
    ("mobifone", OrganisationKind::Carrier, &["mobifone"]),
    ("towerco", OrganisationKind::TowerCompany, &[]),
];

#[test]
fn every_case_is_judged_as_its_planner_expects() {
    for (name, case, expected) in cases() {
        for note in ["note_vi", "note_en"] {
            assert!(expected[note].as_str().is_some_and(|text| !text.is_empty()), "{name} says why it exists");
        }
        let (found, again) = (judge(&case, &expected), judge(&case, &expected));
        assert_eq!(
            serde_json::to_string(&found).unwrap(),
            serde_json::to_string(&again).unwrap(),
            "{name}: same bytes"
        );
        assert_eq!(Value::Array(found.iter().map(compact).collect()), with_defaults(&expected["items"]), "{name}");
    }
}

#[test]
fn no_host_of_unknown_capacity_counts_as_free_and_hosts_are_ranked() {
    for (name, case, expected) in cases() {
        for host in judge(&case, &expected).iter().flat_map(|found| &found.hosts) {
            let shareable = host.verdict <= HostVerdict::ShareableAfterWorks;
            assert!(!shareable || matches!(host.free, Capacity::Known(_)), "{name}: {host:?}");
            assert!(shareable || host.saves == Saves::default(), "{name}: nothing is saved by what may not be shared");
            assert!(!host.reasons.is_empty() && !host.factors.is_empty(), "{name}: {host:?}");
            let product: f64 = host.factors.iter().map(|factor| factor.value).product();
            assert!((host.score - product).abs() < 0.001, "{name}: a score is the product of its visible factors");
        }
        for found in judge(&case, &expected) {
            assert!(found.hosts.is_sorted_by(|a, b| b.score <= a.score), "{name}: best first");
        }
    }
}

#[test]
fn a_measured_length_always_shows_its_radius_and_the_radius_bears_its_verdict_out() {
    for (name, case, expected) in cases() {
        for finding in judge(&case, &expected).iter().flat_map(|found| &found.findings) {
            let (Some(measured), Some(limit)) = (finding.measured, finding.limit) else { continue };
            if measured.unit != "m" {
                continue;
            }
            assert!(0.0 < measured.accuracy, "{name}: {measured:?}");
            let [low, high] = [measured.value - measured.accuracy, measured.value + measured.accuracy];
            let is_parallel = finding.rule.as_str() == "PO-DUP";
            let certain = match (finding.verdict, is_parallel) {
                (Verdict::DoesNotComply, true) | (Verdict::Complies, false) => limit.value <= low,
                (Verdict::DoesNotComply, false) | (Verdict::Complies, true) => high < limit.value,
                _ => continue,
            };
            assert!(certain, "{name}: {finding:?}");
        }
    }
}

#[test]
fn a_host_says_what_was_assumed_and_what_must_be_checked() {
    let folder = root().join("tests/cases");
    let first = |case: &str| {
        let case = folder.join(case);
        judge(&case, &read(&case.join("expected.json"))).remove(0).hosts.remove(0)
    };
    let strong = first("strength-that-nobody-has-stated");
    let structural = strong.factors.iter().find(|factor| factor.name == "structural").unwrap();
    assert_eq!(structural.reason_en, "The structure uses 90 % of its strength; the added load must be checked.");
    let duct = first("duct-asked-without-a-number-of-bores");
    let one_bore = "The request names no number of bores: judged for 1.";
    assert!(duct.assumptions.iter().any(|text| text.en == one_bore), "{:?}", duct.assumptions);
    assert!(duct.reasons.iter().any(|text| text.en == one_bore), "{:?}", duct.reasons);
}

#[test]
fn an_answer_has_the_fields_of_the_contract() {
    let (_, case, expected) = cases().into_iter().find(|(name, ..)| name == "spacing-119-against-120").unwrap();
    let answer = serde_json::to_value(&judge(&case, &expected)[0]).unwrap();
    let finding = &answer["findings"][0];
    assert_eq!(finding["measured"], json!({ "value": 118.996, "accuracy": 5.0, "unit": "m" }));
    assert_eq!(finding["limit"], json!({ "value": 120.0, "unit": "m" }));
    assert_eq!(finding["citation"]["confidence"], "TEXT");
    assert_eq!(
        finding["reason_vi"],
        "Cột VT-1 cách 119 ± 5 m, khoảng cách tối thiểu 120 m (khu vực đô thị): chưa thể kết luận, còn thiếu toạ độ chính xác hơn của VT-1 hoặc của hồ sơ."
    );
    let host = &answer["hosts"][0];
    assert_eq!(host["free"], json!({ "known": 2 }));
    assert_eq!(host["saves"], json!({ "masts": 1, "trench_m": 0.0 }));
    let fields = |value: &Value| value.as_object().unwrap().keys().cloned().collect::<Vec<_>>().join(" ");
    assert_eq!(
        fields(finding),
        "assets assumptions citation limit measured missing name_en name_vi reason_en reason_vi rule severity verdict version"
    );
    assert_eq!(
        fields(host),
        "accuracy_m asset assumptions at class code distance_m factors free geometry next_step_en next_step_vi owner reasons request_at saves score verdict"
    );
}

#[test]
fn the_public_reads_no_exact_place_code_or_capacity() {
    let (_, case, expected) = cases().into_iter().find(|(name, ..)| name == "public-view-cannot-tell").unwrap();
    let scene = read(&case.join("scene.geojson"));
    let mast =
        scene["features"].as_array().unwrap().iter().find(|feature| feature["properties"]["class"] == "mast").unwrap();
    let answer = serde_json::to_string(&judge(&case, &expected)).unwrap();
    let secrets =
        [mast["geometry"]["coordinates"][0].to_string(), "VT-1".to_owned(), "\"known\"".to_owned(), "42 m".to_owned()];
    for secret in secrets {
        assert!(!answer.contains(&secret), "the public must not read {secret}");
    }
}

#[test]
fn the_rule_sets_cite_what_they_rest_on_and_hai_phong_borrows_nothing() {
    let template = rule_set("bac-ninh-72-2025");
    assert!(template.template && template.title.vi.contains("mẫu của tỉnh khác"));
    let own = rule_set("hai-phong");
    assert!(!own.template);
    for rule in template.rules.iter().chain(&own.rules) {
        let citation = &rule.citation;
        let texts = [&rule.name.vi, &rule.name.en, &citation.instrument, &citation.article, &citation.text_vi];
        assert!(texts.iter().all(|text| !text.is_empty()), "{}", rule.id);
    }
    let text = fs::read_to_string(root().join("rule-sets/hai-phong.toml")).unwrap();
    for foreign in ["Bắc Ninh", "72/2025", "120", "250", "300", "450"] {
        assert!(!text.contains(foreign), "`{foreign}` is another province's");
    }
    let ids: Vec<&str> = own.rules.iter().map(|rule| rule.id.as_str()).collect();
    assert_eq!(ids, ["SP-HP", "MA-2OP", "PO-DUP"]);
}

/// Name, folder and expectation of each case.
fn cases() -> Vec<(String, PathBuf, Value)> {
    let folder = root().join("tests/cases");
    let mut cases: Vec<_> = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    cases.retain(|path| path.is_dir());
    cases.sort();
    assert!(14 <= cases.len(), "only {} cases in {}", cases.len(), folder.display());
    let named = |case: PathBuf| {
        let expected = read(&case.join("expected.json"));
        (case.file_name().unwrap().display().to_string(), case, expected)
    };
    cases.into_iter().map(named).collect()
}

fn judge(case: &Path, expected: &Value) -> Vec<Screened> {
    let mut stage = Stage::default();
    let features = read(&case.join("scene.geojson"))["features"].as_array().unwrap().clone();
    features.iter().enumerate().for_each(|(number, feature)| stage.put(number, feature));
    let viewer = viewer(expected["viewer"].as_str().unwrap());
    let works: Vec<&Works> = stage.works.iter().collect();
    let rule_set = rule_set(expected["ruleset"].as_str().unwrap());
    let plan: Plan = serde_json::from_value(json!({
        "title": { "vi": "", "en": "" }, "instrument": "", "synthetic": true, "rule_set": rule_set.code,
    }))
    .unwrap();
    let plan = Plan { zones: stage.zones, planned: stage.planned, ..plan };
    let scene = Scene { seen: stage.registry.seen_by(&viewer), rule_set: &rule_set, plan: Some(&plan), works: &works };
    let requests = read(&case.join("request.geojson"))["features"].as_array().unwrap().clone();
    requests.iter().map(|feature| screen(&request(feature), &scene)).collect()
}

/// What a scene's features are sorted into.
struct Stage {
    registry: Registry,
    zones: Vec<Zone>,
    works: Vec<Works>,
    planned: Vec<Asset>,
}

impl Default for Stage {
    fn default() -> Self {
        let mut registry = Registry::new();
        for (owner, kind, networks) in ORGANISATIONS {
            let organisation = Organisation {
                code: OrganisationCode::new(owner).unwrap(),
                name: owner.to_owned(),
                kind,
                networks: networks.iter().map(|network| NetworkCode::new(network).unwrap()).collect(),
            };
            registry.put(&Territory::authority(), Seq(1), Version(1), Record::Organisation { organisation });
        }
        Self { registry, zones: Vec::new(), works: Vec::new(), planned: Vec::new() }
    }
}

impl Stage {
    fn put(&mut self, number: usize, feature: &Value) {
        let mut record = flat(feature);
        if feature["properties"]["zone"].is_string() {
            self.zones.push(serde_json::from_value(record).unwrap());
        } else if feature["properties"]["stage"].is_string() {
            self.works.push(serde_json::from_value(record).unwrap());
        } else {
            record["id"] = json!(AssetId(uuid::Uuid::from_u128(number as u128 + 1)));
            record["survey"] = json!({ "accuracy_m": record["accuracy_m"] });
            for units in ["slots", "attachments", "bores"] {
                let of = |part: &str| record[format!("{units}_{part}")].clone();
                record[units] = json!({ "total": of("total"), "used": of("used") });
            }
            let asset: Asset = serde_json::from_value(record).unwrap();
            asset.check().unwrap();
            if feature["properties"]["layer"] == "planned" {
                return self.planned.push(asset);
            }
            let territory = Territory::new("11824").unwrap();
            self.registry.put_assets([Held { asset, territory, version: Version(1), seq: Seq(1) }]);
        }
    }
}

fn request(feature: &Value) -> RequestItem {
    serde_json::from_value(flat(feature)).unwrap()
}

/// A feature's properties with its geometry as `shape`, as records are written.
fn flat(feature: &Value) -> Value {
    let mut record = feature["properties"].clone();
    record["shape"] = feature["geometry"].clone();
    record
}

fn viewer(name: &str) -> Viewer {
    match name {
        "public" => Viewer::public(),
        "assessor" => Viewer { role: Role::Assessor, ..Viewer::public() },
        carrier => {
            let organisation = Some(OrganisationCode::new(carrier).unwrap());
            Viewer { role: Role::CarrierEditor, organisation, ..Viewer::public() }
        }
    }
}

/// What a case states of an answer.
fn compact(found: &Screened) -> Value {
    let codes = |missing: &[Missing]| missing.iter().map(|one| one.code).collect::<Vec<_>>();
    let applies = found.findings.iter().filter(|finding| finding.verdict != Verdict::DoesNotApply);
    let findings: BTreeMap<&str, &str> =
        applies.map(|finding| (finding.rule.as_str(), finding.verdict.code())).collect();
    let of_rules = found.findings.iter().map(|finding| (finding.rule.as_str(), codes(&finding.missing)));
    let of_works = found.dig_once.iter().map(|works| (works.works.as_str(), codes(&works.missing)));
    let missing: BTreeMap<_, _> = of_rules.chain(of_works).filter(|(_, missing)| !missing.is_empty()).collect();
    let name = |host: &HostCandidate| host.code.as_ref().map_or_else(|| host.class.to_string(), ToString::to_string);
    json!({
        "findings": findings,
        "missing": missing,
        "hosts": found.hosts.iter().map(|host| json!([name(host), host.verdict])).collect::<Vec<_>>(),
        "dig_once": found.dig_once.iter().map(|works| &works.works).collect::<Vec<_>>(),
        "trench_m": found.hosts.iter().filter(|host| host.class.is_line() && host.class.code() != "aerial_route")
            .map(|host| (name(host), host.saves.trench_m)).collect::<BTreeMap<_, _>>(),
    })
}

/// A case leaves out what is empty.
fn with_defaults(items: &Value) -> Value {
    let filled = items.as_array().unwrap().iter().map(|item| {
        let mut filled = json!({ "findings": {}, "missing": {}, "hosts": [], "dig_once": [], "trench_m": {} });
        item.as_object().unwrap().iter().for_each(|(field, value)| filled[field] = value.clone());
        filled
    });
    Value::Array(filled.collect())
}

fn rule_set(code: &str) -> RuleSet {
    let file = root().join(format!("rule-sets/{code}.toml"));
    toml::from_str(&fs::read_to_string(file).unwrap()).unwrap()
}

fn read(file: &Path) -> Value {
    let text = fs::read_to_string(file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", file.display()))
}

fn root() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."))
}
