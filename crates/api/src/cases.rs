//! Build requests as they are kept: written, handed in, screened, judged, answered.

mod opinion;
mod screenings;

use axum::{
    Json,
    extract::{Path, State},
    http::{StatusCode, header},
};
use hatang_core::{
    AssetClass, OrganisationCode, RuleSetCode, Version, Viewer,
    case::{CaseId, CaseKind, CaseState},
};
use hatang_desk::{
    cases::CaseReceipt,
    list_cases::{CaseFilter, CaseList, list_cases},
    save_draft::{Draft, amend_draft, save_draft},
    show_case::{ShownCase, show_case},
    submit_case::submit_case,
    withdraw_case::withdraw_case,
};
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    AppState, extract,
    extract::Query,
    problem::Problem,
    wire,
    work::{off_the_async_threads, waiting_off_the_async_threads},
};

pub(crate) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(list, save))
        .routes(routes!(show, amend))
        .routes(routes!(submit))
        .routes(routes!(withdraw))
        .merge(screenings::routes())
        .merge(opinion::routes())
}

/// A reply about requests: nobody in between and no browser keeps it.
pub(crate) type Private<T> = ([(header::HeaderName, &'static str); 1], Json<T>);

pub(crate) fn private<T>(reply: T) -> Private<T> {
    ([(header::CACHE_CONTROL, "private, no-store")], Json(reply))
}

/// How many requests are on a page unless the client says otherwise, and at most.
const ON_A_PAGE: usize = 200;
const MOST_ON_A_PAGE: usize = 1_000;

/// Which requests are asked for.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
struct CaseQuery {
    /// `draft`, `submitted`, `opinion_issued`, `withdrawn`, `closed` or `lapsed`.
    state: Option<String>,
    /// Something of this class is asked for.
    #[param(example = "mast")]
    class: Option<String>,
    /// `build` or `yearly_plan`.
    kind: Option<String>,
    /// For this year's plan.
    #[param(example = 2027)]
    plan_year: Option<u32>,
    /// Who asks.
    #[param(example = "viettel")]
    applicant: Option<String>,
    /// Letters of the number, the title or the applicant.
    q: Option<String>,
    /// `true` for those only whose screening has expired.
    expired: Option<bool>,
    /// How many at most, 1 to 1,000; 200 when left out.
    #[param(minimum = 1, maximum = 1_000)]
    limit: Option<usize>,
    /// The `next` of the page before.
    after: Option<String>,
}

impl CaseQuery {
    fn check(self) -> Result<(CaseFilter, Option<CaseId>, usize), Problem> {
        let limit = self.limit.unwrap_or(ON_A_PAGE);
        if !(1..=MOST_ON_A_PAGE).contains(&limit) {
            return Err(unusable("limit", &limit.to_string()));
        }
        let given = |value: Option<String>| value.filter(|value| !value.is_empty());
        let filter = CaseFilter {
            state: read::<CaseState>("state", given(self.state))?,
            class: read::<AssetClass>("class", given(self.class))?,
            kind: read::<CaseKind>("kind", given(self.kind))?,
            plan_year: self.plan_year,
            applicant: read::<OrganisationCode>("applicant", given(self.applicant))?,
            text: given(self.q),
            expired: self.expired.unwrap_or(false),
        };
        Ok((filter, read::<CaseId>("after", given(self.after))?, limit))
    }
}

fn read<T: std::str::FromStr>(field: &str, value: Option<String>) -> Result<Option<T>, Problem> {
    value.map(|value| value.parse().map_err(|_| unusable(field, &value))).transpose()
}

fn unusable(field: &str, value: &str) -> Problem {
    Problem::input(
        "query.invalid",
        format!("{field}={value}"),
        "Có tham số truy vấn không hợp lệ hoặc không được hỗ trợ; xem /api/openapi.json.",
        "A query parameter cannot be used; see /api/openapi.json.",
    )
}

/// The identity in an address; what is none names no request.
fn case_id(text: &str) -> Result<CaseId, Problem> {
    text.parse().map_err(|_| Problem::not_found(text))
}

fn rule_set(code: Option<String>) -> Result<Option<RuleSetCode>, Problem> {
    let code = code.filter(|code| !code.is_empty());
    code.map(|code| {
        RuleSetCode::new(&code).map_err(|_| {
            let (vi, en) = ("Không có bộ quy tắc nào mang mã này.", "There is no rule set with this code.");
            Problem::input("rule_set.unknown", code, vi, en)
        })
    })
    .transpose()
}

/// Only for those who have signed in; what exists is told to nobody else.
pub(crate) fn signed_in(viewer: &Viewer) -> Result<(), Problem> {
    if viewer.role == hatang_core::Role::Public { Err(Problem::session_required()) } else { Ok(()) }
}

/// `GET /api/v1/cases`: the requests that the viewer may know of, newest first.
///
/// Applicants see their own, officials those that were handed in.
#[utoipa::path(
    get,
    path = "/api/v1/cases",
    tag = "review",
    operation_id = "listCases",
    params(CaseQuery),
    responses((status = OK, description = "A page of requests", body = wire::CaseList), wire::Problems),
)]
async fn list(
    viewer: Viewer,
    State(state): State<AppState>,
    Query(query): Query<CaseQuery>,
) -> Result<Private<CaseList>, Problem> {
    signed_in(&viewer)?;
    let (filter, after, limit) = query.check()?;
    let listed = off_the_async_threads(move || list_cases(&state.desk, &viewer, &filter, after, limit)).await?;
    Ok(private(listed))
}

/// `POST /api/v1/cases`: saves a new draft.
#[utoipa::path(
    post,
    path = "/api/v1/cases",
    tag = "review",
    operation_id = "saveCase",
    request_body = wire::CaseDraft,
    responses((status = CREATED, description = "Where it stands", body = wire::CaseReceipt), wire::Problems),
)]
async fn save(
    viewer: Viewer,
    State(state): State<AppState>,
    extract::Json(body): extract::Json<wire::CaseDraft>,
) -> Result<(StatusCode, Private<CaseReceipt>), Problem> {
    let request = body.request.to_string().into_bytes();
    let draft = Draft { title: body.title.as_deref(), rule_set: rule_set(body.ruleset)?, request: &request };
    Ok((StatusCode::CREATED, private(save_draft(&state.desk, &viewer, draft).await?)))
}

