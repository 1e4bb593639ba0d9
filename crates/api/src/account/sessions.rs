//! One's own sessions.

use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::IntoResponse,
};
use hatang_desk::account::session::{AT_MOST, IDLE, end_other_sessions, end_session, list_sessions};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{AppState, extract::identity, problem::Problem, session::NO_STORE, viewer::Me};

pub(super) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(list, end_others)).routes(routes!(end))
}

/// One's own sessions.
#[derive(Serialize, ToSchema)]
pub(crate) struct MySessions {
    /// Newest first.
    sessions: Vec<MySession>,
    /// A session ends after so many minutes without use,
    idle_minutes: i64,
    /// and in any case after so many minutes.
    at_most_minutes: i64,
}

/// A session.
#[derive(Serialize, ToSchema)]
pub(crate) struct MySession {
    /// By which it is ended.
    id: String,
    /// Whether it is the one that asks.
    present: bool,
    /// When it began.
    #[schema(format = DateTime)]
    began_at: String,
    /// When it was last used, to the minute.
    #[schema(format = DateTime)]
    seen_at: String,
    /// When it ends however much it is used.
    #[schema(format = DateTime)]
    expires_at: String,
    /// Network address that it began from; null when unknown.
    #[schema(required)]
    address: Option<String>,
    /// What the browser said it was; null when it said nothing.
    #[schema(required)]
    client: Option<String>,
}

/// `GET /api/v1/account/sessions`: one's own sessions.
#[utoipa::path(
    get,
    path = "/api/v1/account/sessions",
    tag = "account",
    operation_id = "listMySessions",
    responses((status = OK, description = "The sessions", body = MySessions), crate::wire::Problems),
)]
async fn list(Me(me): Me, State(state): State<AppState>) -> Result<impl IntoResponse, Problem> {
    let present = me.session.as_ref().map(|session| session.id);
    let sessions = list_sessions(&state.desk, &me).await?.into_iter().map(|session| MySession {
        present: Some(session.id) == present,
        id: session.id.to_string(),
        began_at: session.began_at.to_string(),
        seen_at: session.seen_at.to_string(),
        expires_at: session.expires_at.to_string(),
        address: session.address,
        client: session.client,
    });
    let reply =
        MySessions { sessions: sessions.collect(), idle_minutes: IDLE.as_mins(), at_most_minutes: AT_MOST.as_mins() };
    Ok((NO_STORE, axum::Json(reply)))
}

/// `DELETE /api/v1/account/sessions`: ends all of one's sessions but the one that asks.
#[utoipa::path(
    delete,
    path = "/api/v1/account/sessions",
    tag = "account",
    operation_id = "endMyOtherSessions",
    responses((status = NO_CONTENT, description = "They have ended"), crate::wire::Problems),
)]
async fn end_others(Me(me): Me, State(state): State<AppState>) -> Result<StatusCode, Problem> {
    end_other_sessions(&state.desk, &me).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// `DELETE /api/v1/account/sessions/{id}`: ends one of one's sessions.
#[utoipa::path(
    delete,
    path = "/api/v1/account/sessions/{id}",
    tag = "account",
    operation_id = "endMySession",
    params(("id" = String, Path, description = "The session")),
    responses((status = NO_CONTENT, description = "It has ended"), crate::wire::Problems),
)]
async fn end(Me(me): Me, State(state): State<AppState>, Path(id): Path<String>) -> Result<StatusCode, Problem> {
    end_session(&state.desk, &me, identity(&id)?).await?;
    Ok(StatusCode::NO_CONTENT)
}
