//! What is held about oneself: reading it, writing it, taking it away, asking for it to be erased.

use axum::{
    extract::State,
    http::{StatusCode, header},
    response::IntoResponse,
};
use hatang_desk::account::person::{ask_erasure, export_my_data, put_my_person};
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{AppState, extract::Json, problem::Problem, session::NO_STORE, viewer::Me};

pub(super) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(put)).routes(routes!(export)).routes(routes!(ask, withdraw))
}

/// How one is shown and reached.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct MyPerson {
    /// How one is shown to others.
    display_name: String,
    /// Where one can be written to; empty or absent for nowhere.
    email: Option<String>,
    /// Where one can be called; empty or absent for nowhere.
    phone: Option<String>,
}

/// `PUT /api/v1/account/person`: writes how one is shown and reached.
#[utoipa::path(
    put,
    path = "/api/v1/account/person",
    tag = "account",
    operation_id = "putMyPerson",
    request_body = MyPerson,
    responses((status = NO_CONTENT, description = "It is written"), crate::wire::Problems),
)]
async fn put(Me(me): Me, State(state): State<AppState>, Json(person): Json<MyPerson>) -> Result<StatusCode, Problem> {
    let (email, phone) = (person.email.as_deref(), person.phone.as_deref());
    put_my_person(&state.desk, &me, &person.display_name, email, phone).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// `GET /api/v1/account/data`: everything that is held about oneself, as a file.
#[utoipa::path(
    get,
    path = "/api/v1/account/data",
    tag = "account",
    operation_id = "exportMyData",
    responses((status = OK, description = "All of it", body = Object), crate::wire::Problems),
)]
async fn export(Me(me): Me, State(state): State<AppState>) -> Result<impl IntoResponse, Problem> {
    let held = export_my_data(&state.desk, &me).await?;
    let file = [(header::CONTENT_DISPOSITION, "attachment; filename=\"hatang-my-data.json\"")];
    Ok((NO_STORE, file, axum::Json(held)))
}

/// `POST /api/v1/account/erasure`: asks to be erased; an administrator does it.
#[utoipa::path(
    post,
    path = "/api/v1/account/erasure",
    tag = "account",
    operation_id = "askErasure",
    responses((status = NO_CONTENT, description = "It is noted"), crate::wire::Problems),
)]
async fn ask(Me(me): Me, State(state): State<AppState>) -> Result<StatusCode, Problem> {
    ask_erasure(&state.desk, &me, true).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// `DELETE /api/v1/account/erasure`: no longer asks.
#[utoipa::path(
    delete,
    path = "/api/v1/account/erasure",
    tag = "account",
    operation_id = "withdrawErasure",
    responses((status = NO_CONTENT, description = "It is noted"), crate::wire::Problems),
)]
async fn withdraw(Me(me): Me, State(state): State<AppState>) -> Result<StatusCode, Problem> {
    ask_erasure(&state.desk, &me, false).await?;
    Ok(StatusCode::NO_CONTENT)
}
