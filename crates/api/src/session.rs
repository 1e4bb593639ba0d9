//! Signing in, step by step, and out.

use axum::{
    extract::State,
    http::{HeaderMap, StatusCode, header},
    response::IntoResponse,
};
use hatang_core::{Role, Text};
use hatang_desk::{
    account::{
        Account, Stage,
        invitation::{Setup, lacks_operator, set_up},
        second_factor::give_second_factor,
        session::{recognise, sign_out},
        sign_in::{SignedIn, sign_in},
    },
    demo,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    AppState,
    extract::Json,
    origin,
    problem::Problem,
    viewer::{Anybody, Credential, set_cookie},
};

pub(crate) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(show, begin, end)).routes(routes!(second_factor)).routes(routes!(setup))
}

/// Who is looking.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Session {
    /// The name that was signed in with; null when nobody has, or not all the way.
    #[schema(required)]
    account: Option<String>,
    /// What is still missing before somebody has signed in all the way; null when nothing is.
    #[schema(required)]
    waits_for: Option<WaitsFor>,
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
    /// What the sign-on service is called, where there is one: `GET /api/v1/session/sign-on` goes there.
    #[schema(required)]
    sign_on: Option<String>,
    /// Whether nobody can run this installation yet: its console shows a one-time code.
    lacks_operator: bool,
    /// Accounts to try out, on a demo server only.
    demo_accounts: Vec<DemoAccount>,
}

/// What is still missing.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum WaitsFor {
    /// A code of the second factor.
    SecondFactor,
    /// A second factor, which the role demands and the account does not have.
    Enrolment,
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

/// A code.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct GivenCode {
    /// Six digits of the application, or a recovery code.
    #[schema(format = Password)]
    pub(crate) code: String,
}

/// What somebody with a one-time code chooses.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SetUp {
    /// The code that the console or an administrator has shown.
    #[schema(format = Password)]
    code: String,
    /// The name to sign in with; for the first operator only.
    account: Option<String>,
    /// How to be shown to others; for the first operator only.
    display_name: Option<String>,
    /// The password.
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
        None => Session::public(&state).await?,
        Some(credential) => match (recognise(&state.desk, credential.token()).await?, credential) {
            (Some(known), _) => Session::of(&state, &known.account, known.stage()).await?,
            (None, Credential::Cookie(_)) => Session::public(&state).await?,
            (None, Credential::Bearer(_)) => return Err(Problem::session_unknown()),
        },
    };
    Ok((NO_STORE, axum::Json(session)))
}

/// `POST /api/v1/session`: signs in; the session is kept in a cookie that scripts cannot read. `waits_for` says whether
/// a second factor is still missing: until it is given, the viewer is a visitor.
#[utoipa::path(
    post,
    path = "/api/v1/session",
    tag = "session",
    operation_id = "beginSession",
    request_body = SignIn,
    responses((status = OK, description = "The viewer, with the cookie set", body = Session), crate::wire::Problems),
)]
async fn begin(
    State(state): State<AppState>,
    origin::From(origin): origin::From,
    Json(given): Json<SignIn>,
) -> Result<impl IntoResponse, Problem> {
    let signed_in = sign_in(&state.desk, &given.account, &given.password, &origin).await?;
    entered(&state, &signed_in).await
}

/// `POST /api/v1/session/second-factor`: gives the code that a session waits for. The session goes on under a new cookie.
#[utoipa::path(
    post,
    path = "/api/v1/session/second-factor",
    tag = "session",
    operation_id = "giveSecondFactor",
    request_body = GivenCode,
    responses((status = OK, description = "The viewer, with the cookie set", body = Session), crate::wire::Problems),
)]
async fn second_factor(
    Anybody(me): Anybody,
    State(state): State<AppState>,
    origin::From(origin): origin::From,
    Json(given): Json<GivenCode>,
) -> Result<impl IntoResponse, Problem> {
    let signed_in = give_second_factor(&state.desk, me, &given.code, &origin).await?;
    entered(&state, &signed_in).await
}

/// `POST /api/v1/session/setup`: chooses a password with a one-time code, and signs in.
#[utoipa::path(
    post,
    path = "/api/v1/session/setup",
    tag = "session",
    operation_id = "setUpAccount",
    request_body = SetUp,
    responses((status = OK, description = "The viewer, with the cookie set", body = Session), crate::wire::Problems),
)]
async fn setup(
    State(state): State<AppState>,
    origin::From(origin): origin::From,
    Json(given): Json<SetUp>,
) -> Result<impl IntoResponse, Problem> {
    let chosen = Setup {
        code: &given.code,
        name: given.account.as_deref(),
        display_name: given.display_name.as_deref(),
        password: &given.password,
    };
    let signed_in = set_up(&state.desk, chosen, &origin).await?;
    entered(&state, &signed_in).await
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

pub(crate) const NO_STORE: [(header::HeaderName, &str); 1] = [(header::CACHE_CONTROL, "no-store")];

/// The reply to somebody who has just signed in, as far as they have come.
async fn entered(state: &AppState, signed_in: &SignedIn) -> Result<impl IntoResponse + use<>, Problem> {
    let cookie = [(header::SET_COOKIE, set_cookie(Some(signed_in.token.as_str()), state.secure_cookies))];
    let session = Session::of(state, &signed_in.account, signed_in.stage).await?;
    Ok((NO_STORE, cookie, axum::Json(session)))
}

impl Session {
    async fn of(state: &AppState, account: &Account, reached: Stage) -> Result<Self, Problem> {
        let demo =
            if state.demo { demo::accounts().into_iter().find(|demo| demo.account == account.name) } else { None };
        let shown = &account.person.display_name;
        let name = demo.map_or_else(|| Text::new(shown.clone(), shown.clone()), |demo| demo.name);
        let full = reached == Stage::Full;
        Ok(Self {
            account: full.then(|| account.name.clone()),
            waits_for: match reached {
                Stage::Full => None,
                Stage::SecondFactor => Some(WaitsFor::SecondFactor),
                Stage::Enrolment => Some(WaitsFor::Enrolment),
            },
            name_vi: name.vi,
            name_en: name.en,
            organisation: account.organisation.clone().filter(|_| full).map(String::from),
            role: if full { account.role } else { Role::Public }.code(),
            ..Self::public(state).await?
        })
    }

    async fn public(state: &AppState) -> Result<Self, Problem> {
        Ok(Self {
            account: None,
            waits_for: None,
            name_vi: "Khách".to_owned(),
            name_en: "Visitor".to_owned(),
            organisation: None,
            role: Role::Public.code(),
            sign_on: state.sign_on.as_ref().map(|service| service.name().to_owned()),
            lacks_operator: lacks_operator(&state.desk).await?,
            demo_accounts: demo_accounts(state),
        })
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
