//! The territory's outline: reading it with its changes, and changing it from a file.

use axum::{Json, extract::State};
use hatang_core::Viewer;
use hatang_desk::amend_outline::{OutlineChange, OutlineFile, OutlineSheet, amend_outline, describe_outline};
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    AppState,
    extract::{self, Query},
    problem::Problem,
    wire,
    work::waiting_off_the_async_threads,
};

pub(crate) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(show, amend))
}

/// `GET /api/v1/outline`: the territory's outline in numbers, with its changes; null while none is loaded. Its shape is the
/// plan's layer `boundary`.
#[utoipa::path(
    get,
    path = "/api/v1/outline",
    tag = "plan",
    operation_id = "showOutline",
    responses((status = OK, description = "The outline", body = Option<wire::OutlineSheet>), wire::Problems),
)]
async fn show(viewer: Viewer, State(state): State<AppState>) -> Result<Json<Option<OutlineSheet>>, Problem> {
    Ok(Json(describe_outline(&state.desk, &viewer).await?))
}

/// What is said of a new outline besides the file.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
struct OutlineQuery {
    /// The version of the outline that was seen; needed unless nothing is written.
    seen_version: Option<u32>,
    /// The territory's name from now on; as it was when left out.
    name: Option<String>,
    /// People who live there; as it was when left out.
    people: Option<u32>,
    /// The day since which it is true, when that is not today.
    #[param(value_type = Option<String>, format = Date)]
    valid_on: Option<jiff::civil::Date>,
    /// The instrument, and why; needed unless nothing is written.
    #[serde(default)]
    reason: String,
    /// Only say what would come of it.
    #[serde(default)]
    dry_run: bool,
}

/// `POST /api/v1/outline`: changes the territory's outline to the area of a GeoJSON file on WGS 84, or says what would come
/// of it: both areas, and what would lie outside.
///
/// A file of several outlines holds it under the territory's `code`. The neighbours' outlines stay.
#[utoipa::path(
    post,
    path = "/api/v1/outline",
    tag = "plan",
    operation_id = "amendOutline",
    params(OutlineQuery),
    request_body(content = Vec<u8>, content_type = "application/octet-stream"),
    responses((status = OK, description = "What comes of it", body = wire::OutlineChange), wire::Problems),
)]
async fn amend(
    viewer: Viewer,
    State(state): State<AppState>,
    Query(query): Query<OutlineQuery>,
    body: extract::Body,
) -> Result<Json<OutlineChange>, Problem> {
    let file = OutlineFile {
        seen_version: query.seen_version,
        name: query.name.filter(|name| !name.trim().is_empty()),
        people: query.people,
        valid_on: query.valid_on,
        reason: query.reason,
        dry_run: query.dry_run,
    };
    let changed = waiting_off_the_async_threads(async move {
        amend_outline(&state.desk, &viewer, &body.0, file).await.map_err(Problem::from)
    });
    Ok(Json(changed.await??))
}
