//! What is hidden, and what stands around it.

use axum::{
    body::Body,
    http::{Request, header},
};
use hatang_core::{AssetClass, DelegatedAction, OrganisationCode, Role, Viewer, registry::Sight};
use hatang_desk::{
    delegate::{NewDelegation, grant_delegation},
    import_assets::{ImportRequest, import_assets},
};
use hatang_exchange::OwnerSource;
use serde_json::{Value, json};
use uuid::Uuid;

use super::examples::Place;
use crate::server::Server;

/// One thing that some may not know of.
pub(crate) struct Scene {
    /// What it is, for messages.
    pub(crate) name: &'static str,
    hidden: Hidden,
    seen_by: fn(&Viewer) -> bool,
}

/// What kind of thing it is, and how it comes in.
enum Hidden {
    /// An asset of a file; its row after `code,wkt,owner`.
    Asset { class: AssetClass, columns: &'static str, row: &'static str },
    /// A request, as far as it has come.
    Case(Come),
    /// A work that its owner has not published.
    Works,
    /// That somebody says that a mast stands elsewhere.
    Deviation,
    /// What a carrier measured of its own network.
    Measurements,
    /// That an owner lets somebody act in its name.
    Delegation,
    /// Where a carrier wants to be told of works.
    InterestArea,
    /// A structure that the plan foresees for a carrier.
    Planned,
    /// A file that a carrier has uploaded and not committed.
    Import,
}

/// How far a request has come.
#[derive(Clone, Copy, PartialEq)]
enum Come {
    /// It is being written.
    Draft,
    /// Handed in, screened by the office and judged.
    Judged,
    /// Answered positively and not built.
    Answered,
}

/// Where it is.
const AT: [f64; 2] = [106.4583, 20.6606];

fn is_viettel(viewer: &Viewer) -> bool {
    viewer.organisation.as_ref().is_some_and(|own| own.as_str() == "viettel")
}

/// Those who read what was done, whatever it was.
fn oversees(viewer: &Viewer) -> bool {
    matches!(viewer.role, Role::SecurityOfficer | Role::Auditor)
}

fn owner_or_official(viewer: &Viewer) -> bool {
    is_viettel(viewer) || viewer.role.is_official()
}

fn owner_or_oversight(viewer: &Viewer) -> bool {
    is_viettel(viewer) || oversees(viewer)
}

/// Every kind of thing that is hidden from somebody.
pub(crate) const SCENES: &[Scene] = &[
    Scene {
        name: "a rival's planned mast",
        hidden: Hidden::Asset {
            class: AssetClass::Mast,
            columns: "status,height_m,slots_total,slots_used",
            row: "planned,45,4,1",
        },
        seen_by: owner_or_official,
    },
    Scene {
        name: "a security site",
        hidden: Hidden::Asset {
            class: AssetClass::Mast,
            columns: "status,height_m,slots_total,slots_used,security_site",
            row: "operational,45,4,1,true",
        },
        seen_by: owner_or_oversight,
    },
    Scene {
        name: "a radio station that reaches nobody new",
        hidden: Hidden::Asset {
            class: AssetClass::RadioStation,
            columns: "status,network,technologies",
            row: "operational,viettel,5g",
        },
        seen_by: owner_or_official,
    },
    Scene {
        name: "a rival's proposed duct",
        hidden: Hidden::Asset {
            class: AssetClass::Duct,
            columns: "status,bores_total,bores_used",
            row: "proposed,4,0",
        },
        seen_by: owner_or_official,
    },
    Scene { name: "a rival's draft", hidden: Hidden::Case(Come::Draft), seen_by: owner_or_oversight },
    Scene { name: "a rival's request", hidden: Hidden::Case(Come::Judged), seen_by: owner_or_official },
    Scene { name: "what a rival is to build", hidden: Hidden::Case(Come::Answered), seen_by: owner_or_official },
    Scene {
        name: "a work that is not published",
        hidden: Hidden::Works,
        seen_by: |viewer| viewer.role != Role::Public,
    },
    Scene { name: "what is said of a rival's mast", hidden: Hidden::Deviation, seen_by: owner_or_official },
    Scene { name: "a rival's measurements", hidden: Hidden::Measurements, seen_by: owner_or_official },
    Scene { name: "a rival's delegation", hidden: Hidden::Delegation, seen_by: oversees },
    Scene { name: "a rival's area of interest", hidden: Hidden::InterestArea, seen_by: owner_or_oversight },
    Scene { name: "a structure planned for a rival", hidden: Hidden::Planned, seen_by: owner_or_official },
    // Nothing has changed yet that oversight would read of.
    Scene { name: "a rival's uploaded file", hidden: Hidden::Import, seen_by: is_viettel },
];

