//! Rule sets: reading them with their versions, and entering their numbers and periods.

use axum::{
    Json as Reply,
    extract::{Path, State},
    http::StatusCode,
};
use hatang_core::{RuleId, RuleSetCode, Text, Viewer};
use hatang_desk::{
    amend_clock::{ClockChange, amend_clock},
    amend_rule::{RuleChange, amend_rule},
    describe_rule_sets::{Change, RuleSetSheet, describe_rule_sets, rule_set_area, rule_set_changes, sheet},
    set_rule_area::{AreaChange, AreaFrom, set_rule_area},
};
use serde::{Deserialize, Serialize};
use utoipa::IntoParams;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    AppState,
    extract::{Body, Json, Query},
    problem::Problem,
    wire::{self, GeoJson},
};

pub(crate) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(list))
        .routes(routes!(changes))
        .routes(routes!(amend))
        .routes(routes!(clock))
        .routes(routes!(area, set_area))
}

#[derive(Serialize)]
struct RuleSets {
    rule_sets: Vec<RuleSetSheet>,
}

/// `GET /api/v1/rule-sets`: every rule set with its rules, their versions, numbers and citations. Rules are no secret.
#[utoipa::path(
    get,
    path = "/api/v1/rule-sets",
    tag = "rules",
    operation_id = "listRuleSets",
    responses((status = OK, description = "The national set first", body = wire::RuleSets), wire::Problems),
)]
async fn list(State(state): State<AppState>) -> Reply<RuleSets> {
    Reply(RuleSets { rule_sets: describe_rule_sets(&state.desk) })
}

/// `GET /api/v1/rule-sets/{code}/changes`: every change of a set, the newest first, as the journal keeps it.
#[utoipa::path(
    get,
    path = "/api/v1/rule-sets/{code}/changes",
    tag = "rules",
    operation_id = "listRuleSetChanges",
    params(("code" = String, Path, description = "The rule set")),
    responses((status = OK, description = "Its changes", body = Vec<wire::RecordChange>), wire::Problems),
)]
async fn changes(State(state): State<AppState>, Path(code): Path<String>) -> Result<Reply<Vec<Change>>, Problem> {
    Ok(Reply(rule_set_changes(&state.desk, &set_code(&code)?).await?))
}

/// `POST /api/v1/rule-sets/{code}/rules/{rule}`: enters the numbers of a rule as its next version, from a day on.
///
/// Answers that were given keep the version they were given by.
#[utoipa::path(
    post,
    path = "/api/v1/rule-sets/{code}/rules/{rule}",
    tag = "rules",
    operation_id = "amendRule",
    params(
        ("code" = String, Path, description = "The rule set"),
        ("rule" = String, Path, description = "The rule"),
    ),
    request_body(content = wire::RuleChange),
    responses((status = OK, description = "The set with the rule's next version", body = wire::RuleSetSheet), wire::Problems),
)]
async fn amend(
    viewer: Viewer,
    State(state): State<AppState>,
    Path((code, rule)): Path<(String, String)>,
    Json(change): Json<RuleChange>,
) -> Result<Reply<RuleSetSheet>, Problem> {
    let rule = RuleId::new(&rule).map_err(|_| unknown(&rule))?;
    let set = amend_rule(&state.desk, &viewer, &set_code(&code)?, &rule, change).await?;
    Ok(Reply(sheet(&set, state.desk.today())))
}

/// `POST /api/v1/rule-sets/{code}/clocks/{clock}`: enters how long a period is, or until when, as the clock's next version,
/// from a day on.
///
/// What began on an earlier day runs by the version of that day.
#[utoipa::path(
    post,
    path = "/api/v1/rule-sets/{code}/clocks/{clock}",
    tag = "rules",
    operation_id = "amendClock",
    params(
        ("code" = String, Path, description = "The rule set"),
        ("clock" = String, Path, description = "The clock"),
    ),
    request_body(content = wire::ClockChange),
    responses((status = OK, description = "The set with the clock's next version", body = wire::RuleSetSheet), wire::Problems),
)]
async fn clock(
    viewer: Viewer,
    State(state): State<AppState>,
    Path((code, clock)): Path<(String, String)>,
    Json(change): Json<ClockChange>,
) -> Result<Reply<RuleSetSheet>, Problem> {
    let clock = RuleId::new(&clock).map_err(|_| unknown(&clock))?;
    let set = amend_clock(&state.desk, &viewer, &set_code(&code)?, &clock, change).await?;
    Ok(Reply(sheet(&set, state.desk.today())))
}

