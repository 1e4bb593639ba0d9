//! Nothing tells of what is hidden: two servers that differ in exactly one thing answer everybody who may not see it with
//! the same bytes, headers and status, in every operation of the OpenAPI document. There are no exceptions.
//!
//! **Who adds an operation** adds a line to `secrecy/examples.rs` saying how it is called; without one
//! `every_operation_is_called` fails. **Who adds a kind of record** that somebody may not see adds it to
//! `secrecy/scenes.rs`.

mod chance;
mod examples;
mod scenes;

use std::collections::BTreeMap;

use axum::{
    body::Body,
    http::{Request, header},
};
use hatang_core::{OrganisationCode, Role, Viewer, visibility::AccountId};
use hatang_testkit::{fresh_database, test_postgres_url};
use serde_json::{Value, json};
use uuid::Uuid;

use self::{
    examples::{Call, Place, examples},
    scenes::{SCENES, Scene},
};
use crate::server::{Reply, Server};

/// Everybody who asks.
fn viewers() -> Vec<(&'static str, Viewer)> {
    let viewer = |role, organisation: Option<&str>| Viewer {
        account: Some(AccountId(Uuid::from_u128(0xA11 + role as u128))),
        role,
        organisation: organisation.map(|code| OrganisationCode::new(code).unwrap()),
        ..Viewer::public()
    };
    vec![
        ("signed out", Viewer::public()),
        ("the wrong carrier", viewer(Role::CarrierEditor, Some("vnpt"))),
        ("the right carrier", viewer(Role::CarrierAdministrator, Some("viettel"))),
        ("a utility", viewer(Role::Utility, Some("evn"))),
        ("an assessor", viewer(Role::Assessor, None)),
        ("a planner", viewer(Role::Planner, None)),
        ("a security officer", viewer(Role::SecurityOfficer, None)),
        ("a city viewer", viewer(Role::CityViewer, None)),
        ("an auditor", viewer(Role::Auditor, None)),
    ]
}

/// Every operation of the document: its name, method and path.
fn operations() -> Vec<(String, String, String)> {
    let document = serde_json::to_value(hatang_api::openapi()).unwrap();
    let paths = document["paths"].as_object().unwrap();
    let all = paths.iter().flat_map(|(path, item)| {
        item.as_object().unwrap().iter().map(move |(method, operation): (&String, &Value)| {
            (operation["operationId"].as_str().unwrap().to_owned(), method.to_uppercase(), path.clone())
        })
    });
    all.collect()
}

#[test]
fn every_operation_is_called() {
    let place = Place::anywhere();
    let mut unknown: Vec<String> = Vec::new();
    for (name, method, path) in operations() {
        let Some(calls) = examples(&name, &place) else {
            unknown.push(format!("`{name}` ({method} {path})"));
            continue;
        };
        assert!(!calls.is_empty(), "`{name}`: an operation is called at least once");
        for call in calls {
            assert!(
                call.is_of(&method, &path),
                "`{name}`: {} {} is not a call of {method} {path}",
                call.method,
                call.path
            );
        }
    }
    assert!(
        unknown.is_empty(),
        "nobody tests that these tell nothing of what is hidden: {}; add a line for each to \
         crates/api/tests/http/secrecy/examples.rs",
        unknown.join(", ")
    );
}

/// A server with everything that everybody may see, and with one hidden thing or without it.
struct Stage {
    server: Server,
    place: Place,
}

impl Stage {
    /// The hidden thing comes in before the last thing that everybody sees, so that it also moves every position, time
    /// and count that follows.
    async fn set(url: &str, scene: &Scene, hidden: bool) -> Self {
        chance::restart(1);
        let server = Server::open_at(url, chance::EDGE).await.with_commune().await;
        scenes::before_anything(&server).await;
        chance::restart(2);
        let mut place = scenes::place();
        if hidden {
            place.hidden = scene.hide(&server).await;
        }
        chance::restart(3);
        scenes::after_everything(&server).await;
        Self { server, place }
    }

    async fn ask(&self, viewer: &Viewer, call: &Call) -> Reply {
        self.ask_by(4, viewer, call).await
    }

    /// Asks with a chance of its own: what is written twice with one chance gets one identifier.
    async fn ask_by(&self, chance: u64, viewer: &Viewer, call: &Call) -> Reply {
        chance::restart(chance);
        let request = Request::builder().method(&*call.method).uri(&*call.path).header(header::HOST, "hatang.test");
        let request = request.header(header::CONTENT_TYPE, call.content_type);
        let mut request = request.body(Body::from(call.body.clone())).unwrap();
        // Who is looking is told straight away: how that is found out is tested elsewhere.
        request.extensions_mut().insert(viewer.clone());
        self.server.send(request).await
    }
}

/// Everything of a reply that a client can tell.
fn told(reply: &Reply) -> (u16, BTreeMap<String, Vec<u8>>, &[u8]) {
    let headers = reply.headers.iter().map(|(name, value)| (name.to_string(), value.as_bytes().to_vec())).collect();
    (reply.status.as_u16(), headers, &reply.body)
}

