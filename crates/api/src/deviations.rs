//! Where the registry and the ground differ.

use axum::{
    Json,
    extract::{Path, State},
};
use hatang_core::{
    AssetClass, AssetId, Lonlat, Metres, Viewer,
    deviation::{DeviationAct, DeviationKind},
};
use hatang_desk::deviations::{
    Answer, DeviationView, NewDeviation, answer_deviation, list_deviations, report_deviation, show_deviation,
};
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

use crate::{AppState, extract, problem::Problem, wire};

pub(crate) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(list)).routes(routes!(report)).routes(routes!(show)).routes(routes!(answer))
}

/// `GET /api/v1/deviations`: those that the viewer may know of, the latest first.
#[utoipa::path(
    get,
    path = "/api/v1/deviations",
    tag = "registry",
    operation_id = "listDeviations",
    responses((status = OK, description = "The deviations", body = Vec<wire::Deviation>), wire::Problems),
)]
async fn list(viewer: Viewer, State(state): State<AppState>) -> Result<Json<Vec<DeviationView>>, Problem> {
    Ok(Json(list_deviations(&state.desk, &viewer)?))
}

/// What somebody has seen on the ground.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct DeviationReport {
    /// How it differs.
    #[schema(value_type = wire::DeviationKind)]
    kind: DeviationKind,
    /// The asset it is about; left out for an unknown object.
    #[schema(value_type = Option<String>, format = "uuid")]
    asset: Option<AssetId>,
    /// What an unknown object looks like.
    #[schema(value_type = Option<String>, example = "pole")]
    class: Option<AssetClass>,
    /// Where it stands, or where nothing was found: longitude, latitude in degrees.
    #[schema(value_type = Option<[f64; 2]>)]
    position: Option<Lonlat>,
    /// The 95 % radius of that position, in metres.
    #[schema(value_type = Option<f64>)]
    accuracy_m: Option<Metres>,
    /// What was seen, at most 1,000 characters; never a person's name.
    note: Option<String>,
}

/// `POST /api/v1/deviations`: says that the ground differs from the registry; whoever must answer is told at once.
#[utoipa::path(
    post,
    path = "/api/v1/deviations",
    tag = "registry",
    operation_id = "reportDeviation",
    request_body = DeviationReport,
    responses((status = OK, description = "The deviation", body = wire::Deviation), wire::Problems),
)]
async fn report(
    viewer: Viewer,
    State(state): State<AppState>,
    extract::Json(given): extract::Json<DeviationReport>,
) -> Result<Json<DeviationView>, Problem> {
    let DeviationReport { kind, asset, class, position, accuracy_m, note } = given;
    let new = NewDeviation { kind, asset, class, position, accuracy_m, note };
    Ok(Json(report_deviation(&state.desk, &viewer, new).await?))
}

/// `GET /api/v1/deviations/{id}`: one deviation.
#[utoipa::path(
    get,
    path = "/api/v1/deviations/{id}",
    tag = "registry",
    operation_id = "showDeviation",
    params(("id" = String, Path, description = "The deviation's identity", format = "uuid")),
    responses((status = OK, description = "The deviation", body = wire::Deviation), wire::Problems),
)]
async fn show(
    viewer: Viewer,
    State(state): State<AppState>,
    Path(id): Path<String>,
) -> Result<Json<DeviationView>, Problem> {
    Ok(Json(show_deviation(&state.desk, &viewer, deviation_id(id)?)?))
}

/// An answer to a deviation.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct DeviationReply {
    /// What is done.
    #[schema(value_type = wire::DeviationAct)]
    act: DeviationAct,
    /// Why; needed to reject and to keep an object. Never a person's name.
    reason: Option<String>,
}

/// `POST /api/v1/deviations/{id}/answers`: agrees, disagrees, claims, corrects the registry, or keeps an unclaimed object.
#[utoipa::path(
    post,
    path = "/api/v1/deviations/{id}/answers",
    tag = "registry",
    operation_id = "answerDeviation",
    params(("id" = String, Path, description = "The deviation's identity", format = "uuid")),
    request_body = DeviationReply,
    responses((status = OK, description = "The deviation", body = wire::Deviation), wire::Problems),
)]
async fn answer(
    viewer: Viewer,
    State(state): State<AppState>,
    Path(id): Path<String>,
    extract::Json(given): extract::Json<DeviationReply>,
) -> Result<Json<DeviationView>, Problem> {
    let answer = Answer { act: given.act, reason: given.reason };
    Ok(Json(answer_deviation(&state.desk, &viewer, deviation_id(id)?, answer).await?))
}

fn deviation_id(text: String) -> Result<Uuid, Problem> {
    // What is no identity names no deviation.
    text.parse().map_err(|_| Problem::not_found(text))
}
