//! Modelled coverage: who is reached, and who is not.

use std::sync::Arc;

use axum::{Json, extract::State, http::header, response::IntoResponse};
use hatang_core::{NetworkCode, Viewer, asset::Technology, coverage_source::SourceId};
use hatang_desk::{
    Desk,
    coverage_choice::{Choice, choose},
    coverage_package::coverage_package,
    coverage_raster::coverage_raster,
    list_gaps::{GapList, GapQuestion, list_gaps},
    run_coverage::{CoverageQuestion, CoverageReport, Environment, answer_coverage},
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
    OpenApiRouter::new().routes(routes!(show)).routes(routes!(gaps)).routes(routes!(raster)).routes(routes!(package))
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
    /// Where people are to be reached: `outdoor` (when left out), `indoor` or `in_vehicle`.
    #[param(example = "indoor")]
    environment: Option<String>,
    /// The side of a cell in metres, 10 to 100; 50 when left out.
    cell_m: Option<u16>,
    /// The model: `tr38901` (when left out), or `p1812` over terrain, for those who may see cells.
    #[param(example = "p1812")]
    model: Option<String>,
    /// The terrain's identity; the newest in force when left out.
    terrain: Option<String>,
    /// Whether the model is corrected by the measurements that the viewer may see: `true` or `false` (when left out).
    calibrated: Option<bool>,
    /// Ignored: makes addresses differ when the journal or the viewer does.
    #[serde(rename = "v")]
    _key: Option<String>,
}

/// Which gaps are asked for.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
struct GapQuery {
    /// The technology: `4g` or `5g`.
    #[param(example = "5g")]
    technology: Option<String>,
    /// The network; every network together when left out.
    network: Option<String>,
    /// Where people are to be reached: `outdoor` (when left out), `indoor` or `in_vehicle`.
    environment: Option<String>,
    /// The model: `tr38901` (when left out), or `p1812` over terrain, for those who may see cells.
    model: Option<String>,
    /// The terrain's identity; the newest in force when left out.
    terrain: Option<String>,
    /// Whether the model is corrected by the measurements that the viewer may see: `true` or `false` (when left out).
    calibrated: Option<bool>,
    /// Fewer operators than this make a gap: 1 (when left out) asks for places that nobody serves, 2 for those without a
    /// choice.
    fewer_than: Option<u32>,
    /// Ignored: makes addresses differ when the journal or the viewer does.
    #[serde(rename = "v")]
    _key: Option<String>,
}

impl CoverageQuery {
    /// The coverage asked about, as far as the viewer may choose how it is computed.
    pub(crate) fn question(self, desk: &Desk, viewer: &Viewer) -> Result<CoverageQuestion, Problem> {
        let terrain = self.terrain.as_deref().filter(|terrain| !terrain.is_empty()).map(|terrain| {
            terrain.parse().map(SourceId).map_err(|_| {
                Problem::input(
                    "ground_source.unknown",
                    terrain,
                    "Mã địa hình không hợp lệ.",
                    "This is no identity of a terrain.",
                )
            })
        });
        let model = self.model.as_deref().filter(|model| !model.is_empty());
        let choice = Choice::of(model, terrain.transpose()?, self.calibrated.unwrap_or_default())?;
        Ok(choose(desk, viewer, self.usual()?, &choice)?)
    }

