//! Rule sets and organisations in: files that officials edit by hand, so that a misspelt key is an error.

use std::collections::BTreeSet;

use hatang_core::{Organisation, RuleSet};
use serde::{Serialize, de::DeserializeOwned};
use toml::Value;

use crate::{
    FileError,
    bytes::{self, DEFAULT_MAX_BYTES},
    refusal,
};

/// Reads one rule set from TOML.
///
/// # Errors
/// [`FileError`] when the text is not TOML, a key is missing, has a wrong value, or is not known.
pub fn read_rule_set(text: &str) -> Result<RuleSet, FileError> {
    from_toml(text)
}

/// Reads organisations from a JSON array.
///
/// # Errors
/// [`FileError`] when the bytes are not such an array or a code occurs twice.
pub fn read_organisations(bytes: &[u8]) -> Result<Vec<Organisation>, FileError> {
    let text = bytes::text(bytes, DEFAULT_MAX_BYTES)?;
    let organisations: Vec<Organisation> =
        serde_json::from_str(&text).map_err(|error| FileError::NotJson { reason: error.to_string() })?;
    let mut codes = BTreeSet::new();
    for (number, organisation) in (1..).zip(&organisations) {
        if !codes.insert(&organisation.code) {
            let refusal = refusal::duplicate_organisation();
            return Err(FileError::Item {
                number,
                rule: refusal.rule,
                field: Some("code".to_owned()),
                value: Some(organisation.code.to_string()),
                message: Box::new(refusal.message),
            });
        }
    }
    Ok(organisations)
}

/// Reads TOML in which every key is known: what is written back must have each of them. TOML's own dates are dates.
pub(crate) fn from_toml<T: DeserializeOwned + Serialize>(text: &str) -> Result<T, FileError> {
    let not_toml = |error: &dyn std::fmt::Display| FileError::NotToml { reason: error.to_string() };
    let given: Value = toml::from_str(text).map_err(|error| not_toml(&error))?;
    let given = with_dates_as_text(given);
    let read = T::deserialize(given.clone()).map_err(|error| not_toml(&error))?;
    let understood = Value::try_from(&read).map_err(|error| not_toml(&error))?;
    unknown_key(&given, &understood, "").map_or(Ok(read), |key| Err(FileError::UnknownKey { key }))
}

fn with_dates_as_text(value: Value) -> Value {
    match value {
        Value::Datetime(date) => Value::String(date.to_string()),
        Value::Array(parts) => Value::Array(parts.into_iter().map(with_dates_as_text).collect()),
        Value::Table(table) => {
            Value::Table(table.into_iter().map(|(key, value)| (key, with_dates_as_text(value))).collect())
        }
        other => other,
    }
}

fn unknown_key(given: &Value, understood: &Value, path: &str) -> Option<String> {
    match (given, understood) {
        (Value::Table(given), Value::Table(understood)) => given.iter().find_map(|(key, value)| {
            let path = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
            understood.get(key).map_or(Some(path.clone()), |other| unknown_key(value, other, &path))
        }),
        (Value::Array(given), Value::Array(understood)) => (1..)
            .zip(given.iter().zip(understood))
            .find_map(|(number, (given, understood))| unknown_key(given, understood, &format!("{path}[{number}]"))),
        _ => None,
    }
}
