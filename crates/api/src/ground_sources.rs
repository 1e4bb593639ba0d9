//! Files about the ground that coverage is computed on: terrain, and grids of people.

use axum::{
    Json,
    extract::{Path, State},
    http::StatusCode,
};
use hatang_core::{
    Viewer,
    coverage_source::SourceId,
    ground_source::{GroundKind, GroundSource},
};
use hatang_desk::ground_sources::{
    GroundFacts, GroundReport, list_ground_sources, record_ground_source, retire_ground_source,
};
use serde::{Deserialize, Serialize};
use utoipa::IntoParams;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    AppState,
    extract::{Body, Query},
    freshness::{Fresh, Kept},
    problem::Problem,
    wire,
};

pub(crate) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(list, record)).routes(routes!(retire))
}

/// What a file is.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
struct GroundQuery {
    /// `terrain` (`GeoTIFF` of heights) or `population` (`GeoTIFF`, or CSV with `lon, lat, people`).
    #[param(example = "terrain")]
    kind: String,
    /// The day that it is of.
    #[param(example = "2024-06-30")]
    dated: String,
    /// Who made it, and where it comes from.
    source: String,
}

impl GroundQuery {
    fn facts(self) -> Result<GroundFacts, Problem> {
        let bad = |name: &'static str, value: &str| {
            Problem::input(
                "query.invalid",
                value,
                format!("Giá trị của {name} không hợp lệ; xem /api/openapi.json."),
                format!("The value of {name} is not valid; see /api/openapi.json."),
            )
        };
        let kind = GroundKind::ALL.into_iter().find(|kind| kind.code() == self.kind);
        let kind = kind.ok_or_else(|| bad("kind", &self.kind))?;
        let dated = self.dated.parse().map_err(|_| bad("dated", &self.dated))?;
        if self.source.trim().is_empty() {
            return Err(bad("source", &self.source));
        }
        Ok(GroundFacts { kind, dated, source: self.source })
    }
}

/// The files.
#[derive(Serialize)]
struct Listed {
    sources: Vec<GroundSource>,
}

/// `GET /api/v1/ground-sources`: the files of terrain and people, the newest first, retired ones included.
#[utoipa::path(
    get,
    path = "/api/v1/ground-sources",
    tag = "coverage",
    operation_id = "listGroundSources",
    params(wire::CacheKey),
    responses((status = OK, description = "The files", body = wire::GroundSources), wire::Problems),
)]
async fn list(State(state): State<AppState>, Query(_key): Query<wire::CacheKey>, fresh: Fresh) -> Kept<Json<Listed>> {
    fresh.keep(Json(Listed { sources: list_ground_sources(&state.desk) }))
}

/// `POST /api/v1/ground-sources`: loads a file of terrain or people; the newest of its kind counts.
#[utoipa::path(
    post,
    path = "/api/v1/ground-sources",
    tag = "coverage",
    operation_id = "recordGroundSource",
    params(GroundQuery),
    request_body(content = Vec<u8>, content_type = "application/octet-stream"),
    responses((status = OK, description = "What counts and what does not", body = wire::GroundSourceReport), wire::Problems),
)]
async fn record(
    viewer: Viewer,
    State(state): State<AppState>,
    Query(query): Query<GroundQuery>,
    Body(file): Body,
) -> Result<Json<GroundReport>, Problem> {
    let facts = query.facts()?;
    Ok(Json(record_ground_source(&state.desk, &viewer, facts, &file).await?))
}

/// Why a file no longer counts.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
struct RetireQuery {
    /// The reason, in words.
    reason: String,
}

/// `DELETE /api/v1/ground-sources/{id}`: retires a file; it stays listed and no longer counts.
#[utoipa::path(
    delete,
    path = "/api/v1/ground-sources/{id}",
    tag = "coverage",
    operation_id = "retireGroundSource",
    params(("id" = String, Path, description = "The file's identity", format = "uuid"), RetireQuery),
    responses((status = NO_CONTENT, description = "It no longer counts"), wire::Problems),
)]
async fn retire(
    viewer: Viewer,
    State(state): State<AppState>,
    Path(id): Path<String>,
    Query(query): Query<RetireQuery>,
) -> Result<StatusCode, Problem> {
    let id = SourceId(id.parse().map_err(|_| Problem::not_found(id))?);
    retire_ground_source(&state.desk, &viewer, id, &query.reason).await?;
    Ok(StatusCode::NO_CONTENT)
}
