//! What stands before every handler and behind every reply.

use std::time::Duration;

use axum::{
    Router,
    extract::{DefaultBodyLimit, Request},
    http::{HeaderName, HeaderValue, Method, header},
    middleware::{self, Next},
    response::{IntoResponse as _, Response},
};
use tower_http::{
    CompressionLevel,
    catch_panic::CatchPanicLayer,
    compression::CompressionLayer,
    csrf::{CsrfLayer, ProtectionError},
    trace::TraceLayer,
};

use crate::{extract::BODY_AT_MOST_MIB, problem::Problem};

/// How long a reply may take.
const PATIENCE: Duration = Duration::from_secs(30);
/// How long a file may take to arrive: 64 MiB over a line of 1 Mb/s.
const PATIENCE_WITH_FILES: Duration = Duration::from_mins(10);

/// What a page of this origin may load and do: nothing of another origin, no script or style but those in files. The map
/// library makes its workers and pictures while it runs; it and the app set styles through the object model, which no
/// policy needs to allow.
const POLICY: &str = "default-src 'self'; script-src 'self'; style-src 'self'; worker-src 'self' blob:; \
    img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; object-src 'none'; form-action 'self'; \
    frame-ancestors 'none'; base-uri 'none'";

/// What no page of this origin asks of a device, apart from its place, which may fill in a position.
const FEATURES: &str = "geolocation=(self), camera=(self), accelerometer=(), autoplay=(), display-capture=(), \
    gyroscope=(), hid=(), magnetometer=(), microphone=(), midi=(), payment=(), serial=(), usb=(), xr-spatial-tracking=()";

/// Said where the server is reached through TLS: browsers come back the same way for half a year.
const STRICT_TRANSPORT: &str = "max-age=15552000";

/// Said with every reply.
const HEADERS: [(HeaderName, &str); 7] = [
    (header::CONTENT_SECURITY_POLICY, POLICY),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::X_FRAME_OPTIONS, "DENY"),
    (header::REFERRER_POLICY, "same-origin"),
    (HeaderName::from_static("permissions-policy"), FEATURES),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
];

/// Puts the guards before a router; a request meets them from the last line to the first. `secure` says whether the server
/// is reached through TLS.
pub(crate) fn before(router: Router, secure: bool) -> Router {
    router
        .layer(DefaultBodyLimit::max(BODY_AT_MOST_MIB << 20))
        .layer(CsrfLayer::new().with_rejection_response(|_: ProtectionError| Problem::cross_site().into_response()))
        .layer(middleware::from_fn(in_time))
        .layer(CatchPanicLayer::custom(Problem::of_panic))
        .layer(CompressionLayer::new().quality(CompressionLevel::Fastest))
        .layer(middleware::map_response(move |response| std::future::ready(with_headers(response, secure))))
        .layer(TraceLayer::new_for_http().make_span_with(span))
}

async fn in_time(request: Request, next: Next) -> Response {
    let brings_a_file = request.method() == Method::POST && request.uri().path() == "/api/v1/imports";
    let patience = if brings_a_file { PATIENCE_WITH_FILES } else { PATIENCE };
    tokio::time::timeout(patience, next.run(request)).await.unwrap_or_else(|_| Problem::timed_out().into_response())
}

fn with_headers(mut response: Response, secure: bool) -> Response {
    for (name, value) in HEADERS {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    if secure {
        let strict = HeaderValue::from_static(STRICT_TRANSPORT);
        response.headers_mut().insert(header::STRICT_TRANSPORT_SECURITY, strict);
    }
    response
}

/// What the log says of a request: never its query or its headers, which may hold secrets.
fn span(request: &Request) -> tracing::Span {
    tracing::info_span!("request", method = %request.method(), path = request.uri().path())
}

#[cfg(test)]
mod tests {
    use axum::{body::Body, http::StatusCode, routing::get};
    use tower::ServiceExt as _;

    use super::*;

    async fn ask(router: Router) -> Response {
        router.oneshot(Request::get("/").body(Body::empty()).unwrap()).await.unwrap()
    }

    #[tokio::test]
    async fn a_panic_becomes_a_problem_without_its_message() {
        let router = Router::new().route("/", get(async || -> StatusCode { panic!("a secret") }));
        let reply = ask(before(router, true)).await;
        assert_eq!(reply.status(), StatusCode::INTERNAL_SERVER_ERROR);
        assert!(reply.headers().contains_key(header::CONTENT_SECURITY_POLICY));
        let body = axum::body::to_bytes(reply.into_body(), usize::MAX).await.unwrap();
        let body = String::from_utf8(body.to_vec()).unwrap();
        assert!(body.contains("\"server.failed\"") && !body.contains("secret"), "{body}");
    }

    #[tokio::test(start_paused = true)]
    async fn a_handler_that_takes_too_long_is_stopped() {
        let router = Router::new().route("/", get(std::future::pending::<StatusCode>));
        let reply = ask(before(router, true)).await;
        assert_eq!(reply.status(), StatusCode::SERVICE_UNAVAILABLE);
        assert_eq!(reply.headers()[header::CONTENT_TYPE], "application/problem+json");
    }

    #[tokio::test]
    async fn every_reply_says_what_a_page_may_do() {
        for secure in [true, false] {
            let router = Router::new().route("/", get(async || StatusCode::NO_CONTENT));
            let reply = ask(before(router, secure)).await;
            let said = |name: &str| reply.headers().get(name).map(|value| value.to_str().unwrap());
            let policy = said("content-security-policy").unwrap();
            assert!(!policy.contains("unsafe") && !policy.contains('*') && !policy.contains("http"), "{policy}");
            for (name, value) in [
                ("x-content-type-options", Some("nosniff")),
                ("x-frame-options", Some("DENY")),
                ("referrer-policy", Some("same-origin")),
                ("cross-origin-opener-policy", Some("same-origin")),
                ("cross-origin-resource-policy", Some("same-origin")),
                ("strict-transport-security", secure.then_some(STRICT_TRANSPORT)),
            ] {
                assert_eq!(said(name), value, "{name}");
            }
            assert!(said("permissions-policy").unwrap().contains("microphone=()"));
        }
    }
}
