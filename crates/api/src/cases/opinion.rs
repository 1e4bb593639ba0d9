//! The office's advisory opinion on a request, and how the request ends after it.

use axum::extract::{Path, State};
use hatang_core::{RuleId, Version, Viewer, case::Conformity};
use hatang_desk::{
    cases::CaseReceipt,
    end_case::{Ending, end_case},
    issue_opinion::{Signed, issue_opinion},
};
use jiff::civil::Date;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{Private, case_id, private, signed_in};
use crate::{AppState, extract, problem::Problem, wire, work::waiting_off_the_async_threads};

pub(super) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(issue)).routes(routes!(end))
}

/// `POST /api/v1/cases/{id}/opinion`: records the advisory opinion that the office has signed.
///
/// A positive opinion makes what was asked count as what is to come, until the request ends.
#[utoipa::path(
    post,
    path = "/api/v1/cases/{id}/opinion",
    tag = "review",
    operation_id = "issueOpinion",
    params(("id" = String, Path, description = "The request's identity", format = "uuid")),
    request_body = wire::SignedOpinion,
    responses((status = OK, description = "Where the request stands", body = wire::CaseReceipt), wire::Problems),
)]
async fn issue(
    viewer: Viewer,
    State(state): State<AppState>,
    Path(id): Path<String>,
    extract::Json(body): extract::Json<wire::SignedOpinion>,
) -> Result<Private<CaseReceipt>, Problem> {
    signed_in(&viewer)?;
    let (id, version) = (case_id(&id)?, Version(body.version));
    let signed = signed(body)?;
    let issue = async move { issue_opinion(&state.desk, &viewer, id, version, signed).await };
    Ok(private(Box::pin(waiting_off_the_async_threads(issue)).await??))
}

/// `POST /api/v1/cases/{id}/ending`: says that what was asked stands, or was not built in time.
#[utoipa::path(
    post,
    path = "/api/v1/cases/{id}/ending",
    tag = "review",
    operation_id = "endCase",
    params(("id" = String, Path, description = "The request's identity", format = "uuid")),
    request_body = wire::CaseEnding,
    responses((status = OK, description = "Where the request stands", body = wire::CaseReceipt), wire::Problems),
)]
async fn end(
    viewer: Viewer,
    State(state): State<AppState>,
    Path(id): Path<String>,
    extract::Json(body): extract::Json<wire::CaseEnding>,
) -> Result<Private<CaseReceipt>, Problem> {
    signed_in(&viewer)?;
    let ending = match body.ending.as_str() {
        "built" => Ending::Built,
        "lapsed" => Ending::Lapsed,
        other => return Err(invalid(other)),
    };
    let (id, version) = (case_id(&id)?, Version(body.version));
    Ok(private(end_case(&state.desk, &viewer, id, version, ending, body.because.as_deref()).await?))
}

fn signed(body: wire::SignedOpinion) -> Result<Signed, Problem> {
    let outcome: Conformity = body.outcome.parse().map_err(|_| invalid(&body.outcome))?;
    let dated: Date = body.dated.parse().map_err(|_| invalid(&body.dated))?;
    let cites = body.cites.iter().map(|rule| RuleId::new(rule).map_err(|_| invalid(rule))).collect::<Result<_, _>>()?;
    Ok(Signed { outcome, number: body.number, dated, conditions: body.conditions, cites })
}

fn invalid(value: &str) -> Problem {
    let (vi, en) = ("Nội dung không đúng dạng; xem /api/openapi.json.", "This is not of the expected form.");
    Problem::input("opinion.invalid", value, vi, en)
}
