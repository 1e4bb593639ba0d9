//! Signing in and out, and who is refused.

use axum::{
    body::Body,
    http::{Request, StatusCode, header},
};

use crate::server::on_both;

#[tokio::test]
async fn a_session_begins_with_the_password_and_ends_for_good() {
    on_both("sessions", async |server| {
        let visitor = server.get("/api/v1/session", None).await;
        assert_eq!(visitor.headers[header::CACHE_CONTROL], "no-store");
        assert_eq!((&visitor.json()["account"], &visitor.json()["role"]), (&serde_json::Value::Null, &"public".into()));
        assert_eq!(visitor.json()["demo_accounts"][0]["password"], "hatang-demo");

        for body in [r#"{"account":"viettel","password":"guess"}"#, r#"{"account":"nobody","password":"hatang-demo"}"#]
        {
            let reply = server.post("/api/v1/session", body, None).await;
            assert_eq!((reply.status, reply.code().as_str()), (StatusCode::UNAUTHORIZED, "session.refused"), "{body}");
            assert!(!reply.text().contains("guess") && !reply.headers.contains_key(header::SET_COOKIE));
        }
        for body in ["", "{}", r#"{"account":"viettel","password":"secret","remember":true}"#] {
            let reply = server.post("/api/v1/session", body, None).await;
            assert_eq!((reply.status, reply.code().as_str()), (StatusCode::BAD_REQUEST, "body.not_json"), "{body}");
            assert!(!reply.text().contains("secret"));
        }

        let token = server.sign_in("viettel").await;
        let session = server.get("/api/v1/session", Some(&token)).await.json();
        assert_eq!((&session["account"], &session["organisation"]), (&"viettel".into(), &"viettel".into()));
        assert_eq!((&session["role"], &session["name_en"]), (&"carrier_editor".into(), &"Viettel (synthetic)".into()));

        let end = Request::delete("/api/v1/session").header(header::COOKIE, format!("hatang_session={token}"));
        let ended = server.send(end.body(Body::empty()).unwrap()).await;
        assert_eq!(ended.status, StatusCode::NO_CONTENT);
        assert!(ended.headers[header::SET_COOKIE].to_str().unwrap().ends_with("Max-Age=0"));

        let with_cookie = Request::get("/api/v1/session").header(header::COOKIE, format!("hatang_session={token}"));
        let visitor = server.send(with_cookie.body(Body::empty()).unwrap()).await;
        assert_eq!((visitor.status, &visitor.json()["role"]), (StatusCode::OK, &"public".into()));
        for address in ["/api/v1/session", "/api/v1/territory", "/tiles/assets/0/0/0"] {
            let refused = server.get(address, Some(&token)).await;
            assert_eq!(
                (refused.status, refused.code().as_str()),
                (StatusCode::UNAUTHORIZED, "session.unknown"),
                "{address}"
            );
        }
    })
    .await;
}

#[tokio::test]
async fn the_cookie_is_secure_and_out_of_reach_of_scripts() {
    on_both("cookie", async |server| {
        let body = r#"{"account":"viettel","password":"hatang-demo"}"#;
        let reply = server.post("/api/v1/session", body, None).await;
        let cookie = reply.headers[header::SET_COOKIE].to_str().unwrap();
        for part in ["; HttpOnly", "; SameSite=Lax", "; Path=/", "; Secure"] {
            assert!(cookie.contains(part), "{part}");
        }
    })
    .await;
}

#[tokio::test]
async fn another_sites_page_changes_nothing() {
    on_both("cross_site", async |server| {
        let cases = [
            // name, header, value, refused
            ("a program", None, false),
            ("this site", Some(("sec-fetch-site", "same-origin")), false),
            ("another site", Some(("sec-fetch-site", "cross-site")), true),
            ("a neighbour under one domain", Some(("sec-fetch-site", "same-site")), true),
            ("this origin, older browser", Some(("origin", "http://hatang.test")), false),
            ("another origin, older browser", Some(("origin", "http://elsewhere.test")), true),
        ];
        for (name, sent, refused) in cases {
            let request = Request::delete("/api/v1/session").header(header::HOST, "hatang.test");
            let request = sent.into_iter().fold(request, |request, (header, value)| request.header(header, value));
            let reply = server.send(request.body(Body::empty()).unwrap()).await;
            assert_eq!(reply.status == StatusCode::FORBIDDEN, refused, "{name}");
            if refused {
                assert_eq!(reply.code(), "request.cross_site", "{name}");
            }
        }
    })
    .await;
}
