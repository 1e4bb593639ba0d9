//! The access log: who signed in, was refused, read what is restricted, exported or changed.

use axum::{
    Json,
    extract::State,
    http::header,
    response::{IntoResponse, Response},
};
use hatang_core::{AccessKind, Viewer, visibility::AccountId};
use hatang_desk::list_accesses::{
    AccessFilter, AccessFormat, AccessPage, MOST_ON_A_PAGE, export_accesses, list_accesses,
};
use jiff::Timestamp;
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

use crate::{AppState, extract::Query, problem::Problem, wire};

pub(crate) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(list)).routes(routes!(export))
}

/// How many entries are on a page unless the client says otherwise.
const ON_A_PAGE: u32 = 100;

/// Which entries are asked for.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
struct AuditQuery {
    /// Only of this kind.
    #[param(example = "sign_in_refused")]
    kind: Option<String>,
    /// Only of this account, by its identity.
    #[param(example = "0190a000-0000-7000-8000-000000000000")]
    account: Option<String>,
    /// Not before this instant (RFC 3339).
    #[param(example = "2026-11-01T00:00:00+07:00")]
    from: Option<String>,
    /// Before this instant (RFC 3339).
    until: Option<String>,
    /// The `next` of the page before.
    before: Option<String>,
    /// How many at most, 1 to 1,000; 100 when left out.
    #[param(minimum = 1, maximum = 1000)]
    limit: Option<String>,
}

/// Which entries are exported, and as what.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
struct ExportQuery {
    /// `csv` or `json`; `csv` when left out.
    #[param(example = "csv")]
    format: Option<String>,
    /// Only of this kind.
    kind: Option<String>,
    /// Only of this account, by its identity.
    account: Option<String>,
    /// Not before this instant (RFC 3339).
    from: Option<String>,
    /// Before this instant (RFC 3339).
    until: Option<String>,
}

impl AuditQuery {
    fn check(&self) -> Result<(AccessFilter, u32), Problem> {
        let filter = filter([&self.kind, &self.account, &self.from, &self.until].map(|text| given(text.as_deref())))?;
        let before =
            given(self.before.as_deref()).map(|text| number(text).ok_or_else(|| bad_number("before.invalid", text)));
        let limit = given(self.limit.as_deref()).map_or(Ok(ON_A_PAGE), |text| {
            let limit = number(text).filter(|limit| 1 <= *limit).ok_or_else(|| bad_number("limit.invalid", text))?;
            Ok::<_, Problem>(u32::try_from(limit).unwrap_or(MOST_ON_A_PAGE).min(MOST_ON_A_PAGE))
        })?;
        Ok((AccessFilter { before: before.transpose()?, ..filter }, limit))
    }
}

fn filter([kind, account, from, until]: [Option<&str>; 4]) -> Result<AccessFilter, Problem> {
    Ok(AccessFilter {
        kind: kind.map(access_kind).transpose()?,
        account: account.map(account_id).transpose()?,
        from: from.map(instant).transpose()?,
        until: until.map(instant).transpose()?,
        before: None,
    })
}

/// `GET /api/v1/audit`: a page of the access log, newest first. Reading it is noted in it.
#[utoipa::path(
    get,
    path = "/api/v1/audit",
    tag = "oversight",
    operation_id = "listAccesses",
    params(AuditQuery),
    responses((status = OK, description = "A page of entries", body = wire::AccessPage), wire::Problems),
)]
async fn list(
    viewer: Viewer,
    State(state): State<AppState>,
    Query(query): Query<AuditQuery>,
) -> Result<impl IntoResponse, Problem> {
    let (filter, limit) = query.check()?;
    let page: AccessPage = list_accesses(&state.desk, &viewer, &filter, limit).await?;
    Ok(([(header::CACHE_CONTROL, "no-store")], Json(page)))
}

/// `GET /api/v1/audit/export`: everything that the filter lets through, as one file. Noted as an export.
#[utoipa::path(
    get,
    path = "/api/v1/audit/export",
    tag = "oversight",
    operation_id = "exportAccesses",
    params(ExportQuery),
    responses(
        (status = OK, description = "The entries, newest first", content(
            (String = "text/csv"),
            (Vec<wire::AccessEntry> = "application/json"),
        )),
        wire::Problems,
    ),
)]
async fn export(
    viewer: Viewer,
    State(state): State<AppState>,
    Query(query): Query<ExportQuery>,
) -> Result<Response, Problem> {
    let (format, kind, name) = match query.format.as_deref().unwrap_or("csv") {
        "csv" => (AccessFormat::Csv, "text/csv; charset=utf-8", "access-log.csv"),
        "json" => (AccessFormat::Json, "application/json", "access-log.json"),
        other => {
            return Err(Problem::input(
                "format.unknown",
                other,
                "Không có định dạng này; các định dạng: csv, json.",
                "There is no such format; the formats: csv, json.",
            ));
        }
    };
    let filter = filter([&query.kind, &query.account, &query.from, &query.until].map(|text| given(text.as_deref())))?;
    let bytes = export_accesses(&state.desk, &viewer, &filter, format).await?;
    let headers = [
        (header::CONTENT_TYPE, kind.to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")),
        (header::CACHE_CONTROL, "no-store".to_owned()),
    ];
    Ok((headers, bytes).into_response())
}

fn given(text: Option<&str>) -> Option<&str> {
    text.filter(|text| !text.is_empty())
}

fn number(text: &str) -> Option<u64> {
    text.parse().ok().filter(|number| i64::try_from(*number).is_ok())
}

fn bad_number(code: &'static str, text: &str) -> Problem {
    Problem::input(code, text, "Giá trị này phải là số nguyên từ 1 trở lên.", "This must be a whole number from 1.")
}

fn access_kind(text: &str) -> Result<AccessKind, Problem> {
    text.parse().map_err(|_| {
        let known = AccessKind::ALL.iter().map(|kind| kind.code()).collect::<Vec<_>>().join(", ");
        Problem::input(
            "access_kind.unknown",
            text,
            format!("Không có loại truy cập này; các loại: {known}."),
            format!("There is no such kind of access; the kinds: {known}."),
        )
    })
}

fn account_id(text: &str) -> Result<AccountId, Problem> {
    text.parse::<Uuid>().map(AccountId).map_err(|_| {
        Problem::input(
            "account.invalid",
            text,
            "Mã tài khoản là một UUID; nhật ký không ghi tên người.",
            "An account's identity is a UUID; the log holds no names.",
        )
    })
}

fn instant(text: &str) -> Result<Timestamp, Problem> {
    text.parse().map_err(|_| {
        Problem::input(
            "instant.invalid",
            text,
            "Thời điểm phải viết theo RFC 3339, ví dụ 2026-11-01T00:00:00+07:00.",
            "An instant is written as in RFC 3339, for example 2026-11-01T00:00:00+07:00.",
        )
    })
}
