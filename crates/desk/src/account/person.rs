//! The person behind an account: what is held, giving it out, and letting it be wiped.

use hatang_core::{AccessKind, Text};
use hatang_store::{AccessToken, Account, Person, Session};
use jiff::Timestamp;
use serde::Serialize;

use super::{
    administer, second_factor,
    session::{self, Recognised},
};
use crate::{
    desk::Desk,
    error::{DeskError, ErrorKind},
};

/// The longest name of a person, and the longest address or telephone number, in characters.
const AT_MOST: usize = 120;

/// One's own account.
#[derive(Clone, Debug)]
pub struct MyAccount {
    /// The account with its person.
    pub account: Account,
    /// When the password was chosen; none without one.
    pub password_changed_at: Option<Timestamp>,
    /// Whether there is a second factor.
    pub has_second_factor: bool,
    /// Whether the role demands one.
    pub demands_second_factor: bool,
    /// How many recovery codes are left.
    pub recovery_codes_left: u32,
    /// Services that this account signs on with.
    pub issuers: Vec<String>,
}

/// Reads one's own account.
///
/// # Errors
/// [`DeskError::Store`] when the store cannot be read.
pub async fn my_account(desk: &Desk, me: &Recognised) -> Result<MyAccount, DeskError> {
    let account = me.account.clone();
    let (has_second_factor, recovery_codes_left) = second_factor::standing(desk, &account).await?;
    let issuers = desk.store.identities(account.id).await?;
    Ok(MyAccount {
        password_changed_at: desk.store.password(account.id).await?.map(|(_, at)| at),
        has_second_factor,
        demands_second_factor: super::must_have_second_factor(desk, &account),
        recovery_codes_left,
        issuers: issuers.into_iter().map(|(issuer, _)| issuer).collect(),
        account,
    })
}

/// Writes how one is shown and reached.
///
/// # Errors
/// [`ErrorKind::BadInput`] for a name or an address that cannot be one.
pub async fn put_my_person(
    desk: &Desk,
    me: &Recognised,
    display_name: &str,
    email: Option<&str>,
    phone: Option<&str>,
) -> Result<(), DeskError> {
    let person = Person {
        display_name: check_display_name(display_name)?,
        email: check_email(email)?,
        phone: check_phone(phone)?,
        // What an administrator expects of the sign-on service opens an account: its person does not write it.
        sign_on_email: me.account.person.sign_on_email.clone(),
    };
    Ok(desk.store.put_person(me.account.id, &person).await?)
}

/// Everything that is held about a person, as they take it away.
#[derive(Debug, Serialize)]
pub struct HeldData {
    /// When it was read.
    pub read_at: Timestamp,
    /// The identity that the journal knows.
    pub account_id: uuid::Uuid,
    /// What is typed to sign in.
    pub account: String,
    /// How the person is shown.
    pub display_name: String,
    /// Where the person can be written to.
    pub email: Option<String>,
    /// Where the person can be called.
    pub phone: Option<String>,
    /// What is expected of the sign-on service.
    pub sign_on_email: Option<String>,
    /// The role.
    pub role: &'static str,
    /// The organisation.
    pub organisation: Option<String>,
    /// When the account was opened.
    pub created_at: Option<Timestamp>,
    /// When the password was chosen.
    pub password_changed_at: Option<Timestamp>,
    /// Whether there is a second factor.
    pub has_second_factor: bool,
    /// Identities at sign-on services.
    pub sign_on_identities: Vec<HeldIdentity>,
    /// Sessions that have not ended.
    pub sessions: Vec<HeldSession>,
    /// Tokens of programs.
    pub tokens: Vec<HeldToken>,
}

/// An identity at a sign-on service.
#[derive(Debug, Serialize)]
pub struct HeldIdentity {
    /// The service.
    pub issuer: String,
    /// The identity there.
    pub subject: String,
}

/// A session.
#[derive(Debug, Serialize)]
pub struct HeldSession {
    /// When it began.
    pub began_at: Timestamp,
    /// When it was last used.
    pub seen_at: Timestamp,
    /// Where from.
    pub address: Option<String>,
    /// With which browser.
    pub client: Option<String>,
}

/// A program's token.
#[derive(Debug, Serialize)]
pub struct HeldToken {
    /// Its name.
    pub name: String,
    /// What it may do.
    pub scopes: String,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it ends.
    pub expires_at: Timestamp,
    /// When it was last used.
    pub used_at: Option<Timestamp>,
}

