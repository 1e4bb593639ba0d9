//! What every change of a rule set has in common: what it is made from, the text it rests on, and its place in the journal.

use hatang_core::{
    Event, RuleSet, RuleSetCode, Stream, Territory, Version, Viewer,
    rule_set::{Citation, Confidence},
};
use hatang_store::Expected;

use crate::{
    desk::Desk,
    error::{DeskError, ErrorKind},
};

/// A rule set as the journal has it last, to be changed.
pub(crate) struct Current {
    /// The set.
    pub(crate) set: RuleSet,
    /// How often it has changed.
    pub(crate) version: Version,
}

impl Current {
    /// Reads it.
    ///
    /// # Errors
    /// [`DeskError`] when there is no such set, or the journal cannot be read.
    pub(crate) async fn read(desk: &Desk, code: &RuleSetCode) -> Result<Self, DeskError> {
        let history = desk.store.history(&Territory::authority(), &Stream::RuleSet(code.clone())).await?;
        let last = history.into_iter().next_back().and_then(|entry| match entry.recorded.event {
            Event::RuleSetAdopted { rule_set, .. } => Some(Self { set: rule_set, version: entry.version }),
            _ => None,
        });
        last.ok_or_else(|| unknown(code.as_str()))
    }

    /// Writes the set as it is to be, with the reason. Whoever has changed it since it was read is noticed.
    ///
    /// # Errors
    /// [`DeskError::Store`] when the journal has moved on or cannot be written.
    pub(crate) async fn followed_by(
        &self,
        desk: &Desk,
        who: &Viewer,
        next: RuleSet,
        reason: &str,
    ) -> Result<RuleSet, DeskError> {
        let event = Event::RuleSetAdopted { rule_set: next.clone(), reason: Some(reason.trim().to_owned()) };
        desk.append(&Territory::authority(), vec![(Expected::Version(self.version), event)], who).await?;
        Ok(next)
    }
}

/// The longest text that is accepted, in characters.
const MAX_TEXT: usize = 2_000;

/// The text that a number rests on, as an official enters it with the number.
pub(crate) struct Said<'a> {
    pub(crate) instrument: &'a str,
    pub(crate) article: &'a str,
    pub(crate) text_vi: &'a str,
    pub(crate) reason: &'a str,
}

impl Said<'_> {
    /// The citation of the next version; unset when what it needs is not all entered.
    ///
    /// # Errors
    /// [`DeskError`] for a text that is missing or too long.
    pub(crate) fn citation(&self, who: &Viewer, is_set: bool) -> Result<Citation, DeskError> {
        for (field, text) in [
            ("instrument", self.instrument),
            ("article", self.article),
            ("text_vi", self.text_vi),
            ("reason", self.reason),
        ] {
            if !is_given(text) {
                return Err(incomplete(field));
            }
        }
        Ok(Citation {
            instrument: self.instrument.trim().to_owned(),
            article: self.article.trim().to_owned(),
            text_vi: self.text_vi.trim().to_owned(),
            confidence: if is_set { Confidence::Entered } else { Confidence::Unset },
            // The role, never the person: the journal keeps nobody's name.
            reviewed_by: Some(who.role.to_string()),
        })
    }
}

/// Whether a text says something and is not too long.
pub(crate) fn is_given(text: &str) -> bool {
    !text.trim().is_empty() && text.chars().count() <= MAX_TEXT
}

/// Refuses a change that was made from an older version than there is.
pub(crate) fn seen(newest: u32, seen: u32) -> Result<(), DeskError> {
    if newest == seen {
        return Ok(());
    }
    Err(DeskError::input(
        ErrorKind::Conflict,
        "rule.changed_meanwhile",
        newest,
        "Quy tắc đã có phiên bản mới hơn: hãy đọc lại trước khi sửa.",
        "The rule has a newer version: read it before changing it.",
    ))
}

/// There is no such rule, clock or set.
pub(crate) fn unknown(code: &str) -> DeskError {
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
