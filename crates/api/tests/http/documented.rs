//! No reply of any test has a status that the OpenAPI document does not name.

use std::sync::LazyLock;

use axum::http::{Method, StatusCode};
use serde_json::{Map, Value};

static DOCUMENT: LazyLock<Value> = LazyLock::new(|| serde_json::to_value(hatang_api::openapi()).unwrap());

/// Fails for a status that the operation at a path does not name. What is no operation is no business of the document.
pub(crate) fn assert_status(method: &Method, path: &str, status: StatusCode) {
    let Some((template, operation)) = operation(method, path) else { return };
    let responses = operation["responses"].as_object().unwrap();
    assert!(
        responses.contains_key(status.as_str()),
        "{method} {template} answered {status}, which it does not name: see crates/api/src/statuses.rs"
    );
}

/// The operation that answers: the address in full letters goes before one with a part that may be anything.
fn operation(method: &Method, path: &str) -> Option<(&'static str, &'static Map<String, Value>)> {
    let paths = DOCUMENT["paths"].as_object().unwrap();
    let mut meant: Vec<&String> = paths.keys().filter(|template| is_at(path, template)).collect();
    meant.sort_by_key(|template| template.matches('{').count());
    let template = meant.first()?;
    let operation = paths[*template].get(method.as_str().to_lowercase())?.as_object()?;
    Some((template, operation))
}

fn is_at(path: &str, template: &str) -> bool {
    path.split('/').count() == template.split('/').count()
        && path.split('/').zip(template.split('/')).all(|(part, of)| of.starts_with('{') || part == of)
}
