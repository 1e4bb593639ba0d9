//! How good data are, and the words they are written in.

use axum::{
    Json,
    body::Body,
    extract::State,
    http::header,
    response::{IntoResponse, Response},
};
use hatang_core::Viewer;
use hatang_desk::{code_lists::code_lists, export_assets::export_own, quality_board::quality_board};
use serde::Serialize;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    AppState,
    freshness::{Fresh, Kept},
    problem::Problem,
    wire,
    work::off_the_async_threads,
};

pub(crate) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(lists)).routes(routes!(board)).routes(routes!(own))
}

/// `GET /api/v1/code-lists`: every closed list of words, each word with an address of its own.
#[utoipa::path(
    get,
    path = "/api/v1/code-lists",
    tag = "registry",
    operation_id = "listCodeLists",
    responses((status = OK, description = "The lists", body = Vec<wire::CodeList>), wire::Problems),
)]
async fn lists() -> Json<impl Serialize> {
    Json(code_lists())
}

/// `GET /api/v1/quality`: completeness, accuracy, freshness and open deviations: an owner's own, for officials everybody's.
#[utoipa::path(
    get,
    path = "/api/v1/quality",
    tag = "registry",
    operation_id = "showQuality",
    responses((status = OK, description = "The board", body = wire::QualityBoard), wire::Problems),
)]
async fn board(
    viewer: Viewer,
    State(state): State<AppState>,
    fresh: Fresh,
) -> Result<Kept<Json<impl Serialize>>, Problem> {
    Ok(fresh.keep(Json(quality_board(&state.desk, &viewer).await?)))
}

/// `GET /api/v1/own-data`: everything that the viewer's organisation has registered, of every class, as one GeoJSON file.
#[utoipa::path(
    get,
    path = "/api/v1/own-data",
    tag = "registry",
    operation_id = "downloadOwnData",
    responses((status = OK, description = "The file", body = wire::AssetFile, content_type = "application/geo+json"), wire::Problems),
)]
async fn own(viewer: Viewer, State(state): State<AppState>) -> Result<Response, Problem> {
    let owner = viewer.organisation.clone().ok_or_else(Problem::session_required)?;
    let name = format!("attachment; filename=\"hatang-{}.geojson\"", slug(owner.as_str()));
    let file = off_the_async_threads(move || {
        let mut file = Vec::new();
        export_own(&state.desk, &viewer, &owner, &mut file).map(|_| file)
    })
    .await?
    .map_err(|_| Problem::internal())?;
    let headers = [
        (header::CONTENT_TYPE, "application/geo+json".to_owned()),
        (header::CONTENT_DISPOSITION, name),
        (header::CACHE_CONTROL, "private, no-store".to_owned()),
    ];
    Ok((headers, Body::from(file)).into_response())
}

/// A code as part of a file's name.
fn slug(code: &str) -> String {
    code.chars().map(|c| if c.is_ascii_alphanumeric() || c == '-' { c } else { '_' }).collect()
}
