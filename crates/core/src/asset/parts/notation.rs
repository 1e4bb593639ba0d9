//! Reading and writing the short texts of parts.

use std::fmt::{self, Write as _};

use crate::{codes::InvalidCode, units::Metres};

/// A text that is no part of an asset.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{text}` is not written like {example}")]
pub struct InvalidPart {
    /// The text as given.
    pub text: String,
    /// How such a part is written.
    pub example: &'static str,
}

impl InvalidPart {
    pub(super) fn new(text: &str, example: &'static str) -> Self {
        Self { text: text.to_owned(), example }
    }
}

/// What stands where nobody has said.
const UNKNOWN: &str = "?";

const RESERVED: &str = ";:/+#@=%? ";

/// Writes a code so that none of its characters parts the text.
pub(super) fn write_code(code: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    code.chars()
        .try_for_each(|c| if RESERVED.contains(c) { write!(f, "%{:02X}", u32::from(c)) } else { f.write_char(c) })
}

/// Reads what [`write_code`] wrote; `None` for a code that nobody could write.
pub(super) fn read_code<T>(text: &str, new: impl FnOnce(&str) -> Result<T, InvalidCode>) -> Option<T> {
    let mut parts = text.split('%');
    let mut code = parts.next()?.to_owned();
    for part in parts {
        let digits = part.get(..2)?;
        code.push(char::from(u8::from_str_radix(digits, 16).ok()?));
        code.push_str(part.get(2..)?);
    }
    new(&code).ok()
}

/// Writes a value, or `?` where nobody has said.
pub(super) fn write_known(value: Option<impl fmt::Display>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    match value {
        Some(value) => write!(f, "{value}"),
        None => f.write_str(UNKNOWN),
    }
}

/// Reads a value or `?`; the outer `None` is a text that is neither.
#[expect(clippy::option_option, reason = "whether the text reads and whether the value is known are two questions")]
pub(super) fn read_known<T>(text: &str, read: impl FnOnce(&str) -> Option<T>) -> Option<Option<T>> {
    if text == UNKNOWN || text.is_empty() { Some(None) } else { read(text).map(Some) }
}

pub(super) fn whole(text: &str) -> Option<u32> {
    text.parse().ok()
}

/// A positive number below 100,000: no diameter or height is larger.
pub(super) fn number(text: &str) -> Option<f64> {
    text.parse().ok().filter(|number: &f64| number.is_finite() && 0.0 <= *number && *number < 100_000.0)
}

pub(super) fn metres(text: &str) -> Option<Metres> {
    number(text).and_then(|number| Metres::new(number).ok())
}
