//! What operators declare and what was measured, beside the model.

use axum::{
    Json,
    extract::{Path, State},
    http::StatusCode,
};
use hatang_core::{NetworkCode, OrganisationCode, Viewer, asset::Technology, coverage_source::SourceId};
use hatang_desk::{
    compare_coverage::{CoverageComparison, compare_coverage},
    coverage_sources::{
        ListedSource, SourceFacts, SourceKind, SourceReport, list_coverage_sources, record_coverage_source,
        retire_coverage_source,
    },
};
use serde::{Deserialize, Serialize};
use utoipa::IntoParams;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    AppState,
    coverage::CoverageQuery,
    extract::{Body, Query},
    freshness::{Fresh, Kept},
    problem::Problem,
    wire,
    work::off_the_async_threads,
};

pub(crate) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(list, record)).routes(routes!(retire)).routes(routes!(comparison))
}

/// What a file says of which network.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
struct SourceQuery {
    /// `declared` (GeoJSON areas) or `measured` (CSV).
    #[param(example = "measured")]
    kind: String,
    /// Whose network it speaks of.
    #[param(example = "viettel")]
    network: String,
    /// The technology: `4g` or `5g`.
    #[param(example = "5g")]
    technology: String,
    /// Who says so.
    #[param(example = "viettel")]
    owner: String,
    /// The day from which a declaration holds; today when left out.
    dated: Option<String>,
    /// The document, campaign or system that it comes from.
    source: String,
}

impl SourceQuery {
    fn facts(self) -> Result<SourceFacts, Problem> {
        let bad = |name: &'static str, value: String| {
            Problem::input(
                "query.invalid",
                value,
                format!("Giá trị của {name} không hợp lệ; xem /api/openapi.json."),
                format!("The value of {name} is not valid; see /api/openapi.json."),
            )
        };
        let kind = match self.kind.as_str() {
            "declared" => SourceKind::Declared,
            "measured" => SourceKind::Measured,
            _ => return Err(bad("kind", self.kind)),
        };
        let dated = self.dated.filter(|day| !day.is_empty());
        Ok(SourceFacts {
            kind,
            technology: self.technology.parse::<Technology>().map_err(|_| bad("technology", self.technology))?,
            network: NetworkCode::new(&self.network).map_err(|_| bad("network", self.network))?,
            owner: OrganisationCode::new(&self.owner).map_err(|_| bad("owner", self.owner))?,
            dated: dated.map(|day| day.parse().map_err(|_| bad("dated", day.clone()))).transpose()?,
            source: self.source,
        })
    }
}

/// The viewer's sources.
#[derive(Serialize)]
struct Listed {
    sources: Vec<ListedSource>,
}

/// `GET /api/v1/coverage-sources`: declarations and measurements that the viewer may see, the newest first.
#[utoipa::path(
    get,
    path = "/api/v1/coverage-sources",
    tag = "coverage",
    operation_id = "listCoverageSources",
    params(wire::CacheKey),
    responses((status = OK, description = "The sources", body = wire::CoverageSources), wire::Problems),
)]
async fn list(
    viewer: Viewer,
    State(state): State<AppState>,
    Query(_key): Query<wire::CacheKey>,
    fresh: Fresh,
) -> Kept<Json<Listed>> {
    fresh.keep(Json(Listed { sources: list_coverage_sources(&state.desk, &viewer) }))
}

/// `POST /api/v1/coverage-sources`: records a file of declared zones or of measurements as one source.
#[utoipa::path(
    post,
    path = "/api/v1/coverage-sources",
    tag = "coverage",
    operation_id = "recordCoverageSource",
    params(SourceQuery),
    request_body(content = Vec<u8>, content_type = "application/octet-stream"),
    responses((status = OK, description = "What counts and what does not", body = wire::CoverageSourceReport), wire::Problems),
)]
async fn record(
    viewer: Viewer,
    State(state): State<AppState>,
    Query(query): Query<SourceQuery>,
    Body(file): Body,
) -> Result<Json<SourceReport>, Problem> {
    let facts = query.facts()?;
    Ok(Json(record_coverage_source(&state.desk, &viewer, facts, &file).await?))
}

/// Why a source no longer counts.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
struct RetireQuery {
    /// The reason, in words.
    reason: String,
}

/// `DELETE /api/v1/coverage-sources/{id}`: retires a source; it stays readable and no longer counts.
#[utoipa::path(
    delete,
    path = "/api/v1/coverage-sources/{id}",
    tag = "coverage",
    operation_id = "retireCoverageSource",
    params(("id" = String, Path, description = "The source's identity", format = "uuid"), RetireQuery),
    responses((status = NO_CONTENT, description = "It no longer counts"), wire::Problems),
)]
async fn retire(
    viewer: Viewer,
    State(state): State<AppState>,
    Path(id): Path<String>,
    Query(query): Query<RetireQuery>,
) -> Result<StatusCode, Problem> {
    let id = SourceId(id.parse().map_err(|_| Problem::not_found(id))?);
    retire_coverage_source(&state.desk, &viewer, id, &query.reason).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// `GET /api/v1/coverage/comparison`: declared, modelled and measured side by side, contradictions first.
#[utoipa::path(
    get,
    path = "/api/v1/coverage/comparison",
    tag = "coverage",
    operation_id = "compareCoverage",
    params(CoverageQuery),
    responses((status = OK, description = "The comparison", body = wire::CoverageComparison), wire::Problems),
)]
async fn comparison(
    viewer: Viewer,
    State(state): State<AppState>,
    Query(query): Query<CoverageQuery>,
    fresh: Fresh,
) -> Result<Kept<Json<CoverageComparison>>, Problem> {
    let question = query.question(&state.desk, &viewer)?;
    let compare = move || compare_coverage(&state.desk, &viewer, question.technology, question.network.as_ref());
    Ok(fresh.keep(Json(off_the_async_threads(compare).await??)))
}
