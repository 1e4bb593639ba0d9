//! Notes in the access log whatever is refused, whichever operation refuses it.

use axum::{
    extract::{FromRequestParts as _, MatchedPath, Request, State},
    http::StatusCode,
    middleware::Next,
    response::Response,
};
use hatang_core::{AccessKind, Viewer};

use crate::{AppState, problem::ProblemCode};

/// What signing in refuses is noted by signing in itself, which knows whose account it was.
const SIGN_IN: &str = "/api/v1/session";

/// Lets an operation answer, and notes the answer when it is a refusal.
pub(crate) async fn note(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let operation = request.extensions().get::<MatchedPath>().map(|path| path.as_str().to_owned());
    let Some(operation) = operation.filter(|path| !path.starts_with(SIGN_IN)) else { return next.run(request).await };
    let method = request.method().clone();
    // Who is looking is found once for everybody: the operation's own arguments find it here.
    let (mut parts, body) = request.into_parts();
    let viewer = Viewer::from_request_parts(&mut parts, &state).await.unwrap_or_else(|_| Viewer::public());
    let response = next.run(Request::from_parts(parts, body)).await;
    if matches!(response.status(), StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN) {
        let code = response.extensions().get::<ProblemCode>().map_or("refused", |code| code.0);
        state.desk.audit(AccessKind::Refusal, &viewer, &format!("{method} {operation} {code}"));
    }
    response
}
