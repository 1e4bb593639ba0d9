//! Sentences for people, in both languages.

use serde::{Deserialize, Serialize};

/// One sentence or name in Vietnamese and in English.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Text {
    /// Vietnamese, which stands first everywhere.
    pub vi: String,
    /// English, equal in content.
    pub en: String,
}

impl Text {
    /// Both languages at once.
    pub fn new(vi: impl Into<String>, en: impl Into<String>) -> Self {
        Self { vi: vi.into(), en: en.into() }
    }
}
