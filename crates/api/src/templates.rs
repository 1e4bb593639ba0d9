//! Workbooks to be filled in and handed back.

use axum::{
    extract::Path,
    http::header,
    response::{IntoResponse, Response},
};
use hatang_desk::templates::template;
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{AppState, assets::class, extract::Query, problem::Problem, wire, work::off_the_async_threads};

pub(crate) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(show))
}

/// Which twin of the template.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
struct TemplateQuery {
    /// For planned objects instead of what stands.
    #[serde(default)]
    planned: bool,
}

/// `GET /api/v1/templates/{class}`: the workbook of a class: headers, drop-down lists, notes and an example.
#[utoipa::path(
    get,
    path = "/api/v1/templates/{class}",
    tag = "imports",
    operation_id = "downloadTemplate",
    params(("class" = String, Path, description = "The class of its rows", example = "mast"), TemplateQuery),
    responses(
        (status = OK, description = "The workbook", body = Vec<u8>, content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        wire::Problems,
    ),
)]
async fn show(Path(name): Path<String>, Query(query): Query<TemplateQuery>) -> Result<Response, Problem> {
    let class = class(&name)?;
    let written = off_the_async_threads(move || template(class, query.planned)).await?;
    let workbook = written.map_err(|error| {
        tracing::error!(error = &error as &dyn std::error::Error, "a template cannot be written");
        Problem::internal()
    })?;
    let planned = if query.planned { "planned-" } else { "" };
    let headers = [
        (header::CONTENT_TYPE, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet".to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"hatang-{planned}{class}.xlsx\"")),
    ];
    Ok((headers, workbook).into_response())
}
