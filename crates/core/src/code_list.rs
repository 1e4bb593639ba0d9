//! Closed lists whose words appear in files, replies and the journal.

/// Text that is in no entry of a code list.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{value}` is not one of {list}: {}", allowed.join(", "))]
pub struct UnknownCode {
    /// The code list's name.
    pub list: &'static str,
    /// The text as given.
    pub value: String,
    /// Every word the list allows.
    pub allowed: &'static [&'static str],
}

/// Defines an enum whose variants each have one word, the same in files, JSON and the journal.
macro_rules! code_list {
    ($(#[$doc:meta])* $name:ident, $list:literal { $($(#[$variant_doc:meta])* $variant:ident = $word:literal,)+ }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        pub enum $name {
            $($(#[$variant_doc])* #[serde(rename = $word)] $variant,)+
        }

        impl $name {
            /// Every entry, in the list's order.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The word in files and replies.
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self { $(Self::$variant => $word,)+ }
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::code_list::UnknownCode;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                match text {
                    $($word => Ok(Self::$variant),)+
                    _ => Err($crate::code_list::UnknownCode { list: $list, value: text.to_owned(), allowed: &[$($word),+] }),
                }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.code())
            }
        }
    };
}

pub(crate) use code_list;
