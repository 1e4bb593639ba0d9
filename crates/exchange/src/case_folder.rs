//! A case of the screening in: one situation that a planner can open, taken whole or not at all.
//!
//! A folder holds `scene.geojson` (what stands, is planned, dug and waited for), `request.geojson` (what is asked) and
//! `expected.json` (why the case exists, what judges it, who looks, and what must come out). What must come out is left
//! to whoever tests it.

mod scene;

use std::{
    collections::{BTreeMap, BTreeSet},
    fs, io,
    path::Path,
};

use hatang_core::{
    Asset, AssetId, NetworkCode, Organisation, OrganisationCode, OrganisationKind, RequestItem, Role, RuleSetCode,
    Territory, Text, Viewer,
    plan::{Boundary, Plan, PlanVersions, URBAN, Zone, is_part},
    works::Works,
};
use jiff::civil::{Date, date};
use serde::{Deserialize, de::IgnoredAny};

use self::scene::Parts;
use crate::{
    FileError,
    bytes::{self, DEFAULT_MAX_BYTES},
    refusal,
    request::{ReadRequest, read_request},
};

const SCENE: &str = "scene.geojson";
const REQUEST: &str = "request.geojson";
const SHEET: &str = "expected.json";

/// The commune that every case is set in.
const TERRITORY: &str = "11824";

/// The day of the question, where a case names none.
const DAY: Date = date(2026, 7, 1);

/// Each carrier with its only network, and a tower company, which runs none. Of other owners nobody has said what they
/// run.
const ORGANISATIONS: [(&str, OrganisationKind, &[&str]); 4] = [
    ("viettel", OrganisationKind::Carrier, &["viettel"]),
    ("vnpt", OrganisationKind::Carrier, &["vinaphone"]),
    ("mobifone", OrganisationKind::Carrier, &["mobifone"]),
    ("towerco", OrganisationKind::TowerCompany, &[]),
];

/// Everything that a case folder holds.
#[derive(Clone, Debug, PartialEq)]
pub struct CaseFolder {
    /// The folder's name, which is the case's.
    pub name: String,
    /// Why the case exists.
    pub note: Text,
    /// The commune that it is set in.
    pub territory: Territory,
    /// The rule set that judges it, beside the national one.
    pub rule_set: RuleSetCode,
    /// Through whose eyes it is judged.
    pub viewer: Viewer,
    /// The day of the question.
    pub on: Date,
    /// Organisations of which it is known what they run.
    pub organisations: Vec<Organisation>,
    /// The territory's outline, where the case has one.
    pub boundary: Option<Boundary>,
    /// The plan; none for a territory without one.
    pub plan: Option<Plan>,
    /// Works of other sectors.
    pub works: Vec<Works>,
    /// What is in the registry.
    pub assets: Vec<Asset>,
    /// Requests of others that wait.
    pub waiting: Vec<RequestItem>,
    /// Structures whose requests were answered positively and that are not built.
    pub issued: Vec<Asset>,
    /// Whom masts alone serve by a coverage run, by their codes.
    pub served: BTreeMap<String, ServedAlone>,
    /// What is asked, at least one structure.
    pub requests: Vec<RequestItem>,
}

/// Those whom one structure alone serves.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ServedAlone {
    /// How many people.
    pub people: u64,
    /// The names of the places.
    pub places: Vec<String>,
}

/// `expected.json`. A key that nothing reads is an error, because people type the file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Sheet {
    note_vi: String,
    note_en: String,
    ruleset: RuleSetCode,
    viewer: String,
    on: Option<Date>,
    /// Parts of the plan that hold everything there is.
    #[serde(default)]
    complete: Vec<String>,
    /// Whether the plan holds every urban zone; when absent, whether the scene has one.
    urban_complete: Option<bool>,
    /// `false`: the territory has no plan.
    plan: Option<bool>,
    plan_from: Option<Date>,
    plan_to: Option<Date>,
    /// The years whose plan has been issued; that of the question's day when absent.
    years_issued: Option<BTreeSet<i16>>,
    #[serde(default)]
    served: BTreeMap<String, ServedAlone>,
    #[serde(rename = "about")]
    _about: Option<IgnoredAny>,
    #[serde(rename = "items")]
    _items: IgnoredAny,
}

/// Reads a case folder. `new_id` is called once for every structure that stands, is planned or was answered.
///
/// # Errors
/// [`FileError::InFile`] for the first file that cannot be read, with its name; for a feature also its number, the
/// property, the value and what is wrong.
pub fn read_case_folder(folder: &Path, new_id: &mut impl FnMut() -> AssetId) -> Result<CaseFolder, FileError> {
    let folder = folder.canonicalize().map_err(|error| FileError::unreadable(folder, &error))?;
    let name = folder.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    let sheet = in_file(&folder, SHEET, sheet)?;
    let has_plan = sheet.plan.unwrap_or(true);
    let parts = in_file(&folder, SCENE, |bytes| scene::read(bytes, has_plan, new_id))?;
    let requests = in_file(&folder, REQUEST, requests)?;
    case(name, sheet, parts, requests).map_err(|error| error.in_file(SHEET))
}

