//! Who may do what, as a table to read.

use axum::Json;
use hatang_desk::list_permissions::{PermissionTable, list_permissions};
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{AppState, wire};

pub(crate) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(list))
}

/// `GET /api/v1/permissions`: what every role is granted, for each action and each state of what it concerns.
///
/// The table is the one that decides; what it does not name is refused to everybody. It is no secret.
#[utoipa::path(
    get,
    path = "/api/v1/permissions",
    tag = "oversight",
    operation_id = "listPermissions",
    responses((status = OK, description = "The whole table", body = wire::Permissions), wire::Problems),
)]
async fn list() -> Json<PermissionTable> {
    Json(list_permissions())
}
