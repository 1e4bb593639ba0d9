//! The territory, and the words that questions about it may use.

use axum::{Json, extract::State};
use hatang_core::Viewer;
use hatang_desk::describe_territory::{TerritoryDescription, describe_territory};
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    AppState,
    freshness::{Fresh, Kept},
    wire,
};

pub(crate) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(show))
}

/// `GET /api/v1/territory`: where this is, its rule sets, organisations and networks.
#[utoipa::path(
    get,
    path = "/api/v1/territory",
    tag = "registry",
    operation_id = "showTerritory",
    responses((status = OK, description = "The home territory", body = wire::Territory), wire::Problems),
)]
async fn show(viewer: Viewer, State(state): State<AppState>, fresh: Fresh) -> Kept<Json<TerritoryDescription>> {
    fresh.keep(Json(describe_territory(&state.desk, &viewer)))
}
