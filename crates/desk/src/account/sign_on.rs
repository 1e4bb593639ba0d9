//! Signing on with an identity of another service (OpenID Connect): which account it is, if any.
//!
//! No account is ever made here. An identity opens the account that it is linked to; it is linked the first time that
//! the service vouches for the address which an administrator has entered for that account.

use hatang_core::{AccessKind, Text, Viewer};
use hatang_store::{Account, SignOnAttempt};
use jiff::SignedDuration;

use super::{
    Origin, Token, administer, digest, session,
    sign_in::{self, SignedIn},
    viewer,
};
use crate::{
    desk::Desk,
    error::{DeskError, ErrorKind},
};

/// How long somebody may take at the other service.
const LASTS: SignedDuration = SignedDuration::from_mins(10);

/// A sign-on that has begun.
#[derive(Debug)]
pub struct Begun {
    /// What the service sends back with its answer.
    pub state: Token,
    /// What the browser keeps meanwhile: an answer in another browser is refused.
    pub browser: Token,
}

/// Begins a sign-on: notes what the answer must match.
///
/// # Errors
/// [`DeskError::Store`] when the store cannot be written.
pub async fn begin_sign_on(desk: &Desk, nonce: &str, verifier: &str, return_to: &str) -> Result<Begun, DeskError> {
    let begun = Begun { state: Token::new(desk, ""), browser: Token::new(desk, "") };
    let attempt = SignOnAttempt {
        browser: digest(begun.browser.as_str()),
        nonce: nonce.to_owned(),
        verifier: verifier.to_owned(),
        return_to: local_path(return_to),
    };
    let now = desk.edge.now();
    desk.store.put_sign_on_attempt(digest(begun.state.as_str()), &attempt, now, now + LASTS).await?;
    Ok(begun)
}

/// What an answer must match; each is given out once.
#[derive(Debug)]
pub struct Expected {
    /// What the identity token must repeat.
    pub nonce: String,
    /// What proves that this server began it.
    pub verifier: String,
    /// Path on this site to go on to.
    pub return_to: String,
}

/// Takes the sign-on that an answer belongs to.
///
/// # Errors
/// [`ErrorKind::Refused`] when there is none: it is too old, was answered before, or another browser began it.
pub async fn take_sign_on(desk: &Desk, state: &str, browser: Option<&str>) -> Result<Expected, DeskError> {
    let attempt = desk.store.take_sign_on_attempt(digest(state), desk.edge.now()).await?;
    let same_browser = |attempt: &SignOnAttempt| browser.is_some_and(|token| digest(token) == attempt.browser);
    let attempt = attempt.filter(same_browser).ok_or_else(stale)?;
    Ok(Expected { nonce: attempt.nonce, verifier: attempt.verifier, return_to: attempt.return_to })
}

/// An identity that a service vouches for.
#[derive(Debug)]
pub struct Identity<'a> {
    /// The service.
    pub issuer: &'a str,
    /// The identity there.
    pub subject: &'a str,
    /// Its address, only when the service says that it has verified it.
    pub verified_email: Option<&'a str>,
}

/// Signs in with an identity that was proven. A second factor that the account has, or must have, is still asked for.
///
/// # Errors
/// [`ErrorKind::Refused`] when no account belongs to it.
pub async fn sign_on(desk: &Desk, identity: Identity<'_>, origin: &Origin) -> Result<SignedIn, DeskError> {
    let account = match desk.store.account_by_identity(identity.issuer, identity.subject).await? {
        Some(account) => Some(account),
        None => link(desk, &identity).await?,
    };
    let Some(account) = account.filter(|account| !account.disabled) else {
        desk.audit(AccessKind::SignInRefused, &Viewer::public(), "sign-on service");
        return Err(no_account());
    };
    let stage = sign_in::stage_after_first_factor(desk, &account).await?;
    session::begin(desk, account, stage, origin, "sign-on service").await
}

async fn link(desk: &Desk, identity: &Identity<'_>) -> Result<Option<Account>, DeskError> {
    let Some(email) = identity.verified_email else { return Ok(None) };
    let expected = desk.store.account_by_sign_on_email(&email.to_lowercase()).await?;
    let Some(account) = expected.filter(|account| !account.disabled) else { return Ok(None) };
    let linked = desk.store.link_identity(identity.issuer, identity.subject, account.id, desk.edge.now()).await?;
    if linked {
        administer::note(desk, &viewer(desk, &account), account.id, "linked to a sign-on identity");
    }
    Ok(linked.then_some(account))
}

/// A path on this site, or the start page: nobody is sent to another site.
fn local_path(path: &str) -> String {
    let local = path.starts_with('/')
        && !path.starts_with("//")
        && path.len() <= 2_000
        && path.bytes().all(|byte| (0x21..0x7f).contains(&byte) && byte != b'\\');
    if local { path.to_owned() } else { "/".to_owned() }
}

fn stale() -> DeskError {
    DeskError::Input {
        kind: ErrorKind::Refused,
        code: "sign_on.stale",
        value: None,
        text: Text::new(
            "Lần đăng nhập này đã hết hạn, đã dùng, hoặc bắt đầu ở trình duyệt khác. Hãy đăng nhập lại từ đầu.",
            "This sign-on is too old, was used, or began in another browser. Begin again.",
        ),
    }
}

fn no_account() -> DeskError {
    DeskError::Input {
        kind: ErrorKind::Refused,
        code: "sign_on.no_account",
        value: None,
        text: Text::new(
            "Không có tài khoản nào gắn với danh tính này. Hãy nhờ người quản trị ghi địa chỉ thư của bạn vào tài khoản.",
            "No account belongs to this identity. Ask your administrator to enter your address for your account.",
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_is_sent_to_another_site() {
        for (path, expected) in [
            ("/?desk=coverage&at=106.5,20.7,12", "/?desk=coverage&at=106.5,20.7,12"),
            ("/", "/"),
            ("", "/"),
            ("https://elsewhere.test/", "/"),
            ("//elsewhere.test/", "/"),
            ("/\\elsewhere.test/", "/"),
            ("/\t/elsewhere.test/", "/"),
            ("/\n", "/"),
            ("javascript:alert(1)", "/"),
        ] {
            assert_eq!(local_path(path), expected, "{path}");
        }
    }
}
