//! The plan's parts, as map layers.

use axum::{
    extract::{Path, State},
    http::StatusCode,
};
use hatang_core::{Text, Viewer};
use hatang_desk::{
    amend_plan::{PlanChange, amend_plan},
    describe_plan::{PlanSheet, describe_plan, plan_layer_as_of},
    plan_layer::{PlanLayer, plan_layer},
};
use serde::{Deserialize, Serialize};
use utoipa::IntoParams;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    AppState,
    extract::{Json, Query},
    freshness::{Fresh, Kept},
    problem::Problem,
    wire::{self, GeoJson},
};

pub(crate) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(sheet)).routes(routes!(amend)).routes(routes!(show))
}

/// `GET /api/v1/plan`: what the plan is called, since when, what it wants to reach, holds and lacks; null while none is
/// loaded.
#[utoipa::path(
    get,
    path = "/api/v1/plan",
    tag = "plan",
    operation_id = "showPlan",
    responses((status = OK, description = "The plan", body = Option<wire::PlanSheet>), wire::Problems),
)]
async fn sheet(viewer: Viewer, State(state): State<AppState>) -> Result<axum::Json<Option<PlanSheet>>, Problem> {
    Ok(axum::Json(describe_plan(&state.desk, &viewer).await?))
}

/// `POST /api/v1/plan/changes`: adds, moves or retires one planned object or zone, as the plan's next version.
#[utoipa::path(
    post,
    path = "/api/v1/plan/changes",
    tag = "plan",
    operation_id = "amendPlan",
    request_body(content = wire::PlanChange),
    responses((status = OK, description = "The plan has a new version", body = wire::PlanAmended), wire::Problems),
)]
async fn amend(
    viewer: Viewer,
    State(state): State<AppState>,
    Json(change): Json<PlanChange>,
) -> Result<axum::Json<wire::PlanAmended>, Problem> {
    let version = amend_plan(&state.desk, &viewer, change).await?;
    Ok(axum::Json(wire::PlanAmended { version }))
}

/// Which state of the plan is shown.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
struct PlanQuery {
    /// As it was recorded at the end of this day; as it is now when left out. Not for outlines and works.
    #[param(value_type = Option<String>, format = Date)]
    as_of: Option<jiff::civil::Date>,
}

/// `GET /api/v1/plan/{layer}`: one part of the plan, as far as the viewer may see it.
#[utoipa::path(
    get,
    path = "/api/v1/plan/{layer}",
    tag = "plan",
    operation_id = "showPlanLayer",
    params(("layer" = wire::PlanLayerName, Path, description = "Which part"), PlanQuery),
    responses((status = OK, description = "The layer's features", body = wire::PlanCollection, content_type = "application/geo+json"), wire::Problems),
)]
async fn show(
    viewer: Viewer,
    State(state): State<AppState>,
    Path(layer): Path<String>,
    Query(query): Query<PlanQuery>,
    fresh: Fresh,
) -> Result<Kept<GeoJson<impl Serialize>>, Problem> {
    let layer = PlanLayer::named(&layer).ok_or_else(|| {
        let known = PlanLayer::ALL.map(|(word, _)| word).join(", ");
        let detail = Text::new(
            format!("Không có lớp quy hoạch này; các lớp: {known}."),
            format!("There is no such layer of the plan; the layers: {known}."),
        );
        Problem::new(StatusCode::NOT_FOUND, "layer.unknown", detail).with_value(layer)
    })?;
    // Read before the features: what is newer than its number is asked for again, never the other way round.
    let seq = state.desk.position_seen_by(&viewer);
    let features = match query.as_of.filter(|_| layer.is_of_plan()) {
        Some(as_of) => plan_layer_as_of(&state.desk, &viewer, layer, as_of).await?,
        None => plan_layer(&state.desk, &viewer, layer),
    };
    Ok(fresh.keep(GeoJson(Layer { kind: "FeatureCollection", seq: seq.0, features })))
}

#[derive(Serialize)]
struct Layer<F> {
    #[serde(rename = "type")]
    kind: &'static str,
    seq: u64,
    features: Vec<F>,
}
