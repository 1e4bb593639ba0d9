//! What stands before every handler and behind every reply.

use std::time::Duration;

use axum::{
    Router,
    extract::{DefaultBodyLimit, Request},
    http::{HeaderName, HeaderValue, header},
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

/// What a page of this origin may load and do. Styles are set by the map library while it runs.
const POLICY: &str = "default-src 'self'; worker-src 'self' blob:; img-src 'self' data: blob:; \
    style-src 'self' 'unsafe-inline'; connect-src 'self'; object-src 'none'; form-action 'self'; \
    frame-ancestors 'none'; base-uri 'none'";

/// Said with every reply.
const HEADERS: [(HeaderName, &str); 4] = [
    (header::CONTENT_SECURITY_POLICY, POLICY),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::X_FRAME_OPTIONS, "DENY"),
    (header::REFERRER_POLICY, "same-origin"),
];

/// Puts the guards before a router; a request meets them from the last line to the first.
pub(crate) fn before(router: Router) -> Router {
    router
        .layer(DefaultBodyLimit::max(BODY_AT_MOST_MIB << 20))
        .layer(CsrfLayer::new().with_rejection_response(|_: ProtectionError| Problem::cross_site().into_response()))
        .layer(middleware::from_fn(in_time))
        .layer(CatchPanicLayer::custom(Problem::of_panic))
        .layer(CompressionLayer::new().quality(CompressionLevel::Fastest))
        .layer(middleware::map_response(with_headers))
        .layer(TraceLayer::new_for_http().make_span_with(span))
}

async fn in_time(request: Request, next: Next) -> Response {
    tokio::time::timeout(PATIENCE, next.run(request)).await.unwrap_or_else(|_| Problem::timed_out().into_response())
}

async fn with_headers(mut response: Response) -> Response {
    for (name, value) in HEADERS {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
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
        let reply = ask(before(router)).await;
        assert_eq!(reply.status(), StatusCode::INTERNAL_SERVER_ERROR);
        assert!(reply.headers().contains_key(header::CONTENT_SECURITY_POLICY));
        let body = axum::body::to_bytes(reply.into_body(), usize::MAX).await.unwrap();
        let body = String::from_utf8(body.to_vec()).unwrap();
        assert!(body.contains("\"server.failed\"") && !body.contains("secret"), "{body}");
    }

    #[tokio::test(start_paused = true)]
    async fn a_handler_that_takes_too_long_is_stopped() {
        let router = Router::new().route("/", get(std::future::pending::<StatusCode>));
        let reply = ask(before(router)).await;
        assert_eq!(reply.status(), StatusCode::SERVICE_UNAVAILABLE);
        assert_eq!(reply.headers()[header::CONTENT_TYPE], "application/problem+json");
    }
}
