//! Modelled coverage: who is reached, and who is not.

use std::sync::Arc;

use axum::{Json, extract::State};
use hatang_core::{NetworkCode, Viewer, asset::Technology};
use hatang_desk::{
    list_gaps::{GapList, list_gaps},
    run_coverage::{CoverageReport, run_coverage},
};
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
    OpenApiRouter::new().routes(routes!(show)).routes(routes!(gaps))
}

/// Which coverage is asked about.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct CoverageQuery {
    /// The technology: `4g` or `5g`.
    #[param(example = "5g")]
    technology: Option<String>,
    /// The network; every network together when left out.
    #[param(example = "viettel")]
    network: Option<String>,
    /// Ignored: makes addresses differ when the journal or the viewer does.
    #[serde(rename = "v")]
    _key: Option<String>,
}

impl CoverageQuery {
    /// The technology and network asked about.
    pub(crate) fn question(self) -> Result<(Technology, Option<NetworkCode>), Problem> {
        let technology = self.technology.unwrap_or_default();
        let technology = technology.parse().map_err(|_| {
            let known = Technology::ALL.iter().map(|one| one.code()).collect::<Vec<_>>().join(", ");
            Problem::input(
                "technology.unknown",
                technology,
                format!("Không có công nghệ này; các công nghệ: {known}."),
                format!("There is no such technology; the technologies: {known}."),
            )
        })?;
        let network = self.network.filter(|network| !network.is_empty());
        let network = network.map(|network| {
            NetworkCode::new(&network).map_err(|_| {
                Problem::input(
                    "network.unknown",
                    network,
                    "Không có mạng nào mang mã này.",
                    "There is no network with this code.",
                )
            })
        });
        Ok((technology, network.transpose()?))
    }
}

/// `GET /api/v1/coverage`: the share of people reached, in all and by hamlet, with the model behind it.
#[utoipa::path(
    get,
    path = "/api/v1/coverage",
    tag = "coverage",
    operation_id = "showCoverage",
    params(CoverageQuery),
    responses((status = OK, description = "Modelled coverage", body = wire::Coverage), wire::Problems),
)]
async fn show(
    viewer: Viewer,
    State(state): State<AppState>,
    Query(query): Query<CoverageQuery>,
    fresh: Fresh,
) -> Result<Kept<Json<CoverageReport>>, Problem> {
    let (technology, network) = query.question()?;
    let desk = Arc::clone(&state.desk);
    let run = off_the_async_threads(move || run_coverage(&state.desk, technology, network.as_ref())).await??;
    Ok(fresh.keep(Json(desk.read(|registry| run.report.for_viewer(registry, &viewer)))))
}

/// `GET /api/v1/gaps`: inhabited places that are not reached, the most pressing first.
#[utoipa::path(
    get,
    path = "/api/v1/gaps",
    tag = "coverage",
    operation_id = "listGaps",
    params(CoverageQuery),
    responses((status = OK, description = "Ranked gaps", body = wire::Gaps), wire::Problems),
)]
async fn gaps(
    viewer: Viewer,
    State(state): State<AppState>,
    Query(query): Query<CoverageQuery>,
    fresh: Fresh,
) -> Result<Kept<Json<GapList>>, Problem> {
    let (technology, network) = query.question()?;
    let list = move || list_gaps(&state.desk, &viewer, technology, network.as_ref());
    Ok(fresh.keep(Json(off_the_async_threads(list).await??)))
}