/// `GET /api/v1/cases/{id}`: one request with its newest screening, what has changed since, verdicts and requests near.
#[utoipa::path(
    get,
    path = "/api/v1/cases/{id}",
    tag = "review",
    operation_id = "showCase",
    params(("id" = String, Path, description = "The request's identity", format = "uuid")),
    responses((status = OK, description = "The request", body = wire::ShownCase), wire::Problems),
)]
async fn show(
    viewer: Viewer,
    State(state): State<AppState>,
    Path(id): Path<String>,
) -> Result<Private<ShownCase>, Problem> {
    signed_in(&viewer)?;
    let id = case_id(&id)?;
    let shown = waiting_off_the_async_threads(async move { show_case(&state.desk, &viewer, id).await }).await?;
    Ok(private(shown?))
}

/// `PUT /api/v1/cases/{id}`: writes a draft anew over the version that the writer has seen.
#[utoipa::path(
    put,
    path = "/api/v1/cases/{id}",
    tag = "review",
    operation_id = "amendCase",
    params(("id" = String, Path, description = "The request's identity", format = "uuid")),
    request_body = wire::CaseAmendment,
    responses((status = OK, description = "Where it stands", body = wire::CaseReceipt), wire::Problems),
)]
async fn amend(
    viewer: Viewer,
    State(state): State<AppState>,
    Path(id): Path<String>,
    extract::Json(body): extract::Json<wire::CaseAmendment>,
) -> Result<Private<CaseReceipt>, Problem> {
    signed_in(&viewer)?;
    let wire::CaseAmendment { version, title, ruleset, request } = body;
    let request = request.to_string().into_bytes();
    let draft = Draft { title: title.as_deref(), rule_set: rule_set(ruleset)?, request: &request };
    Ok(private(amend_draft(&state.desk, &viewer, case_id(&id)?, Version(version), draft).await?))
}

/// `POST /api/v1/cases/{id}/submission`: hands a draft to the office.
#[utoipa::path(
    post,
    path = "/api/v1/cases/{id}/submission",
    tag = "review",
    operation_id = "submitCase",
    params(("id" = String, Path, description = "The request's identity", format = "uuid")),
    request_body = wire::CaseVersion,
    responses((status = OK, description = "Where it stands", body = wire::CaseReceipt), wire::Problems),
)]
async fn submit(
    viewer: Viewer,
    State(state): State<AppState>,
    Path(id): Path<String>,
    extract::Json(body): extract::Json<wire::CaseVersion>,
) -> Result<Private<CaseReceipt>, Problem> {
    signed_in(&viewer)?;
    Ok(private(submit_case(&state.desk, &viewer, case_id(&id)?, Version(body.version)).await?))
}

/// `POST /api/v1/cases/{id}/withdrawal`: takes a request back; it stays readable.
#[utoipa::path(
    post,
    path = "/api/v1/cases/{id}/withdrawal",
    tag = "review",
    operation_id = "withdrawCase",
    params(("id" = String, Path, description = "The request's identity", format = "uuid")),
    request_body = wire::CaseWithdrawal,
    responses((status = OK, description = "Where it stands", body = wire::CaseReceipt), wire::Problems),
)]
async fn withdraw(
    viewer: Viewer,
    State(state): State<AppState>,
    Path(id): Path<String>,
    extract::Json(body): extract::Json<wire::CaseWithdrawal>,
) -> Result<Private<CaseReceipt>, Problem> {
    signed_in(&viewer)?;
    let (version, because) = (Version(body.version), body.because.as_deref());
    Ok(private(withdraw_case(&state.desk, &viewer, case_id(&id)?, version, because).await?))
}
