//! Signing on with another service (OpenID Connect): the browser goes there and comes back.

mod fetch;
mod provider;

use axum::{
    extract::State,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use hatang_desk::account::{
    sign_in::SignedIn,
    sign_on::{Identity, begin_sign_on, sign_on, take_sign_on},
};
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::{router::OpenApiRouter, routes};

pub use self::provider::{InvalidSignOn, SignOn, SignOnConfiguration};
use crate::{
    AppState,
    extract::Query,
    origin,
    problem::Problem,
    session::NO_STORE,
    viewer::{cookie, set_cookie},
};

/// Where the other service sends the browser back to, below the public address of this one.
const CALLBACK: &str = "/api/v1/session/sign-on/callback";

/// The cookie that ties an answer to the browser that asked.
const COOKIE: &str = "hatang_sign_on";

pub(crate) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(begin)).routes(routes!(come_back))
}

/// Where to go on to.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct BeginQuery {
    /// A path on this site; anything else means the start page.
    return_to: Option<String>,
}

/// What the other service says.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct CallbackQuery {
    /// What was sent there.
    state: Option<String>,
    /// What the identity is fetched with, once.
    code: Option<String>,
    /// Why there is none.
    error: Option<String>,
    /// Who answers.
    iss: Option<String>,
}

/// `GET /api/v1/session/sign-on`: sends the browser to the sign-on service.
#[utoipa::path(
    get,
    path = "/api/v1/session/sign-on",
    tag = "session",
    operation_id = "beginSignOn",
    params(BeginQuery),
    responses((status = SEE_OTHER, description = "To the sign-on service"), crate::wire::Problems),
)]
async fn begin(State(state): State<AppState>, Query(query): Query<BeginQuery>) -> Result<impl IntoResponse, Problem> {
    let service = state.sign_on.clone().ok_or_else(|| Problem::not_found("sign-on"))?;
    let asked = service.ask().await?;
    let begun = begin_sign_on(
        &state.desk,
        asked.nonce.secret(),
        asked.verifier.secret(),
        query.return_to.as_deref().unwrap_or("/"),
    )
    .await?;
    let address = asked.address(begun.state.as_str());
    Ok((NO_STORE, [(header::SET_COOKIE, browser_cookie(&state, Some(begun.browser.as_str())))], see_other(&address)?))
}

/// `GET /api/v1/session/sign-on/callback`: takes the sign-on service's answer and sends the browser on, signed in or to
/// the start page with the code of the problem.
#[utoipa::path(
    get,
    path = "/api/v1/session/sign-on/callback",
    tag = "session",
    operation_id = "endSignOn",
    params(CallbackQuery),
    responses((status = SEE_OTHER, description = "To where the sign-on began"), crate::wire::Problems),
)]
async fn come_back(
    State(state): State<AppState>,
    origin::From(origin): origin::From,
    headers: HeaderMap,
    Query(answer): Query<CallbackQuery>,
) -> Result<Response, Problem> {
    let done = browser_cookie(&state, None);
    match entered(&state, &origin, &headers, answer).await {
        Ok((signed_in, return_to)) => {
            let session = set_cookie(Some(signed_in.token.as_str()), state.secure_cookies);
            let mut reply = (NO_STORE, see_other(&return_to)?).into_response();
            for cookie in [session, done] {
                let cookie = HeaderValue::try_from(cookie).map_err(|_| Problem::internal())?;
                reply.headers_mut().append(header::SET_COOKIE, cookie);
            }
            Ok(reply)
        }
        // A person is looking: a page that says what went wrong helps more than JSON.
        Err(problem) => {
            let address = format!("/?problem={}", problem.code());
            Ok((NO_STORE, [(header::SET_COOKIE, done)], see_other(&address)?).into_response())
        }
    }
}

async fn entered(
    state: &AppState,
    origin: &hatang_desk::account::Origin,
    headers: &HeaderMap,
    answer: CallbackQuery,
) -> Result<(SignedIn, String), Problem> {
    let service = state.sign_on.clone().ok_or_else(|| Problem::not_found("sign-on"))?;
    // Taken before anything else: an answer is looked at once, good or bad.
    let expected =
        take_sign_on(&state.desk, answer.state.as_deref().unwrap_or_default(), cookie(headers, COOKIE)).await?;
    if let Some(error) = answer.error {
        tracing::info!(error = error.chars().take(80).collect::<String>(), "the sign-on service refused");
        return Err(Problem::sign_on_refused());
    }
    if answer.iss.is_some_and(|issuer| issuer != service.issuer()) {
        return Err(Problem::sign_on_refused());
    }
    let Some(code) = answer.code else { return Err(Problem::sign_on_refused()) };
    let proven = service.redeem(code, expected.nonce, expected.verifier).await?;
    let identity = Identity {
        issuer: service.issuer(),
        subject: &proven.subject,
        verified_email: proven.verified_email.as_deref(),
    };
    Ok((sign_on(&state.desk, identity, origin).await?, expected.return_to))
}

fn see_other(address: &str) -> Result<(StatusCode, [(header::HeaderName, HeaderValue); 1]), Problem> {
    let address = HeaderValue::try_from(address).map_err(|_| Problem::internal())?;
    Ok((StatusCode::SEE_OTHER, [(header::LOCATION, address)]))
}

/// Sent back by the browser when it returns from the other site, and for nothing else.
fn browser_cookie(state: &AppState, token: Option<&str>) -> String {
    let secure = if state.secure_cookies { "; Secure" } else { "" };
    let age = if token.is_some() { 600 } else { 0 };
    let value = token.unwrap_or_default();
    format!("{COOKIE}={value}; HttpOnly; SameSite=Lax; Path={CALLBACK}; Max-Age={age}{secure}")
}
