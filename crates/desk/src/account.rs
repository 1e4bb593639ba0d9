//! Accounts: who somebody is, and how that is shown. Names and secrets stay outside the journal.

pub mod administer;
pub mod invitation;
pub mod password;
pub mod person;
pub mod second_factor;
pub mod session;
pub mod sign_in;
pub mod sign_on;
pub mod token;
mod totp;

use data_encoding::{BASE32_NOPAD, BASE64URL_NOPAD};
use hatang_core::{Role, Viewer};
use hatang_store::Hash;
pub use hatang_store::{Account, Person, Stage};
use sha2::{Digest as _, Sha256};
use unicode_normalization::UnicodeNormalization as _;

pub use self::{
    administer::{NewAccount, add_account, disable_account},
    session::{account_of, sign_out},
    sign_in::sign_in,
};
use crate::{
    demo,
    desk::Desk,
    error::{DeskError, ErrorKind},
};

/// What a browser or a program keeps to be recognised; only its hash is stored.
#[derive(Clone)]
pub struct Token(String);

impl Token {
    /// A token of 256 bits that nobody can guess.
    fn new(desk: &Desk, prefix: &str) -> Self {
        let mut secret = [0; 32];
        (desk.edge.random)(&mut secret);
        Self(format!("{prefix}{}", BASE64URL_NOPAD.encode(&secret)))
    }

    /// The text to hand to the client.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for Token {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Token(…)")
    }
}

/// A one-time code that a person types: 100 bits in four groups of five letters and digits.
#[derive(Clone)]
pub struct Code(String);

impl Code {
    fn new(desk: &Desk) -> Self {
        let mut secret = [0; 13];
        (desk.edge.random)(&mut secret);
        let letters = BASE32_NOPAD.encode(&secret);
        let groups: Vec<&str> = (0..4).map(|group| &letters[group * 5..group * 5 + 5]).collect();
        Self(groups.join("-"))
    }

    /// The text to show, once.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What is stored of a code however it was typed: upper or lower case, with or without its dashes.
    fn digest(typed: &str) -> Hash {
        let plain: String = typed.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_uppercase()).collect();
        digest(&plain)
    }
}

impl std::fmt::Debug for Code {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Code(…)")
    }
}

/// Where a request comes from, as far as the edge can tell.
#[derive(Clone, Debug, Default)]
pub struct Origin {
    /// The network address, shown to the account's own person.
    pub address: Option<String>,
    /// Under which address failures are counted: one customer's whole network where addresses are plenty.
    pub network: Option<String>,
    /// What the browser says it is.
    pub client: Option<String>,
}

/// The account as the visibility function knows it, with what other owners let its organisation do today.
#[must_use]
pub fn viewer(desk: &Desk, account: &Account) -> Viewer {
    let organisation = account.organisation.clone();
    let today = desk.today();
    let (delegations, involved) = organisation
        .as_ref()
        .map(|own| desk.read(|registry| (registry.delegated_to(own, today), registry.cases().involved(own))))
        .unwrap_or_default();
    let territory = account.territory.clone();
    Viewer { account: Some(account.id), role: account.role, organisation, territory, delegations, involved }
}

/// What an account may see, by its name; for the installation's own commands.
///
/// # Errors
/// [`ErrorKind::NotFound`] when there is no such account.
pub async fn viewer_of_account(desk: &Desk, name: &str) -> Result<Viewer, DeskError> {
    let account = desk.store.account_by_name(&plain_name(name)).await?;
    account.map(|account| viewer(desk, &account)).ok_or_else(|| unknown(name))
}

/// Whether a role may do nothing but enrol until it has a second factor: those whose word binds, and those who can
/// change everything.
#[must_use]
pub const fn demands_second_factor(role: Role) -> bool {
    matches!(role, Role::Signatory | Role::Operator)
}

/// The same of an account. The demo's own accounts are spared: their passwords are public, so a second secret beside
/// them would protect nothing, and the demo is reached from its own machine only.
fn must_have_second_factor(desk: &Desk, account: &Account) -> bool {
    let spared = desk.is_demo() && demo::accounts().iter().any(|demo| demo.account == account.name);
    demands_second_factor(account.role) && !spared
}

/// A name as it is compared: composed letters, lower case, no outer spaces, and no control characters, which databases
/// may refuse to look for.
fn plain_name(name: &str) -> String {
    name.trim().nfc().filter(|letter| !letter.is_control()).collect::<String>().to_lowercase()
}

fn digest(text: &str) -> Hash {
    Hash(Sha256::digest(text.as_bytes()).into())
}

fn unknown(name: impl ToString) -> DeskError {
    DeskError::input(
        ErrorKind::NotFound,
        "account.unknown",
        name,
        "Không có tài khoản này.",
        "There is no such account.",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_the_same_however_it_is_typed() {
        let code = "ABCDE-FGHIJ-KLMNO-PQRST";
        for typed in [code, "abcde-fghij-klmno-pqrst", " ABCDEFGHIJ klmno pqrst\n"] {
            assert_eq!(Code::digest(typed), Code::digest(code), "{typed}");
        }
        assert_ne!(Code::digest("ABCDE-FGHIJ-KLMNO-PQRS7"), Code::digest(code));
    }

    #[test]
    fn a_name_is_the_same_with_composed_letters_and_in_parts() {
        assert_eq!(plain_name(" Kinh-Te\u{302}\u{301}\0 "), "kinh-tế");
    }

    #[test]
    fn a_secret_is_not_shown() {
        assert_eq!(format!("{:?} {:?}", Token("abc".to_owned()), Code("abc".to_owned())), "Token(…) Code(…)");
    }
}
