//! Signing in and out.

use axum::{
    extract::State,
    http::{HeaderMap, StatusCode, header},
    response::IntoResponse,
};
use hatang_core::{OrganisationCode, Role, Text};
use hatang_desk::{
    account::{account_of, sign_in, sign_out},
    demo,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    AppState,
    extract::Json,
    problem::Problem,
    viewer::{Credential, set_cookie},
};

pub(crate) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(show, begin, end))
}

/// Who is looking.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Session {
    /// The name that was signed in with; null when nobody has.
    #[schema(required)]
    account: Option<String>,
    /// How to address the viewer in Vietnamese.
    name_vi: String,
    /// The same in English.
    name_en: String,
    /// Whom the account acts for.
    #[schema(required)]
    organisation: Option<String>,
    /// What the viewer may be; `public` when nobody has signed in.
    #[schema(example = "assessor")]
    role: &'static str,
    /// Accounts to try out, on a demo server only.
    demo_accounts: Vec<DemoAccount>,
}

/// An account whose password everybody may know.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DemoAccount {
    /// The name to sign in with.
    account: &'static str,
    /// The password.
    password: &'static str,
    /// What it may be.
    role: &'static str,
    /// What to call it in Vietnamese.
    name_vi: String,
    /// The same in English.
    name_en: String,
}

/// What is needed to sign in.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SignIn {
    /// The account's name.
    account: String,
    /// Its password.
    #[schema(format = Password)]
    password: String,
}

/// `GET /api/v1/session`: who is looking.
#[utoipa::path(
    get,
    path = "/api/v1/session",
    tag = "session",
    operation_id = "showSession",
    responses((status = OK, description = "The viewer", body = Session), crate::wire::Problems),
)]
async fn show(State(state): State<AppState>, headers: HeaderMap) -> Result<impl IntoResponse, Problem> {
    let session = match Credential::of(&headers) {
        None => Session::public(&state),
        Some(credential) => match (account_of(&state.desk, credential.token()).await?, credential) {
            (Some(account), _) => {
                Session::of(&state, account.name, account.display_name, account.role, account.organisation)
            }
            (None, Credential::Cookie(_)) => Session::public(&state),
            (None, Credential::Bearer(_)) => return Err(Problem::session_unknown()),
        },
    };
    Ok((NO_STORE, axum::Json(session)))
}

/// `POST /api/v1/session`: signs in; the session is kept in a cookie that scripts cannot read.
#[utoipa::path(
    post,
    path = "/api/v1/session",
    tag = "session",
    operation_id = "beginSession",
    request_body = SignIn,
    responses((status = OK, description = "The viewer, with the cookie set", body = Session), crate::wire::Problems),
)]
async fn begin(State(state): State<AppState>, Json(given): Json<SignIn>) -> Result<impl IntoResponse, Problem> {
    let (token, account) = sign_in(&state.desk, &given.account, &given.password).await?;
    let cookie = [(header::SET_COOKIE, set_cookie(Some(token.as_str()), state.secure_cookies))];
    let session = Session::of(&state, account.name, account.display_name, account.role, account.organisation);
    Ok((NO_STORE, cookie, axum::Json(session)))
}

/// `DELETE /api/v1/session`: signs out. Signing out twice is no failure.
#[utoipa::path(
    delete,
    path = "/api/v1/session",
    tag = "session",
    operation_id = "endSession",
    responses((status = NO_CONTENT, description = "Nobody is signed in any more"), crate::wire::Problems),
)]
async fn end(State(state): State<AppState>, headers: HeaderMap) -> Result<impl IntoResponse, Problem> {
    if let Some(credential) = Credential::of(&headers) {
        sign_out(&state.desk, credential.token()).await?;
    }
    Ok((StatusCode::NO_CONTENT, [(header::SET_COOKIE, set_cookie(None, state.secure_cookies))]))
}

const NO_STORE: [(header::HeaderName, &str); 1] = [(header::CACHE_CONTROL, "no-store")];

impl Session {
    fn of(
        state: &AppState,
        account: String,
        display_name: String,
        role: Role,
        organisation: Option<OrganisationCode>,
    ) -> Self {
        let demo = if state.demo { demo::accounts().into_iter().find(|demo| demo.account == account) } else { None };
        let name = demo.map_or_else(|| Text::new(display_name.clone(), display_name), |demo| demo.name);
        Self {
            account: Some(account),
            name_vi: name.vi,
            name_en: name.en,
            organisation: organisation.map(String::from),
            role: role.code(),
            demo_accounts: demo_accounts(state),
        }
    }

    fn public(state: &AppState) -> Self {
        Self {
            account: None,
            name_vi: "Khách".to_owned(),
            name_en: "Visitor".to_owned(),
            organisation: None,
            role: Role::Public.code(),
            demo_accounts: demo_accounts(state),
        }
    }
}

fn demo_accounts(state: &AppState) -> Vec<DemoAccount> {
    let shown = if state.demo { demo::accounts() } else { Vec::new() };
    let shown = shown.into_iter().map(|demo| DemoAccount {
        account: demo.account,
        password: demo.password,
        role: demo.role.code(),
        name_vi: demo.name.vi,
        name_en: demo.name.en,
    });
    shown.collect()
}
