//! Reads a case's files and judges them.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    sync::LazyLock,
};

use hatang_core::{
    Asset, AssetId, Held, NetworkCode, Organisation, OrganisationCode, OrganisationKind, Record, Registry, RequestItem,
    Role, RuleSet, Seq, Territory, Text, Version, Viewer,
    event::Boundaries,
    plan::{Constraint, Hamlet, Layer, Plan, PlanIndex, Road, URBAN, Works, Zone},
};
use hatang_review::{Scene, Screened, Served, ServedToday, screen};
use jiff::civil::Date;
use serde_json::{Value, json};

/// Each carrier with its only network, and a tower company, which runs none.
const ORGANISATIONS: [(&str, OrganisationKind, &[&str]); 4] = [
    ("viettel", OrganisationKind::Carrier, &["viettel"]),
    ("vnpt", OrganisationKind::Carrier, &["vinaphone"]),
    ("mobifone", OrganisationKind::Carrier, &["mobifone"]),
    ("towerco", OrganisationKind::TowerCompany, &[]),
];

/// Name, folder and expectation of each case.
pub(crate) fn cases() -> Vec<(String, PathBuf, Value)> {
    let folder = root().join("tests/cases");
    let mut cases: Vec<_> = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    cases.retain(|path| path.is_dir());
    cases.sort();
    assert!(40 <= cases.len(), "only {} cases in {}", cases.len(), folder.display());
    let named = |case: PathBuf| {
        let expected = read(&case.join("expected.json"));
        (case.file_name().unwrap().display().to_string(), case, expected)
    };
    cases.into_iter().map(named).collect()
}

pub(crate) fn judge(case: &Path, expected: &Value) -> Vec<Screened> {
    judge_by(case, expected, true)
}

/// The same, with an index of the plan or by looking through it.
pub(crate) fn judge_by(case: &Path, expected: &Value, by_index: bool) -> Vec<Screened> {
    let mut stage = Stage::default();
    let features = read(&case.join("scene.geojson"))["features"].as_array().unwrap().clone();
    features.iter().enumerate().for_each(|(number, feature)| stage.put(number, feature));
    let viewer = viewer(expected["viewer"].as_str().unwrap());
    let works: Vec<&Works> = stage.works.iter().collect();
    let (national, local) = (rule_set("national"), rule_set(expected["ruleset"].as_str().unwrap()));
    let sets = if local.code == national.code { vec![&national] } else { vec![&national, &local] };
    let on: Date = expected["on"].as_str().unwrap_or("2026-07-01").parse().unwrap();
    let plan: Plan = serde_json::from_value(json!({
        "title": { "vi": "", "en": "" }, "instrument": "", "synthetic": true, "rule_set": local.code,
        "complete": complete(expected, &stage.zones),
        "valid_from": expected["plan_from"], "valid_to": expected["plan_to"],
        "years_issued": expected.get("years_issued").unwrap_or(&json!([on.year()])),
    }))
    .unwrap();
    let plan = Plan {
        zones: stage.zones.clone(),
        planned: stage.planned.clone(),
        roads: stage.roads.clone(),
        constraints: stage.constraints.clone(),
        hamlets: stage.hamlets.clone(),
        ..plan
    };
    let index = by_index.then(|| PlanIndex::of(&plan));
    let issued: Vec<&Asset> = stage.issued.iter().collect();
    let waiting: Vec<&RequestItem> = stage.waiting.iter().collect();
    let served = expected.get("served").map(|of_masts| stage.served(of_masts));
    let scene = Scene {
        plan: expected["plan"].as_bool().unwrap_or(true).then_some(&plan),
        plan_index: index.as_ref(),
        works: &works,
        issued: &issued,
        waiting: &waiting,
        served: served.as_ref(),
        ..Scene::new(stage.registry.seen_by(&viewer), &sets, on)
    };
    let requests = read(&case.join("request.geojson"))["features"].as_array().unwrap().clone();
    requests.iter().map(|feature| screen(&request(feature), &scene)).collect()
}

/// The parts of the plan that hold everything. A scene with an urban zone holds every one unless the case says
/// otherwise.
fn complete(expected: &Value, zones: &[Zone]) -> Vec<Value> {
    let mut parts = expected["complete"].as_array().cloned().unwrap_or_default();
    let holds_urban = zones.iter().any(|zone| zone.zone == URBAN);
    if expected["urban_complete"].as_bool().unwrap_or(holds_urban) {
        parts.push(json!("zone:urban"));
    }
    parts
}

