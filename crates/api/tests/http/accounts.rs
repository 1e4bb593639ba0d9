//! Administrators and what is theirs; delegation; people's data.

use axum::http::{Method, StatusCode};
use serde_json::{Value, json};

use crate::{
    people::{Browser, PASSPHRASE},
    server::{Server, on_both},
};

/// A demo account's browser.
async fn demo(server: &Server, name: &str) -> Browser {
    let mut browser = Browser::default();
    let reply = browser.tries(server, name, "hatang-demo").await;
    assert_eq!(reply.status, StatusCode::OK, "{name}");
    browser
}

async fn accounts(browser: &mut Browser, server: &Server) -> Vec<Value> {
    browser.get(server, "/api/v1/accounts").await.json()["accounts"].as_array().unwrap().clone()
}

fn id_of<'a>(accounts: &'a [Value], name: &str) -> &'a str {
    accounts.iter().find(|one| one["account"] == name).unwrap()["id"].as_str().unwrap()
}

#[tokio::test]
async fn an_organisations_administrator_manages_its_accounts_and_no_others() {
    on_both("administrator", async |server| {
        let server = server.with_commune().await;
        let mut operator = demo(&server, "van-hanh").await;
        let mut administrator = demo(&server, "quan-tri-viettel").await;
        let all = accounts(&mut operator, &server).await;
        let own = accounts(&mut administrator, &server).await;
        assert!(own.len() < all.len() && own.iter().all(|one| one["organisation"] == "viettel"), "{own:?}");
        for name in ["viettel", "vnpt", "phong-kinh-te"] {
            assert_eq!(demo(&server, name).await.get(&server, "/api/v1/accounts").await.code(), "action.refused", "{name}");
        }

        let add = |role: &str, organisation: &str| json!({"account": "ky-su", "display_name": "Kỹ sư", "role": role, "organisation": organisation});
        for (body, refused) in [
            (add("carrier_editor", "vnpt"), "action.refused"),
            (add("assessor", "viettel"), "account.role"),
            (add("operator", "viettel"), "account.role"),
            (json!({"account": "ky-su", "display_name": "Kỹ sư", "role": "operator"}), "action.refused"),
        ] {
            let reply = administrator.ask(&server, Method::POST, "/api/v1/accounts", body.clone()).await;
            assert_eq!(reply.code(), refused, "{body}");
        }
        let added = administrator.ask(&server, Method::POST, "/api/v1/accounts", add("carrier_editor", "viettel")).await;
        assert_eq!(added.status, StatusCode::CREATED);
        let code = added.json()["code"].clone();
        let chosen = json!({"code": code, "password": PASSPHRASE});
        let mut editor = Browser::default();
        let entered = editor.ask(&server, Method::POST, "/api/v1/session/setup", chosen.clone()).await.json();
        assert_eq!((&entered["role"], &entered["organisation"]), (&"carrier_editor".into(), &"viettel".into()));
        let replayed = Browser::default().ask(&server, Method::POST, "/api/v1/session/setup", chosen).await;
        assert_eq!(replayed.code(), "setup.code_unknown");

        let theirs = id_of(&all, "vnpt");
        for (method, path, body) in [
            (Method::PATCH, format!("/api/v1/accounts/{theirs}"), json!({"disabled": true})),
            (Method::POST, format!("/api/v1/accounts/{theirs}/password"), Value::Null),
            (Method::DELETE, format!("/api/v1/accounts/{theirs}/second-factor"), Value::Null),
            (Method::DELETE, format!("/api/v1/accounts/{theirs}/person"), Value::Null),
        ] {
            let of_others = administrator.ask(&server, method.clone(), &path, body.clone()).await;
            let nobodys = path.replace(theirs, "01930000-0000-7000-8000-000000000000");
            let of_nobody = administrator.ask(&server, method, &nobodys, body).await;
            assert_eq!(of_others.status, StatusCode::NOT_FOUND, "{path}");
            assert_eq!(of_others.text().replace(theirs, ""), of_nobody.text().replace("01930000-0000-7000-8000-000000000000", ""), "as if it were not there");
        }

        let mine = format!("/api/v1/accounts/{}", id_of(&own, "quan-tri-viettel"));
        let oneself = administrator.ask(&server, Method::PATCH, &mine, json!({"disabled": true})).await;
        assert_eq!(oneself.code(), "account.oneself");
        let own = accounts(&mut administrator, &server).await;
        let path = format!("/api/v1/accounts/{}", id_of(&own, "ky-su"));
        let raised = administrator.ask(&server, Method::PATCH, &path, json!({"role": "operator"})).await;
        assert_eq!(raised.code(), "account.role");
        let closed = administrator.ask(&server, Method::PATCH, &path, json!({"disabled": true})).await;
        assert_eq!(closed.status, StatusCode::NO_CONTENT);
        assert_eq!(editor.get(&server, "/api/v1/account").await.code(), "session.unknown", "at once");
    })
    .await;
}

