//! Enters the limit of a clock together with the text that sets it, as the clock's next version.

use hatang_core::{
    RuleId, RuleSet, RuleSetCode, Viewer,
    rule_set::{Clock, ClockLimit},
};
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
pub struct ClockChange {
    /// The newest version that the official has seen.
    pub seen_version: u32,
    /// First day on which the next version holds.
    pub valid_from: Date,
    /// How long, or until when; null takes the limit away.
    pub limit: Option<ClockLimit>,
    /// By how much it may be longer, where the instrument says so.
    #[serde(default)]
    pub extension: Option<ClockLimit>,
    /// The instrument that sets it.
    pub instrument: String,
    /// Its article.
    pub article: String,
    /// What it says, in Vietnamese.
    pub text_vi: String,
    /// Why it is changed.
    pub reason: String,
}

/// Adds the next version of a clock behind those that stand. What began on an earlier day runs by the version of that day.
///
/// # Errors
/// [`DeskError`] when the viewer may not, the clock is not known, somebody else was faster, or the entry is incomplete or
/// cannot be counted by.
pub async fn amend_clock(
    desk: &Desk,
    who: &Viewer,
    set: &RuleSetCode,
    clock: &RuleId,
    change: ClockChange,
) -> Result<RuleSet, DeskError> {
    desk.may(who, Action::AmendRules, About::nothing())?;
    let current = Current::read(desk, set).await?;
    let newest = current.set.newest_clock(clock).ok_or_else(|| unknown(clock.as_str()))?;
    seen(newest.version, change.seen_version)?;
    let next = current.set.with_next_clock_version(next_version(newest, who, &change)?);
    current.followed_by(desk, who, next, &change.reason).await
}

fn next_version(newest: &Clock, who: &Viewer, change: &ClockChange) -> Result<Clock, DeskError> {
    let ClockChange { limit, extension, instrument, article, text_vi, reason, .. } = change;
    for given in limit.iter().chain(extension) {
        given.check().map_err(|error| impossible("limit", &error))?;
    }
    let is_longer_by = |extension: &ClockLimit| limit.is_some() && !matches!(extension, ClockLimit::EachYear { .. });
    if !extension.iter().all(is_longer_by) {
        return Err(impossible("extension", &"an extension is a period, and lengthens a limit that is set"));
    }
    let citation = Said { instrument, article, text_vi, reason }.citation(who, limit.is_some())?;
    Ok(Clock {
        limit: *limit,
        extension: *extension,
        valid_from: Some(change.valid_from),
        valid_to: None,
        citation,
        ..newest.clone()
    })
}

fn impossible(field: &str, error: &impl std::fmt::Display) -> DeskError {
    DeskError::input(
        ErrorKind::BadInput,
        "clock.limit",
        format!("{field}: {error}"),
        "Thời hạn không tính được: số lượng phải từ 1 trở lên, ngày phải có trong mọi năm, và chỉ gia hạn được một thời hạn \
         đã nhập, thêm một khoảng thời gian.",
        "The period cannot be counted: it needs a number from 1, a day that comes every year, and an extension lengthens a \
         limit that is set, by a period.",
    )
}
