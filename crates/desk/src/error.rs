//! What can go wrong in a use case, in words for people in both languages.

use hatang_core::Text;
use hatang_core::asset::InvalidAsset;
use hatang_exchange::FileError;
pub use hatang_exchange::Finding;
use hatang_store::StoreError;

/// What kind of failure it is; the edge translates this, for example into an HTTP status or an exit code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ErrorKind {
    /// What was handed in cannot be used.
    BadInput,
    /// Nobody has signed in, and somebody must.
    SignInNeeded,
    /// The viewer may not do this.
    Refused,
    /// There is no such thing, or the viewer may not know of it.
    NotFound,
    /// Somebody else was faster.
    Conflict,
    /// It was tried too often.
    TooMany,
    /// The record has changed since the client saw it.
    Stale,
    /// The installation is at fault.
    Internal,
}

/// A use case's failure.
#[derive(Debug, thiserror::Error)]
pub enum DeskError {
    /// Something that was handed in, or asked for, cannot be used.
    #[error("{code}: {}", text.en)]
    Input {
        /// What kind.
        kind: ErrorKind,
        /// Stable code for programs.
        code: &'static str,
        /// The offending value.
        value: Option<String>,
        /// What is wrong and what would be right.
        text: Text,
    },
    /// Fields of a record that was entered cannot be used as they are.
    #[error("{} fields cannot be used", findings.len())]
    Fields {
        /// Everything that is wrong.
        findings: Vec<Finding>,
    },
    /// Rows of a file that is taken whole or not at all cannot be used; nothing of it was written.
    #[error("{} rows of the file cannot be used", all_rows(findings, *more))]
    Rows {
        /// What is wrong, by row.
        findings: Vec<Finding>,
        /// How many findings there are beyond those that are kept.
        more: u32,
    },
    /// A file as a whole cannot be read.
    #[error("the file cannot be read")]
    File(#[from] FileError),
    /// The store failed or refused.
    #[error("the store failed")]
    Store(#[from] StoreError),
}

impl DeskError {
    /// A failure that names the offending value.
    #[expect(clippy::needless_pass_by_value, reason = "callers hand over whatever they have at hand")]
    pub fn input(kind: ErrorKind, code: &'static str, value: impl ToString, vi: &str, en: &str) -> Self {
        Self::Input { kind, code, value: Some(value.to_string()), text: Text::new(vi, en) }
    }

    /// Work on another thread was cut short.
    #[must_use]
    pub(crate) fn stopped() -> Self {
        Self::Input {
            kind: ErrorKind::Internal,
            code: "work.stopped",
            value: None,
            text: Text::new(
                "Máy chủ đang dừng nên việc này chưa xong. Hãy thử lại.",
                "The server is stopping and this was not finished. Try again.",
            ),
        }
    }

    /// A record whose fields cannot all be right.
    pub(crate) fn contradiction(error: &InvalidAsset) -> Self {
        let field = match error {
            InvalidAsset::Contradiction(contradiction) => contradiction.field(),
            InvalidAsset::Shape(_) | InvalidAsset::WrongGeometry { .. } => "geometry",
            InvalidAsset::Overfull(_) => "used",
        };
        let vi = format!("Các trường mâu thuẫn nhau: {error}.");
        Self::input(
            ErrorKind::BadInput,
            "asset.contradiction",
            field,
            &vi,
            &format!("Fields contradict each other: {error}."),
        )
    }

    /// What kind of failure it is.
    #[must_use]
    pub const fn kind(&self) -> ErrorKind {
        match self {
            Self::Input { kind, .. } => *kind,
            Self::File(_) | Self::Fields { .. } | Self::Rows { .. } => ErrorKind::BadInput,
            Self::Store(StoreError::Conflict { .. } | StoreError::IdentityTaken { .. }) => ErrorKind::Conflict,
            Self::Store(_) => ErrorKind::Internal,
        }
    }

    /// A stable code for programs.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Input { code, .. } => code,
            Self::Fields { .. } => "asset.fields",
            Self::Rows { .. } => "file.rows",
            Self::File(error) => error.code(),
            Self::Store(StoreError::Conflict { .. }) => "version.conflict",
            Self::Store(StoreError::IdentityTaken { .. }) => "code.taken",
            Self::Store(_) => "store.failed",
        }
    }

    /// The value that is at fault, where there is one.
    #[must_use]
    pub fn value(&self) -> Option<String> {
        match self {
            Self::Input { value, .. } => value.clone(),
            Self::Fields { findings } => findings.first().and_then(|finding| finding.field.clone()),
            Self::Rows { findings, .. } => findings.first().and_then(|finding| finding.value.clone()),
            Self::File(error) => error.value(),
            Self::Store(StoreError::Conflict { stream, .. }) => Some(stream.clone()),
            Self::Store(StoreError::IdentityTaken { identity }) => Some(identity.clone()),
            Self::Store(_) => None,
        }
    }

    /// A sentence in both languages. Never tells what the store said: that is logged.
    #[must_use]
    pub fn text(&self) -> Text {
        match self {
            Self::Input { text, .. } => text.clone(),
            Self::Fields { findings } => findings.first().map_or_else(
                || Text::new("Bản ghi không đọc được.", "The record cannot be read."),
                |finding| finding.message.clone(),
            ),
            Self::Rows { findings, more } => rows_text(findings, *more),
            Self::File(error) => error.text(),
            Self::Store(StoreError::Conflict { .. }) => Text::new(
                "Bản ghi vừa được người khác thay đổi. Hãy tải lại rồi thực hiện lại.",
                "Somebody else has just changed this record. Reload it and try again.",
            ),
            Self::Store(StoreError::IdentityTaken { .. }) => Text::new(
                "Chủ sở hữu này đã có một công trình cùng loại mang mã này.",
                "This owner already has an asset of this class with this code.",
            ),
            Self::Store(_) => Text::new(
                "Hệ thống lưu trữ gặp lỗi; không có gì được ghi. Hãy thử lại hoặc báo người vận hành.",
                "The store failed and nothing was written. Try again or tell the operator.",
            ),
        }
    }
}

/// How many rows one sentence tells of.
const ROWS_TOLD: usize = 20;

fn all_rows(findings: &[Finding], more: u32) -> usize {
    usize::try_from(more).map_or(usize::MAX, |more| findings.len().saturating_add(more))
}

/// What is wrong with the first rows, and how many others there are.
fn rows_text(findings: &[Finding], more: u32) -> Text {
    let n = all_rows(findings, more);
    let told = &findings[..findings.len().min(ROWS_TOLD)];
    let others = n - told.len();
    let (and_vi, and_en) = if others == 0 {
        (String::new(), String::new())
    } else {
        (format!("; và {others} đối tượng khác"), format!("; and {others} others"))
    };
    let vi = listed(told, "đối tượng", |finding| &finding.message.vi);
    let en = listed(told, "item", |finding| &finding.message.en);
    Text::new(
        format!("Tệp có {n} đối tượng không dùng được nên không ghi gì: {vi}{and_vi}."),
        format!("The file has {n} items that cannot be used, and nothing was written: {en}{and_en}."),
    )
}

fn listed(findings: &[Finding], word: &str, sentence: impl Fn(&Finding) -> &str) -> String {
    let one = |finding: &Finding| {
        let row = finding.row.map_or_else(String::new, |row| format!("{word} {row}"));
        let field = finding.field.as_deref().map_or_else(String::new, |field| format!(", `{field}`"));
        format!("{row}{field}: {}", sentence(finding).trim_end_matches('.'))
    };
    findings.iter().map(one).collect::<Vec<_>>().join("; ")
}
