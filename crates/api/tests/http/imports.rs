//! A file as a change set: read, agreed with, written as one, and undone as one.

use axum::{
    body::Body,
    http::{Request, header},
};
use serde_json::{Value, json};

use crate::server::{Server, on_both};

const FIRST: &str = "code;lon;lat;height_m;status\nI-1;106,4801;20,6781;36;operational\nI-2;106,4802;20,6782;cao;operational\nI-3;106,4803;20,6783;30;operational\n";
/// I-1 is higher, I-3 is not there, I-4 is new.
const SECOND: &str =
    "code;lon;lat;height_m;status\nI-1;106,4801;20,6781;40;operational\nI-4;106,4804;20,6784;28;operational\n";

async fn upload(server: &Server, token: &str, query: &str, text: &str, key: &str) -> crate::server::Reply {
    let request = Request::post(format!("/api/v1/imports?file=masts.csv&class=mast&owner=viettel{query}"))
        .header(header::AUTHORIZATION, format!("Bearer {token}"))
        .header("idempotency-key", key);
    server.send(request.body(Body::from(text.to_owned())).unwrap()).await
}

async fn step(server: &Server, token: &str, import: &Value, step: &str, body: Value) -> Value {
    let address = format!("/api/v1/imports/{}/{step}", import["id"].as_str().unwrap());
    let reply = server.ask("POST", &address, body, token, None).await;
    assert_eq!(reply.status, 200, "{step}: {}", reply.text());
    reply.json()
}

/// Uploads, checks, agrees with everything and commits.
async fn bring_in(server: &Server, token: &str, query: &str, text: &str, key: &str) -> Value {
    let import = upload(server, token, query, text, key).await.json();
    let checked = step(server, token, &import, "check?wait=true", json!({})).await;
    let kinds: Vec<&Value> =
        checked["conflicts"].as_array().unwrap().iter().map(|conflict| &conflict["kind"]).collect();
    let agreed = json!({ "revision": checked["revision"], "conflicts": kinds });
    step(server, token, &import, "acknowledgement", agreed).await;
    step(server, token, &import, "commit", json!({})).await
}

async fn heights(server: &Server, token: &str) -> Vec<(String, f64, String)> {
    let page = server.get("/api/v1/assets?class=mast&limit=10000", Some(token)).await.json();
    let of = |feature: &Value| {
        let properties = &feature["properties"];
        let code = properties["code"].as_str().filter(|code| code.starts_with("I-"))?;
        Some((code.to_owned(), properties["height_m"].as_f64()?, properties["status"].as_str()?.to_owned()))
    };
    let mut found: Vec<_> = page["features"].as_array().unwrap().iter().filter_map(of).collect();
    found.sort_by(|a, b| a.0.cmp(&b.0));
    found
}

fn told(found: &[(String, f64, String)]) -> Vec<String> {
    found.iter().map(|(code, height, status)| format!("{code} {height} {status}")).collect()
}

