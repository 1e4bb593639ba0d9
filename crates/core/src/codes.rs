//! Short identifiers that people type and files carry.

use std::{borrow::Borrow, fmt, str::FromStr};

use serde::{Deserialize, Serialize};

/// Text that cannot be a code.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{text}` is not a code: 1 to {MAX_CHARACTERS} characters, without control characters or outer spaces")]
pub struct InvalidCode {
    /// The text as given.
    pub text: String,
}

/// The longest code that is accepted, in characters.
pub const MAX_CHARACTERS: usize = 120;

fn check(text: &str) -> Result<(), InvalidCode> {
    let length = text.chars().count();
    let clean = text.trim() == text && !text.chars().any(char::is_control);
    if (1..=MAX_CHARACTERS).contains(&length) && clean { Ok(()) } else { Err(InvalidCode { text: text.to_owned() }) }
}

macro_rules! code {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(Box<str>);

        impl $name {
            /// Checks and wraps a code.
            ///
            /// # Errors
            /// [`InvalidCode`] when the text is empty, too long, or holds control characters or outer spaces.
            pub fn new(text: &str) -> Result<Self, InvalidCode> {
                check(text)?;
                Ok(Self(text.into()))
            }

            /// The code as text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl TryFrom<String> for $name {
            type Error = InvalidCode;

            fn try_from(text: String) -> Result<Self, Self::Error> {
                Self::new(&text)
            }
        }

        impl FromStr for $name {
            type Err = InvalidCode;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Self::new(text)
            }
        }

        impl From<$name> for String {
            fn from(code: $name) -> Self {
                code.0.into()
            }
        }

        impl Borrow<str> for $name {
            fn borrow(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

code! {
    /// Names an organisation: `viettel`, `ubnd-vinh-bao`.
    OrganisationCode
}
code! {
    /// Names a radio network (a PLMN), which is not the owner of the mast that carries it.
    NetworkCode
}
code! {
    /// An owner's own code of an asset; unique per owner and class where given.
    AssetCode
}
code! {
    /// Names a rule set: `national`, `bac-ninh-72-2025`, `hai-phong`.
    RuleSetCode
}
code! {
    /// Names a rule within its catalogue: `SP-BN-1`, `MA-2OP`.
    RuleId
}
code! {
    /// Names a territory that keeps a journal: a commune's official code (`11824`), or one of the two below.
    Territory
}

/// Ends the name of a journal that only those concerned may know of.
const CONFIDENTIAL: &str = "/confidential";

impl Territory {
    /// The authority's journal: organisations, code lists, rule sets; what belongs to no commune.
    ///
    #[must_use]
    pub fn authority() -> Self {
        Self("authority".into())
    }

    /// The journal beside a territory's that holds what only those concerned may know of: requests, answers, yearly plans.
    ///
    /// It has positions of its own, so that the territory's position moves for nobody who may not know why.
    #[must_use]
    pub fn confidential(&self) -> Self {
        Self(format!("{self}{CONFIDENTIAL}").into())
    }

    /// The territory that a confidential journal stands beside; itself for any other journal.
    #[must_use]
    pub fn without_confidence(&self) -> Self {
        Self(self.0.strip_suffix(CONFIDENTIAL).unwrap_or(&self.0).into())
    }

    /// Whether this is the journal of what only those concerned may know of.
    #[must_use]
    pub fn is_confidential(&self) -> bool {
        self.0.ends_with(CONFIDENTIAL)
    }

    /// Where assets go while no territory's boundary is loaded.
    #[must_use]
    pub fn unbounded() -> Self {
        Self("unbounded".into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_short_clean_text() {
        for (name, text, good) in [
            ("plain", "MAST-001", true),
            ("Vietnamese", "Cột số 1", true),
            ("empty", "", false),
            ("outer space", " MAST-001", false),
            ("line break", "MAST\n001", false),
            ("too long", "x".repeat(MAX_CHARACTERS + 1).as_str(), false),
        ] {
            assert_eq!(AssetCode::new(text).is_ok(), good, "{name}");
        }
    }
}