async fn compare(name: &str, urls: [String; 2], scene: &Scene) {
    let without = Stage::set(&urls[0], scene, false).await;
    let with = Stage::set(&urls[1], scene, true).await;
    let mut noticed: BTreeMap<&str, usize> = BTreeMap::new();
    // What changes something comes last, so that every question meets the same two registries.
    let mut operations = operations();
    operations.sort_by_key(|(_, method, _)| method != "GET");
    for (operation, ..) in operations {
        for call in examples(&operation, &with.place).into_iter().flatten() {
            for (who, viewer) in viewers() {
                let sees = scene.is_seen_by(&viewer);
                // Whoever may see it has to notice it once, and changes nothing.
                if sees && (call.method != "GET" || noticed.contains_key(who)) {
                    continue;
                }
                let [plain, other] = [without.ask(&viewer, &call).await, with.ask(&viewer, &call).await];
                let (plain_told, other_told) = (told(&plain), told(&other));
                if plain_told == other_told {
                    continue;
                }
                *noticed.entry(who).or_default() += 1;
                assert!(
                    sees,
                    "{name}: {who} notices {} by `{operation}` ({} {}):\nwithout it {} {:?}\n{}\nwith it {} {:?}\n{}",
                    scene.name,
                    call.method,
                    call.path,
                    plain.status,
                    plain.headers,
                    shortened(&plain, &other),
                    other.status,
                    other.headers,
                    shortened(&other, &plain),
                );
            }
        }
    }
    imports_tell_nothing(name, scene, [&without, &with]).await;
    receipts_tell_nothing(name, scene, [&without, &with]).await;
    // The test can fail: whoever may see it notices it.
    for (who, viewer) in viewers() {
        assert_eq!(noticed.contains_key(who), scene.is_seen_by(&viewer), "{name}: {who} and {}", scene.name);
    }
}

/// What a rival is told of a file of its own that puts something where the hidden thing is: every conflict, count and row.
async fn imports_tell_nothing(name: &str, scene: &Scene, stages: [&Stage; 2]) {
    let (_, rival) = &viewers()[1];
    if scene.is_seen_by(rival) {
        return;
    }
    let files = [
        ("mast", "code,lon,lat,status,height_m\nPROBE-1,{lon},{lat},planned,30\nPROBE-2,{lon},{lat},operational,30\n"),
        ("duct", "code,wkt,status\nPROBE-1,\"LINESTRING ({lon} {lat}, {east} {lat})\",proposed\n"),
        ("radio_station", "code,lon,lat,status,mast,mast_owner\nPROBE-1,{lon},{lat},operational,HIDDEN-1,viettel\n"),
    ];
    for ((class, rows), chance) in files.into_iter().zip(5..) {
        let mut told = Vec::new();
        for stage in stages {
            let Place { lon, lat, .. } = stage.place;
            let east = (lon + 0.002).to_string();
            let rows =
                rows.replace("{lon}", &lon.to_string()).replace("{lat}", &lat.to_string()).replace("{east}", &east);
            let call = |method: &str, path: String, body: String| Call {
                method: method.to_owned(),
                path,
                content_type: "application/json",
                body: body.into_bytes(),
            };
            let upload = format!("/api/v1/imports?file=probe.csv&class={class}&owner=vnpt");
            let uploaded = stage.ask_by(chance, rival, &call("POST", upload, rows)).await;
            assert!(uploaded.status.is_success(), "{name}, {}: {}", scene.name, uploaded.text());
            let id = uploaded.json()["id"].as_str().unwrap().to_owned();
            let at = |rest: &str| format!("/api/v1/imports/{id}{rest}");
            let checked = stage.ask(rival, &call("POST", at("/check?wait=true"), "{}".to_owned())).await;
            assert!(checked.status.is_success() && checked.json()["tally"].is_object(), "{}", checked.text());
            let shown = [at("/rows"), at("/report"), "/api/v1/imports".to_owned()];
            let mut all = vec![uploaded.text(), checked.text()];
            for path in shown {
                all.push(stage.ask(rival, &call("GET", path, String::new())).await.text());
            }
            told.push(all);
        }
        assert_eq!(told[0], told[1], "{name}: a file of {class} tells of {}", scene.name);
    }
}

/// A receipt's hash commits to the whole journal, so that carriers are witnesses; nobody can compute anything from it.
/// Everything else of a receipt is the same.
async fn receipts_tell_nothing(name: &str, scene: &Scene, stages: [&Stage; 2]) {
    let (_, rival) = &viewers()[1];
    if scene.is_seen_by(rival) {
        return;
    }
    let mut told = Vec::new();
    for stage in stages {
        let Place { lon, lat, .. } = stage.place;
        let mast = json!({ "type": "Feature", "geometry": { "type": "Point", "coordinates": [lon, lat] },
            "properties": { "class": "mast", "owner": "vnpt", "code": "SECRECY-1", "height_m": 30 } });
        let call = Call {
            method: "POST".to_owned(),
            path: "/api/v1/assets".to_owned(),
            content_type: "application/json",
            body: mast.to_string().into_bytes(),
        };
        let mut reply = stage.ask(rival, &call).await.json();
        assert!(reply["receipt"]["hash"].take().is_string(), "{reply}");
        told.push(reply);
    }
    assert_eq!(told[0], told[1], "{name}: a receipt tells of {}", scene.name);
}

/// A reply around the first byte in which it differs from another.
fn shortened(reply: &Reply, other: &Reply) -> String {
    let differs = reply.body.iter().zip(&other.body).position(|(a, b)| a != b).unwrap_or(0);
    let (from, to) = (differs.saturating_sub(200), (differs + 200).min(reply.body.len()));
    format!("…{}…", String::from_utf8_lossy(&reply.body[from.min(to)..to]))
}

#[tokio::test]
async fn nobody_notices_what_is_hidden_from_him() {
    let _one_at_a_time = chance::ALONE.lock().await;
    for scene in SCENES {
        compare("SQLite", ["sqlite::memory:".to_owned(), "sqlite::memory:".to_owned()], scene).await;
    }
}

#[tokio::test]
async fn nobody_notices_it_on_the_other_database_either() {
    let _one_at_a_time = chance::ALONE.lock().await;
    for scene in SCENES {
        let fresh = || fresh_database(&test_postgres_url(), "secrecy");
        compare("PostgreSQL", [fresh(), fresh()], scene).await;
    }
}
