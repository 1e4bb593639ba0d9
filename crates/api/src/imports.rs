//! Files on their way into the registry.

mod upload;

use axum::{
    Json,
    extract::{Path, State},
    http::{
        StatusCode,
        header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE},
    },
    response::{
        IntoResponse, Response,
        sse::{Event, KeepAlive, Sse},
    },
};
use futures_util::{StreamExt as _, stream};
use hatang_core::{Viewer, change_set::RowAction};
use hatang_desk::imports::{
    ImportOptionsGiven, ImportView,
    act::{acknowledge_import, commit_import, discard_import, revert_import},
    check::check_import,
    conflict::ConflictKind,
    preview::{ImportRows, import_rows},
    report::{ReportFormat, import_report},
    upload::{list_imports, show_import, watch_import},
};
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

use crate::{
    AppState,
    extract::{self, Query},
    problem::Problem,
    wire,
};

pub(crate) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .merge(upload::routes())
        .routes(routes!(list))
        .routes(routes!(show))
        .routes(routes!(events))
        .routes(routes!(check))
        .routes(routes!(acknowledge))
        .routes(routes!(commit))
        .routes(routes!(revert))
        .routes(routes!(discard))
        .routes(routes!(rows))
        .routes(routes!(report))
}

/// `GET /api/v1/imports`: the viewer's imports, the latest first, without their reports.
#[utoipa::path(
    get,
    path = "/api/v1/imports",
    tag = "imports",
    operation_id = "listImports",
    responses((status = OK, description = "The imports", body = Vec<wire::Import>), wire::Problems),
)]
async fn list(viewer: Viewer, State(state): State<AppState>) -> Result<Json<Vec<ImportView>>, Problem> {
    Ok(Json(list_imports(&state.desk, &viewer).await?))
}

/// `GET /api/v1/imports/{id}`: one import with its report; while it is being worked on, with its progress.
#[utoipa::path(
    get,
    path = "/api/v1/imports/{id}",
    tag = "imports",
    operation_id = "showImport",
    params(("id" = String, Path, description = "The import's identity", format = "uuid")),
    responses((status = OK, description = "The import", body = wire::Import), wire::Problems),
)]
async fn show(
    viewer: Viewer,
    State(state): State<AppState>,
    Path(id): Path<String>,
) -> Result<Json<ImportView>, Problem> {
    Ok(Json(show_import(&state.desk, &viewer, import_id(id)?).await?))
}

/// `GET /api/v1/imports/{id}/events`: an import as it is being worked on, as server-sent events. Each `progress` says how far
/// it is, as the import's own `progress` does; a last `import` is the import itself, after which the stream ends.
#[utoipa::path(
    get,
    path = "/api/v1/imports/{id}/events",
    tag = "imports",
    operation_id = "watchImport",
    params(("id" = String, Path, description = "The import's identity", format = "uuid")),
    responses((status = OK, description = "The events", body = String, content_type = "text/event-stream"), wire::Problems),
)]
async fn events(
    viewer: Viewer,
    State(state): State<AppState>,
    Path(id): Path<String>,
) -> Result<impl IntoResponse, Problem> {
    let id = import_id(id)?;
    let watched = watch_import(&state.desk, &viewer, id).await?;
    let progress = stream::iter(watched).flat_map(|watched| {
        // What it is now is told too.
        let now = *watched.borrow();
        let later = stream::unfold(watched, |mut watched| async {
            watched.changed().await.ok()?;
            let progress = *watched.borrow_and_update();
            Some((progress, watched))
        });
        stream::iter([now]).chain(later)
    });
    let told = progress.map(|progress| Event::default().event("progress").json_data(progress));
    let last = stream::once(async move {
        // Whoever may no longer read it is told nothing more.
        let import = show_import(&state.desk, &viewer, id).await.ok();
        import.map(|import| Event::default().event("import").json_data(ImportView { report: None, ..import }))
    });
    let private = [(CACHE_CONTROL, "private, no-store")];
    Ok((private, Sse::new(told.chain(last.filter_map(async |event| event))).keep_alive(KeepAlive::default())))
}

/// Whether to wait for the end of the work.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
struct CheckQuery {
    /// Answer when the file has been read rather than at once.
    #[serde(default)]
    wait: bool,
}

/// How the file is to be read now.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct CheckRequest {
    /// How the file is to be read; as before when left out.
    #[schema(value_type = Option<wire::ImportOptions>)]
    options: Option<ImportOptionsGiven>,
}

