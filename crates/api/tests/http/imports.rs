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
