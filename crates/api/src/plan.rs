//! The plan's parts, as map layers.

use axum::{
    extract::{Path, State},
    http::StatusCode,
};
use hatang_core::{Text, Viewer};
use hatang_desk::plan_layer::{PlanLayer, plan_layer};
use serde::Serialize;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    AppState,
    freshness::{Fresh, Kept},
    problem::Problem,
    wire::{self, GeoJson},
};

pub(crate) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(show))
}

/// `GET /api/v1/plan/{layer}`: one part of the plan, as far as the viewer may see it.
#[utoipa::path(
    get,
    path = "/api/v1/plan/{layer}",
    tag = "plan",
    operation_id = "showPlanLayer",
    params(("layer" = wire::PlanLayerName, Path, description = "Which part")),
    responses((status = OK, description = "The layer's features", body = wire::PlanCollection, content_type = "application/geo+json"), wire::Problems),
)]
async fn show(
    viewer: Viewer,
    State(state): State<AppState>,
    Path(layer): Path<String>,
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
    let features = plan_layer(&state.desk, &viewer, layer);
    Ok(fresh.keep(GeoJson(Layer { kind: "FeatureCollection", seq: seq.0, features })))
}

#[derive(Serialize)]
struct Layer<F> {
    #[serde(rename = "type")]
    kind: &'static str,
    seq: u64,
    features: Vec<F>,
}
