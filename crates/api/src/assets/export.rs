//! A class of assets as a file.

use axum::{
    extract::State,
    http::header,
    response::{IntoResponse, Response},
};
use hatang_core::Viewer;
use hatang_desk::export_assets::{ExportError, ExportFormat, export_assets, export_assets_as_of};
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{class, record::as_of};
use crate::{AppState, extract::Query, problem::Problem, wire, work::waiting_off_the_async_threads};

pub(crate) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(export))
}

/// Which assets in which format.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
struct ExportQuery {
    /// The class.
    #[param(example = "mast")]
    class: String,
    /// `geojson`, `gpkg`, `fgb`, `csv`, `xlsx` or `kml`.
    #[param(example = "gpkg")]
    format: String,
    /// What had been written down by the end of this day, or by this instant; today's registry when left out.
    #[param(example = "2026-01-31")]
    recorded: Option<String>,
    /// What was true on this day, by what has been written down since.
    #[param(example = "2026-01-31")]
    valid: Option<String>,
}

/// `GET /api/v1/assets-export`: a class of assets as a file, as far as the viewer may see it: as it is, or as it was.
#[utoipa::path(
    get,
    path = "/api/v1/assets-export",
    tag = "registry",
    operation_id = "exportAssets",
    params(ExportQuery),
    responses(
        (status = OK, description = "The file", content(
            (serde_json::Value = "application/geo+json"),
            (Vec<u8> = "application/geopackage+sqlite3"),
            (Vec<u8> = "application/flatgeobuf"),
            (String = "text/csv"),
            (Vec<u8> = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
            (String = "application/vnd.google-earth.kml+xml"),
        )),
        wire::Problems,
    ),
)]
async fn export(
    viewer: Viewer,
    State(state): State<AppState>,
    Query(query): Query<ExportQuery>,
) -> Result<Response, Problem> {
    let class = class(&query.class)?;
    let format = ExportFormat::of_ending(&query.format).ok_or_else(|| {
        let known = ExportFormat::ALL.iter().map(|format| format.ending()).collect::<Vec<_>>().join(", ");
        Problem::input(
            "format.unknown",
            &query.format,
            format!("Không có định dạng này; các định dạng: {known}."),
            format!("There is no such format; the formats: {known}."),
        )
    })?;
    let when = as_of(query.recorded.as_deref(), query.valid.as_deref())?;
    let day = when.map_or_else(|| state.desk.today().to_string(), |when| when.to_string());
    let written: Result<Vec<u8>, Problem> = waiting_off_the_async_threads(async move {
        let (desk, view, mut bytes) = (&state.desk, viewer.role.code(), Vec::new());
        let written = match when {
            None => export_assets(desk, &viewer, class, (format, None), view, &mut bytes),
            Some(when) => export_assets_as_of(desk, &viewer, class, (format, None), view, when, &mut bytes).await?,
        };
        written.map(|_| bytes).map_err(|error| refused(&error))
    })
    .await?;
    let day: String = day.chars().take_while(|c| *c != 'T').collect();
    let name = format!("attachment; filename=\"hatang-{class}-{day}.{}\"", format.ending());
    let headers = [
        (header::CONTENT_TYPE, format.media_type().to_owned()),
        (header::CONTENT_DISPOSITION, name),
        (header::CACHE_CONTROL, "private, no-store".to_owned()),
    ];
    Ok((headers, written?).into_response())
}

/// Why a format cannot hold what there is.
fn refused(error: &ExportError) -> Problem {
    let text = error.text();
    match error {
        ExportError::MixedGeometry { found } => Problem::input(error.code(), found.join(", "), text.vi, text.en),
        ExportError::CellTooLong { column, .. } => Problem::input(error.code(), column, text.vi, text.en),
        other => {
            tracing::error!(error = other as &dyn std::error::Error, "an export failed");
            Problem::internal()
        }
    }
}
