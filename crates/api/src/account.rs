//! One's own account: password, second factor, sessions, tokens, and what is held about oneself. People only.

mod person;
mod second_factor;
mod sessions;
mod tokens;

use axum::{extract::State, http::StatusCode, response::IntoResponse};
use hatang_desk::account::{password, person::my_account};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{AppState, extract::Json, origin, problem::Problem, session::NO_STORE, viewer::Me};

pub(crate) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(show))
        .routes(routes!(change_password))
        .merge(person::routes())
        .merge(second_factor::routes())
        .merge(sessions::routes())
        .merge(tokens::routes())
}

/// One's own account.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct MyAccount {
    /// What is typed to sign in.
    account: String,
    /// How one is shown to others.
    display_name: String,
    /// Where one can be written to.
    #[schema(required)]
    email: Option<String>,
    /// Where one can be called.
    #[schema(required)]
    phone: Option<String>,
    /// The role.
    role: &'static str,
    /// The organisation.
    #[schema(required)]
    organisation: Option<String>,
    /// When the password was chosen; null without one.
    #[schema(required, format = DateTime)]
    password_changed_at: Option<String>,
    /// The shortest password that is taken, in characters.
    password_at_least: usize,
    /// Whether there is a second factor.
    second_factor: bool,
    /// Whether the role demands one.
    second_factor_demanded: bool,
    /// How many recovery codes are left.
    recovery_codes_left: u32,
    /// Services that this account signs on with.
    sign_on_issuers: Vec<String>,
    /// When one asked to be erased; null for not.
    #[schema(required, format = DateTime)]
    erasure_asked_at: Option<String>,
}

/// `GET /api/v1/account`: one's own account.
#[utoipa::path(
    get,
    path = "/api/v1/account",
    tag = "account",
    operation_id = "showMyAccount",
    responses((status = OK, description = "The account", body = MyAccount), crate::wire::Problems),
)]
async fn show(Me(me): Me, State(state): State<AppState>) -> Result<impl IntoResponse, Problem> {
    let mine = my_account(&state.desk, &me).await?;
    Ok((
        NO_STORE,
        axum::Json(MyAccount {
            account: mine.account.name,
            display_name: mine.account.person.display_name,
            email: mine.account.person.email,
            phone: mine.account.person.phone,
            role: mine.account.role.code(),
            organisation: mine.account.organisation.map(String::from),
            password_changed_at: mine.password_changed_at.filter(|at| 0 < at.as_second()).map(|at| at.to_string()),
            password_at_least: password::AT_LEAST,
            second_factor: mine.has_second_factor,
            second_factor_demanded: mine.demands_second_factor,
            recovery_codes_left: mine.recovery_codes_left,
            sign_on_issuers: mine.issuers,
            erasure_asked_at: mine.account.erasure_asked_at.map(|at| at.to_string()),
        }),
    ))
}

/// A change of password.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ChangePassword {
    /// The present one.
    #[schema(format = Password)]
    present: String,
    /// The new one.
    #[schema(format = Password)]
    new: String,
}

/// `PUT /api/v1/account/password`: changes one's own password, which ends one's other sessions.
#[utoipa::path(
    put,
    path = "/api/v1/account/password",
    tag = "account",
    operation_id = "changeMyPassword",
    request_body = ChangePassword,
    responses((status = NO_CONTENT, description = "It is changed"), crate::wire::Problems),
)]
async fn change_password(
    Me(me): Me,
    State(state): State<AppState>,
    origin::From(origin): origin::From,
    Json(given): Json<ChangePassword>,
) -> Result<StatusCode, Problem> {
    password::change_password(&state.desk, &me, &given.present, &given.new, &origin).await?;
    Ok(StatusCode::NO_CONTENT)
}
