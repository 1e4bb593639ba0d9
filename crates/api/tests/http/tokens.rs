//! Programs with tokens: what they may do is what both their scopes and their account allow.

use axum::http::{Method, StatusCode};
use hatang_core::Role;
use jiff::SignedDuration;
use serde_json::{Value, json};

use crate::{
    people::{Browser, account, for_real, pass},
    server::Server,
};

async fn make(browser: &mut Browser, server: &Server, scopes: &[&str], days: u32) -> String {
    make_named(browser, server, "IOC", scopes, days).await
}

async fn make_named(browser: &mut Browser, server: &Server, name: &str, scopes: &[&str], days: u32) -> String {
    let new = json!({"name": name, "scopes": scopes, "days": days});
    let reply = browser.ask(server, Method::POST, "/api/v1/account/tokens", new).await;
    assert_eq!(reply.status, StatusCode::CREATED, "{}", reply.text());
    reply.json()["token"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn a_token_does_what_its_scopes_and_its_account_allow_and_nothing_else() {
    for_real("token_scopes", async |server| {
        account(server, "kiem-toan", Role::Auditor, None).await;
        account(server, "can-bo", Role::Assessor, None).await;
        let mut auditor = Browser::default();
        auditor.signs_in(server, "kiem-toan").await;
        let reads = make(&mut auditor, server, &["read"], 30).await;
        let screens = make(&mut auditor, server, &["screen"], 30).await;
        assert!(reads.starts_with("hatang_"));

        assert_eq!(server.get("/api/v1/assets", Some(&reads)).await.status, StatusCode::OK);
        assert_eq!(server.get("/api/v1/session", Some(&reads)).await.json()["account"], "kiem-toan");
        let refused = server.get("/api/v1/assets", Some(&screens)).await;
        assert_eq!((refused.status, refused.code().as_str()), (StatusCode::FORBIDDEN, "token.out_of_scope"));
        let refused = server.post("/api/v1/screenings", "{}", Some(&reads)).await;
        assert_eq!(refused.code(), "token.out_of_scope");
        let let_in = server.post("/api/v1/screenings", "{}", Some(&screens)).await;
        assert_ne!(let_in.status, StatusCode::FORBIDDEN, "it gets as far as the body");

        for path in ["/api/v1/account", "/api/v1/account/tokens", "/api/v1/accounts", "/api/v1/delegations"] {
            assert_eq!(server.get(path, Some(&reads)).await.code(), "token.out_of_scope", "{path}");
        }
        let mut officer = Browser::default();
        officer.signs_in(server, "can-bo").await;
        let his = make(&mut officer, server, &["read"], 30).await;
        let log = "/api/v1/audit";
        assert_eq!(server.get(log, Some(&reads)).await.status, StatusCode::OK, "an auditor's");
        assert_eq!(server.get(log, Some(&his)).await.code(), "action.refused", "his role may not, whatever his token");

        for wrong in [
            json!({"name": "", "scopes": ["read"], "days": 1}),
            json!({"name": "x", "scopes": [], "days": 1}),
            json!({"name": "x", "scopes": ["all"], "days": 1}),
            json!({"name": "x", "scopes": ["read"], "days": 366}),
        ] {
            let reply = auditor.ask(server, Method::POST, "/api/v1/account/tokens", wrong.clone()).await;
            assert_eq!(reply.status, StatusCode::BAD_REQUEST, "{wrong}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_token_that_has_ended_was_revoked_or_lost_its_account_opens_nothing() {
    for_real("token_ends", async |server| {
        account(server, "kiem-toan", Role::Auditor, None).await;
        account(server, "van-hanh-that", Role::Operator, None).await;
        let mut auditor = Browser::default();
        auditor.signs_in(server, "kiem-toan").await;
        let short = make(&mut auditor, server, &["read"], 1).await;
        let revoked = make_named(&mut auditor, server, "mất máy", &["read"], 30).await;
        let left = make(&mut auditor, server, &["read"], 30).await;
        let opens = async |token: &str| server.get("/api/v1/assets", Some(token)).await.status == StatusCode::OK;
        assert!(opens(&short).await && opens(&revoked).await && opens(&left).await);

        let listed = auditor.get(server, "/api/v1/account/tokens").await;
        assert!(!listed.text().contains(&short[10..]), "a token is shown once");
        let listed = listed.json();
        let lost = listed["tokens"].as_array().unwrap().iter().find(|it| it["name"] == "mất máy").unwrap();
        let id = lost["id"].as_str().unwrap().to_owned();
        let path = format!("/api/v1/account/tokens/{id}");
        assert_eq!(auditor.ask(server, Method::DELETE, &path, Value::Null).await.status, StatusCode::NO_CONTENT);
        assert!(!opens(&revoked).await && opens(&left).await);
        assert_eq!(server.get("/api/v1/assets", Some(&revoked)).await.code(), "session.unknown");
        let nobodys = "/api/v1/account/tokens/01930000-0000-7000-8000-000000000000";
        assert_eq!(auditor.ask(server, Method::DELETE, nobodys, Value::Null).await.code(), "token.not_there");

        pass(SignedDuration::from_hours(24));
        assert!(!opens(&short).await && opens(&left).await);

        let mut operator = Browser::default();
        operator.enrols(server, "van-hanh-that").await;
        let accounts = operator.get(server, "/api/v1/accounts").await.json();
        let one = accounts["accounts"].as_array().unwrap().iter().find(|one| one["account"] == "kiem-toan").unwrap();
        let path = format!("/api/v1/accounts/{}", one["id"].as_str().unwrap());
        let closed = operator.ask(server, Method::PATCH, &path, json!({"disabled": true})).await;
        assert_eq!(closed.status, StatusCode::NO_CONTENT);
        assert!(!opens(&left).await, "its account is closed");
    })
    .await;
}