/// `POST /api/v1/imports/{id}/check`: reads the file and says what it would do. Nothing is written to the registry.
///
/// Answers at once and goes on by itself; `GET` tells how far it is.
#[utoipa::path(
    post,
    path = "/api/v1/imports/{id}/check",
    tag = "imports",
    operation_id = "checkImport",
    params(("id" = String, Path, description = "The import's identity", format = "uuid"), CheckQuery),
    request_body = CheckRequest,
    responses(
        (status = OK, description = "It has been read", body = wire::Import),
        (status = ACCEPTED, description = "It is being read", body = wire::Import),
        wire::Problems,
    ),
)]
async fn check(
    viewer: Viewer,
    State(state): State<AppState>,
    Path(id): Path<String>,
    Query(query): Query<CheckQuery>,
    extract::Json(given): extract::Json<CheckRequest>,
) -> Result<Response, Problem> {
    let id = import_id(id)?;
    if query.wait {
        return Ok(Json(check_import(&state.desk, &viewer, id, given.options).await?).into_response());
    }
    // Whoever may not know of it is told so now, not by a task that nobody hears.
    let before = show_import(&state.desk, &viewer, id).await?;
    tokio::spawn(async move {
        if let Err(error) = check_import(&state.desk, &viewer, id, given.options).await {
            // Its owner reads the reason from the import itself.
            tracing::info!(import = %id, code = error.code(), "an import could not be checked");
        }
    });
    Ok((StatusCode::ACCEPTED, Json(before)).into_response())
}

/// What somebody agrees with.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Acknowledgement {
    /// The revision that was seen.
    revision: u32,
    /// The kinds of every conflict.
    #[schema(value_type = Vec<wire::ConflictKind>)]
    conflicts: Vec<ConflictKind>,
}

/// `POST /api/v1/imports/{id}/acknowledgement`: agrees with everything that the import would do.
#[utoipa::path(
    post,
    path = "/api/v1/imports/{id}/acknowledgement",
    tag = "imports",
    operation_id = "acknowledgeImport",
    params(("id" = String, Path, description = "The import's identity", format = "uuid")),
    request_body = Acknowledgement,
    responses((status = OK, description = "The import", body = wire::Import), wire::Problems),
)]
async fn acknowledge(
    viewer: Viewer,
    State(state): State<AppState>,
    Path(id): Path<String>,
    extract::Json(given): extract::Json<Acknowledgement>,
) -> Result<Json<ImportView>, Problem> {
    let id = import_id(id)?;
    Ok(Json(acknowledge_import(&state.desk, &viewer, id, given.revision, &given.conflicts).await?))
}

/// `POST /api/v1/imports/{id}/commit`: writes it, all or nothing. Committing again answers with the same receipt.
#[utoipa::path(
    post,
    path = "/api/v1/imports/{id}/commit",
    tag = "imports",
    operation_id = "commitImport",
    params(("id" = String, Path, description = "The import's identity", format = "uuid")),
    responses((status = OK, description = "The import with its receipt", body = wire::Import), wire::Problems),
)]
async fn commit(
    viewer: Viewer,
    State(state): State<AppState>,
    Path(id): Path<String>,
) -> Result<Json<ImportView>, Problem> {
    let id = import_id(id)?;
    to_its_end(async move { commit_import(&state.desk, &viewer, id).await }).await
}

/// Why an import is undone.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Reversal {
    /// The revision that was seen.
    revision: u32,
    /// Why, at most 500 characters; never a person's name.
    reason: String,
}

/// `POST /api/v1/imports/{id}/reversal`: undoes it as one, unless one of its assets has changed since.
#[utoipa::path(
    post,
    path = "/api/v1/imports/{id}/reversal",
    tag = "imports",
    operation_id = "revertImport",
    params(("id" = String, Path, description = "The import's identity", format = "uuid")),
    request_body = Reversal,
    responses((status = OK, description = "The import", body = wire::Import), wire::Problems),
)]
async fn revert(
    viewer: Viewer,
    State(state): State<AppState>,
    Path(id): Path<String>,
    extract::Json(given): extract::Json<Reversal>,
) -> Result<Json<ImportView>, Problem> {
    let id = import_id(id)?;
    to_its_end(async move { revert_import(&state.desk, &viewer, id, given.revision, &given.reason).await }).await
}

