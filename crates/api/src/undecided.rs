//! How much of what is judged nobody can tell.

use axum::extract::State;
use hatang_core::Viewer;
use hatang_desk::undecided::{Probed, Undecided, undecided};
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    AppState,
    cases::{Private, private, signed_in},
    extract::Query,
    problem::Problem,
    wire,
    work::off_the_async_threads,
};

pub(crate) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(show))
}

/// What is judged, by which rules.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
struct UndecidedQuery {
    /// `requests`: the open requests. `grid`: a mast, a duct and a pole line at every point of a grid over the territory.
    #[param(example = "grid")]
    probed: String,
    /// The local rule set; the plan's when left out.
    #[param(example = "hai-phong")]
    ruleset: Option<String>,
}

/// `GET /api/v1/undecided`: the share of *cannot tell* by rule and by what is missing, for officials.
#[utoipa::path(
    get,
    path = "/api/v1/undecided",
    tag = "review",
    operation_id = "showUndecided",
    params(UndecidedQuery),
    responses((status = OK, description = "The counts", body = wire::Undecided), wire::Problems),
)]
async fn show(
    viewer: Viewer,
    State(state): State<AppState>,
    Query(query): Query<UndecidedQuery>,
) -> Result<Private<Undecided>, Problem> {
    signed_in(&viewer)?;
    let probed = Probed::named(&query.probed).ok_or_else(|| {
        Problem::input(
            "undecided.probed_unknown",
            &query.probed,
            "Chọn `requests` hoặc `grid`.",
            "Choose `requests` or `grid`.",
        )
    })?;
    let rule_set = query.ruleset.as_deref().map(crate::screenings::rule_set).transpose()?;
    let counted = off_the_async_threads(move || undecided(&state.desk, &viewer, probed, rule_set.as_ref())).await?;
    Ok(private(counted?))
}
