//! Numbers as people write them: with a point or a comma, and never a guess which of the two separates thousands.

use std::{borrow::Cow, str::FromStr};

use serde::{Deserialize, Serialize};

use crate::refusal::{self, Refusal};

/// The mark before a number's decimals.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DecimalMark {
    /// `12.5`; a comma separates thousands.
    Point,
    /// `12,5`; a point separates thousands.
    Comma,
}

impl FromStr for DecimalMark {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text {
            "point" | "." => Ok(Self::Point),
            "comma" | "," => Ok(Self::Comma),
            _ => Err(format!("`{text}` is neither `point` nor `comma`")),
        }
    }
}

/// How a file writes its numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Notation {
    /// As programs do: a point and nothing else.
    #[default]
    Program,
    /// As people do, and nobody has said which.
    People {
        /// Somewhere in the file a comma certainly comes before decimals.
        commas_seen: bool,
    },
    /// As people do who have said which.
    Declared(DecimalMark),
}

impl Notation {
    /// Numbers of a program.
    pub(crate) const POINT: Self = Self::Program;
}

/// A finite number.
pub(crate) fn number(text: &str, notation: Notation) -> Result<f64, Refusal> {
    let plain = match notation {
        Notation::Program => Cow::Borrowed(text),
        Notation::Declared(DecimalMark::Point) => declared(text, '.', ',').ok_or_else(refusal::not_a_number)?,
        Notation::Declared(DecimalMark::Comma) => declared(text, ',', '.').ok_or_else(refusal::not_a_number)?,
        Notation::People { commas_seen } => match marks(text) {
            Marks::None => Cow::Borrowed(text),
            Marks::Decimal('.') if !(commas_seen && could_be_thousands(text, '.')) => Cow::Borrowed(text),
            Marks::Decimal(',') if !could_be_thousands(text, ',') => Cow::Owned(text.replacen(',', ".", 1)),
            _ if text.bytes().any(|byte| byte.is_ascii_digit()) && only_digits_and_marks(text) => {
                return Err(refusal::ambiguous_number());
            }
            _ => return Err(refusal::not_a_number()),
        },
    };
    plain.parse().ok().filter(|number: &f64| number.is_finite()).ok_or_else(refusal::not_a_number)
}

/// A number of a position. In degrees thousands are out of the question, so that one mark comes before decimals.
pub(crate) fn coordinate(text: &str, notation: Notation, is_projected: bool) -> Result<f64, Refusal> {
    let notation = match (notation, marks(text)) {
        (Notation::People { .. }, Marks::Decimal(',')) if !is_projected => Notation::Declared(DecimalMark::Comma),
        (Notation::People { .. }, Marks::Decimal('.')) if !is_projected => Notation::Program,
        _ => notation,
    };
    match number(text, notation) {
        Err(refusal) if refusal == refusal::not_a_number() => Err(refusal::not_a_coordinate()),
        read => read,
    }
}

/// Whether a text is a number with a comma that can only come before decimals.
pub(crate) fn has_decimal_comma(text: &str) -> bool {
    marks(text) == Marks::Decimal(',') && !could_be_thousands(text, ',') && only_digits_and_marks(text)
}

#[derive(Debug, PartialEq, Eq)]
enum Marks {
    None,
    /// This one, once.
    Decimal(char),
    Several,
}

fn marks(text: &str) -> Marks {
    let mut marks = text.chars().filter(|letter| matches!(letter, '.' | ','));
    match (marks.next(), marks.next()) {
        (None, _) => Marks::None,
        (Some(mark), None) => Marks::Decimal(mark),
        _ => Marks::Several,
    }
}

/// `1,234` and `12.345`, not `0,125` and not `1234,567`.
fn could_be_thousands(text: &str, mark: char) -> bool {
    let (whole, decimals) = text.split_once(mark).unwrap_or((text, ""));
    let whole = whole.trim_start_matches(['-', '+']);
    let is_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    decimals.len() == 3
        && is_digits(decimals)
        && (1..=3).contains(&whole.len())
        && is_digits(whole)
        && !whole.starts_with('0')
}

