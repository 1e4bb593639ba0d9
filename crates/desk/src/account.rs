//! Accounts and sessions: who somebody is. Names and secrets stay outside the journal.

use argon2::{Argon2, PasswordHasher, PasswordVerifier};
use hatang_core::{AccessKind, AccountId, OrganisationCode, Role, Viewer};
use hatang_store::{Account, Hash, PasswordHash};
use sha2::{Digest, Sha256};

use crate::{
    desk::Desk,
    error::{DeskError, ErrorKind},
    permission::{About, Action, may},
};

/// How long a session lasts without being renewed.
const SESSION_HOURS: i64 = 12;

/// What a browser or a program keeps to be recognised; only its hash is stored.
#[derive(Clone)]
pub struct Token(String);

impl Token {
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

/// What is needed to open an account.
#[derive(Debug)]
pub struct NewAccount<'a> {
    /// The name to sign in with.
    pub name: &'a str,
    /// How the account is shown to others.
    pub display_name: &'a str,
    /// The password in the clear; only its Argon2id hash is kept.
    pub password: &'a str,
    /// What the account may be.
    pub role: Role,
    /// Whom it acts for.
    pub organisation: Option<OrganisationCode>,
}

/// Opens an account.
///
/// # Errors
/// [`DeskError`] when the viewer may not, or the name is taken.
pub async fn add_account(desk: &Desk, who: &Viewer, new: NewAccount<'_>) -> Result<AccountId, DeskError> {
    may(who, Action::ManageAccounts, About::nothing())?;
    if desk.store.account_by_name(new.name).await?.is_some() {
        return Err(DeskError::input(
            ErrorKind::Conflict,
            "account.taken",
            new.name,
            "Tên tài khoản này đã có.",
            "This account name is taken.",
        ));
    }
    let id = AccountId(desk.edge.new_uuid());
    let account = Account {
        id,
        name: new.name.to_owned(),
        display_name: new.display_name.to_owned(),
        password_hash: hash(desk, new.password),
        role: new.role,
        organisation: new.organisation,
        disabled: false,
    };
    desk.store.create_account(&account).await?;
    desk.audit(AccessKind::AccountChange, who, &format!("account:{} added {}", id.0, account.role));
    Ok(id)
}

/// Closes an account and ends its sessions.
///
/// # Errors
/// [`DeskError`] when the viewer may not, or there is no such account.
pub async fn disable_account(desk: &Desk, who: &Viewer, name: &str) -> Result<(), DeskError> {
    may(who, Action::ManageAccounts, About::nothing())?;
    let account = desk.store.account_by_name(name).await?.ok_or_else(|| unknown(name))?;
    desk.store.set_account_disabled(account.id, true).await?;
    desk.audit(AccessKind::AccountChange, who, &format!("account:{} disabled", account.id.0));
    Ok(())
}

/// Signs in with a name and a password.
///
/// # Errors
/// [`ErrorKind::SignInNeeded`] with one and the same sentence for an unknown name, a wrong password and a closed account.
pub async fn sign_in(desk: &Desk, name: &str, password: &str) -> Result<(Token, Account), DeskError> {
    let account = desk.store.account_by_name(name).await?.filter(|account| !account.disabled);
    // A hash is computed for unknown names too, so that the time taken does not tell which names exist.
    let stored = account.as_ref().map_or_else(|| PasswordHash(NOBODYS_HASH.to_owned()), |it| it.password_hash.clone());
    let given = password.to_owned();
    // Tens of milliseconds of work, so off the threads that serve everybody else.
    let matches = tokio::task::spawn_blocking(move || is_password(&given, &stored)).await.unwrap_or(false);
    let viewer_of_name = account.as_ref().map_or_else(Viewer::public, viewer);
    let Some(account) = account.filter(|_| matches) else {
        desk.audit(AccessKind::SignInRefused, &viewer_of_name, "password");
        return Err(DeskError::Input {
            kind: ErrorKind::SignInNeeded,
            code: "session.refused",
            value: None,
            text: hatang_core::Text::new(
                "Tên tài khoản hoặc mật khẩu không đúng.",
                "The account name or the password is wrong.",
            ),
        });
    };
    let mut secret = [0; 32];
    (desk.edge.random)(&mut secret);
    let token = Token(Hash(secret).to_string());
    let expires = desk.edge.now() + jiff::SignedDuration::from_hours(SESSION_HOURS);
    desk.store.put_session(digest(token.as_str()), account.id, expires).await?;
    desk.audit(AccessKind::SignIn, &viewer_of_name, "password");
    Ok((token, account))
}

/// The account that a token stands for; `None` when it is unknown, expired or closed.
///
/// # Errors
/// [`DeskError::Store`] when the store cannot be read.
pub async fn account_of(desk: &Desk, token: &str) -> Result<Option<Account>, DeskError> {
    let account = desk.store.session_account(digest(token), desk.edge.now()).await?;
    Ok(account.filter(|account| !account.disabled))
}

/// Ends a session. Ending one that is not there is no failure.
///
/// # Errors
/// [`DeskError::Store`] when the store cannot be written.
pub async fn sign_out(desk: &Desk, token: &str) -> Result<(), DeskError> {
    if let Some(account) = account_of(desk, token).await? {
        desk.audit(AccessKind::SignOut, &viewer(&account), "session");
    }
    Ok(desk.store.end_session(digest(token)).await?)
}

/// The account as the visibility function knows it.
#[must_use]
pub fn viewer(account: &Account) -> Viewer {
    let (role, organisation) = (account.role, account.organisation.clone());
    Viewer { account: Some(account.id), role, organisation, territory: None }
}

/// A hash with today's parameters that no password is known for; it only takes as long to check as a real one.
const NOBODYS_HASH: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$bm9ib2R5IGhhcyB0aGlz$Y0CoLtSpRJVX1OeXHNTfCqFGBrYPT0jGA9CgMsFzGDg";

pub(crate) fn is_password(given: &str, stored: &PasswordHash) -> bool {
    argon2::PasswordHash::new(&stored.0)
        .is_ok_and(|stored| Argon2::default().verify_password(given.as_bytes(), &stored).is_ok())
}

fn digest(token: &str) -> Hash {
    Hash(Sha256::digest(token.as_bytes()).into())
}

fn hash(desk: &Desk, password: &str) -> PasswordHash {
    let mut salt = [0; 16];
    (desk.edge.random)(&mut salt);
    let hashed = Argon2::default().hash_password_with_salt(password.as_bytes(), &salt);
    PasswordHash(hashed.expect("the default parameters and a 16-byte salt are valid").to_string())
}

/// What an account may see, by its name; for the installation's own commands.
///
/// # Errors
/// [`ErrorKind::NotFound`] when there is no such account.
pub async fn viewer_of_account(desk: &Desk, name: &str) -> Result<Viewer, DeskError> {
    let account = desk.store.account_by_name(name).await?;
    account.as_ref().map(viewer).ok_or_else(|| unknown(name))
}

fn unknown(name: &str) -> DeskError {
    DeskError::input(
        ErrorKind::NotFound,
        "account.unknown",
        name,
        "Không có tài khoản mang tên này.",
        "There is no account of this name.",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unknown_name_costs_as_much_as_a_known_one() {
        let stand_in = argon2::PasswordHash::new(NOBODYS_HASH).unwrap();
        let desks = Argon2::default().hash_password_with_salt(b"password", &[7; 16]).unwrap();
        assert_eq!(stand_in.algorithm, desks.algorithm);
        assert_eq!(stand_in.params, desks.params);
        assert!(!is_password("", &PasswordHash(NOBODYS_HASH.to_owned())));
    }
}
