//! Closing plans: asked for, watched, left and found again, stopped.

use axum::{
    Json,
    extract::{Path, State},
    http::StatusCode,
};
use hatang_core::Viewer;
use hatang_desk::{
    job::{JobReport, cancel_job, list_jobs, show_job},
    plan_closing::{ClosingQuestion, KIND, start_closing_plan},
};
use serde::Serialize;
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

use crate::{AppState, extract, problem::Problem, wire};

pub(crate) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(start, list)).routes(routes!(show, cancel))
}

/// `POST /api/v1/closing-plans`: starts planning how to close the gaps of a technology; the reply names the job.
#[utoipa::path(
    post,
    path = "/api/v1/closing-plans",
    tag = "coverage",
    operation_id = "startClosingPlan",
    request_body(content = wire::ClosingQuestion, content_type = "application/json"),
    responses((status = ACCEPTED, description = "The job", body = wire::ClosingJob), wire::Problems),
)]
async fn start(
    viewer: Viewer,
    State(state): State<AppState>,
    extract::Json(question): extract::Json<ClosingQuestion>,
) -> Result<(StatusCode, Json<JobReport>), Problem> {
    Ok((StatusCode::ACCEPTED, Json(start_closing_plan(&state.desk, &viewer, question)?)))
}

/// The viewer's own plans.
#[derive(Serialize)]
struct Own {
    plans: Vec<JobReport>,
}

/// `GET /api/v1/closing-plans`: the viewer's own plans of this process, the newest first, without their results.
#[utoipa::path(
    get,
    path = "/api/v1/closing-plans",
    tag = "coverage",
    operation_id = "listClosingPlans",
    responses((status = OK, description = "The jobs", body = wire::ClosingJobs), wire::Problems),
)]
async fn list(viewer: Viewer, State(state): State<AppState>) -> Json<Own> {
    let plans = list_jobs(&state.desk, &viewer).into_iter().filter(|job| job.kind == KIND);
    Json(Own { plans: plans.collect() })
}

/// `GET /api/v1/closing-plans/{id}`: how far a plan is, and the plan once it is done.
#[utoipa::path(
    get,
    path = "/api/v1/closing-plans/{id}",
    tag = "coverage",
    operation_id = "showClosingPlan",
    params(("id" = String, Path, description = "The job's identity", format = "uuid")),
    responses((status = OK, description = "The job", body = wire::ClosingJob), wire::Problems),
)]
async fn show(
    viewer: Viewer,
    State(state): State<AppState>,
    Path(id): Path<String>,
) -> Result<Json<JobReport>, Problem> {
    Ok(Json(show_job(&state.desk, &viewer, identity(&id)?)?))
}

/// `DELETE /api/v1/closing-plans/{id}`: asks a plan that is under way to stop.
#[utoipa::path(
    delete,
    path = "/api/v1/closing-plans/{id}",
    tag = "coverage",
    operation_id = "cancelClosingPlan",
    params(("id" = String, Path, description = "The job's identity", format = "uuid")),
    responses((status = NO_CONTENT, description = "It stops between two of its parts"), wire::Problems),
)]
async fn cancel(viewer: Viewer, State(state): State<AppState>, Path(id): Path<String>) -> Result<StatusCode, Problem> {
    cancel_job(&state.desk, &viewer, identity(&id)?)?;
    Ok(StatusCode::NO_CONTENT)
}

fn identity(text: &str) -> Result<Uuid, Problem> {
    text.parse().map_err(|_| Problem::not_found(text))
}
