//! Entering, changing and giving up one asset.

use axum::{
    Json,
    extract::{Path, State},
    http::{HeaderMap, StatusCode, header},
};
use hatang_core::{AssetId, Version, Viewer};
use hatang_desk::{
    amend_asset::{Amendment, Retirement, amend_asset, retire_asset},
    register_asset::{NewAsset, Written, register_asset},
};
use jiff::civil::Date;
use serde::Deserialize;
use serde_json::{Map, Value};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    AppState,
    extract::{self, Query},
    problem::Problem,
    wire,
};

pub(crate) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(register)).routes(routes!(amend)).routes(routes!(retire))
}

/// Whether anything is written.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
struct WriteQuery {
    /// Say what would follow, and write nothing.
    #[serde(default)]
    dry_run: bool,
}

/// An asset to be entered: a GeoJSON Feature with the fields of files as properties, `class` and `owner` among them.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewAssetFeature {
    /// Always `Feature`.
    #[serde(rename = "type")]
    #[schema(value_type = wire::FeatureType)]
    _kind: Option<String>,
    /// Where it is, in `crs`, easting or longitude first.
    #[schema(value_type = wire::Geometry)]
    geometry: Value,
    /// The reference system of the geometry's numbers; WGS 84 when left out.
    #[schema(example = "EPSG:9210")]
    crs: Option<String>,
    /// Since when it stands so, where that differs from today.
    #[schema(value_type = Option<String>, format = Date)]
    valid_on: Option<Date>,
    /// `class`, `owner` and every other field under its name in files.
    #[schema(value_type = BTreeMap<String, Value>)]
    properties: Map<String, Value>,
}

/// What is to change of an asset.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct AssetAmendment {
    /// Fields under their names in files; null empties one. What is not named stays.
    #[serde(default)]
    #[schema(value_type = BTreeMap<String, Value>)]
    properties: Map<String, Value>,
    /// Where it is now, in `crs`; it stays where it is when left out.
    #[schema(value_type = Option<wire::Geometry>)]
    geometry: Option<Value>,
    /// The reference system of the geometry's numbers; WGS 84 when left out.
    crs: Option<String>,
    /// Why, at most 500 characters; never a person's name.
    reason: Option<String>,
    /// Since when it is so, where that differs from today.
    #[schema(value_type = Option<String>, format = Date)]
    valid_on: Option<Date>,
}

/// Why an asset is given up.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct AssetRetirement {
    /// Why, at most 500 characters; never a person's name.
    reason: String,
    /// Since when it is gone, where that differs from today.
    #[schema(value_type = Option<String>, format = Date)]
    valid_on: Option<Date>,
}

/// `POST /api/v1/assets`: enters an asset of one's own. Its fields are read as a file's row is.
#[utoipa::path(
    post,
    path = "/api/v1/assets",
    tag = "registry",
    operation_id = "registerAsset",
    params(WriteQuery),
    request_body = NewAssetFeature,
    responses((status = OK, description = "What was written, and what to know", body = wire::Written), wire::Problems),
)]
async fn register(
    viewer: Viewer,
    State(state): State<AppState>,
    Query(query): Query<WriteQuery>,
    extract::Json(given): extract::Json<NewAssetFeature>,
) -> Result<Json<Written>, Problem> {
    let mut properties = given.properties;
    let new = NewAsset {
        class: required(&mut properties, "class")?,
        owner: required(&mut properties, "owner")?,
        properties,
        geometry: given.geometry,
        crs: given.crs.as_deref().map(crs).transpose()?,
        valid_on: given.valid_on,
        dry_run: query.dry_run,
    };
    Ok(Json(register_asset(&state.desk, &viewer, new).await?))
}