/// `GET /api/v1/rule-sets/{code}/area`: where a set holds, as a GeoJSON feature; not found where it holds wherever its
/// authority decides.
#[utoipa::path(
    get,
    path = "/api/v1/rule-sets/{code}/area",
    tag = "rules",
    operation_id = "showRuleSetArea",
    params(("code" = String, Path, description = "The rule set")),
    responses((status = OK, description = "The area", body = wire::PlanFeature, content_type = "application/geo+json"), wire::Problems),
)]
async fn area(State(state): State<AppState>, Path(code): Path<String>) -> Result<GeoJson<serde_json::Value>, Problem> {
    let shape = rule_set_area(&state.desk, &set_code(&code)?).ok_or_else(|| {
        let detail = Text::new(
            "Không có bộ quy tắc này, hoặc bộ này không giới hạn phạm vi áp dụng.",
            "There is no such rule set, or it has no area of its own.",
        );
        Problem::new(StatusCode::NOT_FOUND, "ruleset.no_area", detail).with_value(&code)
    })?;
    let properties = serde_json::json!({ "code": code });
    Ok(GeoJson(serde_json::json!({ "type": "Feature", "geometry": shape, "properties": properties })))
}

/// Where a rule set is to hold.
#[derive(Clone, Copy, Debug, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
enum AreaWord {
    /// Wherever its authority decides: it has no area any more.
    Everywhere,
    /// In the territory, by the outline in force.
    Outline,
    /// In the one area of the GeoJSON document in the body.
    File,
}

/// What is said of a set's area.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
struct AreaQuery {
    /// Where the set is to hold.
    #[param(inline)]
    from: AreaWord,
    /// The version of the set's record that was seen: the newest of its changes.
    seen_version: u32,
    /// The instrument, and why.
    reason: String,
}

/// `POST /api/v1/rule-sets/{code}/area`: sets, replaces or takes away the area in which a local set holds. The national set
/// holds everywhere.
#[utoipa::path(
    post,
    path = "/api/v1/rule-sets/{code}/area",
    tag = "rules",
    operation_id = "setRuleSetArea",
    params(("code" = String, Path, description = "The rule set"), AreaQuery),
    request_body(content = Vec<u8>, content_type = "application/octet-stream", description = "Only with `from=file`"),
    responses((status = OK, description = "The set as it is now", body = wire::RuleSetSheet), wire::Problems),
)]
async fn set_area(
    viewer: Viewer,
    State(state): State<AppState>,
    Path(code): Path<String>,
    Query(query): Query<AreaQuery>,
    body: Body,
) -> Result<Reply<RuleSetSheet>, Problem> {
    let from = match query.from {
        AreaWord::Everywhere => AreaFrom::Everywhere,
        AreaWord::Outline => AreaFrom::Outline,
        AreaWord::File => AreaFrom::File(&body.0),
    };
    let change = AreaChange { seen_version: query.seen_version, from, reason: query.reason };
    let set = set_rule_area(&state.desk, &viewer, &set_code(&code)?, change).await?;
    Ok(Reply(sheet(&set, state.desk.today())))
}

fn set_code(code: &str) -> Result<RuleSetCode, Problem> {
    RuleSetCode::new(code).map_err(|_| unknown(code))
}

fn unknown(code: &str) -> Problem {
    Problem::input(
        "rule.unknown",
        code,
        "Không có quy tắc hoặc bộ quy tắc mang mã này.",
        "There is no rule or rule set with this code.",
    )
}