#[tokio::test]
async fn a_file_with_a_fault_comes_in_without_the_faulty_row_and_goes_out_again_as_one() {
    on_both("change_set", async |server| {
        let server = server.with_commune().await;
        let owner = server.sign_in("viettel").await;
        let uploaded = upload(&server, &owner, "", FIRST, "k1").await.json();
        assert_eq!(uploaded["state"], "uploaded");
        assert_eq!(
            upload(&server, &owner, "", FIRST, "k1").await.json()["id"],
            uploaded["id"],
            "the same upload again"
        );
        assert_eq!(upload(&server, &owner, "", SECOND, "k1").await.code(), "idempotency.reused");

        let checked = step(&server, &owner, &uploaded, "check?wait=true", json!({})).await;
        assert_eq!(checked["state"], "checked");
        assert_eq!(checked["tally"]["added"], 2);
        assert_eq!(checked["report"]["rows_refused"], 1);
        assert!(heights(&server, &owner).await.is_empty(), "nothing is written yet");
        let rows = server
            .get(&format!("/api/v1/imports/{}/rows?action=added", uploaded["id"].as_str().unwrap()), Some(&owner))
            .await
            .json();
        assert_eq!(rows["rows"].as_array().unwrap().len(), 2);

        let silent = json!({ "revision": checked["revision"], "conflicts": [] });
        let address = format!("/api/v1/imports/{}", uploaded["id"].as_str().unwrap());
        let refused = server.ask("POST", &format!("{address}/acknowledgement"), silent, &owner, None).await;
        assert_eq!((refused.status.as_u16(), refused.code()), (409, "import.unacknowledged".to_owned()));
        let early = server.ask("POST", &format!("{address}/commit"), json!({}), &owner, None).await;
        assert_eq!(early.code(), "import.state");

        let committed = bring_in(&server, &owner, "", FIRST, "k1").await;
        assert_eq!(told(&heights(&server, &owner).await), ["I-1 36 operational", "I-3 30 operational"]);
        let again = step(&server, &owner, &committed, "commit", json!({})).await;
        assert_eq!(again["receipt"], committed["receipt"], "committing twice writes once");

        let second = bring_in(&server, &owner, "&mode=full_set", SECOND, "k2").await;
        assert_eq!((&second["tally"]["added"], &second["tally"]["changed"]), (&json!(1), &json!(1)));
        let now = heights(&server, &owner).await;
        assert_eq!(told(&now), ["I-1 40 operational", "I-3 30 decommissioned", "I-4 28 operational"]);

        let first_again = json!({ "revision": committed["revision"], "reason": "nhầm tệp" });
        let overtaken = server.ask("POST", &format!("{address}/reversal"), first_again, &owner, None).await;
        assert_eq!(overtaken.code(), "import.overtaken", "its assets have changed since");
        let why = json!({ "revision": second["revision"], "reason": "nhầm tệp" });
        let reverted = step(&server, &owner, &second, "reversal", why).await;
        assert_eq!(reverted["state"], "reverted");
        let back = heights(&server, &owner).await;
        assert_eq!(told(&back), ["I-1 36 operational", "I-3 30 operational", "I-4 28 decommissioned"]);
        assert!(server.desk_is_whole().await);
    })
    .await;
}

#[tokio::test]
async fn the_same_file_again_changes_nothing_and_no_column_means_no_change() {
    on_both("unchanged", async |server| {
        let server = server.with_commune().await;
        let owner = server.sign_in("viettel").await;
        bring_in(&server, &owner, "", FIRST, "k1").await;
        let import = upload(&server, &owner, "", FIRST, "k2").await.json();
        let checked = step(&server, &owner, &import, "check?wait=true", json!({})).await;
        assert_eq!((&checked["tally"]["unchanged"], &checked["tally"]["changed"]), (&json!(2), &json!(0)));
        let nothing = json!({ "revision": checked["revision"], "conflicts": ["refused", "same_file", "warnings"] });
        let address = format!("/api/v1/imports/{}", import["id"].as_str().unwrap());
        assert_eq!(
            server.ask("POST", &format!("{address}/acknowledgement"), nothing, &owner, None).await.code(),
            "import.nothing"
        );
        let discarded = server.ask("DELETE", &address, json!({}), &owner, None).await.json();
        assert_eq!(discarded["state"], "discarded");

        let only_status = "code;lon;lat;status\nI-1;106,4801;20,6781;inactive\n";
        bring_in(&server, &owner, "", only_status, "k3").await;
        assert_eq!(told(&heights(&server, &owner).await)[0], "I-1 36 inactive", "the height stays");
    })
    .await;
}