/// What a scene's features are sorted into.
struct Stage {
    registry: Registry,
    zones: Vec<Zone>,
    works: Vec<Works>,
    planned: Vec<Asset>,
    issued: Vec<Asset>,
    roads: Vec<Road>,
    constraints: Vec<Constraint>,
    hamlets: Vec<Hamlet>,
    waiting: Vec<RequestItem>,
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
        Self {
            registry,
            zones: Vec::new(),
            works: Vec::new(),
            planned: Vec::new(),
            issued: Vec::new(),
            roads: Vec::new(),
            constraints: Vec::new(),
            hamlets: Vec::new(),
            waiting: Vec::new(),
        }
    }
}

impl Stage {
    /// Whom the masts of some codes alone serve.
    fn served(&self, of_masts: &Value) -> ServedToday {
        let console = Viewer::console();
        let id = |code: &str| {
            let is_it = |asset: &Asset| asset.code.as_ref().is_some_and(|own| own.as_str() == code);
            self.registry.seen_by(&console).all().find(|sight| is_it(sight.asset())).unwrap().asset().id
        };
        let places =
            |of: &Value| of["places"].as_array().unwrap().iter().map(|one| one.as_str().unwrap().to_owned()).collect();
        let alone = of_masts
            .as_object()
            .unwrap()
            .iter()
            .map(|(code, of)| (id(code), Served { people: of["people"].as_u64().unwrap(), places: places(of) }));
        ServedToday { alone: alone.collect(), basis: vec![Text::new("Theo lần tính.", "By a run.")] }
    }

    fn put(&mut self, number: usize, feature: &Value) {
        let mut record = flat(feature);
        if feature["properties"]["zone"].is_string() {
            self.zones.push(serde_json::from_value(record).unwrap());
        } else if feature["properties"]["layer"] == "waiting" {
            self.waiting.push(request(feature));
        } else if feature["properties"]["people"].is_number() {
            self.hamlets.push(serde_json::from_value(record).unwrap());
        } else if feature["properties"]["stage"].is_string() {
            self.works.push(serde_json::from_value(record).unwrap());
        } else if feature["properties"]["boundary"].is_string() {
            let home = serde_json::from_value(json!({
                "code": "11824", "name": feature["properties"]["boundary"], "shape": feature["geometry"],
            }))
            .unwrap();
            let boundaries = Boundaries { home, neighbours: Vec::new() };
            let territory = Territory::new("11824").unwrap();
            self.registry.put(&territory, Seq(1), Version(1), Record::Boundary { boundaries });
        } else if feature["properties"]["layer"] == "roads" {
            self.roads.push(serde_json::from_value(record).unwrap());
        } else if feature["properties"]["layer"].as_str().is_some_and(|layer| layer.parse::<Layer>().is_ok()) {
            self.constraints.push(serde_json::from_value(record).unwrap());
        } else {
            record["id"] = json!(AssetId(uuid::Uuid::from_u128(number as u128 + 1)));
            record["survey"] = json!({ "accuracy_m": record["accuracy_m"] });
            for units in ["slots", "attachments", "bores"] {
                let of = |part: &str| record[format!("{units}_{part}")].clone();
                record[units] = json!({ "total": of("total"), "used": of("used") });
            }
            record["terms"] = json!({ "rent_vnd_year": record["rent_vnd_year"], "lease_months": record["lease_months"],
                "sharing_conditions": record["sharing_conditions"] });
            let asset: Asset = serde_json::from_value(record).unwrap();
            asset.check().unwrap();
            if feature["properties"]["layer"] == "planned" {
                return self.planned.push(asset);
            }
            if feature["properties"]["layer"] == "issued" {
                return self.issued.push(asset);
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

pub(crate) fn rule_set(code: &str) -> RuleSet {
    // Each is read once: most of the time of some hundred cases would go into reading the same three files.
    static READ: LazyLock<BTreeMap<&str, RuleSet>> = LazyLock::new(|| {
        let read = |code: &'static str| {
            let text = fs::read_to_string(root().join(format!("rule-sets/{code}.toml"))).unwrap();
            (code, toml::from_str(&text).unwrap())
        };
        ["national", "bac-ninh-72-2025", "hai-phong"].map(read).into()
    });
    READ[code].clone()
}

pub(crate) fn read(file: &Path) -> Value {
    let text = fs::read_to_string(file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", file.display()))
}

pub(crate) fn root() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."))
}