/// Reads one file of the folder; what is wrong with it names it.
fn in_file<T>(folder: &Path, name: &str, read: impl FnOnce(&[u8]) -> Result<T, FileError>) -> Result<T, FileError> {
    let path = folder.join(name);
    let bytes = fs::read(&path).map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => FileError::Missing.in_file(name),
        _ => FileError::unreadable(&path, &error),
    })?;
    read(&bytes).map_err(|error| error.in_file(name))
}

fn sheet(bytes: &[u8]) -> Result<Sheet, FileError> {
    let text = bytes::text(bytes, DEFAULT_MAX_BYTES)?;
    let sheet: Sheet = serde_json::from_str(&text).map_err(|error| FileError::NotJson { reason: error.to_string() })?;
    match sheet.complete.iter().find(|word| !is_part(word)) {
        Some(word) => Err(FileError::UnknownKey { key: format!("complete: {word}") }),
        None => Ok(sheet),
    }
}

/// What is asked. A property that nothing reads would be lost by being kept, as in a draft.
fn requests(bytes: &[u8]) -> Result<Vec<RequestItem>, FileError> {
    let ReadRequest { items, ignored } = read_request(bytes)?;
    let Some(unread) = ignored.into_iter().next() else { return Ok(items) };
    let refusal = refusal::unread_property();
    Err(FileError::Item {
        number: unread.item,
        rule: refusal.rule,
        field: Some(unread.property),
        value: None,
        message: Box::new(refusal.message),
    })
}

fn case(name: String, sheet: Sheet, parts: Parts, requests: Vec<RequestItem>) -> Result<CaseFolder, FileError> {
    let is_there =
        |code: &str| parts.assets.iter().any(|asset| asset.code.as_ref().is_some_and(|own| own.as_str() == code));
    if let Some(code) = sheet.served.keys().find(|code| !is_there(code)) {
        return Err(FileError::UnknownKey { key: format!("served: {code}") });
    }
    let organisations = organisations();
    let viewer = viewer(&sheet.viewer, &organisations)?;
    let on = sheet.on.unwrap_or(DAY);
    let complete = complete(&sheet, &parts.zones);
    let plan = sheet.plan.unwrap_or(true).then(|| Plan {
        title: Text::new(format!("Tình huống {name}"), format!("Case {name}")),
        instrument: format!("Giả định: {name}"),
        valid_from: sheet.plan_from,
        valid_to: sheet.plan_to,
        synthetic: true,
        rule_set: sheet.ruleset.clone(),
        zones: parts.zones,
        hamlets: parts.hamlets,
        places: Vec::new(),
        roads: parts.roads,
        constraints: parts.constraints,
        targets: Vec::new(),
        planned: parts.planned,
        complete,
        years_issued: sheet.years_issued.unwrap_or_else(|| BTreeSet::from([on.year()])),
        versions: PlanVersions::default(),
    });
    Ok(CaseFolder {
        name,
        note: Text::new(sheet.note_vi, sheet.note_en),
        territory: territory(),
        rule_set: sheet.ruleset,
        viewer,
        on,
        organisations,
        boundary: parts.boundary,
        plan,
        works: parts.works,
        assets: parts.assets,
        waiting: parts.waiting,
        issued: parts.issued,
        served: sheet.served,
        requests,
    })
}

/// The parts of the plan that hold everything.
fn complete(sheet: &Sheet, zones: &[Zone]) -> Vec<String> {
    let (mut parts, urban) = (sheet.complete.clone(), format!("zone:{URBAN}"));
    let holds_urban = sheet.urban_complete.unwrap_or_else(|| zones.iter().any(|zone| zone.zone == URBAN));
    if holds_urban && !parts.contains(&urban) {
        parts.push(urban);
    }
    parts
}

fn territory() -> Territory {
    Territory::new(TERRITORY).expect("the commune's code is a code")
}

fn organisations() -> Vec<Organisation> {
    let organisation = |(code, kind, networks): (&str, OrganisationKind, &[&str])| Organisation {
        code: OrganisationCode::new(code).expect("the table holds codes"),
        name: code.to_owned(),
        kind,
        networks: networks.iter().map(|network| NetworkCode::new(network).expect("the table holds codes")).collect(),
    };
    ORGANISATIONS.into_iter().map(organisation).collect()
}

/// Who looks: `public`, `assessor`, or one of the organisations.
fn viewer(name: &str, organisations: &[Organisation]) -> Result<Viewer, FileError> {
    let known = organisations.iter().find(|organisation| organisation.code.as_str() == name);
    match (name, known) {
        ("public", _) => Ok(Viewer::public()),
        ("assessor", _) => Ok(Viewer::of(Role::Assessor, None)),
        (_, Some(carrier)) => Ok(Viewer::of(Role::CarrierEditor, Some(carrier.code.clone()))),
        (_, None) => Err(FileError::UnknownKey { key: format!("viewer: {name}") }),
    }
}