fn only_digits_and_marks(text: &str) -> bool {
    let text = text.trim_start_matches(['-', '+']);
    text.starts_with(|first: char| first.is_ascii_digit())
        && text.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b','))
}

/// The number with a point; none where its groups of thousands are not groups of three.
fn declared(text: &str, decimal: char, group: char) -> Option<Cow<'_, str>> {
    let (whole, decimals) = text.split_once(decimal).map_or((text, None), |(whole, decimals)| (whole, Some(decimals)));
    if decimals.is_some_and(|decimals| decimals.contains(['.', ','])) {
        return None;
    }
    if decimal == '.' && !whole.contains(group) {
        return Some(Cow::Borrowed(text));
    }
    let mut groups = whole.split(group);
    let first = groups.next()?.trim_start_matches(['-', '+']);
    let mut grouped = false;
    for part in groups {
        grouped = true;
        if part.len() != 3 || !part.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
    }
    if grouped && !(1..=3).contains(&first.len()) {
        return None;
    }
    let whole = whole.replace(group, "");
    Some(Cow::Owned(decimals.map_or_else(|| whole.clone(), |decimals| format!("{whole}.{decimals}"))))
}

#[cfg(test)]
mod tests {
    use super::*;

    const PEOPLE: Notation = Notation::People { commas_seen: false };
    const COMMAS: Notation = Notation::People { commas_seen: true };
    const POINT: Notation = Notation::Declared(DecimalMark::Point);
    const COMMA: Notation = Notation::Declared(DecimalMark::Comma);

    #[test]
    fn a_number_is_read_where_it_can_mean_one_thing_only() {
        for (text, notation, value) in [
            ("12.5", Notation::Program, Some(12.5)),
            ("-1e2", Notation::Program, Some(-100.0)),
            ("12,5", Notation::Program, None),
            ("12,5", PEOPLE, Some(12.5)),
            ("12.5", PEOPLE, Some(12.5)),
            ("1.234", PEOPLE, Some(1.234)),
            ("0,125", PEOPLE, Some(0.125)),
            ("575851,930", PEOPLE, Some(575_851.93)),
            ("-12,5", PEOPLE, Some(-12.5)),
            ("12.5", COMMAS, Some(12.5)),
            ("1.234,5", COMMA, Some(1_234.5)),
            ("2.288.806,7", COMMA, Some(2_288_806.7)),
            ("1.234", COMMA, Some(1_234.0)),
            ("12.5", COMMA, None),
            ("1.23.456", COMMA, None),
            ("1,234.5", POINT, Some(1_234.5)),
            ("1,234", POINT, Some(1_234.0)),
            ("1e3", POINT, Some(1_000.0)),
            ("12,5", POINT, None),
            ("NaN", PEOPLE, None),
            ("inf", COMMA, None),
            ("1e999", PEOPLE, None),
            ("12 m", PEOPLE, None),
            ("", PEOPLE, None),
        ] {
            assert_eq!(number(text, notation).ok(), value, "{text} {notation:?}");
        }
    }

    #[test]
    fn a_number_that_could_mean_two_things_is_asked_about() {
        for (text, notation) in
            [("1,234", PEOPLE), ("1.234,5", PEOPLE), ("1,234.5", PEOPLE), ("1.234.567", PEOPLE), ("1.234", COMMAS)]
        {
            assert_eq!(number(text, notation), Err(refusal::ambiguous_number()), "{text}");
        }
        for (text, value) in [("106,480", 106.48), ("20.690", 20.69), ("20,69", 20.69)] {
            assert_eq!(coordinate(text, COMMAS, false), Ok(value), "{text} is a number of degrees");
        }
        assert!(coordinate("575,851", PEOPLE, true).is_err(), "575.851 m or 575 851 m");
    }
}
