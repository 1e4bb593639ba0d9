//! Cells' texts in Unicode's composed form, with notes of what was done to them.

use std::borrow::Cow;

use unicode_normalization::{IsNormalized, UnicodeNormalization as _, is_nfc_quick};

use super::Legacy;

/// How the texts of a file's cells become Unicode.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Words {
    /// The font encoding they are in.
    pub(crate) legacy: Option<Legacy>,
}

/// What was done to a cell's text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Told {
    /// Letters and marks that stood apart were put together.
    Composed,
    /// Some bytes mean no letter.
    Lossy(String),
    /// Capital words were made wholly capital; the text as it came out.
    Capitals(String),
}

impl Words {
    /// The text in Unicode. Notes come out one by one.
    pub(crate) fn read(self, text: Cow<'_, str>, mut tell: impl FnMut(Told)) -> Cow<'_, str> {
        if text.is_ascii() {
            return text;
        }
        let text = match self.legacy {
            None => text,
            Some(legacy) => {
                let decoded = legacy.decode(&text);
                if decoded.capitals_inferred {
                    tell(Told::Capitals(decoded.text.clone()));
                }
                if decoded.is_lossy {
                    tell(Told::Lossy(decoded.text.clone()));
                }
                Cow::Owned(decoded.text)
            }
        };
        if self.legacy.is_none() && text.contains(char::REPLACEMENT_CHARACTER) {
            tell(Told::Lossy(text.clone().into_owned()));
        }
        if is_nfc_quick(text.chars()) == IsNormalized::Yes {
            return text;
        }
        let composed: String = text.nfc().collect();
        if composed == text {
            return text;
        }
        tell(Told::Composed);
        Cow::Owned(composed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_composed_and_that_is_said() {
        for (legacy, given, read, expected) in [
            (None, "Vĩnh Bảo", "Vĩnh Bảo", None),
            (None, "Vi\u{303}nh Ba\u{309}o", "Vĩnh Bảo", Some(Told::Composed)),
            (None, "V\u{fffd}", "V\u{fffd}", Some(Told::Lossy("V\u{fffd}".to_owned()))),
            (Some(Legacy::Vni), "Vónh", "Vĩnh", None),
            (Some(Legacy::Tcvn3), "VÜNH", "VĨNH", Some(Told::Capitals("VĨNH".to_owned()))),
        ] {
            let mut told = None;
            let text = Words { legacy }.read(Cow::Borrowed(given), |note| told = Some(note));
            assert_eq!((text.as_ref(), told), (read, expected), "{given}");
        }
    }
}
