//! One cell's text as a typed value.

use hatang_core::{
    AssetClass, AssetCode, Degrees, Metres, NetworkCode, NullReason, OrganisationCode, RuleSetCode, SurveyMethod,
    Territory,
    asset::{
        HostKind, Lifecycle, ManholeKind, MastClass, Surface, Technology, TrenchKind,
        parts::{Attachment, Bore, Crossing, Level, Shelf},
    },
    codes::MAX_CHARACTERS,
    plan::{PlaceKind, WorksStage},
};
use jiff::civil::Date;

use crate::{
    bounds,
    refusal::{self, Refusal},
};

/// How a file writes its numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Notation {
    /// A single comma in a number without a point is a decimal comma.
    pub(crate) decimal_comma: bool,
}

/// The longest free text, in characters.
const MAX_TEXT: usize = 2_000;

/// What a cell can hold. The text is trimmed and not empty.
pub(crate) trait FieldValue: Sized + PartialEq {
    /// Reads the value.
    fn read(text: &str, notation: Notation) -> Result<Self, Refusal>;
}

/// A finite number.
pub(crate) fn number(text: &str, notation: Notation) -> Option<f64> {
    let has_comma = notation.decimal_comma && !text.contains('.') && text.matches(',').count() == 1;
    let number = if has_comma { text.replacen(',', ".", 1).parse() } else { text.parse() };
    number.ok().filter(|number: &f64| number.is_finite())
}

impl FieldValue for f64 {
    fn read(text: &str, notation: Notation) -> Result<Self, Refusal> {
        number(text, notation).ok_or_else(refusal::not_a_number)
    }
}

impl FieldValue for Metres {
    fn read(text: &str, notation: Notation) -> Result<Self, Refusal> {
        Self::new(f64::read(text, notation)?).map_err(|_| refusal::negative_length())
    }
}

impl FieldValue for Degrees {
    fn read(text: &str, notation: Notation) -> Result<Self, Refusal> {
        Self::new(f64::read(text, notation)?).map_err(|_| refusal::not_a_number())
    }
}

impl FieldValue for u32 {
    /// Whole numbers may be written `3.0`, as programs do that know only one kind of number.
    fn read(text: &str, _: Notation) -> Result<Self, Refusal> {
        let whole = text.split_once('.').filter(|(_, zeros)| zeros.bytes().all(|byte| byte == b'0'));
        whole.map_or(text, |(whole, _)| whole).parse().map_err(|_| refusal::not_whole())
    }
}

impl FieldValue for bool {
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
        text.parse().ok().filter(|_| is_plain).ok_or_else(refusal::not_a_date)
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

codes!(AssetCode, NetworkCode, OrganisationCode, RuleSetCode, Territory);

macro_rules! words {
    ($($list:ty),+) => {$(
        impl FieldValue for $list {
            fn read(text: &str, _: Notation) -> Result<Self, Refusal> {
                text.parse().map_err(|error| refusal::unknown_word(&error))
            }
        }
    )+};
}

words!(
    AssetClass,
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
    fn a_decimal_comma_counts_only_where_it_cannot_separate_cells() {
        let comma = Notation { decimal_comma: true };
        for (text, notation, value) in [
            ("12.5", Notation::default(), Some(12.5)),
            ("-1e2", Notation::default(), Some(-100.0)),
            ("12,5", comma, Some(12.5)),
            ("12.5", comma, Some(12.5)),
            ("12,5", Notation::default(), None),
            ("1.234,5", comma, None),
            ("1,234,5", comma, None),
            ("NaN", comma, None),
            ("inf", comma, None),
            ("1e999", comma, None),
            ("12 m", comma, None),
        ] {
            assert_eq!(number(text, notation), value, "{text}");
        }
    }

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
        for (text, good) in [("2026-01-31", true), ("2026-02-30", false), ("31/01/2026", false), ("20260131", false)] {
            assert_eq!(Date::read(text, plain).is_ok(), good, "{text}");
        }
        assert_eq!(list::<u32>("boxes", "1; 2;", plain), Ok(vec![1, 2]));
        assert!(Metres::read("-1", plain).is_err());
    }
}