#[tokio::test]
async fn nobody_else_learns_of_an_import_before_it_is_committed() {
    on_both("import_secrecy", async |server| {
        let server = server.with_commune().await;
        let owner = server.sign_in("viettel").await;
        let import = upload(&server, &owner, "", FIRST, "k1").await.json();
        step(&server, &owner, &import, "check?wait=true", json!({})).await;
        let id = import["id"].as_str().unwrap();
        for account in ["vnpt", "phong-kinh-te"] {
            let token = server.sign_in(account).await;
            for address in [
                format!("/api/v1/imports/{id}"),
                format!("/api/v1/imports/{id}/rows"),
                format!("/api/v1/imports/{id}/report"),
            ] {
                let reply = server.get(&address, Some(&token)).await;
                assert!([403, 404].contains(&reply.status.as_u16()), "{account} {address}: {}", reply.text());
            }
            let list = server.get("/api/v1/imports", Some(&token)).await;
            assert!(!list.text().contains(id), "{account}");
            let commit = server.ask("POST", &format!("/api/v1/imports/{id}/commit"), json!({}), &token, None).await;
            assert_eq!(commit.status, 404, "{account}");
        }
        assert_eq!(server.get("/api/v1/imports", None).await.status, 401);
        let foreign = upload(&server, &server.sign_in("vnpt").await, "", FIRST, "k9").await;
        assert_eq!(foreign.status, 403, "a file for another owner");
    })
    .await;
}

#[tokio::test]
async fn a_file_that_cannot_be_read_says_why_and_can_be_read_in_another_way() {
    on_both("unreadable", async |server| {
        let server = server.with_commune().await;
        let owner = server.sign_in("viettel").await;
        let text = "code;e;n\nI-9;575910;2287478\n";
        let import = upload(&server, &owner, "", text, "k1").await.json();
        let address = format!("/api/v1/imports/{}", import["id"].as_str().unwrap());
        let failed = server.ask("POST", &format!("{address}/check?wait=true"), json!({}), &owner, None).await;
        assert_eq!(failed.status, 400, "{}", failed.text());
        let kept = server.get(&address, Some(&owner)).await.json();
        assert_eq!((&kept["state"], kept["problem"]["code"].is_string()), (&json!("uploaded"), true));
        let mut options = kept["options"].clone();
        options["crs"] = json!("EPSG:9210");
        let checked = step(&server, &owner, &import, "check?wait=true", json!({ "options": options })).await;
        assert_eq!((&checked["tally"]["added"], &checked["problem"]), (&json!(1), &Value::Null));
    })
    .await;
}

#[tokio::test]
async fn a_file_in_the_wrong_zone_is_read_again_as_its_report_suggests_and_never_by_itself() {
    on_both("wrong_zone", async |server| {
        let server = server.with_commune().await;
        let owner = server.sign_in("viettel").await;
        let text = "code;e;n;status\nZ-1;601957,368;2287615,492;operational\nZ-2;602157,0;2287815,0;operational\n";
        let import = upload(&server, &owner, "&crs=EPSG:9210", text, "k1").await.json();
        let checked = step(&server, &owner, &import, "check?wait=true", json!({})).await;
        assert_eq!((&checked["tally"]["added"], &checked["report"]["rows_refused"]), (&json!(0), &json!(2)));
        let kinds: Vec<&Value> = checked["conflicts"].as_array().unwrap().iter().map(|one| &one["kind"]).collect();
        assert!(kinds.contains(&&json!("crs")), "somebody must agree to keep it: {kinds:?}");
        let correction = &checked["report"]["crs_check"]["corrections"][0];
        assert_eq!(correction["crs"], "EPSG:9209");
        let mut options = checked["options"].clone();
        options["crs"] = correction["crs"].clone();
        options["axes"] = correction["axes"].clone();
        options["crs_overrides_file"] = json!(true);
        let again = step(&server, &owner, &import, "check?wait=true", json!({ "options": options })).await;
        assert_eq!((&again["tally"]["added"], &again["report"]["rows_refused"]), (&json!(2), &json!(0)));
        assert_eq!(again["report"]["crs_check"]["verdict"], "fits");
    })
    .await;
}