/// Gives out everything that is held about oneself.
///
/// # Errors
/// [`DeskError::Store`] when the store cannot be read.
pub async fn export_my_data(desk: &Desk, me: &Recognised) -> Result<HeldData, DeskError> {
    desk.audit(AccessKind::Export, &me.viewer(desk), "one's own data");
    let MyAccount { account, password_changed_at, has_second_factor, .. } = my_account(desk, me).await?;
    let identities = desk.store.identities(account.id).await?;
    let of_session =
        |Session { began_at, seen_at, address, client, .. }| HeldSession { began_at, seen_at, address, client };
    let of_token = |AccessToken { name, scopes, created_at, expires_at, used_at, .. }| HeldToken {
        name,
        scopes,
        created_at,
        expires_at,
        used_at,
    };
    Ok(HeldData {
        read_at: desk.edge.now(),
        account_id: account.id.0,
        sessions: session::list_sessions(desk, me).await?.into_iter().map(of_session).collect(),
        tokens: desk.store.access_tokens(account.id).await?.into_iter().map(of_token).collect(),
        sign_on_identities: identities.into_iter().map(|(issuer, subject)| HeldIdentity { issuer, subject }).collect(),
        account: account.name,
        display_name: account.person.display_name,
        email: account.person.email,
        phone: account.person.phone,
        sign_on_email: account.person.sign_on_email,
        role: account.role.code(),
        organisation: account.organisation.map(String::from),
        created_at: account.created_at,
        password_changed_at,
        has_second_factor,
    })
}

/// Asks to be erased, or no longer: the organisation's administrator or the operator does it.
///
/// # Errors
/// [`DeskError::Store`] when the store cannot be written.
pub async fn ask_erasure(desk: &Desk, me: &Recognised, asked: bool) -> Result<(), DeskError> {
    desk.store.ask_erasure(me.account.id, asked.then(|| desk.edge.now())).await?;
    let what = if asked { "erasure asked for" } else { "erasure no longer asked for" };
    administer::note(desk, &me.viewer(desk), me.account.id, what);
    Ok(())
}

pub(crate) fn check_display_name(name: &str) -> Result<String, DeskError> {
    let name = name.trim();
    if (1..=AT_MOST).contains(&name.chars().count()) && !name.chars().any(char::is_control) {
        return Ok(name.to_owned());
    }
    Err(bad("person.name", "Tên hiển thị có từ 1 đến 120 ký tự.", "A name has 1 to 120 characters."))
}

/// An address has one `@` with something around it; more is for the mail server to say.
pub(crate) fn check_email(email: Option<&str>) -> Result<Option<String>, DeskError> {
    let Some(email) = email.map(str::trim).filter(|email| !email.is_empty()) else { return Ok(None) };
    let parts = email.split_once('@');
    let sound = parts.is_some_and(|(who, host)| !who.is_empty() && host.contains('.') && !host.contains('@'));
    let clean = email.chars().count() <= AT_MOST && !email.chars().any(|c| c.is_control() || c.is_whitespace());
    if sound && clean {
        return Ok(Some(email.to_owned()));
    }
    Err(bad("person.email", "Địa chỉ thư điện tử không đúng dạng.", "This is no e-mail address."))
}

fn check_phone(phone: Option<&str>) -> Result<Option<String>, DeskError> {
    let Some(phone) = phone.map(str::trim).filter(|phone| !phone.is_empty()) else { return Ok(None) };
    let digits = phone.chars().filter(char::is_ascii_digit).count();
    if (6..=15).contains(&digits) && phone.chars().all(|c| c.is_ascii_digit() || " +-.()".contains(c)) {
        return Ok(Some(phone.to_owned()));
    }
    Err(bad("person.phone", "Số điện thoại có từ 6 đến 15 chữ số.", "A telephone number has 6 to 15 digits."))
}

/// The value is a person's: it is not said again.
fn bad(code: &'static str, vi: &str, en: &str) -> DeskError {
    DeskError::Input { kind: ErrorKind::BadInput, code, value: None, text: Text::new(vi, en) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_can_be_an_address_is_kept() {
        for (email, good) in [
            ("a@b.vn", true),
            (" van-hanh@vinhbao.example ", true),
            ("a@b", false),
            ("a b@c.vn", false),
            ("@b.vn", false),
            ("a@b@c.vn", false),
        ] {
            assert_eq!(check_email(Some(email)).is_ok(), good, "{email}");
        }
        assert_eq!(check_email(Some(" ")).unwrap(), None);
        for (phone, good) in [("0225 3 884 114", true), ("+84-225-3884114", true), ("113", false), ("call me", false)] {
            assert_eq!(check_phone(Some(phone)).is_ok(), good, "{phone}");
        }
    }
}