#[tokio::test]
async fn an_official_of_another_territory_sees_and_does_here_what_any_organisation_may() {
    on_both("territory_account", async |server| {
        let server = server.with_commune().await;
        let (mut operator, mut official) = (demo(&server, "van-hanh").await, demo(&server, "phong-kinh-te").await);
        let all = accounts(&mut operator, &server).await;
        let managed = operator.get(&server, "/api/v1/accounts").await.json();
        let home = managed["territories"][0]["code"].as_str().unwrap().to_owned();
        let path = |name: &str| format!("/api/v1/accounts/{}", id_of(&all, name));
        let moves = async |operator: &mut Browser, to: &str| {
            let body = json!({ "territory": to });
            operator.ask(&server, Method::PATCH, &path("phong-kinh-te"), body).await.status
        };
        let planned = "/api/v1/plan/planned";
        let seen = async |official: &mut Browser| {
            let assets = official.get(&server, "/api/v1/assets?class=radio_station&limit=10000").await.json();
            let planned = official.get(&server, planned).await.json();
            let count = |page: &Value| page["features"].as_array().unwrap().len();
            (count(&assets), count(&planned))
        };
        let at_home = seen(&mut official).await;
        assert!(0 < at_home.0 && 0 < at_home.1, "{at_home:?}");

        assert_eq!(moves(&mut operator, "99999").await, StatusCode::NO_CONTENT);
        assert_eq!(seen(&mut official).await, (0, 0), "what is between a mast's owner and its tenants, or intended");
        assert_eq!(official.get(&server, "/api/v1/cases").await.json()["number_matched"], 0);
        let change = json!({ "seen_version": 1, "valid_from": "2027-01-01", "parameters": {}, "instrument": "x",
            "article": "x", "text_vi": "x", "reason": "x" });
        let path_of_rule = "/api/v1/rule-sets/national/rules/CL-ROAD";
        assert_eq!(official.ask(&server, Method::POST, path_of_rule, change).await.code(), "action.refused");

        assert_eq!(moves(&mut operator, &home).await, StatusCode::NO_CONTENT);
        assert_eq!(seen(&mut official).await, at_home);
        assert_eq!(moves(&mut operator, "").await, StatusCode::NO_CONTENT);
        assert_eq!(seen(&mut official).await, at_home);
        let body = json!({ "territory": home });
        let of_owner = operator.ask(&server, Method::PATCH, &path("viettel"), body).await;
        assert_eq!(of_owner.code(), "account.territory", "an owner is an owner everywhere");
    })
    .await;
}

