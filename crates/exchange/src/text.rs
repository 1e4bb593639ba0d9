//! The letters of a file: which encoding they are in, found or declared, and what becomes of them on the way to Unicode.

mod detect;
mod legacy;
mod syllable;
mod words;

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

pub(crate) use self::{
    detect::{decode, legacy_in_unicode},
    legacy::Legacy,
    words::{Told, Words},
};

/// How a file writes its letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Encoding {
    /// UTF-8, or plain ASCII.
    #[serde(rename = "utf-8")]
    Utf8,
    /// UTF-16, the lower byte first.
    #[serde(rename = "utf-16le")]
    Utf16Le,
    /// UTF-16, the higher byte first.
    #[serde(rename = "utf-16be")]
    Utf16Be,
    /// The Vietnamese code page of Windows.
    #[serde(rename = "windows-1258")]
    Windows1258,
    /// The Western code page of Windows; never found, only declared.
    #[serde(rename = "windows-1252")]
    Windows1252,
    /// TCVN3 (ABC) fonts, as bytes or as the letters that those bytes are in Windows-1252.
    Tcvn3,
    /// VNI fonts, likewise.
    Vni,
}

impl Encoding {
    /// Every encoding that a file may declare.
    pub const ALL: &'static [Self] =
        &[Self::Utf8, Self::Utf16Le, Self::Utf16Be, Self::Windows1258, Self::Windows1252, Self::Tcvn3, Self::Vni];

    /// The stable word.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Utf8 => "utf-8",
            Self::Utf16Le => "utf-16le",
            Self::Utf16Be => "utf-16be",
            Self::Windows1258 => "windows-1258",
            Self::Windows1252 => "windows-1252",
            Self::Tcvn3 => "tcvn3",
            Self::Vni => "vni",
        }
    }

    /// The font encoding that cells must still be decoded from.
    pub(crate) const fn legacy(self) -> Option<Legacy> {
        match self {
            Self::Tcvn3 => Some(Legacy::Tcvn3),
            Self::Vni => Some(Legacy::Vni),
            _ => None,
        }
    }
}

impl fmt::Display for Encoding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// A word that names no encoding.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{given}` names no encoding; use one of utf-8, utf-16le, utf-16be, windows-1258, windows-1252, tcvn3, vni")]
pub struct UnknownEncoding {
    /// The word as given.
    pub given: String,
}

impl FromStr for Encoding {
    type Err = UnknownEncoding;

    /// Reads the stable words and the usual other names, in any case.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let word = text.trim().to_lowercase();
        let known = match word.as_str() {
            "utf8" | "65001" => Some(Self::Utf8),
            "cp1258" | "1258" | "ansi 1258" => Some(Self::Windows1258),
            "cp1252" | "1252" | "ansi 1252" | "iso-8859-1" | "iso88591" | "88591" | "latin1" => Some(Self::Windows1252),
            "abc" | "tcvn" | "tcvn-3" | "tcvn5712-3" => Some(Self::Tcvn3),
            "vni-win" | "vni-windows" => Some(Self::Vni),
            _ => Self::ALL.iter().copied().find(|encoding| encoding.code() == word),
        };
        known.ok_or_else(|| UnknownEncoding { given: text.to_owned() })
    }
}
