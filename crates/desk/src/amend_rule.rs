//! Enters the numbers of a rule together with the text that sets them, as the rule's next version.

use std::collections::BTreeMap;

use hatang_core::{Rule, RuleId, RuleSet, RuleSetCode, Viewer};
use jiff::civil::Date;
use serde::Deserialize;

use crate::{
    amended_rule_set::{Current, Said, seen, unknown},
    desk::Desk,
    error::{DeskError, ErrorKind},
    permission::{About, Action},
};

/// What an official enters.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RuleChange {
    /// The newest version that the official has seen.
    pub seen_version: u32,
    /// First day on which the next version holds.
    pub valid_from: Date,
    /// Numbers by their names; null takes one away.
    pub parameters: BTreeMap<String, Option<f64>>,
    /// The instrument that sets them.
    pub instrument: String,
    /// Its article.
    pub article: String,
    /// What it says, in Vietnamese.
    pub text_vi: String,
    /// Why it is changed.
    pub reason: String,
}

/// Adds the next version of a rule behind those that stand; questions about earlier days, and answers that were given,
/// keep theirs.
///
/// # Errors
/// [`DeskError`] when the viewer may not, the rule is not known, somebody else was faster, or the entry is incomplete.
pub async fn amend_rule(
    desk: &Desk,
    who: &Viewer,
    set: &RuleSetCode,
    rule: &RuleId,
    change: RuleChange,
) -> Result<RuleSet, DeskError> {
    desk.may(who, Action::AmendRules, About::nothing())?;
    let current = Current::read(desk, set).await?;
    let newest = current.set.newest(rule).ok_or_else(|| unknown(rule.as_str()))?;
    seen(newest.version, change.seen_version)?;
    let next = current.set.with_next_version(next_version(newest, who, &change)?);
    current.followed_by(desk, who, next, &change.reason).await
}

fn next_version(newest: &Rule, who: &Viewer, change: &RuleChange) -> Result<Rule, DeskError> {
    let mut predicate = newest.predicate.clone();
    for (name, value) in &change.parameters {
        predicate.set(name, *value).map_err(|error| {
            DeskError::input(
                ErrorKind::BadInput,
                "rule.parameter",
                error,
                "Quy tắc không có con số này hoặc giá trị không hợp lệ.",
                "The rule has no such number, or cannot hold the value.",
            )
        })?;
    }
    let is_set = predicate.parameters().iter().all(|one| !one.required || one.value.is_some());
    let RuleChange { instrument, article, text_vi, reason, .. } = change;
    let citation = Said { instrument, article, text_vi, reason }.citation(who, is_set)?;
    Ok(Rule { valid_from: Some(change.valid_from), valid_to: None, predicate, citation, ..newest.clone() })
}
