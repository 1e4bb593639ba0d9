//! One cell's text as a typed value.

use hatang_core::{
    AssetClass, AssetCode, Degrees, Document, Metres, NetworkCode, NullReason, OrganisationCode, RuleId, RuleSetCode,
    SurveyMethod, Territory,
    asset::{
        HostKind, Lifecycle, ManholeKind, MastClass, Surface, Technology, TrenchKind,
        parts::{Attachment, Bore, Crossing, Level, Shelf},
    },
    codes::MAX_CHARACTERS,
    plan::{PlaceKind, WorksStage},
};
use jiff::civil::Date;

pub(crate) use crate::number::{Notation, coordinate, number};
use crate::{
    bounds,
    refusal::{self, Refusal},
};

/// The longest free text, in characters.
const MAX_TEXT: usize = 2_000;

/// What a cell can hold. The text is trimmed and not empty.
pub(crate) trait FieldValue: Sized + PartialEq {
    /// Reads the value.
    fn read(text: &str, notation: Notation) -> Result<Self, Refusal>;

    /// The words of a closed list.
    fn words() -> Vec<&'static str> {
        Vec::new()
    }

    /// Whether it is a number.
    const IS_NUMBER: bool = false;
}

/// Whether a spreadsheet would take a text for a formula to run.
pub(crate) fn is_formula(text: &str) -> bool {
    text.starts_with(['=', '+', '-', '@', '\t', '\r'])
}

impl FieldValue for f64 {
    const IS_NUMBER: bool = true;

    fn read(text: &str, notation: Notation) -> Result<Self, Refusal> {
        number(text, notation)
    }
}

impl FieldValue for Metres {
    const IS_NUMBER: bool = true;

    fn read(text: &str, notation: Notation) -> Result<Self, Refusal> {
        Self::new(f64::read(text, notation)?).map_err(|_| refusal::negative_length())
    }
}

impl FieldValue for Degrees {
    const IS_NUMBER: bool = true;

    fn read(text: &str, notation: Notation) -> Result<Self, Refusal> {
        Self::new(f64::read(text, notation)?).map_err(|_| refusal::not_a_number())
    }
}

impl FieldValue for u32 {
    const IS_NUMBER: bool = true;

    /// Whole numbers may be written `3.0`, as programs do that know only one kind of number.
    fn read(text: &str, _: Notation) -> Result<Self, Refusal> {
        let whole = text.split_once('.').filter(|(_, zeros)| zeros.bytes().all(|byte| byte == b'0'));
        whole.map_or(text, |(whole, _)| whole).parse().map_err(|_| refusal::not_whole())
    }
}

impl FieldValue for bool {
    fn words() -> Vec<&'static str> {
        vec!["có", "không"]
    }

    fn read(text: &str, _: Notation) -> Result<Self, Refusal> {
        match text.to_lowercase().as_str() {
            "true" | "1" | "yes" | "có" => Ok(true),
            "false" | "0" | "no" | "không" => Ok(false),
            _ => Err(refusal::not_yes_or_no()),
        }
    }
}

impl FieldValue for Date {
    fn read(text: &str, _: Notation) -> Result<Self, Refusal> {
        let is_plain = text.len() == "2026-01-31".len();
        // GDAL writes 2026/01/31 into text; days first could be months first and are not read.
        text.replace('/', "-").parse().ok().filter(|_| is_plain).ok_or_else(refusal::not_a_date)
    }
}

impl FieldValue for String {
    fn read(text: &str, _: Notation) -> Result<Self, Refusal> {
        if text.chars().nth(MAX_TEXT).is_none() { Ok(text.to_owned()) } else { Err(refusal::too_long(MAX_TEXT)) }
    }
}

macro_rules! codes {
    ($($code:ty),+) => {$(
        impl FieldValue for $code {
            fn read(text: &str, _: Notation) -> Result<Self, Refusal> {
                if text.chars().nth(MAX_CHARACTERS).is_some() {
                    return Err(refusal::too_long(MAX_CHARACTERS));
                }
                Self::new(text).map_err(|_| refusal::not_a_code())
            }
        }
    )+};
}

codes!(AssetCode, NetworkCode, OrganisationCode, RuleId, RuleSetCode, Territory);

macro_rules! words {
    ($($list:ty),+) => {$(
        impl FieldValue for $list {
            fn read(text: &str, _: Notation) -> Result<Self, Refusal> {
                text.parse().map_err(|error| refusal::unknown_word(&error))
            }

            fn words() -> Vec<&'static str> {
                Self::ALL.iter().map(|word| word.code()).collect()
            }
        }
    )+};
}

words!(
    AssetClass,
    Document,
    HostKind,
    Lifecycle,
    ManholeKind,
    MastClass,
    NullReason,
    PlaceKind,
    Surface,
    SurveyMethod,
    Technology,
    TrenchKind,
    WorksStage
);

macro_rules! parts {
    ($($part:ty),+) => {$(
        impl FieldValue for $part {
            fn read(text: &str, _: Notation) -> Result<Self, Refusal> {
                text.parse().map_err(|error| refusal::not_a_part(&error))
            }
        }

        impl ListPart for $part {
            fn text(&self) -> String {
                self.to_string()
            }
        }
    )+};
}

parts!(Attachment, Bore, Crossing, Level, Shelf);

/// What a list separated by `;` is made of.
pub(crate) trait ListPart {
    /// The part as text.
    fn text(&self) -> String;
}

impl ListPart for Technology {
    fn text(&self) -> String {
        self.code().to_owned()
    }
}

impl ListPart for AssetCode {
    fn text(&self) -> String {
        self.to_string()
    }
}

impl ListPart for f64 {
    fn text(&self) -> String {
        self.to_string()
    }
}

impl ListPart for Degrees {
    fn text(&self) -> String {
        self.get().to_string()
    }
}

/// Reads a value that its field can hold.
pub(crate) fn read<T: FieldValue>(field: &str, text: &str, notation: Notation) -> Result<T, Refusal> {
    bounds::check(field, text, notation)?;
    T::read(text, notation)
}

/// Reads a list separated by `;`, of which its field can hold each part.
pub(crate) fn list<T: FieldValue>(field: &str, text: &str, notation: Notation) -> Result<Vec<T>, Refusal> {
    text.split(';').map(str::trim).filter(|part| !part.is_empty()).map(|part| read(field, part, notation)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_read_strictly() {
        let plain = Notation::default();
        for (text, whole) in
            [("3", Some(3)), ("3.0", Some(3)), ("3.", Some(3)), ("3.5", None), ("-3", None), ("", None), (".0", None)]
        {
            assert_eq!(u32::read(text, plain).ok(), whole, "{text}");
        }
        for (text, answer) in [("Có", Some(true)), ("no", Some(false)), ("0", Some(false)), ("x", None)] {
            assert_eq!(bool::read(text, plain).ok(), answer, "{text}");
        }
        for (text, good) in [
            ("2026-01-31", true),
            ("2026-02-30", false),
            ("2026/01/31", true),
            ("31/01/2026", false),
            ("20260131", false),
        ] {
            assert_eq!(Date::read(text, plain).is_ok(), good, "{text}");
        }
        assert_eq!(list::<u32>("boxes", "1; 2;", plain), Ok(vec![1, 2]));
        assert!(Metres::read("-1", plain).is_err());
    }
}
