//! A file that arrives, written to a private temporary file as it comes: never held in memory as a whole.

use std::{
    fs::File,
    future::poll_fn,
    io::{self, Write as _},
    pin::pin,
};

use axum::{
    Json,
    body::{Body, HttpBody as _},
    extract::State,
    http::HeaderMap,
};
use hatang_core::{Viewer, change_set::ImportMode};
use hatang_desk::imports::{
    Axes, ImportOptionsGiven, ImportView,
    upload::{MOST_BYTES, may_import, upload_import},
};
use jiff::civil::Date;
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{AppState, extract::Query, problem::Problem, wire};

pub(crate) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(upload))
}

/// What a file is and how it is to be read.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
struct UploadQuery {
    /// The file's name; its ending says its format.
    #[param(example = "masts.csv")]
    file: String,
    /// The class of every row.
    #[param(example = "mast")]
    class: String,
    /// Whose assets they are.
    #[param(example = "viettel")]
    owner: Option<String>,
    /// The column that names the owner, for those who import for several.
    owner_field: Option<String>,
    /// The reference system of the file's numbers; what the file itself declares when left out.
    #[param(example = "EPSG:9210")]
    crs: Option<String>,
    /// The layer, sheet or table of a file that has several.
    layer: Option<String>,
    /// `delta`: only what is in the file changes. `full_set`: what is missing from it is given up. `additions`: only what
    /// is new comes in.
    #[param(example = "delta")]
    mode: Option<String>,
    /// Whether rows at exactly the same position are one asset.
    #[serde(default)]
    merge_same_position: bool,
    /// Since when what the file says is so.
    #[param(value_type = Option<String>, format = Date)]
    valid_on: Option<Date>,
}

/// `POST /api/v1/imports`: takes a file of at most 64 MiB in. Nothing of it is read yet.
///
/// With a header `Idempotency-Key`, the same upload again answers with the import that it began.
#[utoipa::path(
    post,
    path = "/api/v1/imports",
    tag = "imports",
    operation_id = "uploadImport",
    params(UploadQuery, ("Idempotency-Key" = Option<String>, Header, description = "A text that no other upload has")),
    request_body(content = Vec<u8>, content_type = "application/octet-stream"),
    responses((status = OK, description = "The import", body = wire::Import), wire::Problems),
)]
async fn upload(
    viewer: Viewer,
    State(state): State<AppState>,
    Query(query): Query<UploadQuery>,
    headers: HeaderMap,
    body: Body,
) -> Result<Json<ImportView>, Problem> {
    let options = ImportOptionsGiven {
        class: crate::assets::class(&query.class)?,
        owner: query.owner.as_deref().map(code).transpose()?,
        owner_field: query.owner_field,
        crs: query.crs.filter(|crs| !crs.is_empty()),
        map: std::collections::BTreeMap::new(),
        merge_same_position: query.merge_same_position,
        mode: query.mode.as_deref().map_or(Ok(ImportMode::Delta), mode)?,
        valid_on: query.valid_on,
        crs_overrides_file: false,
        axes: Axes::EastFirst,
        encoding: None,
        decimal: None,
        layer: query.layer.filter(|layer| !layer.is_empty()),
    };
    let key = headers.get("idempotency-key").and_then(|key| key.to_str().ok()).map(str::to_owned);
    // Who may not upload is told before the first byte is kept.
    may_import(&state.desk, &viewer, &options)?;
    let file = received(body).await?;
    Ok(Json(upload_import(&state.desk, &viewer, &query.file, file, options, key).await?))
}

/// Writes a body to a temporary file that has no name and goes when it is closed.
async fn received(body: Body) -> Result<File, Problem> {
    let failed = |error: io::Error| {
        tracing::error!(%error, "a temporary file failed");
        Problem::internal()
    };
    let mut file = tempfile::tempfile().map_err(failed)?;
    let mut body = pin!(body);
    let mut size = 0;
    while let Some(frame) = poll_fn(|context| body.as_mut().poll_frame(context)).await {
        let frame = frame.map_err(|error| {
            Problem::input(
                "body.unreadable",
                error.to_string(),
                "Không đọc được nội dung gửi lên.",
                "The body cannot be read.",
            )
        })?;
        let Ok(data) = frame.into_data() else { continue };
        size += data.len() as u64;
        if MOST_BYTES < size {
            return Err(Problem::body_too_large(64));
        }
        file.write_all(&data).map_err(failed)?;
    }
    Ok(file)
}

fn code<C: std::str::FromStr>(text: &str) -> Result<C, Problem> {
    text.parse().map_err(|_| {
        Problem::input("owner.invalid", text, "Mã chủ sở hữu không hợp lệ.", "This is no organisation's code.")
    })
}

fn mode(text: &str) -> Result<ImportMode, Problem> {
    text.parse().map_err(|_| {
        Problem::input(
            "mode.unknown",
            text,
            "Chế độ là `delta`, `full_set` hoặc `additions`.",
            "The mode is `delta`, `full_set` or `additions`.",
        )
    })
}
