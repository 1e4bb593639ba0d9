//! Carriers' plans for a year, put together, and their adoption.

use axum::extract::{Path, State};
use hatang_core::{OrganisationCode, Viewer};
use hatang_desk::yearly_plans::{
    Adoption, ItemsFile, ItemsOfFile, YearlyPlans, adopt_yearly_plans, consolidate_yearly_plans, read_items_of_file,
};
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    AppState,
    cases::{Private, private, signed_in},
    extract::{self, Json, Query},
    problem::Problem,
    wire,
    work::{off_the_async_threads, waiting_off_the_async_threads},
};

pub(crate) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(show)).routes(routes!(adopt)).routes(routes!(items_of_file))
}

/// `GET /api/v1/yearly-plans/{year}`: what was handed in for a year, each structure judged as if all others were planned.
///
/// Officials see all that was handed in, carriers their own.
#[utoipa::path(
    get,
    path = "/api/v1/yearly-plans/{year}",
    tag = "plan",
    operation_id = "showYearlyPlans",
    params(("year" = u32, Path, minimum = 1000, maximum = 9999, description = "The year, of four digits")),
    responses((status = OK, description = "The year's plans", body = wire::YearlyPlans), wire::Problems),
)]
async fn show(
    viewer: Viewer,
    State(state): State<AppState>,
    Path(year): Path<String>,
) -> Result<Private<YearlyPlans>, Problem> {
    signed_in(&viewer)?;
    let year = number(&year)?;
    let plans = async move { consolidate_yearly_plans(&state.desk, &viewer, year).await };
    Ok(private(waiting_off_the_async_threads(plans).await??))
}

/// `POST /api/v1/yearly-plans/{year}/adoption`: takes structures of the year's plans into the commune's plan, as its next
/// version.
#[utoipa::path(
    post,
    path = "/api/v1/yearly-plans/{year}/adoption",
    tag = "plan",
    operation_id = "adoptYearlyPlans",
    params(("year" = u32, Path, minimum = 1000, maximum = 9999, description = "The year, of four digits")),
    request_body(content = wire::YearlyPlanAdoption),
    responses((status = OK, description = "The plan has a new version", body = wire::PlanAmended), wire::Problems),
)]
async fn adopt(
    viewer: Viewer,
    State(state): State<AppState>,
    Path(year): Path<String>,
    Json(adoption): Json<Adoption>,
) -> Result<axum::Json<wire::PlanAmended>, Problem> {
    let version = adopt_yearly_plans(&state.desk, &viewer, number(&year)?, adoption).await?;
    Ok(axum::Json(wire::PlanAmended { version }))
}

/// What a file of planned structures is.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
struct ItemsQuery {
    /// The file's name; its ending says its format.
    #[param(example = "planned-masts.xlsx")]
    file: String,
    /// The class of every row.
    #[param(example = "mast")]
    class: String,
    /// Whose plan it is.
    #[param(example = "viettel")]
    owner: String,
    /// The reference system of the file's numbers; what the file itself declares when left out.
    crs: Option<String>,
}

/// `POST /api/v1/yearly-plans/{year}/items`: reads a filled planned template as the structures of a plan. Nothing is kept: the
/// reply's `request` is what `POST /api/v1/cases` takes.
#[utoipa::path(
    post,
    path = "/api/v1/yearly-plans/{year}/items",
    tag = "plan",
    operation_id = "readYearlyPlanFile",
    params(("year" = u32, Path, minimum = 1000, maximum = 9999, description = "The year, of four digits"), ItemsQuery),
    request_body(content = Vec<u8>, content_type = "application/octet-stream"),
    responses((status = OK, description = "What became of every row", body = wire::YearlyPlanFile), wire::Problems),
)]
async fn items_of_file(
    viewer: Viewer,
    State(state): State<AppState>,
    Path(year): Path<String>,
    Query(query): Query<ItemsQuery>,
    body: extract::Body,
) -> Result<Private<ItemsOfFile>, Problem> {
    signed_in(&viewer)?;
    let owner = OrganisationCode::new(&query.owner).map_err(|_| {
        let (vi, en) = ("Mã đơn vị không hợp lệ.", "This is no organisation's code.");
        Problem::input("organisation.invalid", &query.owner, vi, en)
    })?;
    let file = ItemsFile {
        name: query.file,
        class: crate::assets::class(&query.class)?,
        owner,
        year: number(&year)?,
        crs: query.crs.filter(|crs| !crs.is_empty()),
    };
    let read = off_the_async_threads(move || read_items_of_file(&state.desk, &viewer, &body.0, file)).await?;
    Ok(private(read?))
}

fn number(year: &str) -> Result<u32, Problem> {
    let four_digits = year.parse().ok().filter(|year| (1000..=9999).contains(year));
    four_digits.ok_or_else(|| Problem::not_found(year))
}
