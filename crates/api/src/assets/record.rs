//! One asset as its editor needs it, and as it was.

use axum::{
    Json,
    extract::{Path, State},
};
use hatang_core::Viewer;
use hatang_desk::{
    asset_history::asset_history,
    asset_record::asset_record,
    registry_as_of::{AsOf, PastAssets, assets_as_of},
};
use serde::{Deserialize, Serialize};
use utoipa::IntoParams;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{ClassQuery, edit::asset_id};
use crate::{
    AppState,
    extract::Query,
    freshness::{Fresh, Kept},
    problem::Problem,
    wire,
};

pub(crate) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(record)).routes(routes!(history)).routes(routes!(past))
}

/// `GET /api/v1/assets/{id}/record`: an asset with its version, what is missing of it and what its editor should know.
#[utoipa::path(
    get,
    path = "/api/v1/assets/{id}/record",
    tag = "registry",
    operation_id = "showAssetRecord",
    params(("id" = String, Path, description = "The asset's identity", format = "uuid")),
    responses((status = OK, description = "The record", body = wire::AssetRecord), wire::Problems),
)]
async fn record(
    viewer: Viewer,
    State(state): State<AppState>,
    Path(id): Path<String>,
    fresh: Fresh,
) -> Result<Kept<Json<impl Serialize>>, Problem> {
    let known = asset_record(&state.desk, &viewer, asset_id(id.clone())?);
    Ok(fresh.keep(Json(known.ok_or_else(|| Problem::not_found(id))?)))
}

/// `GET /api/v1/assets/{id}/history`: every version of an asset with who, when, why and what differs, latest first.
///
/// For its owner and for officials: what was once a secret stays one.
#[utoipa::path(
    get,
    path = "/api/v1/assets/{id}/history",
    tag = "registry",
    operation_id = "showAssetHistory",
    params(("id" = String, Path, description = "The asset's identity", format = "uuid")),
    responses((status = OK, description = "Its versions", body = Vec<wire::HistoryEntry>), wire::Problems),
)]
async fn history(
    viewer: Viewer,
    State(state): State<AppState>,
    Path(id): Path<String>,
    fresh: Fresh,
) -> Result<Kept<Json<impl Serialize>>, Problem> {
    Ok(fresh.keep(Json(asset_history(&state.desk, &viewer, asset_id(id)?).await?)))
}

/// Which past is asked for.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
struct PastQuery {
    /// What had been written down by the end of this day, or by this instant.
    #[param(example = "2026-01-31")]
    recorded: Option<String>,
    /// What was true on this day, by what has been written down since.
    #[param(example = "2026-01-31")]
    valid: Option<String>,
    /// West, south, east, north in degrees, with commas between; the whole earth when left out.
    bbox: Option<String>,
    /// Classes with commas between; every class when left out.
    class: Option<String>,
}

/// The past that is asked for, if one is.
pub(crate) fn as_of(recorded: Option<&str>, valid: Option<&str>) -> Result<Option<AsOf>, Problem> {
    let when = match (recorded, valid) {
        (None, None) => return Ok(None),
        (Some(text), None) => AsOf::end_of(text),
        (None, Some(text)) => text.parse().ok().map(AsOf::Valid),
        (Some(_), Some(_)) => None,
    };
    when.map(Some).ok_or_else(|| no_past(recorded.or(valid).unwrap_or_default()))
}

fn no_past(given: &str) -> Problem {
    Problem::input(
        "as_of.invalid",
        given,
        "Cần đúng một trong hai: `recorded` hoặc `valid`, là ngày như 2026-01-31.",
        "Give exactly one of `recorded` and `valid`, a day like 2026-01-31.",
    )
}

/// `GET /api/v1/assets-as-of`: the registry as it was: as written down by a day (`recorded`), or as true on it (`valid`).
#[utoipa::path(
    get,
    path = "/api/v1/assets-as-of",
    tag = "registry",
    operation_id = "listAssetsAsOf",
    params(PastQuery),
    responses((status = OK, description = "The assets as they were", body = wire::PastAssets), wire::Problems),
)]
async fn past(
    viewer: Viewer,
    State(state): State<AppState>,
    Query(query): Query<PastQuery>,
    fresh: Fresh,
) -> Result<Kept<Json<PastAssets>>, Problem> {
    let when = as_of(query.recorded.as_deref(), query.valid.as_deref())?.ok_or_else(|| no_past(""))?;
    let classes = ClassQuery { bbox: query.bbox, class: query.class };
    let (bounds, classes) = classes.check()?;
    Ok(fresh.keep(Json(assets_as_of(&state.desk, &viewer, when, &classes, bounds).await?)))
}
