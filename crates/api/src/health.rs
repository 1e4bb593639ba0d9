//! Whether the server lives, and whether it can answer.

use axum::{extract::State, response::IntoResponse};
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{AppState, problem::Problem};

pub(crate) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(live)).routes(routes!(ready))
}

/// `GET /healthz`: the process answers.
#[utoipa::path(
    get,
    path = "/healthz",
    tag = "health",
    operation_id = "live",
    responses((status = OK, description = "`ok`", body = String, content_type = "text/plain"), crate::wire::Problems),
)]
async fn live() -> impl IntoResponse {
    "ok\n"
}

/// `GET /readyz`: the store answers, and the registry holds everything that the journals say.
#[utoipa::path(
    get,
    path = "/readyz",
    tag = "health",
    operation_id = "ready",
    responses((status = OK, description = "`ready`", body = String, content_type = "text/plain"), crate::wire::Problems),
)]
async fn ready(State(state): State<AppState>) -> Result<impl IntoResponse, Problem> {
    state.desk.catch_up().await?;
    Ok("ready\n")
}
