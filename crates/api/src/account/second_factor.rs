//! One's own second factor.

use axum::{
    extract::State,
    http::{StatusCode, header},
    response::IntoResponse,
};
use hatang_desk::account::second_factor::{begin_enrolment, confirm_enrolment, drop_second_factor, new_recovery_codes};
use qrcode::{QrCode, render::svg};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    AppState,
    extract::Json,
    origin,
    problem::Problem,
    session::{GivenCode, NO_STORE},
    viewer::{Anybody, Me, set_cookie},
};

pub(super) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(begin, confirm, give_up)).routes(routes!(renew))
}

/// A key for an authenticator application, shown once.
#[derive(Serialize, ToSchema)]
pub(crate) struct Enrolment {
    /// The key in base32, to type.
    key: String,
    /// The same as an address.
    uri: String,
    /// The address as a QR code, an SVG image in black on white.
    qr_svg: String,
}

/// Codes that stand in for a lost second factor, shown once.
#[derive(Serialize, ToSchema)]
pub(crate) struct RecoveryCodes {
    /// Each is good once.
    recovery_codes: Vec<String>,
}

/// `POST /api/v1/account/second-factor`: makes a key; it counts once a code of it was given with `PUT`.
#[utoipa::path(
    post,
    path = "/api/v1/account/second-factor",
    tag = "account",
    operation_id = "beginSecondFactor",
    responses((status = OK, description = "The key", body = Enrolment), crate::wire::Problems),
)]
async fn begin(Anybody(me): Anybody, State(state): State<AppState>) -> Result<impl IntoResponse, Problem> {
    let made = begin_enrolment(&state.desk, &me).await?;
    let code = QrCode::new(&made.uri).map_err(|_| Problem::internal())?;
    let qr_svg = code.render::<svg::Color<'_>>().min_dimensions(200, 200).quiet_zone(true).build();
    Ok((NO_STORE, axum::Json(Enrolment { key: made.key, uri: made.uri, qr_svg })))
}

/// `PUT /api/v1/account/second-factor`: confirms the key with its first code. The session goes on under a new cookie.
#[utoipa::path(
    put,
    path = "/api/v1/account/second-factor",
    tag = "account",
    operation_id = "confirmSecondFactor",
    request_body = GivenCode,
    responses((status = OK, description = "Recovery codes, with the cookie set", body = RecoveryCodes), crate::wire::Problems),
)]
async fn confirm(
    Anybody(me): Anybody,
    State(state): State<AppState>,
    origin::From(origin): origin::From,
    Json(given): Json<GivenCode>,
) -> Result<impl IntoResponse, Problem> {
    let (signed_in, codes) = confirm_enrolment(&state.desk, me, &given.code, &origin).await?;
    let cookie = [(header::SET_COOKIE, set_cookie(Some(signed_in.token.as_str()), state.secure_cookies))];
    let recovery_codes = codes.iter().map(|code| code.as_str().to_owned()).collect();
    Ok((NO_STORE, cookie, axum::Json(RecoveryCodes { recovery_codes })))
}

/// `DELETE /api/v1/account/second-factor`: gives it up, where the role does not demand one.
#[utoipa::path(
    delete,
    path = "/api/v1/account/second-factor",
    tag = "account",
    operation_id = "giveUpSecondFactor",
    request_body = GivenCode,
    responses((status = NO_CONTENT, description = "There is none any more"), crate::wire::Problems),
)]
async fn give_up(
    Me(me): Me,
    State(state): State<AppState>,
    origin::From(origin): origin::From,
    Json(given): Json<GivenCode>,
) -> Result<StatusCode, Problem> {
    drop_second_factor(&state.desk, &me, &given.code, &origin).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// `POST /api/v1/account/recovery-codes`: makes new recovery codes; the old ones are worth nothing any more.
#[utoipa::path(
    post,
    path = "/api/v1/account/recovery-codes",
    tag = "account",
    operation_id = "renewRecoveryCodes",
    request_body = GivenCode,
    responses((status = OK, description = "The new codes", body = RecoveryCodes), crate::wire::Problems),
)]
async fn renew(
    Me(me): Me,
    State(state): State<AppState>,
    origin::From(origin): origin::From,
    Json(given): Json<GivenCode>,
) -> Result<impl IntoResponse, Problem> {
    let codes = new_recovery_codes(&state.desk, &me, &given.code, &origin).await?;
    let recovery_codes = codes.iter().map(|code| code.as_str().to_owned()).collect();
    Ok((NO_STORE, axum::Json(RecoveryCodes { recovery_codes })))
}