impl Scene {
    /// Whether a viewer may know of it.
    pub(crate) fn is_seen_by(&self, viewer: &Viewer) -> bool {
        (self.seen_by)(viewer)
    }

    /// Brings it in, and says which it is.
    pub(crate) async fn hide(&self, server: &Server) -> Uuid {
        let viettel = carrier(Role::CarrierAdministrator, "viettel");
        let (place, [lon, lat]) = (place(), AT);
        let line = json!({ "type": "LineString", "coordinates": [[lon, lat], [lon + 0.001, lat]] });
        let near = |east: f64, north: f64| [lon + east, lat + north];
        let ring = [near(-0.01, -0.01), near(0.01, -0.01), near(0.01, 0.01), near(-0.01, 0.01), near(-0.01, -0.01)];
        match self.hidden {
            Hidden::Asset { class, columns, row } => hide_asset(server, class, columns, row).await,
            Hidden::Case(come) => {
                let request: Value = serde_json::from_slice(&place.request("viettel")).unwrap();
                let saved = tell(server, &viettel, "POST", "/api/v1/cases", json!({ "request": request })).await;
                let id = saved["id"].as_str().unwrap();
                if come != Come::Draft {
                    file(server, &viettel, id).await;
                }
                if come == Come::Answered {
                    answer(server, id).await;
                }
                identity(&saved)
            }
            Hidden::Works => {
                let works = json!({ "sector": "power", "owner": "evn", "geometry": line, "published": false });
                tell(server, &carrier(Role::Utility, "evn"), "POST", "/api/v1/works", works).await;
                place.nothing
            }
            Hidden::Deviation => {
                let mast = server.desk.read(|registry| {
                    let console = Viewer::console();
                    let mut all = registry.seen_by(&console).all();
                    let its = |sight: &Sight<'_>| sight.asset().owner.as_str() == "viettel";
                    all.find(|sight| sight.asset().class() == AssetClass::Mast && its(sight)).unwrap().asset().id.0
                });
                let said = json!({ "kind": "not_found", "asset": mast, "note": "x" });
                identity(
                    &tell(server, &carrier(Role::CarrierEditor, "mobifone"), "POST", "/api/v1/deviations", said).await,
                )
            }
            Hidden::Measurements => {
                let query = "kind=measured&network=viettel&technology=5g&owner=viettel&source=drive";
                let rows = format!("lon,lat,rsrp_dbm,time\n{lon},{lat},-95,2026-11-20T09:30\n");
                let path = format!("/api/v1/coverage-sources?{query}");
                identity(&tell(server, &viettel, "POST", &path, Value::String(rows)).await)
            }
            // Those whom it concerns read of it in their accounts, which only people who have signed in can ask for.
            Hidden::Delegation => {
                let [owner, provider] = ["viettel", "mobifone"].map(|code| OrganisationCode::new(code).unwrap());
                let [from, to] = ["2026-01-01", "2026-12-31"].map(|day| day.parse().unwrap());
                let new = NewDelegation { owner, provider, actions: DelegatedAction::ALL.to_vec(), from, to };
                grant_delegation(&server.desk, &viettel, new).await.unwrap().id
            }
            Hidden::InterestArea => {
                let area = json!({ "geometry": { "type": "Polygon", "coordinates": [ring] } });
                tell(server, &viettel, "PUT", "/api/v1/interest-area", area).await;
                place.nothing
            }
            Hidden::Planned => {
                let lead = Viewer::of(Role::PlanLead, None);
                let plan = tell(server, &lead, "GET", "/api/v1/plan", Value::Null).await;
                let version = plan["changes"][0]["version"].clone();
                let mast = json!({
                    "seen_version": version, "reason": "x", "act": "add_planned", "class": "mast", "owner": "viettel",
                    "geometry": { "type": "Point", "coordinates": AT }, "properties": { "height_m": 45 },
                });
                tell(server, &lead, "POST", "/api/v1/plan/changes", mast).await;
                place.nothing
            }
            Hidden::Import => {
                let rows = format!("code,lon,lat,status,height_m\nHIDDEN-1,{lon},{lat},operational,45\n");
                let path = "/api/v1/imports?file=masts.csv&class=mast&owner=viettel";
                identity(&tell(server, &viettel, "POST", path, Value::String(rows)).await)
            }
        }
    }
}

/// Hands a request in; the office screens it and agrees with the first host that it finds.
async fn file(server: &Server, applicant: &Viewer, id: &str) {
    let (case, assessor) = (format!("/api/v1/cases/{id}"), Viewer::of(Role::Assessor, None));
    tell(server, applicant, "POST", &format!("{case}/submission"), json!({ "version": 1 })).await;
    tell(server, &assessor, "POST", &format!("{case}/screenings"), json!({})).await;
    let shown = tell(server, &assessor, "GET", &case, Value::Null).await;
    let hosts = shown["screening"]["answer"]["items"][0]["hosts"].as_array().unwrap();
    let agreed = json!({ "version": shown["version"], "item": 1, "about": "host", "part": hosts[0]["asset"], "opinion": "agree" });
    tell(server, &assessor, "PUT", &format!("{case}/verdict"), agreed).await;
}

