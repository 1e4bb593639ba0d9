//! One's own tokens for programs.

use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::IntoResponse,
};
use hatang_desk::account::token::{Scopes, list_tokens, make_token, revoke_token};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    AppState,
    extract::{Json, identity},
    problem::Problem,
    session::NO_STORE,
    viewer::Me,
};

pub(super) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(list, make)).routes(routes!(revoke))
}

/// One's own tokens.
#[derive(Serialize, ToSchema)]
pub(crate) struct MyTokens {
    /// Newest first, also those that have ended.
    tokens: Vec<MyToken>,
}

/// A token, without the token itself.
#[derive(Serialize, ToSchema)]
pub(crate) struct MyToken {
    /// By which it is revoked.
    id: String,
    /// What its owner calls it.
    name: String,
    /// What it may do, as far as the account may.
    scopes: Vec<String>,
    /// When it was made.
    #[schema(format = DateTime)]
    created_at: String,
    /// When it ends.
    #[schema(format = DateTime)]
    expires_at: String,
    /// When it was last used, to the minute; null for never.
    #[schema(required, format = DateTime)]
    used_at: Option<String>,
    /// When it was revoked; null for not.
    #[schema(required, format = DateTime)]
    revoked_at: Option<String>,
}

/// A token to make.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewToken {
    /// What to call it.
    name: String,
    /// What it may do: `read`, `screen`, `register`, `change`.
    scopes: Vec<String>,
    /// How long it lasts, in days.
    days: u32,
}

/// A token that was made.
#[derive(Serialize, ToSchema)]
pub(crate) struct MadeToken {
    /// The token itself, shown here and never again; send it as `Authorization: Bearer`.
    token: String,
    /// When it ends.
    #[schema(format = DateTime)]
    expires_at: String,
}

/// `GET /api/v1/account/tokens`: one's own tokens.
#[utoipa::path(
    get,
    path = "/api/v1/account/tokens",
    tag = "account",
    operation_id = "listMyTokens",
    responses((status = OK, description = "The tokens", body = MyTokens), crate::wire::Problems),
)]
async fn list(Me(me): Me, State(state): State<AppState>) -> Result<impl IntoResponse, Problem> {
    let tokens = list_tokens(&state.desk, &me).await?.into_iter().map(|token| MyToken {
        id: token.id.to_string(),
        name: token.name,
        scopes: token.scopes.split(' ').map(str::to_owned).collect(),
        created_at: token.created_at.to_string(),
        expires_at: token.expires_at.to_string(),
        used_at: token.used_at.map(|at| at.to_string()),
        revoked_at: token.revoked_at.map(|at| at.to_string()),
    });
    Ok((NO_STORE, axum::Json(MyTokens { tokens: tokens.collect() })))
}

/// `POST /api/v1/account/tokens`: makes a token for a program that acts for oneself.
#[utoipa::path(
    post,
    path = "/api/v1/account/tokens",
    tag = "account",
    operation_id = "makeToken",
    request_body = NewToken,
    responses((status = CREATED, description = "The token, shown once", body = MadeToken), crate::wire::Problems),
)]
async fn make(
    Me(me): Me,
    State(state): State<AppState>,
    Json(new): Json<NewToken>,
) -> Result<impl IntoResponse, Problem> {
    let scopes = Scopes::parse(new.scopes.iter().map(String::as_str))?;
    let (token, kept) = make_token(&state.desk, &me, &new.name, &scopes, new.days).await?;
    let made = MadeToken { token: token.as_str().to_owned(), expires_at: kept.expires_at.to_string() };
    Ok((StatusCode::CREATED, NO_STORE, axum::Json(made)))
}

/// `DELETE /api/v1/account/tokens/{id}`: revokes a token, at once and for good.
#[utoipa::path(
    delete,
    path = "/api/v1/account/tokens/{id}",
    tag = "account",
    operation_id = "revokeToken",
    params(("id" = String, Path, description = "The token")),
    responses((status = NO_CONTENT, description = "It is worth nothing any more"), crate::wire::Problems),
)]
async fn revoke(Me(me): Me, State(state): State<AppState>, Path(id): Path<String>) -> Result<StatusCode, Problem> {
    revoke_token(&state.desk, &me, identity(&id)?).await?;
    Ok(StatusCode::NO_CONTENT)
}
