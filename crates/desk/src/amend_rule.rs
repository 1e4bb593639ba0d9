//! Enters the numbers of a rule together with the text that sets them, as the rule's next version.

use std::collections::BTreeMap;

use hatang_core::{
    Event, Rule, RuleId, RuleSet, RuleSetCode, Stream, Territory, Viewer,
    rule_set::{Citation, Confidence},
};
use jiff::civil::Date;
use serde::Deserialize;

use crate::{
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

/// The longest text that is accepted, in characters.
const MAX_TEXT: usize = 2_000;

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
    let set = desk.read(|registry| registry.rule_sets().get(set).cloned()).ok_or_else(|| unknown(set.as_str()))?;
    let newest = set.newest(rule).ok_or_else(|| unknown(rule.as_str()))?;
    if newest.version != change.seen_version {
        return Err(DeskError::input(
            ErrorKind::Conflict,
            "rule.changed_meanwhile",
            newest.version,
            "Quy tắc đã có phiên bản mới hơn: hãy đọc lại trước khi sửa.",
            "The rule has a newer version: read it before changing it.",
        ));
    }
    let next = next_version(newest, who, &change)?;
    let rule_set = set.with_next_version(next);
    let stream = Stream::RuleSet(rule_set.code.clone());
    let expected = desk.expected(&Territory::authority(), &stream).await?;
    let event = Event::RuleSetAdopted { rule_set: rule_set.clone(), reason: Some(change.reason.trim().to_owned()) };
    desk.append(&Territory::authority(), vec![(expected, event)], who).await?;
    Ok(rule_set)
}

fn next_version(newest: &Rule, who: &Viewer, change: &RuleChange) -> Result<Rule, DeskError> {
    for (field, text) in [
        ("instrument", &change.instrument),
        ("article", &change.article),
        ("text_vi", &change.text_vi),
        ("reason", &change.reason),
    ] {
        if text.trim().is_empty() || MAX_TEXT < text.chars().count() {
            return Err(incomplete(field));
        }
    }
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
    Ok(Rule {
        valid_from: Some(change.valid_from),
        valid_to: None,
        predicate,
        citation: Citation {
            instrument: change.instrument.trim().to_owned(),
            article: change.article.trim().to_owned(),
            text_vi: change.text_vi.trim().to_owned(),
            confidence: if is_set { Confidence::Entered } else { Confidence::Unset },
            // The role, never the person: the journal keeps nobody's name.
            reviewed_by: Some(who.role.to_string()),
        },
        ..newest.clone()
    })
}

fn unknown(code: &str) -> DeskError {
    DeskError::input(
        ErrorKind::NotFound,
        "rule.unknown",
        code,
        "Không có quy tắc hoặc bộ quy tắc mang mã này.",
        "There is no rule or rule set with this code.",
    )
}

fn incomplete(field: &str) -> DeskError {
    DeskError::input(
        ErrorKind::BadInput,
        "rule.incomplete",
        field,
        "Con số phải đi kèm văn bản, điều khoản, nội dung và lý do sửa.",
        "A number comes with its instrument, article, text and the reason for the change.",
    )
}