/// The office says what it thinks of every host, and signs that the request conforms.
async fn answer(server: &Server, id: &str) {
    let (case, assessor) = (format!("/api/v1/cases/{id}"), Viewer::of(Role::Assessor, None));
    let shown = tell(server, &assessor, "GET", &case, Value::Null).await;
    for host in shown["screening"]["answer"]["items"][0]["hosts"].as_array().unwrap() {
        let version = tell(server, &assessor, "GET", &case, Value::Null).await["version"].clone();
        let agreed =
            json!({ "version": version, "item": 1, "about": "host", "part": host["asset"], "opinion": "agree" });
        tell(server, &assessor, "PUT", &format!("{case}/verdict"), agreed).await;
    }
    let version = tell(server, &assessor, "GET", &case, Value::Null).await["version"].clone();
    let signed = json!({ "version": version, "outcome": "conforms_with_conditions", "number": "1/KT", "dated": "2026-01-02",
        "conditions": "Dùng chung" });
    tell(server, &Viewer::of(Role::Signatory, None), "POST", &format!("{case}/opinion"), signed).await;
}

async fn hide_asset(server: &Server, class: AssetClass, columns: &str, row: &str) -> Uuid {
    let [lon, lat] = AT;
    let place = if class.is_line() {
        format!("\"LINESTRING ({lon} {lat}, {} {lat})\"", lon + 0.002)
    } else {
        format!("\"POINT ({lon} {lat})\"")
    };
    import(server, class, &format!("code,wkt,owner,{columns}\nHIDDEN-1,{place},viettel,{row}\n")).await;
    let console = Viewer::console();
    server.desk.read(|registry| {
        let mut all = registry.seen_by(&console).all();
        let found = all.find(|sight| sight.asset().code.as_ref().is_some_and(|code| code.as_str() == "HIDDEN-1"));
        found.unwrap().asset().id.0
    })
}

fn carrier(role: Role, organisation: &str) -> Viewer {
    Viewer::of(role, OrganisationCode::new(organisation).ok())
}

/// Tells the server something as somebody; a text is sent as a file.
async fn tell(server: &Server, who: &Viewer, method: &str, path: &str, body: Value) -> Value {
    let (kind, body) = match body {
        Value::Null => ("application/json", Vec::new()),
        Value::String(file) => ("text/csv", file.into_bytes()),
        body => ("application/json", serde_json::to_vec(&body).unwrap()),
    };
    let request = Request::builder().method(method).uri(path).header(header::HOST, "hatang.test");
    let mut request = request.header(header::CONTENT_TYPE, kind).body(Body::from(body)).unwrap();
    request.extensions_mut().insert(who.clone());
    let reply = server.send(request).await;
    assert!(reply.status.is_success(), "{method} {path}: {}", reply.text());
    if reply.body.is_empty() { Value::Null } else { reply.json() }
}

/// The identity of what was made, which replies give at different depths.
fn identity(reply: &Value) -> Uuid {
    let found = [&reply["id"], &reply["import"]["id"], &reply["source"]["id"]].into_iter().find_map(Value::as_str);
    found.unwrap_or_else(|| panic!("no identity: {reply}")).parse().unwrap()
}

/// What is there on both servers before the hidden thing; a place for records that examples ask for.
pub(crate) async fn before_anything(server: &Server) {
    let [lon, lat] = AT;
    import(
        server,
        AssetClass::Mast,
        &format!("code,lon,lat,owner,status,height_m\nSEEN-1,{lon},{},vnpt,operational,30\n", lat + 0.003),
    )
    .await;
}

/// What comes in on both servers after it.
pub(crate) async fn after_everything(server: &Server) {
    let [lon, lat] = AT;
    import(
        server,
        AssetClass::Mast,
        &format!("code,lon,lat,owner,status,height_m\nSEEN-2,{lon},{},vnpt,operational,30\n", lat + 0.004),
    )
    .await;
}

async fn import(server: &Server, class: AssetClass, file: &str) {
    let request = ImportRequest::new(class, OwnerSource::Field("owner".to_owned()));
    let outcome =
        import_assets(&server.desk, &Viewer::console(), "scene.csv", file.as_bytes(), &request).await.unwrap();
    assert!(outcome.receipt.is_some(), "{:?}", outcome.report);
}

/// What the examples ask for.
pub(crate) fn place() -> Place {
    Place::around(AT)
}