#[tokio::test]
async fn a_service_provider_does_what_the_owner_lets_it_while_it_lets_it() {
    on_both("delegation", async |server| {
        let server = server.with_commune().await;
        let mut owner = demo(&server, "quan-tri-viettel").await;
        let mut provider = demo(&server, "vnpt").await;
        // A source document is for the owner and for officials alone.
        let inside = async |browser: &mut Browser| {
            let page = browser.get(&server, "/api/v1/assets?limit=10000").await.json();
            let features = page["features"].as_array().unwrap().clone();
            let of_owner = features.iter().map(|one| &one["properties"]).filter(|one| one["owner"] == "viettel");
            of_owner.filter(|one| one["source"].is_string()).count()
        };
        let before = inside(&mut provider).await;
        assert!(before < inside(&mut owner).await, "the owner sees more");
        let grant = |owner: &str, actions: Value, to: &str| {
            json!({"owner": owner, "provider": "vnpt", "actions": actions, "from": "2020-01-01", "to": to})
        };
        for (body, refused) in [
            (grant("mobifone", json!(["see_assets"]), "2999-12-31"), "action.refused"),
            (grant("viettel", json!([]), "2999-12-31"), "delegation.nothing"),
            (grant("viettel", json!(["everything"]), "2999-12-31"), "delegation.action"),
            (grant("viettel", json!(["see_assets"]), "2020-01-02"), "delegation.dates"),
        ] {
            assert_eq!(owner.ask(&server, Method::POST, "/api/v1/delegations", body.clone()).await.code(), refused, "{body}");
        }
        let body = grant("viettel", json!(["see_assets"]), "2999-12-31");
        let granted = owner.ask(&server, Method::POST, "/api/v1/delegations", body.clone()).await;
        assert_eq!(granted.status, StatusCode::CREATED, "{}", granted.text());
        assert_eq!(inside(&mut provider).await, inside(&mut owner).await, "it sees as the owner sees");
        let listed = provider.get(&server, "/api/v1/delegations").await.json();
        assert_eq!(listed["delegations"].as_array().unwrap().len(), 1);

        let path = format!("/api/v1/delegations/{}", granted.json()["id"].as_str().unwrap());
        assert_eq!(provider.ask(&server, Method::DELETE, &path, Value::Null).await.code(), "delegation.unknown");
        assert_eq!(owner.ask(&server, Method::DELETE, &path, Value::Null).await.status, StatusCode::NO_CONTENT);
        assert_eq!(inside(&mut provider).await, before, "taken back");
        assert_eq!(owner.ask(&server, Method::DELETE, &path, Value::Null).await.code(), "delegation.ended");
    })
    .await;
}

#[tokio::test]
async fn a_person_takes_their_data_away_and_is_erased_with_all_that_names_them() {
    on_both("person", async |server| {
        let mut person = demo(&server, "viettel").await;
        let put = json!({"display_name": "Người thử", "email": "thu@example.vn", "phone": "0225 388 4114"});
        let kept = person.ask(&server, Method::PUT, "/api/v1/account/person", put).await;
        assert_eq!(kept.status, StatusCode::NO_CONTENT);
        let bad = json!({"display_name": "Người thử", "email": "nowhere"});
        let bad = person.ask(&server, Method::PUT, "/api/v1/account/person", bad).await;
        assert!(bad.code() == "person.email" && !bad.text().contains("nowhere"), "what is a person's is not repeated");
        let taken = person.get(&server, "/api/v1/account/data").await;
        assert!(taken.headers["content-disposition"].to_str().unwrap().starts_with("attachment"));
        let data = taken.json();
        assert_eq!((&data["display_name"], &data["email"]), (&"Người thử".into(), &"thu@example.vn".into()));
        assert_eq!(data["sessions"].as_array().unwrap().len(), 1);
        assert!(!taken.text().contains("argon2"), "no secret among it");
        assert_eq!(
            person.ask(&server, Method::POST, "/api/v1/account/erasure", Value::Null).await.status,
            StatusCode::NO_CONTENT
        );

        let mut administrator = demo(&server, "quan-tri-viettel").await;
        let listed = accounts(&mut administrator, &server).await;
        assert!(listed.iter().any(|one| one["account"] == "viettel" && one["erasure_asked_at"].is_string()));
        let path = format!("/api/v1/accounts/{}/person", id_of(&listed, "viettel"));
        assert_eq!(administrator.ask(&server, Method::DELETE, &path, Value::Null).await.status, StatusCode::NO_CONTENT);
        let left = administrator.get(&server, "/api/v1/accounts").await.text();
        assert!(!left.contains("Người thử") && !left.contains("thu@example.vn") && left.contains("erased-"), "{left}");
        assert_eq!(person.get(&server, "/api/v1/account").await.code(), "session.unknown");
        assert_eq!(Browser::default().tries(&server, "viettel", "hatang-demo").await.code(), "session.refused");
    })
    .await;
}
