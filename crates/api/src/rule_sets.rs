//! Rule sets: reading them with their versions, and entering their numbers and periods.

use axum::{
    Json as Reply,
    extract::{Path, State},
};
use hatang_core::{RuleId, RuleSetCode, Viewer};
use hatang_desk::{
    amend_clock::{ClockChange, amend_clock},
    amend_rule::{RuleChange, amend_rule},
    describe_rule_sets::{Change, RuleSetSheet, describe_rule_sets, rule_set_changes, sheet},
};
use serde::Serialize;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{AppState, extract::Json, problem::Problem, wire};

pub(crate) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(list)).routes(routes!(changes)).routes(routes!(amend)).routes(routes!(clock))
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
