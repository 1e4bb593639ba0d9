//! Records that are likely of one structure.

use axum::{Json, extract::State};
use hatang_core::{
    AssetId, Version, Viewer,
    duplicate::{DuplicateAct, DuplicateState},
};
use hatang_desk::duplicates::{
    DuplicateDecision, DuplicatePage, DuplicateQuery, DuplicateView, decide_duplicate, list_duplicates,
};
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    AppState,
    assets::{after, class},
    extract::{self, Query},
    problem::Problem,
    wire,
    work::off_the_async_threads,
};

pub(crate) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(list)).routes(routes!(decide))
}

/// Which duplicates are asked for.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
struct ListQuery {
    /// `proposed` for those that wait for an answer, `merged` or `apart` for what became of earlier ones; `proposed` when
    /// left out.
    #[param(example = "proposed")]
    state: Option<String>,
    /// One class; every class when left out.
    #[param(example = "pole")]
    class: Option<String>,
    /// How many groups at most, up to 200; 50 when left out.
    limit: Option<usize>,
    /// The `next` of the page before.
    after: Option<String>,
}

/// `GET /api/v1/duplicates`: records that are likely of one structure: the same class within the joint accuracy of their
/// places. Officials see all, owners those that a record of their own is among.
///
/// A page may hold fewer groups than asked for and still have a next one: it looks at so many records at once.
#[utoipa::path(
    get,
    path = "/api/v1/duplicates",
    tag = "registry",
    operation_id = "listDuplicates",
    params(ListQuery),
    responses((status = OK, description = "A page of groups", body = wire::DuplicatePage), wire::Problems),
)]
async fn list(
    viewer: Viewer,
    State(desk): State<AppState>,
    Query(query): Query<ListQuery>,
) -> Result<Json<DuplicatePage>, Problem> {
    let query = DuplicateQuery {
        class: query.class.as_deref().map(class).transpose()?,
        state: query.state.as_deref().map_or(Ok(DuplicateState::Proposed), state)?,
        after: query.after.as_deref().map(after).transpose()?,
        limit: query.limit.unwrap_or(50),
    };
    Ok(Json(off_the_async_threads(move || list_duplicates(&desk.desk, &viewer, &query)).await??))
}

/// A record at the version that was seen.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RecordSeen {
    /// The asset.
    #[schema(value_type = String, format = "uuid")]
    id: AssetId,
    /// Its version.
    #[schema(value_type = u32)]
    version: Version,
}

/// What somebody says of records.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct DuplicateDecided {
    /// The records, 2 to 50.
    assets: Vec<RecordSeen>,
    /// What is done.
    #[schema(value_type = wire::DuplicateAct)]
    act: DuplicateAct,
    /// The record that is to stand; needed to agree and to merge.
    #[schema(value_type = Option<String>, format = "uuid")]
    kept: Option<AssetId>,
    /// Why; needed to keep records apart. Never a person's name.
    reason: Option<String>,
}

/// `POST /api/v1/duplicates`: says whether records are of one structure. Merging gives all but one up, which name the one
/// that stands, and makes the other owners its tenants: all at once, or nothing.
#[utoipa::path(
    post,
    path = "/api/v1/duplicates",
    tag = "registry",
    operation_id = "decideDuplicate",
    request_body = DuplicateDecided,
    responses((status = OK, description = "The group as it is now", body = wire::DuplicateGroup), wire::Problems),
)]
async fn decide(
    viewer: Viewer,
    State(state): State<AppState>,
    extract::Json(given): extract::Json<DuplicateDecided>,
) -> Result<Json<DuplicateView>, Problem> {
    let DuplicateDecided { assets, act, kept, reason } = given;
    let assets = assets.into_iter().map(|record| (record.id, record.version)).collect();
    Ok(Json(decide_duplicate(&state.desk, &viewer, DuplicateDecision { assets, act, kept, reason }).await?))
}

fn state(text: &str) -> Result<DuplicateState, Problem> {
    text.parse().map_err(|_| {
        let known = DuplicateState::ALL.iter().map(|state| state.code()).collect::<Vec<_>>().join(", ");
        Problem::input(
            "state.unknown",
            text,
            format!("Không có trạng thái này; các trạng thái: {known}."),
            format!("There is no such state; the states: {known}."),
        )
    })
}