#[tokio::test]
async fn what_was_found_out_wrongly_is_said_and_the_file_is_read_so() {
    on_both("reading", async |server| {
        let server = server.with_commune().await;
        let owner = server.sign_in("viettel").await;
        let text = "ma;lon;lat;cao;structure\nR-1;106,4801;20,6781;1,200;thÐp\n";
        let import = upload(&server, &owner, "", text, "k1").await.json();
        let mut options = import["options"].clone();
        options["map"] = json!({ "code": "ma", "height_m": "cao" });
        options["encoding"] = json!("tcvn3");
        options["decimal"] = json!("comma");
        let checked = step(&server, &owner, &import, "check?wait=true", json!({ "options": options })).await;
        assert_eq!(checked["report"]["encoding"], "tcvn3");
        let rows = server
            .get(&format!("/api/v1/imports/{}/rows?action=added", import["id"].as_str().unwrap()), Some(&owner))
            .await;
        let properties = &rows.json()["rows"][0]["feature"]["properties"];
        assert_eq!((&properties["code"], &properties["height_m"]), (&json!("R-1"), &json!(1.2)), "{properties}");
        assert_eq!(properties["structure"], "thép");
        options["layer"] = json!("Sheet9");
        options["encoding"] = json!("latin-9");
        let address = format!("/api/v1/imports/{}/check?wait=true", import["id"].as_str().unwrap());
        let unknown = server.ask("POST", &address, json!({ "options": options }), &owner, None).await;
        assert_eq!((unknown.status.as_u16(), unknown.code()), (400, "body.not_json".to_owned()));
    })
    .await;
}

#[tokio::test]
async fn a_report_is_read_as_a_page_a_table_and_a_workbook() {
    on_both("reports", async |server| {
        let server = server.with_commune().await;
        let owner = server.sign_in("viettel").await;
        let import = upload(&server, &owner, "", FIRST, "k1").await.json();
        let address = format!("/api/v1/imports/{}/report", import["id"].as_str().unwrap());
        assert_eq!(server.get(&address, Some(&owner)).await.status, 404, "it has not been checked");
        step(&server, &owner, &import, "check?wait=true", json!({})).await;
        for (format, media_type, begins) in [
            ("json", "application/json", &b"{"[..]),
            ("html", "text/html; charset=utf-8", b"<!doctype html>"),
            ("csv", "text/csv; charset=utf-8", b"\xef\xbb\xbfrow,severity,rule"),
            ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", b"PK"),
        ] {
            let file = server.get(&format!("{address}?format={format}"), Some(&owner)).await;
            assert_eq!(
                (file.status.as_u16(), &file.headers[header::CONTENT_TYPE]),
                (200, &media_type.parse().unwrap())
            );
            assert!(file.headers[header::CONTENT_DISPOSITION].to_str().unwrap().ends_with(&format!(".{format}\"")));
            assert!(file.body.starts_with(begins), "{format}");
            if format != "xlsx" {
                assert!(file.text().contains("cao"), "{format} names the value that was refused");
            }
        }
        assert_eq!(server.get(&format!("{address}?format=pdf"), Some(&owner)).await.code(), "format.unknown");
        let rival = server.sign_in("vnpt").await;
        assert_eq!(server.get(&format!("{address}?format=html"), Some(&rival)).await.status, 404);
    })
    .await;
}