/// `DELETE /api/v1/imports/{id}`: gives it up before it comes in; its file and rows are forgotten.
#[utoipa::path(
    delete,
    path = "/api/v1/imports/{id}",
    tag = "imports",
    operation_id = "discardImport",
    params(("id" = String, Path, description = "The import's identity", format = "uuid")),
    responses((status = OK, description = "The import", body = wire::Import), wire::Problems),
)]
async fn discard(
    viewer: Viewer,
    State(state): State<AppState>,
    Path(id): Path<String>,
) -> Result<Json<ImportView>, Problem> {
    Ok(Json(discard_import(&state.desk, &viewer, import_id(id)?).await?))
}

/// Which rows are asked for.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
struct RowsQuery {
    /// `added`, `changed`, `unchanged` or `missing`; all when left out.
    #[param(example = "changed")]
    action: Option<String>,
    /// The `next` of the page before.
    #[serde(default)]
    after: u32,
    /// How many at most, up to 2,000; 500 when left out.
    limit: Option<u32>,
}

/// `GET /api/v1/imports/{id}/rows`: what it would do, asset by asset, with what differs.
#[utoipa::path(
    get,
    path = "/api/v1/imports/{id}/rows",
    tag = "imports",
    operation_id = "listImportRows",
    params(("id" = String, Path, description = "The import's identity", format = "uuid"), RowsQuery),
    responses((status = OK, description = "A page of rows", body = wire::ImportRows), wire::Problems),
)]
async fn rows(
    viewer: Viewer,
    State(state): State<AppState>,
    Path(id): Path<String>,
    Query(query): Query<RowsQuery>,
) -> Result<Json<ImportRows>, Problem> {
    let action = query.action.as_deref().map(action).transpose()?;
    let limit = query.limit.unwrap_or(500);
    Ok(Json(import_rows(&state.desk, &viewer, import_id(id)?, action, query.after, limit).await?))
}

/// How the report is to be written.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
struct ReportQuery {
    /// `json`, `html`, `csv` or `xlsx`; `json` when left out.
    #[param(example = "html")]
    format: Option<String>,
}

/// `GET /api/v1/imports/{id}/report`: the report alone, as a file: for programs, for reading and printing, or as a table.
#[utoipa::path(
    get,
    path = "/api/v1/imports/{id}/report",
    tag = "imports",
    operation_id = "downloadImportReport",
    params(("id" = String, Path, description = "The import's identity", format = "uuid"), ReportQuery),
    responses(
        (status = OK, description = "The report", content(
            (wire::ImportReport = "application/json"),
            (String = "text/html"),
            (String = "text/csv"),
            (Vec<u8> = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        )),
        wire::Problems,
    ),
)]
async fn report(
    viewer: Viewer,
    State(state): State<AppState>,
    Path(id): Path<String>,
    Query(query): Query<ReportQuery>,
) -> Result<Response, Problem> {
    let format = query.format.as_deref().map_or(Ok(ReportFormat::Json), report_format)?;
    let bytes = import_report(&state.desk, &viewer, import_id(id.clone())?, format).await?;
    let bytes = bytes.ok_or_else(|| Problem::not_found(&id))?;
    let name = format!("attachment; filename=\"hatang-import-{id}.{}\"", format.ending());
    let headers = [(CONTENT_TYPE, format.media_type().to_owned()), (CONTENT_DISPOSITION, name)];
    Ok((headers, bytes).into_response())
}

fn report_format(text: &str) -> Result<ReportFormat, Problem> {
    ReportFormat::of_ending(text).ok_or_else(|| {
        Problem::input(
            "format.unknown",
            text,
            "Không có định dạng này; các định dạng: json, html, csv, xlsx.",
            "There is no such format; the formats: json, html, csv, xlsx.",
        )
    })
}

/// Lets a write come to its end also when nobody waits for it any more.
async fn to_its_end(
    write: impl Future<Output = Result<ImportView, hatang_desk::DeskError>> + Send + 'static,
) -> Result<Json<ImportView>, Problem> {
    let written = tokio::spawn(write).await.map_err(|error| {
        tracing::error!(%error, "an import stopped");
        Problem::internal()
    })?;
    Ok(Json(written?))
}

fn import_id(text: String) -> Result<Uuid, Problem> {
    // What is no identity names no import.
    text.parse().map_err(|_| Problem::not_found(text))
}

fn action(text: &str) -> Result<RowAction, Problem> {
    text.parse().map_err(|_| {
        Problem::input(
            "action.unknown",
            text,
            "Không có loại thay đổi này; các loại: added, changed, unchanged, missing.",
            "There is no such action; the actions: added, changed, unchanged, missing.",
        )
    })
}
