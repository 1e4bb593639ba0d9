//! Judging a build request before it is filed.

use axum::{Json, extract::State};
use hatang_core::{RuleSetCode, Viewer};
use hatang_desk::screen_request::{Screening, screen_request_on};
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    AppState,
    extract::{Body, Query},
    problem::Problem,
    wire,
    work::off_the_async_threads,
};

pub(crate) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(screen))
}

/// How a request is judged.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
struct ScreeningQuery {
    /// The rule set; the territory's own when left out.
    #[param(example = "hai-phong")]
    ruleset: Option<String>,
    /// The day whose rules and plan judge; today when left out.
    #[param(value_type = Option<String>, format = Date)]
    on: Option<jiff::civil::Date>,
}

/// `POST /api/v1/screenings`: findings with their citations, hosts and works for each requested structure.
///
/// Nothing is stored. The request is a GeoJSON Feature or `FeatureCollection`.
#[utoipa::path(
    post,
    path = "/api/v1/screenings",
    tag = "review",
    operation_id = "screenRequest",
    params(ScreeningQuery),
    request_body(content = wire::Request, content_type = "application/json"),
    responses((status = OK, description = "The comparison", body = wire::Screening), wire::Problems),
)]
async fn screen(
    viewer: Viewer,
    State(state): State<AppState>,
    Query(query): Query<ScreeningQuery>,
    Body(request): Body,
) -> Result<Json<Screening>, Problem> {
    let rule_set = query.ruleset.filter(|code| !code.is_empty()).map(|code| rule_set(&code)).transpose()?;
    let on = query.on.unwrap_or_else(|| state.desk.today());
    let screen = move || screen_request_on(&state.desk, &viewer, &request, rule_set.as_ref(), on);
    let screened = off_the_async_threads(screen).await?;
    Ok(Json(screened.map_err(|error| Problem::from(error).coded(of_request))?))
}

/// The codes of unreadable files, which over HTTP are unreadable requests.
fn of_request(code: &'static str) -> &'static str {
    match code {
        "file.empty" => "request.empty",
        "file.not_geojson" | "file.not_json" | "file.not_utf8" => "request.not_geojson",
        "file.item" => "request.item_invalid",
        other => other,
    }
}

pub(crate) fn rule_set(code: &str) -> Result<RuleSetCode, Problem> {
    RuleSetCode::new(code).map_err(|_| {
        Problem::input(
            "rule_set.unknown",
            code,
            "Không có bộ quy tắc nào mang mã này.",
            "There is no rule set with this code.",
        )
    })
}
