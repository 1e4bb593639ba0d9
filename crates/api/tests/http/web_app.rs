//! The web app and what every reply carries.

use axum::{
    body::Body,
    http::{Request, StatusCode, header},
};

use crate::server::{Server, on_both};

#[tokio::test]
async fn pages_are_the_web_apps_and_programs_get_problems() {
    on_both("web_app", async |server| {
        let cases = [
            ("/", "text/html", 200, "text/html"),
            ("/index.html", "text/html", 200, "text/html"),
            ("/requests/new", "text/html,*/*;q=0.8", 200, "text/html"),
            ("/requests/new", "application/json", 404, "application/problem+json"),
            ("/api/v2/assets", "text/html", 404, "application/problem+json"),
            ("/tiles", "text/html", 404, "application/problem+json"),
            ("/assets/gone-0123.js", "*/*", 404, "application/problem+json"),
            ("/../Cargo.toml", "*/*", 200, "text/html"),
        ];
        for (address, accepts, status, kind) in cases {
            let request = Request::get(address).header(header::ACCEPT, accepts);
            let reply = server.send(request.body(Body::empty()).unwrap()).await;
            assert_eq!(reply.status, status, "{address}");
            assert!(reply.headers[header::CONTENT_TYPE].to_str().unwrap().starts_with(kind), "{address}");
        }
        let page = server.get("/index.html", None).await;
        assert_eq!(page.headers[header::CACHE_CONTROL], "no-cache");
        let kept = Request::get("/").header(header::IF_NONE_MATCH, page.headers[header::ETAG].clone());
        assert_eq!(server.send(kept.body(Body::empty()).unwrap()).await.status, StatusCode::NOT_MODIFIED);
    })
    .await;
}

#[tokio::test]
async fn every_reply_says_what_a_page_may_do() {
    let server = Server::open("sqlite::memory:").await;
    for address in ["/", "/healthz", "/api/v1/territory", "/api/v1/nothing", "/tiles/assets/0/0/0"] {
        let reply = server.get(address, None).await;
        let policy = reply.headers[header::CONTENT_SECURITY_POLICY].to_str().unwrap();
        for rule in ["default-src 'self'", "worker-src 'self' blob:", "frame-ancestors 'none'", "base-uri 'none'"] {
            assert!(policy.split("; ").any(|one| one == rule), "{address}: {policy}");
        }
        assert_eq!(reply.headers[header::X_CONTENT_TYPE_OPTIONS], "nosniff", "{address}");
        assert_eq!(reply.headers[header::X_FRAME_OPTIONS], "DENY", "{address}");
        assert_eq!(reply.headers[header::REFERRER_POLICY], "same-origin", "{address}");
    }
}
