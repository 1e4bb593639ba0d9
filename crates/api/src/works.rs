//! Planned civil works of other sectors: entered, taken on, answered.

use axum::{
    Json,
    extract::{Path, State},
    http::StatusCode,
};
use hatang_core::{OrganisationCode, Shape, Version, Viewer};
use hatang_desk::{
    answer_works::{answer_works, set_interest_area},
    list_opportunities::{OpportunityList, list_opportunities},
    list_works::{WorksList, list_works},
    register_works::{amend_works, register_works},
    step_works::{reply_works, step_works},
    upload_works::upload_works,
    works::{WorksDraft, WorksReceipt},
};
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    AppState,
    cases::{Private, private, signed_in},
    extract::{self, Body},
    problem::Problem,
    wire,
    work::off_the_async_threads,
};

pub(crate) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(list, register))
        .routes(routes!(upload))
        .routes(routes!(amend))
        .routes(routes!(step))
        .routes(routes!(reply))
        .routes(routes!(answer))
        .routes(routes!(set_area))
        .routes(routes!(dig_once))
}

/// `GET /api/v1/works`: the works that the viewer may know of; the public reads those published for the next six months.
#[utoipa::path(
    get,
    path = "/api/v1/works",
    tag = "works",
    operation_id = "listWorks",
    responses((status = OK, description = "The works", body = wire::WorksList), wire::Problems),
)]
async fn list(viewer: Viewer, State(state): State<AppState>) -> Private<WorksList> {
    private(list_works(&state.desk, &viewer))
}

/// `GET /api/v1/dig-once`: works during which ducts should be laid, and for what, as far as the viewer may know.
#[utoipa::path(
    get,
    path = "/api/v1/dig-once",
    tag = "works",
    operation_id = "listOpportunities",
    responses((status = OK, description = "Works and the needs that they could serve", body = wire::OpportunityList), wire::Problems),
)]
async fn dig_once(viewer: Viewer, State(state): State<AppState>) -> Result<Private<OpportunityList>, Problem> {
    signed_in(&viewer)?;
    let listed = off_the_async_threads(move || list_opportunities(&state.desk, &viewer)).await?;
    Ok(private(listed))
}

/// `POST /api/v1/works`: enters a work as a forward notice.
#[utoipa::path(
    post,
    path = "/api/v1/works",
    tag = "works",
    operation_id = "registerWorks",
    request_body = wire::WorksDraft,
    responses((status = CREATED, description = "The work", body = wire::WorksReceipt), wire::Problems),
)]
async fn register(
    viewer: Viewer,
    State(state): State<AppState>,
    extract::Json(body): extract::Json<wire::WorksDraft>,
) -> Result<(StatusCode, Json<WorksReceipt>), Problem> {
    let code = body.code.clone();
    let receipt = register_works(&state.desk, &viewer, code.as_deref(), draft(body)?).await?;
    Ok((StatusCode::CREATED, Json(receipt)))
}

/// `POST /api/v1/works/upload`: enters the works of a GeoJSON file, all or none; every feature that cannot be used is told
/// at once. A known code is written anew and keeps its stage: a file that states another is refused.
#[utoipa::path(
    post,
    path = "/api/v1/works/upload",
    tag = "works",
    operation_id = "uploadWorks",
    request_body(content = wire::WorksFile, content_type = "application/json"),
    responses((status = OK, description = "The works, in the file's order", body = Vec<wire::WorksReceipt>), wire::Problems),
)]
async fn upload(
    viewer: Viewer,
    State(state): State<AppState>,
    Body(file): Body,
) -> Result<Json<Vec<WorksReceipt>>, Problem> {
    Ok(Json(upload_works(&state.desk, &viewer, &file).await?))
}

/// `PUT /api/v1/works/{code}`: writes a work anew over the version that the writer has seen.
#[utoipa::path(
    put,
    path = "/api/v1/works/{code}",
    tag = "works",
    operation_id = "amendWorks",
    params(("code" = String, Path, description = "The work's code")),
    request_body = wire::WorksAmendment,
    responses((status = OK, description = "The work", body = wire::WorksReceipt), wire::Problems),
)]
async fn amend(
    viewer: Viewer,
    State(state): State<AppState>,
    Path(code): Path<String>,
    extract::Json(body): extract::Json<wire::WorksAmendment>,
) -> Result<Json<WorksReceipt>, Problem> {
    let (version, body) = body.split();
    Ok(Json(amend_works(&state.desk, &viewer, &code, Version(version), draft(body)?).await?))
}

