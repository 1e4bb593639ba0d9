//! The radio model for one link: a planner's calculator.

use axum::Json;
use hatang_core::{Metres, asset::Technology};
use hatang_desk::link_losses::{LinkAnswer, LinkQuestion, link_loss};
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{AppState, extract::Query, problem::Problem, wire};

pub(crate) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(show))
}

/// One link. Lengths and heights are in metres.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
struct LinkQuery {
    /// `RMa`, `SMa`, `UMa`, `UMi`, `eHata-urban`, `eHata-suburban`, `eHata-rural` or `FSPL`.
    #[param(example = "RMa")]
    scenario: String,
    /// The technology whose powers and threshold are used: `4g` or `5g`.
    #[param(example = "5g")]
    technology: String,
    /// Carrier frequency, in MHz.
    #[param(example = 3_500.0)]
    f_mhz: f64,
    /// Height of the station's antenna above ground.
    #[param(example = 30.0)]
    h_bs_m: f64,
    /// Height of the handset above ground; 1.5 m when left out.
    h_ut_m: Option<f64>,
    /// Distance along the ground.
    #[param(example = 2_000.0)]
    d2d_m: f64,
    /// Mean height of buildings; the scenario's usual one when left out.
    h_bldg_m: Option<f64>,
    /// Mean width of streets; the scenario's usual one when left out.
    w_m: Option<f64>,
    /// The station's radiated power per cell and port, in dBm; the technology's placeholder when left out.
    eirp_dbm: Option<f64>,
}

/// `GET /api/v1/link`: path losses of one link with and without line of sight, and what is left at the handset.
#[utoipa::path(
    get,
    path = "/api/v1/link",
    tag = "coverage",
    operation_id = "computeLink",
    params(LinkQuery),
    responses((status = OK, description = "The link", body = wire::LinkAnswer), wire::Problems),
)]
async fn show(Query(query): Query<LinkQuery>) -> Result<Json<LinkAnswer>, Problem> {
    let metres = |number: f64| Metres::new(number).map_err(|error| invalid(&error.to_string()));
    let question = LinkQuestion {
        formula: query.scenario.parse().map_err(|_| invalid(&query.scenario))?,
        technology: query.technology.parse::<Technology>().map_err(|_| invalid(&query.technology))?,
        frequency_mhz: query.f_mhz,
        antenna_height: metres(query.h_bs_m)?,
        handset_height: metres(query.h_ut_m.unwrap_or(1.5))?,
        distance: metres(query.d2d_m)?,
        built: (query.h_bldg_m.map(metres).transpose()?, query.w_m.map(metres).transpose()?),
        eirp_dbm: query.eirp_dbm,
    };
    Ok(Json(link_loss(&question)?))
}

fn invalid(value: &str) -> Problem {
    Problem::input(
        "link.invalid",
        value,
        "Giá trị này không hợp lệ; xem /api/openapi.json.",
        "This value is not valid; see /api/openapi.json.",
    )
}
