//! The OpenAPI document, the only door between Rust and the browser.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;

use hatang_testkit::workspace_root;
use serde_json::Value;

fn document() -> Value {
    serde_json::to_value(hatang_api::openapi()).unwrap()
}

/// Every operation with its path and method.
fn operations(document: &Value) -> Vec<(String, &Value)> {
    let paths = document["paths"].as_object().unwrap();
    let operations = paths.iter().flat_map(|(path, item)| {
        item.as_object().unwrap().iter().map(move |(method, operation)| (format!("{method} {path}"), operation))
    });
    operations.collect()
}

#[test]
fn the_document_names_every_operation_of_the_contract() {
    let document = document();
    let names: Vec<String> = operations(&document).into_iter().map(|(name, _)| name).collect();
    let expected = [
        "get /api/v1/account",
        "get /api/v1/account/data",
        "delete /api/v1/account/erasure",
        "post /api/v1/account/erasure",
        "put /api/v1/account/password",
        "put /api/v1/account/person",
        "post /api/v1/account/recovery-codes",
        "delete /api/v1/account/second-factor",
        "post /api/v1/account/second-factor",
        "put /api/v1/account/second-factor",
        "delete /api/v1/account/sessions",
        "get /api/v1/account/sessions",
        "delete /api/v1/account/sessions/{id}",
        "get /api/v1/account/tokens",
        "post /api/v1/account/tokens",
        "delete /api/v1/account/tokens/{id}",
        "get /api/v1/accounts",
        "post /api/v1/accounts",
        "patch /api/v1/accounts/{id}",
        "delete /api/v1/accounts/{id}/lock",
        "post /api/v1/accounts/{id}/password",
        "delete /api/v1/accounts/{id}/person",
        "delete /api/v1/accounts/{id}/second-factor",
        "get /api/v1/assets",
        "post /api/v1/assets",
        "get /api/v1/assets-as-of",
        "get /api/v1/assets/{id}",
        "patch /api/v1/assets/{id}",
        "get /api/v1/assets/{id}/history",
        "get /api/v1/assets/{id}/record",
        "post /api/v1/assets/{id}/retirement",
        "get /api/v1/audit",
        "get /api/v1/audit/export",
        "get /api/v1/cases",
        "post /api/v1/cases",
        "get /api/v1/cases/{id}",
        "put /api/v1/cases/{id}",
        "post /api/v1/cases/{id}/screenings",
        "get /api/v1/cases/{id}/screenings/{screening}",
        "post /api/v1/cases/{id}/screenings/{screening}/rerun",
        "post /api/v1/cases/{id}/submission",
        "put /api/v1/cases/{id}/verdict",
        "post /api/v1/cases/{id}/withdrawal",
        "get /api/v1/closing-plans",
        "post /api/v1/closing-plans",
        "delete /api/v1/closing-plans/{id}",
        "get /api/v1/closing-plans/{id}",
        "get /api/v1/code-lists",
        "get /api/v1/coverage",
        "get /api/v1/coverage-sources",
        "post /api/v1/coverage-sources",
        "delete /api/v1/coverage-sources/{id}",
        "get /api/v1/coverage/comparison",
        "get /api/v1/delegations",
        "post /api/v1/delegations",
        "delete /api/v1/delegations/{id}",
        "get /api/v1/deviations",
        "post /api/v1/deviations",
        "get /api/v1/deviations/{id}",
        "post /api/v1/deviations/{id}/answers",
        "get /api/v1/dig-once",
        "get /api/v1/fibre",
        "get /api/v1/gaps",
        "get /api/v1/imports",
        "post /api/v1/imports",
        "delete /api/v1/imports/{id}",
        "get /api/v1/imports/{id}",
        "post /api/v1/imports/{id}/acknowledgement",
        "post /api/v1/imports/{id}/check",
        "post /api/v1/imports/{id}/commit",
        "get /api/v1/imports/{id}/report",
        "post /api/v1/imports/{id}/reversal",
        "get /api/v1/imports/{id}/rows",
        "put /api/v1/interest-area",
        "get /api/v1/link",
        "post /api/v1/nearby",
        "get /api/v1/own-data",
        "get /api/v1/permissions",
        "post /api/v1/places",
        "get /api/v1/plan",
        "post /api/v1/plan/changes",
        "get /api/v1/plan/{layer}",
        "get /api/v1/quality",
        "get /api/v1/rule-sets",
        "get /api/v1/rule-sets/{code}/changes",
        "post /api/v1/rule-sets/{code}/rules/{rule}",
        "post /api/v1/screenings",
        "delete /api/v1/session",
        "get /api/v1/session",
        "post /api/v1/session",
        "post /api/v1/session/second-factor",
        "post /api/v1/session/setup",
        "get /api/v1/session/sign-on",
        "get /api/v1/session/sign-on/callback",
        "get /api/v1/territory",
        "get /api/v1/works",
        "post /api/v1/works",
        "post /api/v1/works/upload",
        "put /api/v1/works/{code}",
        "put /api/v1/works/{code}/answer",
        "put /api/v1/works/{code}/reply",
        "post /api/v1/works/{code}/steps",
        "get /healthz",
        "get /readyz",
        "get /tiles/assets",
        "get /tiles/assets/{z}/{x}/{y}",
        "get /tiles/coverage",
        "get /tiles/coverage/{z}/{x}/{y}",
    ];
    let sorted = |mut names: Vec<String>| {
        names.sort();
        names
    };
    assert_eq!(sorted(names), sorted(expected.map(str::to_owned).to_vec()));
}

#[test]
fn every_operation_has_a_name_a_summary_and_says_what_its_problems_look_like() {
    let document = document();
    for (name, operation) in operations(&document) {
        assert!(operation["operationId"].is_string(), "{name}");
        assert!(operation["summary"].is_string(), "{name}");
        let problem = &operation["responses"]["default"]["content"]["application/problem+json"]["schema"]["$ref"];
        assert_eq!(problem, "#/components/schemas/Problem", "{name}");
    }
}

#[test]
fn every_reference_leads_to_a_schema() {
    fn references<'a>(value: &'a Value, found: &mut Vec<&'a str>) {
        match value {
            Value::Object(members) => {
                found.extend(members.get("$ref").and_then(Value::as_str));
                members.values().for_each(|member| references(member, found));
            }
            Value::Array(items) => items.iter().for_each(|item| references(item, found)),
            _ => {}
        }
    }
    let document = document();
    let mut found = Vec::new();
    references(&document, &mut found);
    assert!(20 < found.len(), "{found:?}");
    for reference in found {
        assert!(document.pointer(reference.trim_start_matches('#')).is_some(), "{reference}");
    }
}

#[test]
fn the_web_apps_copy_of_the_document_is_current() {
    let file = workspace_root().join("web/openapi.json");
    let kept = fs::read_to_string(&file).unwrap_or_default();
    let current = hatang_api::openapi().to_pretty_json().unwrap();
    assert!(
        kept.trim_end() == current.trim_end(),
        "web/openapi.json is not what the server says of itself: run `cargo xtask openapi` and commit what changes"
    );
}