/// `POST /api/v1/works/{code}/steps`: a work goes on, or a mistake is taken back.
#[utoipa::path(
    post,
    path = "/api/v1/works/{code}/steps",
    tag = "works",
    operation_id = "stepWorks",
    params(("code" = String, Path, description = "The work's code")),
    request_body = wire::WorksStepTaken,
    responses((status = OK, description = "The work", body = wire::WorksReceipt), wire::Problems),
)]
async fn step(
    viewer: Viewer,
    State(state): State<AppState>,
    Path(code): Path<String>,
    extract::Json(body): extract::Json<wire::WorksStepTaken>,
) -> Result<Json<WorksReceipt>, Problem> {
    let step = body.step.parse().map_err(|_| unusable(&body.step))?;
    Ok(Json(step_works(&state.desk, &viewer, &code, Version(body.version), step).await?))
}

/// `PUT /api/v1/works/{code}/reply`: the owner says how many ducts it will lay for others.
#[utoipa::path(
    put,
    path = "/api/v1/works/{code}/reply",
    tag = "works",
    operation_id = "replyWorks",
    params(("code" = String, Path, description = "The work's code")),
    request_body = wire::WorksReply,
    responses((status = OK, description = "The work", body = wire::WorksReceipt), wire::Problems),
)]
async fn reply(
    viewer: Viewer,
    State(state): State<AppState>,
    Path(code): Path<String>,
    extract::Json(body): extract::Json<wire::WorksReply>,
) -> Result<Json<WorksReceipt>, Problem> {
    Ok(Json(reply_works(&state.desk, &viewer, &code, Version(body.version), body.ducts).await?))
}

/// `PUT /api/v1/works/{code}/answer`: the viewer's organisation answers; the last answer counts.
#[utoipa::path(
    put,
    path = "/api/v1/works/{code}/answer",
    tag = "works",
    operation_id = "answerWorks",
    params(("code" = String, Path, description = "The work's code")),
    request_body = wire::WorksAnswer,
    responses((status = NO_CONTENT, description = "It is noted"), wire::Problems),
)]
async fn answer(
    viewer: Viewer,
    State(state): State<AppState>,
    Path(code): Path<String>,
    extract::Json(body): extract::Json<wire::WorksAnswer>,
) -> Result<StatusCode, Problem> {
    let interest = body.interest.parse().map_err(|_| unusable(&body.interest))?;
    answer_works(&state.desk, &viewer, &code, interest, body.ducts).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// `PUT /api/v1/interest-area`: where the viewer's organisation wants to be told of works; everywhere when null.
#[utoipa::path(
    put,
    path = "/api/v1/interest-area",
    tag = "works",
    operation_id = "setInterestArea",
    request_body = wire::InterestArea,
    responses((status = NO_CONTENT, description = "It is noted"), wire::Problems),
)]
async fn set_area(
    viewer: Viewer,
    State(state): State<AppState>,
    extract::Json(body): extract::Json<wire::InterestArea>,
) -> Result<StatusCode, Problem> {
    let shape = body.geometry.map(shape).transpose()?;
    set_interest_area(&state.desk, &viewer, shape).await?;
    Ok(StatusCode::NO_CONTENT)
}

fn unusable(value: &str) -> Problem {
    let (vi, en) =
        ("Giá trị không có trong danh mục; xem /api/openapi.json.", "The value is in no list; see /api/openapi.json.");
    Problem::input("works.word_unknown", value, vi, en)
}

fn shape(geometry: serde_json::Value) -> Result<Shape, Problem> {
    serde_json::from_value(geometry).map_err(|error| {
        let (vi, en) = ("Hình dạng không phải GeoJSON hợp lệ.", "The geometry is no valid GeoJSON.");
        Problem::input("works.geometry_invalid", error.to_string(), vi, en)
    })
}

fn draft(body: wire::WorksDraft) -> Result<WorksDraft, Problem> {
    let day = |text: Option<String>| {
        let text = text.filter(|text| !text.is_empty());
        text.map(|text| {
            text.parse().map_err(|_| {
                let (vi, en) = ("Ngày phải viết dạng 2027-03-01.", "A day is written 2027-03-01.");
                Problem::input("works.day_invalid", text, vi, en)
            })
        })
        .transpose()
    };
    let owner = OrganisationCode::new(&body.owner).map_err(|_| unusable(&body.owner))?;
    let given = |text: Option<String>| text.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
    Ok(WorksDraft {
        sector: body.sector,
        owner,
        title: given(body.title),
        plan: given(body.plan),
        starts_on: day(body.starts_on)?,
        ends_on: day(body.ends_on)?,
        answer_by: day(body.answer_by)?,
        published: body.published,
        shape: shape(body.geometry)?,
    })
}
