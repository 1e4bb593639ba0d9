//! Managing one account.

use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::IntoResponse,
};
use hatang_core::{AccountId, Role, Territory};
use hatang_desk::account::administer::{
    change_role, change_territory, erase_account, expect_sign_on, reset_password, reset_second_factor, set_disabled,
    unlock,
};
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{OneTimeCode, one_time};
use crate::{
    AppState,
    extract::{Json, identity},
    problem::Problem,
    session::NO_STORE,
    viewer::Me,
};

pub(super) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(amend))
        .routes(routes!(new_password))
        .routes(routes!(new_second_factor))
        .routes(routes!(unlock_sign_in))
        .routes(routes!(erase))
}

/// What to change of an account; what is absent stays.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct AmendAccount {
    /// What it may be.
    role: Option<String>,
    /// The one territory that it answers for, for officials; empty for every one.
    territory: Option<String>,
    /// Whether it may not sign in.
    disabled: Option<bool>,
    /// The address that the sign-on service must have verified; empty for none. Links that exist are undone.
    sign_on_email: Option<String>,
}

/// `PATCH /api/v1/accounts/{id}`: changes an account.
#[utoipa::path(
    patch,
    path = "/api/v1/accounts/{id}",
    tag = "accounts",
    operation_id = "amendAccount",
    params(("id" = String, Path, description = "The account")),
    request_body = AmendAccount,
    responses((status = NO_CONTENT, description = "It is changed"), crate::wire::Problems),
)]
async fn amend(
    Me(me): Me,
    State(state): State<AppState>,
    Path(id): Path<String>,
    Json(change): Json<AmendAccount>,
) -> Result<StatusCode, Problem> {
    let (id, viewer) = (account(&id)?, me.viewer(&state.desk));
    if let Some(word) = change.role {
        change_role(&state.desk, &viewer, id, role(&word)?).await?;
    }
    if let Some(code) = change.territory {
        change_territory(&state.desk, &viewer, id, territory(&code).transpose()?).await?;
    }
    if let Some(disabled) = change.disabled {
        set_disabled(&state.desk, &viewer, id, disabled).await?;
    }
    if let Some(email) = change.sign_on_email {
        expect_sign_on(&state.desk, &viewer, id, Some(&email)).await?;
    }
    Ok(StatusCode::NO_CONTENT)
}

/// `POST /api/v1/accounts/{id}/password`: takes the password and the sessions away and makes a one-time code.
#[utoipa::path(
    post,
    path = "/api/v1/accounts/{id}/password",
    tag = "accounts",
    operation_id = "resetPassword",
    params(("id" = String, Path, description = "The account")),
    responses((status = OK, description = "The code", body = OneTimeCode), crate::wire::Problems),
)]
async fn new_password(
    Me(me): Me,
    State(state): State<AppState>,
    Path(id): Path<String>,
) -> Result<impl IntoResponse, Problem> {
    let id = account(&id)?;
    let code = reset_password(&state.desk, &me.viewer(&state.desk), id).await?;
    Ok((NO_STORE, axum::Json(one_time(id, &code))))
}

/// `DELETE /api/v1/accounts/{id}/second-factor`: takes the second factor and the sessions away: a telephone was lost.
#[utoipa::path(
    delete,
    path = "/api/v1/accounts/{id}/second-factor",
    tag = "accounts",
    operation_id = "resetSecondFactor",
    params(("id" = String, Path, description = "The account")),
    responses((status = NO_CONTENT, description = "There is none any more"), crate::wire::Problems),
)]
async fn new_second_factor(
    Me(me): Me,
    State(state): State<AppState>,
    Path(id): Path<String>,
) -> Result<StatusCode, Problem> {
    reset_second_factor(&state.desk, &me.viewer(&state.desk), account(&id)?).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// `DELETE /api/v1/accounts/{id}/lock`: ends the lock that failures to sign in have put on an account.
#[utoipa::path(
    delete,
    path = "/api/v1/accounts/{id}/lock",
    tag = "accounts",
    operation_id = "unlockAccount",
    params(("id" = String, Path, description = "The account")),
    responses((status = NO_CONTENT, description = "It is not locked"), crate::wire::Problems),
)]
async fn unlock_sign_in(
    Me(me): Me,
    State(state): State<AppState>,
    Path(id): Path<String>,
) -> Result<StatusCode, Problem> {
    unlock(&state.desk, &me.viewer(&state.desk), account(&id)?).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// `DELETE /api/v1/accounts/{id}/person`: wipes the person behind an account and closes it, for good.
#[utoipa::path(
    delete,
    path = "/api/v1/accounts/{id}/person",
    tag = "accounts",
    operation_id = "eraseAccount",
    params(("id" = String, Path, description = "The account")),
    responses((status = NO_CONTENT, description = "Nothing names the person any more"), crate::wire::Problems),
)]
async fn erase(Me(me): Me, State(state): State<AppState>, Path(id): Path<String>) -> Result<StatusCode, Problem> {
    erase_account(&state.desk, &me.viewer(&state.desk), account(&id)?).await?;
    Ok(StatusCode::NO_CONTENT)
}

fn account(id: &str) -> Result<AccountId, Problem> {
    identity(id).map(AccountId)
}

pub(super) fn role(word: &str) -> Result<Role, Problem> {
    word.parse().map_err(|_| Problem::input("account.role", word, "Không có vai trò này.", "There is no such role."))
}

/// A territory's code; none for an empty one.
pub(super) fn territory(code: &str) -> Option<Result<Territory, Problem>> {
    let invalid =
        |_| Problem::input("territory.code", code, "Mã địa bàn không đúng dạng.", "This is no territory's code.");
    (!code.is_empty()).then(|| Territory::new(code).map_err(invalid))
}
