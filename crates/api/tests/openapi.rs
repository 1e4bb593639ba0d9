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

/// The paths that other programs may rely on. The whole list is `web/openapi.json`, where a changed operation shows as a
/// changed line.
const CONTRACT: &[&str] = &[
    "/api/v1/session",
    "/api/v1/assets",
    "/api/v1/imports",
    "/api/v1/screenings",
    "/api/v1/cases",
    "/api/v1/works",
    "/api/v1/plan",
    "/api/v1/coverage",
    "/api/v1/gaps",
    "/api/v1/closing-plans",
    "/api/v1/deviations",
    "/healthz",
    "/readyz",
    "/tiles/assets",
    "/tiles/assets/{z}/{x}/{y}",
];

#[test]
fn the_contracts_paths_are_there() {
    let document = document();
    for path in CONTRACT {
        assert!(document["paths"][path].is_object(), "{path}");
    }
}

#[test]
fn every_operation_has_a_name_a_summary_and_says_what_its_problems_look_like() {
    let document = document();
    for (name, operation) in operations(&document) {
        assert!(operation["operationId"].is_string(), "{name}");
        assert!(operation["summary"].is_string(), "{name}");
        let problem = &operation["responses"]["500"]["content"]["application/problem+json"]["schema"]["$ref"];
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
