//! What a pasted text means, and what stands near while something is drawn.

use axum::{Json, extract::State};
use hatang_core::{AssetClass, Metres, Shape, Viewer};
use hatang_desk::nearby_structures::{NearbyStructure, nearby_structures, places_meant};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{AppState, assets::crs, extract, problem::Problem, wire};

pub(crate) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(read)).routes(routes!(nearby))
}

/// A place as somebody pasted it.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PlaceText {
    /// GeoJSON, well-known text, degrees in any notation or metres, one position on each line.
    #[schema(example = "X=2287478.442 Y=575910.005")]
    text: String,
    /// The reference system that the writer declares; every known one is tried when left out.
    crs: Option<String>,
}

/// A shape that is being drawn.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct DrawnShape {
    /// What it is to become.
    #[schema(value_type = String, example = "mast")]
    class: AssetClass,
    /// Where it is, on WGS 84.
    #[schema(value_type = wire::Geometry)]
    geometry: Shape,
    /// How far around it to look, in metres, at most 500; 100 when left out.
    #[schema(value_type = Option<f64>)]
    reach_m: Option<Metres>,
}

/// `POST /api/v1/places`: every way to understand a pasted text as a place in the territory. More than one: ask.
#[utoipa::path(
    post,
    path = "/api/v1/places",
    tag = "registry",
    operation_id = "readPlace",
    request_body = PlaceText,
    responses((status = OK, description = "Every reading", body = Vec<wire::PlaceReading>), wire::Problems),
)]
async fn read(
    viewer: Viewer,
    State(state): State<AppState>,
    extract::Json(given): extract::Json<PlaceText>,
) -> Result<Json<impl Serialize>, Problem> {
    let crs = given.crs.as_deref().map(crs).transpose()?;
    Ok(Json(places_meant(&state.desk, &viewer, &given.text, crs)?))
}

/// `POST /api/v1/nearby`: what stands near a shape that is being drawn, nearest first, likely duplicates marked.
#[utoipa::path(
    post,
    path = "/api/v1/nearby",
    tag = "registry",
    operation_id = "listNearby",
    request_body = DrawnShape,
    responses((status = OK, description = "The structures", body = Vec<wire::NearbyStructure>), wire::Problems),
)]
async fn nearby(
    viewer: Viewer,
    State(state): State<AppState>,
    extract::Json(given): extract::Json<DrawnShape>,
) -> Result<Json<Vec<NearbyStructure>>, Problem> {
    let reach = given.reach_m.unwrap_or(Metres::computed(100.0));
    Ok(Json(nearby_structures(&state.desk, &viewer, given.class, &given.geometry, reach)?))
}
