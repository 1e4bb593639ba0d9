//! Who fibre can reach along what stands.

use axum::{Json, extract::State};
use hatang_core::{OrganisationCode, Viewer};
use hatang_desk::fibre_reach::{FibreAnswer, fibre_reach};
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    AppState,
    extract::Query,
    freshness::{Fresh, Kept},
    problem::Problem,
    wire,
    work::off_the_async_threads,
};

pub(crate) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(show))
}

/// Whose fibre is asked about.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
struct FibreQuery {
    /// Only this owner's routes and cabinets; everybody's when left out.
    #[param(example = "vnpt")]
    owner: Option<String>,
    /// Ignored: makes addresses differ when the journal or the viewer does.
    #[serde(rename = "v")]
    _key: Option<String>,
}

/// `GET /api/v1/fibre`: who can be reached without a new trench, and the cheapest way to reach the others.
#[utoipa::path(
    get,
    path = "/api/v1/fibre",
    tag = "coverage",
    operation_id = "showFibreReach",
    params(FibreQuery),
    responses((status = OK, description = "Fibre reach", body = wire::FibreReach), wire::Problems),
)]
async fn show(
    viewer: Viewer,
    State(state): State<AppState>,
    Query(query): Query<FibreQuery>,
    fresh: Fresh,
) -> Result<Kept<Json<FibreAnswer>>, Problem> {
    let owner = query.owner.filter(|code| !code.is_empty()).map(|code| {
        OrganisationCode::new(&code).map_err(|_| {
            Problem::input(
                "organisation.unknown",
                code,
                "Không có tổ chức nào mang mã này.",
                "There is no organisation with this code.",
            )
        })
    });
    let owner = owner.transpose()?;
    let reach = move || fibre_reach(&state.desk, &viewer, owner.as_ref());
    Ok(fresh.keep(Json(off_the_async_threads(reach).await??)))
}