    /// The coverage asked about, computed as usual.
    fn usual(self) -> Result<CoverageQuestion, Problem> {
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
        let environment = self.environment.filter(|environment| !environment.is_empty());
        let environment = environment.map(|word| {
            Environment::ALL.into_iter().find(|one| one.code() == word).ok_or_else(|| {
                Problem::input(
                    "environment.unknown",
                    word,
                    "Không có môi trường này; các môi trường: outdoor, indoor, in_vehicle.",
                    "There is no such environment; the environments: outdoor, indoor, in_vehicle.",
                )
            })
        });
        let asked = CoverageQuestion::outdoors(technology, network.transpose()?.as_ref());
        Ok(CoverageQuestion {
            environment: environment.transpose()?.unwrap_or_default(),
            cell_m: self.cell_m.unwrap_or(asked.cell_m),
            ..asked
        })
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
    let question = query.question(&state.desk, &viewer)?;
    let desk = Arc::clone(&state.desk);
    let run = off_the_async_threads(move || answer_coverage(&state.desk, &question)).await??;
    Ok(fresh.keep(Json(desk.read(|registry| run.report.for_viewer(registry, &viewer)))))
}

/// `GET /api/v1/gaps`: inhabited places that are not reached, the most pressing first.
#[utoipa::path(
    get,
    path = "/api/v1/gaps",
    tag = "coverage",
    operation_id = "listGaps",
    params(GapQuery),
    responses((status = OK, description = "Ranked gaps", body = wire::Gaps), wire::Problems),
)]
async fn gaps(
    viewer: Viewer,
    State(state): State<AppState>,
    Query(query): Query<GapQuery>,
    fresh: Fresh,
) -> Result<Kept<Json<GapList>>, Problem> {
    let GapQuery { technology, network, environment, model, terrain, calibrated, fewer_than, _key: key } = query;
    let coverage =
        CoverageQuery { technology, network, environment, cell_m: None, model, terrain, calibrated, _key: key };
    let coverage = coverage.question(&state.desk, &viewer)?;
    let question = GapQuestion { coverage, fewer_than: fewer_than.unwrap_or(1) };
    let list = move || list_gaps(&state.desk, &viewer, &question);
    Ok(fresh.keep(Json(off_the_async_threads(list).await??)))
}

/// The name of a file of a run.
fn file_name(question: &CoverageQuestion, ending: &str) -> String {
    let network = question.network.as_ref().map_or_else(String::new, |network| format!("-{network}"));
    let (technology, environment) = (question.technology, question.environment.code());
    format!("attachment; filename=\"hatang-coverage-{technology}{network}-{environment}.{ending}\"")
}

/// `GET /api/v1/coverage/raster`: the probability of every cell as a `GeoTIFF`.
///
/// The rings of a fine raster give away where masts stand, so the public is refused and a carrier sees its own networks
/// only.
#[utoipa::path(
    get,
    path = "/api/v1/coverage/raster",
    tag = "coverage",
    operation_id = "coverageRaster",
    params(CoverageQuery),
    responses(
        (status = OK, description = "One band: the probability of service, no value outside the territory", body = Vec<u8>, content_type = "image/tiff"),
        wire::Problems,
    ),
)]
async fn raster(
    viewer: Viewer,
    State(state): State<AppState>,
    Query(query): Query<CoverageQuery>,
    fresh: Fresh,
) -> Result<Kept<impl IntoResponse>, Problem> {
    let question = query.question(&state.desk, &viewer)?;
    let name = file_name(&question, "tif");
    let bytes = off_the_async_threads(move || coverage_raster(&state.desk, &viewer, &question)).await??;
    let headers = [(header::CONTENT_TYPE, "image/tiff".to_owned()), (header::CONTENT_DISPOSITION, name)];
    Ok(fresh.keep((headers, bytes)))
}

/// `GET /api/v1/coverage/package`: the areas of each level and the hamlets' shares as a `GeoPackage`.
#[utoipa::path(
    get,
    path = "/api/v1/coverage/package",
    tag = "coverage",
    operation_id = "coveragePackage",
    params(CoverageQuery),
    responses(
        (status = OK, description = "The layers `coverage` and `hamlet`", body = Vec<u8>, content_type = "application/geopackage+sqlite3"),
        wire::Problems,
    ),
)]
async fn package(
    viewer: Viewer,
    State(state): State<AppState>,
    Query(query): Query<CoverageQuery>,
    fresh: Fresh,
) -> Result<Kept<impl IntoResponse>, Problem> {
    let question = query.question(&state.desk, &viewer)?;
    let name = file_name(&question, "gpkg");
    let bytes = off_the_async_threads(move || coverage_package(&state.desk, &viewer, &question)).await??;
    let headers =
        [(header::CONTENT_TYPE, "application/geopackage+sqlite3".to_owned()), (header::CONTENT_DISPOSITION, name)];
    Ok(fresh.keep((headers, bytes)))
}