#[tokio::test]
async fn a_filled_planned_template_becomes_the_plans_next_version() {
    on_both("planned_file", async |server| {
        let server = server.with_commune().await;
        let (owner, operator) = (server.sign_in("viettel").await, server.sign_in("van-hanh").await);
        let version = async || {
            let plan = server.get("/api/v1/plan", Some(&operator)).await.json();
            plan["changes"][0]["version"].as_u64().unwrap()
        };
        let seen = version().await;
        let send = async |token: &str, more: String, text: &str| {
            let path = format!("/api/v1/plan/imports?file=planned.csv&class=mast&owner=viettel{more}");
            let request = Request::post(path).header(header::AUTHORIZATION, format!("Bearer {token}"));
            server.send(request.body(Body::from(text.to_owned())).unwrap()).await
        };
        let text = "code,lon,lat,height_m\nPL-1,106.4801,20.6781,42\nPL-2,106.4802,20.6782,cao\n";
        let by_carrier = send(&owner, format!("&seen_version={seen}&reason=x"), text).await;
        assert_eq!((by_carrier.status.as_u16(), by_carrier.code()), (403, "action.refused".to_owned()));
        let dry = send(&operator, format!("&seen_version={seen}&dry_run=true"), text).await.json();
        assert_eq!(
            (&dry["version"], &dry["added"], &dry["report"]["rows_refused"]),
            (&Value::Null, &json!(1), &json!(1))
        );
        let silent = send(&operator, format!("&seen_version={seen}"), text).await;
        assert_eq!(silent.code(), "plan.reason");
        let written = send(&operator, format!("&seen_version={seen}&reason=rà+soát+2026"), text).await;
        assert_eq!(written.json()["version"], seen + 1, "{}", written.text());
        let stale = send(&operator, format!("&seen_version={seen}&reason=x"), text).await;
        assert_eq!((stale.status.as_u16(), stale.code()), (409, "plan.changed_meanwhile".to_owned()));
        let planned = server.get("/api/v1/plan/planned", Some(&operator)).await.json();
        let of = |layer: &Value| -> Vec<Value> {
            let all = layer["features"].as_array().unwrap().iter();
            all.filter(|feature| feature["properties"]["code"] == "PL-1").cloned().collect()
        };
        let before = of(&planned);
        assert_eq!((before.len(), &before[0]["properties"]["status"]), (1, &json!("planned")));

        let again = "code,lon,lat,height_m\nPL-1,106.4801,20.6781,36\n";
        let again = send(&operator, format!("&seen_version={}&reason=hạ+cao+độ", seen + 1), again).await.json();
        assert_eq!((&again["added"], &again["replaced"]), (&json!(0), &json!(1)));
        let after = of(&server.get("/api/v1/plan/planned", Some(&operator)).await.json());
        assert_eq!((after.len(), &after[0]["id"]), (1, &before[0]["id"]), "it keeps its identity");
        assert_eq!(after[0]["properties"]["height_m"], 36.0);
        let stands = "code,lon,lat,status\nPL-3,106.4801,20.6781,operational\n";
        let stands = send(&operator, format!("&seen_version={}&reason=x", seen + 2), stands).await;
        assert_eq!((stands.status.as_u16(), stands.code()), (400, "plan.not_planned".to_owned()));

        let template = server.get("/api/v1/templates/mast?planned=true", None).await;
        assert!(template.body.starts_with(b"PK"));
        assert!(server.desk_is_whole().await);
    })
    .await;
}

#[tokio::test]
async fn the_work_on_an_import_is_followed_by_its_events_until_it_ends() {
    on_both("import_events", async |server| {
        let server = server.with_commune().await;
        let (own, rival) = (server.sign_in("viettel").await, server.sign_in("vnpt").await);
        let import = upload(&server, &own, "", FIRST, "events-1").await.json();
        let path = format!("/api/v1/imports/{}/events", import["id"].as_str().unwrap());
        let check = format!("/api/v1/imports/{}/check", import["id"].as_str().unwrap());
        let begun = server.ask("POST", &check, json!({}), &own, None).await;
        assert_eq!(begun.status, 202, "{}", begun.text());
        // However far the work is by now, the stream ends with the import, and asking again goes on from there.
        let mut told = Vec::new();
        while told.last().is_none_or(|import: &Value| import["state"] == "uploaded") {
            let events = server.get(&path, Some(&own)).await;
            assert_eq!(events.headers[header::CONTENT_TYPE], "text/event-stream");
            let text = events.text();
            let (before, last) = text.trim_end().rsplit_once("event: import\ndata: ").unwrap();
            assert!(
                before
                    .lines()
                    .all(|line| line.is_empty() || line.starts_with("event: progress") || line.starts_with("data: {"))
            );
            told.push(serde_json::from_str(last).unwrap());
        }
        assert_eq!(told.last().unwrap()["tally"]["added"], 2);
        assert_eq!(server.get(&path, Some(&rival)).await.status, 404);
    })
    .await;
}
