//! Our own templates: workbooks that offices fill in and hand back.

mod labels;
mod workbook;

use std::fmt;

use hatang_core::AssetClass;
use serde::{Deserialize, Serialize};

pub use self::workbook::write_template;
use crate::FileError;

/// The first cell of the row with the stable names of fields.
pub(crate) const FIELDS: &str = "#fields";
/// How the first cell of a template begins.
const MARK: &str = "#hatang-template";
/// The layout, to be counted up when rows change their meaning.
const VERSION: &str = "1";

/// What a template says it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TemplateMark {
    /// The class of its rows, as its file says.
    pub class: String,
    /// Whether its rows are planned objects.
    pub planned: bool,
}

impl TemplateMark {
    /// Reads a template's first cell; none for any other text.
    pub(crate) fn read(cell: &str) -> Option<Self> {
        let mut words = cell.split_whitespace();
        if words.next() != Some(MARK) || words.next() != Some(VERSION) {
            return None;
        }
        Some(Self { class: words.next()?.to_owned(), planned: words.next() == Some("planned") })
    }

    /// Passes where the template is of the class that it is imported as.
    pub(crate) fn check(&self, class: AssetClass) -> Result<(), FileError> {
        if self.class == class.code() {
            Ok(())
        } else {
            Err(FileError::OtherTemplate { template: self.class.clone(), class: class.code().to_owned() })
        }
    }

    /// A template's first cell.
    pub(crate) fn cell(&self) -> String {
        format!("{MARK} {VERSION} {} {}", self.class, if self.planned { "planned" } else { "current" })
    }
}

impl fmt::Display for TemplateMark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", if self.planned { "planned_" } else { "" }, self.class)
    }
}

/// Whether a row's first cell says that the row is for people: notes and examples.
pub(crate) fn is_remark(first: &str) -> bool {
    first.starts_with('#')
}
