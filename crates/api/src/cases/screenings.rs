//! Screenings of a request that are kept, and what officers think of their parts.

use axum::{
    extract::{Path, State},
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use hatang_core::{Version, Viewer, case::ScreeningId};
use hatang_desk::{
    cases::CaseReceipt,
    keep_screening::{ScreeningReceipt, keep_screening},
    record_verdict::{Said, record_verdict},
    rerun_screening::{Rerun, kept_screening, rerun_screening},
};
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{Private, case_id, private, rule_set, signed_in};
use crate::{AppState, extract, problem::Problem, wire, work::waiting_off_the_async_threads};

pub(super) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(keep)).routes(routes!(read)).routes(routes!(rerun)).routes(routes!(judge))
}

fn screening_id(text: &str) -> Result<ScreeningId, Problem> {
    text.parse().map_err(|_| Problem::not_found(text))
}

/// `POST /api/v1/cases/{id}/screenings`: screens a request and keeps the answer.
#[utoipa::path(
    post,
    path = "/api/v1/cases/{id}/screenings",
    tag = "review",
    operation_id = "keepScreening",
    params(("id" = String, Path, description = "The request's identity", format = "uuid")),
    request_body = wire::ScreeningWish,
    responses((status = CREATED, description = "The screening", body = wire::ScreeningReceipt), wire::Problems),
)]
async fn keep(
    viewer: Viewer,
    State(state): State<AppState>,
    Path(id): Path<String>,
    extract::Json(body): extract::Json<wire::ScreeningWish>,
) -> Result<(StatusCode, Private<ScreeningReceipt>), Problem> {
    signed_in(&viewer)?;
    let (id, rule_set) = (case_id(&id)?, rule_set(body.ruleset)?);
    let keep = async move { keep_screening(&state.desk, &viewer, id, rule_set).await };
    Ok((StatusCode::CREATED, private(Box::pin(waiting_off_the_async_threads(keep)).await??)))
}

/// `GET /api/v1/cases/{id}/screenings/{screening}`: a kept answer, byte by byte as it was given.
#[utoipa::path(
    get,
    path = "/api/v1/cases/{id}/screenings/{screening}",
    tag = "review",
    operation_id = "readScreening",
    params(
        ("id" = String, Path, description = "The request's identity", format = "uuid"),
        ("screening" = String, Path, description = "The screening's identity", format = "uuid"),
    ),
    responses((status = OK, description = "The answer", body = wire::Screening), wire::Problems),
)]
async fn read(
    viewer: Viewer,
    State(state): State<AppState>,
    Path((id, screening)): Path<(String, String)>,
) -> Result<Response, Problem> {
    signed_in(&viewer)?;
    let kept = kept_screening(&state.desk, &viewer, case_id(&id)?, screening_id(&screening)?).await?;
    let headers = [(header::CONTENT_TYPE, "application/json"), (header::CACHE_CONTROL, "private, no-store")];
    Ok((headers, kept.answer).into_response())
}

/// `POST /api/v1/cases/{id}/screenings/{screening}/rerun`: computes a kept answer again from the registry as it was.
#[utoipa::path(
    post,
    path = "/api/v1/cases/{id}/screenings/{screening}/rerun",
    tag = "review",
    operation_id = "rerunScreening",
    params(
        ("id" = String, Path, description = "The request's identity", format = "uuid"),
        ("screening" = String, Path, description = "The screening's identity", format = "uuid"),
    ),
    responses((status = OK, description = "Whether it is the same", body = wire::Rerun), wire::Problems),
)]
async fn rerun(
    viewer: Viewer,
    State(state): State<AppState>,
    Path((id, screening)): Path<(String, String)>,
) -> Result<Private<Rerun>, Problem> {
    signed_in(&viewer)?;
    let (id, screening) = (case_id(&id)?, screening_id(&screening)?);
    let rerun = async move { rerun_screening(&state.desk, &viewer, id, screening).await };
    Ok(private(waiting_off_the_async_threads(rerun).await??))
}

/// `PUT /api/v1/cases/{id}/verdict`: an officer says what to think of a part of the office's newest screening.
#[utoipa::path(
    put,
    path = "/api/v1/cases/{id}/verdict",
    tag = "review",
    operation_id = "judgeCase",
    params(("id" = String, Path, description = "The request's identity", format = "uuid")),
    request_body = wire::OfficerSays,
    responses((status = OK, description = "Where the request stands", body = wire::CaseReceipt), wire::Problems),
)]
async fn judge(
    viewer: Viewer,
    State(state): State<AppState>,
    Path(id): Path<String>,
    extract::Json(body): extract::Json<wire::OfficerSays>,
) -> Result<Private<CaseReceipt>, Problem> {
    signed_in(&viewer)?;
    let (id, version) = (case_id(&id)?, Version(body.version));
    let said = said(body)?;
    let judge = async move { record_verdict(&state.desk, &viewer, id, version, said).await };
    Ok(private(Box::pin(waiting_off_the_async_threads(judge)).await??))
}

fn said(body: wire::OfficerSays) -> Result<Said, Problem> {
    let unusable = |value: String| {
        let (vi, en) = ("Ý kiến không đúng dạng; xem /api/openapi.json.", "The verdict is not of the expected form.");
        Problem::input("verdict.invalid", value, vi, en)
    };
    let about = body.about().ok_or_else(|| unusable(body.about.clone()))?;
    let opinion =
        body.opinion.as_deref().map(|word| word.parse().map_err(|_| unusable(word.to_owned()))).transpose()?;
    Ok(Said { item: body.item, about, opinion, reason: body.reason })
}