/// `PATCH /api/v1/assets/{id}`: changes fields of an asset, or moves it, from the version named in `If-Match`.
#[utoipa::path(
    patch,
    path = "/api/v1/assets/{id}",
    tag = "registry",
    operation_id = "amendAsset",
    params(
        ("id" = String, Path, description = "The asset's identity", format = "uuid"),
        ("If-Match" = String, Header, description = "The version that was seen, in quotation marks", example = "\"3\""),
        WriteQuery,
    ),
    request_body = AssetAmendment,
    responses((status = OK, description = "What was written, and what to know", body = wire::Written), wire::Problems),
)]
async fn amend(
    viewer: Viewer,
    State(state): State<AppState>,
    Path(id): Path<String>,
    Query(query): Query<WriteQuery>,
    headers: HeaderMap,
    extract::Json(given): extract::Json<AssetAmendment>,
) -> Result<Json<Written>, Problem> {
    let (id, seen) = (asset_id(id)?, seen_version(&headers)?);
    let AssetAmendment { properties, geometry, crs: system, reason, valid_on } = given;
    let crs = system.as_deref().map(crs).transpose()?;
    let amendment = Amendment { properties, geometry, crs, reason, valid_on, dry_run: query.dry_run };
    Ok(Json(amend_asset(&state.desk, &viewer, id, seen, amendment).await?))
}

/// `POST /api/v1/assets/{id}/retirement`: gives an asset up, from the version named in `If-Match`. It stays readable.
#[utoipa::path(
    post,
    path = "/api/v1/assets/{id}/retirement",
    tag = "registry",
    operation_id = "retireAsset",
    params(
        ("id" = String, Path, description = "The asset's identity", format = "uuid"),
        ("If-Match" = String, Header, description = "The version that was seen, in quotation marks", example = "\"3\""),
    ),
    request_body = AssetRetirement,
    responses((status = OK, description = "What was written", body = wire::Written), wire::Problems),
)]
async fn retire(
    viewer: Viewer,
    State(state): State<AppState>,
    Path(id): Path<String>,
    headers: HeaderMap,
    extract::Json(given): extract::Json<AssetRetirement>,
) -> Result<Json<Written>, Problem> {
    let (id, seen) = (asset_id(id)?, seen_version(&headers)?);
    let retirement = Retirement { reason: given.reason, valid_on: given.valid_on };
    Ok(Json(retire_asset(&state.desk, &viewer, id, seen, retirement).await?))
}

/// A property that the operation itself needs.
fn required<T: std::str::FromStr>(properties: &mut Map<String, Value>, field: &'static str) -> Result<T, Problem> {
    let value = properties.remove(field).unwrap_or_default();
    value.as_str().and_then(|text| text.parse().ok()).ok_or_else(|| {
        Problem::input(
            "asset.required",
            field,
            format!("Cần có `{field}` hợp lệ trong properties."),
            format!("A valid `{field}` is needed among the properties."),
        )
    })
}

pub(super) fn asset_id(text: String) -> Result<AssetId, Problem> {
    // What is no identity names no asset.
    text.parse().map_err(|_| Problem::not_found(text))
}

fn seen_version(headers: &HeaderMap) -> Result<Version, Problem> {
    let given = headers.get(header::IF_MATCH).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let number = given.trim().trim_start_matches("W/").trim_matches('"').parse();
    number.map(Version).map_err(|_| {
        let detail = hatang_core::Text::new(
            "Cần tiêu đề If-Match với phiên bản mà bạn đã xem, ví dụ \"3\".",
            "The header If-Match must name the version that you have seen, for example \"3\".",
        );
        Problem::new(StatusCode::PRECONDITION_REQUIRED, "version.required", detail).with_value(given)
    })
}

pub(crate) fn crs<C: std::str::FromStr>(text: &str) -> Result<C, Problem> {
    text.parse().map_err(|_| {
        Problem::input(
            "crs.unknown",
            text,
            "Không có hệ toạ độ này trong danh sách được hỗ trợ; viết như EPSG:9210.",
            "This is no known reference system; write it like EPSG:9210.",
        )
    })
}
