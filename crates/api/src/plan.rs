//! The plan's parts, as map layers.

use axum::{
    extract::{Path, State},
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use hatang_core::{Text, Viewer};
use hatang_desk::{
    amend_plan::{PlanChange, amend_plan},
    describe_plan::{PlanSheet, describe_plan, describe_plan_as_of, plan_layer_as_of},
    export_assets::ExportFormat,
    export_plan::export_plan,
    import_planned::{PlannedFile, PlannedImport, import_planned},
    plan_layer::{PlanLayer, plan_layer},
};
use serde::{Deserialize, Serialize};
use utoipa::IntoParams;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    AppState,
    extract::{self, Json, Query},
    freshness::{Fresh, Kept},
    problem::Problem,
    wire::{self, GeoJson},
    work::waiting_off_the_async_threads,
};

pub(crate) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(sheet))
        .routes(routes!(amend))
        .routes(routes!(import))
        .routes(routes!(export))
        .routes(routes!(show))
}

/// `GET /api/v1/plan`: what the plan is called, since when, what it wants to reach, holds and lacks; null while none is
/// loaded, and before the first was.
#[utoipa::path(
    get,
    path = "/api/v1/plan",
    tag = "plan",
    operation_id = "showPlan",
    params(PlanQuery),
    responses((status = OK, description = "The plan", body = Option<wire::PlanSheet>), wire::Problems),
)]
async fn sheet(
    viewer: Viewer,
    State(state): State<AppState>,
    Query(query): Query<PlanQuery>,
) -> Result<axum::Json<Option<PlanSheet>>, Problem> {
    let sheet = match query.as_of {
        Some(as_of) => describe_plan_as_of(&state.desk, &viewer, as_of).await?,
        None => describe_plan(&state.desk, &viewer).await?,
    };
    Ok(axum::Json(sheet))
}

/// `POST /api/v1/plan/changes`: changes one part of the plan, as its next version: a feature of a layer, a planned
/// object, or what the plan says of itself. The outline is changed for itself.
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

/// What a file of planned objects is, and why they are planned.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
struct PlannedQuery {
    /// The file's name; its ending says its format.
    #[param(example = "planned-masts.xlsx")]
    file: String,
    /// The class of every row.
    #[param(example = "mast")]
    class: String,
    /// For whom they are planned.
    #[param(example = "viettel")]
    owner: Option<String>,
    /// The column that names for whom.
    owner_field: Option<String>,
    /// The reference system of the file's numbers; what the file itself declares when left out.
    crs: Option<String>,
    /// The version of the plan that was seen.
    seen_version: u32,
    /// Why; needed unless nothing is written.
    #[serde(default)]
    reason: String,
    /// Only say what would come of it.
    #[serde(default)]
    dry_run: bool,
}

/// `POST /api/v1/plan/imports`: brings a file of planned objects, such as a filled planned template, into the plan as its
/// next version. An object whose code the plan has for the owner is planned anew; refused rows stay out and are listed.
#[utoipa::path(
    post,
    path = "/api/v1/plan/imports",
    tag = "plan",
    operation_id = "importPlanned",
    params(PlannedQuery),
    request_body(content = Vec<u8>, content_type = "application/octet-stream"),
    responses((status = OK, description = "What became of every row", body = wire::PlannedImport), wire::Problems),
)]
async fn import(
    viewer: Viewer,
    State(state): State<AppState>,
    Query(query): Query<PlannedQuery>,
    body: extract::Body,
) -> Result<axum::Json<PlannedImport>, Problem> {
    let file = PlannedFile {
        name: query.file,
        class: crate::assets::class(&query.class)?,
        owner: query.owner.filter(|owner| !owner.is_empty()),
        owner_field: query.owner_field,
        crs: query.crs.filter(|crs| !crs.is_empty()),
        seen_version: query.seen_version,
        reason: query.reason,
        dry_run: query.dry_run,
    };
    Ok(axum::Json(import_planned(&state.desk, &viewer, &body.0, file).await?))
}

/// Which state of the plan is shown.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
struct PlanQuery {
    /// As it was recorded at the end of this day; as it is now when left out.
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
    let features = match query.as_of {
        Some(as_of) => plan_layer_as_of(&state.desk, &viewer, layer, as_of).await?,
        None => plan_layer(&state.desk, &viewer, layer),
    };
    Ok(fresh.keep(GeoJson(Layer { kind: "FeatureCollection", seq: seq.0, features })))
}

/// Which state of the plan is written.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
struct ExportQuery {
    /// As it was recorded at the end of this day; as it is now when left out.
    #[param(value_type = Option<String>, format = Date)]
    as_of: Option<jiff::civil::Date>,
}

/// `GET /api/v1/plan-export`: the whole plan as a GeoPackage, as far as the viewer may see it: outline, zones, hamlets, places,
/// roads, constraints, planned objects by class, works, targets, and what the file is of.
#[utoipa::path(
    get,
    path = "/api/v1/plan-export",
    tag = "plan",
    operation_id = "exportPlan",
    params(ExportQuery),
    responses(
        (status = OK, description = "The file", body = Vec<u8>, content_type = "application/geopackage+sqlite3"),
        wire::Problems,
    ),
)]
async fn export(
    viewer: Viewer,
    State(state): State<AppState>,
    Query(query): Query<ExportQuery>,
) -> Result<Response, Problem> {
    let day = query.as_of.unwrap_or_else(|| state.desk.today());
    let written: Result<Vec<u8>, Problem> = waiting_off_the_async_threads(async move {
        let mut bytes = Vec::new();
        let written = export_plan(&state.desk, &viewer, query.as_of, viewer.role.code(), &mut bytes).await?;
        written.map(|_| bytes).map_err(|error| {
            tracing::error!(error = &error as &dyn std::error::Error, "an export failed");
            Problem::internal()
        })
    })
    .await?;
    let headers = [
        (header::CONTENT_TYPE, ExportFormat::GeoPackage.media_type().to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"hatang-plan-{day}.gpkg\"")),
        (header::CACHE_CONTROL, "private, no-store".to_owned()),
    ];
    Ok((headers, written?).into_response())
}

#[derive(Serialize)]
struct Layer<F> {
    #[serde(rename = "type")]
    kind: &'static str,
    seq: u64,
    features: Vec<F>,
}
