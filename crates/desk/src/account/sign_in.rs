//! Signing in with a name and a password, and how often that may fail.

use hatang_core::{AccessKind, Text, Viewer};
use hatang_store::{Account, Limit, LimitRule, Stage};
use jiff::SignedDuration;

use super::{Origin, Token, digest, must_have_second_factor, password, plain_name, session, viewer};
use crate::{
    desk::Desk,
    error::{DeskError, ErrorKind},
};

/// For one account name, known or not.
pub const OF_A_NAME: LimitRule = LimitRule {
    failures: 10,
    window: SignedDuration::from_mins(15),
    lock: SignedDuration::from_mins(15),
    longest_lock: SignedDuration::from_hours(24),
};

/// For one network address, whatever names it tries. An office may stand behind one.
pub const OF_AN_ADDRESS: LimitRule = LimitRule { failures: 50, ..OF_A_NAME };

/// Somebody who has just signed in, perhaps not all the way.
#[derive(Debug)]
pub struct SignedIn {
    /// What the browser keeps.
    pub token: Token,
    /// Who it is.
    pub account: Account,
    /// How far signing in has come.
    pub stage: Stage,
}

/// Signs in with a name and a password.
///
/// # Errors
/// [`ErrorKind::SignInNeeded`] with one and the same sentence for an unknown name, a wrong password and a closed
/// account; [`ErrorKind::TooMany`] after too many failures of the name or of the address.
pub async fn sign_in(desk: &Desk, name: &str, given: &str, origin: &Origin) -> Result<SignedIn, DeskError> {
    let name = plain_name(name);
    let account = desk.store.account_by_name(&name).await?.filter(|account| !account.disabled);
    let whose = account.as_ref().map_or_else(Viewer::public, |account| viewer(desk, account));
    if let Err(locked) = count_attempt(desk, &name, origin).await {
        desk.audit(AccessKind::SignInRefused, &whose, "locked");
        return Err(locked);
    }
    let stored = match &account {
        Some(account) => desk.store.password(account.id).await?.map(|(hash, _)| hash),
        None => None,
    };
    // A hash is computed for unknown names too, so that the time taken does not tell which names exist.
    let matches = password::matches(given, stored).await;
    let Some(account) = account.filter(|_| matches) else {
        desk.audit(AccessKind::SignInRefused, &whose, "password");
        return Err(refused());
    };
    let stage = stage_after_first_factor(desk, &account).await?;
    // With a second factor to come, the right password does not buy new attempts at it.
    if stage == Stage::SecondFactor {
        return_address(desk, origin).await?;
    } else {
        forget_attempts(desk, &name, origin).await?;
    }
    session::begin(desk, account, stage, origin, "password").await
}

/// What is still missing once the first factor is right.
pub(crate) async fn stage_after_first_factor(desk: &Desk, account: &Account) -> Result<Stage, DeskError> {
    let has_one = desk.store.second_factor(account.id).await?.is_some_and(|factor| factor.confirmed);
    Ok(match (has_one, must_have_second_factor(desk, account)) {
        (true, _) => Stage::SecondFactor,
        (false, true) => Stage::Enrolment,
        (false, false) => Stage::Full,
    })
}

/// Counts an attempt of a name and of an address before it is made.
///
/// # Errors
/// [`ErrorKind::TooMany`] when either has failed too often.
pub(crate) async fn count_attempt(desk: &Desk, name: &str, origin: &Origin) -> Result<(), DeskError> {
    let now = desk.edge.now();
    desk.store.drop_old_attempts(now - SignedDuration::from_hours(24), now).await?;
    count_address(desk, origin).await?;
    match desk.store.count_attempt(&subject_of_name(name), now, OF_A_NAME).await? {
        Limit::Open => Ok(()),
        Limit::Locked { until } => Err(too_many(until)),
    }
}

/// Counts an attempt of an address alone, where no name is given.
///
/// # Errors
/// [`ErrorKind::TooMany`] when it has failed too often.
pub(crate) async fn count_address(desk: &Desk, origin: &Origin) -> Result<(), DeskError> {
    let Some(network) = &origin.network else { return Ok(()) };
    match desk.store.count_attempt(&subject_of_address(network), desk.edge.now(), OF_AN_ADDRESS).await? {
        Limit::Open => Ok(()),
        Limit::Locked { until } => Err(too_many(until)),
    }
}

/// Forgets a name's failures after a success; of the address, only this attempt.
pub(crate) async fn forget_attempts(desk: &Desk, name: &str, origin: &Origin) -> Result<(), DeskError> {
    desk.store.forget_attempts(&subject_of_name(name)).await?;
    return_address(desk, origin).await
}

/// Takes an address's attempt back that went well.
pub(crate) async fn return_address(desk: &Desk, origin: &Origin) -> Result<(), DeskError> {
    match &origin.network {
        Some(network) => Ok(desk.store.return_attempt(&subject_of_address(network)).await?),
        None => Ok(()),
    }
}

/// A name's failures are counted under its hash, so that nobody reads from the table what was tried.
pub(crate) fn subject_of_name(name: &str) -> String {
    format!("name:{}", digest(name))
}

fn subject_of_address(network: &str) -> String {
    format!("address:{network}")
}

fn too_many(until: jiff::Timestamp) -> DeskError {
    DeskError::input(
        ErrorKind::TooMany,
        "session.locked",
        until,
        "Đăng nhập sai quá nhiều lần nên tạm khoá. Hãy chờ đến thời điểm nêu dưới đây, hoặc nhờ người quản trị mở khoá.",
        "Signing in has failed too often and is locked for a while. Wait until the time below, or ask your administrator to unlock it.",
    )
}

fn refused() -> DeskError {
    DeskError::Input {
        kind: ErrorKind::SignInNeeded,
        code: "session.refused",
        value: None,
        text: Text::new("Tên tài khoản hoặc mật khẩu không đúng.", "The account name or the password is wrong."),
    }
}
